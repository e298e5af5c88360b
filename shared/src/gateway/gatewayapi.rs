//! GatewayAPI's messaging API (gatewayapi.com/docs/apis/message), the one whose hosts begin with `messaging.`.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{
    About, Answer, BadInbound, Call, Delivery, Envelope, Failure, InboundCall, InboundSms, Outcome, Secrets, SmsId,
    Status,
    call::{at, digits},
    lint::Lint,
    signature,
};
use crate::ids::GatewayId;

const TOKEN: &str = "token";
const WEBHOOK_SECRET: &str = "webhook-secret";

/// An account at GatewayAPI. Secrets: `token`, and `webhook-secret` for its webhooks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct GatewayApi {
    /// Its name in senders.
    #[serde(default = "name")]
    pub id: GatewayId,
    /// The processor of the settings whose agreement covers it (L13).
    pub processor: String,
    /// Another host than `https://messaging.gatewayapi.eu`, such as `https://messaging.gatewayapi.com`: an account is
    /// at one of them only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base_url: Option<String>,
    /// The number that SMS come in at, where the webhook doesn't name it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receives_at: Option<String>,
    /// SMS a second at the most, 1 to 500. 10 by default; your provider's contract may allow more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per_second: Option<u32>,
    /// Parts of SMS a day (UTC) at the most, confirmations and messages together. 10,000 by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per_day: Option<u32>,
}

fn name() -> GatewayId {
    GatewayId::of_kind("gatewayapi")
}

impl GatewayApi {
    pub(super) const SECRETS: &[&str] = &[TOKEN, WEBHOOK_SECRET];

    pub(super) fn lint(&self, found: &mut Lint) {
        found.base_url(self.base_url.as_deref());
        let number =
            |text: &String| (3..=15).contains(&digits(text).len()) && digits(text).bytes().all(|b| b.is_ascii_digit());
        if !self.receives_at.as_ref().is_none_or(number) {
            found.push("receives_at", "number", "A number has 3 to 15 digits, after a + or not.");
        }
    }

    pub(super) fn send(&self, sms: &Envelope, secrets: &dyn Secrets) -> Call {
        let base = self.base_url.as_deref().unwrap_or("https://messaging.gatewayapi.eu");
        let body = json!({
            "sender": digits(sms.from),
            "message": sms.text,
            // E.164 has 15 digits at most. Zero is refused, as any number must be that is none.
            "recipient": digits(sms.to).parse::<u64>().unwrap_or_default(),
            "reference": sms.reference,
            // ISO 8601.
            "expiration": format!("PT{}S", sms.valid_for.max(60)),
        });
        let token = format!("Token {}", secrets.get(TOKEN));
        Call::json(format!("{base}/mobile/single"), &body).with("authorization", &token)
    }

    pub(super) fn outcome(answer: &Answer) -> Outcome {
        let body = answer.json();
        if answer.is_success() {
            return at(&body, "/msg_id").map_or(Outcome::Unknown, Outcome::Accepted);
        }
        let code = ["/code", "/hex_code", "/error/hex_code", "/error/code"].iter().find_map(|place| at(&body, place));
        let explained = code.is_some() || at(&body, "/message").is_some() || at(&body, "/description").is_some();
        answer.by_meaning(code.as_deref().and_then(meaning), explained)
    }

    pub(super) fn inbound(&self, call: &InboundCall, secrets: &dyn Secrets) -> Result<Vec<InboundSms>, BadInbound> {
        let body = signed(call, secrets)?;
        let (event, text) = match at(&body, "/event_type").as_deref() {
            Some("user-message.text.sms") => (body.pointer("/event").unwrap_or(&Value::Null), "/content/message"),
            Some(_) => return Ok(Vec::new()),
            // Accounts of old are still sent the old shape.
            None => (&body, "/message"),
        };
        let first = |places: &[&str]| places.iter().find_map(|place| at(event, place));
        let to = first(&["/recipient", "/receiver"]).or_else(|| self.receives_at.clone());
        let (Some(id), Some(from), Some(to), Some(text)) = (
            first(&["/msg_id", "/id"]),
            first(&["/sender", "/msisdn"]),
            to,
            event.pointer(text).and_then(Value::as_str),
        ) else {
            return Err(BadInbound::Malformed);
        };
        Ok(vec![InboundSms::new(SmsId::Provider(id), from, to, text.to_owned())])
    }

    pub(super) fn status(call: &InboundCall, secrets: &dyn Secrets) -> Result<Vec<Status>, BadInbound> {
        let body = signed(call, secrets)?;
        match at(&body, "/event_type").as_deref() {
            Some("message.status.sms") => {}
            Some(_) => return Ok(Vec::new()),
            None => return Err(BadInbound::Malformed),
        }
        let event = body.pointer("/event").unwrap_or(&Value::Null);
        let state = at(event, "/status").ok_or(BadInbound::Malformed)?;
        // One of an SMS that the owner sent by themselves.
        let Some(reference) = at(event, "/reference") else {
            return Ok(Vec::new());
        };
        let error = || at(event, "/error/hex_code").as_deref().and_then(meaning);
        let delivery = match state.as_str() {
            "DELIVERED" => Delivery::Delivered,
            "ACCEPTED" | "ENROUTE" | "UNKNOWN" => Delivery::Sent,
            "EXPIRED" => Delivery::Failed(error().unwrap_or(Failure::Later)),
            "UNDELIVERABLE" | "REJECTED" | "DELETED" => Delivery::Failed(error().unwrap_or(Failure::Never)),
            _ => return Err(BadInbound::Malformed),
        };
        Ok(vec![Status { about: About::Reference(reference), message_id: at(event, "/msg_id"), delivery }])
    }
}

