//! Codes of rewards, from a pool.

use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};
use tests::{Answer, Jawort, Receiver};

/// An edge whose marketing has a pool that warns at so few codes.
async fn with_pool(warn_at: u32, receiver: Option<&Receiver>) -> Jawort {
    let jawort = Jawort::start_with(&[Receiver::VAR]).await;
    let changed = jawort.try_settings(|settings| {
        settings["purposes"][0]["reward"] = json!({
            "text": { "de": "Danke! Ihr Code: {code}", "en": "Thank you! Your code: {code}" },
            "conditions": {
                "de": "10 % auf einen Einkauf bis Ende 2027.", "en": "10 % off one purchase until the end of 2027.",
            },
            "code": { "pool": { "warn_at": warn_at } },
        });
        if let Some(receiver) = receiver {
            settings["webhooks"] = json!([receiver.webhook()]);
            settings["webhooks"][0]["events"] = json!(["reward.low"]);
        }
    });
    changed.await.expect(200);
    jawort
}

async fn state(jawort: &Jawort) -> Value {
    jawort.owner(Method::GET, "/v1/rewards/marketing", None).await.expect(200).json()
}

async fn take(jawort: &Jawort, subject: &str) -> Option<String> {
    let taker = json!({ "purpose": "marketing", "subject": subject });
    let answer = Answer::of(jawort.post("/simulator/reward").json(&taker)).await.expect(200).json();
    answer["code"].as_str().map(str::to_owned)
}

fn codes(range: std::ops::Range<u32>) -> Vec<String> {
    range.map(|n| format!("GRUEN-{n:04}")).collect()
}

#[tokio::test]
async fn a_code_is_added_once() {
    let jawort = with_pool(2, None).await;
    assert_eq!(state(&jawort).await, json!({ "left": 0, "taken": 0, "warn_at": 2, "low": true }));
    assert_eq!(jawort.add_codes("marketing", &codes(0..3)).await, json!({ "left": 3, "added": 3 }));
    assert_eq!(jawort.add_codes("marketing", &codes(2..5)).await, json!({ "left": 5, "added": 2 }));
    let taken = take(&jawort, "a").await;
    assert_eq!(taken.as_deref(), Some("GRUEN-0000"));
    assert_eq!(jawort.add_codes("marketing", &codes(0..1)).await, json!({ "left": 4, "added": 0 }));
    assert_eq!(state(&jawort).await, json!({ "left": 4, "taken": 1, "warn_at": 2, "low": false }));
}

#[tokio::test]
async fn everybody_gets_a_code_of_their_own_and_always_the_same() {
    let jawort = with_pool(0, None).await;
    jawort.add_codes("marketing", &codes(0..20)).await;
    let subjects: Vec<_> = (0..30).map(|n| format!("subject-{n}")).collect();
    let mut got = Vec::new();
    for taker in subjects.chunks(10) {
        let first = join_all(taker.iter().map(|subject| take(&jawort, subject))).await;
        for (subject, code) in taker.iter().zip(&first) {
            assert_eq!(&take(&jawort, subject).await, code);
        }
        got.extend(first);
    }
    assert_eq!(got.iter().filter(|code| code.is_none()).count(), 10);
    let mut all: Vec<_> = got.into_iter().flatten().collect();
    all.sort();
    assert_eq!(all, codes(0..20));
}

#[tokio::test]
async fn the_owner_is_told_before_a_pool_runs_out_once_for_each_filling() {
    let receiver = Receiver::start().await;
    let jawort = with_pool(1, Some(&receiver)).await;
    jawort.add_codes("marketing", &codes(0..3)).await;
    take(&jawort, "a").await;
    assert!(!state(&jawort).await["low"].as_bool().unwrap());
    for subject in ["b", "b", "c", "d"] {
        take(&jawort, subject).await;
    }
    let told = receiver.wait_for(1).await;
    let body = told[0].json();
    assert_eq!(body["type"], "reward.low");
    assert_eq!(body["data"], json!({ "purpose": "marketing", "left": 1, "warn_at": 1 }));
    assert_eq!(take(&jawort, "d").await, None);
    jawort.add_codes("marketing", &codes(3..6)).await;
    for subject in ["d", "e"] {
        assert!(take(&jawort, subject).await.is_some());
    }
    receiver.wait_for(2).await;
    let ids = receiver.ids();
    assert!(ids.len() == 2 && ids[0] != ids[1], "{ids:?}");
}

#[tokio::test]
async fn ten_thousand_codes_go_in_by_one_call() {
    let jawort = with_pool(100, None).await;
    assert_eq!(jawort.add_codes("marketing", &codes(0..10_000)).await, json!({ "left": 10_000, "added": 10_000 }));
    let body = json!({ "codes": ["x".repeat(40)], "more": "x".repeat(256 * 1024) });
    jawort.owner(Method::POST, "/v1/rewards/marketing", Some(body)).await.problem(413, "too-large");
}

#[tokio::test]
async fn what_is_no_pool_and_no_code_is_refused() {
    let jawort = with_pool(2, None).await;
    let refused = |path: &'static str, codes: Value| {
        let jawort = &jawort;
        async move {
            let answer = jawort.owner(Method::POST, path, Some(json!({ "codes": codes }))).await;
            let problem = answer.problem(422, "fields");
            (problem["errors"][0]["field"].clone(), problem["errors"][0]["reason"].clone())
        }
    };
    let marketing = "/v1/rewards/marketing";
    assert_eq!(refused("/v1/rewards/lottery", json!(["A"])).await, (json!("purpose"), json!("unknown_purpose")));
    assert_eq!(refused("/v1/rewards/booking", json!(["A"])).await, (json!("purpose"), json!("no_pool")));
    assert_eq!(refused(marketing, json!(["A", "B C"])).await, (json!("codes[1]"), json!("format")));
    assert_eq!(refused(marketing, json!([])).await, (json!("codes"), json!("count")));
    assert_eq!(refused(marketing, json!(codes(0..10_001))).await, (json!("codes"), json!("count")));
    assert_eq!(state(&jawort).await["left"], 0);
}
