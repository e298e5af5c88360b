mod de;
mod en;
mod words;

pub use words::ProblemTexts;

use crate::lang::Lang;

impl Lang {
    /// What people are told of what goes wrong (RFC 9457).
    pub fn problems(self) -> &'static ProblemTexts {
        match self {
            Self::De => &de::PROBLEMS,
            Self::En => &en::PROBLEMS,
        }
    }
}
