use std::collections::VecDeque;

use super::Class;
use crate::time::{Span, Timestamp};

/// So long an SMS is held rather than sent back: less than it costs to come again.
const HOLD: Span = Span::seconds(2);

/// Slots further ahead are those of a clock that was wrong, or too late for most SMS.
const FURTHEST: Span = Span::hours(12);

/// Whoever comes so much later than its slot has lost it: others may have had it since.
const LATE: Span = Span::minutes(1);

const SECOND: Span = Span::seconds(1);

/// How long an SMS may be held. A queue of messages fills the next second and no more, so that the second after it is
/// always there for those that somebody waits for.
pub(super) const fn hold(class: Class) -> Span {
    match class {
        Class::Message => SECOND,
        Class::Answer | Class::Acknowledgement => HOLD,
    }
}

/// Who leaves in which second. A slot is promised ahead and keeps the order; what leaves is counted apart, so that
/// those who come late to their slots are never more in a second than may be.
#[derive(Debug, Clone)]
pub(super) struct Slots {
    /// The next free slot, in microseconds: 300 a second don't come out even in milliseconds.
    next: i64,
    /// When SMS left in the last second, or will in the next two, in order.
    granted: VecDeque<Timestamp>,
}

impl Slots {
    pub(super) const fn from(horizon: Timestamp) -> Self {
        Self { next: micros(horizon), granted: VecDeque::new() }
    }

    /// Promises slots from then on, whatever was promised before: who comes out of turn finds no room, and a new slot.
    pub(super) const fn begin(&mut self, now: Timestamp) {
        self.next = micros(now);
    }

    /// No slot from then on has been promised.
    pub(super) const fn free_from(&self) -> Timestamp {
        millis(self.next)
    }

    /// How many left in the last second, or are about to.
    pub(super) fn lately(&self) -> u32 {
        u32::try_from(self.granted.len()).unwrap_or(u32::MAX)
    }

    /// Whether slots are promised beyond the next second.
    pub(super) fn queues(&self, now: Timestamp) -> bool {
        self.free_from() > now + SECOND
    }

    /// Promises a slot.
    pub(super) fn promise(&mut self, per_second: u32, now: Timestamp) -> Timestamp {
        let slot = self.next.max(micros(now));
        self.next = slot.saturating_add(step(per_second));
        millis(slot)
    }

    /// Whether a promised slot still counts.
    pub(super) fn keeps(had: Timestamp, now: Timestamp) -> bool {
        now <= had + LATE && !is_too_far(had, now)
    }

    /// Lets one leave, in its turn, unless it would have to be held for longer than that.
    pub(super) fn grant(
        &mut self,
        per_second: u32,
        not_before: Timestamp,
        hold: Span,
        now: Timestamp,
    ) -> Option<Timestamp> {
        self.forget(now);
        let first = self.granted.len().checked_sub(per_second.max(1) as usize).and_then(|at| self.granted.get(at));
        let at = first.map_or(now, |first| *first + SECOND).max(not_before).max(now);
        (at <= now + hold).then(|| self.leaves(at))
    }

    /// Notes that one leaves, whatever others do.
    pub(super) fn leaves(&mut self, at: Timestamp) -> Timestamp {
        let place = self.granted.partition_point(|other| *other <= at);
        self.granted.insert(place, at);
        at
    }

    fn forget(&mut self, now: Timestamp) {
        while self.granted.front().is_some_and(|at| *at + SECOND <= now) {
            self.granted.pop_front();
        }
        // A clock was wrong.
        while self.granted.back().is_some_and(|at| *at > now + HOLD) {
            self.granted.pop_back();
        }
    }
}

pub(super) fn is_too_far(slot: Timestamp, now: Timestamp) -> bool {
    slot > now + FURTHEST
}

/// Between two slots.
pub(super) fn step(per_second: u32) -> i64 {
    1_000_000_i64.saturating_add(i64::from(per_second.max(1)) - 1).div_euclid(i64::from(per_second.max(1)))
}

pub(super) const fn micros(at: Timestamp) -> i64 {
    at.millis().saturating_mul(1000)
}

/// Rounded up: nobody comes before its slot.
pub(super) const fn millis(micros: i64) -> Timestamp {
    Timestamp::from_millis(micros.saturating_add(999).div_euclid(1000))
}
