//! What went wrong in an outbox, a webhook's share or an alarm when something else had failed there before.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use reqwest::Method;
use serde_json::json;
use tests::{Answer, DAY, HOUR, Jawort, MINUTE, Provider, Receiver, eventually, number};

/// An edge that tells a program what happens, and somebody who has said yes.
async fn told() -> (Jawort, Receiver, tests::Link) {
    let receiver = Receiver::start().await;
    let jawort = Jawort::start_with(&[Receiver::VAR]).await;
    jawort.put_settings(|settings| settings["webhooks"] = json!([receiver.webhook()])).await;
    let link = jawort.consent("newsletter", &number(1)).await;
    receiver.wait_for(2).await;
    jawort.quiet().await;
    (jawort, receiver, link)
}

fn lines(jawort: &Jawort, what: &str) -> usize {
    jawort.log().lines().filter(|line| line.contains(what)).count()
}

fn now() -> i64 {
    i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis()).unwrap()
}

fn kinds(receiver: &Receiver) -> Vec<String> {
    receiver.received().iter().map(|event| event.json()["type"].as_str().unwrap().to_owned()).collect()
}

const HOOKS: &str = "id >= 'hook/' AND id < 'hook0'";

#[tokio::test]
async fn a_parked_webhook_that_cannot_be_handed_over_waits_before_it_is_tried_again() {
    let (mut jawort, _receiver, link) = told().await;
    // Its share is as a newer build left it.
    assert!(jawort.alter("Webhook", "UPDATE share SET format = 9") > 0);
    jawort.tap(&link, &[("action", "withdraw")]).await.page(200);
    eventually("a try", || async { (lines(&jawort, "webhooks:") > 0).then_some(()) }).await;
    let parked = format!("UPDATE outbox SET parked = {}, due = 0, attempts = 5 WHERE {HOOKS}", now());
    assert_eq!(jawort.alter("Subject", &parked), 1);
    let before = lines(&jawort, "webhooks:");
    jawort.ring_alarms("Subject");
    eventually("a try", || async { (lines(&jawort, "webhooks:") > before).then_some(()) }).await;
    tokio::time::sleep(Duration::from_secs(2)).await;
    let tries = lines(&jawort, "webhooks:") - before;
    assert!(tries <= 2, "{tries} tries in two seconds");
}

#[tokio::test]
async fn what_waits_behind_a_forgotten_event_is_told() {
    let receiver = Receiver::start().await;
    // Without its secret nothing can be told, and all waits.
    let mut jawort = Jawort::start().await;
    jawort.put_settings(|settings| settings["webhooks"] = json!([receiver.webhook()])).await;
    let event = async |jawort: &Jawort, id: &str| {
        let event = json!({ "id": id, "kind": "consent.confirmed", "subject": "AQEBAQEBAQEB" });
        Answer::of(jawort.post("/simulator/event").json(&event)).await.expect(202);
    };
    event(&jawort, "first").await;
    jawort.turn(20 * DAY).await;
    event(&jawort, "second").await;
    jawort.quiet().await;
    let day = i64::try_from(DAY).unwrap() * 1000;
    jawort.set_var(Receiver::VAR.0, Receiver::VAR.1);
    jawort.set_var("JAWORT_CLOCK", &(now() + 31 * day).to_string());
    jawort.restart();
    jawort.webhook_health().await;
    jawort.ring_alarms("Webhook");
    receiver.wait_for(1).await;
    assert_eq!(receiver.ids(), ["second"], "the first was kept for a month");
}

#[tokio::test]
async fn a_message_that_is_refused_leaves_no_link() {
    let mut jawort = Jawort::start().await;
    // A name can't be replied to: each message that doesn't advertise has a link of its own.
    jawort
        .put_settings(|settings| {
            settings["senders"][0]["from"] = json!("Blattwerk");
            settings["senders"][0]["receives"] = json!(false);
        })
        .await;
    jawort.consent("shop", &number(1)).await;
    let mut accepted = 0;
    while jawort.message(&number(1), "booking", "Hallo").await.status == 202 {
        accepted += 1;
    }
    assert!(accepted > 1, "the frequency");
    jawort.message(&number(1), "booking", "Hallo").await.problem(403, "frequency-exceeded");
    let long = "Mehr als in eine SMS passt. ".repeat(100);
    assert!(jawort.message(&number(1), "booking", &long).await.status == 422);
    let most = "x".repeat(153 * 10 - 20);
    assert_eq!(
        jawort.message(&number(1), "booking", &most).await.problem(422, "fields")["errors"][0]["reason"],
        "too_long"
    );
    // The code of advertising is stored nowhere.
    jawort.message(&number(1), "marketing", "Hallo").await.expect(202);
    let links: Vec<i64> = jawort.stored("Subject", "SELECT COUNT(*) FROM links");
    assert_eq!(links, [1 + accepted]);
}

#[tokio::test]
async fn an_alarm_that_met_what_it_cannot_read_comes_again_within_the_hour() {
    let (mut jawort, _receiver, _) = told().await;
    // The settings are those of a newer build, everywhere.
    let newer = "UPDATE settings SET settings = replace(settings, '\"format\":4', '\"format\":9')";
    assert!(jawort.alter("Registry", newer) > 0);
    assert!(jawort.alter_kv("FORMS", "\"format\":4", "\"format\":9") > 0);
    jawort.ring_alarms("Subject");
    eventually("the alarm", || async { (lines(&jawort, "an alarm: unreadable") > 0).then_some(()) }).await;
    tokio::time::sleep(Duration::from_millis(500)).await;
    let alarms = jawort.alarms("Subject");
    let hour = i64::try_from(HOUR).unwrap() * 1000;
    assert!(!alarms.is_empty() && alarms.iter().all(|alarm| *alarm < now() + 2 * hour), "{alarms:?} {}", now());
}

