use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    Attempt, Class, GatewayState, Limits, Turn,
    circuit::{Broken, Ended, Lately, StopReason},
    look_again,
    slots::{Slots, hold, is_too_far, micros, millis, step},
};
use crate::time::{Span, Timestamp};

/// So long after a stop for credentials or credit a single answer doesn't bring about the next one.
const BELIEVED: Span = Span::hours(1);

/// What of a gateway's pace survives a crash. It is written ahead: one row for an SMS that comes alone, one a second
/// where they queue; what a crash forgets is less than a second's worth.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaceRecord {
    /// No slot from then on has been promised.
    horizon: Timestamp,
    day: Day,
    circuit: Option<Broken>,
    /// When the last stop for credentials or credit ended.
    restored: Option<Timestamp>,
    /// What the owner has yet to be told.
    untold: Vec<Untold>,
}

/// What was sent in a day.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Day {
    /// Days since 1970, UTC.
    day: i64,
    /// Parts of SMS.
    parts: u32,
    /// The budget that held something up: nothing overtakes that on this day.
    held_by: Option<u32>,
}

/// That a gateway stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Untold {
    /// When; no two of a gateway have one time.
    pub at: Timestamp,
    pub reason: StopReason,
}

impl Default for PaceRecord {
    fn default() -> Self {
        Self {
            horizon: Timestamp::from_millis(0),
            day: Day::default(),
            circuit: None,
            restored: None,
            untold: Vec::new(),
        }
    }
}

/// Who asks for a turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ask {
    pub class: Class,
    pub attempt: Attempt,
    /// The time that an earlier answer gave.
    pub had: Option<Timestamp>,
    /// Parts of the SMS.
    pub parts: u32,
}

/// How an attempt ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Noted {
    /// The time of its turn.
    pub at: Timestamp,
    pub attempt: Attempt,
    pub probe: Option<u32>,
    pub ended: Ended,
}

/// The pace of one gateway.
#[derive(Debug, Clone)]
pub struct Pace {
    record: PaceRecord,
    /// The record has changed since it was written.
    changed: bool,
    slots: Slots,
    /// Parts of the day; the record is ahead of it.
    parts: u32,
    lately: Lately,
    /// Attempts that began before then say nothing: a probe has gone well since.
    well_since: Timestamp,
    /// By when a stop ends that others wait for, those that somebody waits for apart: the time, in microseconds, that
    /// the next of them is given.
    waiting: BTreeMap<(Timestamp, Class), i64>,
}

impl Pace {
    pub fn new(record: PaceRecord) -> Self {
        let never = Timestamp::from_millis(0);
        Self {
            slots: Slots::from(record.horizon),
            parts: record.day.parts,
            changed: false,
            lately: Lately::default(),
            well_since: never,
            waiting: BTreeMap::new(),
            record,
        }
    }

    /// What must be written before anybody is answered.
    pub fn to_write(&mut self) -> Option<&PaceRecord> {
        std::mem::take(&mut self.changed).then_some(&self.record)
    }

    /// Gives a turn. `paused`: since when the owner has paused all.
    pub fn take(&mut self, ask: Ask, limits: Limits, paused: Option<Timestamp>, now: Timestamp) -> Turn {
        self.begin_day(now);
        if ask.class == Class::Acknowledgement {
            return self.acknowledge(ask, now);
        }
        if let Some(since) = paused {
            let pause = Span::millis(now.millis().saturating_sub(since.millis()));
            let until = (now + look_again(pause)).millis();
            // Whole minutes, so that those who ask in the same one are sent away one after the other.
            let until = Timestamp::from_millis(until.saturating_add(59_999).div_euclid(60_000).saturating_mul(60_000));
            return Turn::Paused(self.wait(ask, until, limits, now));
        }
        if self.is_over(ask.parts, limits) {
            self.hold_back(limits, now);
            let midnight = Timestamp::from_millis((now.day() + 1).saturating_mul(86_400_000));
            return Turn::Stopped { until: self.wait(ask, midnight, limits, now), reason: StopReason::OverBudget };
        }
        if let Some(broken) = &mut self.record.circuit {
            if let Some(probe) = broken.probe(ask, now) {
                self.changed = true;
                let at = self.slots.leaves(now);
                return self.leave(ask, at, Some(probe), now);
            }
            // A second later than an acknowledgement, so that the probe is that one's.
            let (until, reason) = (broken.again(ask, Span::seconds(4), now) + Span::seconds(1), broken.reason);
            return Turn::Stopped { until: self.wait(ask, until, limits, now), reason };
        }
        self.queue(ask, limits, now)
    }

