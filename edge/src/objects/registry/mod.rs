//! The owner's settings and the versions of every form: one object, which only the owner's calls write.
//!
//! What it publishes is copied to KV `FORMS` for reading; it stays the place to ask where KV has not heard
//! of something yet.

mod client;
mod forms;
mod object;
mod protocol;
mod texts;

pub use client::Client;
pub use protocol::{KnownPause, NotPublished, PausePut, REACH, SettingsPut};
