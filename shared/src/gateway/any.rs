use serde::{Deserialize, Serialize};

use super::{
    call::{Answer, Call, Envelope, LookedUp, Outcome, Secrets},
    gatewayapi::GatewayApi,
    http::Http,
    inbound::{BadInbound, InboundCall, InboundPage, InboundSms, Status, Thanks},
    lint,
    seven::Seven,
    twilio::Twilio,
    vonage::Vonage,
};
use crate::{address::Reach, ids::GatewayId, pace::Limits, phone::Country, time::Timestamp, violation::Violation};

/// A gateway as the settings declare it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Gateway {
    /// Twilio's Programmable Messaging.
    Twilio(Twilio),
    /// seven.io.
    Seven(Seven),
    /// Vonage's Messages API.
    Vonage(Vonage),
    /// GatewayAPI.
    GatewayApi(GatewayApi),
    /// Any other provider, by a description of its HTTP calls.
    Http(Box<Http>),
}

impl Gateway {
    pub fn id(&self) -> &GatewayId {
        match self {
            Self::Twilio(it) => &it.id,
            Self::Seven(it) => &it.id,
            Self::Vonage(it) => &it.id,
            Self::GatewayApi(it) => &it.id,
            Self::Http(it) => &it.id,
        }
    }

    /// The processor of the settings whose agreement covers it (L13).
    pub fn processor(&self) -> &str {
        match self {
            Self::Twilio(it) => &it.processor,
            Self::Seven(it) => &it.processor,
            Self::Vonage(it) => &it.processor,
            Self::GatewayApi(it) => &it.processor,
            Self::Http(it) => &it.processor,
        }
    }

    /// How fast and how much it may send.
    pub fn limits(&self) -> Limits {
        let (per_second, per_day) = self.declared_limits();
        Limits {
            per_second: per_second.unwrap_or(Limits::DEFAULT.per_second),
            per_day: per_day.unwrap_or(Limits::DEFAULT.per_day),
        }
    }

    fn declared_limits(&self) -> (Option<u32>, Option<u32>) {
        match self {
            Self::Twilio(it) => (it.per_second, it.per_day),
            Self::Seven(it) => (it.per_second, it.per_day),
            Self::Vonage(it) => (it.per_second, it.per_day),
            Self::GatewayApi(it) => (it.per_second, it.per_day),
            Self::Http(it) => (it.per_second, it.per_day),
        }
    }

    /// The names of the secrets that it needs, see [`super::secret_name`].
    pub fn secrets(&self) -> Vec<String> {
        let names = match self {
            Self::Twilio(_) => Twilio::SECRETS,
            Self::Seven(_) => Seven::SECRETS,
            Self::Vonage(_) => Vonage::SECRETS,
            Self::GatewayApi(_) => GatewayApi::SECRETS,
            Self::Http(it) => return it.secrets(),
        };
        names.iter().map(|&name| name.to_owned()).collect()
    }

    /// The same as the platform keeps them: [`super::secret_name`].
    pub fn secret_names(&self) -> Vec<String> {
        self.secrets().iter().map(|name| super::secret_name(self.id(), name)).collect()
    }

    /// What is wrong with it; fields are relative to it, such as `base_url`.
    pub fn lint(&self, reach: Reach) -> Vec<Violation> {
        let mut found = lint::Lint::new(reach);
        if self.processor().trim().is_empty() {
            found.push("processor", "present", "Name the processor of the settings that sends for you (GDPR 28).");
        }
        found.limits(self.limits());
        match self {
            Self::Twilio(it) => it.lint(&mut found),
            Self::Seven(it) => it.lint(&mut found),
            Self::Vonage(it) => it.lint(&mut found),
            Self::GatewayApi(it) => it.lint(&mut found),
            Self::Http(it) => it.lint(&mut found),
        }
        found.found
    }

    /// What works and could be better; fields as with [`Gateway::lint`].
    pub fn warnings(&self) -> Vec<Violation> {
        match self {
            Self::Http(it) if it.inbound.as_ref().is_some_and(|inbound| inbound.id.is_none()) => {
                vec![Violation::new(
                    "inbound.id",
                    "inbound-id",
                    "Without an id the same words within ten minutes count once, be they repeated by the provider or said anew; only what ends something always counts. Say where the provider's id stands, if it has one.",
                )]
            }
            _ => Vec::new(),
        }
    }

