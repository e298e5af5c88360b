//! What several doors share: routes and objects call services, services call the clients of objects.

pub mod batch;
pub mod deployment;
pub mod health;
pub mod inbound;
pub mod lookup;
pub mod missing_secrets;
pub mod pause;
pub mod send;
pub mod signing_keys;
pub mod stamp;
pub mod submit;
pub mod sweep;
