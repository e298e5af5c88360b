use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    super::{
        call::{Failure, Method, Outcome},
        decode::Charset,
    },
    place::Place,
    verify::Verify,
};
use crate::{ids::GatewayId, phone::Country};

/// A provider by its HTTP calls. Templates are texts with values in braces (`\{` for a brace): `{from}`, `{to}`,
/// `{to_digits}` (without the plus), `{text}`, `{reference}`, `{status_url}` (which brings the reference back as
/// `?ref=`), `{valid_for}` (seconds), `{secret.NAME}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Http {
    /// Its name in senders.
    #[serde(default = "name")]
    pub id: GatewayId,
    /// The processor of the settings whose agreement covers it (L13).
    pub processor: String,
    /// How an SMS is sent.
    pub send: SendCall,
    /// How the answer is read.
    pub answer: Answers,
    /// How a webhook with an SMS from a handset is read, if there are any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inbound: Option<InboundRule>,
    /// How a webhook with a delivery report is read, if there are any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<StatusRule>,
    /// The country, ISO 3166-1 alpha-2, of handsets that it writes in national format, such as `DE` where it writes
    /// `017612345678`. Without it such an SMS is kept unread.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub country: Option<Country>,
    /// How its webhooks prove that they are its own. Needed with `inbound` and `status`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verify: Option<Verify>,
    /// SMS a second at the most, 1 to 500. 10 by default; your provider's contract may allow more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per_second: Option<u32>,
    /// Parts of SMS a day (UTC) at the most, confirmations and messages together. 10,000 by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per_day: Option<u32>,
}

fn name() -> GatewayId {
    GatewayId::of_kind("http")
}

/// The call that sends an SMS.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SendCall {
    /// `GET` or `POST`.
    pub method: Method,
    /// A template. Values are percent-encoded; none stands in the host.
    pub url: String,
    /// Said by an owner who knows that addresses end up in logs: the number or the text may stand in `url`.
    #[serde(default)]
    pub number_in_url: bool,
    /// Templates by header name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub headers: BTreeMap<String, String>,
    /// Basic authentication.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basic: Option<BasicAuth>,
    /// The body of a POST.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<BodyTemplate>,
}

/// User and password, both templates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BasicAuth {
    /// The user.
    pub user: String,
    /// The password, such as `{secret.password}`.
    pub password: String,
}

/// A body whose values can't break out of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
pub enum BodyTemplate {
    /// Any JSON, each of whose texts is a template. A text that is `{to_digits}` or `{valid_for}` and ends in `:number`
    /// inside the braces becomes a number.
    Json(serde_json::Value),
    /// Templates by field.
    Form(BTreeMap<String, String>),
    /// Anything else.
    Text {
        /// The header `content-type`.
        content_type: String,
        /// How values are escaped.
        escape: Escape,
        /// The template.
        template: String,
    },
}

/// How a value is escaped in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Escape {
    /// As XML text and attribute values need it.
    Xml,
    /// Percent-encoded (RFC 3986).
    Percent,
}

/// How an answer is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
pub enum Answers {
    /// JSON.
    Json {
        /// Where the SMS's id stands.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<Place>,
        /// Where a code stands.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        code: Option<Place>,
        /// The codes that mean success; without any, an HTTP status of 2xx does.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        success: Vec<String>,
        /// What other codes mean.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        failures: BTreeMap<String, Meaning>,
    },
    /// A line of text.
    Text {
        /// What it looks like on success: `OK:{id}`, `100`. `{id}` and `{code}` are up to the next white space or
        /// comma; what follows the pattern is ignored.
        success: Vec<String>,
        /// What it looks like otherwise: `ERR {code}`. Without it the whole line is the code.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        failure: Vec<String>,
        /// What codes mean.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        failures: BTreeMap<String, Meaning>,
    },
}

/// What a provider's code means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Meaning {
    /// Another try may help.
    Later,
    /// Too many at once.
    Throttled,
    /// This SMS will never be taken.
    Never,
    /// The recipient has stopped this sender at the provider.
    OptedOut,
    /// Not a mobile number, or one that nobody has.
    NotMobile,
    /// The account is empty.
    OutOfCredit,
    /// The provider doesn't know our credentials.
    Credentials,
    /// It may have been sent: it is not tried again.
    Unknown,
}

impl Meaning {
    /// As a failure, unless it is unknown.
    pub(super) fn failure(self, after: Option<u32>) -> Option<Failure> {
        Some(match self {
            Self::Later => Failure::Later,
            Self::Throttled => Failure::Throttled { after },
            Self::Never => Failure::Never,
            Self::OptedOut => Failure::OptedOut,
            Self::NotMobile => Failure::NotMobile,
            Self::OutOfCredit => Failure::OutOfCredit,
            Self::Credentials => Failure::Credentials,
            Self::Unknown => return None,
        })
    }

    pub(super) fn outcome(self, after: Option<u32>) -> Outcome {
        self.failure(after).map_or(Outcome::Unknown, Outcome::Failed)
    }
}

/// How a webhook's body is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = HookFormat))]
#[serde(rename_all = "lowercase")]
pub enum BodyFormat {
    /// JSON.
    Json,
    /// A form, in the body.
    Form,
}

/// What tells a kind of webhook from others that come to the same address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct When {
    /// Where.
    pub at: Place,
    /// What.
    pub is: String,
}

/// A webhook with an SMS from a handset.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = InboundHook))]
#[serde(deny_unknown_fields)]
pub struct InboundRule {
    /// How its body is written.
    pub format: BodyFormat,
    /// Its letters. Without it they are what the header `content-type` says, else UTF-8; what is none is read as
    /// Windows-1252.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub charset: Option<Charset>,
    /// Only where this stands in it; everything else is read as none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<When>,
    /// Its id. Without one, the hash of the whole webhook tells a repetition, for ten minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Place>,
    /// The handset.
    pub from: Place,
    /// The number that it came to.
    pub to: Place,
    /// The text.
    pub text: Place,
}

/// A webhook with a delivery report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = StatusHook))]
#[serde(deny_unknown_fields)]
pub struct StatusRule {
    /// How its body is written.
    pub format: BodyFormat,
    /// Only where this stands in it; everything else is read as none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<When>,
    /// Our reference; `?ref` where the call gave the provider `{status_url}`.
    pub reference: Place,
    /// The provider's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Place>,
    /// What has become of the SMS.
    pub state: Place,
    /// The states that mean "on its way".
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sent: Vec<String>,
    /// The states that mean "on the handset".
    pub delivered: Vec<String>,
    /// The states that mean that it never will be.
    pub failed: Vec<String>,
    /// Where a failed one's code stands; without it the state is the code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<Place>,
    /// What codes mean; `never` without.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub failures: BTreeMap<String, Meaning>,
}
