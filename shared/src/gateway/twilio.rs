//! Twilio's Programmable Messaging, API 2010-04-01 (its OpenAPI file is in `tests/contracts/`).
//!
//! Meanings of its codes: twilio.com/docs/api/errors.

use chrono::DateTime;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    About, Answer, BadInbound, Call, Delivery, Envelope, Failure, InboundCall, InboundSms, LookedUp, Meant, Outcome,
    Secrets, SmsId, Status,
    call::{at, referring},
    lint::{Lint, lint_token},
    signature,
};
use crate::{
    ids::GatewayId,
    time::{Span, Timestamp},
};

pub(super) const AUTH_TOKEN: &str = "auth-token";

/// How far Twilio's clock may be behind ours. It counts in whole seconds.
const SKEW: Span = Span::seconds(60);

/// An account at Twilio. Secret: `auth-token`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Twilio {
    /// Its name in senders.
    #[serde(default = "name")]
    pub id: GatewayId,
    /// The processor of the settings whose agreement covers it (L13).
    pub processor: String,
    /// `AC` and 32 hexadecimal digits.
    pub account_sid: String,
    /// `MG` and 32 hexadecimal digits: the messaging service whose pool the senders are in, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub messaging_service_sid: Option<String>,
    /// Another host than `https://api.twilio.com`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base_url: Option<String>,
    /// SMS a second at the most, 1 to 500. 10 by default; your provider's contract may allow more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per_second: Option<u32>,
    /// Parts of SMS a day (UTC) at the most, confirmations and messages together. 10,000 by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per_day: Option<u32>,
}

fn name() -> GatewayId {
    GatewayId::of_kind("twilio")
}

impl Twilio {
    pub(super) const SECRETS: &[&str] = &[AUTH_TOKEN];
    /// TwiML that answers nothing: what we answer leaves as every other SMS does.
    pub(super) const NO_REPLY: &str = r#"<?xml version="1.0" encoding="UTF-8"?><Response/>"#;

    pub(super) fn lint(&self, found: &mut Lint) {
        found.base_url(self.base_url.as_deref());
        let sid = "A SID is two letters and 32 hexadecimal digits, as Twilio's console shows it.";
        if !lint_token(&self.account_sid, "AC", 32) {
            found.push("account_sid", "sid", sid);
        }
        if self.messaging_service_sid.as_ref().is_some_and(|service| !lint_token(service, "MG", 32)) {
            found.push("messaging_service_sid", "sid", sid);
        }
    }

    pub(super) fn messages(&self) -> String {
        let base = self.base_url.as_deref().unwrap_or("https://api.twilio.com");
        format!("{base}{}", self.path())
    }

    pub(super) fn path(&self) -> String {
        format!("/2010-04-01/Accounts/{}/Messages.json", self.account_sid)
    }

    pub(super) fn send(&self, sms: &Envelope, secrets: &dyn Secrets) -> Call {
        let callback = referring(sms);
        let validity = sms.valid_for.clamp(1, 36_000).to_string();
        let mut fields = vec![
            ("To", sms.to),
            ("From", sms.from),
            ("Body", sms.text),
            ("StatusCallback", callback.as_str()),
            ("ValidityPeriod", validity.as_str()),
        ];
        if let Some(service) = &self.messaging_service_sid {
            fields.push(("MessagingServiceSid", service));
        }
        Call::form(self.messages(), &fields).basic(&self.account_sid, &secrets.get(AUTH_TOKEN))
    }

    pub(super) fn outcome(answer: &Answer) -> Outcome {
        let body = answer.json();
        if answer.is_success() {
            let failed = at(&body, "/status").is_some_and(|status| status == "failed");
            return match (failed.then(|| at(&body, "/error_code")).flatten(), at(&body, "/sid")) {
                (Some(code), _) => Outcome::Failed(meaning(&code).unwrap_or(Failure::Never)),
                (None, Some(sid)) => Outcome::Accepted(sid),
                (None, None) => Outcome::Unknown,
            };
        }
        let code = at(&body, "/code");
        answer.by_meaning(code.as_deref().and_then(meaning), code.is_some())
    }

