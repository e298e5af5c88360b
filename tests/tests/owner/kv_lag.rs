//! Cloudflare's KV tells news late, and remembers what was missing: nobody notices.

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
    jawort.put_form("newsletter", |draft| draft["age"] = json!(18)).await;
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
    jawort.try_settings(|settings| settings["limits"]["form_per_day"] = json!(0)).await.expect(200);
    jawort.ask("newsletter", &number(2)).await;
    jawort.no_more_than(&number(2), 0).await;
}
