//! What comes from a provider.

use serde::{Deserialize, Serialize};

use super::Failure;
use crate::time::Timestamp;

/// A webhook as it came.
pub struct InboundCall<'a> {
    /// The public address that the provider called: our own origin, the path, the query.
    pub url: &'a str,
    /// A header, by its name in small letters.
    pub header: &'a dyn Fn(&str) -> Option<String>,
    pub body: &'a [u8],
    pub now: Timestamp,
}

/// Why a webhook changes nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadInbound {
    /// Not signed by the provider.
    #[error("the webhook is not signed with this gateway's secret")]
    Unsigned,
    /// Older than five minutes.
    #[error("the webhook is more than five minutes old")]
    Stale,
    /// Signed, and not what the provider sends.
    #[error("the webhook can't be read")]
    Malformed,
}

/// An SMS from a handset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InboundSms {
    /// The provider's id of it; where it has none, one that is the same for the same webhook.
    pub id: String,
    /// The handset, as the provider writes it.
    pub from: String,
    /// The sender of ours that it came to, as the provider writes it.
    pub to: String,
    pub text: String,
}

/// A delivery report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// Our reference.
    pub reference: String,
    /// The provider's id, if it says.
    pub message_id: Option<String>,
    /// What has become of the SMS.
    pub delivery: Delivery,
}

/// How far an SMS has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Delivery {
    /// On its way.
    Sent,
    /// On the handset.
    Delivered,
    /// It never will be.
    Failed(Failure),
}

/// How old a signed webhook may be, and how far ahead a provider's clock, in seconds.
const WINDOW: i64 = 300;

impl InboundCall<'_> {
    /// A header's value, empty where there is none.
    pub(super) fn header(&self, name: &str) -> String {
        (self.header)(name).unwrap_or_default()
    }

    /// The first parameter of that name in the address.
    pub(super) fn query(&self, name: &str) -> Option<String> {
        let (_, query) = self.url.split_once('?')?;
        let mut pairs = form_urlencoded::parse(query.as_bytes());
        pairs.find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
    }

    /// The body as JSON.
    pub(super) fn json(&self) -> Result<serde_json::Value, BadInbound> {
        serde_json::from_slice(self.body).map_err(|_| BadInbound::Malformed)
    }

    /// Whether it was made within five minutes of now; `seconds` since 1970.
    pub(super) fn fresh(&self, seconds: i64) -> Result<(), BadInbound> {
        let age = self.now.millis().div_euclid(1000).saturating_sub(seconds);
        (-WINDOW..=WINDOW).contains(&age).then_some(()).ok_or(BadInbound::Stale)
    }
}
