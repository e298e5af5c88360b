use serde::{Deserialize, Serialize};

use crate::time::Timestamp;

/// Whether requests typed on a web page reach the handset.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Suppression {
    /// They do.
    #[default]
    None,
    /// Not before then: after a withdrawal, an erasure, or requests of web pages that nobody answered.
    Until(Timestamp),
    /// Not before the person allows it from the handset: after a refusal, a wrong number, an objection.
    UntilAllowed,
}

impl Suppression {
    /// Whether it holds now.
    pub fn holds(self, now: Timestamp) -> bool {
        match self {
            Self::None => false,
            Self::Until(end) => now < end,
            Self::UntilAllowed => true,
        }
    }
}
