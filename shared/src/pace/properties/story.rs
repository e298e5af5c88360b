//! Random stories, told to a pace step by step.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BinaryHeap},
};

use proptest::prelude::*;

use super::START;
use crate::{
    backoff,
    pace::{Ask, Attempt, Class, Ended, GatewayState, Limits, Noted, Pace, PaceRecord, StopReason, Turn},
    sending::Via,
    time::{Span, Timestamp},
};

#[derive(Debug, Clone)]
pub struct Row {
    /// Milliseconds after the start.
    pub comes: i64,
    pub class: Class,
    pub parts: u32,
    /// How much later than promised it comes each time, in milliseconds.
    pub late: i64,
}

#[derive(Debug, Clone)]
pub struct Story {
    pub rows: Vec<Row>,
    pub limits: Limits,
    /// While the provider is ill, and with what, in seconds after the start.
    pub ill: Option<(i64, i64, StopReason)>,
    /// Rows that the provider never takes, and what it says to them.
    pub disliked: Option<(Vec<usize>, StopReason)>,
    /// How long an attempt takes, in milliseconds.
    pub takes: i64,
    /// The owner's pause, in seconds after the start.
    pub pause: Option<(i64, i64)>,
    /// In milliseconds after the start.
    pub crashes: Vec<i64>,
    /// Of the ends of probes, each so manieth is never reported; none where it is 0.
    pub lost: u32,
    pub jitter: u8,
}

fn class() -> impl Strategy<Value = Class> {
    prop::sample::select(vec![
        Class::Message,
        Class::Message,
        Class::Message,
        Class::Answer,
        Class::Answer,
        Class::Acknowledgement,
    ])
}

pub fn rows(class: impl Strategy<Value = Class>) -> impl Strategy<Value = Vec<Row>> {
    let late = prop_oneof![4 => 0..40_i64, 2 => 40..400_i64, 1 => 400..20_000_i64];
    let row = (0..30_000_i64, class, 1..4_u32, late).prop_map(|(comes, class, parts, late)| Row {
        comes,
        class,
        parts,
        late,
    });
    prop::collection::vec(row, 1..120)
}

