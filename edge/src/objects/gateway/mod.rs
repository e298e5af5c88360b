//! One gateway: its pace (all SMS that leave by it ask here for their turn), what it brought and nobody could read, and
//! its hourly look back.

mod client;
mod look_back;
mod object;
mod protocol;
mod store;
mod unread;

pub use client::Client;
