//! What becomes of an SMS.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};

use crate::{
    actor::Actor,
    gateway::{Delivery, Failure},
    ids::{GatewayId, PurposeId},
    key_ring::SubjectId,
    time::Timestamp,
};

const BYTES: usize = 21;

/// The id of an SMS, which is also our reference at the gateway: the subject id (72 bits), so that a delivery report
/// finds its person, and 96 random bits. 28 characters of base64url.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = String))]
#[serde(try_from = "String", into = "String")]
pub struct MessageId([u8; BYTES]);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a message id")]
pub struct MessageIdError;

impl MessageId {
    /// An id for an SMS to a subject, from 12 random bytes.
    pub fn new(subject: SubjectId, random: [u8; 12]) -> Self {
        Self(subject.followed_by(random))
    }

    /// Whom it goes to.
    pub fn subject(self) -> SubjectId {
        SubjectId::leading(self.0)
    }
}

impl From<MessageId> for String {
    fn from(id: MessageId) -> Self {
        URL_SAFE_NO_PAD.encode(id.0)
    }
}

impl TryFrom<String> for MessageId {
    type Error = MessageIdError;
    fn try_from(text: String) -> Result<Self, MessageIdError> {
        text.parse()
    }
}

impl std::str::FromStr for MessageId {
    type Err = MessageIdError;
    fn from_str(text: &str) -> Result<Self, MessageIdError> {
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| MessageIdError)?;
        bytes.try_into().map(Self).map_err(|_| MessageIdError)
    }
}

impl std::fmt::Display for MessageId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&String::from(*self))
    }
}

/// A message of the owner's and what has become of it: `GET /v1/messages/{id}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Message {
    /// Its id.
    pub id: MessageId,
    /// Its purpose.
    pub purpose: PurposeId,
    /// Its parts, the way out included.
    pub segments: usize,
    /// Who ordered it; nobody ordered a welcome.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<Actor>,
    /// How far it has come.
    pub state: MessageState,
    /// Why it failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<FailureReason>,
    /// What it waits for, while it is `queued` and not just about to leave.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waiting: Option<Waiting>,
    /// When it was accepted.
    pub created_at: Timestamp,
    /// When the provider took it, or may have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent_at: Option<Timestamp>,
    /// When it was delivered, or failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<Timestamp>,
    /// The gateway that took it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gateway: Option<GatewayId>,
    /// The provider's id of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provider_id: Option<String>,
}

/// How far a message has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum MessageState {
    /// It waits: for its turn, for the morning, or for another try.
    Queued,
    /// Nobody knows whether the provider took it. It is not sent again; a delivery report may tell.
    OutcomeUnknown,
    /// The provider took it.
    Sent,
    /// It never arrives.
    Failed,
    /// It arrived.
    Delivered,
}

/// What a message waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Waiting {
    pub reason: WaitReason,
    /// When it is tried next. That may be too early again, such as in a pause whose end nobody knows.
    pub until: Timestamp,
}

/// Why a message waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum WaitReason {
    /// The recipient's hours of rest.
    QuietHours,
    /// Its gateway has others to send first, or has used up the day's budget.
    Pace,
    /// The owner's pause.
    Paused,
    /// Its gateway is stopped: the provider can't send, or refuses us.
    GatewayStopped,
    /// The last attempt failed, and another one follows.
    Retry,
    /// Its own day has passed, and today has had what was promised.
    Frequency,
    /// It advertises, and a human has not answered yet what the person wrote: `GET /v1/inbox`.
    Inbox,
}

impl WaitReason {
    /// Its stable name, as it is stored too.
    pub const fn name(self) -> &'static str {
        match self {
            Self::QuietHours => "quiet_hours",
            Self::Pace => "pace",
            Self::Paused => "paused",
            Self::GatewayStopped => "gateway_stopped",
            Self::Retry => "retry",
            Self::Frequency => "frequency",
            Self::Inbox => "inbox",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        [Self::QuietHours, Self::Pace, Self::Paused, Self::GatewayStopped, Self::Retry, Self::Frequency, Self::Inbox]
            .into_iter()
            .find(|reason| reason.name() == name)
    }
}

/// Why a message failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum FailureReason {
    /// The person took the consent back before it left.
    NoConsent,
    /// It could not be handed over in time.
    Expired,
    /// The person has stopped the sender at the provider.
    OptedOut,
    /// The number is none that can get SMS.
    NotMobile,
    /// The provider's account is empty.
    OutOfCredit,
    /// The provider doesn't know our credentials.
    Credentials,
    /// The provider or the network did not take it.
    Refused,
}

