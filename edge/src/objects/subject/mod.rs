//! One person: the record and the serialiser of everything about one number.
//!
//! What decides is `shared::subject`; this object stores, in one run of SQL without an `await`, what was
//! decided, and works off its outbox by alarm.

mod copies;
mod desk;
mod links;
mod messages;
mod outbox;
mod queue;
mod record;
mod requests;
mod sending;
mod store;
mod talk;

use std::cell::{OnceCell, RefCell};

use shared::{
    subject::{self, Command, Standing},
    texts::pages::PurposeState,
    time::Timestamp,
    wire::{Checked, Overview, StateLine},
};
use worker::{DurableObject, Env, Error, Request, Response, Result, State, durable_object};

pub use links::{Just, LinkAct, LinkKind, LinkRecord, LinkView, Managed, Stored};
pub use talk::*;

use self::{desk::Desk, record::Loaded, store::Store};
use super::{answer, question, wake_at};
use crate::{clock, secrets::Secrets};

/// One person.
#[durable_object]
pub struct Subject {
    state: State,
    env: Env,
    store: OnceCell<Store>,
    /// The row that decides, read once: nobody else writes it.
    loaded: RefCell<Option<Loaded>>,
}

impl DurableObject for Subject {
    fn new(state: State, env: Env) -> Self {
        clock::start(&env);
        Self { state, env, store: OnceCell::new(), loaded: RefCell::default() }
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        let question = question(&mut request).await?;
        let result = self.answer(question);
        if result.is_err() {
            // What was not written must not stay in memory.
            self.loaded.take();
        }
        let (reply, wake) = match result {
            Ok((reply, wake)) => (Ok(reply), wake),
            Err(error) => (Err(error), None),
        };
        if let Some(due) = wake {
            wake_at(&self.state, due).await?;
        }
        answer(reply)
    }

    async fn alarm(&self) -> Result<Response> {
        if let Err(error) = self.work().await {
            // It comes again by the alarm that `work` sets first.
            worker::console_error!("outbox: {error}");
            self.loaded.take();
        }
        Response::empty()
    }
}

impl Subject {
    /// The tables; made only for `making`, so that guessed links and numbers leave nothing behind.
    fn store(&self, making: bool) -> Result<Option<&Store>> {
        if let Some(store) = self.store.get() {
            return Ok(Some(store));
        }
        let sql = self.state.storage().sql();
        let store = if making { Some(Store::make(sql)?) } else { Store::find(sql)? };
        Ok(store.map(|store| self.store.get_or_init(|| store)))
    }

    /// Answers, and says when to wake up next.
    fn answer(&self, Question { hash, told, ask }: Question) -> Result<(Answer, Option<Timestamp>)> {
        let making = matches!(ask, Ask::Request(_) | Ask::Reply(_));
        let Some(store) = self.store(making)? else {
            return Ok((answer_of_nobody(&ask), None));
        };
        let secrets = Secrets::of(&self.env).map_err(|error| Error::RustError(error.to_string()))?;
        let now = clock::now();
        let mut slot = self.loaded.borrow_mut();
        if slot.is_none() {
            *slot = store.load(&secrets)?;
        }
        if let (Some(asked), Some(loaded)) = (hash, slot.as_ref())
            && asked != loaded.record.hash
        {
            return Ok((Answer::Collision, None));
        }
        let desk = Desk::new(store, &secrets, now, told);
        if let Some(loaded) = slot.as_mut() {
            desk.catch_up(loaded)?;
        }
        let reply = match (ask, slot.as_mut()) {
            (Ask::Known, Some(_)) => Answer::Known(true),
            (Ask::Request(request), _) => {
                let loaded = desk.enter(&mut slot, &request.who)?;
                desk.request(loaded, *request)?;
                Answer::Done
            }
            (Ask::Reply(reply), _) => {
                let loaded = desk.enter(&mut slot, &reply.who)?;
                desk.reply(loaded, *reply)?;
                Answer::Done
            }
            (ask, None) => answer_of_nobody(&ask),
            (Ask::Link(token), Some(loaded)) => Answer::Link(desk.view(loaded, &token)?),
            (Ask::Act { token, act, tap }, Some(loaded)) => Answer::Link(desk.act(loaded, &token, act, tap)?),
            (Ask::FreshLinkFromPage, Some(loaded)) => {
                desk.command(loaded, Command::FreshLinkFromPage, None)?;
                Answer::Done
            }
            (Ask::Check(purpose), Some(loaded)) => Answer::Check(desk.check(loaded, &purpose)?),
            (Ask::Send(message), Some(loaded)) => desk.send(loaded, *message)?,
            (Ask::Message(id), Some(_)) => Answer::Message(store.message(id)?),
            (Ask::Report { message, delivery, gateway, provider_id }, Some(loaded)) => {
                desk.report(loaded, message, delivery, gateway, provider_id)?;
                Answer::Done
            }
            (Ask::Overview, Some(loaded)) => Answer::Overview(desk.overview(loaded)?),
        };
        let next = match slot.as_ref() {
            Some(loaded) => store.next_due(&loaded.record)?,
            None => None,
        };
        Ok((reply, next))
    }
}

/// What there is to say of a number that was never seen.
fn answer_of_nobody(ask: &Ask) -> Answer {
    match ask {
        Ask::Link(_) | Ask::Act { .. } => Answer::Link(LinkView::Dead),
        Ask::Check(_) => Answer::Check(denied(subject::Reason::Unknown)),
        Ask::Send(_) => Answer::Refused(SendRefusal::NoConsent),
        Ask::Message(_) => Answer::Message(None),
        Ask::Overview => Answer::Overview(nothing()),
        Ask::Known => Answer::Known(false),
        Ask::Request(_) | Ask::Reply(_) | Ask::FreshLinkFromPage | Ask::Report { .. } => Answer::Done,
    }
}

fn denied(reason: subject::Reason) -> Checked {
    Checked { allowed: false, basis: None, since: None, event: None, reason: Some(reason) }
}

fn nothing() -> Overview {
    Overview { subject: String::new(), states: Vec::new(), pending: Vec::new(), silenced: false, events: Vec::new() }
}

/// Each purpose with its state, for people to read.
fn lines(state: &subject::State) -> Vec<StateLine> {
    state
        .standings
        .iter()
        .map(|(purpose, standing)| {
            let (state, since) = match standing {
                Standing::Given(given) => (PurposeState::Given, given.since),
                Standing::Withdrawn { at, .. } => (PurposeState::Withdrawn, *at),
                Standing::Objected { at } => (PurposeState::Objected, *at),
                Standing::Lapsed { at } => (PurposeState::Lapsed, *at),
                Standing::Erased { at } => (PurposeState::Erased, *at),
                Standing::Suspended { at } => (PurposeState::Suspended, *at),
            };
            StateLine { purpose: purpose.clone(), state, since }
        })
        .collect()
}
