use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use super::{Ask, Attempt, Class};
use crate::{
    backoff,
    gateway::{Failure, Outcome},
    time::{Span, Timestamp},
};

/// A probe whose end nobody reports is forgotten after that; longer than any provider is waited for.
const PROBE_ENDS: Span = Span::minutes(2);

/// So much later than all others an SMS that failed before may be a probe.
const BEHIND: Span = Span::seconds(5);

/// Failures are held against the turns of so long before the last of them.
const LATELY: Span = Span::seconds(30);
/// Fewer failures say nothing.
const FEWEST: u32 = 3;

/// Why a gateway is stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum StopReason {
    /// The provider doesn't know our credentials, or a secret is missing.
    Credentials,
    /// The account is empty.
    OutOfCredit,
    /// Of the SMS first tried in the last 30 seconds at least three, and at least half, failed at the provider or got
    /// no answer.
    Failing,
    /// What may be sent in a day has been.
    OverBudget,
}

impl StopReason {
    /// Whether a single answer says it: it would be the same for all SMS.
    pub(super) const fn is_access(self) -> bool {
        matches!(self, Self::Credentials | Self::OutOfCredit)
    }
}

/// What the end of an attempt says of the provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ended {
    /// It does its work, whatever it thinks of the SMS.
    Well,
    Badly(StopReason),
}

impl From<&Outcome> for Ended {
    fn from(outcome: &Outcome) -> Self {
        match outcome {
            Outcome::Failed(Failure::Credentials) => Self::Badly(StopReason::Credentials),
            Outcome::Failed(Failure::OutOfCredit) => Self::Badly(StopReason::OutOfCredit),
            Outcome::Failed(Failure::Later) | Outcome::Unknown => Self::Badly(StopReason::Failing),
            Outcome::Accepted(_)
            | Outcome::Failed(Failure::Throttled { .. } | Failure::Never | Failure::OptedOut | Failure::NotMobile) => {
                Self::Well
            }
        }
    }
}

/// A gateway that nothing leaves by, but for one probe at a time. An SMS that failed here says little when it fails
/// again: perhaps the provider dislikes that one alone. So those that were never tried go first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Broken {
    pub(super) reason: StopReason,
    /// How long it lasts already: the first failure, and those of probes in their time by an SMS never tried before.
    failures: u32,
    /// Those of probes by an SMS that had been tried.
    repeats: u32,
    /// No probe before then.
    soon: Timestamp,
    /// No probe before then, but by an SMS that somebody waits for and that was never tried.
    until: Timestamp,
    /// No probe before then by an SMS that was tried.
    repeats_until: Timestamp,
    /// Probes begun; the last one's number.
    probes: u32,
    /// When the one began whose end nobody has reported yet.
    probing: Option<Timestamp>,
}

impl Broken {
    pub(super) fn new(reason: StopReason, now: Timestamp, jitter: u8) -> Self {
        let soon = now + backoff::PROBE.pause(1, jitter);
        Self { reason, failures: 1, repeats: 0, soon, until: soon, repeats_until: soon, probes: 0, probing: None }
    }

    /// Begins a probe, if it is time for one.
    pub(super) fn probe(&mut self, ask: Ask, now: Timestamp) -> Option<u32> {
        if self.is_probing(now) || !is_past(self.due(ask), now) {
            return None;
        }
        self.probes = self.probes.saturating_add(1);
        self.probing = Some(now);
        Some(self.probes)
    }

    /// Whether somebody finds out right now.
    fn is_probing(&self, now: Timestamp) -> bool {
        self.probing.is_some_and(|since| (since..since + PROBE_ENDS).contains(&now))
    }

    /// When that SMS may be a probe.
    fn due(&self, ask: Ask) -> Timestamp {
        match (ask.attempt, ask.class) {
            (Attempt::First, Class::Answer | Class::Acknowledgement) => self.soon,
            (Attempt::First, Class::Message) => self.until.max(self.soon),
            (Attempt::Again, _) => self.repeats_until.max(self.until).max(self.soon) + BEHIND,
        }
    }

    /// When it is worth asking again.
    pub(super) fn again(&self, ask: Ask, soon: Span, now: Timestamp) -> Timestamp {
        if self.is_probing(now) { now + soon } else { self.due(ask) }
    }

    pub(super) fn is_probe(&self, number: Option<u32>) -> bool {
        self.probing.is_some() && number == Some(self.probes)
    }

    /// Notes that the probe failed too.
    pub(super) fn failed(&mut self, reason: StopReason, attempt: Attempt, now: Timestamp, jitter: u8) {
        (self.reason, self.probing) = (reason, None);
        self.soon = now + backoff::PROBE.pause(1, jitter);
        match attempt {
            Attempt::Again => {
                self.repeats = self.repeats.saturating_add(1);
                let failures = self.failures.saturating_add(self.repeats);
                self.repeats_until = now + backoff::PROBE.pause(failures, jitter);
            }
            // Whoever goes before its time puts nobody else off.
            Attempt::First if is_past(self.until, now) => {
                self.failures = self.failures.saturating_add(1);
                self.until = now + backoff::PROBE.pause(self.failures, jitter);
            }
            Attempt::First => {}
        }
    }
}

/// What lies further ahead than any pause was written by a clock that was wrong.
fn is_past(at: Timestamp, now: Timestamp) -> bool {
    at <= now || at > now + Span::hours(1)
}

/// The turns of the last seconds, and how many of them ended badly. An SMS counts once, by its first attempt: one that
/// the provider dislikes, and that is tried again and again, says nothing of the others.
#[derive(Debug, Clone, Default)]
pub(super) struct Lately(VecDeque<Second>);

#[derive(Debug, Clone)]
struct Second {
    /// Seconds since 1970.
    second: i64,
    turns: u32,
    failures: u32,
}

impl Lately {
    pub(super) fn turn(&mut self, at: Timestamp) {
        let second = at.millis().div_euclid(1000);
        while self.0.front().is_some_and(|first| first.second < second - 2 * LATELY.whole_seconds()) {
            self.0.pop_front();
        }
        match self.0.iter_mut().find(|it| it.second == second) {
            Some(it) => it.turns = it.turns.saturating_add(1),
            None => self.0.push_back(Second { second, turns: 1, failures: 0 }),
        }
    }

    /// Notes that the turn of that time failed; says whether that is more than an odd one. Later turns don't count:
    /// how they end nobody knows yet.
    pub(super) fn failed(&mut self, at: Timestamp) -> bool {
        let second = at.millis().div_euclid(1000);
        if let Some(it) = self.0.iter_mut().find(|it| it.second == second) {
            it.failures = it.failures.saturating_add(1);
        }
        let known = self.0.iter().filter(|it| (second - LATELY.whole_seconds()..=second).contains(&it.second));
        let (turns, failures) = known.fold((0_u32, 0_u32), |(turns, failures), it| {
            (turns.saturating_add(it.turns), failures.saturating_add(it.failures))
        });
        failures >= FEWEST && failures.saturating_mul(2) >= turns
    }
}
