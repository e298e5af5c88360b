use std::collections::BTreeMap;

use super::{draft::Keyword, frozen::SmsTexts, version::FormVersion};
use crate::{
    confirm::ConfirmBy,
    evidence::HandInChannel,
    lang::Lang,
    lint,
    settings::Purpose,
    sms,
    texts::{ConfirmationFacts, KeywordFacts},
    violation::Violation,
};

/// The values of an own confirmation text.
pub const CONFIRMATION_VALUES: [&str; 5] = ["company", "topics", "age", "yes", "link"];

/// Why a form takes nothing that is handed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotHandedIn {
    /// Its version is of before its SMS could say where a number was given.
    PublishedBefore,
    /// Its SMS has no room to say it.
    NoRoom,
}

/// What a confirmation SMS is about.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// What the person asked for.
    pub purposes: &'a [&'a Purpose],
    /// In which language.
    pub lang: Lang,
    /// The link that confirms and leads out.
    pub link: &'a str,
    /// The request's reply code, where another one waits: 27 in `JA 27`.
    pub reply_code: Option<u8>,
    /// The keyword that the person texted.
    pub keyword: Option<&'a str>,
    /// Where the number was given that the owner handed in.
    pub handed_in: Option<HandInChannel>,
}

impl FormVersion {
    /// What the confirmation SMS must say.
    pub fn confirmation_facts<'a>(&'a self, asked: &Asked<'a>) -> ConfirmationFacts<'a> {
        let Asked { purposes, lang, link, reply_code, keyword, .. } = *asked;
        ConfirmationFacts {
            lang,
            company: self.controller.sms_name(),
            purposes: purposes.iter().map(|purpose| (purpose.label.or_german(lang), purpose.frequency)).collect(),
            age: self.draft.age,
            confirm: self.confirm(),
            link,
            privacy_url: &self.controller.privacy_url,
            receives: self.sender.receives,
            reply_code,
            keyword,
        }
    }

    /// What is wrong with the text of a confirmation SMS. Of a form that leaves the way open it may name the link alone.
    pub fn lint_confirmation(&self, text: &str, asked: &Asked) -> Vec<Violation> {
        let facts = self.confirmation_facts(asked);
        let found = lint::confirmation(text, &facts);
        let by_link = ConfirmationFacts { confirm: ConfirmBy::Link, ..facts };
        let open = self.draft.confirm.is_none() && !found.is_empty();
        let other = open.then(|| lint::confirmation(text, &by_link));
        other.filter(|other| other.len() < found.len()).unwrap_or(found)
    }

    /// What the SMS that asks is to be made of: the owner's own text, or Jawort's in the words of this build.
    pub(super) fn new_sms(&self, lang: Lang) -> SmsTexts {
        let texts = lang.texts();
        let own = self.draft.confirmation.as_ref().and_then(|own| own.get(lang)).map(|own| vec![own.to_owned()]);
        let receives = self.sender.receives;
        let templates = |keyword| {
            let mut templates = texts.confirmation_templates(self.confirm(), receives, keyword).to_vec();
            // Where both ways find no room, the free one is named: a yes by reply counts all the same.
            if self.draft.confirm.is_none() && receives {
                let [_, shortest] = texts.confirmation_templates(ConfirmBy::Link, receives, keyword);
                templates.push(shortest);
            }
            own.clone().unwrap_or(templates)
        };
        let topics = self
            .purposes
            .iter()
            .map(|purpose| (purpose.id.clone(), texts.topic(purpose.label.or_german(lang), purpose.frequency)));
        SmsTexts {
            by_form: templates(false),
            by_keyword: templates(true),
            topics: topics.collect(),
            given: HandInChannel::ALL.map(|channel| (channel, texts.number_given(channel).to_owned())).into(),
            and: texts.and().to_owned(),
            yes: texts.yes().to_owned(),
        }
    }

    /// Whether the SMS can say where the number was given, whoever has it: within the promised parts, with all else at
    /// its longest.
    ///
    /// # Errors
    /// Why not.
    pub fn can_be_handed_in(&self, asked: &Asked) -> Result<(), NotHandedIn> {
        let sms = self.sms(asked.lang);
        if asked.handed_in.is_some_and(|channel| !sms.given.contains_key(&channel)) {
            return Err(NotHandedIn::PublishedBefore);
        }
        let longest = Asked { reply_code: self.confirm().reply().then_some(88), ..*asked };
        let fits = sms.fill(self, &longest).is_some_and(|(text, _)| sms::fits_confirmation(&text));
        if fits { Ok(()) } else { Err(NotHandedIn::NoRoom) }
    }

    /// The text of the confirmation SMS: the owner's own, or Jawort's.
    pub fn confirmation_sms(&self, asked: &Asked) -> String {
        // A template that can't be filled was never published.
        self.sms(asked.lang).fill(self, asked).map(|(text, _)| text).unwrap_or_default()
    }

    /// What is to be printed beside a keyword, in the words of this build.
    pub(super) fn new_keyword_text(&self, keyword: &Keyword) -> String {
        let lang = self.lang(keyword.lang);
        let text = self.keyword_purpose(keyword).map(|purpose| {
            lang.texts().keyword_text(&KeywordFacts {
                word: &keyword.word,
                number: &self.sender.from,
                company: &self.controller.name,
                wording: purpose.wording.or_german(lang),
                frequency: purpose.frequency,
                age: self.draft.age,
                confirm: self.confirm(),
                reward: purpose.reward.as_ref().map(|reward| reward.conditions.or_german(lang)),
                privacy_url: &self.controller.privacy_url,
            })
        });
        keyword.beside.iter().cloned().chain(text).collect::<Vec<_>>().join("\n")
    }
}

/// What an own confirmation text can name, see [`CONFIRMATION_VALUES`].
pub fn confirmation_values(facts: &ConfirmationFacts) -> BTreeMap<String, String> {
    let values = [facts.company.to_owned(), facts.topics(), facts.age.to_string(), facts.yes(), facts.url().to_owned()];
    CONFIRMATION_VALUES.map(str::to_owned).into_iter().zip(values).collect()
}
