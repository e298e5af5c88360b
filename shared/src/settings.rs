//! What the owner declares once, for all forms.

use serde::{Deserialize, Serialize};

use crate::{
    ids::{PurposeId, SenderId},
    lang::Localized,
    wire::Violation,
};

/// The controller, the purposes, the senders and who processes data for them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The business that asks.
    pub controller: Controller,
    /// Every purpose that a form may ask for.
    pub purposes: Vec<Purpose>,
    /// What SMS come from.
    pub senders: Vec<Sender>,
    /// Processors with their agreements (L13, GDPR 28).
    #[serde(default)]
    pub processors: Vec<Processor>,
    /// Host of the links in SMS, such as `ja.example.de`. Without it links lead to the edge's own origin.
    #[serde(default)]
    pub link_domain: Option<String>,
    /// IANA time zone in which pages write times.
    #[serde(default = "default_time_zone")]
    pub time_zone: String,
    /// How much may be asked of the public calls.
    #[serde(default)]
    pub limits: Limits,
}

fn default_time_zone() -> String {
    "Europe/Berlin".to_owned()
}

/// The business that asks (L2; GDPR 13(1)(a)).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Controller {
    /// Full name; at most 40 characters, since every SMS begins with it.
    pub name: String,
    /// Postal address in one line.
    pub address: String,
    /// E-mail address for questions.
    pub email: String,
    /// Phone for questions, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Imprint (DDG § 5).
    pub imprint_url: String,
    /// Privacy notice (GDPR 13).
    pub privacy_url: String,
}

/// One use of the number (L3). What a purpose covers never widens: that takes a new id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Purpose {
    /// Its name.
    pub id: PurposeId,
    /// Whether it advertises.
    #[serde(rename = "use")]
    pub use_: Use,
    /// A few words that follow "Would you like …", such as `offers on house plants`; stands in SMS.
    pub label: Localized,
    /// What is sent, with the goods or the occasion; stands in the disclosure and at the box.
    pub wording: Localized,
    /// The most that is ever sent.
    pub frequency: Frequency,
    /// Calendar months without use after which the consent is void (L10).
    #[serde(default = "default_lapse")]
    pub lapses_after: u32,
    /// The legal basis.
    #[serde(default)]
    pub basis: Basis,
}

fn default_lapse() -> u32 {
    18
}

/// What a purpose is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Use {
    /// Serves what the person ordered or booked.
    Service,
    /// Advertises (UWG 7).
    Advertising,
}

/// The legal basis of a purpose.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// GDPR 6(1)(a), UWG 7(2).
    #[default]
    Consent,
}

/// "At most four a month", as data, so that the gate can keep it (L7).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Frequency {
    /// So many SMS at the most.
    pub max: u16,
    /// In so long a time.
    pub period: Period,
}

/// A period of [`Frequency`], rolling.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Period {
    /// 24 hours.
    Day,
    /// 7 days.
    Week,
    /// 31 days, so that no calendar month ever holds more than was promised.
    Month,
}

impl Period {
    /// How far the gate looks back.
    pub const fn span(self) -> crate::time::Span {
        crate::time::Span::days(self.days())
    }

    const fn days(self) -> i64 {
        match self {
            Self::Day => 1,
            Self::Week => 7,
            Self::Month => 31,
        }
    }
}

impl Frequency {
    /// Whether this promises at least as few SMS as `other`, over any stretch of time.
    fn is_at_most(self, other: Self) -> bool {
        let fits = |max: u16, days: i64| i64::from(max) * other.period.days() <= i64::from(other.max) * days;
        self.max <= other.max && self.period >= other.period || {
            // A shorter period must still sum to no more within the longer one.
            self.period < other.period && fits(self.max, self.period.days())
        }
    }
}

/// What an SMS comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Sender {
    /// Its name in forms.
    pub id: SenderId,
    /// A name of at most 11 characters, an E.164 number, or a short code.
    pub from: String,
    /// Whether people can reply to it. A name can't be replied to.
    pub receives: bool,
    /// The SMS provider.
    pub gateway: Gateway,
}

/// An SMS provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Gateway {
    /// The simulated phone of a development build.
    Simulator,
}

/// Somebody who processes data for the controller (L13).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Processor {
    /// Company.
    pub name: String,
    /// What it does.
    pub role: String,
    /// Date of the agreement, `YYYY-MM-DD`.
    pub agreement_date: String,
    /// Its version.
    pub agreement_version: String,
}

