//! It counts in memory and writes all of it down in one row, at most every five seconds: a write for each call would be
//! what limits the calls. A crash forgets the last seconds, which a limit can bear. Proofs are rows of their own.

use std::cell::{Cell, RefCell};

use shared::{
    limits::{Counts, Proof, ProofEnd, ProofUse, Shown, Take, Taken, UsedProof, forgotten_at, proof_use},
    time::{Span, Timestamp},
};
use worker::{DurableObject, Env, Request, Response, Result, SqlStorage, State, durable_object};

use super::{
    proofs,
    protocol::{Call, Command, HoldBack, ListDays, Query, TakeOne, UseProof},
};
use crate::{
    platform::{
        alarm::{Alarms, wake_at},
        clock,
        object::{read, reply, respond},
        sql::{run, value},
        stored,
        transaction::transaction,
    },
    service::health,
};

/// A change is written down so much later at most.
const WRITTEN_WITHIN: Span = Span::seconds(5);
/// Counts that are over are looked for so often; proofs have times of their own.
const CLEANED_EVERY: Span = Span::days(1);

const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS counts (one INTEGER PRIMARY KEY, json TEXT);
CREATE TABLE IF NOT EXISTS proofs (name TEXT PRIMARY KEY, used TEXT, until INTEGER) WITHOUT ROWID;";

#[durable_object]
pub struct Limiter {
    state: State,
    counts: RefCell<Option<Counts>>,
    /// What was counted since it was last written down.
    changed: Cell<bool>,
    /// When it was last written down.
    written: Cell<Option<Timestamp>>,
    /// For when the alarm stands, as far as this instance knows.
    wakes: Cell<Option<Timestamp>>,
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
            changed: Cell::new(false),
            written: Cell::new(None),
            wakes: Cell::new(None),
            unreadable: Cell::new(false),
            env,
            alarms: Alarms::default(),
        }
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        let call: Call = read(&mut request).await?;
        let counts = matches!(call, Call::Command(_));
        let proof_due = match &call {
            Call::Command(Command::UseProof(UseProof { proof, .. })) => Some(forgotten_at(proof.until)),
            _ => None,
        };
        let reply = self.open().and_then(|()| transaction(&self.state, || self.answer(call)));
        if counts {
            let due = self.write_in_time();
            self.wake_by(proof_due.map_or(due, |at| at.min(due))).await?;
        }
        health::tell_unreadable(&self.env).await;
        respond(reply)
    }

    async fn alarm(&self) -> Result<Response> {
        self.alarms.begin(&self.state).await?;
        self.wakes.set(None);
        let due = self.open().and_then(|()| transaction(&self.state, || self.clean_up()));
        let due = match due {
            Ok(None) => self.forget_all().await,
            other => other,
        };
        // What came meanwhile found an alarm that was about to be moved.
        let soon = (self.changed.get() && due.is_ok()).then(|| clock::now() + WRITTEN_WITHIN);
        let due = due.map(|due| [due, soon].into_iter().flatten().min());
        self.wakes.set(due.as_ref().ok().copied().flatten());
        self.alarms.end(&self.state, due).await?;
        Response::empty()
    }
}

impl Limiter {
    /// Writes down what has waited long enough; says by when the alarm must come.
    fn write_in_time(&self) -> Timestamp {
        let now = clock::now();
        if !self.changed.get() {
            return now + CLEANED_EVERY;
        }
        // A clock that was set back makes nothing wait.
        let due = self.written.get().map_or(now, |at| at.min(now) + WRITTEN_WITHIN);
        if now < due {
            return due;
        }
        match transaction(&self.state, || self.write_down()) {
            Ok(()) => now + CLEANED_EVERY,
            Err(error) => {
                worker::console_error!("counts that are not written yet: {error}");
                now + WRITTEN_WITHIN
            }
        }
    }

    /// Sets the alarm, unless it comes by then already.
    async fn wake_by(&self, due: Timestamp) -> Result<()> {
        let due = match self.wakes.get().filter(|at| clock::now() < *at) {
            Some(at) if at <= due => return Ok(()),
            Some(_) => due,
            // What another instance ordered, or is overdue, must not be put off.
            None => proofs::due(&self.sql())?.map_or(due, |at| at.min(due)),
        };
        self.wakes.set(Some(due));
        wake_at(&self.state, due).await.inspect_err(|_| self.wakes.set(None))
    }

