pub(in crate::texts) mod problem_texts;

pub use problem_texts::ProblemTexts;

use super::{de, en};
use crate::lang::Lang;

impl Lang {
    /// What people are told of what goes wrong (RFC 9457).
    pub fn problems(self) -> &'static ProblemTexts {
        match self {
            Self::De => &de::problems::PROBLEMS,
            Self::En => &en::problems::PROBLEMS,
        }
    }
}
