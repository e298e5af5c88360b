use proptest::prelude::*;
use serde_json::{Value, json};

use crate::{
    address::Reach,
    gateway::{
        About, Answer, BadInbound, Delivery, Failure, Gateway, InboundCall, InboundSms, Outcome, SmsId, Status,
        tests::{SECRET, answer, at_noon, headers, sms},
    },
};

fn json_gateway() -> Value {
    json!({
        "kind": "http",
        "processor": "Beispiel SMS GmbH",
        "send": {
            "method": "POST",
            "url": "https://api.example.de/sms/{reference}",
            "headers": { "Authorization": "Bearer {secret.token}" },
            "body": { "json": { "to": ["{to}"], "n": "{to_digits:number}", "from": "{from}", "text": "{text}",
                                "callback": "{status_url}", "ttl": "{valid_for:number}", "priority": 1 } }
        },
        "answer": { "json": { "id": "/messages/0/id", "code": "/code", "success": ["ok"],
                    "failures": { "no_money": "out_of_credit", "maybe": "unknown", "busy": "throttled" } } },
        "inbound": { "format": "json", "id": "/id", "from": "/from", "to": "/to", "text": "/text" },
        "status": { "format": "form", "reference": "?ref", "id": "id", "state": "state", "sent": ["SENT"],
                    "delivered": ["DELIVRD"], "failed": ["UNDELIV"], "code": "err", "failures": { "5": "not_mobile" } },
        "verify": { "hmac": { "secret": "hook", "header": "X-Sign", "algorithm": "sha256", "encoding": "hex",
                    "prefix": "sha256=", "over": "{timestamp}.{body}", "timestamp_header": "X-Time" } }
    })
}

fn read(json: Value) -> Gateway {
    serde_json::from_value(json).unwrap()
}

/// The rules that the gateway breaks after a change of it at a JSON pointer.
fn broken(pointer: &str, value: Value) -> Vec<(String, String)> {
    let mut json = json_gateway();
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    json.pointer_mut(parent).unwrap()[name] = value;
    read(json).lint(Reach::Internet).into_iter().map(|it| (it.field, it.rule)).collect()
}

#[test]
fn a_text_breaks_out_of_no_format() {
    let mut gateway = json_gateway();
    let call = read(gateway.clone()).send(&sms(), &SECRET);
    assert_eq!(call.url, "https://api.example.de/sms/AbCdEfGhIjKlMnOpQrStUvWx_-01");
    let body: Value = serde_json::from_str(&call.body).unwrap();
    let callback = format!("{}?ref={}", sms().status_url, sms().reference);
    assert_eq!(
        body,
        json!({ "to": [sms().to], "n": 4_915_112_345_678_u64, "from": sms().from, "text": sms().text,
                             "callback": callback, "ttl": 3600, "priority": 1 })
    );
    assert!(call.headers.contains(&("Authorization".to_owned(), "Bearer token".to_owned())));

    gateway["send"]["body"] = json!({ "form": { "text": "{text}", "to": "{to}" } });
    let form = read(gateway.clone()).send(&sms(), &SECRET).body;
    let fields: Vec<_> = form_urlencoded::parse(form.as_bytes()).into_owned().collect();
    assert_eq!(fields, [("text".to_owned(), sms().text.to_owned()), ("to".to_owned(), sms().to.to_owned())]);

    gateway["send"]["body"] =
        json!({ "text": { "content_type": "text/xml", "escape": "xml", "template": "<sms to=\"{to}\">{text}</sms>" } });
    let xml = read(gateway.clone()).send(&sms(), &SECRET).body;
    assert_eq!(xml, "<sms to=\"+4915112345678\">Grüße &amp; &quot;Küsse&quot; {text} 100%\n&lt;b&gt;€&lt;/b&gt;</sms>");

    gateway["send"] = json!({ "method": "GET", "number_in_url": true,
                              "url": "https://api.example.de/?k={secret.key}&to={to}&text={text}&from={from}" });
    let call = read(gateway).send(&sms(), &SECRET);
    let (_, query) = call.url.split_once('?').unwrap();
    let text = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "text").unwrap().1.into_owned();
    assert_eq!((text.as_str(), query.matches('&').count()), (sms().text, 3));
    assert!(call.url.bytes().all(|b| b.is_ascii_graphic()));
}

