use serde::{Deserialize, Serialize};

use super::{
    facts::{HelpFacts, KeywordFacts, Stopped, Waiting},
    phrases::LintPhrases,
};
use crate::{
    confirm::ConfirmBy,
    evidence::HandInChannel,
    phone::Country,
    settings::{Controller, Frequency, Sender},
};

/// Words of the form that are no part of the disclosure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Labels {
    /// At the field.
    pub number: String,
    /// Under it.
    pub number_hint: String,
    /// Heading of the error summary.
    pub summary: String,
    /// What is wrong, and what to do.
    pub errors: ErrorTexts,
    /// While the proof of work or the request is under way.
    pub sending: String,
    /// When the request failed on its way.
    pub offline: String,
    /// When the edge refused for another reason.
    pub refused: String,
    /// When the text has changed since it was shown.
    pub outdated: String,
    /// Heading after success.
    pub done: String,
    /// What happens next: `{ends}` is two digits, `{until}` a time.
    pub next: String,
    /// Without a yes nothing happens.
    pub without: String,
    /// Before the ways to get help.
    pub no_sms: String,
    /// Button that goes back to the number.
    pub change_number: String,
    /// Button that asks again.
    pub again: String,
    /// What is said about that.
    pub asked_again: AgainTexts,
    /// Why none may come, and what to do then. Told to everybody, so that it tells nothing about anybody (L8).
    pub formerly: String,
    /// Link to the hosted page, where the host page can't show the form.
    pub hosted: String,
}

/// What is said about asking for the confirmation SMS again. All of it is true whether one leaves or not: nobody learns
/// who is signed up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AgainTexts {
    /// After how long one can, where nothing counts down.
    pub pause: String,
    /// In how many seconds, two or more: `{seconds}`.
    pub seconds: String,
    /// In one second.
    pub second: String,
    /// Now one can.
    pub now: String,
    /// It was tried too soon.
    pub early: String,
    /// It was done: `{at}` is a time of day.
    pub sent: String,
    /// The same press came before: a reload, or a second click.
    pub known: String,
    /// Instead of the button, after the last time that it would do anything.
    pub spent: String,
}

/// Errors of the form, by their reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ErrorTexts {
    /// No number.
    pub empty: String,
    /// Letters in it.
    pub letters: String,
    /// Too few digits.
    pub too_short: String,
    /// Too many digits.
    pub too_long: String,
    /// No such country.
    pub unknown_country: String,
    /// A country that the form doesn't list.
    pub unlisted_country: String,
    /// Not a mobile number.
    pub not_mobile: String,
    /// No purpose ticked.
    pub no_purpose: String,
    /// No age declared.
    pub no_age: String,
}

