//! Counts what the public calls use up, a small object for each thing counted, and knows the proofs that were used.

mod client;
mod object;
mod proofs;
mod protocol;

pub use client::Client;
