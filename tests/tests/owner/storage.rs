//! What was acknowledged stays, whatever happens to the machine, the keys, and KV.

use demo::secrets::KeyUse;
use reqwest::Method;
use serde_json::json;
use tests::{Answer, Jawort, number};

#[tokio::test]
async fn everything_works_on_a_kv_that_lags_and_remembers_what_was_missing() {
    let jawort = Jawort::empty(&[("JAWORT_KV_LAG_SECONDS", "60")]);
    // KV now remembers that there is nothing.
    Answer::of(jawort.get("/v1/forms/newsletter")).await.problem(404, "not-found");
    Answer::of(jawort.get("/healthz")).await.expect(200);
    jawort.publish().await;

    let link = jawort.consent("newsletter", &number(1)).await;
    assert_eq!(jawort.standing(&number(1), "marketing").await, "allowed");
    jawort.message(&number(1), "marketing", "Hallo").await.expect(202);
    jawort.sms(&number(1), 2).await;
    jawort.tap(&link, &[("action", "withdraw")]).await.page(200);
    assert_eq!(jawort.standing(&number(1), "marketing").await, "withdrawn");
    jawort.message(&number(1), "marketing", "Doch noch?").await.problem(403, "no-consent");
}

#[tokio::test]
async fn a_new_version_is_asked_at_once_where_it_was_published_and_stays_so_on_a_kv_that_lags() {
    let jawort = Jawort::start_with(&[("JAWORT_KV_LAG_SECONDS", "60")]).await;
    let before = jawort.submission("newsletter", &number(1)).await;
    let mut draft = jawort.draft("newsletter");
    draft["age"] = json!(18);
    jawort.owner(Method::PUT, "/v1/forms/newsletter", Some(draft)).await.expect(200);
    for _ in 0..3 {
        let shown = Answer::of(jawort.get("/v1/forms/newsletter")).await.expect(200).json();
        assert_eq!(shown["version"], 2);
        jawort.submit(&before).await.problem(409, "outdated-form");
        jawort.turn(35).await;
    }
    jawort.consent("newsletter", &number(1)).await;
}

#[tokio::test]
async fn new_settings_are_in_force_at_once_on_a_kv_that_lags() {
    let jawort = Jawort::start_with(&[("JAWORT_KV_LAG_SECONDS", "60")]).await;
    jawort.ask_and_get("newsletter", &number(1), 1).await;
    let mut settings = jawort.settings();
    settings["limits"]["form_per_day"] = json!(0);
    jawort.owner(Method::PUT, "/v1/settings", Some(settings)).await.expect(200);
    jawort.ask("newsletter", &number(2)).await;
    jawort.no_more_than(&number(2), 0).await;
}

#[tokio::test]
async fn a_restart_loses_nothing() {
    let mut jawort = Jawort::start().await;
    let given = jawort.consent("newsletter", &number(1)).await;
    let waiting = jawort.ask_and_get("shop", &number(2), 1).await;
    jawort.reply(&number(3), "STOP").await;
    jawort.sms(&number(3), 1).await;
    let before = jawort.overview(&number(1)).await;

    jawort.restart();
    assert_eq!(jawort.overview(&number(1)).await, before);
    jawort.tap(&waiting, &[("action", "confirm")]).await.page(200);
    assert_eq!(jawort.standing(&number(2), "booking").await, "allowed");
    jawort.ask("newsletter", &number(3)).await;
    jawort.no_more_than(&number(3), 1).await;
    jawort.tap(&given, &[("action", "withdraw")]).await.page(200);
    assert_eq!(jawort.chain(&number(1), "marketing").await.len(), 2);
}

#[tokio::test]
async fn a_crash_after_the_answer_loses_no_request_and_sends_it_once() {
    let mut jawort = Jawort::start().await;
    for n in 0..6 {
        let body = jawort.submission("newsletter", &number(n)).await;
        // Somewhere between the answer and the SMS, or after it.
        jawort.submit(&body).await.expect(202);
        tokio::time::sleep(std::time::Duration::from_millis(u64::from(n) * 15)).await;
        jawort.crash();
        let link = jawort.sms(&number(n), 1).await.link();
        jawort.tap(&link, &[("action", "confirm")]).await.page(200);
        assert_eq!(jawort.standing(&number(n), "marketing").await, "allowed");
    }
    for n in 0..6 {
        jawort.no_more_than(&number(n), 1).await;
    }
}

