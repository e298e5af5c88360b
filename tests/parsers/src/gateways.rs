//! Webhooks of providers: nobody else's is read, and whatever a provider's says can be gone on with.
//!
//! A webhook is a line with its path and query, one with its `content-type`, one with how many seconds ago it was made,
//! and the body.

use base64::{Engine as _, prelude::BASE64_STANDARD, prelude::BASE64_URL_SAFE_NO_PAD};
use hmac::{
    Mac as _, SimpleHmac,
    digest::{Digest, core_api::BlockSizeUser},
};
use md5::Md5;
use serde_json::{Value, json};
use sha1::Sha1;
use sha2::{Sha256, Sha512};
use shared::{
    gateway::{About, BadInbound, Delivery, Extent, Gateway, InboundCall, InboundSms, SmsId, Status},
    hex,
    inbound::{Arrived, answerer, handset, sender_at},
    message::MessageId,
    stored::{Unread, WhyUnread},
};

use crate::{
    lines::line,
    numbers, replies,
    shop::{NOON, ORIGIN, SECRET, SETTINGS, Secret, noon},
};

struct Webhook<'a> {
    url: String,
    content_type: String,
    made_at: i64,
    body: &'a [u8],
}

type Headers = Vec<(&'static str, String)>;

impl<'a> Webhook<'a> {
    fn of(data: &'a [u8]) -> Self {
        let (path, rest) = line(data);
        let (content_type, rest) = line(rest);
        let (age, body) = line(rest);
        let made_at = NOON.saturating_sub(age.trim().parse().unwrap_or_default());
        Self { url: format!("{ORIGIN}{path}"), content_type, made_at, body }
    }

    fn is_fresh(&self) -> bool {
        (NOON - 300..=NOON + 300).contains(&self.made_at)
    }

    /// As the gateway reads it with those headers, if its secrets are that.
    fn read(&self, gateway: &Gateway, secret: &str, headers: &Headers) -> Read {
        let header = |name: &str| {
            let known = headers.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone());
            known.or_else(|| (name == "content-type").then(|| self.content_type.clone()))
        };
        let call = InboundCall { url: &self.url, header: &header, body: self.body, now: noon() };
        (gateway.inbound(&call, &Secret(secret)), gateway.status(&call, &Secret(secret)))
    }
}

type Read = (Result<Vec<InboundSms>, BadInbound>, Result<Vec<Status>, BadInbound>);

const UNSIGNED: Read = (Err(BadInbound::Unsigned), Err(BadInbound::Unsigned));

/// Reads a webhook without proof, with the proof of somebody else's, and with the provider's own.
fn webhook(gateway: &Gateway, webhook: &Webhook, timed: bool, sign: impl Fn(&str) -> Headers) {
    let stranger = webhook.content_type.clone();
    let names = ["x-twilio-signature", "x-signature", "x-timestamp", "x-nonce", "authorization", "signature"];
    let given = names.into_iter().chain(["x-gwapi-signature", "x-token", "x-time"]);
    let forged: Headers = given.map(|name| (name, stranger.clone())).collect();
    if !webhook.url.contains(SECRET) && !stranger.contains(SECRET) {
        assert_eq!(webhook.read(gateway, SECRET, &forged), UNSIGNED, "a stranger's");
        assert_eq!(webhook.read(gateway, SECRET, &Headers::new()), UNSIGNED, "without any proof");
        assert_eq!(webhook.read(gateway, SECRET, &sign("another")), UNSIGNED, "by another secret");
    }
    assert_eq!(webhook.read(gateway, "", &sign("")), UNSIGNED, "without a secret");
    let (inbound, status) = webhook.read(gateway, SECRET, &sign(SECRET));
    let why = [inbound.as_ref().err(), status.as_ref().err()];
    assert!(!why.contains(&Some(&BadInbound::Unsigned)), "signed by the provider");
    let stale = why.map(|why| why == Some(&BadInbound::Stale));
    assert_eq!(stale, [timed && !webhook.is_fresh(); 2], "made at {}", webhook.made_at);
    inbound.into_iter().flatten().for_each(|sms| arrived(gateway, sms));
    status.into_iter().flatten().for_each(|status| reported(&status));
    Unread::new(gateway.id().clone(), WhyUnread::Format, noon(), webhook.body);
}

