//! What proves a consent, before a court and years later (L9).
//!
//! Each (subject, purpose) has a chain of signed events that begins at the confirmation and embeds its
//! request. A hash covers the canonical JSON (RFC 8785) of an event, and the next event names it. What may
//! have to be deleted one day enters as a salted commitment, with value and salt beside the event. The format is
//! `jawort/2`; chains that `jawort/1` began go on in it.

mod act;
mod chain;
mod commitment;
mod event;
mod hand_in;
mod keys;
mod passed_on;
mod request;
#[cfg(test)]
mod tests;

pub use act::{Act, ActBy, PageShown, Said, SaidScope};
pub use chain::{EvidenceError, verify};
pub use commitment::{Commitment, Erasable, Named, commitments};
pub use event::{Event, GivenRecord, Happened, SCHEMA, SignedEvent};
pub use hand_in::{HandInChannel, HandedIn, Witness};
pub use keys::{Context, PublicKey, PublicKeys};
pub use passed_on::{InTheFuture, PassedOn, ReceivedAt, WordChannel};
pub use request::{BoxesServed, Channel, DeliveryReport, KeywordText, ReceivedSms, Request, SentSms};
