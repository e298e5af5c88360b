use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    draft::{FormDraft, Keyword},
    frozen::FormTexts,
};
use crate::{
    calendar::TimeZone,
    ids::{FormId, PurposeId},
    lang::Lang,
    reply,
    settings::{Controller, Purpose, Sender},
    time::Timestamp,
};

/// A published form. It holds all that it was made of, so that it says the same for ever.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormVersion {
    pub form: FormId,
    /// 1, 2, 3, …
    pub version: u32,
    pub published_at: Timestamp,
    pub draft: FormDraft,
    pub controller: Controller,
    /// The purposes as declared then, in the draft's order.
    pub purposes: Vec<Purpose>,
    /// The sender as declared then.
    pub sender: Sender,
    /// The shop's, as the settings had it then; what was promised is counted there.
    #[serde(default)]
    pub time_zone: TimeZone,
    /// What people see of it, a set for each language. None in a version of before format 3 until it is read once.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub texts: BTreeMap<Lang, FormTexts>,
}

impl FormVersion {
    /// The language to answer in: the asked one if the form has it, else its first.
    pub fn lang(&self, asked: Option<Lang>) -> Lang {
        asked
            .filter(|lang| self.draft.languages.contains(lang))
            .or_else(|| self.draft.languages.first().copied())
            .unwrap_or_default()
    }

    pub fn purpose(&self, id: &PurposeId) -> Option<&Purpose> {
        self.purposes.iter().find(|purpose| &purpose.id == id)
    }

    /// The keyword that is that word, whatever its case, accents and marks.
    pub fn keyword(&self, word: &str) -> Option<&Keyword> {
        let word = reply::folded(word);
        self.draft.keywords.iter().find(|keyword| !word.is_empty() && reply::folded(&keyword.word) == word)
    }

    /// What a keyword asks for.
    pub fn keyword_purpose(&self, keyword: &Keyword) -> Option<&Purpose> {
        match &keyword.purpose {
            Some(id) => self.purpose(id),
            None => self.purposes.first(),
        }
    }

    /// The ids of what a keyword asks for, for the request that it makes.
    pub fn keyword_purposes(&self, keyword: &Keyword) -> Vec<PurposeId> {
        keyword.purpose.clone().map_or_else(|| self.draft.purposes.clone(), |purpose| vec![purpose])
    }

    /// Whether a page of that origin may embed the form.
    pub fn allows(&self, origin: &str) -> bool {
        self.draft.origins.iter().any(|allowed| allowed == origin)
    }
}
