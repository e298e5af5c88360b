//! The owner's reference: where it comes back, and that nothing is left of it.

use reqwest::Method;
use serde_json::{Value, json};
use shared::{
    directory::ConsentInForce,
    stored::{self, SealedConsent},
};
use tests::{Answer, Hosted, Jawort, Receiver, eventually, hidden, number};

const REFERENCE: &str = "K-1234567";
/// What is no reference: seven digits or more may be a phone number.
const BAD: &str = "0176 04069001";

/// An edge whose owner's program is told all.
async fn telling() -> (Jawort, Receiver) {
    let receiver = Receiver::start().await;
    let jawort = Jawort::start_with(&[Receiver::VAR]).await;
    jawort.put_settings(|settings| settings["webhooks"] = json!([receiver.webhook()])).await;
    (jawort, receiver)
}

/// Asks for SMS as a page with that reference does; gives the answer.
async fn ask(jawort: &Jawort, n: u8, reference: &str) -> Value {
    let mut body = jawort.submission("newsletter", &number(n)).await;
    body["source"]["reference"] = json!(reference);
    jawort.submit(&body).await.expect(202).json()
}

async fn consent(jawort: &Jawort, n: u8, reference: &str) {
    ask(jawort, n, reference).await;
    let link = jawort.sms(&number(n), 1).await.link();
    jawort.tap(&link, &[("action", "confirm")]).await.page(200);
}

async fn erase(jawort: &Jawort, n: u8) {
    let count = jawort.inbox(&number(n)).await.len();
    jawort.reply(&number(n), "INFO").await;
    let fresh = jawort.sms(&number(n), count + 1).await.link();
    jawort.tap(&fresh, &[("action", "erase"), ("understood", "yes")]).await.page(200);
}

fn told(receiver: &Receiver) -> Vec<(String, Value)> {
    let all = receiver.received();
    let json = all.iter().map(|it| it.json());
    json.map(|it| (it["type"].as_str().unwrap().to_owned(), it["data"]["reference"].clone())).collect()
}

#[tokio::test]
async fn each_event_of_a_consent_is_told_with_it_even_the_erasure() {
    let (jawort, receiver) = telling().await;
    ask(&jawort, 1, REFERENCE).await;
    receiver.wait_for(1).await;
    let pending = jawort.overview(&number(1)).await["pending"][0].take();
    assert_eq!(pending["reference"], REFERENCE, "{pending}");
    let sms = jawort.sms(&number(1), 1).await;
    assert!(!sms.text.contains(REFERENCE), "{}", sms.text);
    jawort.tap(&sms.link(), &[("action", "confirm")]).await.page(200);
    receiver.wait_for(2).await;
    let overview = jawort.overview(&number(1)).await;
    assert_eq!(overview["states"][0]["reference"], REFERENCE, "{overview}");
    assert!(!overview["events"].to_string().contains(REFERENCE), "a commitment: {overview}");
    erase(&jawort, 1).await;
    receiver.wait_for(3).await;
    let all = [("requested", REFERENCE), ("confirmed", REFERENCE), ("withdrawn", REFERENCE)];
    assert_eq!(told(&receiver), all.map(|(kind, reference)| (format!("consent.{kind}"), json!(reference))));
    let api = Answer::of(jawort.get("/openapi.json")).await.expect(200).json();
    assert!(api["components"]["schemas"]["ConsentReference"]["properties"]["reference"].is_object(), "{api}");
    // A replay knows it no more.
    let again = json!({ "from": "2026-01-01T00:00:00Z" });
    jawort.owner(Method::POST, "/v1/webhooks/shop/replay", Some(again)).await.expect(202);
    receiver.wait_for(6).await;
    assert!(told(&receiver)[3..].iter().all(|(_, reference)| reference.is_null()), "{:?}", told(&receiver));
}

#[tokio::test]
async fn a_bad_one_is_left_out_and_the_person_is_signed_up_all_the_same() {
    let (jawort, receiver) = telling().await;
    let answer = ask(&jawort, 1, BAD).await;
    let left_out = &answer["left_out"][0];
    assert_eq!(
        (&left_out["field"], &left_out["reason"]),
        (&json!("source.reference"), &json!("looks_like_number")),
        "{answer}"
    );
    assert!(!answer.to_string().contains("0406"), "{answer}");
    jawort.sms(&number(1), 1).await;
    receiver.wait_for(1).await;
    assert_eq!(told(&receiver), [("consent.requested".to_owned(), Value::Null)]);
    assert!(ask(&jawort, 2, REFERENCE).await["left_out"].is_null());
}

