//! The simulated phone: every handset of the development machine, in one object. In the edge this is the one part that
//! stands for something outside, a mobile network with its phones.

mod client;
mod object;
mod protocol;

pub use client::Client;
pub use protocol::Sms;
