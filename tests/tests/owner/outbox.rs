//! What follows from a change leaves, in its order and each once, whatever stands in its way.

use serde_json::{Value, json};
use tests::{Answer, Behaviour, DAY, HOUR, Jawort, Provider, Receiver, eventually, number};

/// An edge that sends by a provider and tells a program what happens.
async fn telling() -> (Jawort, Provider, Receiver) {
    let (provider, receiver) = (Provider::start().await, Receiver::start().await);
    let jawort = Jawort::start_with(&[Provider::VAR, Receiver::VAR]).await;
    jawort
        .put_settings(|settings| {
            provider.serve(settings);
            settings["webhooks"] = json!([receiver.webhook()]);
        })
        .await;
    (jawort, provider, receiver)
}

fn kinds(receiver: &Receiver) -> Vec<String> {
    receiver.received().iter().map(|event| event.json()["type"].as_str().unwrap().to_owned()).collect()
}

async fn parked(jawort: &Jawort) -> Value {
    Answer::of(jawort.get("/healthz")).await.json()["parked"].take()
}

#[tokio::test]
async fn what_happens_within_a_millisecond_is_told_one_by_one() {
    let (jawort, provider, receiver) = telling().await;
    let link = provider.consent(&jawort, &number(1)).await;
    receiver.wait_for(2).await;
    provider.plan(vec![Behaviour::Refuse(429, 20429); 20]);
    let mut ordered = Vec::new();
    for n in 0..4 {
        ordered.push(jawort.order(&number(1), "marketing", &format!("Neues {n}")).await);
    }
    jawort.tap(&link, &[("action", "withdraw")]).await.page(200);
    // All four are due in one alarm, where the platform's time stands still.
    jawort.later(&number(1), HOUR).await;
    let told = receiver.wait_for(7).await;
    let failed = told.iter().map(tests::Received::json).filter(|event| event["type"] == "message.failed");
    let mut failed: Vec<_> = failed.map(|event| event["data"]["message"].as_str().unwrap().to_owned()).collect();
    failed.sort();
    ordered.sort();
    assert_eq!(failed, ordered);
    assert_eq!(receiver.ids().iter().collect::<std::collections::BTreeSet<_>>().len(), 7, "each once");
}

#[tokio::test]
async fn what_happens_later_never_overtakes_what_could_not_be_told() {
    let (mut jawort, provider, receiver) = telling().await;
    let link = provider.consent(&jawort, &number(1)).await;
    receiver.wait_for(2).await;
    // The share of the webhook is as a newer build left it: nothing can be told.
    assert!(jawort.alter("Webhook", "UPDATE share SET format = 9") > 0);
    jawort.tap(&link, &[("action", "withdraw")]).await.page(200);
    let tries = |jawort: &Jawort| jawort.log().lines().filter(|line| line.contains("webhooks:")).count();
    for n in 1..6 {
        eventually("a try", || async { (tries(&jawort) >= n).then_some(()) }).await;
        jawort.later(&number(1), 120).await;
    }
    assert!(jawort.alter("Webhook", "UPDATE share SET format = 2") > 0);
    // Now it could, and the next pause is a minute or more: what happens meanwhile waits behind it.
    jawort.bring("SMstart", &number(1), "START").await.expect(200);
    provider.sms(2).await;
    jawort.ask("newsletter", &number(1)).await;
    let again = provider.sms(3).await.link();
    jawort.tap(&again, &[("action", "confirm")]).await.page(200);
    jawort.later(&number(1), HOUR).await;
    receiver.wait_for(5).await;
    let told = ["requested", "confirmed", "withdrawn", "requested", "confirmed"].map(|what| format!("consent.{what}"));
    assert_eq!(kinds(&receiver), told);
}

#[tokio::test]
async fn a_row_that_cannot_be_worked_off_is_parked_told_and_holds_up_nobody() {
    let (mut jawort, provider, receiver) = telling().await;
    provider.consent(&jawort, &number(1)).await;
    receiver.wait_for(2).await;
    provider.plan(vec![Behaviour::Refuse(429, 20429); 9]);
    let broken = jawort.order(&number(1), "marketing", "Erste").await;
    provider.asked(2).await;
    eventually("its answer", || async { jawort.log().contains("answered 429").then_some(()) }).await;
    // As under a key that is gone.
    let sealed =
        "UPDATE outbox SET item = json_set(item, '$.value.Sms.text', 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA')";
    assert_eq!(jawort.alter("Subject", sealed), 1);
    provider.plan([]);
    jawort.order(&number(1), "marketing", "Zweite").await;
    let sms = provider.sms(2).await;
    assert!(sms.text.starts_with("Blattwerk: Zweite"), "{}", sms.text);
    for _ in 0..9 {
        jawort.later(&number(1), HOUR).await;
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    }
    let told = receiver.wait_for(3).await.remove(2).json();
    assert_eq!((&told["type"], &told["data"]["what"]), (&json!("outbox.parked"), &json!("sms")));
    eventually("the word", || async { (parked(&jawort).await[0]["what"] == "sms").then_some(()) }).await;
    Answer::of(jawort.get("/healthz")).await.expect(503);
    // It is parked no longer than it would be tried.
    jawort.later(&number(1), DAY).await;
    let life = jawort.reaches(&broken, "failed").await;
    assert_eq!(life["reason"], "expired");
    eventually("its end", || async { (parked(&jawort).await == json!([])).then_some(()) }).await;
    receiver.wait_for(4).await;
    assert_eq!(kinds(&receiver)[2..], ["outbox.parked", "message.failed"]);
    provider.no_more_than(2).await;
}
