//! Each provider's whole way through the edge: the confirmation, its delivery report, the yes by reply; signed by this
//! test's own hand. What each sends and answers is held to its contract in `contracts.rs` and `recorded.rs`.

use std::sync::{Arc, Mutex};

use axum::{Router, extract::State, http::HeaderMap, response::IntoResponse as _};
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use hmac::{Hmac, Mac as _};
use md5::{Digest as _, Md5};
use serde_json::{Value, json};
use sha2::Sha256;
use shared::{evidence::Happened, gateway::Delivery, hex};
use tests::{Answer, Jawort, eventually, number};
use tokio::net::TcpListener;

const SECRET: &str = "a secret of tests";
/// As providers write it, without a plus.
const SENDER: &str = "4915228817386";

pub type Calls = Arc<Mutex<Vec<(String, HeaderMap, String)>>>;

/// Answers every call alike, and keeps it.
pub async fn provider(status: u16, answer: String) -> (String, Calls) {
    let calls = Calls::default();
    let keep = calls.clone();
    let app = Router::new().fallback(move |State(calls): State<Calls>, request: axum::extract::Request| {
        let answer = answer.clone();
        async move {
            let (head, body) = request.into_parts();
            let body = axum::body::to_bytes(body, 1 << 20).await.unwrap();
            let body = String::from_utf8(body.to_vec()).unwrap();
            calls.lock().unwrap().push((head.uri.to_string(), head.headers, body));
            (axum::http::StatusCode::from_u16(status).unwrap(), answer).into_response()
        }
    });
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async { axum::serve(listener, app.with_state(keep)).await });
    (url, calls)
}

fn hmac(data: &[u8]) -> Vec<u8> {
    Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).unwrap().chain_update(data).finalize().into_bytes().to_vec()
}

pub fn now() -> u64 {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs()
}

/// The headers that prove a webhook to be a provider's.
fn signed(kind: &str, url: &str, body: &[u8], at: u64) -> Vec<(&'static str, String)> {
    match kind {
        "seven" => {
            let lines = format!("{at}\nnonce\nPOST\n{url}\n{}", hex::write(&Md5::digest(body)));
            vec![
                ("x-timestamp", at.to_string()),
                ("x-nonce", "nonce".to_owned()),
                ("x-signature", hex::write(&hmac(lines.as_bytes()))),
            ]
        }
        "vonage" => {
            let part = |json: Value| BASE64_URL_SAFE_NO_PAD.encode(json.to_string());
            let claims = json!({ "iat": at, "payload_hash": hex::write(&Sha256::digest(body)), "api_key": SECRET });
            let message = format!("{}.{}", part(json!({ "alg": "HS256", "typ": "JWT" })), part(claims));
            let signature = BASE64_URL_SAFE_NO_PAD.encode(hmac(message.as_bytes()));
            vec![("authorization", format!("Bearer {message}.{signature}"))]
        }
        "gatewayapi" => vec![("signature", format!("v1={}", hex::write(&hmac(body))))],
        "own" => vec![("x-token", SECRET.to_owned())],
        _ => unreachable!("{kind}"),
    }
}

pub async fn post_signed(jawort: &Jawort, kind: &str, path: &str, body: &Value, at: u64) -> Answer {
    post_bytes(jawort, kind, path, "application/json", body.to_string().as_bytes(), at).await
}

/// The same, of any bytes.
pub async fn post_bytes(jawort: &Jawort, kind: &str, path: &str, format: &str, body: &[u8], at: u64) -> Answer {
    let path = format!("/gateway/{kind}/{path}");
    let url = format!("{}{path}", jawort.url());
    let mut post = jawort.post(&path).header("content-type", format).body(body.to_vec());
    for (name, value) in signed(kind, &url, body, at) {
        post = post.header(name, value);
    }
    Answer::of(post).await
}

