//! What several doors share: routes and objects call services, services call the clients of objects.

pub mod batch;
pub mod deployment;
pub mod former;
pub mod fresh;
pub mod hand_in;
pub mod health;
pub mod inbound;
pub mod inbox;
pub mod index;
pub mod lookup;
pub mod missing_secrets;
pub mod pause;
pub mod provider;
pub mod send;
pub mod signing_keys;
pub mod stamp;
pub mod submit;
pub mod sweep;
pub mod watch;