    pub(super) fn look_up(&self, sms: &Envelope, secrets: &dyn Secrets) -> Call {
        // The newest to that number, few enough for an answer that is read. Not by time of sending: what is still in
        // the queue has none yet.
        let query =
            form_urlencoded::Serializer::new(String::new()).extend_pairs([("To", sms.to), ("PageSize", "20")]).finish();
        let url = format!("{}?{query}", self.messages());
        Call::get(url).basic(&self.account_sid, &secrets.get(AUTH_TOKEN))
    }

    /// The SMS to that number with that text which Twilio took since the attempt began.
    pub(super) fn looked_up(sms: &Envelope, attempted_at: Timestamp, answer: &Answer) -> LookedUp {
        let body = answer.json();
        let Some(messages) = body.pointer("/messages").and_then(Value::as_array).filter(|_| answer.is_success()) else {
            return LookedUp::Later;
        };
        let since = attempted_at - SKEW;
        let ours = |message: &&Value| {
            let created = at(message, "/date_created").and_then(|date| DateTime::parse_from_rfc2822(&date).ok());
            at(message, "/to").is_some_and(|to| to == sms.to)
                && at(message, "/body").is_some_and(|body| body == sms.text)
                && at(message, "/direction").is_none_or(|direction| direction.starts_with("outbound"))
                && created.is_some_and(|at| at.timestamp_millis() >= since.millis())
        };
        messages.iter().find(ours).and_then(|message| at(message, "/sid")).map_or(LookedUp::NotTaken, LookedUp::Taken)
    }

    pub(super) fn inbound(call: &InboundCall, secrets: &dyn Secrets) -> Result<Vec<InboundSms>, BadInbound> {
        let form = signed(call, secrets)?;
        let (Some(id), Some(from), Some(to), Some(text)) =
            (filled(&form, "MessageSid"), filled(&form, "From"), filled(&form, "To"), get(&form, "Body"))
        else {
            return Err(BadInbound::Malformed);
        };
        // Its own keywords (advanced opt-out), in whatever language: it has already acted on them.
        let meant = get(&form, "OptOutType").and_then(|kind| match kind.to_ascii_uppercase().as_str() {
            "STOP" => Some(Meant::Stop),
            "START" => Some(Meant::Start),
            "HELP" => Some(Meant::Help),
            _ => None,
        });
        Ok(vec![InboundSms { meant, ..InboundSms::new(SmsId::Provider(id), from, to, text) }])
    }

    pub(super) fn status(call: &InboundCall, secrets: &dyn Secrets) -> Result<Vec<Status>, BadInbound> {
        let form = signed(call, secrets)?;
        let state = get(&form, "MessageStatus").ok_or(BadInbound::Malformed)?;
        // One of an SMS that the owner sent by themselves.
        let Some(reference) = call.query("ref") else {
            return Ok(Vec::new());
        };
        let failure = || get(&form, "ErrorCode").and_then(|code| meaning(&code)).unwrap_or(Failure::Never);
        let delivery = match state.as_str() {
            "accepted" | "scheduled" | "queued" | "sending" | "sent" | "partially_delivered" => Delivery::Sent,
            "delivered" | "read" => Delivery::Delivered,
            "undelivered" | "failed" | "canceled" => Delivery::Failed(failure()),
            _ => return Err(BadInbound::Malformed),
        };
        Ok(vec![Status { about: About::Reference(reference), message_id: filled(&form, "MessageSid"), delivery }])
    }
}

type Form = Vec<(String, String)>;

fn get(form: &Form, name: &str) -> Option<String> {
    form.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone())
}

/// The same where an empty text says nothing, as it does of ids: all SMS without one would be one.
fn filled(form: &Form, name: &str) -> Option<String> {
    get(form, name).filter(|value| !value.is_empty())
}

/// The form, if Twilio signed it: HMAC-SHA1 over the address and then each name and value, by name
/// (twilio.com/docs/usage/security). A name that comes twice counts with each of its values once.
fn signed(call: &InboundCall, secrets: &dyn Secrets) -> Result<Form, BadInbound> {
    let signature = signature::from_base64(&call.header("x-twilio-signature"))?;
    let form: Form = form_urlencoded::parse(call.body).into_owned().collect();
    let mut pairs: Vec<_> = form.iter().collect();
    pairs.sort();
    pairs.dedup();
    let mut parts = vec![call.url.as_bytes()];
    parts.extend(pairs.iter().flat_map(|(key, value)| [key.as_bytes(), value.as_bytes()]));
    signature::check::<sha1::Sha1>(&secrets.get(AUTH_TOKEN), &parts, &signature)?;
    Ok(form)
}

