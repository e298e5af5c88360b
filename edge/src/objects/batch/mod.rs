//! A text to many people: worked off by alarm, some at a time, each asked for at the gate of their own object.

mod client;
mod object;
mod protocol;

pub use client::Client;
pub use protocol::Begun;
