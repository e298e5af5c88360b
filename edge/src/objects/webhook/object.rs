//! A share of one webhook's events: an object holds those of some subjects.

use std::cell::OnceCell;

use futures_util::future::join_all;
use shared::{
    ids::WebhookId,
    settings::{self, Settings},
    time::Span,
};
use worker::{DurableObject, Env, Request, Response, Result, State, durable_object};

use super::{
    delivery::{Delivered, deliver},
    protocol::{Call, Command, Deliver, Query, ReadHealth, Replay},
    secret,
    store::{KEPT, SAFETY, Store},
};
use crate::{
    platform::{
        clock,
        meter::{self, Billed},
        object::{read, reply, respond, wake_at},
        secrets::{Secrets, random},
        sql::fault,
        stored::{self, LOOK_AGAIN},
    },
    problem::Problem,
    service::{health, lookup},
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
}

impl DurableObject for Webhook {
    fn new(state: State, env: Env) -> Self {
        clock::start(&env);
        Self { state, env, store: OnceCell::new() }
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        let call = read(&mut request).await?;
        let reply = self.answer(call);
        if let Some(store) = self.store.get()
            && let Some(due) = store.next_due()?
        {
            wake_at(&self.state, due).await?;
        }
        health::tell_unreadable(&self.env).await;
        respond(reply)
    }

    async fn alarm(&self) -> Result<Response> {
        // First of all: where even that fails, the platform learns it and rings again.
        wake_at(&self.state, clock::now() + SAFETY).await?;
        if let Err(error) = self.work().await {
            worker::console_error!("webhook: {error}");
            if stored::is_unreadable(&error) {
                wake_at(&self.state, clock::now() + LOOK_AGAIN).await?;
            }
        }
        health::tell_unreadable(&self.env).await;
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

    fn answer(&self, call: Call) -> Result<String> {
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
                let store = self.store(true)?.ok_or_else(|| fault("no tables"))?;
                store.put(&webhook, &event, number.as_ref(), now)?;
                reply::<Deliver>(())
            }
            Call::Command(Command::Replay(Replay { from, until, subject, actor })) => {
                let Some(store) = self.store(false)? else {
                    return reply::<Replay>(0);
                };
                store.set_disabled(None)?;
                store.set_replayed_by(&actor)?;
                reply::<Replay>(store.replay(from, until, subject.as_deref(), now)?)
            }
            Call::Query(Query::ReadHealth(_)) => {
                let health = self.store(false)?.map(Store::health).transpose()?;
                reply::<ReadHealth>(health.unwrap_or_default())
            }
        }
    }

    /// Delivers what is due, and forgets what is old.
    async fn work(&self) -> Result<()> {
        meter::count(Billed::ObjectRequest, 1);
        let Some(store) = self.store(false)? else {
            return self.state.storage().delete_alarm().await;
        };
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
        let Some(key) = secret::key(&self.env, &webhook) else {
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
        let known = lookup::settings(&self.env).await.map_err(Problem::into_error)?;
        if let Some(webhook) = known.as_deref().and_then(find) {
            return Ok(Some(webhook));
        }
        Ok(lookup::newest_settings(&self.env).await.map_err(Problem::into_error)?.as_ref().and_then(find))
    }
}