/// An SMS that a provider brings goes on to somebody, or is kept.
fn arrived(gateway: &Gateway, sms: InboundSms) {
    assert!(!sms.id.text().is_empty() && !sms.from.is_empty() && !sms.to.is_empty(), "{sms:?}");
    if let SmsId::Hash(hash) = &sms.id {
        assert_eq!(hash.len(), 64);
    }
    if let Some(number) = handset(&sms.from, gateway.home()) {
        numbers::accepted(&number);
    }
    let (to, extent) = (sms.to.clone(), sms.extent);
    let arrived = Arrived::new(sms, gateway.id().clone(), None, noon());
    let reply = arrived.reply(&SETTINGS.purposes);
    assert!(extent == Extent::Whole || reply.only_ends() || replies::is_unclear(&reply), "a part is {reply:?}");
    let sender = sender_at(&SETTINGS.senders, gateway.id(), &to);
    assert!(sender.is_none_or(|sender| SETTINGS.served_by(&sender.from).count() == 2));
    answerer(&SETTINGS.senders, gateway.id(), &to, sender);
    SETTINGS.receives_at(&to);
}

fn reported(Status { about, delivery, .. }: &Status) {
    match about {
        About::Reference(reference) => {
            let message = reference.parse::<MessageId>();
            assert!(message.is_err() || message.is_ok_and(|id| id.to_string() == *reference));
        }
        About::ProviderId(id) => assert!(!id.is_empty()),
    }
    let json = serde_json::to_string(delivery).expect("JSON");
    assert_eq!(serde_json::from_str::<Delivery>(&json).expect("what was written"), *delivery);
}

/// By this package's own hand.
fn mac<D: Digest + BlockSizeUser>(secret: &str, parts: &[&[u8]]) -> Vec<u8> {
    let mut mac = SimpleHmac::<D>::new_from_slice(secret.as_bytes()).expect("any length");
    parts.iter().for_each(|part| mac.update(part));
    mac.finalize().into_bytes().to_vec()
}

fn jwt(secret: &str, claims: &[u8]) -> String {
    let head = BASE64_URL_SAFE_NO_PAD.encode(r#"{"alg":"HS256","typ":"JWT"}"#);
    let message = format!("{head}.{}", BASE64_URL_SAFE_NO_PAD.encode(claims));
    format!("{message}.{}", BASE64_URL_SAFE_NO_PAD.encode(mac::<Sha256>(secret, &[message.as_bytes()])))
}

fn of_kind(kind: &str) -> &'static Gateway {
    SETTINGS.gateways.iter().find(|gateway| gateway.id().as_str() == kind).expect("a gateway")
}

/// twilio.com/docs/usage/security
pub fn twilio(data: &[u8]) {
    let given = Webhook::of(data);
    webhook(of_kind("twilio"), &given, false, |secret| {
        let mut pairs: Vec<_> = form_urlencoded::parse(given.body).into_owned().collect();
        pairs.sort();
        pairs.dedup();
        let fields = pairs.iter().flat_map(|(name, value)| [name.as_bytes(), value.as_bytes()]);
        let parts: Vec<&[u8]> = std::iter::once(given.url.as_bytes()).chain(fields).collect();
        vec![("x-twilio-signature", BASE64_STANDARD.encode(mac::<Sha1>(secret, &parts)))]
    });
}

/// docs.seven.io: time, nonce, method, address and the MD5 of the body.
pub fn seven(data: &[u8]) {
    let given = Webhook::of(data);
    webhook(of_kind("seven"), &given, true, |secret| {
        let time = given.made_at.to_string();
        let lines = format!("{time}\nnonce\nPOST\n{}\n{}", given.url, hex::write(&Md5::digest(given.body)));
        let signature = hex::write(&mac::<Sha256>(secret, &[lines.as_bytes()]));
        vec![("x-timestamp", time), ("x-nonce", "nonce".to_owned()), ("x-signature", signature)]
    });
}

/// developer.vonage.com/en/messages/concepts/signed-webhooks; both of its APIs.
pub fn vonage(data: &[u8]) {
    let given = Webhook::of(data);
    webhook(of_kind("vonage"), &given, true, |secret| {
        let hash = hex::write(&Sha256::digest(given.body));
        let claims = json!({ "iat": given.made_at, "payload_hash": hash, "api_key": secret });
        vec![("authorization", format!("Bearer {}", jwt(secret, claims.to_string().as_bytes())))]
    });
}

/// GatewayAPI signs the body, or says it once more in a JWT.
pub fn gatewayapi(data: &[u8]) {
    let given = Webhook::of(data);
    let gateway = of_kind("gatewayapi");
    webhook(gateway, &given, false, |secret| {
        vec![("signature", format!("v1={}", hex::write(&mac::<Sha256>(secret, &[given.body]))))]
    });
    webhook(gateway, &given, false, |secret| vec![("x-gwapi-signature", jwt(secret, given.body))]);
}

