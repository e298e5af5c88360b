//! Providers that refuse some SMS, in words that could mean all of them, and those that refuse all.

use proptest::prelude::*;

use super::{
    START,
    story::{Row, Story, tell},
};
use crate::{
    pace::{Ask, Attempt, Class, Ended, GatewayState, Limits, Noted, Pace, PaceRecord, StopReason, Turn},
    time::{Span, Timestamp},
};

const REASONS: [StopReason; 3] = [StopReason::Credentials, StopReason::OutOfCredit, StopReason::Failing];

fn rows(comes: impl Strategy<Value = i64>, count: std::ops::Range<usize>) -> impl Strategy<Value = Vec<Row>> {
    let class = prop::sample::select(vec![Class::Message, Class::Answer]);
    let row = (comes, class, 0..200_i64).prop_map(|(comes, class, late)| Row { comes, class, parts: 1, late });
    prop::collection::vec(row, count)
}

fn story(rows: Vec<Row>, ill: Option<(i64, i64, StopReason)>, disliked: Option<(Vec<usize>, StopReason)>) -> Story {
    let limits = Limits { per_second: 10, per_day: u32::MAX };
    Story { rows, limits, ill, disliked, takes: 90, pause: None, crashes: Vec::new(), lost: 0, jitter: 0 }
}

/// The longest that an SMS which the provider takes waited.
fn longest(story: &Story, taken: &[(usize, Timestamp)]) -> i64 {
    let waited = |(row, at): &(usize, Timestamp)| at.millis() - START.millis() - story.rows[*row].comes;
    taken.iter().map(waited).max().unwrap_or_default()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn an_sms_that_the_provider_dislikes_holds_nobody_up_and_is_told_once(
        mut others in rows(0..30_000_000_i64, 1..60), bad in rows(0..10_000_000_i64, 1..2), crash in 0..20_000_000_i64,
        reason in prop::sample::select(REASONS.to_vec()),
    ) {
        let count = others.len();
        others.extend(bad);
        let mut story = story(others, None, Some((vec![count], reason)));
        story.crashes = vec![crash];
        let told = tell(&story);
        prop_assert_eq!(told.taken.len(), count);
        let longest = longest(&story, &told.taken);
        prop_assert!(longest <= 60_000, "{longest} ms");
        let may = usize::from(reason != StopReason::Failing);
        prop_assert!(told.stops.len() <= may, "told {:?}", told.stops);
    }

    #[test]
    fn each_such_number_that_a_stranger_types_costs_people_seconds(
        mut people in rows(0..3_000_000_i64, 50..200), bad in rows(0..3_000_000_i64, 1..60),
        reason in prop::sample::select(vec![StopReason::Credentials, StopReason::OutOfCredit]),
    ) {
        let count = people.len();
        people.iter_mut().for_each(|row| row.class = Class::Answer);
        people.extend(bad);
        let story = story(people, None, Some(((count..count + 60).collect(), reason)));
        let told = tell(&story);
        prop_assert_eq!(told.taken.len(), count);
        for (row, at) in told.taken {
            let (comes, left) = (story.rows[row].comes, at.millis() - START.millis());
            let meanwhile = |row: &&Row| (comes - 300_000..left).contains(&row.comes);
            let bad = story.rows[count..].iter().filter(meanwhile).count() as i64;
            prop_assert!(left - comes <= 25_000 * (1 + bad), "{} ms for {bad}", left - comes);
        }
    }

    #[test]
    fn a_provider_that_takes_nothing_gets_one_call_in_fifteen_seconds(
        mut rows in rows(0..4_000_000_i64, 1..150), seconds in 100..20_000_i64,
        reason in prop::sample::select(vec![StopReason::Credentials, StopReason::OutOfCredit]),
    ) {
        let count = rows.len();
        rows[0].comes = 0;
        let story = story(rows, Some((0, seconds, reason)), None);
        let told = tell(&story);
        prop_assert_eq!(told.taken.len(), count);
        prop_assert_eq!(told.stops.len(), 1);
        let end = START + Span::seconds(seconds);
        let times: Vec<_> = told.left.iter().map(|(_, at)| *at).filter(|at| *at < end).collect();
        let first = times.first().copied().unwrap_or(end);
        // Those under way when the first one failed.
        let probes: Vec<_> = times.into_iter().filter(|at| *at == first || *at > first + Span::millis(90)).collect();
        for pair in probes.windows(2) {
            prop_assert!(pair[1] >= pair[0] + Span::seconds(15), "{pair:?}");
        }
    }

    #[test]
    fn a_bulk_leaves_a_dead_provider_ever_more_alone(hours in 1..8_i64, reason in prop::sample::select(REASONS.to_vec())) {
        let row = |n: i64| Row { comes: n * 10, class: Class::Message, parts: 1, late: 3 };
        let story = story((0..300).map(row).collect(), Some((0, hours * 3_600, reason)), None);
        let told = tell(&story);
        prop_assert_eq!((told.taken.len(), told.stops.len()), (300, 1));
        let calls = told.left.len() - told.taken.len();
        prop_assert!(calls <= 4 + 8 + 2 * hours as usize, "{calls} calls in {hours} h");
    }
}

