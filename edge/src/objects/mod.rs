//! What must be consistent: one Durable Object class a file.

pub mod batch;
pub mod limiter;
#[cfg(feature = "simulator")]
pub mod phone;
pub mod pool;
pub mod registry;
pub mod subject;
pub mod webhook;
