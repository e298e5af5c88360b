use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    draft::{FormDraft, Keyword},
    frozen::FormTexts,
};
use crate::{
    actor::Actor,
    calendar::TimeZone,
    confirm::ConfirmBy,
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
    /// Each time that the form was closed, or opened again, with this version as its newest. No part of what it says.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub turns: Vec<FormTurn>,
}

/// The form was closed, or opened again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FormTurn {
    pub state: FormState,
    pub at: Timestamp,
    /// Who did.
    pub by: Actor,
}

/// Whether a form takes requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum FormState {
    Open,
    /// It is shown to nobody, and its keywords ask for nothing. What was asked before can still be confirmed.
    Closed,
}

impl FormVersion {
    /// The language to answer in: the asked one if the form has it, else its first.
    pub fn lang(&self, asked: Option<Lang>) -> Lang {
        asked
            .filter(|lang| self.draft.languages.contains(lang))
            .or_else(|| self.draft.languages.first().copied())
            .unwrap_or_default()
    }

    /// How people are told to confirm; without room its SMS names the link alone.
    pub fn confirm(&self) -> ConfirmBy {
        self.draft.confirm.unwrap_or(ConfirmBy::usual(self.sender.receives))
    }

    /// Whether it takes requests: what was done last counts.
    pub fn state(&self) -> FormState {
        self.turns.last().map_or(FormState::Open, |turn| turn.state)
    }

    /// The same form in that state; nothing where it is in it already.
    pub fn turned(&self, state: FormState, at: Timestamp, by: Actor) -> Option<Self> {
        let turn = FormTurn { state, at, by };
        (self.state() != state)
            .then(|| Self { turns: self.turns.iter().cloned().chain([turn]).collect(), ..self.clone() })
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
