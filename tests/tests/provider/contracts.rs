//! Our calls, against servers made from the providers' OpenAPI files.

use serde_json::json;
use shared::gateway::{Answer, Call, Gateway, LookedUp, Outcome};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
};

use crate::{
    peers::Prism,
    samples::{Secret, carry, gateway, sms, time},
};

const TWILIO: &str = "twilio_messages.openapi.json";
const SEVEN: &str = "seven.openapi.json";

fn twilio(url: &str) -> Gateway {
    gateway(json!({ "kind": "twilio", "processor": "Twilio", "base_url": url,
                    "account_sid": "ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                    "messaging_service_sid": "MGaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" }))
}

fn seven(url: &str) -> Gateway {
    gateway(json!({ "kind": "seven", "processor": "seven", "base_url": url, "label": "jawort" }))
}

/// What seven is sent, as its file wants it: the file knows OAuth only and not the key, which every account has.
fn seven_call(url: &str) -> Call {
    let mut call = seven(url).send(&sms(), &Secret("x"));
    let key = call.headers.iter_mut().find(|(name, _)| name == "x-api-key").expect("the key");
    *key = ("authorization".to_owned(), format!("Bearer {}", key.1));
    call
}

fn without(call: Call, field: &str) -> Call {
    let kept: Vec<_> = call.body.split('&').filter(|pair| !pair.starts_with(field)).collect();
    Call { body: kept.join("&"), ..call }
}

/// A server that always gives that JSON.
async fn upstream(body: serde_json::Value) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let body = body.to_string();
            tokio::spawn(async move {
                let mut request = [0; 16_384];
                let _ = stream.read(&mut request).await;
                let head = format!(
                    "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
                    body.len()
                );
                let _ = stream.write_all(format!("{head}{body}").as_bytes()).await;
            });
        }
    });
    url
}

#[tokio::test]
async fn twilio_takes_our_sms() {
    let prism = Prism::mock(TWILIO).await;
    let twilio = twilio(&prism.url);
    let (status, body) = carry(twilio.send(&sms(), &Secret("x"))).await;
    assert_eq!(status, 201, "{body}");
    let outcome = twilio.outcome(&Answer { status, retry_after: None, body: &body });
    assert_eq!(outcome, Outcome::Accepted("SMaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa".to_owned()));
}

#[tokio::test]
async fn twilio_would_refuse_a_wrong_call() {
    let prism = Prism::mock(TWILIO).await;
    let call = || twilio(&prism.url).send(&sms(), &Secret("x"));
    assert_eq!(carry(without(call(), "To=")).await.0, 422);
    let callback = Call { body: call().body.replace("https%3A%2F%2F", "%20"), ..call() };
    assert_eq!(carry(callback).await.0, 422);
    let anonymous =
        Call { headers: call().headers.into_iter().filter(|(name, _)| name != "authorization").collect(), ..call() };
    assert_eq!(carry(anonymous).await.0, 401);
}

#[tokio::test]
async fn twilio_can_be_asked_what_became_of_an_sms() {
    let prism = Prism::mock(TWILIO).await;
    let twilio = twilio(&prism.url);
    let attempted = time("2019-05-24T17:44:46.500Z");
    let call = twilio.look_up(&sms(), &Secret("x")).expect("Twilio can be asked");
    let (status, body) = carry(call).await;
    assert_eq!(status, 200, "{body}");
    let answer = Answer { status, retry_after: None, body: &body };
    assert_eq!(twilio.looked_up(&sms(), attempted, &answer), LookedUp::NotTaken, "the example is nobody's of ours");
    // The contract's example, had we sent it.
    let list: serde_json::Value = serde_json::from_str(&body).expect("JSON");
    let example = &list["messages"][0];
    let text = |name: &str| example[name].as_str().expect("a text");
    let sent = shared::gateway::Envelope { to: text("to"), text: text("body"), ..sms() };
    assert_eq!(twilio.looked_up(&sent, attempted, &answer), LookedUp::Taken(text("sid").to_owned()));
    let later = time("2019-05-24T17:50:00.000Z");
    assert_eq!(twilio.looked_up(&sent, later, &answer), LookedUp::NotTaken, "an older one");
}

#[tokio::test]
async fn twilio_lists_what_came_in() {
    let prism = Prism::mock(TWILIO).await;
    let twilio = twilio(&prism.url);
    let since = time("2019-05-23T17:44:46.500Z");
    let call = twilio.list_inbound("+18182008801", since, None, &Secret("x")).expect("Twilio has a list");
    let (status, body) = carry(call).await;
    assert_eq!(status, 200, "{body}");
    let page = twilio.listed_inbound(&Answer { status, retry_after: None, body: &body }).expect("a page");
    // The contract's example has one that came in, and goes on.
    let ids: Vec<_> = page.sms.iter().map(|listed| listed.sms.id.text()).collect();
    assert_eq!(ids, ["MMc26223853f8c46b4ab7dfaa6abba0a26"]);
    assert_eq!(page.sms[0].sent_at, time("2019-05-24T17:44:49.000Z"));
    let next = twilio.list_inbound("+18182008801", since, page.next.as_deref(), &Secret("x")).expect("a call");
    assert!(next.url.starts_with(&prism.url) && next.url.contains("PageToken="), "{}", next.url);
    assert_eq!(carry(next).await.0, 200);
}

/// From seven's documentation.
fn taken() -> serde_json::Value {
    json!({
        "success": "100", "total_price": 0.075, "balance": 46.2, "debug": "false", "sms_type": "direct",
        "messages": [{ "id": "77229135982", "sender": "4915155500000", "recipient": "4915112345678", "text": "…",
                       "encoding": "gsm", "parts": 1, "price": 0.075, "success": true, "error": null, "error_text": null }]
    })
}

#[tokio::test]
async fn seven_takes_our_sms() {
    let mut answer = taken();
    // Their file has no null; their server does.
    for absent in ["error", "error_text"] {
        answer["messages"][0].as_object_mut().expect("an object").remove(absent);
    }
    let prism = Prism::before(SEVEN, &upstream(answer).await).await;
    let seven = seven(&prism.url);
    let (status, body) = carry(seven_call(&prism.url)).await;
    assert_eq!(status, 200, "{body}");
    let outcome = seven.outcome(&Answer { status, retry_after: None, body: &body });
    assert_eq!(outcome, Outcome::Accepted("77229135982".to_owned()));
    let with_null = taken().to_string();
    assert_eq!(seven.outcome(&Answer { status, retry_after: None, body: &with_null }), outcome);
}

#[tokio::test]
async fn seven_would_refuse_a_wrong_call_and_give_no_wrong_answer() {
    let prism = Prism::mock(SEVEN).await;
    let call = || seven_call(&prism.url);
    assert_eq!(carry(call()).await.0, 200);
    assert_eq!(carry(without(call(), "to=")).await.0, 422);
    assert_eq!(carry(without(call(), "text=")).await.0, 422);
    let reference = Call { body: call().body.replace("foreign_id=", "foreign_id=%20"), ..call() };
    assert_eq!(carry(reference).await.0, 422);

    let mut wrong = taken();
    wrong["messages"][0]["price"] = json!("free");
    let prism = Prism::before(SEVEN, &upstream(wrong).await).await;
    assert_eq!(carry(seven_call(&prism.url)).await.0, 500);
}
