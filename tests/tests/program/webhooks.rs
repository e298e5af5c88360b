//! How webhooks arrive: signed, tried again, in order for each subject, replayable.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};
use standardwebhooks::Webhook;
use tests::{Answer, HOUR, Jawort, Receiver, Reply, eventually, number};

async fn put(jawort: &Jawort, webhooks: Value) -> Answer {
    jawort.try_settings(|settings| settings["webhooks"] = webhooks).await
}

/// An edge that tells everything to one program.
async fn telling() -> (Jawort, Receiver) {
    let receiver = Receiver::start().await;
    let jawort = Jawort::start_with(&[Receiver::VAR]).await;
    put(&jawort, json!([receiver.webhook()])).await.expect(200);
    (jawort, receiver)
}

async fn tell(jawort: &Jawort, id: &str, subject: &str) {
    let event = json!({
        "id": id,
        "kind": "consent.confirmed",
        "subject": subject,
        "data": { "subject": subject, "purpose": "marketing" },
        "number": number(1),
    });
    Answer::of(jawort.post("/simulator/event").json(&event)).await.expect(202);
}

async fn replay(jawort: &Jawort, body: Value) -> Value {
    let answer = jawort.owner(Method::POST, "/v1/webhooks/shop/replay", Some(body)).await;
    answer.expect(202).json()["replayed"].take()
}

async fn until(jawort: &Jawort, what: &str, fits: impl Fn(&Value) -> bool) -> Value {
    eventually(what, || async { Some(jawort.webhook_health().await).filter(|health| fits(health)) }).await
}

#[tokio::test]
async fn an_event_arrives_signed_and_once() {
    let (jawort, receiver) = telling().await;
    tell(&jawort, "event-1", "a").await;
    tell(&jawort, "event-1", "a").await;
    tell(&jawort, "event-2", "a").await;
    let received = receiver.wait_for(2).await;
    assert_eq!(receiver.ids(), ["event-1", "event-2"]);
    let first = &received[0];
    let key = Webhook::new(Receiver::SECRET).unwrap();
    key.verify(first.body.as_bytes(), &first.headers).expect("the specification's own crate takes it");
    assert!(key.verify(first.body.replace("confirmed", "withdrawn").as_bytes(), &first.headers).is_err());
    assert_eq!(first.header("content-type"), "application/json");
    let body = first.json();
    assert_eq!(body["type"], "consent.confirmed");
    assert!(body["timestamp"].as_str().unwrap().ends_with('Z'), "{body}");
    assert_eq!(body["data"], json!({ "subject": "a", "purpose": "marketing" }));
    assert_eq!(body.as_object().unwrap().len(), 3, "{body}");
    let health = until(&jawort, "the end", |health| health["waiting"] == 0).await;
    assert_eq!(health, json!({ "webhook": "shop", "waiting": 0, "failed": 0, "disabled": false }));
}

#[tokio::test]
async fn each_webhook_is_told_what_it_asks_for() {
    let (shop, crm) = (Receiver::start().await, Receiver::start().await);
    let jawort = Jawort::start_with(&[Receiver::VAR, ("JAWORT_WEBHOOK_CRM_2_SECRET", Receiver::SECRET)]).await;
    let webhooks = json!([
        { "id": "shop", "url": shop.url(), "include_number": true },
        { "id": "crm-2", "url": crm.url(), "events": ["message.failed"] },
    ]);
    put(&jawort, webhooks).await.expect(200);
    tell(&jawort, "event-1", "a").await;
    let failed = json!({ "id": "event-2", "kind": "message.failed", "subject": "a", "number": number(1) });
    Answer::of(jawort.post("/simulator/event").json(&failed)).await.expect(202);
    let told = shop.wait_for(2).await;
    assert_eq!(told[0].json()["data"]["number"], number(1));
    assert_eq!(told[1].json()["data"], json!({ "number": number(1) }));
    let told = crm.wait_for(1).await;
    assert_eq!(crm.ids(), ["event-2"]);
    assert_eq!(told[0].json()["data"], json!({}));
    // What was told, and is not noted yet, is no replay's. One knows no number any more.
    eventually("the end of what was told", || async { (jawort.webhook_health().await["waiting"] == 0).then_some(()) })
        .await;
    assert_eq!(replay(&jawort, json!({ "from": "2026-01-01T00:00:00Z" })).await, 2);
    let told = shop.wait_for(4).await;
    assert_eq!(told[2].json()["data"], json!({ "subject": "a", "purpose": "marketing" }));
}

