//! What goes over HTTP, as JSON (`/openapi.json` is made from these types).

mod batch;
mod forms;
mod inbox;
mod invite;
mod owner;
mod pause;
mod people;
mod reward;
mod subjects;
mod webhook;
mod words;

pub use batch::*;
pub use forms::*;
pub use inbox::*;
pub use invite::*;
pub use owner::*;
pub use pause::*;
pub use people::*;
pub use reward::*;
pub use subjects::*;
pub use webhook::*;
pub use words::*;

use serde::{Deserialize, Serialize};

use crate::{
    confirm::ConfirmBy,
    evidence::BoxesServed,
    form::{Disclosure, FormVersion, Theme},
    ids::{FormId, PurposeId},
    lang::Lang,
    phone::{Country, CountryRules, NumberError},
    reference::BadReference,
    settings::Controller,
    text_hash::TextHash,
    texts::{ErrorTexts, Labels},
    time::Timestamp,
    violation::Violation,
};

/// One thing that is wrong with a field, for whoever sent it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldError {
    /// The field's name in the request.
    pub field: String,
    /// A stable word for programs.
    pub reason: String,
    /// What to do, in the form's language.
    pub detail: String,
}

/// What goes wrong (RFC 9457).
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// `/problems/` and a stable name.
    #[serde(rename = "type")]
    pub kind: String,
    /// The HTTP status.
    pub status: u16,
    /// Its words.
    pub title: String,
    /// What to do, for a person.
    pub detail: String,
    /// Fields to correct.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
    /// Rules that are broken.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub violations: Vec<Violation>,
}

/// `GET /v1/forms/{form}`: all that the widget needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FormView {
    /// The form.
    pub form: FormId,
    /// Its version.
    pub version: u32,
    /// The hash of the text shown.
    pub disclosure: TextHash,
    /// The language.
    pub lang: Lang,
    /// Who asks.
    pub controller: Controller,
    /// The text shown.
    #[serde(flatten)]
    pub text: Disclosure,
    /// How the SMS tells people to confirm.
    pub confirm: ConfirmBy,
    /// Countries of the numbers it takes; a number without a prefix is of the first.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub countries: Vec<Country>,
    /// The phone rules of these countries.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Object>))]
    pub phone_rules: Vec<CountryRules>,
    /// The other words of the form.
    pub labels: Labels,
    /// Its colours.
    pub theme: Theme,
}

impl FormView {
    /// What `form` shows in `lang`. `rules` are those of its countries.
    pub fn new(form: &FormVersion, lang: Lang, rules: Vec<CountryRules>) -> Self {
        let text = form.disclosure(lang).into_owned();
        Self {
            form: form.form.clone(),
            version: form.version,
            disclosure: text.hash(),
            lang,
            controller: form.controller.clone(),
            text,
            confirm: form.confirm(),
            countries: form.draft.countries.clone(),
            phone_rules: rules,
            labels: lang.texts().labels(&form.draft.countries, &form.sender, &form.controller.name, form.confirm()),
            theme: form.draft.theme,
        }
    }
}

impl ErrorTexts {
    /// The sentence for a number that can't be used.
    pub fn number(&self, error: NumberError) -> &str {
        match error {
            NumberError::Empty => &self.empty,
            NumberError::Letters => &self.letters,
            NumberError::TooShort => &self.too_short,
            NumberError::TooLong => &self.too_long,
            NumberError::UnknownCountry => &self.unknown_country,
            NumberError::UnlistedCountry => &self.unlisted_country,
            NumberError::NotMobile | NumberError::UnknownRange => &self.not_mobile,
        }
    }
}

/// Where a submission came from. Of the page's query only `utm_*` is kept (L4).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The page's address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
    /// The campaign, from the page's `utm_campaign` or the owner's link.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub campaign: Option<String>,
    /// The owner's own, such as the number of a customer. One that is none is left out, and the answer says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
}

impl FieldError {
    /// A reference that is none, at that field.
    pub fn bad_reference(field: &str, why: BadReference) -> Self {
        Self { field: field.to_owned(), reason: why.reason().to_owned(), detail: why.detail().to_owned() }
    }
}

impl Source {
    /// The same without what was not asked for: fragments, queries but `utm_*`, and overlong text.
    pub fn trimmed(&self) -> Self {
        let short = |text: &str| text.chars().take(500).collect::<String>();
        let page = self.page.as_deref().map(|page| {
            let page = page.split('#').next().unwrap_or_default();
            let (path, query) = page.split_once('?').unwrap_or((page, ""));
            let kept: Vec<_> = query.split('&').filter(|pair| pair.starts_with("utm_")).collect();
            let mark = if kept.is_empty() { "" } else { "?" };
            short(&format!("{path}{mark}{}", kept.join("&")))
        });
        let named =
            page.as_deref().and_then(|page| page.split(['?', '&']).find_map(|pair| pair.strip_prefix("utm_campaign=")));
        Self { campaign: self.campaign.as_deref().or(named).map(short), page, reference: self.reference.clone() }
    }
}

/// `POST /v1/consents`: a person asks for the confirmation SMS.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ConsentRequest {
    /// The form.
    pub form: FormId,
    /// The version shown.
    pub version: u32,
    /// The hash of the text shown.
    pub disclosure: TextHash,
    /// Its language.
    pub lang: Lang,
    /// The number as typed.
    pub number: String,
    /// The country of a number without a prefix; the form's first one by default.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub country: Option<Country>,
    /// The purposes ticked.
    #[serde(default)]
    pub purposes: Vec<PurposeId>,
    /// Whether the age was declared.
    #[serde(default)]
    pub age_confirmed: bool,
    /// The solved challenge: base64 of ALTCHA's JSON.
    #[serde(default)]
    pub challenge: String,
    /// How the boxes were served that the person ticked: as the form has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub boxes: Option<BoxesServed>,
    /// Where it came from.
    #[serde(default)]
    pub source: Source,
}

/// The answer to it, alike whether the number is known or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConsentAccepted {
    /// Always `accepted`.
    pub status: Accepted,
    /// How the SMS tells people to confirm.
    pub confirm: ConfirmBy,
    /// The last two digits of the number.
    pub number_ends: String,
    /// Until when to confirm.
    pub expires_at: Timestamp,
    /// The same in words, in the form's language and the owner's time zone, which it names: as all pages say it.
    #[serde(default)]
    pub until: String,
    /// When it was taken, the same way, without the day: `14:05 Uhr (MEZ)`.
    #[serde(default)]
    pub clock: String,
    /// What was left out, and why: the owner's to mend, and nothing that the person could.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<FieldError>,
}

/// The one status of [`ConsentAccepted`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Accepted {
    /// The request was taken.
    Accepted,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_page_only_its_path_and_campaign_are_kept() {
        let source = Source {
            page: Some("https://shop.example/a?mail=x@y.z&utm_source=post&utm_campaign=a#t".into()),
            campaign: Some("x".repeat(600)),
            reference: Some("K-1".into()),
        }
        .trimmed();
        assert_eq!(source.page.as_deref(), Some("https://shop.example/a?utm_source=post&utm_campaign=a"));
        assert_eq!(source.reference.as_deref(), Some("K-1"));
        assert_eq!(source.campaign.as_ref().map(String::len), Some(500));
        assert_eq!(Source { page: source.page, ..Source::default() }.trimmed().campaign.as_deref(), Some("a"));
    }
}
