//! Counts what the public calls use up, a small object for each thing counted.

mod client;
mod object;
mod protocol;

pub use client::Client;
