use shared::limits::{DaySum, Proof, ProofUse, Shown, Take, Taken};

use crate::platform::object::protocol;

protocol! {
    commands {
        /// Takes one from an allowance. Where that decides about a submission, its end is noted with its proof; one
        /// that has its end already takes nothing.
        TakeOne {
            take: Take,
            /// The proof's name.
            proof: Option<String>,
        } -> Taken;
        /// Uses a proof for a submission, known by its fingerprint.
        UseProof {
            proof: Proof,
            submission: String,
        } -> ProofUse;
        /// Notes that another limit held back the submission of that proof.
        HoldBack {
            proof: String,
            noted: Shown,
        } -> ();
    }
    queries {
        ListDays {} -> Vec<DaySum>;
    }
}
