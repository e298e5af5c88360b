//! Forms: what an owner drafts, and the immutable version that is published.

use serde::{Deserialize, Serialize};

use crate::{
    disclosure::Disclosure,
    ids::{FormId, PurposeId, SenderId},
    lang::Lang,
    phone::Country,
    settings::{Controller, Purpose, Sender, Settings},
    sms,
    texts::SmsFacts,
    time::Timestamp,
    token::LinkToken,
    wire::Violation,
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
    /// How people confirm.
    #[serde(default)]
    pub confirm: ConfirmBy,
    /// Origins of the pages that may embed it, such as `https://shop.example`.
    #[serde(default)]
    pub origins: Vec<String>,
    /// Its colours.
    #[serde(default)]
    pub theme: Theme,
}

/// How people confirm (L6).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum ConfirmBy {
    /// By the link in the SMS and a tap on its page.
    #[default]
    Link,
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

/// The least age of consent in the form's countries' strictest one (GDPR 8(1) and national laws, L11).
fn least_age(countries: &[Country]) -> u8 {
    countries
        .iter()
        .map(|country| match country.as_str() {
            "AT" | "BG" | "CY" | "ES" | "IT" | "LT" => 14,
            "BE" | "DK" | "EE" | "FI" | "GB" | "IS" | "LV" | "MT" | "NO" | "PT" | "SE" => 13,
            "CZ" | "FR" | "GR" | "SI" => 15,
            _ => 16,
        })
        .max()
        .unwrap_or(16)
}

impl FormVersion {
    /// The next version of `form`, or all that forbids it (L2, L5, L11).
    pub fn publish(
        form: FormId,
        draft: FormDraft,
        settings: &Settings,
        version: u32,
        now: Timestamp,
    ) -> Result<Self, Vec<Violation>> {
        let mut found = Vec::new();
        let mut purposes = Vec::new();
        for (at, id) in draft.purposes.iter().enumerate() {
            match settings.purpose(id) {
                None => found.push(Violation::new(
                    format!("purposes[{at}]"),
                    "purpose-unknown",
                    format!("Declare the purpose `{id}` in the settings first."),
                )),
                Some(_) if draft.purposes.iter().take(at).any(|other| other == id) => {
                    found.push(Violation::new(format!("purposes[{at}]"), "unique", "This purpose stands here twice."))
                }
                Some(purpose) => purposes.push(purpose.clone()),
            }
        }
        if draft.purposes.is_empty() {
            found.push(Violation::new("purposes", "present", "Name at least one purpose."));
        }
        if draft.languages.is_empty() {
            found.push(Violation::new("languages", "present", "Name at least one language."));
        }
        for lang in &draft.languages {
            for purpose in &purposes {
                if purpose.label.get(*lang).is_none() || purpose.wording.get(*lang).is_none() {
                    found.push(Violation::new(
                        "languages",
                        "translated",
                        format!("The purpose `{}` has no text in `{}`.", purpose.id, lang.tag()),
                    ));
                }
            }
        }
        if draft.countries.is_empty() {
            found.push(Violation::new("countries", "present", "Name at least one country."));
        }
        let least = least_age(&draft.countries);
        if draft.age < least {
            found.push(Violation::new(
                "age",
                "age",
                format!("In these countries people consent for themselves from the age of {least} on."),
            ));
        }
        for (at, origin) in draft.origins.iter().enumerate() {
            if !is_origin(origin) {
                found.push(Violation::new(
                    format!("origins[{at}]"),
                    "origin",
                    "An origin is a scheme and a host without a path, such as https://shop.example.",
                ));
            }
        }
        let Some(sender) = settings.sender(&draft.sender) else {
            found.push(Violation::new(
                "sender",
                "sender-unknown",
                format!("Declare the sender `{}` in the settings first.", draft.sender),
            ));
            return Err(found);
        };
        if !found.is_empty() {
            return Err(found);
        }
        let version = Self {
            form,
            version,
            published_at: now,
            controller: settings.controller.clone(),
            purposes,
            sender: sender.clone(),
            draft,
        };
        let host = settings.link_domain.as_deref().unwrap_or(sms::LONGEST_LINK_HOST);
        found.extend(version.lint_confirmation(host));
        if found.is_empty() { Ok(version) } else { Err(found) }
    }

    /// A confirmation SMS for all purposes must fit two parts of GSM-7 (L5).
    fn lint_confirmation(&self, host: &str) -> Vec<Violation> {
        let link = format!("https://{host}/c/{}", "0".repeat(LinkToken::LENGTH));
        let all: Vec<_> = self.purposes.iter().collect();
        self.draft
            .languages
            .iter()
            .filter_map(|lang| {
                let measure = sms::measure(&self.confirmation_sms(&all, *lang, &link));
                let fits = measure.encoding == sms::Encoding::Gsm7 && measure.segments <= 2;
                (!fits).then(|| {
                    Violation::new(
                        "purposes",
                        "confirmation-length",
                        format!(
                            "The confirmation SMS in `{}` takes {} parts ({:?}). Two parts of plain GSM-7 are the most: shorten the labels or the company's name, or leave out a purpose.",
                            lang.tag(), measure.segments, measure.encoding,
                        ),
                    )
                })
            })
            .collect()
    }

    /// The text of the confirmation SMS.
    pub fn confirmation_sms(&self, purposes: &[&Purpose], lang: Lang, link: &str) -> String {
        lang.texts().confirmation_sms(&SmsFacts {
            company: &self.controller.name,
            purposes: &purposes
                .iter()
                .map(|purpose| (purpose.label.get(lang).unwrap_or(&purpose.label.de), purpose.frequency))
                .collect::<Vec<_>>(),
            age: self.draft.age,
            link,
            receives: self.sender.receives,
        })
    }

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

    /// Whether a page of that origin may embed the form.
    pub fn allows(&self, origin: &str) -> bool {
        self.draft.origins.iter().any(|allowed| allowed == origin)
    }
}

fn is_origin(text: &str) -> bool {
    ["https://", "http://"].iter().find_map(|scheme| text.strip_prefix(scheme)).is_some_and(|host| {
        !host.is_empty() && host.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b".-:[]".contains(&b))
    })
}