/// What a provider is, and how it says things.
pub struct Case {
    pub kind: &'static str,
    pub gateway: Value,
    secrets: &'static [&'static str],
    pub answer: (u16, &'static str),
    /// Where our reference stands in its call.
    pub reference: fn(&str) -> String,
    report: fn(&str) -> Value,
    pub reply: fn(&str, &str) -> Value,
    /// Whether a webhook carries its time.
    timed: bool,
}

fn from_json(body: &str, name: &str) -> String {
    serde_json::from_str::<Value>(body).unwrap()[name].as_str().unwrap().to_owned()
}

fn from_form(body: &str, name: &str) -> String {
    let start = format!("{name}=");
    body.split('&').find_map(|pair| pair.strip_prefix(&start)).unwrap().to_owned()
}

pub fn cases() -> Vec<Case> {
    vec![
        Case {
            kind: "seven",
            gateway: json!({ "kind": "seven", "processor": "SMS" }),
            secrets: &["JAWORT_SEVEN_API_KEY", "JAWORT_SEVEN_SIGNING_KEY"],
            answer: (200, r#"{"success":"100","messages":[{"id":"77","success":true,"error":null}]}"#),
            reference: |body| from_form(body, "foreign_id"),
            report: |reference| {
                json!({
                    "webhook_event": "dlr", "data": { "msg_id": "77", "status": "DELIVERED", "foreign_id": reference },
                })
            },
            reply: |from, text| {
                let data = json!({ "id": "1", "sender": from, "system": SENDER, "text": text, "time": "1" });
                json!({ "webhook_event": "sms_mo", "data": data })
            },
            timed: true,
        },
        Case {
            kind: "vonage",
            gateway: json!({ "kind": "vonage", "processor": "SMS" }),
            secrets: &["JAWORT_VONAGE_API_KEY", "JAWORT_VONAGE_API_SECRET", "JAWORT_VONAGE_SIGNATURE_SECRET"],
            answer: (202, r#"{"message_uuid":"77"}"#),
            reference: |body| from_json(body, "client_ref"),
            report: |reference| json!({ "message_uuid": "77", "status": "delivered", "client_ref": reference }),
            reply: |from, text| json!({ "channel": "sms", "message_uuid": "1", "from": from, "to": SENDER, "text": text }),
            timed: true,
        },
        Case {
            kind: "gatewayapi",
            gateway: json!({ "kind": "gatewayapi", "processor": "SMS" }),
            secrets: &["JAWORT_GATEWAYAPI_TOKEN", "JAWORT_GATEWAYAPI_WEBHOOK_SECRET"],
            answer: (202, r#"{"msg_id":"77"}"#),
            reference: |body| from_json(body, "reference"),
            report: |reference| {
                let event = json!({ "msg_id": "77", "reference": reference, "status": "DELIVERED" });
                json!({ "event_type": "message.status.sms", "event": event })
            },
            reply: |from, text| json!({ "id": 1, "msisdn": from, "receiver": SENDER, "message": text }),
            timed: false,
        },
        Case {
            kind: "own",
            gateway: json!({
                "kind": "http", "id": "own", "processor": "SMS",
                "send": {
                    "method": "POST", "url": "{base}/sms", "headers": { "x-key": "{secret.key}" },
                    "body": { "json": { "to": "{to_digits}", "from": "{from}", "text": "{text}", "ref": "{reference}" } },
                },
                "answer": { "json": { "id": "/id", "code": "/code", "success": ["0"] } },
                "inbound": { "format": "json", "id": "/id", "from": "/from", "to": "/to", "text": "/text" },
                "status": {
                    "format": "json", "reference": "/ref", "id": "/id", "state": "/state",
                    "delivered": ["ok"], "failed": ["no"],
                },
                "verify": { "header": { "header": "x-token", "secret": "hook" } },
            }),
            secrets: &["JAWORT_OWN_KEY", "JAWORT_OWN_HOOK"],
            answer: (200, r#"{"code":"0","id":"77"}"#),
            reference: |body| from_json(body, "ref"),
            report: |reference| json!({ "ref": reference, "id": "77", "state": "ok" }),
            reply: |from, text| json!({ "id": "1", "from": from, "to": SENDER, "text": text }),
            timed: false,
        },
    ]
}

pub async fn edge(case: &Case, url: &str) -> Jawort {
    let secrets: Vec<_> = case.secrets.iter().map(|name| (*name, SECRET)).collect();
    let jawort = Jawort::start_with(&secrets).await;
    let mut gateway = case.gateway.clone();
    match case.kind {
        "own" => gateway["send"]["url"] = json!(format!("{url}/sms")),
        _ => gateway["base_url"] = json!(url),
    }
    jawort
        .put_settings(|settings| {
            settings["gateways"] = json!([gateway]);
            settings["senders"][0]["gateway"] = json!(case.kind);
            let processor =
                json!({ "name": "SMS", "role": "SMS", "agreement_date": "2026-01-15", "agreement_version": "1" });
            settings["processors"].as_array_mut().unwrap().push(processor);
        })
        .await;
    jawort
}

#[tokio::test]
async fn every_provider_confirms_by_reply_with_its_report_as_evidence() {
    for case in cases() {
        let (url, calls) = provider(case.answer.0, case.answer.1.to_owned()).await;
        let jawort = edge(&case, &url).await;
        jawort.put_form("newsletter", |draft| draft["confirm"] = json!("both")).await;
        jawort.ask("newsletter", &number(1)).await;
        let (_, _, sent) = eventually("the call", || async { calls.lock().unwrap().first().cloned() }).await;
        assert!(sent.contains(&number(1)[1..]) && sent.contains("Blattwerk"), "{}: {sent}", case.kind);
        let report = (case.report)(&(case.reference)(&sent));
        post_signed(&jawort, case.kind, "status", &report, now()).await.expect(200);
        let reply = (case.reply)(&number(1)[1..], "Ja, bitte");
        post_signed(&jawort, case.kind, "inbound", &reply, now()).await.expect(200);
        post_signed(&jawort, case.kind, "inbound", &reply, now()).await.expect(200);
        let chain = jawort.chain(&number(1), "marketing").await;
        assert_eq!(chain.len(), 1, "{}", case.kind);
        let Happened::Given(given) = &chain[0].event.happened else { panic!("{chain:?}") };
        assert_eq!(given.sms.message_id.as_deref(), Some("77"), "{}", case.kind);
        assert_eq!(given.sms.delivery.as_ref().unwrap().state, Delivery::Delivered, "{}", case.kind);
        let act = json!(given.act);
        assert_eq!((&act["by"], &act["signature_verified"]), (&json!("reply"), &json!(true)), "{}", case.kind);
    }
}

#[tokio::test]
async fn a_webhook_that_is_forged_or_old_is_refused_by_every_provider() {
    for case in cases() {
        let (url, _) = provider(case.answer.0, case.answer.1.to_owned()).await;
        let jawort = edge(&case, &url).await;
        let stop = (case.reply)(&number(1)[1..], "STOP");
        let path = format!("/gateway/{}/inbound", case.kind);
        let mut forged = jawort.post(&path).header("content-type", "application/json").body(stop.to_string());
        for (name, value) in signed(case.kind, &format!("{}{path}", jawort.url()), b"{\"other\":1}", now()) {
            forged = forged.header(name, if case.kind == "own" { "guessed".to_owned() } else { value });
        }
        Answer::of(forged).await.problem(401, "webhook");
        if case.timed {
            post_signed(&jawort, case.kind, "inbound", &stop, now() - 301).await.problem(401, "webhook");
        }
        jawort.knows_nothing_of(&number(1)).await;
        post_signed(&jawort, case.kind, "inbound", &stop, now() - 240).await.expect(200);
        assert_eq!(jawort.standing(&number(1), "marketing").await, "withdrawn", "{}", case.kind);
    }
}
