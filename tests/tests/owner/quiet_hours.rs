//! Hours of rest: what waits for the morning.

use serde_json::json;
use shared::time::Timestamp;
use tests::{HOUR, Jawort, Received, Receiver, number, until_hour};

/// Publishes a form with hours of rest from 20:00 to 8:00, which is what a form has by itself.
async fn rest(jawort: &Jawort, form: &str) {
    jawort
        .put_form(form, |draft| {
            draft.as_object_mut().unwrap().remove("quiet_hours");
        })
        .await;
}

#[tokio::test]
async fn advertising_waits_for_the_morning_and_a_booking_does_not() {
    let jawort = Jawort::start().await;
    rest(&jawort, "shop").await;
    jawort.consent("shop", &number(1)).await;
    // 22:30 in Berlin, where the number is from.
    jawort.turn(until_hour(22) + 1800).await;
    let id = jawort.order(&number(1), "marketing", "Angebot").await;
    jawort.message(&number(1), "booking", "Ihr Termin morgen um 8").await.expect(202);
    assert!(jawort.sms(&number(1), 2).await.text.starts_with("Ihr Termin"));
    jawort.no_more_than(&number(1), 2).await;
    let life = jawort.life(&id).await;
    assert_eq!((&life["state"], &life["waiting"]["reason"]), (&json!("queued"), &json!("quiet_hours")), "{life}");
    let until: Timestamp = serde_json::from_value(life["waiting"]["until"].clone()).unwrap();
    let asked: Timestamp = serde_json::from_value(life["created_at"].clone()).unwrap();
    let waits = (until.millis() - asked.millis()) / 60_000;
    assert!((565..=570).contains(&waits), "from half past ten to eight: {waits} minutes");
    jawort.later(&number(1), 9 * HOUR).await;
    jawort.no_more_than(&number(1), 2).await;
    jawort.later(&number(1), HOUR).await;
    assert!(jawort.sms(&number(1), 3).await.text.starts_with("Blattwerk: Angebot"));
    assert_eq!(jawort.reaches(&id, "sent").await.get("waiting"), None);
}

/// Evening after evening one, each of which leaves in the morning after.
#[tokio::test]
async fn what_waits_for_the_morning_counts_on_the_day_that_it_leaves_on() {
    let jawort = Jawort::start().await;
    jawort.declare("daily", json!({ "max": 1, "period": "day" })).await;
    jawort
        .put_form("newsletter", |draft| {
            draft.as_object_mut().unwrap().remove("quiet_hours");
            draft["purposes"] = json!(["daily"]);
        })
        .await;
    jawort.consent("newsletter", &number(1)).await;
    jawort.turn(until_hour(21)).await;
    for n in 1..=3 {
        jawort.message(&number(1), "daily", &format!("Abend {n}")).await.expect(202);
        jawort.turn(4 * HOUR).await;
        jawort.message(&number(1), "daily", "In der Nacht").await.problem(403, "frequency-exceeded");
        jawort.later(&number(1), 8 * HOUR).await;
        assert!(jawort.sms(&number(1), n + 1).await.text.starts_with(&format!("Blattwerk: Abend {n}")));
        jawort.message(&number(1), "daily", "Am Tag").await.problem(403, "frequency-exceeded");
        jawort.turn(12 * HOUR).await;
    }
    jawort.no_more_than(&number(1), 4).await;
}

#[tokio::test]
async fn what_waits_for_the_morning_asks_the_gate_again() {
    let jawort = Jawort::start().await;
    rest(&jawort, "newsletter").await;
    jawort.consent("newsletter", &number(1)).await;
    jawort.turn(until_hour(22) + 1800).await;
    let id = jawort.order(&number(1), "marketing", "Angebot").await;
    jawort.no_more_than(&number(1), 1).await;
    jawort.reply(&number(1), "STOP").await;
    jawort.sms(&number(1), 2).await;
    let at_once = jawort.life(&id).await;
    assert_eq!((&at_once["state"], &at_once["reason"]), (&json!("failed"), &json!("no_consent")), "{at_once}");
    assert_eq!(at_once.get("waiting"), None);
    jawort.later(&number(1), 12 * HOUR).await;
    jawort.no_more_than(&number(1), 2).await;
    let life = jawort.life(&id).await;
    assert_eq!((&life["state"], &life["reason"]), (&json!("failed"), &json!("no_consent")));
}

#[tokio::test]
async fn whatever_ends_a_consent_ends_what_waits_for_the_morning_and_the_owner_is_told_once() {
    let receiver = Receiver::start().await;
    let jawort = Jawort::start_with(&[Receiver::VAR]).await;
    jawort.put_settings(|settings| settings["webhooks"] = json!([receiver.webhook()])).await;
    rest(&jawort, "shop").await;
    let mut links = Vec::new();
    for n in 0..3 {
        links.push(jawort.consent("shop", &number(n)).await);
    }
    jawort.turn(until_hour(22) + 1800).await;
    let mut ids = Vec::new();
    for n in 0..3 {
        ids.push(jawort.order(&number(n), "marketing", "Angebot").await);
        jawort.no_more_than(&number(n), 1).await;
    }
    jawort.tap(&links[0], &[("action", "withdraw"), ("purpose", "marketing")]).await.page(200);
    jawort.tap(&links[1], &[("action", "object"), ("purpose", "marketing")]).await.page(200);
    // What doesn't end this purpose ends no message of it.
    jawort.tap(&links[2], &[("action", "withdraw"), ("purpose", "booking")]).await.page(200);
    for id in &ids[..2] {
        let life = jawort.life(id).await;
        assert_eq!((&life["state"], &life["reason"]), (&json!("failed"), &json!("no_consent")), "{life}");
    }
    assert_eq!(jawort.life(&ids[2]).await["waiting"]["reason"], "quiet_hours");
    for n in 0..3 {
        jawort.later(&number(n), if n == 0 { 10 * HOUR } else { 0 }).await;
    }
    jawort.sms(&number(2), 2).await;
    jawort.no_more_than(&number(0), 1).await;
    jawort.no_more_than(&number(1), 1).await;
    let failed = || {
        let told: Vec<_> = receiver.received().iter().map(Received::json).collect();
        let failed = told.into_iter().filter(|event| event["type"] == "message.failed");
        let mut failed: Vec<_> = failed.map(|event| event["data"]["message"].as_str().unwrap().to_owned()).collect();
        failed.sort();
        failed
    };
    let mut two = ids[..2].to_vec();
    two.sort();
    tests::eventually("both were told", || async { (failed().len() >= 2).then_some(()) }).await;
    assert_eq!(failed(), two);
}
