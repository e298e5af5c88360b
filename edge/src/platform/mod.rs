//! What the platform gives, in our words.

pub mod alarm;
pub mod clock;
pub mod configuration;
pub mod context;
pub mod faults;
pub mod fetch;
pub mod intl;
pub mod kv;
pub mod meter;
pub mod object;
pub mod secrets;
pub mod sql;
pub mod stored;
pub mod transaction;
