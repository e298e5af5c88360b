//! Vonage's Messages API, version 1 (developer.vonage.com/en/api/messages).

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{
    About, Answer, BadInbound, Call, Delivery, Envelope, Extent, Failure, InboundCall, InboundSms, Outcome, Secrets,
    SmsId, Status,
    call::{at, digits},
    lint::Lint,
    signature,
};
use crate::ids::GatewayId;

const API_KEY: &str = "api-key";
const API_SECRET: &str = "api-secret";
const SIGNATURE_SECRET: &str = "signature-secret";

/// An account at Vonage. Secrets: `api-key`, `api-secret`, and `signature-secret` for its webhooks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Vonage {
    /// Its name in senders.
    #[serde(default = "name")]
    pub id: GatewayId,
    /// The processor of the settings whose agreement covers it (L13).
    pub processor: String,
    /// Another host than `https://api.nexmo.com`.
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
    GatewayId::of_kind("vonage")
}

impl Vonage {
    pub(super) const SECRETS: &[&str] = &[API_KEY, API_SECRET, SIGNATURE_SECRET];

    pub(super) fn lint(&self, found: &mut Lint) {
        found.base_url(self.base_url.as_deref());
    }

    pub(super) fn send(&self, sms: &Envelope, secrets: &dyn Secrets) -> Call {
        let base = self.base_url.as_deref().unwrap_or("https://api.nexmo.com");
        let body = json!({
            "message_type": "text",
            "channel": "sms",
            "to": digits(sms.to),
            "from": digits(sms.from),
            "text": sms.text,
            "client_ref": sms.reference,
            "ttl": sms.valid_for,
            "webhook_url": sms.status_url,
            "webhook_version": "v1",
        });
        Call::json(format!("{base}/v1/messages"), &body).basic(&secrets.get(API_KEY), &secrets.get(API_SECRET))
    }

    pub(super) fn outcome(answer: &Answer) -> Outcome {
        let body = answer.json();
        if answer.is_success() {
            return at(&body, "/message_uuid").map_or(Outcome::Unknown, Outcome::Accepted);
        }
        let kind = at(&body, "/type");
        answer.by_meaning(kind.as_deref().and_then(meaning), kind.is_some())
    }

    pub(super) fn inbound(call: &InboundCall, secrets: &dyn Secrets) -> Result<Vec<InboundSms>, BadInbound> {
        let body = signed(call, secrets)?;
        if at(&body, "/channel").is_some_and(|channel| channel != "sms") {
            return Ok(Vec::new());
        }
        // Numbers that are still set to its older SMS API name things otherwise, and bring a long SMS in parts.
        let first = |places: [&str; 2]| places.into_iter().find_map(|place| at(&body, place));
        let (Some(id), Some(from), Some(to), Some(text)) = (
            first(["/message_uuid", "/messageId"]),
            first(["/from", "/msisdn"]),
            at(&body, "/to"),
            body.pointer("/text").and_then(Value::as_str),
        ) else {
            return Err(BadInbound::Malformed);
        };
        let parts = at(&body, "/concat-total").and_then(|total| total.parse::<u32>().ok());
        let extent = if parts.is_some_and(|parts| parts > 1) { Extent::Part } else { Extent::Whole };
        Ok(vec![InboundSms { extent, ..InboundSms::new(SmsId::Provider(id), from, to, text.to_owned()) }])
    }

    pub(super) fn status(call: &InboundCall, secrets: &dyn Secrets) -> Result<Vec<Status>, BadInbound> {
        let body = signed(call, secrets)?;
        let state = at(&body, "/status").ok_or(BadInbound::Malformed)?;
        // One of an SMS that the owner sent by themselves.
        let Some(reference) = at(&body, "/client_ref") else {
            return Ok(Vec::new());
        };
        let error = || at(&body, "/error/type").or_else(|| at(&body, "/error/title"));
        let delivery = match state.as_str() {
            "submitted" => Delivery::Sent,
            "delivered" | "read" => Delivery::Delivered,
            "rejected" => Delivery::Failed(error().as_deref().and_then(meaning).unwrap_or(Failure::Never)),
            // Vonage could not reach the next in line.
            "undeliverable" => Delivery::Failed(error().as_deref().and_then(meaning).unwrap_or(Failure::Later)),
            _ => return Err(BadInbound::Malformed),
        };
        Ok(vec![Status { about: About::Reference(reference), message_id: at(&body, "/message_uuid"), delivery }])
    }
}

