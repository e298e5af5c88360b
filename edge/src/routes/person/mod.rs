//! The pages that people see.

pub mod hosted;
pub mod link;
pub mod number;
