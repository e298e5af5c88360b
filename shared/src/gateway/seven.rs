//! seven.io (its OpenAPI file is in `tests/contracts/`; it lacks the key, `ttl` and the webhooks: docs.seven.io).

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    About, Answer, BadInbound, Call, Delivery, Envelope, Failure, InboundCall, InboundSms, Outcome, Secrets, SmsId,
    Status,
    call::{at, digits, text_of},
    lint::Lint,
    signature,
};
use crate::ids::GatewayId;

const API_KEY: &str = "api-key";
const SIGNING_KEY: &str = "signing-key";

/// An account at seven.io. Secrets: `api-key`, and `signing-key` for its webhooks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Seven {
    /// Its name in senders.
    #[serde(default = "name")]
    pub id: GatewayId,
    /// The processor of the settings whose agreement covers it (L13).
    pub processor: String,
    /// A label for seven's statistics: letters, digits and `. - _ @`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Another address than `https://gateway.seven.io/api`.
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
    GatewayId::of_kind("seven")
}

impl Seven {
    pub(super) const SECRETS: &[&str] = &[API_KEY, SIGNING_KEY];

    pub(super) fn lint(&self, found: &mut Lint) {
        found.base_url(self.base_url.as_deref());
        let known = |b: u8| b.is_ascii_alphanumeric() || b".-_@".contains(&b);
        if self.label.as_ref().is_some_and(|label| label.is_empty() || label.len() > 100 || !label.bytes().all(known)) {
            found.push("label", "label", "A label has 1 to 100 letters, digits and . - _ @.");
        }
    }

    pub(super) fn send(&self, sms: &Envelope, secrets: &dyn Secrets) -> Call {
        let base = self.base_url.as_deref().unwrap_or("https://gateway.seven.io/api");
        // Minutes.
        let ttl = sms.valid_for.div_ceil(60).max(1).to_string();
        let mut fields = vec![
            ("to", sms.to),
            ("from", digits(sms.from)),
            ("text", sms.text),
            ("foreign_id", sms.reference),
            ("ttl", ttl.as_str()),
        ];
        if let Some(label) = &self.label {
            fields.push(("label", label));
        }
        Call::form(format!("{base}/sms"), &fields).with("x-api-key", &secrets.get(API_KEY))
    }

    /// An answer has HTTP status 200 in almost every case; its code says what it is.
    pub(super) fn outcome(answer: &Answer) -> Outcome {
        let body = answer.json();
        let overall = at(&body, "/success").or_else(|| text_of(&body));
        let message = body.pointer("/messages/0").unwrap_or(&Value::Null);
        // The SMS's own error says more than "101: not all were sent".
        let code = at(message, "/error").or(overall.filter(|code| code != "101"));
        match (code.as_deref().unwrap_or_default(), at(message, "/id")) {
            ("" | "0" | "100", Some(id))
                if answer.is_success() && message.pointer("/success") != Some(&Value::Bool(false)) =>
            {
                Outcome::Accepted(id)
            }
            // It has just taken the same SMS: an earlier try arrived after all. Carrier unclear, nothing known.
            ("402" | "700", _) => Outcome::Unknown,
            (code, _) => answer.by_meaning(meaning(code), false),
        }
    }

    pub(super) fn inbound(call: &InboundCall, secrets: &dyn Secrets) -> Result<Vec<InboundSms>, BadInbound> {
        let Some(data) = event(call, secrets, "sms_mo")? else {
            return Ok(Vec::new());
        };
        let (Some(id), Some(from), Some(to), Some(text)) = (
            at(&data, "/id"),
            at(&data, "/sender"),
            at(&data, "/system"),
            data.pointer("/text").and_then(Value::as_str),
        ) else {
            return Err(BadInbound::Malformed);
        };
        Ok(vec![InboundSms::new(SmsId::Provider(id), from, to, text.to_owned())])
    }