    /// A turn where nothing is stopped.
    fn queue(&mut self, ask: Ask, limits: Limits, now: Timestamp) -> Turn {
        match ask.class {
            Class::Answer | Class::Acknowledgement => self.go_before(ask, limits, now),
            Class::Message => self.line_up(ask, limits, now),
        }
    }

    /// What somebody waits for takes the next place there is, and no slot: it is never behind messages.
    fn go_before(&mut self, ask: Ask, limits: Limits, now: Timestamp) -> Turn {
        match self.slots.grant(limits.per_second, now, hold(ask.class), now) {
            Some(at) => self.leave(ask, at, None, now),
            None => Turn::At(now + Span::seconds(1)),
        }
    }

    fn line_up(&mut self, ask: Ask, limits: Limits, now: Timestamp) -> Turn {
        let (per_second, hold) = (limits.per_second, hold(ask.class));
        if is_too_far(self.record.horizon.max(self.slots.free_from()), now) {
            self.slots.begin(now);
            (self.record.horizon, self.changed) = (now, true);
        }
        let had = ask.had.filter(|had| Slots::keeps(*had, now));
        if let Some(had) = had.filter(|had| *had > now + hold) {
            return Turn::At(had);
        }
        let slot = had.unwrap_or_else(|| self.slots.promise(per_second, now));
        if let Some(at) = self.slots.grant(per_second, slot, hold, now) {
            return self.leave(ask, at, None, now);
        }
        // Its slot is still to come, or others hold the second.
        let slot = if slot > now { slot } else { self.slots.promise(per_second, now) };
        self.keep_horizon(limits);
        Turn::At(slot)
    }

    /// After a crash no slot is promised twice.
    fn keep_horizon(&mut self, limits: Limits) {
        let free = self.slots.free_from();
        if free > self.record.horizon {
            let few = Span::millis(step(limits.per_second).saturating_mul(4) / 1000);
            self.record.horizon = free + few.max(Span::seconds(1));
            self.changed = true;
        }
    }

    /// Nothing but a dead provider holds an acknowledgement up.
    fn acknowledge(&mut self, ask: Ask, now: Timestamp) -> Turn {
        let probe = match &mut self.record.circuit {
            None => None,
            Some(broken) => match broken.probe(ask, now) {
                Some(probe) => Some(probe),
                None => {
                    let until = broken.again(ask, Span::seconds(2), now);
                    return Turn::Stopped { until, reason: broken.reason };
                }
            },
        };
        self.changed |= probe.is_some();
        let at = self.slots.leaves(now);
        self.leave(ask, at, probe, now)
    }

    fn leave(&mut self, ask: Ask, at: Timestamp, probe: Option<u32>, now: Timestamp) -> Turn {
        self.parts = self.parts.saturating_add(ask.parts);
        if self.parts > self.record.day.parts {
            // Exact for one that comes alone; ahead by a second's worth where they queue.
            let queue = if self.slots.queues(now) { 2 } else { 0 };
            let others = self.slots.lately().saturating_sub(1);
            self.record.day.parts = self.parts.saturating_add(others).saturating_add(queue);
            self.changed = true;
        }
        if ask.attempt == Attempt::First {
            self.lately.turn(at);
        }
        Turn::Now { at, probe }
    }

