//! Limits against SMS pumping and floods: what is counted, and which counters a submission meets.

mod allowance;
mod counts;
mod proofs;
mod rates;

pub use allowance::Allowance;
pub use counts::{Counts, DaySum, How, Shown, Take, Taken, Window};
pub use proofs::{Proof, ProofEnd, ProofUse, UsedProof, forgotten_at, proof_use};
pub use rates::{Counter, Submitted, Verdict, charge, fingerprint, form_counter, network_hour, of_form, of_link};
