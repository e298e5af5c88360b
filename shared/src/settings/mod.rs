//! What the owner declares once, for all forms.

mod former;
mod lint;
mod number;
mod purpose;
mod sender;
mod webhook;

use serde::{Deserialize, Serialize};

pub use former::Former;
pub use lint::Platform;
pub use number::same_number;
#[cfg(all(feature = "all-regions", feature = "regex"))]
pub(crate) use number::{bare_number, number_digits};
pub use purpose::{Basis, Frequency, Period, Purpose, Reward, RewardCode, Use};
pub use sender::Sender;
pub use webhook::{Webhook, WebhookEvent};

use crate::{
    gateway::Gateway,
    ids::{GatewayId, PurposeId, SenderId, WebhookId},
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
    /// The SMS providers that send for them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gateways: Vec<Gateway>,
    /// Programs of the owner's that are told what happens.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub webhooks: Vec<Webhook>,
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
    /// Full name, as pages say it; at most 40 characters.
    pub name: String,
    /// What SMS begin with, in at most 20 characters of GSM-7; the full name by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sms_name: Option<String>,
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

impl Controller {
    /// The name in SMS.
    pub fn sms_name(&self) -> &str {
        self.sms_name.as_deref().unwrap_or(&self.name)
    }
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
    /// Confirmation SMS an hour to numbers that differ in the last four digits only; as many again of links that were
    /// ordered on `/m`. Well above `network_per_hour`, or one network uses it up for all.
    pub prefix_per_hour: u32,
    /// Confirmation SMS a day and form.
    pub form_per_day: u32,
    /// Per cent of `form_per_day` for forms posted without JavaScript, and so without proof of work.
    pub without_script_percent: u32,
    /// SMS a day with a fresh link, for numbers that were typed on `/m` and that somebody is known by.
    pub links_per_day: u32,
    /// Upper end of the numbers that a proof of work tries.
    pub proof_of_work: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            network_per_hour: 20,
            // So that one network alone can't use it up.
            prefix_per_hour: 60,
            form_per_day: 500,
            without_script_percent: 10,
            links_per_day: 2_000,
            proof_of_work: 50_000,
        }
    }
}

/// What of these advertises.
pub fn advertising(declared: &[Purpose]) -> Vec<PurposeId> {
    declared.iter().filter(|purpose| purpose.advertises()).map(|purpose| purpose.id.clone()).collect()
}

impl Settings {
    /// Scheme and host of the links in SMS; `origin` is the edge's.
    pub fn links_to(&self, origin: &str) -> String {
        self.link_domain.as_ref().map_or_else(|| origin.to_owned(), |domain| format!("https://{domain}"))
    }

    /// What of it advertises.
    pub fn advertising(&self) -> Vec<PurposeId> {
        advertising(&self.purposes)
    }

    pub fn purpose(&self, id: &PurposeId) -> Option<&Purpose> {
        self.purposes.iter().find(|purpose| &purpose.id == id)
    }

    pub fn sender(&self, id: &SenderId) -> Option<&Sender> {
        self.senders.iter().find(|sender| &sender.id == id)
    }

    pub fn gateway(&self, id: &GatewayId) -> Option<&Gateway> {
        self.gateways.iter().find(|gateway| gateway.id() == id)
    }

    pub fn webhook(&self, id: &WebhookId) -> Option<&Webhook> {
        self.webhooks.iter().find(|webhook| &webhook.id == id)
    }

    /// The purposes that the SMS from there are about: a STOP that comes in there is for these (L8).
    pub fn served_by<'a>(&'a self, from: &'a str) -> impl Iterator<Item = &'a Purpose> {
        let served = move |purpose: &&Purpose| {
            self.senders.iter().any(|sender| same_number(&sender.from, from) && sender.serves(&purpose.id))
        };
        self.purposes.iter().filter(served)
    }
}
