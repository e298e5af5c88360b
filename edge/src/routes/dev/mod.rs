//! What only a development build has.

mod rehearsal;
pub mod simulator;
