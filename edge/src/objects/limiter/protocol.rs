use serde::{Deserialize, Serialize};
use shared::time::Timestamp;

use crate::platform::object::protocol;

protocol! {
    commands {
        /// Takes one from an allowance.
        Take {
            /// What is counted, within this object.
            counter: String,
            limit: u32,
            /// In seconds.
            window: i64,
            /// A proof that counts once: its name, and until when to remember it.
            once: Option<(String, Timestamp)>,
            /// Whether the owner sees it, by day.
            by_day: bool,
        } -> Taken;
        /// Counts one that another limit held back.
        HoldBack {} -> ();
    }
    queries {
        /// What was counted, by day.
        ListDays {} -> Vec<Day>;
    }
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Taken {
    /// Within the allowance.
    Yes,
    /// Used up.
    Limited,
    /// The proof was used before.
    Used,
}

/// What one day brought.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Day {
    /// Days since 1970.
    pub day: i64,
    /// Within the allowance.
    pub taken: u32,
    /// Beyond it.
    pub limited: u32,
}
