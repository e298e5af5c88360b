//! What SMS providers call.

pub mod gateways;
