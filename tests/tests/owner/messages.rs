//! The owner's messages: filled in, sent once, and followed to the handset.

use reqwest::Method;
use serde_json::{Value, json};
use tests::{Answer, Jawort, Provider, number};

async fn send(jawort: &Jawort, key: Option<&str>, body: Value) -> Answer {
    let mut request = jawort.post("/v1/messages").bearer_auth(jawort.owner_token()).json(&body);
    if let Some(key) = key {
        request = request.header("idempotency-key", key);
    }
    Answer::of(request).await
}

fn body(text: &str) -> Value {
    json!({ "number": number(1), "purpose": "marketing", "text": text })
}

#[tokio::test]
async fn the_same_key_sends_once_and_is_answered_alike() {
    let jawort = Jawort::start().await;
    jawort.consent("newsletter", &number(1)).await;
    let first = send(&jawort, Some("a-1"), body("Angebot")).await.expect(202).json();
    let again = send(&jawort, Some("a-1"), body("Angebot")).await.expect(202).json();
    assert_eq!(first, again);
    jawort.sms(&number(1), 2).await;
    jawort.no_more_than(&number(1), 2).await;
    send(&jawort, Some("a-1"), body("Etwas anderes")).await.problem(422, "idempotency-key-reused");
    let other = send(&jawort, Some("a-2"), body("Angebot")).await.expect(202).json();
    assert_ne!(first["id"], other["id"]);
    jawort.sms(&number(1), 3).await;
    send(&jawort, Some(""), body("Angebot")).await.problem(422, "fields");
}

#[tokio::test]
async fn many_calls_with_one_key_at_the_same_time_send_once() {
    let jawort = Jawort::start().await;
    jawort.consent("newsletter", &number(1)).await;
    let call = || send(&jawort, Some("same"), body("Angebot"));
    let (a, b, c, d) = tokio::join!(call(), call(), call(), call());
    let ids: Vec<_> = [a, b, c, d].map(|answer| answer.expect(202).json()["id"].clone()).to_vec();
    assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
    jawort.no_more_than(&number(1), 2).await;
}

#[tokio::test]
async fn a_messages_life_can_be_followed() {
    let provider = Provider::start().await;
    let jawort = provider.edge().await;
    provider.consent(&jawort, &number(1)).await;
    let id = jawort.order(&number(1), "marketing", "Angebot").await;
    let sms = provider.sms(2).await;
    let sent = jawort.reaches(&id, "sent").await;
    assert_eq!((&sent["provider_id"], &sent["gateway"]), (&json!(sms.sid), &json!("twilio")));
    jawort.report(&sms, "delivered", None).await.expect(200);
    let delivered = jawort.life(&id).await;
    assert_eq!(delivered["state"], "delivered");
    for (state, code) in [("sent", None), ("undelivered", Some("30005")), ("delivered", None)] {
        jawort.report(&sms, state, code).await.expect(200);
    }
    assert_eq!(jawort.life(&id).await, delivered, "what has arrived stays so");
    let unknown = format!("{}AAAAAAAAAAAAAAAA", &id[..12]);
    for id in [unknown.as_str(), "nonsense"] {
        jawort.owner(Method::GET, &format!("/v1/messages/{id}"), None).await.problem(404, "not-found");
    }
}

#[tokio::test]
async fn values_are_filled_in_and_an_unknown_one_sends_nothing() {
    let jawort = Jawort::start().await;
    jawort.consent("newsletter", &number(1)).await;
    let mut filled = body("{company}: „Farn“ für {price} – nur heute …");
    filled["values"] = json!({ "price": "9 €" });
    send(&jawort, None, filled.clone()).await.expect(202);
    let sms = jawort.sms(&number(1), 2).await.text;
    assert!(sms.starts_with("Blattwerk: \"Farn\" für 9 € - nur heute ..."), "typographic marks became plain: {sms}");
    filled["normalize"] = json!(false);
    send(&jawort, None, filled).await.expect(202);
    let sms = jawort.sms(&number(1), 3).await.text;
    assert!(sms.starts_with("Blattwerk: „Farn“ für 9 € – nur heute …"), "{sms}");
    for (text, reason) in [("Hallo {name}", "unknown_value"), ("Hallo {", "malformed_template")] {
        let problem = send(&jawort, None, body(text)).await.problem(422, "fields");
        assert_eq!((&problem["errors"][0]["field"], &problem["errors"][0]["reason"]), (&json!("text"), &json!(reason)));
    }
    let mut misspelt = body("Hallo");
    misspelt["sende"] = json!("shop");
    send(&jawort, None, misspelt).await.problem(400, "malformed");
    jawort.no_more_than(&number(1), 3).await;
}

#[tokio::test]
async fn a_purpose_that_the_sender_does_not_serve_is_refused() {
    let jawort = Jawort::start().await;
    jawort.consent("newsletter", &number(1)).await;
    jawort
        .put_settings(|settings| {
            let other = json!({
                "id": "desk", "from": "+4915228817387", "receives": true, "gateway": "simulator",
                "purposes": ["booking"],
            });
            settings["senders"].as_array_mut().unwrap().push(other);
        })
        .await;
    for sender in ["desk", "nobody"] {
        let mut body = body("Angebot");
        body["sender"] = json!(sender);
        let problem = send(&jawort, None, body).await.problem(422, "fields");
        assert_eq!(problem["errors"][0]["reason"], "purpose_not_served", "{problem}");
    }
    let mut draft = jawort.draft("newsletter");
    draft["sender"] = json!("desk");
    let problem = jawort.owner(Method::PUT, "/v1/forms/newsletter", Some(draft)).await.problem(422, "refused");
    assert_eq!(problem["violations"][0]["rule"], "sender-purpose", "{problem}");
    jawort.no_more_than(&number(1), 1).await;
}