    /// Sends those who wait for the end of a stop away, one after the other.
    fn wait(&mut self, ask: Ask, until: Timestamp, limits: Limits, now: Timestamp) -> Timestamp {
        while self.waiting.first_key_value().is_some_and(|((until, _), _)| *until < now) {
            self.waiting.pop_first();
        }
        let next = self.waiting.entry((until, ask.class)).or_insert(micros(until));
        let at = *next;
        *next = at.saturating_add(step(limits.per_second));
        millis(at)
    }

    fn begin_day(&mut self, now: Timestamp) {
        if self.record.day.day != now.day() {
            self.record.day = Day { day: now.day(), ..Day::default() };
            self.parts = 0;
        }
    }

    fn is_over(&self, parts: u32, limits: Limits) -> bool {
        let held = self.record.day.held_by.is_some_and(|budget| limits.per_day <= budget);
        held || self.parts.saturating_add(parts) > limits.per_day
    }

    fn hold_back(&mut self, limits: Limits, now: Timestamp) {
        if self.record.day.held_by.is_none() {
            self.tell(StopReason::OverBudget, now);
        }
        if self.record.day.held_by.is_none_or(|budget| budget < limits.per_day) {
            self.record.day.held_by = Some(limits.per_day);
            self.changed = true;
        }
    }

    /// What becomes of a turn that was held until its time: all may have been stopped meanwhile.
    pub fn held(&mut self, ask: Ask, turn: Turn, limits: Limits, paused: Option<Timestamp>, now: Timestamp) -> Turn {
        let free = ask.class == Class::Acknowledgement || paused.is_none() && self.record.circuit.is_none();
        if free || !matches!(turn, Turn::Now { probe: None, .. }) {
            return turn;
        }
        self.parts = self.parts.saturating_sub(ask.parts);
        self.take(ask, limits, paused, now)
    }

    /// Notes how an attempt ended: what failed, and every probe.
    pub fn note(&mut self, noted: Noted, now: Timestamp, jitter: u8) {
        let Noted { at, attempt, probe, ended } = noted;
        match (&mut self.record.circuit, ended) {
            (Some(broken), ended) => {
                if !broken.is_probe(probe) {
                    return;
                }
                match ended {
                    Ended::Badly(reason) => broken.failed(reason, attempt, now, jitter),
                    Ended::Well => {
                        if broken.reason.is_access() {
                            self.record.restored = Some(now);
                        }
                        self.record.circuit = None;
                        (self.lately, self.well_since) = (Lately::default(), now);
                    }
                }
                self.changed = true;
            }
            (None, Ended::Badly(reason)) if attempt == Attempt::First && at >= self.well_since => {
                let many = self.lately.failed(at);
                if many || reason.is_access() && !self.is_restored(now) {
                    self.record.circuit = Some(Broken::new(reason, now, jitter));
                    self.tell(reason, now);
                }
            }
            (None, _) => {}
        }
    }

    /// Whether a stop for credentials or credit has just ended: one answer alone is not believed again so soon.
    fn is_restored(&self, now: Timestamp) -> bool {
        self.record.restored.is_some_and(|at| (at..at + BELIEVED).contains(&now))
    }

    fn tell(&mut self, reason: StopReason, now: Timestamp) {
        let last = self.record.untold.last().map_or(now, |last| now.max(last.at + Span::millis(1)));
        self.record.untold.push(Untold { at: last, reason });
        self.changed = true;
    }

    /// What the owner has yet to be told, the oldest first.
    pub fn untold(&self) -> Option<Untold> {
        self.record.untold.first().copied()
    }

    /// Notes that the owner was told.
    pub fn told(&mut self, told: Untold) {
        self.record.untold.retain(|untold| *untold != told);
        self.changed = true;
    }

    pub fn state(&self, limits: Limits, paused: bool, now: Timestamp) -> GatewayState {
        let today = self.record.day.day == now.day();
        match &self.record.circuit {
            // A pause hides no trouble.
            Some(broken) => GatewayState::Stopped { reason: broken.reason },
            None if paused => GatewayState::Paused,
            None if today && self.is_over(1, limits) => GatewayState::Stopped { reason: StopReason::OverBudget },
            None => GatewayState::Ok,
        }
    }
}