#[tokio::test]
async fn a_person_who_asks_what_is_stored_sees_it() {
    let jawort = Jawort::start().await;
    consent(&jawort, 1, REFERENCE).await;
    jawort.reply(&number(1), "INFO").await;
    let fresh = jawort.sms(&number(1), 2).await.link();
    let copy = Answer::of(jawort.http_get(&format!("{}?format=json", fresh.0))).await.expect(200).json();
    assert_eq!(copy["purposes"][0]["reference"], REFERENCE, "{copy}");
}

#[tokio::test]
async fn it_is_stored_sealed_and_an_erasure_leaves_nothing_of_it() {
    let (mut jawort, receiver) = telling().await;
    for n in [1, 2] {
        consent(&jawort, n, &format!("{REFERENCE}-{n}")).await;
    }
    ask(&jawort, 3, &format!("{REFERENCE}-3")).await;
    receiver.wait_for(5).await;
    // What is ended in the middle of a call is told once more, after a pause.
    eventually("the end of all events", || async { (jawort.webhook_health().await["waiting"] == 0).then_some(()) })
        .await;
    let keys = jawort.export_keys();
    let references = |kv: std::collections::BTreeMap<String, String>| -> Vec<_> {
        kv.values()
            .map(|value| {
                let SealedConsent(sealed) = stored::read(value).unwrap();
                let plain = String::from_utf8(keys.open("consent in force", &sealed).unwrap()).unwrap();
                stored::read::<ConsentInForce>(&plain).unwrap().consent.reference.unwrap().as_str().to_owned()
            })
            .collect()
    };
    let kv = eventually_kv(&mut jawort, 2).await;
    assert!(kv.values().all(|value| !value.contains(REFERENCE)));
    let mut found = references(kv);
    found.sort();
    assert_eq!(found, [format!("{REFERENCE}-1"), format!("{REFERENCE}-2")]);
    assert_ne!(jawort.traces("spring"), [""; 0], "the campaign stands in the clear");
    assert_eq!(jawort.traces(REFERENCE), [""; 0], "nowhere in the clear");

    for n in [1, 3] {
        erase(&jawort, n).await;
    }
    // With the event that tells of it, its last sealed copy has left.
    receiver.wait_for(6).await;
    eventually("the end of all events", || async { (jawort.webhook_health().await["waiting"] == 0).then_some(()) })
        .await;
    let kv = eventually_kv(&mut jawort, 1).await;
    assert_eq!(references(kv), [format!("{REFERENCE}-2")]);
    let left: Vec<String> = jawort.stored("Webhook", "SELECT id FROM events WHERE reference IS NOT NULL");
    assert_eq!(left, [""; 0], "sealed until it is told, and no longer");
    assert_eq!(jawort.traces(REFERENCE), [""; 0]);
    assert!(!jawort.log().contains(REFERENCE), "{}", jawort.log());
    let lines = jawort.owner(Method::GET, "/v1/subjects", None).await.expect(200).json();
    assert!(!lines.to_string().contains(REFERENCE), "{lines}");
}

async fn eventually_kv(jawort: &mut Jawort, count: usize) -> std::collections::BTreeMap<String, String> {
    for _ in 0..20 {
        let kv = jawort.kv("CONSENT");
        if kv.len() == count {
            return kv;
        }
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    }
    panic!("{count} consents in KV");
}

#[tokio::test]
async fn the_hosted_page_keeps_it_through_errors_and_leaves_out_a_bad_one() {
    let (jawort, receiver) = telling().await;
    let page =
        Answer::of(jawort.get(&format!("/f/newsletter?utm_campaign=post&reference={REFERENCE}"))).await.page(200);
    assert_eq!(hidden(&page, "reference").as_deref(), Some(REFERENCE));
    let filled = Hosted::fill_from(&jawort, "newsletter", &format!("reference={REFERENCE}"), &number(1)).await;
    let wrong = Hosted { form: filled.form.clone(), fields: filled.fields.clone() }.with("number", "030 1234567");
    let page = wrong.post(&jawort).await.page(422);
    assert_eq!(hidden(&page, "reference").as_deref(), Some(REFERENCE));
    let page = filled.post(&jawort).await.page(200);
    assert!(page.contains(&format!("/f/newsletter?reference={REFERENCE}")), "the way to another number: {page}");
    receiver.wait_for(1).await;
    assert_eq!(told(&receiver), [("consent.requested".to_owned(), json!(REFERENCE))]);

    let page = Answer::of(jawort.get("/f/newsletter?reference=%2B4917604069001")).await.page(200);
    assert_eq!(hidden(&page, "reference").as_deref(), Some(""));
    assert!(!tests::has_number(&page), "{page}");
    let filled = Hosted::fill(&jawort, "newsletter", &number(2)).await.with("reference", BAD);
    let page = filled.post(&jawort).await.page(200);
    assert!(!page.contains(BAD), "{page}");
    receiver.wait_for(2).await;
    assert_eq!(told(&receiver)[1], ("consent.requested".to_owned(), Value::Null));
}