#[tokio::test]
async fn what_is_about_one_subject_waits_for_its_turn_and_others_do_not_wait() {
    let (jawort, receiver) = telling().await;
    receiver.replies(|it| Reply::Status(if it.id() == "a-1" { 500 } else { 204 }));
    // `a` and `i` share an object.
    for (id, subject) in [("a-1", "a"), ("a-2", "a"), ("i-1", "i"), ("a-3", "a")] {
        tell(&jawort, id, subject).await;
    }
    receiver.wait_for(2).await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    let mut ids = receiver.ids();
    ids.sort();
    assert_eq!(ids, ["a-1", "i-1"]);
    let health = jawort.webhook_health().await;
    assert_eq!(health["waiting"], 3, "{health}");
    assert!(health["last_error"]["detail"].as_str().unwrap().contains("500"), "{health}");
    receiver.replies(|_| Reply::Status(200));
    let received = receiver.wait_for(5).await;
    assert_eq!(receiver.ids()[2..], ["a-1", "a-2", "a-3"]);
    let tries: Vec<_> = received.iter().filter(|it| it.id() == "a-1").collect();
    assert_eq!(tries[0].body, tries[1].body);
    assert_ne!(tries[0].header("webhook-timestamp"), tries[1].header("webhook-timestamp"));
}

#[tokio::test]
async fn after_three_days_an_event_is_given_up_and_can_be_replayed() {
    let (jawort, receiver) = telling().await;
    receiver.replies(|_| Reply::Status(503));
    tell(&jawort, "event-1", "a").await;
    tell(&jawort, "event-2", "i").await;
    receiver.wait_for(2).await;
    let mut turns = 0;
    while jawort.webhook_health().await["waiting"] != 0 {
        // What was answered before the clock is turned is noted before, too.
        tokio::time::sleep(Duration::from_millis(700)).await;
        // Longer than any pause, and in all less than what an event is kept.
        jawort.turn(27 * HOUR).await;
        turns += 1;
        assert!(turns <= 20, "it never ends");
    }
    let attempts = receiver.received().len();
    assert_eq!(attempts, 20, "ten each");
    assert_eq!(jawort.webhook_health().await["failed"], 2);
    receiver.replies(|_| Reply::Status(204));
    let later = json!({ "from": "2099-01-01T00:00:00Z" });
    assert_eq!(replay(&jawort, later).await, 0);
    let all = json!({ "from": "2026-01-01T00:00:00Z", "until": "2099-01-01T00:00:00Z", "subject": "a" });
    assert_eq!(replay(&jawort, all).await, 1);
    receiver.wait_for(attempts + 1).await;
    assert_eq!(receiver.ids()[attempts..], ["event-1"]);
    until(&jawort, "the end", |health| health["failed"] == 1 && health["waiting"] == 0).await;
}

#[tokio::test]
async fn a_program_that_is_gone_is_told_nothing_until_its_settings_change() {
    let (jawort, receiver) = telling().await;
    receiver.replies(|_| Reply::Status(410));
    tell(&jawort, "event-1", "a").await;
    receiver.wait_for(1).await;
    until(&jawort, "the end", |health| health["disabled"] == true && health["failed"] == 1).await;
    receiver.replies(|_| Reply::Status(204));
    tell(&jawort, "event-2", "a").await;
    until(&jawort, "the end", |health| health["failed"] == 2).await;
    assert_eq!(receiver.ids(), ["event-1"]);
    put(&jawort, json!([{ "id": "shop", "url": format!("{}/new", receiver.url()) }])).await.expect(200);
    assert_eq!(jawort.webhook_health().await["disabled"], false);
    tell(&jawort, "event-3", "a").await;
    receiver.wait_for(2).await;
    assert_eq!(receiver.ids(), ["event-1", "event-3"]);
    // What it missed comes in its old order.
    assert_eq!(replay(&jawort, json!({ "from": "2026-01-01T00:00:00Z" })).await, 3);
    receiver.wait_for(5).await;
    assert_eq!(receiver.ids()[2..], ["event-1", "event-2", "event-3"]);
}

#[tokio::test]
async fn a_replay_is_tried_even_where_the_program_was_gone() {
    let (jawort, receiver) = telling().await;
    receiver.replies(|_| Reply::Status(410));
    tell(&jawort, "event-1", "a").await;
    until(&jawort, "the end", |health| health["disabled"] == true).await;
    receiver.replies(|_| Reply::Status(204));
    assert_eq!(replay(&jawort, json!({ "from": "2026-01-01T00:00:00Z" })).await, 1);
    receiver.wait_for(2).await;
    let health = until(&jawort, "the end", |health| health["waiting"] == 0).await;
    assert_eq!((&health["disabled"], &health["failed"]), (&json!(false), &json!(0)));
}

