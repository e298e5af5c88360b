use serde::{Deserialize, Serialize};

use crate::{ids::WebhookId, time::Timestamp};

/// `GET /v1/webhooks/{webhook}`: how a webhook fares.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WebhookHealth {
    /// The webhook.
    pub webhook: WebhookId,
    /// Events that still have to be delivered.
    pub waiting: u32,
    /// Events of the last 30 days that were given up.
    pub failed: u32,
    /// Whether it answered 410, and so is told nothing until its settings change or a replay is asked for.
    pub disabled: bool,
    /// The secret that is missing or unusable, where one is: everything waits for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missing_secret: Option<String>,
    /// The latest failure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_error: Option<WebhookError>,
}

/// A failure to deliver.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WebhookError {
    /// When.
    pub time: Timestamp,
    /// What happened.
    pub detail: String,
}

/// `POST /v1/webhooks/{webhook}/replay`: which events of the last 30 days to deliver once more, in their old order and
/// under their old ids, without number and reference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ReplayRequest {
    /// The earliest.
    pub from: Timestamp,
    /// Those before this; all by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    /// Those about this subject only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
}

/// The answer to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Replayed {
    /// So many events will be delivered once more.
    pub replayed: u32,
}
