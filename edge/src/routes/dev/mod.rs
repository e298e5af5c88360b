//! What only a development build has.

mod faults;
mod rehearsal;
pub mod simulator;