/// What a code means (gatewayapi.com/docs/errors).
fn meaning(code: &str) -> Option<Failure> {
    let code = code.strip_prefix("0x").and_then(|hex| u16::from_str_radix(hex, 16).ok())?;
    Some(match code {
        0x0210..=0x0213 | 0x021D | 0x0223 | 0x0224 => Failure::Credentials,
        0x0214 => Failure::Later,
        0x0215 => Failure::OptedOut,
        0x0216 => Failure::OutOfCredit,
        // Country, operator, parameter, a link that is not on the account's list.
        0x0217 | 0x021F | 0x0220 | 0x0222 | 0x0310..=0x0312 => Failure::Never,
        // Nobody has the number, or it takes no SMS.
        0x1010 | 0x1012 | 0x1020 | 0x102C | 0x1060 | 0x1084 => Failure::NotMobile,
        // Switched off, without reception, full; the networks' own troubles.
        0x1013
        | 0x1015
        | 0x1018..=0x101B
        | 0x1021..=0x1023
        | 0x1027
        | 0x102A
        | 0x1042
        | 0x1047
        | 0x106A
        | 0x1080
        | 0x1091 => Failure::Later,
        // Of the API's own: shutting down, resources, "try again". Networks use the same endings for other things.
        other @ 0x0100..=0x07FF if matches!(other & 0xFF, 0x05 | 0x06 | 0x09) => Failure::Later,
        _ => return None,
    })
}

/// The body of a webhook that is signed: HMAC-SHA256 of the body. It carries no time that a repeated try renews, so
/// age is no sign of a replay here; the ids are. Webhooks of the older REST API say all once more in a signed JWT
/// (HS256, header `X-Gwapi-Signature`), whose word counts.
fn signed(call: &InboundCall, secrets: &dyn Secrets) -> Result<Value, BadInbound> {
    let token = call.header("x-gwapi-signature");
    if !token.is_empty() {
        let claims = signature::jwt(&secrets.get(WEBHOOK_SECRET), &token)?;
        return serde_json::from_slice(&claims).map_err(|_| BadInbound::Malformed);
    }
    let header = call.header("signature");
    let signature = signature::from_hex(header.strip_prefix("v1=").ok_or(BadInbound::Unsigned)?)?;
    signature::check::<sha2::Sha256>(&secrets.get(WEBHOOK_SECRET), &[call.body], &signature)?;
    call.json()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gateway::tests::{SECRET, answer, sms};

    #[test]
    fn its_errors_have_their_meanings() {
        let of = |status, code: &str| {
            GatewayApi::outcome(&answer(status, &json!({ "code": code, "message": "…" }).to_string()))
        };
        use Failure::{Credentials, Later, Never, OptedOut, OutOfCredit};
        for (status, code, failure) in [
            (403, "0x0213", Credentials),
            (403, "0x0215", OptedOut),
            (403, "0x0216", OutOfCredit),
            (403, "0x0312", Never),
            (500, "0x0309", Later),
            (422, "0xFFFF", Never),
            (403, "", Credentials),
        ] {
            assert_eq!(of(status, code), Outcome::Failed(failure), "{code}");
        }
        let taken = r#"{"msg_id":"01JNN696A9E0WS89FPYGT15NBX","recipient":4915112345678,"reference":null}"#;
        assert_eq!(
            GatewayApi::outcome(&answer(202, taken)),
            Outcome::Accepted("01JNN696A9E0WS89FPYGT15NBX".to_owned())
        );
        for (status, body) in [(202, ""), (202, r#"{"recipient":4915112345678}"#), (500, "oops")] {
            assert_eq!(GatewayApi::outcome(&answer(status, body)), Outcome::Unknown, "{status} {body}");
        }
    }

    #[test]
    fn the_older_api_signs_a_token_that_says_all() {
        use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
        use hmac::{Hmac, Mac as _};
        let gateway: GatewayApi =
            serde_json::from_str(r#"{ "processor": "ONLINECITY", "receives_at": "4915155500000" }"#).unwrap();
        let claims = r#"{"id":1,"msisdn":4917612345678,"receiver":4915155500000,"message":"STOP"}"#;
        let message = [r#"{"alg":"HS256"}"#, claims].map(|part| URL_SAFE_NO_PAD.encode(part)).join(".");
        let read = |secret: &[u8]| {
            let mac = Hmac::<sha2::Sha256>::new_from_slice(secret).unwrap().chain_update(&message);
            let token = format!("{message}.{}", URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()));
            let given = [("x-gwapi-signature", token.as_str())];
            let header = crate::gateway::tests::headers(&given);
            // What stands beside it is not signed.
            let call = InboundCall {
                url: "https://x/",
                header: &header,
                body: b"{\"message\":\"JA\"}",
                now: crate::gateway::tests::at_noon(),
            };
            gateway.inbound(&call, &SECRET)
        };
        let sms = read(b"webhook-secret").unwrap();
        assert_eq!((sms[0].from.as_str(), sms[0].text.as_str()), ("4917612345678", "STOP"));
        assert_eq!(read(b"another"), Err(BadInbound::Unsigned));
    }

    #[test]
    fn the_recipient_is_a_number() {
        let gateway: GatewayApi = serde_json::from_str(r#"{ "processor": "ONLINECITY" }"#).unwrap();
        let body: Value = serde_json::from_str(&gateway.send(&sms(), &SECRET).body).unwrap();
        assert_eq!(body["recipient"], 4_915_112_345_678_u64);
        assert_eq!(body["expiration"], "PT3600S");
    }
}
