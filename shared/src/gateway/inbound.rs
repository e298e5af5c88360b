//! What comes from a provider.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::{
    Failure,
    decode::{self, Charset},
    signature,
};
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
    pub id: SmsId,
    /// The handset, as the provider writes it.
    pub from: String,
    /// The sender of ours that it came to, as the provider writes it.
    pub to: String,
    pub text: String,
    /// What the provider itself takes it for, whatever the words.
    pub meant: Option<Meant>,
    pub extent: Extent,
}

impl InboundSms {
    /// A whole one, of which its words alone say what it means.
    pub const fn new(id: SmsId, from: String, to: String, text: String) -> Self {
        Self { id, from, to, text, meant: None, extent: Extent::Whole }
    }
}

/// An SMS that the provider's list shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedSms {
    pub sms: InboundSms,
    pub sent_at: Timestamp,
}

/// A page of that list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InboundPage {
    /// The newest first.
    pub sms: Vec<ListedSms>,
    /// Where the list goes on, as the provider writes it.
    pub next: Option<String>,
}

/// What tells an SMS from one that the provider brings once more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum SmsId {
    /// The provider's own.
    Provider(String),
    /// A hash of the webhook: the same words on another day have the same.
    Hash(String),
}

impl SmsId {
    /// Of a webhook that brings no id.
    pub(super) fn hash_of(call: &InboundCall) -> Self {
        Self::Hash(signature::hex_of::<sha2::Sha256>(&[call.url.as_bytes(), b"\n", call.body].concat()))
    }

    pub fn text(&self) -> &str {
        match self {
            Self::Provider(id) | Self::Hash(id) => id,
        }
    }
}

/// What a provider takes an SMS for that it acts on by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Meant {
    Stop,
    Start,
    Help,
}

/// Whether all of an SMS is there.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Extent {
    #[default]
    Whole,
    /// One of several parts that come apart: nobody knows what the others say.
    Part,
}

/// A delivery report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    pub about: About,
    /// The provider's id, if it says.
    pub message_id: Option<String>,
    /// What has become of the SMS.
    pub delivery: Delivery,
}

/// Which SMS a report is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// That of our reference.
    Reference(String),
    /// That which the provider took under this id; the report lacks our reference.
    ProviderId(String),
}

/// What a provider wants to hear when its webhook is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Thanks {
    pub content_type: &'static str,
    pub body: &'static str,
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
        self.query_in(name, None)
    }

    /// The same, in a certain charset.
    pub(super) fn query_in(&self, name: &str, charset: Option<Charset>) -> Option<String> {
        let (_, query) = self.url.split_once('?')?;
        let pairs = decode::pairs(query.as_bytes(), charset);
        pairs.into_iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// The charset that its header names.
    pub(super) fn charset(&self) -> Option<Charset> {
        Charset::of_content_type(&self.header("content-type"))
    }

    /// The body as JSON.
    pub(super) fn json(&self) -> Result<serde_json::Value, BadInbound> {
        self.json_in(self.charset())
    }

    /// The same, in a certain charset.
    pub(super) fn json_in(&self, charset: Option<Charset>) -> Result<serde_json::Value, BadInbound> {
        let text = match (charset, std::str::from_utf8(self.body)) {
            (None | Some(Charset::Utf8), Ok(text)) => Cow::Borrowed(text),
            (charset, _) => Cow::Owned(decode::text(self.body, charset)),
        };
        serde_json::from_str(&text).map_err(|_| BadInbound::Malformed)
    }

    /// The pairs of the body, if it is a form.
    pub(super) fn form(&self) -> Vec<(String, String)> {
        decode::pairs(self.body, self.charset())
    }

    /// The body as JSON, or as a form whose names may have one level: `data[id]` is `/data/id`.
    pub(super) fn json_or_form(&self) -> Result<serde_json::Value, BadInbound> {
        if let Ok(json) = self.json()
            && json.is_object()
        {
            return Ok(json);
        }
        let mut all = serde_json::Map::new();
        for (name, value) in self.form() {
            let value = serde_json::Value::String(value);
            match name.strip_suffix(']').and_then(|name| name.split_once('[')) {
                None => drop(all.insert(name, value)),
                Some((group, name)) => {
                    let group = all.entry(group).or_insert_with(|| serde_json::Map::new().into());
                    if let Some(group) = group.as_object_mut() {
                        group.insert(name.to_owned(), value);
                    }
                }
            }
        }
        // What is no form has one name, without a value.
        if all.len() < 2 { Err(BadInbound::Malformed) } else { Ok(all.into()) }
    }

    /// Whether it was made within five minutes of now; `seconds` since 1970.
    pub(super) fn fresh(&self, seconds: i64) -> Result<(), BadInbound> {
        let age = self.now.millis().div_euclid(1000).saturating_sub(seconds);
        (-WINDOW..=WINDOW).contains(&age).then_some(()).ok_or(BadInbound::Stale)
    }
}
