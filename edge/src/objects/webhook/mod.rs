//! Tells the owner's program what happened, by the Standard Webhooks specification.
//!
//! What is about one subject arrives in order: a later event waits while an earlier one is tried again. At least
//! once, as everywhere: the id tells a program what it has seen.

mod client;
mod delivery;
mod object;
mod protocol;
mod secret;
mod store;

pub use client::{Client, can_sign, tell};
pub use protocol::{Event, Health};
