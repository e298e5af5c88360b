//! What webhooks are told, by the Standard Webhooks specification.

mod payload;

#[cfg(all(test, feature = "openapi"))]
pub(crate) use payload::samples;
pub use payload::{
    ConsentConfirmed, ConsentLapsed, ConsentRequested, ConsentWithdrawn, EndingReason, GatewayStopped,
    MessageDelivered, MessageFailed, OutboxParked, Payload, ReplyUnclear, RewardLow,
};

use serde::Serialize;
use serde_json::{Map, Value};

use crate::{settings::WebhookEvent, time::Timestamp};

/// A webhook's body, without what only its delivery adds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Body<'a> {
    #[serde(rename = "type")]
    pub kind: WebhookEvent,
    pub timestamp: Timestamp,
    /// A [`Payload`], with whom it is about.
    pub data: &'a Map<String, Value>,
}

#[cfg(test)]
mod tests {
    use super::*;

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