#[tokio::test]
async fn a_webhook_that_was_removed_is_told_nothing_more() {
    let (jawort, receiver) = telling().await;
    receiver.replies(|_| Reply::Status(500));
    tell(&jawort, "event-1", "a").await;
    receiver.wait_for(1).await;
    put(&jawort, json!([])).await.expect(200);
    tokio::time::sleep(Duration::from_secs(7)).await;
    assert_eq!(receiver.ids(), ["event-1"]);
    jawort.owner(Method::GET, "/v1/webhooks/shop", None).await.problem(404, "not-found");
}

#[tokio::test]
async fn a_redirect_is_a_failure() {
    let (jawort, receiver) = telling().await;
    let elsewhere = Receiver::start().await;
    let to = elsewhere.url().to_owned();
    receiver.replies(move |_| Reply::Redirect(to.clone()));
    tell(&jawort, "event-1", "a").await;
    receiver.wait_for(1).await;
    let health = until(&jawort, "the failure", |health| !health["last_error"].is_null()).await;
    assert!(health["last_error"]["detail"].as_str().unwrap().contains("302"), "{health}");
    assert_eq!(health["waiting"], 1);
    assert_eq!(elsewhere.ids(), [""; 0]);
}

#[tokio::test]
async fn a_program_that_never_answers_fails_after_ten_seconds_and_holds_up_its_subject_only() {
    let (jawort, receiver) = telling().await;
    receiver.replies(|it| if it.id() == "a-1" { Reply::Hang } else { Reply::Status(204) });
    tell(&jawort, "a-1", "a").await;
    receiver.wait_for(1).await;
    tell(&jawort, "b-1", "b").await;
    receiver.wait_for(2).await;
    let health = until(&jawort, "the failure", |health| !health["last_error"].is_null()).await;
    assert!(health["last_error"]["detail"].as_str().unwrap().contains("10 s"), "{health}");
    assert_eq!(health["waiting"], 1);
}

#[tokio::test]
async fn without_its_secret_a_webhook_waits_and_says_so() {
    let receiver = Receiver::start().await;
    let mut jawort = Jawort::start_with(&[(Receiver::VAR.0, "whsec_tooshort")]).await;
    put(&jawort, json!([receiver.webhook()])).await.expect(200);
    tell(&jawort, "event-1", "a").await;
    let health = until(&jawort, "the complaint", |health| !health["missing_secret"].is_null()).await;
    assert_eq!(health["missing_secret"], Receiver::VAR.0);
    assert_eq!((&health["waiting"], &health["failed"]), (&json!(1), &json!(0)));
    assert_eq!(receiver.ids(), [""; 0]);
    jawort.set_var(Receiver::VAR.0, Receiver::VAR.1);
    jawort.restart();
    jawort.turn(360).await;
    jawort.webhook_health().await;
    receiver.wait_for(1).await;
    let health = until(&jawort, "the end", |health| health["waiting"] == 0).await;
    assert!(health["missing_secret"].is_null(), "{health}");
}

#[tokio::test]
async fn a_crash_loses_no_event() {
    let (mut jawort, receiver) = telling().await;
    receiver.replies(|_| Reply::Hang);
    tell(&jawort, "event-1", "a").await;
    receiver.wait_for(1).await;
    tell(&jawort, "event-2", "a").await;
    jawort.crash();
    receiver.replies(|_| Reply::Status(204));
    receiver.wait_for(3).await;
    assert_eq!(receiver.ids(), ["event-1", "event-1", "event-2"]);
}

#[tokio::test]
async fn a_webhook_into_somebodys_own_network_is_refused() {
    let jawort = Jawort::start().await;
    for url in ["https://10.0.0.1/", "https://nas.lan/", "http://hooks.example.de/", "https://a:b@hooks.example.de/"] {
        let answer = put(&jawort, json!([{ "id": "shop", "url": url }])).await;
        let problem = answer.problem(422, "refused");
        assert_eq!(problem["violations"][0]["field"], "webhooks[0].url", "{problem}");
    }
}

#[tokio::test]
async fn a_replay_of_what_cannot_be_is_refused() {
    let (jawort, _receiver) = telling().await;
    let post = |path: &'static str, body: Value| jawort.owner(Method::POST, path, Some(body));
    let nobody = post("/v1/webhooks/nobody/replay", json!({ "from": "2026-01-01T00:00:00Z" })).await;
    nobody.problem(404, "not-found");
    let never = json!({ "from": "2026-01-02T00:00:00Z", "until": "2026-01-01T00:00:00Z" });
    let problem = post("/v1/webhooks/shop/replay", never).await.problem(422, "fields");
    assert_eq!(problem["errors"][0]["field"], "until");
    post("/v1/webhooks/shop/replay", json!({ "since": "2026-01-02T00:00:00Z" })).await.problem(400, "malformed");
}
