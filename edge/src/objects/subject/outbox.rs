//! What leaves a person's object, by alarm: SMS through the gate, and copies for KV.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use shared::{
    ids::PurposeId,
    keys::Sealed,
    subject::{self, Outgoing, gate},
    time::{Span, Timestamp},
    token::TokenHash,
};
use worker::{Error, Result};

use super::{
    Desk, Subject,
    store::{Posted, Store},
};
use crate::{
    clock,
    gateway::{self, Envelope, Sent},
    meter::{self, Billed},
    objects::wake_at,
    secrets::{Secrets, random},
    storage::{self, Namespace, Storage as _},
};

/// Rows that one alarm works off; the rest waits for the next.
const BATCH: i64 = 10;
/// Should an alarm die on the way, the next one comes by itself.
const SAFETY: Span = Span::seconds(30);

/// Something to be sent or written.
#[derive(Serialize, Deserialize)]
pub enum Item {
    /// An SMS.
    Sms {
        /// What the gate asks about.
        outgoing: Outgoing,
        /// Its text, with the link in it, sealed.
        text: Sealed,
        /// When it was ordered.
        ordered_at: Timestamp,
    },
    /// The evidence of a purpose, for KV.
    Record {
        /// The purpose.
        purpose: PurposeId,
    },
    /// A request that sends nothing: its rows are deleted.
    Nothing {
        /// Its link.
        link: TokenHash,
    },
}

/// A new id.
pub fn id() -> String {
    URL_SAFE_NO_PAD.encode(random::<12>())
}

/// How long an SMS is tried: a confirmation as long as it can be confirmed, everything else for a day.
fn patience(outgoing: &Outgoing) -> Span {
    match outgoing {
        Outgoing::Confirmation { .. } => subject::CONFIRM_WITHIN,
        _ => Span::days(1),
    }
}

/// 2 s, 4 s, 8 s, … up to an hour, each up to half as long again, so that retries don't come in step.
fn pause(attempts: u32) -> Span {
    let seconds = 2_i64.saturating_pow(attempts.clamp(1, 11)).min(3600);
    let [jitter] = random::<1>();
    Span::seconds(seconds + seconds * i64::from(jitter) / 512)
}

impl Subject {
    /// Works off what is due.
    pub(super) async fn work(&self) -> Result<()> {
        meter::count(Billed::ObjectRequest, 1);
        let Some(store) = self.store(false)? else {
            return Ok(());
        };
        wake_at(&self.state, clock::now() + SAFETY).await?;
        let secrets = Secrets::of(&self.env).map_err(|error| Error::RustError(error.to_string()))?;
        {
            let mut slot = self.loaded.borrow_mut();
            if slot.is_none() {
                *slot = store.load(&secrets)?;
            }
            if let Some(loaded) = slot.as_mut() {
                Desk { store, secrets: &secrets, now: clock::now() }.catch_up(loaded)?;
            }
        }
        for posted in store.due(clock::now(), BATCH)? {
            match &posted.item {
                Item::Nothing { link } => {
                    store.forget_request(link)?;
                    store.forget_link(link)?;
                    store.done(&posted.id)?;
                }
                Item::Sms { outgoing, text, ordered_at } => {
                    self.send_sms(store, &posted, outgoing, text, *ordered_at).await?;
                }
                Item::Record { purpose } => self.write_record(store, &secrets, &posted, purpose).await?,
            }
        }
        let next = match self.loaded.borrow().as_ref() {
            Some(loaded) => store.next_due(&loaded.record)?,
            None => None,
        };
        match next {
            Some(due) => wake_at(&self.state, due).await,
            None => self.state.storage().delete_alarm().await,
        }
    }

