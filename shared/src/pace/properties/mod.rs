//! Random stories of SMS that ask a gateway's pace for turns, come back late, fail, and meet crashes.

mod bulk;
mod disliked;
mod story;

use proptest::prelude::*;

use self::story::{Row, Story, rows, story, tell};
use super::{
    Ask, Attempt, Class, GatewayState, Limits, Pace, PaceRecord, StopReason, Turn,
    circuit::{Broken, Lately},
    look_again,
};
use crate::time::{Span, Timestamp};

const START: Timestamp = Timestamp::from_millis(1_795_000_000_000);

/// The most that leave in any second.
fn most_in_a_second(times: impl Iterator<Item = Timestamp>) -> usize {
    let mut times: Vec<_> = times.collect();
    times.sort_unstable();
    let within = |from: &Timestamp| times.iter().filter(|at| *from <= **at && **at < *from + Span::seconds(1)).count();
    times.iter().map(within).max().unwrap_or_default()
}

fn ask() -> impl Strategy<Value = Ask> {
    let class = prop::sample::select(vec![Class::Acknowledgement, Class::Answer, Class::Message]);
    let attempt = prop::sample::select(vec![Attempt::First, Attempt::Again]);
    (class, attempt).prop_map(|(class, attempt)| Ask { class, attempt, had: None, parts: 1 })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn no_second_ever_has_more_than_it_may(mut story in story()) {
        let keeps = |row: &usize, story: &Story| story.rows[*row].class != Class::Acknowledgement;
        let told = tell(&story);
        let most = most_in_a_second(told.left.iter().filter(|(row, _)| keeps(row, &story)).map(|(_, at)| *at));
        // A crash forgets what left in the second before it.
        let may = story.limits.per_second as usize * (1 + story.crashes.len());
        prop_assert!(most <= may, "{most} in a second");
        story.crashes.clear();
        let told = tell(&story);
        let most = most_in_a_second(told.left.iter().filter(|(row, _)| keeps(row, &story)).map(|(_, at)| *at));
        prop_assert!(most <= story.limits.per_second as usize, "{most} in a second");
    }

    #[test]
    fn whatever_happens_all_leave_in_the_end(mut story in story()) {
        story.limits.per_day = u32::MAX;
        let mut taken: Vec<_> = tell(&story).taken.into_iter().map(|(row, _)| row).collect();
        taken.sort_unstable();
        prop_assert_eq!(taken, (0..story.rows.len()).collect::<Vec<_>>());
    }

    #[test]
    fn while_all_is_well_they_leave_as_fast_as_may_be_and_the_owner_is_told_nothing(
        rows in rows(Just(Class::Message)), per_second in 1..40_u32,
    ) {
        let rows: Vec<_> = rows.into_iter().map(|row| Row { comes: 0, late: row.late.min(40), ..row }).collect();
        let limits = Limits { per_second, per_day: u32::MAX };
        let count = rows.len();
        let story = Story {
            rows, limits, ill: None, disliked: None, takes: 80, pause: None, crashes: Vec::new(), lost: 0, jitter: 0,
        };
        let told = tell(&story);
        prop_assert_eq!(told.left.len(), count);
        prop_assert_eq!(told.stops, []);
        prop_assert!(told.writes <= count, "{} rows written for {count} SMS", told.writes);
        let last = told.left.iter().map(|(_, at)| at.millis()).max().unwrap() - START.millis();
        let due = (count as i64 - 1) * 1000 / i64::from(per_second);
        prop_assert!(last <= due + 200, "{last} ms for {due}");
    }

    #[test]
    fn an_acknowledgement_leaves_at_once_under_pause_and_budget(parts in 1..9_u32, per_second in 1..9_u32, after in 0..9_i64) {
        let mut pace = Pace::new(PaceRecord::default());
        let limits = Limits { per_second, per_day: 1 };
        for n in 0..40 {
            let now = START + Span::seconds(after * n);
            let message = Ask { class: Class::Message, attempt: Attempt::First, had: None, parts };
            let at_once = Turn::Now { at: now, probe: None };
            pace.take(message, limits, (n % 2 == 0).then_some(START), now);
            prop_assert_eq!(pace.take(Ask { class: Class::Acknowledgement, ..message }, limits, Some(START), now), at_once);
            prop_assert_eq!(pace.take(Ask { class: Class::Acknowledgement, ..message }, limits, None, now), at_once);
        }
    }

    #[test]
    fn the_owner_is_told_once_of_each_stop(seconds in 1..100_000_i64, jitter: u8, reason in prop::sample::select(vec![
        StopReason::Credentials, StopReason::OutOfCredit,
    ])) {
        let row = |n: i64| Row { comes: n * 100, class: Class::Message, parts: 1, late: 3 };
        let story = Story {
            rows: (0..20).map(row).collect(), limits: Limits::DEFAULT, ill: Some((0, seconds, reason)), disliked: None,
            takes: 90, pause: None, crashes: Vec::new(), lost: 0, jitter,
        };
        let told = tell(&story);
        prop_assert_eq!(told.stops, [reason]);
        // Those under way when the first one failed; after that one probe at a time, ever more rarely.
        let probes = told.left.len() - told.taken.len();
        prop_assert!(probes <= 1 + 9 + usize::try_from(seconds).unwrap() / 1500, "{probes} probes in {seconds} s");
    }

    #[test]
    fn a_probe_comes_once_in_its_pause_and_a_lost_one_blocks_nobody(
        asks in prop::collection::vec((0..40_000_i64, 0..4_u8, ask()), 1..80), jitter: u8,
    ) {
        let mut broken = Broken::new(StopReason::Failing, START, jitter);
        let (mut now, mut begun) = (START, None::<(u32, Timestamp)>);
        for (later, ends, ask) in asks {
            now = now + Span::millis(later);
            match (broken.probe(ask, now), begun) {
                (Some(number), before) => {
                    prop_assert!(before.is_none_or(|(other, since)| other != number && since + Span::minutes(2) <= now));
                    begun = Some((number, now));
                }
                (None, Some((number, since))) if ends == 0 && now < since + Span::minutes(2) => {
                    prop_assert!(broken.is_probe(Some(number)) && !broken.is_probe(Some(number + 1)));
                    broken.failed(StopReason::Failing, ask.attempt, now, jitter);
                    begun = None;
                }
                (None, _) => prop_assert!(broken.again(ask, Span::seconds(4), now) > now),
            }
        }
    }

    #[test]
    fn an_odd_failure_in_heavy_traffic_stops_nothing(turns in 20..400_i64, odd in 1..9_usize) {
        let mut lately = Lately::default();
        for n in 0..turns {
            lately.turn(START + Span::millis(n * 20));
        }
        let stopped = (0..odd).any(|n| lately.failed(START + Span::millis((turns - 1 - n as i64) * 20)));
        prop_assert!(!stopped || (odd * 2) as i64 >= turns - 50);
    }
}

