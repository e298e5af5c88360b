//! The directory: objects can't be enumerated, so each person stored has one small row in it, by which lists, exports
//! and the nightly sweep find everybody. Nothing that decides reads from it: it lags by an outbox.

mod consent;
mod listing;
mod sweep;
#[cfg(test)]
mod tests;

pub use consent::{Consent, ConsentInForce, ExportRow, Held, Tip, held};
pub use listing::{Listed, Listing};
pub use sweep::{Sweep, SweepAt};