    /// Tries to send an SMS: each attempt asks the gate, is noted before the call, and is looked up where
    /// nobody knows how the last one ended, so that no crash sends it twice.
    async fn send_sms(
        &self,
        store: &Store,
        posted: &Posted,
        outgoing: &Outgoing,
        text: &Sealed,
        ordered_at: Timestamp,
    ) -> Result<()> {
        let now = clock::now();
        let (sender, number, text) = {
            let slot = self.loaded.borrow();
            let leaves = slot.as_ref().is_some_and(|loaded| gate(&loaded.record.state, outgoing, now).is_ok());
            let patient = now < ordered_at + patience(outgoing);
            let Some(loaded) = slot.as_ref().filter(|_| leaves && patient) else {
                return store.done(&posted.id);
            };
            (loaded.contact()?.sender.clone(), loaded.number()?, loaded.open("sms", text)?)
        };
        let sent = match posted.cut_off {
            true => gateway::look_up(&self.env, sender.gateway, &posted.id).await,
            false => None,
        };
        let outcome = match sent {
            Some(message_id) => Sent::Accepted(message_id),
            None => {
                store.try_now(&posted.id)?;
                let envelope = Envelope { reference: &posted.id, from: &sender.from, to: &number, text: &text };
                gateway::send(&self.env, sender.gateway, &envelope).await
            }
        };
        match outcome {
            Sent::Accepted(message_id) => {
                if let Outgoing::Confirmation { link } = outgoing {
                    store.put_sms(link, &without_token(&text), &message_id, clock::now())?;
                }
                store.done(&posted.id)
            }
            Sent::Retry => store.try_later(&posted.id, clock::now() + pause(posted.attempts)),
        }
    }

    /// Copies a chain to KV: sealed under the person's own key, with the row for exports beside it while the
    /// consent is in force.
    async fn write_record(&self, store: &Store, secrets: &Secrets, posted: &Posted, purpose: &PurposeId) -> Result<()> {
        let fault = |error: shared::keys::KeyError| Error::RustError(error.to_string());
        let (key, value, row) = {
            let slot = self.loaded.borrow();
            let Some(loaded) = slot.as_ref() else {
                return store.done(&posted.id);
            };
            let key = format!("consent/{purpose}/{}", loaded.record.id);
            // Taken out before the write: a change that comes meanwhile orders a new copy.
            store.done(&posted.id)?;
            if loaded.record.number.is_none() {
                (key, None, None)
            } else {
                let evidence = serde_json::to_string(&store.evidence(purpose)?)?;
                let row = match loaded.record.state.given(purpose, clock::now()) {
                    Some(given) => {
                        let row = ExportRow { number: loaded.number()?, since: given.since, lang: given.lang };
                        let row = serde_json::to_string(&row)?;
                        let sealed = secrets.export.seal(random(), "export", row.as_bytes()).map_err(fault)?;
                        Some(serde_json::to_string(&sealed)?)
                    }
                    None => None,
                };
                (key, Some(loaded.seal("evidence", &evidence)?.0), row)
            }
        };
        let kv = storage::open(&self.env, Namespace::Consent)?;
        let written = match &value {
            Some(value) => kv.put(&key, value, row.as_deref()).await,
            None => kv.delete(&key).await,
        };
        if let Err(error) = written {
            worker::console_error!("KV: {error}");
            store.post(&posted.id, clock::now() + pause(posted.attempts.saturating_add(1)), &posted.item)?;
        }
        Ok(())
    }
}

/// What an export shows of a consent in force.
#[derive(Serialize)]
struct ExportRow {
    number: String,
    since: Timestamp,
    lang: shared::lang::Lang,
}

/// The SMS as evidence keeps it: whoever reads it there must not be able to confirm or withdraw.
fn without_token(text: &str) -> String {
    let cut = |line: &str| match line.split_once("/c/") {
        Some((host, token)) if token.len() == shared::token::LinkToken::LENGTH => format!("{host}/c/…"),
        _ => line.to_owned(),
    };
    text.lines().map(cut).collect::<Vec<_>>().join("\n")
}
