use serde::{Deserialize, Serialize};

use super::{
    Class, GatewayState, Limits, Turn,
    circuit::{Broken, Ended, Lately, StopReason},
    look_again,
    slots::{HOLD, Slots, micros, millis, step},
};
use crate::time::{Span, Timestamp};

/// What of a gateway's pace survives a crash. It is written ahead: one row for an SMS that comes alone, one a second
/// where they queue; what a crash forgets is less than a second's worth.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaceRecord {
    /// No slot from then on has been promised.
    horizon: Timestamp,
    day: Day,
    circuit: Option<Broken>,
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
        Self { horizon: Timestamp::from_millis(0), day: Day::default(), circuit: None, untold: Vec::new() }
    }
}

/// Who asks for a turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ask {
    pub class: Class,
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
    /// When the stop ends that others wait for, and, in microseconds, the time that the next of them is given.
    waiting: (Timestamp, i64),
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
            waiting: (never, 0),
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
            return Turn::Paused(self.wait(until, limits));
        }
        if self.is_over(ask.parts, limits) {
            self.hold_back(limits, now);
            let midnight = Timestamp::from_millis((now.day() + 1).saturating_mul(86_400_000));
            return Turn::Stopped { until: self.wait(midnight, limits), reason: StopReason::OverBudget };
        }
        if let Some(broken) = &mut self.record.circuit {
            if let Some(probe) = broken.probe(now) {
                self.changed = true;
                let at = self.slots.leaves(now);
                return self.leave(ask, at, Some(probe), now);
            }
            // A second later than an acknowledgement, so that the probe is that one's.
            let (until, reason) = (broken.again(Span::seconds(4), now) + Span::seconds(1), broken.reason);
            return Turn::Stopped { until: self.wait(until, limits), reason };
        }
        self.queue(ask, limits, now)
    }

    /// A turn where nothing is stopped.
    fn queue(&mut self, ask: Ask, limits: Limits, now: Timestamp) -> Turn {
        let per_second = limits.per_second;
        let had = ask.had.filter(|had| Slots::keeps(*had, now));
        if let Some(had) = had.filter(|had| *had > now + HOLD) {
            return Turn::At(had);
        }
        let first = match (had, ask.class) {
            (Some(had), _) => had,
            // It takes the next second, and a slot at the end, so that messages keep theirs as far as can be.
            (None, Class::Answer | Class::Acknowledgement) => {
                if let Some(at) = self.slots.grant(per_second, now, now) {
                    self.slots.promise(per_second, now);
                    return self.leave(ask, at, None, now);
                }
                self.promise(limits, now)
            }
            (None, Class::Message) => self.slots.promise(per_second, now),
        };
        if let Some(at) = self.slots.grant(per_second, first, now) {
            return self.leave(ask, at, None, now);
        }
        // Its slot is still to come, or others hold the second.
        let slot = if first > now { first } else { self.slots.promise(per_second, now) };
        self.keep_horizon(limits);
        Turn::At(slot)
    }

    fn promise(&mut self, limits: Limits, now: Timestamp) -> Timestamp {
        let slot = self.slots.promise(limits.per_second, now);
        self.keep_horizon(limits);
        slot
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
            Some(broken) => match broken.probe(now) {
                Some(probe) => Some(probe),
                None => {
                    let until = broken.again(Span::seconds(2), now);
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
        self.lately.turn(at);
        Turn::Now { at, probe }
    }

    /// Sends those who wait for the end of a stop away, one after the other.
    fn wait(&mut self, until: Timestamp, limits: Limits) -> Timestamp {
        if self.waiting.0 != until {
            self.waiting = (until, micros(until));
        }
        let at = self.waiting.1;
        self.waiting.1 = at.saturating_add(step(limits.per_second));
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
        let Noted { at, probe, ended } = noted;
        match (&mut self.record.circuit, ended) {
            (Some(broken), ended) => {
                if !broken.is_probe(probe) {
                    return;
                }
                match ended {
                    Ended::Badly(reason) => broken.failed(reason, now, jitter),
                    Ended::Well => {
                        self.record.circuit = None;
                        (self.lately, self.well_since) = (Lately::default(), now);
                    }
                }
                self.changed = true;
            }
            (None, Ended::Badly(reason)) if at >= self.well_since => {
                if reason != StopReason::Failing || self.lately.failed(at) {
                    self.record.circuit = Some(Broken::new(reason, now, jitter));
                    self.tell(reason, now);
                }
            }
            (None, _) => {}
        }
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
