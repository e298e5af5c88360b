//! The codes of one purpose's reward: everybody gets one, and always the same one.

mod client;
mod object;
mod protocol;

#[cfg(feature = "simulator")]
pub use client::take_for;
pub use client::{Client, Text, text};
#[cfg(feature = "simulator")]
pub use protocol::Code;
pub use protocol::{Added, Counted};
