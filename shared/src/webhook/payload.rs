use serde::Serialize;
use serde_json::{Map, Value};

use crate::{
    evidence::Channel,
    ids::{FormId, GatewayId, PurposeId},
    inbox::{EntryId, InboxAct},
    message::{FailureReason, Message, MessageId, MessageState},
    pace::StopReason,
    settings::WebhookEvent,
    stored::ParkedItem,
    subject::{Ending, OpenReply, Way},
    time::Timestamp,
};

/// What happened, as a webhook is told it. Whom it is about comes with its delivery.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Payload {
    ConsentRequested(ConsentRequested),
    ConsentConfirmed(ConsentConfirmed),
    ConsentWithdrawn(ConsentWithdrawn),
    ConsentLapsed(ConsentLapsed),
    MessageDelivered(MessageDelivered),
    MessageFailed(MessageFailed),
    ReplyUnclear(ReplyUnclear),
    RewardLow(RewardLow),
    OutboxParked(OutboxParked),
    GatewayStopped(GatewayStopped),
}

/// A request waits for its confirmation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConsentRequested {
    pub form: FormId,
    pub purposes: Vec<PurposeId>,
    pub source: Channel,
    /// From the page's `utm_campaign` or the owner's link.
    #[cfg_attr(feature = "openapi", schema(required = true))]
    pub campaign: Option<String>,
}

/// Consent was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConsentConfirmed {
    pub purpose: PurposeId,
    pub form: FormId,
    /// From the page's `utm_campaign` or the owner's link.
    #[cfg_attr(feature = "openapi", schema(required = true))]
    pub campaign: Option<String>,
}

/// Consent was taken back, objected to, erased or suspended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConsentWithdrawn {
    pub purpose: PurposeId,
    pub reason: EndingReason,
    /// Null where nobody ended it: `suspended`.
    #[cfg_attr(feature = "openapi", schema(required = true))]
    pub way: Option<Way>,
}

/// Why a consent ended, named as in the evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum EndingReason {
    Withdrawn,
    Objected,
    WrongNumber,
    Suspended,
    Erased,
}

/// Consent was unused for too long.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConsentLapsed {
    pub purpose: PurposeId,
}

/// A message reached the handset.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MessageDelivered {
    pub message: MessageId,
    pub purpose: PurposeId,
    /// Always null.
    #[cfg_attr(feature = "openapi", schema(required = true))]
    pub reason: Option<FailureReason>,
}

/// A message never reaches the handset.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MessageFailed {
    pub message: MessageId,
    pub purpose: PurposeId,
    #[cfg_attr(feature = "openapi", schema(required = true))]
    pub reason: Option<FailureReason>,
}

/// A person wrote what no program understands: `GET /v1/inbox` has the words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReplyUnclear {
    /// For `POST /v1/inbox/{id}`.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub id: EntryId,
    pub received_at: Timestamp,
    /// What it may ask for.
    #[cfg_attr(feature = "openapi", schema(required = true))]
    pub guess: Option<InboxAct>,
    /// Whether advertising to the person waits for the answer.
    pub paused: bool,
}

/// The codes of a reward run out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RewardLow {
    pub purpose: PurposeId,
    /// Codes that nobody has.
    pub left: u32,
    /// From the purpose's settings.
    pub warn_at: u32,
}

/// Something that was to leave could not in several attempts, or can't be read. It is tried each hour, and holds up
/// nothing else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OutboxParked {
    pub what: ParkedItem,
}

/// SMS wait at a gateway.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GatewayStopped {
    pub gateway: GatewayId,
    pub reason: StopReason,
}