/// What an error means: the part of its `type` after `#`, or the code itself
/// (developer.vonage.com/en/api-errors/messages, and the generic ones in /en/api-errors).
fn meaning(kind: &str) -> Option<Failure> {
    Some(match kind.rsplit(['#', '/']).next().unwrap_or_default() {
        "1000" | "1460" | "throttled" => Failure::Throttled { after: None },
        "1030" | "1100" | "1180" | "1220" | "1230" | "1260" => Failure::Later,
        "1040" | "1170" | "1190" => Failure::NotMobile,
        "1070" | "low-balance" | "out-of-credit" => Failure::OutOfCredit,
        "1060" | "1080" | "unauthorized" | "forbidden" | "unprovisioned" | "account-suspended" | "invalid-api-key"
        | "jwt-expired" | "jwt-revoked" => Failure::Credentials,
        // 1050 is a block at Vonage or the network, not the person's STOP.
        "1010" | "1020" | "1050" | "1090" | "1120" | "1130" | "1140" | "1160" | "1210" | "1240" | "invalid-params" => {
            Failure::Never
        }
        _ => return None,
    })
}

/// The body of a webhook that carries a JWT of Vonage's: HS256, with the hash of the body among its claims
/// (developer.vonage.com/en/messages/concepts/signed-webhooks).
fn signed(call: &InboundCall, secrets: &dyn Secrets) -> Result<Value, BadInbound> {
    let header = call.header("authorization");
    let token = header.strip_prefix("Bearer ").ok_or(BadInbound::Unsigned)?;
    let claims = signature::jwt(&secrets.get(SIGNATURE_SECRET), token)?;
    let claims: Value = serde_json::from_slice(&claims).map_err(|_| BadInbound::Unsigned)?;
    let hash = at(&claims, "/payload_hash").ok_or(BadInbound::Unsigned)?;
    signature::same(&signature::hex_of::<sha2::Sha256>(call.body), &hash)?;
    // One signature secret may serve several accounts.
    if let Some(key) = at(&claims, "/api_key") {
        signature::same(&secrets.get(API_KEY), &key)?;
    }
    call.fresh(claims.pointer("/iat").and_then(Value::as_i64).ok_or(BadInbound::Malformed)?)?;
    call.json_or_form()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gateway::tests::{SECRET, answer, sms};

    #[test]
    fn its_errors_have_their_meanings() {
        let of = |status, kind: &str| {
            let kind = format!("https://developer.vonage.com/api-errors/messages#{kind}");
            Vonage::outcome(&answer(status, &json!({ "type": kind, "title": "…" }).to_string()))
        };
        use Failure::{Credentials, Later, Never, NotMobile, OutOfCredit, Throttled};
        for (status, kind, failure) in [
            (429, "1000", Throttled { after: None }),
            (402, "1070", OutOfCredit),
            (401, "unauthorized", Credentials),
            (403, "1120", Never),
            (422, "1170", NotMobile),
            (422, "9999", Never),
            (500, "1030", Later),
            (500, "9999", Later),
        ] {
            assert_eq!(of(status, kind), Outcome::Failed(failure), "{kind}");
        }
        let accepted = r#"{"message_uuid":"aaaaaaaa-bbbb-4ccc-8ddd-0123456789ab"}"#;
        assert_eq!(
            Vonage::outcome(&answer(202, accepted)),
            Outcome::Accepted("aaaaaaaa-bbbb-4ccc-8ddd-0123456789ab".to_owned())
        );
        for (status, body) in [(202, ""), (202, "{}"), (202, "{\"message_uu"), (500, "oops")] {
            assert_eq!(Vonage::outcome(&answer(status, body)), Outcome::Unknown, "{status} {body}");
        }
    }

    #[test]
    fn numbers_go_without_a_plus() {
        let vonage: Vonage = serde_json::from_str(r#"{ "processor": "Vonage" }"#).unwrap();
        let body: Value = serde_json::from_str(&vonage.send(&sms(), &SECRET).body).unwrap();
        assert_eq!(body["to"], "4915112345678");
        assert_eq!(body["client_ref"], sms().reference);
    }
}