pub trait Texts: Sync {
    /// "up to 4 texts a month".
    fn frequency(&self, frequency: Frequency) -> String;
    /// The same for SMS, shorter where the language can.
    fn frequency_short(&self, frequency: Frequency) -> String {
        self.frequency(frequency)
    }
    /// The form's heading.
    fn form_title(&self, company: &str) -> String;
    /// Heading of a purpose.
    fn purpose_heading(&self, label: &str) -> String;
    /// What is sent.
    fn purpose_text(&self, wording: &str, frequency: &str) -> String;
    /// The box; with the age where it is the only one.
    fn purpose_box(&self, company: &str, wording: &str, frequency: &str, age: Option<u8>) -> String;
    /// The age box.
    fn age_box(&self, age: u8) -> String;
    /// How it works, cost, freedom, withdrawal, controller (GDPR 7, 13). Where a purpose thanks for the yes, that alone
    /// depends on it (L24).
    fn notes(&self, controller: &Controller, sender: &Sender, confirm: ConfirmBy, thanks: bool) -> Vec<String>;
    /// Link to the privacy notice.
    fn privacy_link(&self) -> &'static str;
    /// Link to the imprint.
    fn imprint_link(&self) -> &'static str;
    /// The button says what happens.
    fn button(&self) -> &'static str;
    /// The other words of the form.
    fn labels(&self, countries: &[Country], sender: &Sender, company: &str, confirm: ConfirmBy) -> Labels;
    /// A reward's conditions, beneath its purpose.
    fn reward(&self, conditions: &str) -> String;
    /// "and", with its spaces.
    fn and(&self) -> &'static str;
    /// What the person replies for a yes. Providers swallow some words: Twilio takes YES for its own START.
    fn yes(&self) -> &'static str;
    /// The confirmation SMS: who, what, how often, from which age, cost, one link or reply, the way out (L5). A
    /// template with the values `{company}`, `{topics}`, `{age}`, `{yes}`, `{link}` and `{keyword}`; first whole,
    /// then, where that doesn't fit, without what can be left out: what must be said comes first.
    fn confirmation_templates(&self, confirm: ConfirmBy, receives: bool, keyword: bool) -> [String; 2];
    /// A purpose with its frequency, as the SMS names it.
    fn topic(&self, label: &str, frequency: Frequency) -> String {
        format!("{label} ({})", self.frequency_short(frequency))
    }
    /// What is printed beside a keyword: who, what for, how often, from which age, cost, way out (L16).
    fn keyword_text(&self, facts: &KeywordFacts) -> String;
    /// To a number that has consented already.
    fn already_sms(&self, company: &str, link: &str) -> String;
    /// The fresh link to the handset.
    fn fresh_link_sms(&self, company: &str, link: &str) -> String;
    /// The one acknowledgement of a STOP: what ended, and no question (L8).
    fn stopped_sms(&self, company: &str, stopped: Stopped) -> String;
    /// The answer to HELP: who, what the person has and how often, the way out, whom to ask.
    fn help_sms(&self, facts: &HelpFacts) -> String;
    /// Acknowledges a yes by reply: what was agreed, and the free way out, with STOP besides (L8).
    fn agreed_sms(&self, company: &str, purposes: &[(&str, Frequency)], link: &str) -> String;
    /// The answer to what is not understood, an unknown keyword among it.
    fn unclear_sms(&self, company: &str, waiting: Waiting) -> String;
    /// Answers a START for which nothing waits: requests get through again. It is no consent.
    fn started_sms(&self, company: &str) -> String;
    /// What the SMS that asks says of a number that the owner handed in (L22).
    fn number_given(&self, channel: HandInChannel) -> &'static str;
    /// What follows the owner's text in a message that doesn't advertise: the way out (L8).
    fn way_out(&self, link: &str, receives: bool) -> String;
    /// What follows it in advertising: the free way out, on a line of its own, with STOP besides where it can be
    /// replied (L8). Each character is one less for the owner.
    fn free_way_out(&self, link: &str, receives: bool) -> String;
    /// Follows the acknowledgement of what was ended by such a link: it may have been somebody who has had the number
    /// before.
    fn way_back(&self, link: &str) -> String;
    /// What stands between a date and its time where `Intl` writes them by [`Lang::locale`].
    fn date_joint(&self) -> &'static str;
    /// What follows a time.
    fn clock(&self) -> &'static str;
    /// A date with its time, from what `Intl` writes: `24. November 2026, 14:05 Uhr`.
    fn date_and_time(&self, intl: &str) -> String {
        intl.replace(self.date_joint(), ", ") + self.clock()
    }
    /// What the lint of a confirmation SMS looks for.
    fn phrases(&self) -> LintPhrases;
}

/// "A (up to 4 texts a month) and B (up to 3 texts a day)".
pub(super) fn topics(purposes: &[(&str, Frequency)], texts: &dyn Texts) -> String {
    let topics: Vec<_> = purposes.iter().map(|(label, frequency)| texts.topic(label, *frequency)).collect();
    listed(&topics, texts.and())
}

/// A yes, with the request's reply code where several wait.
pub(crate) fn yes(yes: &str, code: Option<u8>) -> String {
    code.map_or_else(|| yes.to_owned(), |code| format!("{yes} {code:02}"))
}

/// With a capital. By hand: the case tables of all of Unicode are 12 KB of the edge's bundle.
pub(super) fn capitalized(text: &str) -> String {
    let upper = |first: char| match first {
        'ä' => 'Ä',
        'ö' => 'Ö',
        'ü' => 'Ü',
        _ => first.to_ascii_uppercase(),
    };
    let mut chars = text.chars();
    chars.next().into_iter().map(upper).chain(chars).collect()
}

/// "A, B or C"; a country without a name of its own stands with its code.
pub(super) fn country_list(countries: &[Country], or: &str, name: impl Fn(&str) -> Option<&'static str>) -> String {
    let names: Vec<_> = countries.iter().map(|country| name(country.as_str()).unwrap_or(country.as_str())).collect();
    listed(&names, &format!(" {or} "))
}

/// "A", "A and B", "A, B and C".
pub(crate) fn listed(names: &[impl AsRef<str>], and: &str) -> String {
    let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{}{and}{last}", rest.join(", ")),
        _ => names.concat(),
    }
}