#[test]
fn in_the_hour_after_such_a_stop_three_sms_must_say_so() {
    let mut pace = Pace::new(PaceRecord::default());
    let mut sends = |seconds: i64, ended: Ended| {
        let now = START + Span::seconds(seconds);
        let ask = Ask { class: Class::Answer, attempt: Attempt::First, had: None, parts: 1 };
        let Turn::Now { at, probe } = pace.take(ask, Limits::DEFAULT, None, now) else {
            panic!("no turn at {seconds}");
        };
        if ended != Ended::Well || probe.is_some() {
            pace.note(Noted { at, attempt: Attempt::First, probe, ended }, now, 0);
        }
        matches!(pace.state(Limits::DEFAULT, false, now), GatewayState::Stopped { .. })
    };
    let refused = Ended::Badly(StopReason::Credentials);
    assert!(sends(0, refused));
    assert!(!sends(20, Ended::Well));
    assert!(!sends(100, refused), "one of many");
    for n in 0..3 {
        assert_eq!(sends(200 + n, refused), n == 2, "{n}");
    }
    assert!(!sends(300, Ended::Well));
    assert!(sends(300 + 3_600, refused), "an hour later");
}

#[test]
fn a_clock_that_was_ahead_stops_a_gateway_no_longer_than_any_other() {
    let mut pace = Pace::new(PaceRecord::default());
    let ask = Ask { class: Class::Message, attempt: Attempt::First, had: None, parts: 1 };
    let ahead = START + Span::days(1);
    assert!(matches!(pace.take(ask, Limits::DEFAULT, None, ahead), Turn::Now { .. }));
    let ended = Ended::Badly(StopReason::Credentials);
    pace.note(Noted { at: ahead, attempt: Attempt::First, probe: None, ended }, ahead, 0);
    assert!(matches!(pace.take(ask, Limits::DEFAULT, None, ahead), Turn::Stopped { .. }));
    assert_eq!(pace.take(ask, Limits::DEFAULT, None, START), Turn::Now { at: START, probe: Some(1) });
}

#[test]
fn whoever_was_never_tried_finds_out_before_whoever_failed() {
    for class in [Class::Message, Class::Answer] {
        let mut pace = Pace::new(PaceRecord::default());
        let first = Ask { class, attempt: Attempt::First, had: None, parts: 1 };
        let again = Ask { attempt: Attempt::Again, ..first };
        assert!(matches!(pace.take(first, Limits::DEFAULT, None, START), Turn::Now { .. }));
        let ended = Ended::Badly(StopReason::Credentials);
        pace.note(Noted { at: START, attempt: Attempt::First, probe: None, ended }, START, 0);
        let mut until = |ask, now| match pace.take(ask, Limits::DEFAULT, None, now) {
            Turn::Stopped { until, .. } => until,
            turn => panic!("{turn:?}"),
        };
        let (failed, other) = (until(again, START + Span::seconds(2)), until(first, START + Span::seconds(3)));
        assert_eq!((other, failed), (START + Span::seconds(16), START + Span::seconds(21)));
        assert!(matches!(pace.take(first, Limits::DEFAULT, None, other), Turn::Now { probe: Some(1), .. }));
    }
}