impl Payload {
    /// A consent ended. That it lapsed says all; everything else has a reason and a way.
    pub const fn ended(purpose: PurposeId, ending: Ending) -> Self {
        let reason = match ending {
            Ending::Withdrawn(_) => EndingReason::Withdrawn,
            Ending::Objected(_) => EndingReason::Objected,
            Ending::WrongNumber(_) => EndingReason::WrongNumber,
            Ending::Suspended => EndingReason::Suspended,
            Ending::Erased(_) => EndingReason::Erased,
            Ending::Lapsed => return Self::ConsentLapsed(ConsentLapsed { purpose }),
        };
        Self::ConsentWithdrawn(ConsentWithdrawn { purpose, reason, way: ending.way() })
    }

    /// How a message ended, if it has.
    pub fn of_message(message: &Message) -> Option<Self> {
        let Message { id, purpose, state, reason, .. } = message;
        let (message, purpose, reason) = (*id, purpose.clone(), *reason);
        match state {
            MessageState::Delivered => Some(Self::MessageDelivered(MessageDelivered { message, purpose, reason })),
            MessageState::Failed => Some(Self::MessageFailed(MessageFailed { message, purpose, reason })),
            MessageState::Queued | MessageState::Sent | MessageState::OutcomeUnknown => None,
        }
    }

    /// A reply waits for a human.
    pub fn of_reply(open: &OpenReply) -> Self {
        let OpenReply { id, received_at, waits, guess } = open;
        let (id, received_at) = (EntryId::Reply(*id), *received_at);
        Self::ReplyUnclear(ReplyUnclear { id, received_at, guess: *guess, paused: waits.pauses() })
    }

    pub const fn kind(&self) -> WebhookEvent {
        match self {
            Self::ConsentRequested(_) => WebhookEvent::ConsentRequested,
            Self::ConsentConfirmed(_) => WebhookEvent::ConsentConfirmed,
            Self::ConsentWithdrawn(_) => WebhookEvent::ConsentWithdrawn,
            Self::ConsentLapsed(_) => WebhookEvent::ConsentLapsed,
            Self::MessageDelivered(_) => WebhookEvent::MessageDelivered,
            Self::MessageFailed(_) => WebhookEvent::MessageFailed,
            Self::ReplyUnclear(_) => WebhookEvent::ReplyUnclear,
            Self::RewardLow(_) => WebhookEvent::RewardLow,
            Self::OutboxParked(_) => WebhookEvent::OutboxParked,
            Self::GatewayStopped(_) => WebhookEvent::GatewayStopped,
        }
    }

    /// Whether it is told with the owner's reference of the request. That is beside it, since a payload is kept in the
    /// clear, and only its delivery adds it.
    pub const fn is_of_consent(&self) -> bool {
        matches!(
            self,
            Self::ConsentRequested(_) | Self::ConsentConfirmed(_) | Self::ConsentWithdrawn(_) | Self::ConsentLapsed(_)
        )
    }

    /// The `data` of a body, to which its delivery adds.
    ///
    /// # Errors
    /// None that is known: all of it is JSON.
    pub fn data(&self) -> serde_json::Result<Map<String, Value>> {
        serde_json::to_value(self).and_then(serde_json::from_value)
    }
}

