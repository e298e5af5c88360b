//! It counts in memory and writes all of it down in one row, some seconds after a change: a write for each call
//! would be what limits the calls. A crash forgets the last seconds, which a limit can bear.

use std::cell::{Cell, RefCell};

use shared::{
    limits::Counts,
    time::{Span, Timestamp},
};
use worker::{DurableObject, Env, Request, Response, Result, SqlStorage, State, durable_object};

use super::protocol::{Call, Command, HoldBack, ListDays, Query, TakeOne};
use crate::{
    platform::{
        alarm::{Alarms, wake_at},
        clock,
        object::{read, reply, respond},
        sql::{run, value},
        stored,
    },
    service::health,
};

/// A change is written down so much later.
const WRITTEN_AFTER: Span = Span::seconds(5);
/// What is over is looked for so often.
const CLEANED_EVERY: Span = Span::days(1);

#[durable_object]
pub struct Limiter {
    state: State,
    counts: RefCell<Option<Counts>>,
    /// Whether an alarm is set that writes.
    writes_soon: Cell<bool>,
    /// What is written here can't be read: it stays, and these counts are kept in memory alone.
    unreadable: Cell<bool>,
    env: Env,
    alarms: Alarms,
}

impl DurableObject for Limiter {
    fn new(state: State, env: Env) -> Self {
        clock::start(&env);
        Self {
            state,
            counts: RefCell::default(),
            writes_soon: Cell::new(false),
            unreadable: Cell::new(false),
            env,
            alarms: Alarms::default(),
        }
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        let call: Call = read(&mut request).await?;
        let counts = matches!(call, Call::Command(_));
        let reply = self.answer(call);
        if counts && !self.writes_soon.get() {
            wake_at(&self.state, clock::now() + WRITTEN_AFTER).await?;
            self.writes_soon.set(true);
        }
        health::tell_unreadable(&self.env).await;
        respond(reply)
    }

    async fn alarm(&self) -> Result<Response> {
        self.alarms.begin(&self.state).await?;
        self.writes_soon.set(false);
        let due = self.write_down().await;
        self.alarms.end(&self.state, due).await?;
        Response::empty()
    }
}

impl Limiter {
    /// Writes the counts down, where there are any; says when to look for what is over.
    async fn write_down(&self) -> Result<Option<Timestamp>> {
        if self.unreadable.get() {
            return Ok(None);
        }
        let json = self.with(|counts| {
            counts.forget_what_is_over(clock::now());
            (!counts.is_empty()).then(|| stored::write(counts))
        })?;
        match json {
            Some(json) => {
                let written = "INSERT INTO counts VALUES (1, ?1) ON CONFLICT (one) DO UPDATE SET json = ?1";
                run(&self.sql(), written, vec![json?.into()])?;
                Ok(Some(clock::now() + CLEANED_EVERY))
            }
            None => {
                self.counts.take();
                self.state.storage().delete_all().await?;
                Ok(None)
            }
        }
    }

    fn answer(&self, call: Call) -> Result<String> {
        let now = clock::now();
        match call {
            Call::Command(Command::TakeOne(TakeOne { take })) => {
                reply::<TakeOne>(self.with(|counts| counts.take(take, now))?)
            }
            Call::Command(Command::HoldBack(_)) => reply::<HoldBack>(self.with(|counts| counts.held_back(now))?),
            Call::Query(Query::ListDays(_)) => reply::<ListDays>(self.with(|counts| counts.days().collect())?),
        }
    }

    fn sql(&self) -> SqlStorage {
        self.state.storage().sql()
    }

    /// Works with the counts, read once an instance.
    fn with<T>(&self, work: impl FnOnce(&mut Counts) -> T) -> Result<T> {
        let mut slot = self.counts.borrow_mut();
        if slot.is_none() {
            run(&self.sql(), "CREATE TABLE IF NOT EXISTS counts (one INTEGER PRIMARY KEY, json TEXT)", Vec::new())?;
            let json = value(&self.sql(), "SELECT json FROM counts", Vec::new())?;
            *slot = json.and_then(|json| stored::read(&json).inspect_err(|_| self.unreadable.set(true)).ok());
        }
        Ok(work(slot.get_or_insert_default()))
    }
}