#[tokio::test]
async fn a_yes_that_was_acknowledged_survives_a_crash() {
    let mut jawort = Jawort::start().await;
    jawort.consent("newsletter", &number(1)).await;
    jawort.crash();
    assert_eq!(jawort.standing(&number(1), "marketing").await, "allowed");
    assert_eq!(jawort.chain(&number(1), "marketing").await.len(), 1);
}

/// What must go on working after a secret was rotated.
async fn goes_on(secret: KeyUse) {
    let mut jawort = Jawort::start().await;
    let given = jawort.consent("newsletter", &number(1)).await;
    let waiting = jawort.ask_and_get("newsletter", &number(2), 1).await;
    jawort.reply(&number(3), "STOP").await;
    jawort.sms(&number(3), 1).await;
    let subject = jawort.overview(&number(1)).await["subject"].clone();

    jawort.rotate(secret);
    jawort.restart();

    // A known number stays where it is, with all that is sealed and signed.
    assert_eq!(jawort.overview(&number(1)).await["subject"], subject);
    assert_eq!(jawort.standing(&number(1), "marketing").await, "allowed");
    jawort.message(&number(1), "marketing", "Hallo").await.expect(202);
    jawort.sms(&number(1), 2).await;
    jawort.turn(90).await;
    jawort.ask("newsletter", &number(1)).await;
    assert!(jawort.sms(&number(1), 3).await.text.contains("bereits angemeldet"));
    jawort.ask("newsletter", &number(3)).await;
    jawort.no_more_than(&number(3), 1).await;

    // Links from before work.
    jawort.tap(&waiting, &[("action", "confirm")]).await.page(200);
    assert_eq!(jawort.standing(&number(2), "marketing").await, "allowed");
    jawort.tap(&given, &[("action", "withdraw")]).await.page(200);
    let chain = jawort.chain(&number(1), "marketing").await;
    let keys: Vec<_> = chain.iter().map(|event| event.key_id).collect();
    // Given, used, withdrawn.
    assert_eq!(keys, if secret == KeyUse::Sign { [1, 2, 2] } else { [1, 1, 1] });

    // Who comes now is known under the new generation, and found again.
    jawort.consent("newsletter", &number(4)).await;
    assert_eq!(jawort.standing(&number(4), "marketing").await, "allowed");
    jawort.rotate(secret);
    jawort.restart();
    for n in [2, 4] {
        assert_eq!(jawort.standing(&number(n), "marketing").await, "allowed");
        jawort.chain(&number(n), "marketing").await;
    }
}

#[tokio::test]
async fn the_index_secret_can_be_rotated() {
    goes_on(KeyUse::Index).await;
}

#[tokio::test]
async fn the_seal_secret_can_be_rotated() {
    goes_on(KeyUse::Seal).await;
}

#[tokio::test]
async fn the_export_secret_can_be_rotated() {
    goes_on(KeyUse::Export).await;
}

#[tokio::test]
async fn the_sign_secret_can_be_rotated() {
    goes_on(KeyUse::Sign).await;
}

#[tokio::test]
async fn an_open_form_survives_a_rotation() {
    let mut jawort = Jawort::start().await;
    let body = jawort.submission("newsletter", &number(1)).await;
    jawort.rotate(KeyUse::Index);
    jawort.restart();
    jawort.submit(&body).await.expect(202);
    jawort.sms(&number(1), 1).await;
}

#[tokio::test]
async fn nobodys_number_is_in_the_log_after_the_whole_way() {
    let mut jawort = Jawort::start().await;
    let link = jawort.consent("shop", &number(1)).await;
    jawort.message(&number(1), "marketing", "Hallo").await.expect(202);
    jawort.sms(&number(1), 2).await;
    jawort.reply(&number(1), "INFO").await;
    let fresh = jawort.sms(&number(1), 3).await.link();
    jawort.tap(&link, &[("action", "withdraw")]).await.page(200);
    jawort.tap(&fresh, &[("action", "erase"), ("understood", "yes")]).await;
    let mut body = jawort.submission("newsletter", &number(2)).await;
    body["number"] = json!(format!("{}000", number(2)));
    jawort.submit(&body).await.problem(422, "fields");
    jawort.restart();
    jawort.assert_log_is_clean();
    // The look itself finds what it looks for.
    let line = format!("sent to {}", tests::typed(&number(1)));
    assert!(tests::has_number(&line) && tests::has_number(&number(2)));
}