impl From<Failure> for FailureReason {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::OptedOut => Self::OptedOut,
            Failure::NotMobile => Self::NotMobile,
            Failure::OutOfCredit => Self::OutOfCredit,
            Failure::Credentials => Self::Credentials,
            Failure::Later | Failure::Throttled { .. } | Failure::Never => Self::Refused,
        }
    }
}

impl Message {
    /// A message that was just accepted.
    pub fn new(id: MessageId, purpose: PurposeId, segments: usize, actor: Option<Actor>, now: Timestamp) -> Self {
        Self {
            id,
            purpose,
            segments,
            actor,
            state: MessageState::Queued,
            reason: None,
            waiting: None,
            created_at: now,
            sent_at: None,
            ended_at: None,
            gateway: None,
            provider_id: None,
        }
    }

    /// Notes that the provider took it, or may have. A delivery report may have come first.
    pub fn handed_over(&mut self, gateway: GatewayId, provider_id: Option<String>, now: Timestamp) {
        let state = if provider_id.is_some() { MessageState::Sent } else { MessageState::OutcomeUnknown };
        self.state = self.state.max(state);
        self.sent_at.get_or_insert(now);
        self.gateway = Some(gateway);
        self.provider_id = provider_id.or(self.provider_id.take());
    }

    /// Notes that it will never be handed over.
    pub fn failed(&mut self, reason: FailureReason, now: Timestamp) {
        self.state = MessageState::Failed;
        self.reason = Some(reason);
        self.ended_at = Some(now);
    }

    /// Takes a delivery report; says whether it is news. Providers repeat reports and send them in any order: what
    /// has arrived stays so, and what has failed only arrives.
    pub fn report(&mut self, delivery: Delivery, now: Timestamp) -> bool {
        let state = match delivery {
            Delivery::Sent => MessageState::Sent,
            Delivery::Delivered => MessageState::Delivered,
            Delivery::Failed(_) => MessageState::Failed,
        };
        if state <= self.state {
            return false;
        }
        self.state = state;
        self.sent_at.get_or_insert(now);
        self.reason = match delivery {
            Delivery::Failed(failure) => Some(failure.into()),
            _ => None,
        };
        self.ended_at = (state > MessageState::Sent).then_some(now);
        true
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn message() -> Message {
        let id = MessageId::new(SubjectId([1; 9]), [2; 12]);
        Message::new(id, "marketing".parse().unwrap(), 1, None, Timestamp::from_millis(0))
    }

    fn delivery() -> impl Strategy<Value = Delivery> {
        prop::sample::select(vec![Delivery::Sent, Delivery::Delivered, Delivery::Failed(Failure::Never)])
    }

    proptest! {
        #[test]
        fn reports_in_any_order_and_number_end_alike(mut reports in prop::collection::vec(delivery(), 0..8)) {
            let tell = |reports: &[Delivery]| {
                let mut message = message();
                for report in reports {
                    message.report(*report, Timestamp::from_millis(1));
                    prop_assert!(!message.report(*report, Timestamp::from_millis(2)), "the same one twice is no news");
                }
                Ok((message.state, message.reason))
            };
            let once = tell(&reports)?;
            reports.reverse();
            prop_assert_eq!(tell(&reports)?, once);
        }

        #[test]
        fn an_id_reads_back_and_leads_to_its_subject(subject: [u8; 9], random: [u8; 12]) {
            let id = MessageId::new(SubjectId(subject), random);
            prop_assert_eq!(id.to_string().len(), 28);
            prop_assert_eq!(id.to_string().parse::<MessageId>(), Ok(id));
            prop_assert_eq!(id.subject(), SubjectId(subject));
        }
    }

    #[test]
    fn a_reason_to_wait_has_one_name() {
        for name in ["quiet_hours", "pace", "paused", "gateway_stopped", "retry", "frequency", "inbox"] {
            let reason = WaitReason::named(name).unwrap();
            assert_eq!(serde_json::to_value(reason).unwrap(), name);
        }
        assert_eq!(WaitReason::named(""), None);
    }

    #[test]
    fn delivered_before_sent_is_no_error() {
        let mut message = message();
        assert!(message.report(Delivery::Delivered, Timestamp::from_millis(5)));
        message.handed_over("twilio".parse().unwrap(), Some("SM1".into()), Timestamp::from_millis(9));
        assert_eq!((message.state, message.sent_at), (MessageState::Delivered, Some(Timestamp::from_millis(5))));
        assert_eq!(message.provider_id.as_deref(), Some("SM1"));
    }

    #[test]
    fn a_report_settles_an_unknown_outcome() {
        let mut message = message();
        message.handed_over("seven".parse().unwrap(), None, Timestamp::from_millis(1));
        assert_eq!(message.state, MessageState::OutcomeUnknown);
        assert!(message.report(Delivery::Sent, Timestamp::from_millis(2)));
        assert_eq!(message.state, MessageState::Sent);
    }
}