#[test]
fn three_failures_in_a_row_stop_a_gateway() {
    let mut lately = Lately::default();
    for n in 0..3 {
        let at = START + Span::seconds(n * 7);
        lately.turn(at);
        assert_eq!(lately.failed(at), n == 2, "{n}");
    }
}

#[test]
fn what_a_person_waits_for_goes_before_messages() {
    let mut pace = Pace::new(PaceRecord::default());
    let limits = Limits { per_second: 5, per_day: u32::MAX };
    let ask = |class| Ask { class, attempt: Attempt::First, had: None, parts: 1 };
    let messages: Vec<_> = (0..100).map(|_| pace.take(ask(Class::Message), limits, None, START)).collect();
    assert_eq!(messages.last(), Some(&Turn::At(START + Span::millis(99 * 200))));
    let now = START + Span::seconds(9);
    let answer = pace.take(ask(Class::Answer), limits, None, now);
    assert_eq!(answer, Turn::Now { at: now, probe: None });
}

#[test]
fn a_day_begins_with_a_whole_budget() {
    let mut pace = Pace::new(PaceRecord::default());
    let limits = Limits { per_second: 5, per_day: 3 };
    let ask = |parts| Ask { class: Class::Message, attempt: Attempt::First, had: None, parts };
    assert!(matches!(pace.take(ask(2), limits, None, START), Turn::Now { .. }));
    let Turn::Stopped { until, reason: StopReason::OverBudget } = pace.take(ask(2), limits, None, START) else {
        panic!("beyond the budget");
    };
    assert_eq!(until.day(), START.day() + 1);
    assert_eq!(until.millis() % 86_400_000, 0);
    // What is shorter doesn't overtake it.
    assert!(matches!(pace.take(ask(1), limits, None, START), Turn::Stopped { .. }));
    assert_eq!(pace.untold().map(|untold| untold.reason), Some(StopReason::OverBudget));
    let stopped = GatewayState::Stopped { reason: StopReason::OverBudget };
    assert_eq!((pace.state(limits, false, START), pace.state(limits, false, until)), (stopped, GatewayState::Ok));
    let more = Limits { per_day: 4, ..limits };
    assert!(matches!(pace.take(ask(2), more, None, START + Span::seconds(5)), Turn::Now { .. }), "a larger budget");
    assert!(matches!(pace.take(ask(3), limits, None, until), Turn::Now { .. }));
}

#[test]
fn a_pause_is_looked_at_ever_more_rarely() {
    assert_eq!(look_again(Span::seconds(5)), Span::minutes(1));
    assert_eq!(look_again(Span::minutes(10)), Span::minutes(5));
    assert_eq!(look_again(Span::days(9)), Span::hours(1));
}
