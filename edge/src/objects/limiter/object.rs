//! Counts what the public calls use up, a small object for each thing counted.
//!
//! It counts in memory and writes all of it down in one row, some seconds after a change: a write for each call
//! would be what limits the calls. A crash forgets the last seconds, which a limit can bear.

use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
};

use serde::{Deserialize, Serialize};
use shared::time::{Span, Timestamp};
use worker::{DurableObject, Env, Request, Response, Result, SqlStorage, State, durable_object};

use super::protocol::{Call, Command, Day, HoldBack, ListDays, Query, Take, Taken};
use crate::platform::{
    clock,
    object::{read, reply, respond, wake_at},
    sql::{rows, run},
};

/// A change is written down so much later.
const WRITTEN_AFTER: Span = Span::seconds(5);
/// What is over is looked for so often.
const CLEANED_EVERY: Span = Span::days(1);
/// The sums of a day are kept for so many days.
const DAYS: i64 = 90;

/// All that an object counts.
#[derive(Default, Serialize, Deserialize)]
struct Counts {
    /// When each counter's window ends, and what was taken in it.
    counters: BTreeMap<String, (Timestamp, u32)>,
    /// Until when each proof is remembered.
    used: BTreeMap<String, Timestamp>,
    /// The sums of each day: taken, limited.
    days: BTreeMap<i64, (u32, u32)>,
}

impl Counts {
    fn take(
        &mut self,
        counter: String,
        limit: u32,
        window: i64,
        once: Option<(String, Timestamp)>,
        now: Timestamp,
    ) -> Taken {
        if let Some((proof, until)) = once
            && self.used.insert(proof, until).is_some()
        {
            return Taken::Used;
        }
        let window = window * 1000;
        let ends = Timestamp::from_millis((now.millis().div_euclid(window) + 1) * window);
        let (counted, taken) = self.counters.entry(counter).or_insert((ends, 0));
        if *counted != ends {
            (*counted, *taken) = (ends, 0);
        }
        *taken = taken.saturating_add(1);
        if *taken > limit { Taken::Limited } else { Taken::Yes }
    }

    fn note(&mut self, limited: bool, now: Timestamp) {
        let (taken, held_back) = self.days.entry(now.day()).or_default();
        let sum = if limited { held_back } else { taken };
        *sum = sum.saturating_add(1);
    }

    fn forget_what_is_over(&mut self, now: Timestamp) {
        self.counters.retain(|_, (ends, _)| *ends > now);
        self.used.retain(|_, until| *until > now);
        self.days.retain(|day, _| *day > now.day() - DAYS);
    }

    fn is_empty(&self) -> bool {
        self.counters.is_empty() && self.used.is_empty() && self.days.is_empty()
    }
}

/// Counters of one network, destination, or shard of a form.
#[durable_object]
pub struct Limiter {
    state: State,
    counts: RefCell<Option<Counts>>,
    /// Whether an alarm is set that writes.
    writes_soon: Cell<bool>,
}

impl DurableObject for Limiter {
    fn new(state: State, env: Env) -> Self {
        clock::start(&env);
        Self { state, counts: RefCell::default(), writes_soon: Cell::new(false) }
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        let call: Call = read(&mut request).await?;
        let counts = matches!(call, Call::Command(_));
        let reply = self.answer(call);
        if counts && !self.writes_soon.replace(true) {
            wake_at(&self.state, clock::now() + WRITTEN_AFTER).await?;
        }
        respond(reply)
    }

    async fn alarm(&self) -> Result<Response> {
        self.writes_soon.set(false);
        let json = self.with(|counts| {
            counts.forget_what_is_over(clock::now());
            (!counts.is_empty()).then(|| serde_json::to_string(counts))
        })?;
        match json {
            Some(json) => {
                let written = "INSERT INTO counts VALUES (1, ?1) ON CONFLICT (one) DO UPDATE SET json = ?1";
                run(&self.sql(), written, vec![json?.into()])?;
                wake_at(&self.state, clock::now() + CLEANED_EVERY).await?;
            }
            None => {
                self.counts.take();
                self.state.storage().delete_all().await?;
            }
        }
        Response::empty()
    }
}

impl Limiter {
    fn answer(&self, call: Call) -> Result<String> {
        let now = clock::now();
        match call {
            Call::Command(Command::Take(Take { counter, limit, window, once, by_day })) => {
                reply::<Take>(self.with(|counts| {
                    let taken = counts.take(counter, limit, window, once, now);
                    if by_day && taken != Taken::Used {
                        counts.note(taken == Taken::Limited, now);
                    }
                    taken
                })?)
            }
            Call::Command(Command::HoldBack(_)) => reply::<HoldBack>(self.with(|counts| counts.note(true, now))?),
            Call::Query(Query::ListDays(_)) => {
                let day =
                    |(day, (taken, limited)): (&i64, &(u32, u32))| Day { day: *day, taken: *taken, limited: *limited };
                reply::<ListDays>(self.with(|counts| counts.days.iter().map(day).collect())?)
            }
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
            let json = rows(&self.sql(), "SELECT json FROM counts", Vec::new())?.into_iter().flatten().next();
            *slot = json.map(|json| serde_json::from_str(&json)).transpose()?;
        }
        Ok(work(slot.get_or_insert_default()))
    }
}