    pub(super) fn status(call: &InboundCall, secrets: &dyn Secrets) -> Result<Vec<Status>, BadInbound> {
        let Some(data) = event(call, secrets, "dlr")? else {
            return Ok(Vec::new());
        };
        let id = at(&data, "/msg_id");
        // Its own client's types know no `foreign_id` here.
        let about = at(&data, "/foreign_id").map(About::Reference).or_else(|| id.clone().map(About::ProviderId));
        let (Some(about), Some(state)) = (about, at(&data, "/status")) else {
            return Err(BadInbound::Malformed);
        };
        let delivery = match state.as_str() {
            "DELIVERED" => Delivery::Delivered,
            "ACCEPTED" | "BUFFERED" | "TRANSMITTED" | "UNKNOWN" => Delivery::Sent,
            // Switched off for too long, say.
            "EXPIRED" => Delivery::Failed(Failure::Later),
            "NOTDELIVERED" | "REJECTED" | "FAILED" => Delivery::Failed(Failure::Never),
            _ => return Err(BadInbound::Malformed),
        };
        Ok(vec![Status { about, message_id: id, delivery }])
    }
}

/// What the code of an answer means (docs.seven.io, "Rückgabewerte").
fn meaning(code: &str) -> Option<Failure> {
    Some(match code {
        "201" | "202" => Failure::NotMobile,
        "300" | "900" | "901" | "902" | "903" => Failure::Credentials,
        "301" | "304" | "305" | "306" | "307" | "400" | "401" => Failure::Never,
        "403" => Failure::Throttled { after: None },
        "500" => Failure::OutOfCredit,
        "600" => Failure::Later,
        _ => return None,
    })
}

/// The data of a webhook, if it is of that kind. Signed: HMAC-SHA256 over time, nonce, method, address and the MD5 of
/// the body, a line each. Its default is a form (`data[text]=…`), and JSON can be chosen.
fn event(call: &InboundCall, secrets: &dyn Secrets, kind: &str) -> Result<Option<Value>, BadInbound> {
    let time = call.header("x-timestamp");
    let signature = signature::from_hex(&call.header("x-signature"))?;
    let lines = [time.as_str(), &call.header("x-nonce"), "POST", call.url, &signature::hex_of::<md5::Md5>(call.body)]
        .join("\n");
    signature::check::<sha2::Sha256>(&secrets.get(SIGNING_KEY), &[lines.as_bytes()], &signature)?;
    call.fresh(time.parse().map_err(|_| BadInbound::Malformed)?)?;
    let body = call.json_or_form()?;
    match body.pointer("/webhook_event").and_then(Value::as_str) {
        Some(event) if event == kind => Ok(Some(body.pointer("/data").cloned().ok_or(BadInbound::Malformed)?)),
        Some(_) => Ok(None),
        None => Err(BadInbound::Malformed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gateway::tests::answer;

    #[test]
    fn the_code_in_the_body_counts_not_the_status() {
        let of = |body: &str| Seven::outcome(&answer(200, body));
        let message = |success: &str, error: &str| {
            format!(
                r#"{{"success":"{success}","messages":[{{"id":"77","success":{},"error":{error}}}]}}"#,
                error == "null"
            )
        };
        assert_eq!(of(&message("100", "null")), Outcome::Accepted("77".to_owned()));
        use Failure::{Credentials, Later, Never, NotMobile, OutOfCredit, Throttled};
        for (code, failure) in [
            ("202", NotMobile),
            ("306", Never),
            ("403", Throttled { after: None }),
            ("500", OutOfCredit),
            ("600", Later),
            ("900", Credentials),
            ("903", Credentials),
        ] {
            assert_eq!(of(&message("101", &format!("\"{code}\""))), Outcome::Failed(failure), "{code} of the SMS");
            assert_eq!(of(code), Outcome::Failed(failure), "{code} alone");
            assert_eq!(of(&format!(r#"{{"success":"{code}","messages":[]}}"#)), Outcome::Failed(failure), "{code}");
        }
    }

    #[test]
    fn what_may_have_been_sent_is_unknown() {
        for body in ["", "{", "{}", "<html>", "100", "402", "700", r#"{"success":"100","messages":[]}"#] {
            assert_eq!(Seven::outcome(&answer(200, body)), Outcome::Unknown, "{body}");
        }
        let refused = r#"{"success":"100","messages":[{"id":"77","success":false}]}"#;
        assert_eq!(Seven::outcome(&answer(200, refused)), Outcome::Unknown);
        assert_eq!(Seven::outcome(&answer(503, "")), Outcome::Unknown);
        assert_eq!(Seven::outcome(&answer(401, "900")), Outcome::Failed(Failure::Credentials));
    }
}
