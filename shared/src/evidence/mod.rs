//! What proves a consent, before a court and years later (L9).
//!
//! Each (subject, purpose) has a chain of signed events that begins at the confirmation and embeds its
//! request. A hash covers the canonical JSON (RFC 8785) of an event, and the next event names it. What may
//! have to be deleted one day enters as a salted commitment, with value and salt beside the event.

mod act;
mod chain;
mod commitment;
mod event;
mod request;
#[cfg(test)]
mod tests;

pub use act::{Act, ActBy};
pub use chain::{EvidenceError, public_key, verify};
pub use commitment::{Commitment, Erasable, Named};
pub use event::{Event, GivenRecord, Happened, SCHEMA, SignedEvent};
pub use request::{Channel, DeliveryReport, KeywordText, ReceivedSms, Request, SentSms};
