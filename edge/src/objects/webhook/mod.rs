//! A share of one webhook's events: tells the owner's program what happened, by the Standard Webhooks specification.
//!
//! What is about one subject arrives in order: a later event waits while an earlier one is tried again. At least
//! once, as everywhere: the id tells a program what it has seen.

mod delivery;
mod store;

use std::cell::OnceCell;

use futures_util::future::{join_all, try_join_all};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use shared::{
    ids::WebhookId,
    settings::{self, Settings, WebhookEvent},
    time::{Span, Timestamp},
    wire::WebhookError,
};
use worker::{DurableObject, Env, Error, Request, Response, Result, State, durable_object};

use self::{
    delivery::{Delivered, deliver},
    store::Store,
};
use super::{answer, ask, fault, question, wake_at};
use crate::{
    clock, forms,
    meter::{self, Billed},
    secrets::{Secrets, random},
};

/// One webhook has so many objects, each with the events of its share of the subjects.
const SHARDS: u32 = 8;
/// Deliveries at once: as many connections as the platform lets one run have.
const BATCH: i64 = 6;
/// Should an alarm die on the way, the next one comes by itself.
const SAFETY: Span = Span::seconds(10);
/// Events are kept for so long, to be replayed.
const KEPT: Span = Span::days(30);
/// A missing secret is looked for so often.
const SECRET_AGAIN: Span = Span::minutes(5);

/// Something that happened.
#[derive(Serialize, Deserialize)]
pub struct Event {
    /// Its id, the same over all retries and replays: whoever tells of it twice tells it once.
    pub id: String,
    /// What happened.
    pub kind: WebhookEvent,
    /// When.
    pub time: Timestamp,
    /// Whom or what it is about; what is about the same subject arrives in order.
    pub subject: String,
    /// What else a webhook is told. No number stands in it.
    pub data: Map<String, Value>,
    /// The number, E.164, for the webhooks that ask for it.
    pub number: Option<String>,
}

/// Tells all webhooks that want it. Whoever can't have it lost repeats this until it succeeds.
///
/// # Errors
/// One of the webhooks' objects did not take it.
pub async fn tell(env: &Env, settings: &Settings, event: &Event) -> Result<()> {
    let name = |webhook: &settings::Webhook| format!("{}/{}", webhook.id, shard(&event.subject));
    let tellings = settings.webhooks.iter().filter(|webhook| webhook.wants(event.kind)).map(|webhook| async move {
        let told = Event {
            id: event.id.clone(),
            subject: event.subject.clone(),
            data: event.data.clone(),
            number: event.number.clone().filter(|_| webhook.include_number),
            ..*event
        };
        let deliver = Ask::Deliver { webhook: webhook.id.clone(), event: Box::new(told) };
        ask::<_, Answer>(env, "WEBHOOK", &name(webhook), &deliver).await
    });
    try_join_all(tellings).await.map(|_| ())
}

/// Whether the secret that signs for a webhook is there, and of use.
pub fn can_sign(env: &Env, webhook: &settings::Webhook) -> bool {
    delivery::key(env, webhook).is_some()
}

/// Asks all objects of a webhook.
///
/// # Errors
/// One of them did not answer.
pub async fn ask_all(env: &Env, webhook: &WebhookId, question: &Ask) -> Result<Vec<Answer>> {
    let names: Vec<_> = (0..SHARDS).map(|shard| format!("{webhook}/{shard}")).collect();
    try_join_all(names.iter().map(|name| ask(env, "WEBHOOK", name, question))).await
}

/// Which of a webhook's objects has the events of a subject.
fn shard(subject: &str) -> u32 {
    subject.bytes().fold(0_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into())) % SHARDS
}

/// A question to a share of a webhook.
#[derive(Serialize, Deserialize)]
pub enum Ask {
    /// Deliver this.
    Deliver {
        /// The webhook.
        webhook: WebhookId,
        /// What happened.
        event: Box<Event>,
    },
    /// How it fares.
    Health,
    /// Deliver what was delivered or given up before once more. A disabled webhook is tried again.
    Replay {
        /// The earliest.
        from: Timestamp,
        /// Those before this.
        until: Option<Timestamp>,
        /// Those about this subject only.
        subject: Option<String>,
    },
}

/// Its answer.
#[derive(Serialize, Deserialize)]
pub enum Answer {
    /// It is stored, and will be delivered.
    Taken,
    /// How this share fares.
    Health(Health),
    /// So many events are delivered once more.
    Replayed(u32),
}

/// How a share of a webhook fares.
#[derive(Default, Serialize, Deserialize)]
pub struct Health {
    /// Events to be delivered.
    pub waiting: u32,
    /// Events given up.
    pub failed: u32,
    /// Under which settings the webhook answered 410.
    pub disabled: Option<settings::Webhook>,
    /// Whether its secret is missing.
    pub missing_secret: bool,
    /// The latest failure.
    pub last_error: Option<WebhookError>,
}

/// A share of a webhook.
#[durable_object]
pub struct Webhook {
    state: State,
    env: Env,
    store: OnceCell<Store>,
}