/// One of each kind, with its JSON.
#[cfg(test)]
pub(crate) fn samples() -> Vec<(Payload, &'static str)> {
    use crate::key_ring::SubjectId;

    let marketing: PurposeId = "marketing".parse().unwrap();
    let form: FormId = "newsletter".parse().unwrap();
    let id = MessageId::new(SubjectId([1; 9]), [2; 12]);
    let message = Message::new(id, marketing.clone(), 1, None, Timestamp::from_millis(0));
    let delivered = Message { state: MessageState::Delivered, ..message.clone() };
    let failed = Message { state: MessageState::Failed, reason: Some(FailureReason::NotMobile), ..message };
    vec![
        (
            Payload::ConsentRequested(ConsentRequested {
                form: form.clone(),
                purposes: vec!["booking".parse().unwrap(), marketing.clone()],
                source: Channel::WithoutScript,
                campaign: Some("plakat".to_owned()),
            }),
            r#"{"form":"newsletter","purposes":["booking","marketing"],"source":"without_script","campaign":"plakat"}"#,
        ),
        (
            Payload::ConsentConfirmed(ConsentConfirmed { purpose: marketing.clone(), form, campaign: None }),
            r#"{"purpose":"marketing","form":"newsletter","campaign":null}"#,
        ),
        (
            Payload::ended(marketing.clone(), Ending::WrongNumber(Way::FreshLink)),
            r#"{"purpose":"marketing","reason":"wrong_number","way":"fresh_link"}"#,
        ),
        (
            Payload::ended(marketing.clone(), Ending::Suspended),
            r#"{"purpose":"marketing","reason":"suspended","way":null}"#,
        ),
        (Payload::ended(marketing.clone(), Ending::Lapsed), r#"{"purpose":"marketing"}"#),
        (
            Payload::of_message(&delivered).unwrap(),
            r#"{"message":"AQEBAQEBAQEBAgICAgICAgICAgIC","purpose":"marketing","reason":null}"#,
        ),
        (
            Payload::of_message(&failed).unwrap(),
            r#"{"message":"AQEBAQEBAQEBAgICAgICAgICAgIC","purpose":"marketing","reason":"not_mobile"}"#,
        ),
        (
            Payload::of_reply(&OpenReply {
                id: crate::inbox::ReplyId::new(SubjectId([1; 9]), [2; 12]),
                received_at: Timestamp::from_millis(0),
                waits: crate::subject::Waits::Advertising,
                guess: Some(InboxAct::Erase),
            }),
            r#"{"id":"AQEBAQEBAQEBAgICAgICAgICAgIC","received_at":"1970-01-01T00:00:00.000Z","guess":"erase","paused":true}"#,
        ),
        (
            Payload::RewardLow(RewardLow { purpose: marketing, left: 9, warn_at: 10 }),
            r#"{"purpose":"marketing","left":9,"warn_at":10}"#,
        ),
        (Payload::OutboxParked(OutboxParked { what: ParkedItem::Sms }), r#"{"what":"sms"}"#),
        (
            Payload::GatewayStopped(GatewayStopped {
                gateway: "twilio".parse().unwrap(),
                reason: StopReason::OutOfCredit,
            }),
            r#"{"gateway":"twilio","reason":"out_of_credit"}"#,
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::key_ring::SubjectId;

    #[test]
    fn each_payload_has_its_members_and_its_nulls() {
        for (payload, json) in samples() {
            assert_eq!(serde_json::to_string(&payload).unwrap(), json);
            let value: Value = serde_json::from_str(json).unwrap();
            assert_eq!(Value::Object(payload.data().unwrap()), value);
        }
    }

    #[test]
    fn an_ending_is_told_by_its_name() {
        let way = Way::Reply;
        for ending in [
            Ending::Withdrawn(way),
            Ending::Objected(way),
            Ending::WrongNumber(way),
            Ending::Suspended,
            Ending::Lapsed,
            Ending::Erased(way),
        ] {
            let payload = Payload::ended("marketing".parse().unwrap(), ending);
            assert_eq!(payload.kind() == WebhookEvent::ConsentLapsed, ending == Ending::Lapsed);
            if let Payload::ConsentWithdrawn(told) = payload {
                assert_eq!(serde_json::to_value(told.reason).unwrap(), ending.name());
                assert_eq!(told.way, ending.way());
            }
        }
    }

    #[test]
    fn a_message_is_told_of_at_its_end_only() {
        let id = MessageId::new(SubjectId([1; 9]), [2; 12]);
        let message = Message::new(id, "marketing".parse().unwrap(), 1, None, Timestamp::from_millis(0));
        for state in [MessageState::Queued, MessageState::Sent, MessageState::OutcomeUnknown] {
            assert_eq!(Payload::of_message(&Message { state, ..message.clone() }), None);
        }
    }
}
