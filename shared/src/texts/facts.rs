//! What the texts are made of.

use crate::{confirm::ConfirmBy, lang::Lang, settings::Frequency};

/// What a confirmation SMS has to say (L5, L16).
#[derive(Debug, Clone)]
pub struct ConfirmationFacts<'a> {
    pub lang: Lang,
    pub company: &'a str,
    /// Label and frequency of each purpose.
    pub purposes: Vec<(&'a str, Frequency)>,
    /// From which age on.
    pub age: u8,
    /// How the person says yes.
    pub confirm: ConfirmBy,
    /// The one link, where there is one.
    pub link: &'a str,
    /// The privacy notice, for an SMS without a link.
    pub privacy_url: &'a str,
    /// Whether the sender takes replies.
    pub receives: bool,
    /// The request's reply code, where several wait: 27 in `JA 27`.
    pub reply_code: Option<u8>,
    /// The keyword that the person texted.
    pub keyword: Option<&'a str>,
}

impl ConfirmationFacts<'_> {
    /// The address that the SMS shows, on a line of its own.
    pub const fn url(&self) -> &str {
        if self.confirm.link() { self.link } else { self.privacy_url }
    }
}

/// What an acknowledgement says has ended (L8).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stopped<'a> {
    /// Everything: what was in force has these labels.
    Everything(&'a [&'a str]),
    /// All advertising.
    Advertising,
    /// The purposes with these labels.
    Purposes(&'a [&'a str]),
}

/// What the answer to HELP says.
#[derive(Debug, Clone)]
pub struct HelpFacts<'a> {
    pub company: &'a str,
    /// Label and frequency of what the number sends.
    pub purposes: Vec<(&'a str, Frequency)>,
    /// Where the person sees and stops what is stored.
    pub link: &'a str,
    /// Phone or e-mail address for questions.
    pub contact: &'a str,
}

/// What waits for an answer while somebody writes what we don't understand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waiting<'a> {
    Nothing,
    /// One request, which only the link in its SMS confirms.
    Link,
    /// One request that a reply confirms, with its reply code if it has one.
    One(Option<u8>),
    /// Several that a reply confirms, each with its reply code and its label.
    Several(&'a [(u8, &'a str)]),
}

/// What stands beside a keyword (L16).
#[derive(Debug, Clone, Copy)]
pub struct KeywordFacts<'a> {
    pub word: &'a str,
    /// Where it is sent.
    pub number: &'a str,
    pub company: &'a str,
    /// The purpose's wording.
    pub wording: &'a str,
    pub frequency: Frequency,
    /// From which age on.
    pub age: u8,
    /// How the person says yes.
    pub confirm: ConfirmBy,
    /// The reward's conditions.
    pub reward: Option<&'a str>,
    pub privacy_url: &'a str,
}
