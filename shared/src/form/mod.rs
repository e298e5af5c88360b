//! Forms: what an owner drafts, and the immutable version that is published.

mod publish;
mod texts;

use serde::{Deserialize, Serialize};

use crate::{
    confirm::ConfirmBy,
    disclosure::Disclosure,
    ids::{FormId, PurposeId, SenderId},
    lang::{Lang, Localized},
    phone::Country,
    quiet::QuietHours,
    reply,
    settings::{Controller, Purpose, Sender},
    time::Timestamp,
};

pub use texts::{Asked, CONFIRMATION_VALUES, confirmation_values};

/// What the owner writes to publish a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct FormDraft {
    /// The purposes that it asks for, each with its own box (L3).
    pub purposes: Vec<PurposeId>,
    /// What the confirmation SMS comes from.
    pub sender: SenderId,
    /// Its languages, the first one by default.
    pub languages: Vec<Lang>,
    /// The countries whose mobile numbers it takes; a number without a prefix is of the first one.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub countries: Vec<Country>,
    /// The age that people declare, in years (L11).
    pub age: u8,
    /// How people confirm.
    #[serde(default)]
    pub confirm: ConfirmBy,
    /// Origins of the pages that may embed it, such as `https://shop.example`.
    #[serde(default)]
    pub origins: Vec<String>,
    /// Its colours.
    #[serde(default)]
    pub theme: Theme,
    /// Words that start a request when they are texted to the form's sender (L16).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keywords: Vec<Keyword>,
    /// The owner's own confirmation SMS in place of Jawort's: a template with the values `{company}`, `{topics}` (the
    /// labels with their frequencies), `{age}`, `{yes}` (what to reply, such as `JA`) and `{link}` (on a line of its
    /// own; the privacy notice where people confirm by reply only). It must say all that Jawort's says (L5).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmation: Option<Localized>,
    /// When advertising waits, in the recipient's time zone (L17).
    #[serde(default)]
    pub quiet_hours: QuietHours,
}

/// A word that stands on a poster, in a post or an e-mail: who texts it asks for one purpose (L16).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Keyword {
    /// The word, such as `RABATT`.
    pub word: String,
    /// What it asks for; a form of one purpose needn't say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purpose: Option<PurposeId>,
    /// The language of the answer; the form's first one by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<Lang>,
    /// What else stands beside it, before the text that Jawort gives.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub beside: Option<String>,
}

/// The colours of the form.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// As the device is set.
    #[default]
    Auto,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// A published form. It holds all that it was made of, so that it says the same for ever.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormVersion {
    /// The form.
    pub form: FormId,
    /// 1, 2, 3, …
    pub version: u32,
    /// When it was published.
    pub published_at: Timestamp,
    /// The draft.
    pub draft: FormDraft,
    /// Who asked.
    pub controller: Controller,
    /// The purposes as declared then, in the draft's order.
    pub purposes: Vec<Purpose>,
    /// The sender as declared then.
    pub sender: Sender,
}

impl FormVersion {
    /// What a person reads in `lang`.
    pub fn disclosure(&self, lang: Lang) -> Disclosure {
        Disclosure::new(self, lang)
    }

    /// The language to answer in: the asked one if the form has it, else its first.
    pub fn lang(&self, asked: Option<Lang>) -> Lang {
        asked
            .filter(|lang| self.draft.languages.contains(lang))
            .or_else(|| self.draft.languages.first().copied())
            .unwrap_or_default()
    }

    /// The purpose of that name.
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

    /// Whether a page of that origin may embed the form.
    pub fn allows(&self, origin: &str) -> bool {
        self.draft.origins.iter().any(|allowed| allowed == origin)
    }
}

#[cfg(test)]
mod tests;
