//! Webhooks signed by the providers' own code, or by Node's.

use serde_json::Value;
use shared::{
    gateway::{BadInbound, Gateway, InboundCall, InboundSms, SmsId},
    time::Timestamp,
};

use crate::{
    peers::node,
    samples::{Secret, named},
};

/// A webhook as the script writes it.
struct Webhook {
    url: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    now: i64,
}

impl Webhook {
    fn read(&self, gateway: &Gateway, secret: &str) -> Result<Vec<InboundSms>, BadInbound> {
        let header = |name: &str| self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone());
        let now = Timestamp::from_millis(self.now * 1000);
        gateway.inbound(&InboundCall { url: &self.url, header: &header, body: &self.body, now }, &Secret(secret))
    }
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

/// As many webhooks as wanted of each provider, each with its gateway and the SMS that is in it.
fn webhooks(count: u32) -> Vec<(Gateway, String, Webhook, InboundSms)> {
    let lines = node("webhooks.mjs", &count.to_string());
    let read = |line: &str| {
        let json: Value = serde_json::from_str(line).expect("JSON");
        let headers = json["headers"].as_object().expect("headers");
        let webhook = Webhook {
            url: text(&json["url"]),
            headers: headers.iter().map(|(name, value)| (name.clone(), text(value))).collect(),
            body: text(&json["body"]).into_bytes(),
            now: json["now"].as_i64().expect("a time"),
        };
        let sms = &json["sms"];
        let id = SmsId::Provider(text(&sms["id"]));
        let inbound = InboundSms::new(id, text(&sms["from"]), text(&sms["to"]), text(&sms["text"]));
        (named(&json["provider"]), text(&json["secret"]), webhook, inbound)
    };
    lines.lines().map(read).collect()
}

#[test]
fn what_other_peoples_code_signed_is_read() {
    let webhooks = webhooks(50);
    assert_eq!(webhooks.len(), 200);
    for (gateway, secret, webhook, sms) in webhooks {
        assert_eq!(webhook.read(&gateway, &secret), Ok(vec![sms.clone()]), "{}", gateway.id());
        assert_eq!(webhook.read(&gateway, "another"), Err(BadInbound::Unsigned), "{}", gateway.id());
        assert_eq!(webhook.read(&gateway, ""), Err(BadInbound::Unsigned), "{}", gateway.id());
    }
}

#[test]
fn any_changed_byte_is_refused() {
    for (gateway, secret, webhook, sms) in webhooks(3) {
        for at in 0..webhook.body.len() {
            let mut body = webhook.body.clone();
            body[at] ^= 1;
            let changed =
                Webhook { body, url: webhook.url.clone(), headers: webhook.headers.clone(), now: webhook.now };
            // A form has two ways to write the same parameters; what is read is then the same.
            let same = changed.read(&gateway, &secret);
            assert!(same == Err(BadInbound::Unsigned) || same == Ok(vec![sms.clone()]), "{} body {at}", gateway.id());
            assert!(same.is_err() || gateway.id().as_str() == "twilio", "{} body {at}", gateway.id());
        }
        for (which, (name, value)) in webhook.headers.iter().enumerate() {
            for at in 0..value.len() {
                let mut bytes = value.clone().into_bytes();
                bytes[at] ^= 1;
                let mut headers = webhook.headers.clone();
                headers[which].1 = String::from_utf8(bytes).expect("ASCII");
                let changed =
                    Webhook { headers, body: webhook.body.clone(), url: webhook.url.clone(), now: webhook.now };
                assert_eq!(changed.read(&gateway, &secret), Err(BadInbound::Unsigned), "{} {name} {at}", gateway.id());
            }
        }
        // The address is signed by these two.
        let url = webhook.url.replace("inbound", "inbounds");
        let moved = Webhook { url, headers: webhook.headers.clone(), body: webhook.body.clone(), now: webhook.now };
        let signs_address = ["twilio", "seven"].contains(&gateway.id().as_str());
        assert_eq!(moved.read(&gateway, &secret).is_err(), signs_address, "{}", gateway.id());
    }
}

#[test]
fn an_old_webhook_is_stale_where_the_scheme_carries_time() {
    for (gateway, secret, webhook, _) in webhooks(1) {
        for (later, fresh) in [(300, true), (301, false), (-300, true), (-301, false)] {
            let url = webhook.url.clone();
            let aged =
                Webhook { now: webhook.now + later, url, headers: webhook.headers.clone(), body: webhook.body.clone() };
            let carries_time = ["seven", "vonage"].contains(&gateway.id().as_str());
            let read = aged.read(&gateway, &secret);
            match fresh || !carries_time {
                true => assert!(read.is_ok(), "{} {later}", gateway.id()),
                false => assert_eq!(read, Err(BadInbound::Stale), "{} {later}", gateway.id()),
            }
        }
    }
}
