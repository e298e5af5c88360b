//! The exact text that a person is shown, known by its hash (L2, L9).

use serde::{Deserialize, Serialize};

use super::version::FormVersion;
use crate::{
    ids::PurposeId,
    lang::Lang,
    settings::{Frequency, Period},
    text_hash::TextHash,
};

/// What stands above the button, at the boxes and on the button, in the order in which it is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Disclosure {
    /// The heading.
    pub title: String,
    /// Each purpose with its own box.
    pub purposes: Vec<DisclosedPurpose>,
    /// How it works, cost, freedom, withdrawal, controller.
    pub notes: Vec<String>,
    /// The age that the person declares, in years.
    pub age: u8,
    /// The label of the age box. A form of one purpose has none: its box says the age too.
    pub age_label: Option<String>,
    /// Words of the link to the privacy notice.
    pub privacy_text: String,
    /// Address of the privacy notice.
    pub privacy_url: String,
    /// Words of the link to the imprint.
    pub imprint_text: String,
    /// Address of the imprint.
    pub imprint_url: String,
    /// The button.
    pub button: String,
}

/// A purpose as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DisclosedPurpose {
    /// The purpose.
    pub id: PurposeId,
    /// Its heading.
    pub heading: String,
    /// What is sent, and how often.
    pub text: String,
    /// The conditions of its reward, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reward: Option<String>,
    /// What stands at its box.
    pub label: String,
    /// The frequency, in words and as data.
    pub frequency: DisclosedFrequency,
}

/// A frequency as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DisclosedFrequency {
    /// So many at the most.
    pub max: u16,
    /// In so long a time.
    pub period: Period,
    /// In words.
    pub text: String,
}

impl Disclosure {
    /// The text, a line for each part.
    pub fn text(&self) -> String {
        let mut lines = vec![self.title.as_str()];
        for purpose in &self.purposes {
            lines.extend([purpose.heading.as_str(), purpose.text.as_str()]);
            lines.extend(purpose.reward.as_deref());
        }
        lines.extend(self.notes.iter().map(String::as_str));
        lines.extend([
            self.privacy_text.as_str(),
            self.privacy_url.as_str(),
            self.imprint_text.as_str(),
            self.imprint_url.as_str(),
        ]);
        lines.extend(self.purposes.iter().map(|purpose| purpose.label.as_str()));
        lines.extend(self.age_label.as_deref());
        lines.push(self.button.as_str());
        lines.join("\n")
    }

    /// The hash by which evidence names this text.
    pub fn hash(&self) -> TextHash {
        TextHash::of(&self.text())
    }
}

impl FormVersion {
    /// What a person is to read in `lang`, in the words of this build.
    pub(super) fn new_disclosure(&self, lang: Lang) -> Disclosure {
        let texts = lang.texts();
        let company = &self.controller.name;
        let age = self.draft.age;
        let single = self.purposes.len() == 1;
        let thanks = self.purposes.iter().any(|purpose| purpose.reward.is_some());
        let frequency = |frequency: Frequency| DisclosedFrequency {
            max: frequency.max,
            period: frequency.period,
            text: texts.frequency(frequency),
        };
        Disclosure {
            title: texts.form_title(company),
            purposes: self
                .purposes
                .iter()
                .map(|purpose| {
                    let frequency = frequency(purpose.frequency);
                    let label = purpose.label.or_german(lang);
                    let wording = purpose.wording.or_german(lang);
                    DisclosedPurpose {
                        id: purpose.id.clone(),
                        heading: texts.purpose_heading(label),
                        text: texts.purpose_text(wording, &frequency.text),
                        reward: purpose.reward.as_ref().map(|reward| texts.reward(reward.conditions.or_german(lang))),
                        label: texts.purpose_box(company, wording, &frequency.text, single.then_some(age)),
                        frequency,
                    }
                })
                .collect(),
            notes: texts.notes(&self.controller, &self.sender, self.confirm(), thanks),
            age,
            age_label: (!single).then(|| texts.age_box(age)),
            privacy_text: texts.privacy_link().to_owned(),
            privacy_url: self.controller.privacy_url.clone(),
            imprint_text: texts.imprint_link().to_owned(),
            imprint_url: self.controller.imprint_url.clone(),
            button: texts.button().to_owned(),
        }
    }
}
