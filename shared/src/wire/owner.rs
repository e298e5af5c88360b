//! What the owner sends and gets.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::{
    ids::{FormId, PurposeId},
    settings::Basis,
    subject::Reason,
    texts::pages::PurposeState,
    time::Timestamp,
};

/// `POST /v1/check`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
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

/// `POST /v1/messages`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MessageRequest {
    /// To whom: their number, with `+` and country code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// Or the subject id that stands for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// For what.
    pub purpose: PurposeId,
    /// The text, without the way out, which is added.
    pub text: String,
}

/// The answer to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MessageAccepted {
    /// The message's id.
    pub id: String,
    /// Parts that the SMS takes, the way out included.
    pub segments: usize,
}

/// `POST /v1/subjects`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
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
    pub silenced: bool,
    /// All events, the oldest first, exactly as they were signed (`evidence::SignedEvent`).
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<crate::evidence::SignedEvent>))]
    pub events: Vec<Box<RawValue>>,
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
    /// Always `ok`.
    pub status: String,
    /// Whether settings are in force.
    pub set_up: bool,
}
