use std::collections::BTreeMap;

use super::{draft::Keyword, version::FormVersion};
use crate::{
    lang::Lang,
    settings::Purpose,
    template,
    texts::{ConfirmationFacts, KeywordFacts},
};

/// The values of an own confirmation text.
pub const CONFIRMATION_VALUES: [&str; 5] = ["company", "topics", "age", "yes", "link"];

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
}

impl FormVersion {
    /// What the confirmation SMS must say.
    pub fn confirmation_facts<'a>(&'a self, asked: &Asked<'a>) -> ConfirmationFacts<'a> {
        let Asked { purposes, lang, link, reply_code, keyword } = *asked;
        ConfirmationFacts {
            lang,
            company: &self.controller.name,
            purposes: purposes.iter().map(|purpose| (purpose.label.or_german(lang), purpose.frequency)).collect(),
            age: self.draft.age,
            confirm: self.draft.confirm,
            link,
            privacy_url: &self.controller.privacy_url,
            receives: self.sender.receives,
            reply_code,
            keyword,
        }
    }

    /// The text of the confirmation SMS: the owner's own, or Jawort's.
    pub fn confirmation_sms(&self, asked: &Asked) -> String {
        let facts = self.confirmation_facts(asked);
        let own = self.draft.confirmation.as_ref().and_then(|own| own.get(asked.lang));
        // An own text that can't be filled was never published.
        own.and_then(|own| template::fill(own, &confirmation_values(&facts)).ok())
            .unwrap_or_else(|| asked.lang.texts().confirmation_sms(&facts))
    }

    /// What is printed beside a keyword, the owner's words first. It belongs to this version (L16).
    pub fn keyword_text(&self, keyword: &Keyword) -> String {
        let lang = self.lang(keyword.lang);
        let text = self.keyword_purpose(keyword).map(|purpose| {
            lang.texts().keyword_text(&KeywordFacts {
                word: &keyword.word,
                number: &self.sender.from,
                company: &self.controller.name,
                wording: purpose.wording.or_german(lang),
                frequency: purpose.frequency,
                age: self.draft.age,
                confirm: self.draft.confirm,
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
