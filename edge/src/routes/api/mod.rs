//! What the owner and the widget call: JSON.

pub mod batch;
pub mod forms;
pub mod inbox;
pub mod invite;
pub mod keys;
pub mod messages;
pub mod owner;
pub mod pause;
pub mod problems;
pub mod rewards;
pub mod subjects;
pub mod texts;
pub mod webhooks;
pub mod words;