fn described(format: &str, verify: &Value) -> Gateway {
    let place = |name: &str| if format == "json" { format!("/{name}") } else { name.to_owned() };
    let places = |names: &[&str]| {
        names.iter().map(|name| ((*name).to_owned(), place(name).into())).collect::<serde_json::Map<String, Value>>()
    };
    let mut inbound = places(&["id", "from", "to", "text"]);
    let mut status = places(&["id", "state", "code"]);
    for rule in [&mut inbound, &mut status] {
        rule.insert("format".to_owned(), format.into());
    }
    status.extend([("reference".to_owned(), "?ref".into()), ("sent".to_owned(), json!(["sent"]))]);
    status.extend([("delivered".to_owned(), json!(["ok"])), ("failed".to_owned(), json!(["no"]))]);
    status.insert("failures".to_owned(), json!({ "7": "not_mobile", "no": "later" }));
    let gateway = json!({
        "kind": "http", "processor": "SMS", "country": "DE",
        "send": { "method": "POST", "url": "https://sms.example.de/", "body": { "json": {} } },
        "answer": { "json": { "id": "/id" } },
        "inbound": inbound, "status": status, "verify": verify,
    });
    serde_json::from_value(gateway).expect("a gateway")
}

/// A provider by its description, in each format and proof. One kind of webhook tells itself by a field; another brings
/// no id.
pub fn http(data: &[u8]) {
    let given = Webhook::of(data);
    for format in ["json", "form"] {
        let hmac = json!({ "hmac": {
            "secret": "hook", "header": "X-Signature", "algorithm": "sha256", "encoding": "hex", "prefix": "sha256=",
        }});
        webhook(&described(format, &hmac), &given, false, |secret| {
            vec![("x-signature", format!("sha256={}", hex::write(&mac::<Sha256>(secret, &[given.body]))))]
        });
        let header = json!({ "header": { "header": "X-Token", "secret": "hook" } });
        let gateway = without_id(described(format, &header));
        webhook(&gateway, &given, false, |secret| vec![("x-token", secret.to_owned())]);
        let basic = json!({ "basic": { "user": "sms", "secret": "hook" } });
        webhook(&described(format, &basic), &given, false, |secret| {
            vec![("authorization", format!("Basic {}", BASE64_STANDARD.encode(format!("sms:{secret}"))))]
        });
    }
    timed(&given);
    in_the_address(&given);
}

fn without_id(gateway: Gateway) -> Gateway {
    let mut json = serde_json::to_value(gateway).expect("JSON");
    let inbound = json["inbound"].as_object_mut().expect("a rule");
    inbound.remove("id");
    inbound.insert("charset".to_owned(), "iso-8859-15".into());
    serde_json::from_value(json).expect("a gateway")
}

/// A signature over address, time and body, which is text then.
fn timed(given: &Webhook) {
    let Ok(body) = std::str::from_utf8(given.body) else { return };
    let over = json!({ "hmac": {
        "secret": "hook", "header": "X-Signature", "algorithm": "sha512", "encoding": "base64",
        "over": "{timestamp}.{url}.{body}", "timestamp_header": "X-Time",
    }});
    webhook(&described("json", &over), given, true, |secret| {
        let signed = format!("{}.{}.{body}", given.made_at, given.url);
        let signature = BASE64_STANDARD.encode(mac::<Sha512>(secret, &[signed.as_bytes()]));
        vec![("x-time", given.made_at.to_string()), ("x-signature", signature)]
    });
}

/// A secret in the address counts as it was set there, whatever else the address says.
fn in_the_address(given: &Webhook) {
    let query = json!({ "query": { "parameter": "k", "secret": "hook" } });
    let gateway = described("form", &query);
    let known = given.url.contains(SECRET) || given.content_type.contains(SECRET);
    assert!(known || given.read(&gateway, SECRET, &Headers::new()) == UNSIGNED, "{}", given.url);
    let (path, _) = given.url.split_once('?').unwrap_or((&given.url, ""));
    let set = |secret: &str| Webhook {
        url: format!("{path}?k={secret}"),
        content_type: given.content_type.clone(),
        made_at: given.made_at,
        body: given.body,
    };
    assert_eq!(set("another").read(&gateway, SECRET, &Headers::new()), UNSIGNED);
    let (inbound, _) = set(SECRET).read(&gateway, SECRET, &Headers::new());
    assert_ne!(inbound, Err(BadInbound::Unsigned));
    inbound.into_iter().flatten().for_each(|sms| arrived(&gateway, sms));
}
