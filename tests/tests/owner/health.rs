//! What `/healthz` says, and what an edge does that lacks something.

use serde_json::json;
use tests::{Answer, Jawort, Provider, eventually, number};

#[tokio::test]
async fn an_edge_that_is_not_set_up_says_what_comes_first() {
    let jawort = Jawort::empty(&[]);
    let health = Answer::of(jawort.get("/healthz")).await.expect(200).json();
    assert_eq!(
        health,
        json!({
            "status": "ok", "origin": jawort.url(), "jurisdiction": "none", "deploy": [], "set_up": false, "gateways": [],
            "missing_secrets": [], "unreadable": [], "parked": [],
        })
    );
    let draft = jawort.draft("newsletter");
    let put = jawort.owner(reqwest::Method::PUT, "/v1/forms/newsletter", Some(draft)).await;
    put.problem(409, "not-set-up");
    let page = Answer::of(jawort.get("/f/newsletter")).await.page(404);
    assert!(page.contains("<h1>"), "{page}");
}

#[tokio::test]
async fn a_missing_secret_is_named_and_sends_nothing() {
    let provider = Provider::start().await;
    let jawort = Jawort::start().await;
    jawort.put_settings(|settings| provider.serve(settings)).await;
    let health = Answer::of(jawort.get("/healthz")).await.expect(503).json();
    assert_eq!(health["status"], "degraded");
    assert_eq!(health["missing_secrets"], json!(["JAWORT_TWILIO_AUTH_TOKEN"]));
    assert_eq!(health["gateways"], json!([{ "id": "twilio", "ready": false, "state": "ok" }]));
    let problem = jawort.bring("SM1", &number(1), "STOP").await.problem(503, "missing-secrets");
    assert!(problem["detail"].as_str().unwrap().contains("JAWORT_TWILIO_AUTH_TOKEN"), "{problem}");
    jawort.ask("newsletter", &number(1)).await;
    provider.no_more_than(0).await;
    let named = || jawort.log().contains("JAWORT_TWILIO_AUTH_TOKEN").then_some(());
    eventually("its line in the log", || async { named() }).await;
    assert_eq!(jawort.standing(&number(1), "marketing").await, "pending", "it waits for the secret");
}