/// What an error code means, where it means more than its HTTP status.
fn meaning(code: &str) -> Option<Failure> {
    Some(match code {
        "20001" | "20003" | "20008" | "20104" | "20403" | "70051" => Failure::Credentials,
        // An account whose balance ran out is suspended.
        "20005" | "30002" | "90010" => Failure::OutOfCredit,
        "14107" | "20429" | "21611" | "30022" | "63018" => Failure::Throttled { after: None },
        "21610" => Failure::OptedOut,
        "21211" | "21217" | "21265" | "21401" | "21614" | "21635" | "30005" | "30006" => Failure::NotMobile,
        // The queue, the handset switched off, the carrier, the time: all of them may change.
        "20500" | "20503" | "30001" | "30003" | "30008" | "30017" | "30036" | "30410" | "30500" => Failure::Later,
        // 30004 is a block by somebody, of whom the recipient is only one: not a withdrawal.
        "21408" | "21602" | "21603" | "21604" | "21606" | "21608" | "21612" | "21617" | "21619" | "21659" | "21703"
        | "30004" | "30007" | "30034" => Failure::Never,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use base64::{Engine as _, engine::general_purpose::STANDARD};
    use proptest::prelude::*;

    use super::*;
    use crate::gateway::tests::{SECRET, answer, at_noon, headers, sms};

    const URL: &str = "https://mycompany.com/myapp.php?foo=1&bar=2";
    const BODY: &str =
        "CallSid=CA1234567890ABCDE&Caller=%2B14158675309&Digits=1234&From=%2B14158675309&To=%2B18005551212";
    const SIGNATURE: &str = "RSOYDt4T1cUTdK1PDd93/VVr8B8=";

    fn twilio() -> Twilio {
        let json = r#"{ "processor": "Twilio Ireland", "account_sid": "AC00000000000000000000000000000000" }"#;
        serde_json::from_str(json).unwrap()
    }

    fn verify(url: &str, body: &[u8], signature: &str) -> Result<Form, BadInbound> {
        let given = [("x-twilio-signature", signature)];
        let header = headers(&given);
        signed(&InboundCall { url, header: &header, body, now: at_noon() }, &|_: &str| "12345".to_owned())
    }

    #[test]
    fn the_examples_of_twilios_own_libraries_are_signed() {
        assert!(verify(URL, BODY.as_bytes(), SIGNATURE).is_ok());
        let documented = BODY.replace("%2B14158675309", "%2B12349013030");
        assert!(verify(URL, documented.as_bytes(), "0/KCTR6DLpKmkAf8muzZqo1nDgQ=").is_ok());
        let repeated = b"Sid=CA123&SidAccount=AC123&Digits=5678&Digits=1234&Digits=1234";
        assert!(verify(URL, repeated, "IK+Dwps556ElfBT0I3Rgjkr1wJU=").is_ok());
    }

    proptest! {
        #[test]
        fn a_changed_byte_is_refused(at in any::<prop::sample::Index>(), to in 0x21u8..0x7f, which in 0..3) {
            let (mut url, mut body, mut signature) = (URL.as_bytes().to_vec(), BODY.as_bytes().to_vec(), SIGNATURE.as_bytes().to_vec());
            let changed = match which { 0 => &mut url, 1 => &mut body, _ => &mut signature };
            let at = at.index(changed.len());
            changed[at] = to;
            let meant = |body: &[u8]| form_urlencoded::parse(body).into_owned().collect::<Form>();
            let same = url == URL.as_bytes() && meant(&body) == meant(BODY.as_bytes()) && signature == SIGNATURE.as_bytes();
            let text = |bytes| String::from_utf8(bytes).unwrap();
            prop_assert_eq!(verify(&text(url), &body, &text(signature)).is_ok(), same);
        }
    }

    #[test]
    fn its_errors_have_their_meanings() {
        let of = |status, code: u32| {
            Twilio::outcome(&answer(status, &format!(r#"{{"code":{code},"message":"…","status":{status}}}"#)))
        };
        use Failure::{Credentials, Later, Never, NotMobile, OptedOut, Throttled};
        for (status, code, failure) in [
            (401, 20003, Credentials),
            (429, 20429, Throttled { after: None }),
            (400, 21610, OptedOut),
            (400, 21211, NotMobile),
            (400, 21614, NotMobile),
            (400, 21635, NotMobile),
            (400, 21612, Never),
            (400, 99999, Never),
            (500, 20500, Later),
            (503, 99999, Later),
        ] {
            assert_eq!(of(status, code), Outcome::Failed(failure), "{code}");
        }
    }

    #[test]
    fn what_can_not_be_read_is_unknown() {
        for (status, body) in [(201, ""), (201, "{\"sid\":"), (201, "{}"), (200, "<html>"), (500, "oops"), (503, "")] {
            assert_eq!(Twilio::outcome(&answer(status, body)), Outcome::Unknown, "{status} {body}");
        }
    }

    /// Else all SMS that bring an empty one would be the same SMS.
    #[test]
    fn an_empty_id_is_none() {
        let read = |changed: &str| {
            let pairs = ["MessageSid", "From", "To", "Body"].map(|name| (name, if name == changed { "" } else { "x" }));
            let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
            let mut sorted = pairs.to_vec();
            sorted.sort_unstable();
            let parts = sorted.iter().flat_map(|(name, value)| [*name, *value]);
            let signed = std::iter::once(URL).chain(parts).collect::<String>();
            use hmac::{Hmac, Mac as _};
            let mac = Hmac::<sha1::Sha1>::new_from_slice(AUTH_TOKEN.as_bytes()).unwrap().chain_update(signed);
            let signature = STANDARD.encode(mac.finalize().into_bytes());
            let given = [("x-twilio-signature", signature.as_str())];
            let header = headers(&given);
            let call = InboundCall { url: URL, header: &header, body: body.as_bytes(), now: at_noon() };
            Twilio::inbound(&call, &SECRET).map(|found| found.len())
        };
        assert_eq!(["", "Body"].map(read), [Ok(1); 2]);
        assert_eq!(["MessageSid", "From", "To"].map(read), [Err(BadInbound::Malformed); 3]);
    }

    #[test]
    fn an_sms_is_found_again_by_number_text_and_time() {
        let created = |date: &str, to: &str, body: &str| {
            let message = serde_json::json!({ "sid": "SM1", "date_created": date, "to": to, "body": body, "direction": "outbound-api" });
            let list = serde_json::json!({ "messages": [message] }).to_string();
            Twilio::looked_up(&sms(), at_noon(), &answer(200, &list))
        };
        let (to, text) = (sms().to, sms().text);
        assert_eq!(created("Tue, 24 Nov 2026 12:00:00 +0000", to, text), LookedUp::Taken("SM1".to_owned()));
        assert_eq!(created("Tue, 24 Nov 2026 11:58:00 +0000", to, text), LookedUp::NotTaken);
        assert_eq!(created("Tue, 24 Nov 2026 12:00:00 +0000", "+4915100000000", text), LookedUp::NotTaken);
        assert_eq!(created("Tue, 24 Nov 2026 12:00:00 +0000", to, "other"), LookedUp::NotTaken);
        assert_eq!(created("yesterday", to, text), LookedUp::NotTaken);
        for (status, body) in [(500, ""), (200, "<html>"), (200, "{}"), (401, "{\"messages\":[]}")] {
            assert_eq!(Twilio::looked_up(&sms(), at_noon(), &answer(status, body)), LookedUp::Later, "{status} {body}");
        }
        let call = twilio().look_up(&sms(), &SECRET);
        assert!(call.url.ends_with("?To=%2B4915112345678&PageSize=20"), "{}", call.url);
    }

    #[test]
    fn the_reference_comes_back_in_the_address() {
        let call = twilio().send(&sms(), &SECRET);
        let callback = form_urlencoded::parse(call.body.as_bytes())
            .find(|(key, _)| key == "StatusCallback")
            .unwrap()
            .1
            .into_owned();
        let call = |body: &'static str| {
            let header = headers(&[]);
            let call = InboundCall { url: &callback, header: &header, body: body.as_bytes(), now: at_noon() };
            assert_eq!(Twilio::status(&call, &SECRET), Err(BadInbound::Unsigned));
            assert_eq!(call.query("ref").as_deref(), Some(sms().reference));
        };
        call("MessageSid=SM1&MessageStatus=delivered");
    }
}
