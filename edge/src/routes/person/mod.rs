//! The pages that people see.

pub mod hosted;
pub mod input;
pub mod leave;
pub mod link;
pub mod number;
mod press;
