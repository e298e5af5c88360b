//! What the owner sends and gets.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::{
    deployment::{DeployTrouble, Jurisdiction},
    ids::{FormId, GatewayId, PurposeId, SenderId},
    lang::Lang,
    message::{MessageId, MessageState},
    pace::GatewayState,
    reference::Reference,
    settings::{Basis, Settings},
    sms::Encoding,
    stored::ParkedItem,
    subject::{PurposeState, Reason},
    time::Timestamp,
    violation::Violation,
};

/// `POST /v1/check`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CheckRequest {
    /// Whom: their number, with `+` and country code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// Or the subject id that stands for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// For what.
    pub purpose: PurposeId,
}

/// `POST /v1/messages`. With the header `Idempotency-Key`, the same call twice sends once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MessageRequest {
    /// To whom: their number, with `+` and country code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// Or the subject id that stands for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// What stands for the names in the text.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, String>,
    /// For what.
    pub purpose: PurposeId,
    /// The text, without the way out, which is added. `{name}` stands for a value, `{company}` for the controller.
    pub text: String,
    /// What it comes from; by default what the person got the confirmation from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sender: Option<SenderId>,
    /// Whether typographic quotes, dashes and the like become plain ones, which saves parts.
    #[serde(default = "yes")]
    pub normalize: bool,
}

impl MessageRequest {
    /// Whom it goes to, and what is said.
    pub fn parts(self) -> (Recipient, MessageDraft) {
        let Self { number, subject, values, purpose, text, sender, normalize } = self;
        let reference = None;
        (Recipient { number, subject, values, reference }, MessageDraft { purpose, text, sender, normalize })
    }
}

/// Whom a message goes to: `number` or `subject`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Recipient {
    /// Their number, with `+` and country code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// Or the subject id that stands for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// What stands for the names in the text.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, String>,
    /// The caller's own: it comes back with what came of this recipient, and is no part of the SMS.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
}

/// What is said, to one or to many.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageDraft {
    pub purpose: PurposeId,
    /// The text with its named values.
    pub text: String,
    /// What it comes from.
    pub sender: Option<SenderId>,
    /// Whether typographic marks become plain ones.
    pub normalize: bool,
}

pub(super) fn yes() -> bool {
    true
}

/// The answer to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MessageAccepted {
    /// The message's id.
    pub id: MessageId,
    /// Parts that the SMS takes, the way out included.
    pub segments: usize,
}

/// `POST /v1/messages/preview`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PreviewRequest {
    /// The text.
    pub text: String,
    /// What it is to be.
    #[serde(default)]
    pub kind: PreviewKind,
    /// The form that a confirmation belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<FormId>,
    /// The purpose of a message: with it, its senders and its languages count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purpose: Option<PurposeId>,
    /// What a message comes from; by default the one whose way out is the longest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sender: Option<SenderId>,
    /// The language: of a confirmation, by default the form's first one; of the way out of a message, by default the
    /// one in which that is the longest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<Lang>,
    /// What stands for the names in the text.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, String>,
    /// Whether typographic quotes, dashes and the like become plain ones.
    #[serde(default = "yes")]
    pub normalize: bool,
}

/// What a text is to be.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum PreviewKind {
    /// The confirmation SMS of a form.
    Confirmation,
    /// A message of the owner's.
    #[default]
    Message,
}

/// The answer to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Preview {
    /// The text as it leaves, with the name and the way out that a message gets. All counts are of this.
    pub text: String,
    /// The name that advertising begins with, where the text doesn't by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub begin: Option<String>,
    /// The way out in it, which is the recipient's: another sender or language has another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub way_out: Option<String>,
    /// The encoding that it forces.
    pub encoding: Encoding,
    /// Septets (GSM-7) or UTF-16 code units (UCS-2).
    pub units: usize,
    /// Parts that are sent, and paid for.
    pub segments: usize,
    /// How much of a message's own text finds room in one part, beside name and way out; in septets, or in UTF-16 code
    /// units where those are no GSM-7.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub room_in_one_part: Option<usize>,
    /// Rules that it breaks.
    pub violations: Vec<Violation>,
}

/// `POST /v1/subjects`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SubjectRequest {
    /// The number, with `+` and country code.
    pub number: String,
}

/// The answer to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SubjectAnswer {
    /// The id that stands for the number.
    pub subject: String,
}

/// A published version of a form.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Published {
    /// The form.
    pub form: FormId,
    /// Its version.
    pub version: u32,
    /// When it was published.
    pub published_at: Timestamp,
}

