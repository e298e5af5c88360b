//! Limits against SMS pumping and floods: what is counted, and which counters a submission meets.

mod counts;
mod rates;

pub use counts::{Counts, Day, Take, Taken, Window};
pub use rates::{Counter, Proof, Submitted, Verdict, form_counter, submission, verdict};
