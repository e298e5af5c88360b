use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{deletion::DAY_SUMS, time::Timestamp};

/// The sums of a day are kept for so many days.
const DAYS: i64 = DAY_SUMS.whole_seconds() / 86_400;

/// Takes one from an allowance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Take {
    /// What is counted, within one object.
    pub counter: String,
    /// So many at the most.
    pub limit: u32,
    pub window: Window,
    pub how: How,
}

/// How one is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum How {
    Silently,
    /// The owner sees it, by day.
    ByDay,
    /// Not at all: for who must take as long over nothing as over something.
    OnlyAsk,
}

/// Whether the owner sees what a limit elsewhere held back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Shown {
    /// By day.
    ByDay,
    Nowhere,
}

/// How long an allowance lasts: windows begin at full hours and at midnight, UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Window {
    Hour,
    Day,
}

impl Window {
    const fn millis(self) -> i64 {
        match self {
            Self::Hour => 3_600_000,
            Self::Day => 86_400_000,
        }
    }

    /// When the window ends that `now` is in.
    const fn end(self, now: Timestamp) -> Timestamp {
        Timestamp::from_millis((now.millis().div_euclid(self.millis()) + 1).saturating_mul(self.millis()))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Taken {
    /// Within the allowance.
    Yes,
    Limited,
}

/// What one day brought.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DaySum {
    /// Days since 1970, UTC.
    pub day: i64,
    /// Within the allowance.
    pub taken: u32,
    /// Beyond it.
    pub limited: u32,
}

/// All that one object counts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// When each counter's window ends, and what was taken in it.
    counters: BTreeMap<String, (Timestamp, u32)>,
    /// Until when each proof is remembered that was used in the times of format 2. Today each is a row.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    used: BTreeMap<String, Timestamp>,
    /// The sums of each day: taken, limited.
    days: BTreeMap<i64, (u32, u32)>,
}

impl Counts {
    pub fn take(&mut self, take: Take, now: Timestamp) -> Taken {
        let Take { counter, limit, window, how } = take;
        let ends = window.end(now);
        let (counted, taken) = self.counters.entry(counter).or_insert((ends, 0));
        if *counted != ends {
            (*counted, *taken) = (ends, 0);
        }
        let with_this = taken.saturating_add(1);
        let limited = with_this > limit;
        if how != How::OnlyAsk {
            *taken = with_this;
        }
        if how == How::ByDay {
            self.note(limited, now);
        }
        if limited { Taken::Limited } else { Taken::Yes }
    }

    /// Whether a proof was used in the times of format 2, which did not note for what.
    pub fn was_used(&self, proof: &str, now: Timestamp) -> bool {
        self.used.get(proof).is_some_and(|until| now < *until)
    }

    /// Counts one, by day, that a limit elsewhere held back.
    pub fn held_back(&mut self, now: Timestamp) {
        self.note(true, now);
    }

    fn note(&mut self, limited: bool, now: Timestamp) {
        let (taken, held_back) = self.days.entry(now.day()).or_default();
        let sum = if limited { held_back } else { taken };
        *sum = sum.saturating_add(1);
    }

    /// What was counted by day, the oldest first.
    pub fn days(&self) -> impl Iterator<Item = DaySum> {
        self.days.iter().map(|(day, (taken, limited))| DaySum { day: *day, taken: *taken, limited: *limited })
    }

    /// Forgets windows and proofs that are over, and days of 90 days ago.
    pub fn forget_what_is_over(&mut self, now: Timestamp) {
        self.counters.retain(|_, (ends, _)| *ends > now);
        self.used.retain(|_, until| *until > now);
        self.days.retain(|day, _| *day > now.day() - DAYS);
    }

    pub fn is_empty(&self) -> bool {
        self.counters.is_empty() && self.used.is_empty() && self.days.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::time::Span;

    fn take(window: Window, how: How) -> Take {
        Take { counter: "c".into(), limit: 3, window, how }
    }

    fn start() -> Timestamp {
        Timestamp::from_millis(1_795_000_000_000)
    }

    proptest! {
        #[test]
        fn no_window_ever_gives_more_than_its_limit(pauses in prop::collection::vec(0..2000_i64, 1..60), forget: bool) {
            let mut counts = Counts::default();
            let mut now = start();
            let mut given: BTreeMap<i64, u32> = BTreeMap::new();
            for pause in pauses {
                now = now + Span::seconds(pause);
                if forget {
                    counts.forget_what_is_over(now);
                }
                let hour = given.entry(now.millis() / 3_600_000).or_default();
                let taken = counts.take(take(Window::Hour, How::OnlyAsk), now);
                prop_assert_eq!(taken, if *hour < 3 { Taken::Yes } else { Taken::Limited }, "whoever only asks takes none");
                let taken = counts.take(take(Window::Hour, How::ByDay), now);
                prop_assert_eq!(taken, if *hour < 3 { Taken::Yes } else { Taken::Limited });
                *hour += u32::from(taken == Taken::Yes);
            }
            let sums: u32 = counts.days().map(|day| day.taken).sum();
            prop_assert_eq!(sums, given.values().sum::<u32>());
        }
    }

    #[test]
    fn a_proof_of_format_2_is_refused_until_it_would_count_no_more() {
        let json = r#"{"counters":{},"used":{"old":"2026-11-24T12:00:00.000Z"},"days":{}}"#;
        let mut counts: Counts = serde_json::from_str(json).unwrap();
        let at = |text: &str| Timestamp::try_from(text.to_owned()).unwrap();
        assert!(counts.was_used("old", at("2026-11-24T11:59:59.000Z")) && !counts.was_used("new", start()));
        assert!(!counts.was_used("old", at("2026-11-24T12:00:00.000Z")));
        counts.forget_what_is_over(at("2026-11-24T12:00:00.000Z"));
        assert_eq!(serde_json::to_string(&counts).unwrap(), r#"{"counters":{},"days":{}}"#);
    }

    #[test]
    fn what_is_over_is_forgotten_and_then_nothing_is_left() {
        let mut counts = Counts::default();
        counts.take(take(Window::Hour, How::ByDay), start());
        counts.held_back(start());
        counts.forget_what_is_over(start() + Span::hours(3));
        assert_eq!(counts.days().collect::<Vec<_>>(), [DaySum { day: start().day(), taken: 1, limited: 1 }]);
        assert!(!counts.is_empty());
        counts.forget_what_is_over(start() + Span::days(90));
        assert!(counts.is_empty());
    }
}
