//! A share of one webhook's events: an object holds those of some subjects.

use std::cell::OnceCell;

use futures_util::future::join_all;
use shared::{
    ids::WebhookId,
    reference::Reference,
    settings::{self, Settings},
    time::{Span, Timestamp},
};
use worker::{DurableObject, Env, Request, Response, Result, State, durable_object};

use super::{
    delivery::{Delivered, Opened, deliver},
    protocol::{Call, Command, Deliver, Health, Query, ReadHealth, Replay},
    secret,
    store::{KEPT, Store, Waiting},
};
use crate::{
    platform::{
        alarm::Alarms,
        clock,
        object::{read, reply, respond},
        secrets::{Secrets, random},
        sql::{fault, tables},
        transaction::{commit, transaction},
    },
    problem::Problem,
    service::{deployment, health, lookup},
};

/// Deliveries at once: as many connections as the platform lets one run have.
const BATCH: i64 = 6;
/// A missing secret is looked for so often.
const SECRET_AGAIN: Span = Span::minutes(5);

#[durable_object]
pub struct Webhook {
    state: State,
    env: Env,
    store: OnceCell<Store>,
    alarms: Alarms,
}

impl DurableObject for Webhook {
    fn new(state: State, env: Env) -> Self {
        clock::start(&env);
        Self { state, env, store: OnceCell::new(), alarms: Alarms::default() }
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        let call = read(&mut request).await?;
        let reply = self.answer(call).await;
        health::tell_unreadable(&self.env).await;
        respond(reply)
    }

    async fn alarm(&self) -> Result<Response> {
        self.alarms.begin(&self.state).await?;
        let due = self.work().await;
        self.alarms.end(&self.state, due).await?;
        health::tell_unreadable(&self.env).await;
        Response::empty()
    }
}

impl Webhook {
    /// The tables; made only for `making`.
    fn store(&self, making: bool) -> Result<Option<&Store>> {
        tables(&self.store, &self.state, making)
    }

    async fn answer(&self, call: Call) -> Result<String> {
        let making = matches!(call, Call::Command(Command::Deliver(_)));
        let Some(store) = self.store(making)? else {
            return of_nothing(&call);
        };
        commit(&self.state, &self.alarms, || Ok((self.answer_from(store, call)?, store.next_due()?))).await
    }

    fn answer_from(&self, store: &Store, call: Call) -> Result<String> {
        let now = clock::now();
        match call {
            Call::Command(Command::Deliver(Deliver { webhook, event })) => {
                let number = match &event.number {
                    Some(number) => {
                        let secrets = Secrets::of(&self.env).map_err(fault)?;
                        Some(secrets.seal.seal(random(), "webhook", number.as_bytes()).map_err(fault)?)
                    }
                    None => None,
                };
                store.put(&webhook, &event, number.as_ref(), now)?;
                reply::<Deliver>(())
            }
            Call::Command(Command::Replay(Replay { from, until, subject, actor })) => {
                store.set_disabled(None)?;
                store.set_replayed_by(&actor)?;
                reply::<Replay>(store.replay(from, until, subject.as_deref(), now)?)
            }
            Call::Query(Query::ReadHealth(_)) => reply::<ReadHealth>(store.health()?),
        }
    }

    /// Delivers what is due, and forgets what is old; says when to come back.
    async fn work(&self) -> Result<Option<Timestamp>> {
        deployment::check(&self.env).await?;
        let Some(store) = self.store(false)? else {
            return Ok(None);
        };
        transaction(&self.state, || store.forget_before(clock::now() - KEPT, clock::now()))?;
        if store.has_due(clock::now())? {
            self.work_off(store).await?;
        }
        store.next_due()
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
        let Some(key) = secret::key(&self.env, &webhook) else {
            store.set_missing_secret(true)?;
            return store.put_off(clock::now() + SECRET_AGAIN);
        };
        store.set_missing_secret(false)?;
        let secrets = Secrets::of(&self.env).map_err(fault)?;
        let due = transaction(&self.state, || {
            let due = store.due(clock::now(), BATCH)?;
            // Committed before the call: a crash counts as a failure.
            due.iter().try_for_each(|event| store.try_now(event, clock::now()))?;
            Ok(due)
        })?;
        let (webhook, key) = (&webhook, &key);
        let deliveries = due.iter().map(|event| {
            let number = event.number.as_ref().filter(|_| webhook.include_number);
            let number = number.and_then(|number| secrets.seal.open("webhook", number).ok());
            let number = number.and_then(|number| String::from_utf8(number).ok());
            let reference = event.reference.as_ref().and_then(|sealed| Reference::open(sealed, &secrets.seal));
            async move { (event, deliver(webhook, key, event, Opened { number, reference }).await) }
        });
        let deliveries = join_all(deliveries).await;
        transaction(&self.state, || {
            deliveries.into_iter().try_for_each(|(event, delivered)| note(store, webhook, event, delivered))
        })
    }

    /// The webhook as the settings declare it. KV may not have heard of a new one yet.
    async fn declared(&self, id: &WebhookId) -> Result<Option<settings::Webhook>> {
        let find = |settings: &Settings| settings.webhook(id).cloned();
        let known = lookup::settings(&self.env).await.map_err(Problem::into_error)?;
        if let Some(webhook) = known.as_deref().and_then(find) {
            return Ok(Some(webhook));
        }
        Ok(lookup::newest_settings(&self.env).await.map_err(Problem::into_error)?.as_ref().and_then(find))
    }
}

fn note(store: &Store, webhook: &settings::Webhook, event: &Waiting, delivered: Delivered) -> Result<()> {
    let now = clock::now();
    match delivered {
        Delivered::Yes => store.delivered(event, now),
        Delivered::Gone => {
            store.set_error(now, "It answered 410, so it is told nothing more.")?;
            store.set_disabled(Some(webhook))?;
            store.give_up_all()
        }
        Delivered::No { why, not_before } => {
            store.set_error(now, &why)?;
            store.try_later(event, not_before, now)
        }
    }
}

/// What there is to say where nothing was ever told.
fn of_nothing(call: &Call) -> Result<String> {
    match call {
        Call::Command(Command::Deliver(_)) => reply::<Deliver>(()),
        Call::Command(Command::Replay(_)) => reply::<Replay>(0),
        Call::Query(Query::ReadHealth(_)) => reply::<ReadHealth>(Health::default()),
    }
}
