use serde::{Deserialize, Serialize};

use super::counts::Taken;
use crate::time::{Span, Timestamp};

/// Proofs that count no more are forgotten together, on lines so far apart: each clean-up is an alarm.
const FORGOTTEN_EVERY: Span = Span::minutes(10);

/// What makes a submission cost something, used for one alone: a solved challenge, or a stamp.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    /// Random, so that it spreads a form's day evenly over its shards.
    pub name: String,
    /// Until when it would count.
    pub until: Timestamp,
}

/// When a proof is forgotten that counts `until` then: on the next line of a grid, so that many go together.
pub const fn forgotten_at(until: Timestamp) -> Timestamp {
    let every = FORGOTTEN_EVERY.whole_seconds() * 1_000;
    let into_line = until.millis().rem_euclid(every);
    let rest = if into_line == 0 { 0 } else { every - into_line };
    Timestamp::from_millis(until.millis().saturating_add(rest))
}

/// What is kept of a proof until it would count no more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UsedProof {
    /// The submission that it was used for, see [`super::fingerprint`].
    pub submission: String,
    /// What the limits said of it. None while nobody knows: a crash may have come between.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<ProofEnd>,
}

/// What the limits said of a submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ProofEnd {
    #[serde(rename = "passed")]
    Passed,
    #[serde(rename = "held_back")]
    HeldBack,
}

impl From<Taken> for ProofEnd {
    fn from(taken: Taken) -> Self {
        match taken {
            Taken::Yes => Self::Passed,
            Taken::Limited => Self::HeldBack,
        }
    }
}

/// What a proof says of the submission that it came with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ProofUse {
    /// It was not used yet, or what it was used for has come to no end.
    First,
    /// The same submission again, for an answer that was lost, a reload, a second click: it ends as it did at first.
    Again(ProofEnd),
    /// It was used for another submission.
    ForAnother,
}

/// What a proof says that comes with `submission`; `kept` is what is known of it.
pub fn proof_use(kept: Option<&UsedProof>, submission: &str) -> ProofUse {
    match kept {
        None => ProofUse::First,
        Some(used) if used.submission != submission => ProofUse::ForAnother,
        Some(used) => used.end.map_or(ProofUse::First, ProofUse::Again),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Not while it counts, and soon after; those of ten minutes all at once.
        #[test]
        fn a_proof_is_forgotten_soon_after_it_counts_no_more(until in 0..4_000_000_000_000_i64, later in 0..600_000_i64) {
            let at = |millis| forgotten_at(Timestamp::from_millis(millis));
            let line = at(until);
            prop_assert!((until..until + 600_000).contains(&line.millis()));
            prop_assert_eq!(at(line.millis()), line);
            prop_assert!(at(until + later) == line || at(until + later) == line + FORGOTTEN_EVERY);
        }

        /// Whatever comes with one proof, in whatever order: one submission passes, and it ends as it did at first.
        #[test]
        fn a_proof_is_for_one_submission_alone(
            posts in prop::collection::vec((0..3_u8, prop::option::of(any::<bool>())), 1..20),
        ) {
            let mut kept: Option<UsedProof> = None;
            let mut first = None;
            let mut ended = None;
            for (submission, end) in posts {
                let said = proof_use(kept.as_ref(), &submission.to_string());
                prop_assert_eq!(said == ProofUse::ForAnother, *first.get_or_insert(submission) != submission);
                match said {
                    ProofUse::First => {
                        prop_assert_eq!(ended, None);
                        ended = end.map(|yes| if yes { ProofEnd::Passed } else { ProofEnd::HeldBack });
                        kept = Some(UsedProof { submission: submission.to_string(), end: ended });
                    }
                    ProofUse::Again(end) => prop_assert_eq!(Some(end), ended),
                    ProofUse::ForAnother => {}
                }
            }
        }
    }
}
