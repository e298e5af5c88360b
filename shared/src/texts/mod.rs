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

pub use facts::{ConfirmationFacts, Has, HelpFacts, HelpLink, KeywordFacts, Stopped, Waiting};
pub use language::{AgainTexts, ErrorTexts, Labels, Texts};
pub use phrases::{LintPhrases, Phrases};
pub use problems::ProblemTexts;

use self::language::topics;
pub(crate) use self::language::{listed, yes};
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

    /// The SMS in Jawort's words.
    #[cfg(test)]
    pub fn sms(&self) -> String {
        let templates = self.lang.texts().confirmation_templates(self.confirm, self.receives, self.keyword.is_some());
        let mut values = crate::form::confirmation_values(self);
        values.insert("keyword".to_owned(), self.keyword.unwrap_or_default().to_owned());
        crate::form::first_that_fits(&templates, &values).map(|(text, _)| text).unwrap_or_default()
    }

    /// What is asked for, each purpose with its frequency.
    pub fn topics(&self) -> String {
        topics(&self.purposes, self.lang.texts())
    }
}
