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
    pub has: Has<'a>,
    pub link: HelpLink<'a>,
    /// The legal name, where it is another than that of the SMS.
    pub name: Option<&'a str>,
    /// Phone or e-mail address for questions.
    pub contact: &'a str,
}

/// What a person has, or is asked for.
#[derive(Debug, Clone)]
pub enum Has<'a> {
    Nothing,
    /// Label and frequency of each purpose.
    These(Vec<(&'a str, Frequency)>),
    /// Something that the settings declare no more.
    Unnamed,
    /// They were asked for these, and have not answered yet.
    Asked(Vec<(&'a str, Frequency)>),
}

/// Where the answer to HELP leads, for free and, unless it says otherwise, for as long as it may be needed (L8).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HelpLink<'a> {
    /// To what the person has, the way out of it, and what is stored.
    Theirs(&'a str),
    /// To all of that for a quarter of an hour only, and to a copy of what is stored.
    Fresh(&'a str),
    /// To the question that waits: yes or no.
    Question(&'a str),
    /// To where whoever is not known ends what may come.
    WayOut(&'a str),
}

/// What waits for an answer while somebody writes what we don't understand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waiting<'a> {
    Nothing,
    /// One request for these labels, with the link of its SMS where that confirms.
    One {
        label: &'a str,
        link: Option<&'a str>,
    },
    /// Several, each with its reply code and its label.
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