#[tokio::test]
async fn an_invitation_carries_it_and_refuses_a_bad_one() {
    let jawort = Jawort::start().await;
    let path = format!("/v1/forms/newsletter/invite?campaign=post&reference={REFERENCE}");
    let invite = jawort.owner(Method::GET, &path, None).await.expect(200).json();
    let link = format!("{}/f/newsletter?utm_campaign=post&reference={REFERENCE}", jawort.url());
    assert_eq!(invite["hosted"]["url"], link);
    let svg = Answer::of(jawort.get(&format!("/f/newsletter/qr.svg?reference={REFERENCE}"))).await.expect(200);
    assert!(svg.text().contains(&format!("/f/newsletter?reference={REFERENCE}</title>")), "{}", svg.text());
    for (reference, reason) in [
        ("%2B49%20176%2004069001", "looks_like_number"),
        ("1234567", "looks_like_number"),
        ("ada%40example.com", "looks_like_address"),
        ("Hauptstr.%201%2C%2010115%20Berlin", "characters"),
        (&"x".repeat(65), "too_long"),
    ] {
        let path = format!("/v1/forms/newsletter/invite?reference={reference}");
        let problem = jawort.owner(Method::GET, &path, None).await.problem(422, "fields");
        let error = &problem["errors"][0];
        assert_eq!((&error["field"], &error["reason"]), (&json!("reference"), &json!(reason)), "{problem}");
        assert!(error["detail"].as_str().unwrap().ends_with('.') && !problem.to_string().contains("04069001"));
        Answer::of(jawort.get(&format!("/f/newsletter/qr.png?reference={reference}"))).await.problem(422, "fields");
    }
}

#[tokio::test]
async fn a_batch_answers_with_the_callers_own() {
    let mut jawort = Jawort::start().await;
    consent(&jawort, 1, REFERENCE).await;
    let recipients = json!([
        { "number": number(1), "reference": "order-2026-000123" },
        { "number": number(2) },
        { "number": number(3), "reference": "4711" },
    ]);
    let batch = |recipients: Value| json!({ "purpose": "marketing", "text": "Hallo", "recipients": recipients });
    let path = "/v1/messages/batch";
    let accepted = jawort.owner(Method::POST, path, Some(batch(recipients))).await.expect(202).json();
    let path_of_it = format!("{path}/{}", accepted["id"].as_str().unwrap());
    let done = eventually("the end of the batch", || async {
        let progress = jawort.owner(Method::GET, &path_of_it, None).await.expect(200).json();
        (progress["done"] == 3).then_some(progress)
    })
    .await;
    let results = &done["results"];
    assert_eq!((&results[0]["reference"], &results[0]["state"]), (&json!("order-2026-000123"), &json!("accepted")));
    assert_eq!((&results[1]["reference"], &results[1]["n"]), (&Value::Null, &json!(1)), "{done}");
    assert_eq!((&results[2]["reference"], &results[2]["reason"]), (&json!("4711"), &json!("no-consent")));
    let sms = jawort.sms(&number(1), 2).await;
    assert!(!sms.text.contains("order"), "{}", sms.text);
    assert_eq!(jawort.traces("order-2026-000123"), [""; 0]);
    let bad = batch(json!([{ "number": number(1) }, { "number": number(2), "reference": number(2) }]));
    let accepted = jawort.owner(Method::POST, path, Some(bad)).await.expect(202).json();
    assert_eq!(
        (&accepted["rejected"][0]["n"], &accepted["rejected"][0]["reason"]),
        (&json!(1), &json!("looks_like_number"))
    );
}
