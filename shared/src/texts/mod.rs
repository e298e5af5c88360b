//! Every sentence that a person reads from Jawort, one folder a language. A language that lacks one doesn't compile.

mod de;
mod en;
mod facts;
mod language;
pub mod pages;
mod phrases;
mod problems;
#[cfg(test)]
mod tests;

pub use facts::{ConfirmationFacts, HelpFacts, KeywordFacts, Stopped, Waiting};
pub use language::{ErrorTexts, Labels, Texts};
pub use phrases::{LintPhrases, Phrases};
pub use problems::ProblemTexts;

use self::language::{topics, yes};
use crate::lang::Lang;

impl Lang {
    pub fn texts(self) -> &'static dyn Texts {
        match self {
            Self::De => &de::German,
            Self::En => &en::English,
        }
    }
}

impl ConfirmationFacts<'_> {
    /// What the person replies: `JA`, `JA 27`.
    pub fn yes(&self) -> String {
        yes(self.lang.texts().yes(), self.reply_code)
    }

    /// What is asked for, each purpose with its frequency.
    pub fn topics(&self) -> String {
        topics(&self.purposes, self.lang.texts())
    }
}
