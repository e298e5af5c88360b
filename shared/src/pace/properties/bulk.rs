//! A bulk of messages, and people who sign up meanwhile.

use proptest::prelude::*;

use super::{
    START, most_in_a_second,
    story::{Row, Story, tell},
};
use crate::{
    pace::{Ask, Attempt, Class, Limits, Pace, PaceRecord, Turn},
    time::{Span, Timestamp},
};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn who_signs_up_during_a_bulk_is_answered_within_seconds(
        per_second in 1..25_u32, messages in 100..700_usize, gaps in prop::collection::vec((0..3_000_i64, 0..60_i64), 1..100),
    ) {
        let gap = 1_250 / i64::from(per_second);
        let message = |n: usize| Row { comes: 0, class: Class::Message, parts: 1, late: (n % 40) as i64 };
        let mut rows: Vec<_> = (0..messages).map(message).collect();
        let mut comes = 0;
        for (more, late) in gaps {
            comes += gap + more / i64::from(per_second);
            rows.push(Row { comes, class: Class::Answer, parts: 1, late });
        }
        let (count, answers) = (rows.len(), rows.len() - messages);
        let limits = Limits { per_second, per_day: u32::MAX };
        let story = Story {
            rows, limits, ill: None, disliked: None, takes: 80, pause: None, crashes: Vec::new(), lost: 0, jitter: 0,
        };
        let told = tell(&story);
        prop_assert_eq!(told.left.len(), count);
        for (row, at) in told.left.iter().filter(|(row, _)| *row >= messages) {
            let waited = at.millis() - START.millis() - story.rows[*row].comes;
            prop_assert!(waited <= 4_000, "{row} of {messages} waited {waited} ms");
        }
        let most = most_in_a_second(told.left.iter().map(|(_, at)| *at));
        prop_assert!(most <= per_second as usize, "{most} in a second");
        // Messages give way to each answer once.
        let last = told.left.iter().filter(|(row, _)| *row < messages).map(|(_, at)| at.millis()).max().unwrap();
        let due = ((messages + answers) as i64 + 1) * 1_000 / i64::from(per_second) + 2_000;
        prop_assert!(last - START.millis() <= due, "{} ms for {due}", last - START.millis());
    }

    #[test]
    fn a_clock_that_was_ahead_puts_no_message_off(ahead in 1..400_i64, per_second in 1..50_u32, count in 1..50_usize, crash: bool) {
        let limits = Limits { per_second, per_day: u32::MAX };
        let ask = Ask { class: Class::Message, attempt: Attempt::First, had: None, parts: 1 };
        let mut pace = Pace::new(PaceRecord::default());
        let mut written = PaceRecord::default();
        let mut had = Vec::new();
        for _ in 0..count {
            had.push(pace.take(ask, limits, None, START + Span::days(ahead)));
            written = pace.to_write().cloned().unwrap_or(written);
        }
        if crash {
            pace = Pace::new(written);
        }
        let answer = pace.take(Ask { class: Class::Answer, ..ask }, limits, None, START);
        prop_assert_eq!(answer, Turn::Now { at: START, probe: None });
        for (n, had) in had.into_iter().enumerate() {
            let had = match had {
                Turn::At(had) => Some(had),
                _ => None,
            };
            let slot = match pace.take(Ask { had, ..ask }, limits, None, START) {
                Turn::At(at) | Turn::Now { at, .. } => at,
                turn => return Err(TestCaseError::fail(format!("{turn:?}"))),
            };
            prop_assert!(slot <= START + Span::seconds(n as i64 + 2), "{slot:?}");
        }
    }
}

#[test]
fn people_who_sign_up_are_never_behind_five_thousand_messages() {
    let message = Row { comes: 0, class: Class::Message, parts: 1, late: 20 };
    let mut rows = vec![message; 5_000];
    rows.extend((0..222).map(|n| Row { comes: 1_000 + n * 2_000, class: Class::Answer, parts: 1, late: 20 }));
    let story = Story {
        rows,
        limits: Limits { per_second: 10, per_day: u32::MAX },
        ill: None,
        disliked: None,
        takes: 80,
        pause: None,
        crashes: Vec::new(),
        lost: 0,
        jitter: 0,
    };
    let waited = |(row, at): &(usize, Timestamp)| at.millis() - START.millis() - story.rows[*row].comes;
    let longest = tell(&story).left.iter().filter(|(row, _)| *row >= 5_000).map(waited).max();
    assert!(longest < Some(2_100), "{longest:?}");
}