prop_compose! {
    pub fn story()(
        rows in rows(class()),
        per_second in prop::sample::select(vec![1_u32, 2, 3, 5, 7, 30, 300, 500]),
        per_day in prop_oneof![Just(u32::MAX), 1..200_u32],
        ill in prop::option::of((0..40_i64, 1..4_000_i64, prop::sample::select(vec![
            StopReason::Credentials, StopReason::OutOfCredit, StopReason::Failing,
        ]))),
        takes in prop::sample::select(vec![5_i64, 80, 700, 12_000]),
        pause in prop::option::of((0..40_i64, 1..10_000_i64)),
        crashes in prop::collection::vec(0..40_000_i64, 0..3),
        lost in prop::sample::select(vec![0_u32, 2, 3]),
        jitter: u8,
    ) -> Story {
        Story { rows, limits: Limits { per_second, per_day }, ill, disliked: None, takes, pause, crashes, lost, jitter }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Happens {
    Crash,
    /// A row asks, with the time that it was given.
    Asks(usize, Option<i64>),
    /// Its turn was held until now, if nothing crashed meanwhile.
    Held {
        row: usize,
        crashes: usize,
    },
    Ends {
        row: usize,
        at: i64,
        probe: Option<u32>,
    },
}

/// What came of a story.
#[derive(Default)]
pub struct Told {
    /// When each SMS was let go, in the order of the turns: every attempt.
    pub left: Vec<(usize, Timestamp)>,
    /// Those that the provider took, and when their last attempt began.
    pub taken: Vec<(usize, Timestamp)>,
    pub writes: usize,
    /// What the owner was told.
    pub stops: Vec<StopReason>,
}

/// A story while it is told.
struct Teller<'a> {
    story: &'a Story,
    queue: BinaryHeap<Reverse<(i64, Happens)>>,
    pace: Pace,
    written: PaceRecord,
    probing: Option<(u32, Timestamp)>,
    crashes: usize,
    /// Attempts that were begun, by row.
    attempts: Vec<u32>,
    /// Parts that left, by day.
    parts: BTreeMap<i64, u64>,
    told: Told,
}

/// Tells a story to its end, and checks in each step what must hold in every one.
pub fn tell(story: &Story) -> Told {
    let asks = story.rows.iter().enumerate().map(|(row, it)| (START.millis() + it.comes, Happens::Asks(row, None)));
    let crashes = story.crashes.iter().map(|at| (START.millis() + at, Happens::Crash));
    let mut teller = Teller {
        story,
        queue: asks.chain(crashes).map(Reverse).collect(),
        pace: Pace::new(PaceRecord::default()),
        written: PaceRecord::default(),
        probing: None,
        crashes: 0,
        attempts: vec![0; story.rows.len()],
        parts: BTreeMap::new(),
        told: Told::default(),
    };
    let mut steps = 0;
    while let Some(Reverse((now, happens))) = teller.queue.pop() {
        steps += 1;
        assert!(steps < 200_000, "it never ends");
        teller.step(Timestamp::from_millis(now), happens);
    }
    teller.told
}

impl Teller<'_> {
    fn is_ill(&self, at: Timestamp) -> Option<StopReason> {
        let second = |n: i64| START + Span::seconds(n);
        let ill = self.story.ill.filter(|(from, span, _)| second(*from) <= at && at < second(from + span));
        ill.map(|(_, _, reason)| reason)
    }

    /// What the provider says to a row.
    fn outcome(&self, row: usize, at: Timestamp) -> Ended {
        let disliked = self.story.disliked.as_ref().filter(|(rows, _)| rows.contains(&row));
        let bad = self.is_ill(at).or(disliked.map(|(_, reason)| *reason));
        bad.map_or(Ended::Well, Ended::Badly)
    }

    fn ask(&self, row: usize, had: Option<Timestamp>) -> Ask {
        let Row { class, parts, .. } = self.story.rows[row];
        Ask { class, attempt: Attempt::after(self.attempts[row], Via::First), had, parts }
    }

    fn paused(&self, at: Timestamp) -> Option<Timestamp> {
        let second = |n: i64| START + Span::seconds(n);
        let pause = self.story.pause.filter(|(from, span)| second(*from) <= at && at < second(from + span));
        pause.map(|(from, _)| second(from))
    }

    fn later(&mut self, at: i64, happens: Happens) {
        self.queue.push(Reverse((at, happens)));
    }

    fn step(&mut self, now: Timestamp, happens: Happens) {
        match happens {
            Happens::Crash => {
                self.pace = Pace::new(self.written.clone());
                self.crashes += 1;
            }
            Happens::Asks(row, had) => self.asks(row, had.map(Timestamp::from_millis), now),
            Happens::Held { row, crashes } if crashes < self.crashes => {
                self.later(now.millis() + 5_000, Happens::Asks(row, None));
            }
            Happens::Held { row, .. } => {
                let ask = self.ask(row, None);
                let turn = Turn::Now { at: now, probe: None };
                let (limits, paused) = (self.story.limits, self.paused(now));
                let before = self.pace.state(limits, false, now);
                let turn = self.pace.held(ask, turn, limits, paused, now);
                self.turn(row, turn, before, now);
            }
            Happens::Ends { row, at, probe } => self.ends(row, Timestamp::from_millis(at), probe, now),
        }
        while let Some(untold) = self.pace.untold() {
            self.told.stops.push(untold.reason);
            self.pace.told(untold);
        }
        if let Some(record) = self.pace.to_write() {
            self.written = record.clone();
            self.told.writes += 1;
        }
    }

    fn ends(&mut self, row: usize, at: Timestamp, probe: Option<u32>, now: Timestamp) {
        let ended = self.outcome(row, at);
        let lost = self.story.lost;
        if probe.is_some_and(|number| lost > 0 && number.is_multiple_of(lost)) {
            // Whoever made it died: its row begins again.
            return self.later(now.millis() + 60_000, Happens::Asks(row, None));
        }
        if probe.is_some() || ended != Ended::Well {
            let attempt = Attempt::after(self.attempts[row] - 1, Via::First);
            self.pace.note(Noted { at, attempt, probe, ended }, now, self.story.jitter);
        }
        self.probing = self.probing.filter(|(number, _)| Some(*number) != probe);
        match ended {
            Ended::Well => self.told.taken.push((row, at)),
            // Nobody tries it for ever.
            Ended::Badly(_) if now > START + Span::days(1) && self.is_ill(at).is_none() => {}
            Ended::Badly(_) => self.later(
                (now + backoff::OUTBOX.pause(self.attempts[row], self.story.jitter)).millis(),
                Happens::Asks(row, None),
            ),
        }
    }

    fn asks(&mut self, row: usize, had: Option<Timestamp>, now: Timestamp) {
        let (limits, paused) = (self.story.limits, self.paused(now));
        let before = self.pace.state(limits, false, now);
        let turn = self.pace.take(self.ask(row, had), limits, paused, now);
        match turn {
            Turn::Now { at, probe: None } if at > now => {
                assert!(at <= now + Span::seconds(2), "held for too long");
                self.later(at.millis(), Happens::Held { row, crashes: self.crashes });
            }
            turn => self.turn(row, turn, before, now),
        }
    }

    /// What an SMS does with its turn.
    fn turn(&mut self, row: usize, turn: Turn, before: GatewayState, now: Timestamp) {
        let Row { class, late, .. } = self.story.rows[row];
        match turn {
            Turn::Now { at, probe } => {
                assert_eq!(at, now);
                self.leaves(row, probe, before, now);
            }
            Turn::At(until) | Turn::Stopped { until, .. } | Turn::Paused(until) => {
                assert!(until >= now, "in the past");
                if class == Class::Acknowledgement {
                    assert!(matches!(turn, Turn::Stopped { reason, .. } if reason != StopReason::OverBudget));
                }
                // Nothing is tried for longer than that.
                if until < START + Span::days(3) {
                    let comes = until.millis().max(now.millis() + 1) + late;
                    self.later(comes, Happens::Asks(row, Some(until.millis())));
                }
            }
        }
    }

    fn leaves(&mut self, row: usize, probe: Option<u32>, before: GatewayState, now: Timestamp) {
        let Row { class, parts, .. } = self.story.rows[row];
        use StopReason::{Credentials, Failing, OutOfCredit};
        let broken = matches!(before, GatewayState::Stopped { reason: Credentials | OutOfCredit | Failing });
        assert_eq!(probe.is_some(), broken, "while it is stopped, only probes leave");
        if let Some(number) = probe {
            assert!(self.probing.is_none_or(|(_, since)| since + Span::minutes(2) <= now), "one probe at a time");
            self.probing = Some((number, now));
        }
        if class != Class::Acknowledgement {
            let today = self.parts.entry(now.day()).or_default();
            *today += u64::from(parts);
            assert!(*today <= u64::from(self.story.limits.per_day), "beyond the budget");
            assert_eq!(self.paused(now), None);
        }
        self.told.left.push((row, now));
        self.attempts[row] += 1;
        let at = now.millis();
        self.later(at + self.story.takes, Happens::Ends { row, at, probe });
    }
}