    /// The HTTP call that sends an SMS.
    pub fn send(&self, sms: &Envelope, secrets: &dyn Secrets) -> Call {
        match self {
            Self::Twilio(it) => it.send(sms, secrets),
            Self::Seven(it) => it.send(sms, secrets),
            Self::Vonage(it) => it.send(sms, secrets),
            Self::GatewayApi(it) => it.send(sms, secrets),
            Self::Http(it) => it.send(sms, secrets),
        }
    }

    /// What the answer to that call means.
    pub fn outcome(&self, answer: &Answer) -> Outcome {
        match self {
            Self::Twilio(_) => Twilio::outcome(answer),
            Self::Seven(_) => Seven::outcome(answer),
            Self::Vonage(_) => Vonage::outcome(answer),
            Self::GatewayApi(_) => GatewayApi::outcome(answer),
            Self::Http(it) => it.outcome(answer),
        }
    }

    /// The call that asks what became of an SMS whose outcome is unknown, if the provider can be asked.
    pub fn look_up(&self, sms: &Envelope, secrets: &dyn Secrets) -> Option<Call> {
        match self {
            Self::Twilio(it) => Some(it.look_up(sms, secrets)),
            _ => None,
        }
    }

    /// What the answer to that call says.
    pub fn looked_up(&self, sms: &Envelope, attempted_at: Timestamp, answer: &Answer) -> LookedUp {
        match self {
            Self::Twilio(_) => Twilio::looked_up(sms, attempted_at, answer),
            _ => LookedUp::CantAsk,
        }
    }

    /// The country of handsets that it writes in national format, if it does.
    pub fn home(&self) -> Option<Country> {
        match self {
            Self::Http(it) => it.country,
            _ => None,
        }
    }

    /// Whether the provider lists what came in.
    pub const fn lists_inbound(&self) -> bool {
        matches!(self, Self::Twilio(_))
    }

    /// The call that asks for the SMS that came in at a number since that day, or for a further page of them; nothing
    /// where the provider has no such list.
    pub fn list_inbound(&self, to: &str, since: Timestamp, page: Option<&str>, secrets: &dyn Secrets) -> Option<Call> {
        match self {
            Self::Twilio(it) => Some(it.list_inbound(to, since, page, secrets)),
            _ => None,
        }
    }

    /// What the answer to that call lists; nothing where it can't be read.
    pub fn listed_inbound(&self, answer: &Answer) -> Option<InboundPage> {
        match self {
            Self::Twilio(_) => Twilio::listed_inbound(answer),
            _ => None,
        }
    }

    /// Whether its reports may lack our reference, so that they are found by its own id.
    pub const fn reports_by_its_id(&self) -> bool {
        matches!(self, Self::Seven(_))
    }

    /// What it wants to hear when a webhook is taken, with HTTP status 200.
    pub const fn thanks(&self) -> Thanks {
        match self {
            // An answer that is no TwiML is an error in its log, for each SMS.
            Self::Twilio(_) => Thanks { content_type: "text/xml; charset=utf-8", body: Twilio::NO_REPLY },
            _ => Thanks { content_type: "text/plain; charset=utf-8", body: "OK" },
        }
    }

    /// Reads a webhook that brings SMS from handsets. One that brings something else is read as none.
    ///
    /// # Errors
    /// It isn't the provider's, it is too old, or it can't be read.
    pub fn inbound(&self, call: &InboundCall, secrets: &dyn Secrets) -> Result<Vec<InboundSms>, BadInbound> {
        match self {
            Self::Twilio(_) => Twilio::inbound(call, secrets),
            Self::Seven(_) => Seven::inbound(call, secrets),
            Self::Vonage(_) => Vonage::inbound(call, secrets),
            Self::GatewayApi(it) => it.inbound(call, secrets),
            Self::Http(it) => it.inbound(call, secrets),
        }
    }

    /// Reads a webhook that brings delivery reports. One that brings something else is read as none.
    ///
    /// # Errors
    /// As [`Gateway::inbound`].
    pub fn status(&self, call: &InboundCall, secrets: &dyn Secrets) -> Result<Vec<Status>, BadInbound> {
        match self {
            Self::Twilio(_) => Twilio::status(call, secrets),
            Self::Seven(_) => Seven::status(call, secrets),
            Self::Vonage(_) => Vonage::status(call, secrets),
            Self::GatewayApi(_) => GatewayApi::status(call, secrets),
            Self::Http(it) => it.status(call, secrets),
        }
    }
}
