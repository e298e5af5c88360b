//! The pace of one gateway: all SMS that leave by it ask here for their turn.

mod client;
mod look_back;
mod object;
mod protocol;
mod store;

pub use client::Client;
