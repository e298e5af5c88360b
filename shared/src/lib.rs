//! The domain of Jawort: what is asked, what counts as a yes, what is kept, and which SMS may leave.
//!
//! Nothing here does I/O, reads a clock or draws randomness: time, keys and entropy are arguments,
//! so that every decision can be tested on its own and comes out the same on the edge and in a test.
#![cfg_attr(not(test), deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

pub mod actor;
pub mod address;
pub mod backoff;
mod base62;
pub mod batch;
pub mod calendar;
pub mod confirm;
pub mod deletion;
pub mod deployment;
pub mod directory;
pub mod evidence;
pub mod form;
pub mod gateway;
pub mod hex;
pub mod ids;
#[cfg(all(feature = "all-regions", feature = "regex"))]
pub mod inbound;
pub mod inbox;
pub mod key_ring;
pub mod lang;
pub mod limits;
pub mod links;
pub mod lint;
pub mod malformed;
pub mod message;
#[cfg(feature = "openapi")]
pub mod openapi;
pub mod pace;
pub mod paths;
pub mod phone;
pub mod poster;
pub mod problem_kind;
pub mod proof_of_work;
pub mod qr;
pub mod query;
pub mod quiet;
pub mod reference;
pub mod reply;
pub mod sending;
pub mod settings;
pub mod shard;
pub mod sms;
pub mod stamp;
pub mod stored;
pub mod subject;
#[cfg(feature = "all-regions")]
pub mod submission;
pub mod template;
pub mod text_hash;
pub mod texts;
pub mod time;
pub mod token;
pub mod violation;
pub mod way_out;
pub mod webhook;
pub mod whereabouts;
pub mod wire;
