//! What must be consistent: a folder for each Durable Object class.

pub mod batch;
pub mod directory;
pub mod gateway;
pub mod limiter;
#[cfg(feature = "simulator")]
pub mod phone;
pub mod pool;
pub mod registry;
pub mod subject;
pub mod webhook;
