use serde::{Deserialize, Serialize};

use crate::ids::PurposeId;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reply {
    /// A yes (L6).
    Yes {
        /// The request's reply code, where several wait: 27 in `JA 27`.
        #[serde(rename = "word")]
        code: Option<u8>,
    },
    /// A no to a request.
    No {
        /// As with a yes.
        #[serde(rename = "word")]
        code: Option<u8>,
    },
    /// No more SMS (L8).
    Stop(Stop),
    /// Objects to advertising, or to the use of their data (L26).
    Object,
    /// Their data shall be deleted (GDPR 17; L25).
    Erase,
    /// Asks what is stored, or where it is from (GDPR 15).
    Access,
    /// SMS may come again. Never consent.
    Start,
    /// Who writes, what they have, and how to stop.
    Help,
    /// The same, by the word that also asks what is stored.
    Info,
    /// This is not the person.
    WrongNumber,
    /// A keyword of the number's (L16), as the vocabulary writes it.
    Keyword(String),
    /// Thanks, a phone's reaction, an automatic answer: nobody waits for anything.
    Ignore,
    /// A human must read it (L34).
    Unclear(About),
}

impl Reply {
    /// Whether all that it can do is to end something: doing it twice does it once.
    pub const fn only_ends(&self) -> bool {
        matches!(self, Self::Stop(_) | Self::Object | Self::Erase | Self::No { .. } | Self::WrongNumber)
    }
}

/// What an unclear reply speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum About {
    /// Advertising, data, rights, lawyers, complaints: advertising must wait for the human's answer (L34).
    Rights,
    Other,
}

/// What a STOP ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stop {
    /// All that the number serves, and what waits there.
    Everything,
    /// All that advertises.
    Advertising,
    Purposes(Vec<PurposeId>),
}

/// What a number is about, as far as it takes part in what a reply means.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary<'a> {
    /// The purposes that it serves.
    pub topics: Vec<Topic<'a>>,
    /// Its keywords. One that [`super::is_reserved`] is never read as a keyword.
    pub keywords: Vec<&'a str>,
}

/// A purpose that a STOP may name.
#[derive(Debug, Clone)]
pub struct Topic<'a> {
    pub id: &'a PurposeId,
    /// Whether it advertises.
    pub advertises: bool,
    /// What it is called, in every language: labels and wordings. Each of their words names it.
    pub names: Vec<&'a str>,
}
