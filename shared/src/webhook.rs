//! What webhooks are told, by the Standard Webhooks specification, and when it is tried again.

use serde::Serialize;
use serde_json::{Map, Value};

use crate::{
    settings::WebhookEvent,
    time::{Span, Timestamp},
};

/// The pauses between attempts, as the specification suggests them: three days and three and a half hours in all.
const PAUSES: [Span; 9] = [
    Span::seconds(5),
    Span::minutes(5),
    Span::minutes(30),
    Span::hours(2),
    Span::hours(5),
    Span::hours(10),
    Span::hours(14),
    Span::hours(20),
    Span::hours(24),
];

/// How long to wait after so many attempts, up to a tenth longer by `jitter`, so that retries don't come in step.
/// Nothing once it is time to give up.
pub fn pause(attempts: u32, jitter: u8) -> Option<Span> {
    let pause = *PAUSES.get(usize::try_from(attempts).ok()?.checked_sub(1)?)?;
    Some(Span::seconds(pause.whole_seconds() + pause.whole_seconds() * i64::from(jitter) / 2560))
}

/// A webhook's body, without what only its delivery adds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Body<'a> {
    /// What happened.
    #[serde(rename = "type")]
    pub kind: WebhookEvent,
    /// When.
    pub timestamp: Timestamp,
    /// The rest.
    pub data: &'a Map<String, Value>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retries_pause_ever_longer_and_end_after_three_days() {
        let all = |jitter| (1..).map_while(move |attempts| pause(attempts, jitter)).collect::<Vec<_>>();
        let total = |pauses: &[Span]| pauses.iter().map(|pause| pause.whole_seconds()).sum::<i64>();
        for jitter in [0, 255] {
            let pauses = all(jitter);
            assert!(pauses.is_sorted_by(|a, b| a < b), "{pauses:?}");
            let days = total(&pauses) as f64 / 86_400.0;
            assert!((3.0..3.6).contains(&days), "{days}");
        }
        assert!(total(&all(255)) > total(&all(0)));
        assert_eq!(pause(0, 0), None);
    }

    #[test]
    fn a_body_has_the_members_of_the_specification() {
        let data = Map::from_iter([("purpose".to_owned(), Value::from("marketing"))]);
        let body = Body { kind: WebhookEvent::ConsentConfirmed, timestamp: Timestamp::from_millis(0), data: &data };
        assert_eq!(
            serde_json::to_string(&body).unwrap(),
            r#"{"type":"consent.confirmed","timestamp":"1970-01-01T00:00:00.000Z","data":{"purpose":"marketing"}}"#
        );
    }
}
