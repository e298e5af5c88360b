//! What goes to a provider, and what its answer means.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde::{Deserialize, Serialize};

use crate::ids::GatewayId;

/// The secrets of one gateway, by their short names, such as `auth-token`.
pub trait Secrets {
    /// The secret; empty where it is missing.
    fn get(&self, name: &str) -> String;
}

/// The name under which the platform keeps a gateway's secret: `JAWORT_{GATEWAY}_{NAME}`, in capitals, hyphens as
/// underscores.
pub fn secret_name(gateway: &GatewayId, name: &str) -> String {
    format!("JAWORT_{gateway}_{name}").to_ascii_uppercase().replace('-', "_")
}

/// An SMS on its way out.
#[derive(Debug, Clone, Copy)]
pub struct Envelope<'a> {
    /// Our reference: the same SMS tried twice carries the same one. 28 characters `A-Z a-z 0-9 - _`.
    pub reference: &'a str,
    pub from: &'a str,
    /// The number, E.164.
    pub to: &'a str,
    pub text: &'a str,
    /// Where delivery reports go: `https://…/gateway/{gateway}/status`.
    pub status_url: &'a str,
    /// For how many seconds the SMS is worth delivering.
    pub valid_for: u32,
}

/// How an HTTP call is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "UPPERCASE")]
pub enum Method {
    /// GET.
    Get,
    /// POST.
    Post,
}

/// An HTTP call. Never printed: it holds a number and secrets.
pub struct Call {
    pub method: Method,
    pub url: String,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

pub struct Answer<'a> {
    pub status: u16,
    /// Seconds of `Retry-After`.
    pub retry_after: Option<u32>,
    pub body: &'a str,
}

/// What became of an attempt to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The provider took it, under this id.
    Accepted(String),
    /// The provider surely did not take it.
    Failed(Failure),
    /// Nobody knows: it may have been sent.
    Unknown,
}

/// What a provider knows of an SMS whose attempt nobody saw the end of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LookedUp {
    /// It took it, under this id.
    Taken(String),
    NotTaken,
    /// It has no list to look into.
    CantAsk,
    /// It can't be asked now.
    Later,
}

/// Why a provider did not take or deliver an SMS, in the few meanings that make a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Failure {
    /// Another try may help.
    Later,
    /// Too many at once: another try helps after so many seconds.
    Throttled {
        /// Seconds, if the provider says.
        after: Option<u32>,
    },
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
}

impl Call {
    /// A call by POST with a form.
    pub(super) fn form(url: String, fields: &[(&str, &str)]) -> Self {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        Self {
            method: Method::Post,
            url,
            headers: vec![header("content-type", "application/x-www-form-urlencoded"), header("accept", JSON)],
            body,
        }
    }

    /// A call by POST with JSON.
    pub(super) fn json(url: String, body: &serde_json::Value) -> Self {
        let headers = vec![header("content-type", JSON), header("accept", JSON)];
        Self { method: Method::Post, url, headers, body: body.to_string() }
    }

    /// A call by GET.
    pub(super) fn get(url: String) -> Self {
        Self { method: Method::Get, url, headers: vec![header("accept", JSON)], body: String::new() }
    }

    /// The same call with one more header.
    pub(super) fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push(header(name, value));
        self
    }

    /// The same call by Basic authentication (RFC 7617).
    pub(super) fn basic(self, user: &str, password: &str) -> Self {
        let value = format!("Basic {}", STANDARD.encode(format!("{user}:{password}")));
        self.with("authorization", &value)
    }
}

const JSON: &str = "application/json";

/// A header can't hold a control character: it could begin another header.
fn header(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.replace(|c: char| c.is_ascii_control(), " "))
}

/// The digits of a number: what most providers want.
pub(super) fn digits(number: &str) -> &str {
    number.strip_prefix('+').unwrap_or(number)
}

/// Where delivery reports of this SMS go: our reference stands in the address, so that the report brings it back.
pub(super) fn referring(sms: &Envelope) -> String {
    let joint = if sms.status_url.contains('?') { '&' } else { '?' };
    format!("{}{joint}ref={}", sms.status_url, sms.reference)
}

impl Answer<'_> {
    /// Whether the provider says that all went well.
    pub(super) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The body as JSON, null where it is none.
    pub(super) fn json(&self) -> serde_json::Value {
        serde_json::from_str(self.body).unwrap_or_default()
    }

    /// What the HTTP status alone says (RFC 9110, and Cloudflare's own 520 to 530: the edge's calls leave through it).
    ///
    /// `explained`: the body is an error of the provider's own, so that a 5xx is its refusal and no accident on the
    /// way back from an SMS that was sent.
    pub(super) fn by_status(&self, explained: bool) -> Outcome {
        Outcome::Failed(match self.status {
            // Success that names no SMS.
            0..=299 => return Outcome::Unknown,
            401 | 403 => Failure::Credentials,
            402 => Failure::OutOfCredit,
            425 => Failure::Later,
            429 => Failure::Throttled { after: self.retry_after },
            // It may have been taken, and the answer lost or late.
            408 | 502 | 504 | 520 | 524 => return Outcome::Unknown,
            // The provider was never reached.
            521..=523 | 525 | 526 | 530 => Failure::Later,
            500 | 503 if explained => Failure::Later,
            300..=499 => Failure::Never,
            _ => return Outcome::Unknown,
        })
    }

    /// The provider's own meaning of its error; where it has none, the status's.
    pub(super) fn by_meaning(&self, meaning: Option<Failure>, explained: bool) -> Outcome {
        match meaning {
            Some(Failure::Throttled { after: None }) => Outcome::Failed(Failure::Throttled { after: self.retry_after }),
            Some(failure) => Outcome::Failed(failure),
            None => self.by_status(explained),
        }
    }
}

/// A JSON text or number as text; providers write ids and codes as either.
pub(super) fn text_of(value: &serde_json::Value) -> Option<String> {
    match value {
        serde_json::Value::String(text) if !text.is_empty() => Some(text.clone()),
        serde_json::Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// The text or number at a JSON pointer (RFC 6901).
pub(super) fn at(value: &serde_json::Value, pointer: &str) -> Option<String> {
    text_of(value.pointer(pointer)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_says_whether_the_sms_may_have_been_sent() {
        let of = |status, explained| Answer { status, retry_after: Some(7), body: "" }.by_status(explained);
        for status in [200, 204, 408, 500, 502, 503, 504, 520, 524, 599] {
            assert_eq!(of(status, false), Outcome::Unknown, "{status}");
        }
        for status in [521, 522, 523, 525, 526, 530] {
            assert_eq!(of(status, false), Outcome::Failed(Failure::Later), "{status}");
        }
        assert_eq!(of(500, true), Outcome::Failed(Failure::Later));
        assert_eq!(of(503, true), Outcome::Failed(Failure::Later));
        assert_eq!(of(504, true), Outcome::Unknown);
        assert_eq!(of(429, false), Outcome::Failed(Failure::Throttled { after: Some(7) }));
        assert_eq!(of(302, false), Outcome::Failed(Failure::Never));
        assert_eq!(of(401, false), Outcome::Failed(Failure::Credentials));
    }

    #[test]
    fn a_value_begins_no_second_header() {
        let call = Call::get(String::new()).with("authorization", "Token a\r\nx-evil: 1");
        assert_eq!(call.headers[1].1, "Token a  x-evil: 1");
    }
}
