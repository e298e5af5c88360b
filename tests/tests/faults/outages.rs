//! What fails for a while, and not only once.

use serde_json::json;
use tests::{
    Answer, Jawort, MINUTE,
    faults::{Fault, How, Kind, When},
    number,
};

/// Writes to KV so far, those that failed too.
async fn writes(jawort: &Jawort) -> u64 {
    Answer::of(jawort.get("/simulator/billed")).await.expect(200).json()["kv_writes"].as_u64().unwrap()
}

#[tokio::test]
async fn people_notice_nothing_of_a_kv_that_fails_and_it_is_not_asked_without_end() {
    let jawort = Jawort::start().await;
    let asked = json!({ "number": number(1) });
    let subject = jawort.owner(reqwest::Method::POST, "/v1/subjects", Some(asked)).await.expect(200).json();
    let key = format!("consent/marketing/{}", subject["subject"].as_str().unwrap());
    // What this isolate has read is forgotten by then.
    jawort.turn(MINUTE).await;
    jawort.arm(Fault { kind: Kind::Kv, nth: 1, how: How::Error, when: When::Before, once: false }).await;
    let before = writes(&jawort).await;
    jawort.consent("newsletter", &number(1)).await;
    assert_eq!(jawort.standing(&number(1), "marketing").await, "allowed");
    for _ in 0..60 {
        jawort.later(&number(1), MINUTE).await;
        jawort.quiet().await;
    }
    assert!(jawort.seen().await.fired.is_some());
    let tried = writes(&jawort).await - before;
    assert!((2..20).contains(&tried), "{tried} in an hour");
    assert_eq!(jawort.value_in_kv("CONSENT", &key).await, None);
    jawort.disarm().await;
    jawort.later(&number(1), 60 * MINUTE).await;
    jawort.quiet().await;
    assert!(jawort.value_in_kv("CONSENT", &key).await.is_some());
}