/// Whether an SMS may be sent.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Checked {
    /// Whether it may.
    pub allowed: bool,
    /// Why it may.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub basis: Option<Basis>,
    /// Since when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<Timestamp>,
    /// The event that proves it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
    /// Why it may not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
}

/// A purpose with its state.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StateLine {
    /// The purpose.
    pub purpose: PurposeId,
    /// Its state.
    pub state: PurposeState,
    /// Since when.
    pub since: Timestamp,
    /// The owner's reference of the request that was last confirmed. Not in lists.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<Reference>,
}

/// A request that waits.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PendingLine {
    /// The form.
    pub form: FormId,
    /// What was asked for.
    pub purposes: Vec<PurposeId>,
    /// When.
    pub requested_at: Timestamp,
    /// Until when it can be confirmed.
    pub expires_at: Timestamp,
    /// What became of its SMS; nothing where none was ordered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sms: Option<MessageState>,
    /// The owner's reference, where the request brought one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<Reference>,
}

/// `GET /v1/subjects/{subject}`: everything about a person.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Overview {
    /// The subject.
    pub subject: String,
    /// Each purpose.
    pub states: Vec<StateLine>,
    /// Requests that wait.
    pub pending: Vec<PendingLine>,
    /// Whether requests from web pages are held back.
    #[serde(rename = "silenced")]
    pub suppressed: bool,
    /// Whether advertising waits until a human has answered what the person wrote: `GET /v1/inbox`.
    #[serde(default)]
    pub paused: bool,
    /// All events, the oldest first, exactly as they were signed (`evidence::SignedEvent`).
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<crate::evidence::SignedEvent>))]
    pub events: Vec<Box<RawValue>>,
}

/// `PUT /v1/settings`: what is in force now.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SettingsAnswer {
    /// The settings.
    #[serde(flatten)]
    pub settings: Settings,
    /// What the owner should know: what people lose by them, such as a number that they may still answer to, and what
    /// could be described better. Each rule: `number-in-use`,
    /// `gateway-in-use`, `sender-in-use`, `form-sender`, `inbound-id`; others may come.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<Violation>,
}

/// `GET /v1/stats`: what came in.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Stats {
    /// By day, the oldest first.
    pub days: Vec<DayStats>,
}

/// What a day brought.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DayStats {
    /// The day, in UTC.
    pub day: Timestamp,
    /// Submissions within all limits.
    pub submitted: u32,
    /// Submissions beyond one, which were told that all is well and sent nothing.
    pub limited: u32,
}

/// `GET /healthz`: how the edge is.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Health {
    /// `ok`, or `degraded` where a secret is missing, a gateway is stopped, something stored can't be read, something
    /// is parked, or an origin that SMS link to is forgotten, or `stopped`; the HTTP status is 503 then.
    pub status: HealthStatus,
    /// Where this deploy says that it answers; missing where it says nothing valid.
    pub origin: Option<String>,
    /// Where its objects are.
    pub jurisdiction: Option<Jurisdiction>,
    /// What is wrong with the deploy, and what to do.
    pub deploy: Vec<DeployTrouble>,
    /// Whether settings are in force.
    pub set_up: bool,
    /// Each gateway of the settings.
    pub gateways: Vec<GatewayHealth>,
    /// Secrets that the platform lacks, by name.
    pub missing_secrets: Vec<String>,
    /// What is stored that this build could not read in the last two days, such as what a newer build wrote before it
    /// was rolled back. It stays as it is.
    pub unreadable: Vec<String>,
    /// What was to leave and could not in several attempts, or can't be read, by what it is. It is tried each hour.
    pub parked: Vec<ParkedHealth>,
}

/// What of a kind is parked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ParkedHealth {
    /// What it is.
    pub what: ParkedItem,
    /// How many.
    pub count: u32,
    /// Since when the first of them is.
    pub since: Timestamp,
}

/// Whether the edge can do its work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum HealthStatus {
    /// It can.
    Ok,
    /// Not all of it.
    Degraded,
    /// It does nothing: `deploy` says why.
    Stopped,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
const fn is_none(count: &u32) -> bool {
    *count == 0
}

/// Whether a gateway can send.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GatewayHealth {
    /// The gateway.
    pub id: GatewayId,
    /// Whether all that it needs is there.
    pub ready: bool,
    /// SMS that came in by it in the last 90 days and could not be read; left out where there are none. They are kept,
    /// sealed.
    #[serde(default, skip_serializing_if = "is_none")]
    pub unread: u32,
    /// Whether SMS leave by it, as of some seconds ago; missing where it could not be asked.
    #[serde(flatten)]
    pub state: Option<GatewayState>,
}