/// Whatever the object of the gateway is asked ends in an error.
async fn with_a_gateway_that_does_not_answer() -> (Jawort, Provider, Receiver) {
    let (provider, receiver) = (Provider::start().await, Receiver::start().await);
    let mut jawort = Jawort::start_with(&[Provider::VAR, Receiver::VAR]).await;
    jawort
        .put_settings(|settings| {
            provider.serve(settings);
            settings["webhooks"] = json!([receiver.webhook()]);
        })
        .await;
    provider.consent(&jawort, &number(1)).await;
    receiver.wait_for(2).await;
    jawort.quiet().await;
    jawort.alter("Gateway", "ALTER TABLE pace RENAME COLUMN record TO lost");
    (jawort, provider, receiver)
}

#[tokio::test]
async fn a_gateways_object_that_does_not_answer_is_no_health() {
    let (jawort, _provider, _receiver) = with_a_gateway_that_does_not_answer().await;
    let health = Answer::of(jawort.get("/healthz")).await.expect(503).json();
    assert_eq!(
        (&health["status"], &health["gateways"], &health["parked"], &health["unreadable"]),
        (&json!("degraded"), &json!([{ "id": "twilio", "ready": true }]), &json!([]), &json!([]))
    );
}

#[tokio::test]
async fn what_a_gateways_object_does_not_answer_is_parked_and_told() {
    let (mut jawort, provider, receiver) = with_a_gateway_that_does_not_answer().await;
    let sent = provider.calls();
    let id = jawort.order(&number(1), "marketing", "Hallo").await;
    eventually("a try", || async { (lines(&jawort, "no turn") > 0).then_some(()) }).await;
    // The pauses grow: 2 s, 4 s, 8 s, … up to the eighth, which parks it.
    for _ in 0..9 {
        jawort.later(&number(1), 10 * MINUTE).await;
        tokio::time::sleep(Duration::from_millis(300)).await;
    }
    let tries = lines(&jawort, "no turn");
    assert!(tries <= 10, "{tries}");
    receiver.wait_for(3).await;
    assert_eq!(kinds(&receiver)[2], "outbox.parked");
    let health = Answer::of(jawort.get("/healthz")).await.expect(503).json();
    assert_eq!(health["parked"][0]["what"], "sms", "{health}");
    assert_eq!(provider.calls(), sent);
    jawort.alter("Gateway", "ALTER TABLE pace RENAME COLUMN lost TO record");
    jawort.later(&number(1), 6 * HOUR).await;
    jawort.reaches(&id, "sent").await;
}

#[tokio::test]
async fn webhooks_that_are_parked_do_not_breed() {
    let (mut jawort, receiver, link) = told().await;
    // It waits until this person's number can't be opened, as under a key that is gone: then every event fails.
    jawort.alter("Webhook", "UPDATE share SET format = 9");
    jawort.tap(&link, &[("action", "withdraw")]).await.page(200);
    jawort.quiet().await;
    jawort.alter("Webhook", "UPDATE share SET format = 2");
    let sealed =
        "UPDATE subject SET record = json_set(record, '$.value.number', 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA')";
    assert_eq!(jawort.alter("Subject", sealed), 1);
    for _ in 0..30 {
        jawort.later(&number(1), HOUR).await;
        jawort.quiet().await;
    }
    let health = Answer::of(jawort.get("/healthz")).await.expect(503).json();
    assert_eq!(
        (&health["parked"][0]["what"], &health["parked"][0]["count"]),
        (&json!("webhook"), &json!(1)),
        "{health}"
    );
    let waiting: Vec<i64> = jawort.stored("Subject", &format!("SELECT COUNT(*) FROM outbox WHERE {HOOKS}"));
    assert_eq!(waiting.iter().sum::<i64>(), 1, "the withdrawal");
    assert_eq!(receiver.received().len(), 2);
}

#[tokio::test]
async fn a_command_that_fails_beside_an_alarm_takes_no_alarm_away() {
    let (mut jawort, _receiver, _) = told().await;
    let id = jawort.order(&number(1), "marketing", "Hallo").await;
    jawort.sms(&number(1), 2).await;
    jawort.quiet().await;
    // A question that fails whenever it is asked.
    assert_eq!(jawort.alter("Subject", "UPDATE kept SET value = '{}' WHERE kind = 'message'"), 1);
    let life = format!("/v1/messages/{id}");
    jawort.owner(Method::GET, &life, None).await.problem(500, "fault");
    for round in 0..8 {
        // It orders a listing and a copy in KV, while each of whose calls others are answered.
        let order = async {
            jawort.reply(&number(1), if round % 2 == 0 { "STOP" } else { "START" }).await;
            tokio::time::sleep(Duration::from_secs(1)).await;
        };
        let fail = async {
            loop {
                let ask = || jawort.owner(Method::GET, &life, None);
                let _: [Answer; 4] =
                    futures_util::future::join_all([ask(), ask(), ask(), ask()]).await.try_into().unwrap();
            }
        };
        tokio::select! { () = order => {}, () = fail => {} }
        jawort.quiet().await;
        assert_eq!(jawort.alarms("Subject").len(), 1, "round {round}: nothing would ever lapse or be forgotten");
    }
}