/// Limits against SMS pumping and floods (`Limiter`). A limit that is reached looks like success to the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// Submissions an hour from one network (IPv4 /24, IPv6 /48).
    pub network_per_hour: u32,
    /// Confirmation SMS an hour to numbers that differ in the last four digits only.
    pub prefix_per_hour: u32,
    /// Confirmation SMS a day and form.
    pub form_per_day: u32,
    /// Per cent of `form_per_day` for forms posted without JavaScript, and so without proof of work.
    pub without_script_percent: u32,
    /// Upper end of the numbers that a proof of work tries.
    pub proof_of_work: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            network_per_hour: 20,
            prefix_per_hour: 20,
            form_per_day: 500,
            without_script_percent: 10,
            proof_of_work: 50_000,
        }
    }
}

impl Settings {
    /// The purpose of that name.
    pub fn purpose(&self, id: &PurposeId) -> Option<&Purpose> {
        self.purposes.iter().find(|purpose| &purpose.id == id)
    }

    /// The sender of that name.
    pub fn sender(&self, id: &SenderId) -> Option<&Sender> {
        self.senders.iter().find(|sender| &sender.id == id)
    }

    /// What is wrong with these settings, if they come after `before`.
    pub fn lint(&self, before: Option<&Self>) -> Vec<Violation> {
        let mut found = Vec::new();
        self.lint_controller(&mut found);
        for (at, purpose) in self.purposes.iter().enumerate() {
            let field = |name: &str| format!("purposes[{at}].{name}");
            if self.purposes.iter().take(at).any(|other| other.id == purpose.id) {
                found.push(Violation::new(field("id"), "unique", "Two purposes have the same id."));
            }
            if purpose.frequency.max == 0 {
                found.push(Violation::new(field("frequency"), "positive", "`max` must be at least 1."));
            }
            if !(1..=60).contains(&purpose.lapses_after) {
                found.push(Violation::new(
                    field("lapses_after"),
                    "range",
                    "A consent lapses after 1 to 60 months without use.",
                ));
            }
            for (name, text) in [("label", &purpose.label), ("wording", &purpose.wording)] {
                let written = [Some(&text.de), text.en.as_ref()];
                if written.into_iter().flatten().any(|text| text.trim().is_empty()) {
                    found.push(Violation::new(field(name), "present", "Say in a few words what is sent."));
                }
            }
            if let Some(old) = before.and_then(|before| before.purpose(&purpose.id)) {
                let same = old.use_ == purpose.use_
                    && old.basis == purpose.basis
                    && old.label == purpose.label
                    && old.wording == purpose.wording;
                let narrower = purpose.frequency.is_at_most(old.frequency) && purpose.lapses_after <= old.lapses_after;
                if !same || !narrower {
                    found.push(Violation::new(
                        format!("purposes[{at}]"),
                        "purpose-widened",
                        "People consented to the old wording, frequency and basis. Use a new purpose id for the new one.",
                    ));
                }
            }
        }
        for (at, sender) in self.senders.iter().enumerate() {
            let name = sender.from.chars().any(|c| c.is_ascii_alphabetic());
            let number = sender.from.strip_prefix('+').unwrap_or(&sender.from);
            let fits = if name {
                sender.from.len() <= 11 && sender.from.bytes().all(|b| b.is_ascii_alphanumeric() || b == b' ')
            } else {
                (3..=15).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit())
            };
            if !fits {
                found.push(Violation::new(
                    format!("senders[{at}].from"),
                    "sender",
                    "A sender is a name of at most 11 letters and digits, a number such as +4915155500000, or a short code.",
                ));
            }
            if name && sender.receives {
                found.push(Violation::new(
                    format!("senders[{at}].receives"),
                    "sender-receives",
                    "Nobody can reply to a name. Use a number, or set `receives` to false.",
                ));
            }
        }
        found
    }

    fn lint_controller(&self, found: &mut Vec<Violation>) {
        let controller = &self.controller;
        let length = controller.name.chars().count();
        if !(1..=40).contains(&length) {
            found.push(Violation::new(
                "controller.name",
                "length",
                "The name has 1 to 40 characters: every SMS begins with it.",
            ));
        }
        for (field, text) in [("address", &controller.address), ("email", &controller.email)] {
            if text.trim().is_empty() {
                found.push(Violation::new(
                    format!("controller.{field}"),
                    "present",
                    "People must learn who asks and how to reach you (GDPR 13).",
                ));
            }
        }
        for (field, url) in [("imprint_url", &controller.imprint_url), ("privacy_url", &controller.privacy_url)] {
            if !(url.starts_with("https://")
                || url.starts_with("http://127.0.0.1:")
                || url.starts_with("http://localhost:"))
            {
                found.push(Violation::new(
                    format!("controller.{field}"),
                    "url",
                    "Give the full address of the page, with https://.",
                ));
            }
        }
    }
}
