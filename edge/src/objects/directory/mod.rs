//! Who is stored here: a row a person, by which lists, exports and the nightly sweep find everybody.

mod client;
mod object;
mod protocol;
mod store;

pub use client::Client;
pub use protocol::Row;