impl DurableObject for Webhook {
    fn new(state: State, env: Env) -> Self {
        clock::start(&env);
        Self { state, env, store: OnceCell::new() }
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        let ask = question(&mut request).await?;
        let reply = self.answer(ask);
        if let Some(store) = self.store.get()
            && let Some(due) = store.next_due()?
        {
            wake_at(&self.state, due).await?;
        }
        answer(reply)
    }

    async fn alarm(&self) -> Result<Response> {
        if let Err(error) = self.work().await {
            // It comes again by the alarm that `work` sets first.
            worker::console_error!("webhook: {error}");
        }
        Response::empty()
    }
}

impl Webhook {
    /// The tables; made only for `making`, so that asking leaves nothing behind.
    fn store(&self, making: bool) -> Result<Option<&Store>> {
        if let Some(store) = self.store.get() {
            return Ok(Some(store));
        }
        let sql = self.state.storage().sql();
        let store = if making { Some(Store::make(sql)?) } else { Store::find(sql)? };
        Ok(store.map(|store| self.store.get_or_init(|| store)))
    }

    fn answer(&self, ask: Ask) -> Result<Answer> {
        let now = clock::now();
        let making = matches!(ask, Ask::Deliver { .. });
        match (ask, self.store(making)?) {
            (Ask::Deliver { webhook, event }, Some(store)) => {
                let number = match &event.number {
                    Some(number) => {
                        let secrets = Secrets::of(&self.env).map_err(fault)?;
                        Some(secrets.seal.seal(random(), "webhook", number.as_bytes()).map_err(fault)?)
                    }
                    None => None,
                };
                store.put(&webhook, &event, number.as_ref(), now)?;
                Ok(Answer::Taken)
            }
            (Ask::Health, Some(store)) => Ok(Answer::Health(store.health()?)),
            (Ask::Replay { from, until, subject }, Some(store)) => {
                store.set_disabled(None)?;
                store.replay(from, until, subject.as_deref(), now).map(Answer::Replayed)
            }
            (Ask::Replay { .. }, None) => Ok(Answer::Replayed(0)),
            (_, None) => Ok(Answer::Health(Health::default())),
        }
    }

    /// Delivers what is due, and forgets what is old.
    async fn work(&self) -> Result<()> {
        meter::count(Billed::ObjectRequest, 1);
        let Some(store) = self.store(false)? else {
            return Ok(());
        };
        wake_at(&self.state, clock::now() + SAFETY).await?;
        store.forget_before(clock::now() - KEPT)?;
        if store.has_due(clock::now())? {
            self.work_off(store).await?;
        }
        match store.next_due()? {
            Some(due) => wake_at(&self.state, due).await,
            None => self.state.storage().delete_alarm().await,
        }
    }

    async fn work_off(&self, store: &Store) -> Result<()> {
        let id = store.webhook()?;
        let Some(webhook) = self.declared(&id).await? else {
            return store.give_up_all();
        };
        match store.disabled()? {
            Some(then) if then == webhook => return store.give_up_all(),
            Some(_) => store.set_disabled(None)?,
            None => {}
        }
        let Some(key) = delivery::key(&self.env, &webhook) else {
            store.set_missing_secret(true)?;
            return store.put_off(clock::now() + SECRET_AGAIN);
        };
        store.set_missing_secret(false)?;
        let secrets = Secrets::of(&self.env).map_err(fault)?;
        let due = store.due(clock::now(), BATCH)?;
        for event in &due {
            // Committed before the call: a crash counts as a failure.
            store.try_now(event, clock::now())?;
        }
        let (webhook, key) = (&webhook, &key);
        let deliveries = due.iter().map(|event| {
            let number = event.number.as_ref().filter(|_| webhook.include_number);
            let number = number.and_then(|number| secrets.seal.open("webhook", number).ok());
            let number = number.and_then(|number| String::from_utf8(number).ok());
            async move { (event, deliver(webhook, key, event, number).await) }
        });
        for (event, delivered) in join_all(deliveries).await {
            let now = clock::now();
            match delivered {
                Delivered::Yes => store.delivered(event, now)?,
                Delivered::Gone => {
                    store.set_error(now, "It answered 410, so it is told nothing more.")?;
                    store.set_disabled(Some(webhook))?;
                    store.give_up_all()?;
                }
                Delivered::No { why, not_before } => {
                    store.set_error(now, &why)?;
                    store.try_later(event, not_before, now)?;
                }
            }
        }
        Ok(())
    }

    /// The webhook as the settings declare it. KV may not have heard of a new one yet.
    async fn declared(&self, id: &WebhookId) -> Result<Option<settings::Webhook>> {
        let find = |settings: &Settings| settings.webhook(id).cloned();
        let asked = |_| Error::RustError("the settings can't be read".to_owned());
        let known = forms::settings_in(&self.env).await.map_err(asked)?;
        if let Some(webhook) = known.as_deref().and_then(find) {
            return Ok(Some(webhook));
        }
        Ok(forms::from_the_registry(&self.env).await.map_err(asked)?.as_ref().and_then(find))
    }
}