    fn write_down(&self) -> Result<()> {
        let now = clock::now();
        if !self.unreadable.get() {
            let json = self.with(|counts| stored::write(counts))?;
            let written = "INSERT INTO counts VALUES (1, ?1) ON CONFLICT (one) DO UPDATE SET json = ?1";
            run(&self.sql(), written, vec![json.into()])?;
        }
        self.written.set(Some(now));
        self.changed.set(false);
        Ok(())
    }

    /// Forgets what is over, and writes the rest down; says when to look again, unless nothing is left.
    fn clean_up(&self) -> Result<Option<Timestamp>> {
        let now = clock::now();
        let is_empty = self.with(|counts| {
            counts.forget_what_is_over(now);
            counts.is_empty()
        });
        proofs::forget_what_is_over(&self.sql(), now)?;
        let proofs = proofs::due(&self.sql())?;
        if is_empty && proofs.is_none() && !self.unreadable.get() {
            return Ok(None);
        }
        self.write_down()?;
        let due = now + CLEANED_EVERY;
        Ok(Some(proofs.map_or(due, |at| at.min(due))))
    }

    async fn forget_all(&self) -> Result<Option<Timestamp>> {
        self.counts.take();
        self.changed.set(false);
        self.state.storage().delete_all().await?;
        Ok(None)
    }

    fn answer(&self, call: Call) -> Result<String> {
        match call {
            Call::Command(Command::TakeOne(TakeOne { take, proof })) => reply::<TakeOne>(self.take(take, proof)?),
            Call::Command(Command::UseProof(UseProof { proof, submission })) => {
                reply::<UseProof>(self.use_proof(&proof, submission)?)
            }
            Call::Command(Command::HoldBack(HoldBack { proof, noted })) => {
                reply::<HoldBack>(self.hold_back(&proof, noted)?)
            }
            Call::Query(Query::ListDays(_)) => reply::<ListDays>(self.with(|counts| counts.days().collect())),
        }
    }

    fn take(&self, take: Take, proof: Option<String>) -> Result<Taken> {
        let Some(proof) = proof else {
            return Ok(self.count(|counts, now| counts.take(take, now)));
        };
        // Of two that came at once, the other one has decided.
        match self.end_of(&proof)? {
            Some(ProofEnd::Passed) => Ok(Taken::Yes),
            Some(ProofEnd::HeldBack) => Ok(Taken::Limited),
            None => {
                let taken = self.count(|counts, now| counts.take(take, now));
                proofs::end(&self.sql(), &proof, taken.into())?;
                Ok(taken)
            }
        }
    }

    fn use_proof(&self, proof: &Proof, submission: String) -> Result<ProofUse> {
        if self.with(|counts| counts.was_used(&proof.name, clock::now())) {
            return Ok(ProofUse::ForAnother);
        }
        let said = proof_use(proofs::find(&self.sql(), &proof.name)?.as_ref(), &submission);
        if said == ProofUse::First {
            proofs::note(&self.sql(), proof, submission)?;
        }
        Ok(said)
    }

    fn hold_back(&self, proof: &str, noted: Shown) -> Result<()> {
        if self.end_of(proof)?.is_none() {
            proofs::end(&self.sql(), proof, ProofEnd::HeldBack)?;
            if noted == Shown::ByDay {
                self.count(Counts::held_back);
            }
        }
        Ok(())
    }

    fn end_of(&self, proof: &str) -> Result<Option<ProofEnd>> {
        Ok(proofs::find(&self.sql(), proof)?.and_then(|UsedProof { end, .. }| end))
    }

    fn sql(&self) -> SqlStorage {
        self.state.storage().sql()
    }

    fn count<T>(&self, work: impl FnOnce(&mut Counts, Timestamp) -> T) -> T {
        self.changed.set(true);
        self.with(|counts| work(counts, clock::now()))
    }

    /// Reads what was counted, once an instance; outside of a transaction that may be undone.
    fn open(&self) -> Result<()> {
        if self.counts.borrow().is_none() {
            run(&self.sql(), SCHEMA, Vec::new())?;
            let json = value(&self.sql(), "SELECT json FROM counts", Vec::new())?;
            let counts = json.and_then(|json| stored::read(&json).inspect_err(|_| self.unreadable.set(true)).ok());
            self.counts.replace(Some(counts.unwrap_or_default()));
        }
        Ok(())
    }

    fn with<T>(&self, work: impl FnOnce(&mut Counts) -> T) -> T {
        work(self.counts.borrow_mut().get_or_insert_default())
    }
}