proptest! {
    #[test]
    fn any_text_arrives_as_it_is(text in "\\PC*", from in "[ -~]{1,11}") {
        let sms = crate::gateway::Envelope { text: &text, from: &from, ..sms() };
        let mut gateway = json_gateway();
        let body: Value = serde_json::from_str(&read(gateway.clone()).send(&sms, &SECRET).body).unwrap();
        prop_assert_eq!((body["text"].as_str(), body["from"].as_str()), (Some(text.as_str()), Some(from.as_str())));
        gateway["send"]["body"] = json!({ "form": { "a": "{from}", "b": "<{text}>" } });
        let body = read(gateway.clone()).send(&sms, &SECRET).body;
        let fields: Vec<_> = form_urlencoded::parse(body.as_bytes()).into_owned().collect();
        prop_assert_eq!(fields, [("a".to_owned(), from.clone()), ("b".to_owned(), format!("<{text}>"))]);
        gateway["send"] = json!({ "method": "GET", "url": "https://a.example.de/{from}/{text}", "number_in_url": true });
        let url = read(gateway).send(&sms, &SECRET).url;
        prop_assert!(url.bytes().all(|b| b.is_ascii_graphic()) && url.matches('/').count() == 4 && !url.contains(['?', '#']));
    }
}

#[test]
fn an_answer_means_what_the_description_says() {
    let gateway = read(json_gateway());
    let of = |status, body: &str| gateway.outcome(&Answer { status, retry_after: Some(9), body });
    assert_eq!(of(200, r#"{"code":"ok","messages":[{"id":77}]}"#), Outcome::Accepted("77".to_owned()));
    assert_eq!(of(200, r#"{"code":"no_money"}"#), Outcome::Failed(Failure::OutOfCredit));
    assert_eq!(of(400, r#"{"code":"busy"}"#), Outcome::Failed(Failure::Throttled { after: Some(9) }));
    assert_eq!(of(503, r#"{"code":"other"}"#), Outcome::Failed(Failure::Later));
    for (status, body) in
        [(200, ""), (200, r#"{"code":"ok"}"#), (200, r#"{"code":"new"}"#), (400, r#"{"code":"maybe"}"#), (503, "")]
    {
        assert_eq!(of(status, body), Outcome::Unknown, "{status} {body}");
    }

    let mut json = json_gateway();
    json["answer"] = json!({ "text": { "success": ["OK:{id}", "100"], "failure": ["ERR {code}"],
                             "failures": { "7": "not_mobile" } } });
    let text = read(json);
    let of = |status, body| text.outcome(&answer(status, body));
    assert_eq!(of(200, "OK:12ab\n"), Outcome::Accepted("12ab".to_owned()));
    assert_eq!(of(200, "100"), Outcome::Accepted(String::new()));
    assert_eq!(of(200, "ERR 7 landline"), Outcome::Failed(Failure::NotMobile));
    assert_eq!(of(200, "ERR 8"), Outcome::Unknown);
    assert_eq!(of(200, "1001"), Outcome::Unknown);
    assert_eq!(of(401, "100"), Outcome::Failed(Failure::Credentials));
}

#[test]
fn a_signed_webhook_is_read_and_an_old_one_is_stale() {
    let gateway = read(json_gateway());
    let sign = |text: &str| {
        use hmac::{Hmac, Mac as _};
        let mac = Hmac::<sha2::Sha256>::new_from_slice(b"hook").unwrap().chain_update(text);
        format!("sha256={}", crate::hex::write(&mac.finalize().into_bytes()))
    };
    let noon = at_noon().millis() / 1000;
    let read = |time: i64, body: &str, signature: &str| {
        let time = time.to_string();
        let given = [("x-time", time.as_str()), ("x-sign", signature)];
        let header = headers(&given);
        let call = InboundCall {
            url: "https://jawort.example.de/gateway/http/status?ref=our",
            header: &header,
            body: body.as_bytes(),
            now: at_noon(),
        };
        (gateway.inbound(&call, &SECRET), gateway.status(&call, &SECRET))
    };
    let sms = r#"{"id":7,"from":"49151","to":"49155","text":""}"#;
    let signed = |time: i64, body: &str| read(time, body, &sign(&format!("{time}.{body}")));
    let inbound = InboundSms::new(SmsId::Provider("7".into()), "49151".into(), "49155".into(), String::new());
    assert_eq!(signed(noon, sms).0, Ok(vec![inbound.clone()]));
    assert_eq!(signed(noon - 300, sms).0, Ok(vec![inbound]));
    assert_eq!(signed(noon - 301, sms).0, Err(BadInbound::Stale));
    assert_eq!(signed(noon + 301, sms).0, Err(BadInbound::Stale));
    assert_eq!(read(noon, sms, &sign(&format!("{}.{sms}", noon + 1))).0, Err(BadInbound::Unsigned));
    assert_eq!(signed(noon, "{").0, Err(BadInbound::Malformed));

    let of = |body: &str| signed(noon, body).1.map(|reports| reports.into_iter().next());
    let status = |message_id: &str, delivery| {
        Some(Status { about: About::Reference("our".into()), message_id: Some(message_id.into()), delivery })
    };
    assert_eq!(of("id=7&state=DELIVRD"), Ok(status("7", Delivery::Delivered)));
    assert_eq!(of("id=7&state=SENT"), Ok(status("7", Delivery::Sent)));
    assert_eq!(of("id=7&state=UNDELIV&err=5"), Ok(status("7", Delivery::Failed(Failure::NotMobile))));
    assert_eq!(of("id=7&state=UNDELIV&err=9"), Ok(status("7", Delivery::Failed(Failure::Never))));
    assert_eq!(of("id=7&state=other"), Err(BadInbound::Malformed));

    let mut json = json_gateway();
    json["inbound"]["when"] = json!({ "at": "/kind", "is": "text" });
    let gateway = self::read(json);
    let of = |body: &str| {
        let (time, signature) = (noon.to_string(), sign(&format!("{noon}.{body}")));
        let given = [("x-time", time.as_str()), ("x-sign", signature.as_str())];
        let header = headers(&given);
        let call =
            InboundCall { url: "https://jawort.example.de/", header: &header, body: body.as_bytes(), now: at_noon() };
        gateway.inbound(&call, &SECRET).map(|all| all.len())
    };
    assert_eq!(of(r#"{"kind":"report"}"#), Ok(0));
    assert_eq!(of(&sms.replace('{', r#"{"kind":"text","#)), Ok(1));
}

#[test]
fn each_way_of_proving_needs_the_secret() {
    let call = |verify: Value, url: &str, given: &[(&str, &str)]| {
        let mut json = json_gateway();
        json["verify"] = verify;
        json["send"]["body"]["json"]["callback"] = json!("{status_url}&k={secret.hook}");
        assert_eq!(read(json.clone()).lint(Reach::Internet), []);
        let header = headers(given);
        let body = br#"{"id":7,"from":"49151","to":"49155","text":"JA"}"#;
        let call = InboundCall { url, header: &header, body, now: at_noon() };
        assert!(read(json.clone()).inbound(&call, &|_: &str| String::new()).is_err(), "no secret");
        read(json).inbound(&call, &SECRET).is_ok()
    };
    let url = "https://jawort.example.de/gateway/http/inbound?k=hook";
    let header = || json!({ "header": { "header": "X-Key", "secret": "hook" } });
    assert!(call(header(), url, &[("x-key", "hook")]));
    assert!(!call(header(), url, &[("x-key", "hooK")]));
    assert!(!call(header(), url, &[]));
    let basic = || json!({ "basic": { "user": "sms", "secret": "hook" } });
    assert!(call(basic(), url, &[("authorization", "Basic c21zOmhvb2s=")]));
    assert!(!call(basic(), url, &[("authorization", "Basic c21zOmhvb2t=")]));
    let query = || json!({ "query": { "parameter": "k", "secret": "hook" } });
    assert!(call(query(), url, &[]));
    assert!(!call(query(), "https://jawort.example.de/gateway/http/inbound?k=", &[]));
    let hmac = |algorithm: &str| json!({ "hmac": { "secret": "hook", "header": "X-Sign", "algorithm": algorithm, "encoding": "base64" } });
    // printf '%s' '{"id":7,…}' | openssl dgst -sha1 -hmac hook -binary | base64; -sha512 alike
    assert!(call(hmac("sha1"), url, &[("x-sign", SHA1)]));
    assert!(call(hmac("sha512"), url, &[("x-sign", SHA512)]));
    assert!(!call(hmac("sha256"), url, &[("x-sign", SHA1)]));
}

#[test]
fn a_webhook_without_proof_can_not_be_described() {
    let mut json = json_gateway();
    json["verify"] = json!({ "none": {} });
    assert!(serde_json::from_value::<Gateway>(json.clone()).is_err());
    json.as_object_mut().unwrap().remove("verify");
    let rules: Vec<_> = read(json).lint(Reach::Internet).into_iter().map(|it| it.rule).collect();
    assert_eq!(rules, ["verify"]);
}

#[test]
fn unknown_fields_are_refused_everywhere() {
    for pointer in ["", "/send", "/answer/json", "/inbound", "/status", "/verify/hmac"] {
        let mut json = json_gateway();
        json.pointer_mut(pointer).unwrap()["surprise"] = json!(1);
        let error = serde_json::from_value::<Gateway>(json).unwrap_err().to_string();
        assert!(error.contains("surprise"), "{pointer}: {error}");
    }
}

#[test]
fn what_can_not_work_is_refused() {
    assert_eq!(read(json_gateway()).lint(Reach::Internet), []);
    let secret = |name: &str| name.to_owned();
    assert_eq!(read(json_gateway()).secrets(), [secret("token"), secret("hook")]);
    for (pointer, value, field, rule) in [
        ("/send/url", json!("http://api.example.de/"), "send.url", "host"),
        ("/send/url", json!("https://10.0.0.1/"), "send.url", "host"),
        ("/send/url", json!("https://{to}.example.de/"), "send.url", "host"),
        ("/send/url", json!("https://api.example.de{to}/"), "send.url", "host"),
        ("/send/url", json!("https://api.example.de/{to}"), "send.url", "number-in-url"),
        ("/send/url", json!("https://api.example.de/{text}"), "send.url", "number-in-url"),
        ("/send/url", json!("https://api.example.de/{unknown}"), "send.url", "template"),
        ("/send/headers", json!({}), "send", "secret"),
        ("/send/headers", json!({ "a b": "{secret.token}" }), "send.headers.a b", "header"),
        ("/send/headers", json!({ "a": "{secret.TOKEN}" }), "send.headers.a", "template"),
        ("/send/headers", json!({ "a": "{secret.token" }), "send.headers.a", "template"),
        ("/send/body", json!({ "json": { "text": "{text}", "u": "{status_url}" } }), "send", "template"),
        ("/send/body/json/ttl", json!("{text:number}"), "send.body.json.ttl", "template"),
        ("/send/body/json/ttl", json!("+{valid_for:number}"), "send.body.json.ttl", "template"),
        ("/send/method", json!("GET"), "send.body", "body"),
        ("/answer/json/id", json!("id"), "answer.id", "place"),
        ("/answer/json/code", json!(null), "answer.code", "place"),
        ("/answer", json!({ "text": { "success": ["OK {number}"] } }), "answer.success", "pattern"),
        ("/answer", json!({ "text": { "success": [] } }), "answer.success", "pattern"),
        ("/inbound/from", json!("from"), "inbound.from", "place"),
        ("/status/state", json!("/state"), "status.state", "place"),
        ("/send/body/json/callback", json!(""), "status.reference", "reference"),
        ("/status/sent", json!(["DELIVRD"]), "status", "states"),
        ("/send/url", json!("https://api.example.de/a b"), "send.url", "host"),
        ("/verify", json!({ "query": { "parameter": "k", "secret": "hook" } }), "verify", "reference"),
        ("/verify/hmac/secret", json!(""), "verify.secret", "secret"),
        ("/verify/hmac/over", json!("{timestamp}"), "verify.over", "template"),
        ("/verify/hmac/over", json!("{body}"), "verify.timestamp_header", "timestamp"),
    ] {
        let found = broken(pointer, value.clone());
        assert!(found.contains(&(field.to_owned(), rule.to_owned())), "{pointer} {value}: {found:?}");
    }
}

const SHA1: &str = "Z/IHL/K3Q5aMlYxmjrjmC1Bdi9g=";
const SHA512: &str = "jmo42AQMWqJspEl4wqVqo3SAvCtzL/49lqkoLZfRZoGfbLbjKJ+58yGje96yV7kfVsWaMUiBcS1sFCSACxX6eA==";
