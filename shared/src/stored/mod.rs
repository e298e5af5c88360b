//! What is stored, in rows and in KV: each value carries the format that it was written in, and what an older build
//! wrote is brought to today's format, a step at a time.
//!
//! Format 1 is what was written before values carried one: the bare value. The names in the JSON are fixed by serde
//! attributes and by the tests beside, so that a renaming in the code changes nothing that is stored.

mod contact;
mod deployment;
mod directory;
mod gateway;
mod inbox;
mod link;
mod message;
mod outbox;
mod owner;
mod person;
mod request;
#[cfg(test)]
mod stable_json;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Value, value::RawValue};

pub use contact::{Contact, FormRef};
pub use directory::SealedConsent;
pub use gateway::{Pause, Unread, WhyUnread};
pub use inbox::KeptReply;
pub use link::LinkRecord;
pub use message::{Answered, InboundSeen, KeptAnswer, SendRefusal, SubmissionSeen};
pub use outbox::{OutboxItem, Parked, ParkedItem, SmsItem};
pub use owner::{
    BatchMessage, BatchOutcomes, BatchRecipients, BatchReferences, DisabledWebhook, LastError, PublishedForm,
    PublishedSettings, Sealing, WebhookBody,
};
pub use person::{Lists, LockedProof, Record, Source};
pub use request::{Erasables, FrozenText, KeptRequest, KeptSms};

/// How the JSON of one format becomes that of the next.
#[derive(Clone, Copy)]
pub enum Upgrade {
    /// It says the same.
    Same,
    Change(fn(Value) -> Value),
}

/// A kind of stored value.
pub trait Stored: Serialize + DeserializeOwned {
    /// What the log and `GET /healthz` call it.
    const NAME: &'static str;
    /// From format 1 to 2, from 2 to 3, … up to the one that this build writes.
    const UPGRADES: &'static [Upgrade];
}

/// The format that this build writes.
pub const fn format_of<T: Stored>() -> usize {
    1 + T::UPGRADES.len()
}

/// Why a stored value can't be read. It stays as it is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// A newer build wrote it.
    #[error("{name}: stored in format {format}, which this build does not know")]
    UnknownFormat { name: &'static str, format: usize },
    /// It is not what its format says.
    #[error("{name}: stored, and can't be read: {why}")]
    Broken { name: &'static str, why: String },
}

#[derive(Deserialize)]
struct Envelope<'a> {
    format: usize,
    #[serde(borrow)]
    value: &'a RawValue,
}

#[derive(Serialize)]
struct EnvelopeOf<'a, T> {
    format: usize,
    value: &'a T,
}

/// The JSON to store: `{"format":2,"value":…}`.
///
/// # Errors
/// A value that has no JSON; none of ours.
pub fn write<T: Stored>(value: &T) -> Result<String, serde_json::Error> {
    serde_json::to_string(&EnvelopeOf { format: format_of::<T>(), value })
}

/// What [`write`] of this or an earlier build stored.
///
/// # Errors
/// It is of a format that this build doesn't know, or broken.
pub fn read<T: Stored>(json: &str) -> Result<T, Unreadable> {
    let broken = |error: serde_json::Error| broken::<T>(&error);
    let (format, bare) = unwrap(json);
    let upgrades = format.checked_sub(1).and_then(|done| T::UPGRADES.get(done..));
    let upgrades = upgrades.ok_or(Unreadable::UnknownFormat { name: T::NAME, format })?;
    let changes = upgrades.iter().filter_map(|upgrade| match upgrade {
        Upgrade::Same => None,
        Upgrade::Change(change) => Some(change),
    });
    let mut changes = changes.peekable();
    if changes.peek().is_none() {
        return serde_json::from_str(bare).map_err(broken);
    }
    let value = changes.fold(serde_json::from_str(bare).map_err(broken)?, |value, change| change(value));
    // By way of text: reading from a `Value` would be a second reader of each type, a tenth of the edge.
    serde_json::from_str(&value.to_string()).map_err(broken)
}

/// The format of what was stored, and its bare value.
fn unwrap(json: &str) -> (usize, &str) {
    match serde_json::from_str::<Envelope>(json) {
        Ok(envelope) => (envelope.format, envelope.value.get()),
        Err(_) => (1, json),
    }
}

fn broken<T: Stored>(error: &serde_json::Error) -> Unreadable {
    Unreadable::Broken { name: T::NAME, why: explain(error) }
}

/// Where it breaks, without the words of the value: they may be somebody's number.
fn explain(error: &serde_json::Error) -> String {
    format!("{:?} error", error.classify()).to_lowercase()
}
