use serde::{Deserialize, Serialize};

use crate::{
    confirm::ConfirmBy,
    ids::{PurposeId, SenderId},
    lang::{Lang, Localized},
    phone::Country,
    quiet::QuietHours,
};

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
    /// How the SMS that asks tells people to confirm. By default `both` where the sender receives and both find room,
    /// else `link`. A yes by reply counts wherever the sender receives.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirm: Option<ConfirmBy>,
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
