//! Whom the owner's calls are about: a number, or the subject that stands for it.

use reqwest::Method;
use serde_json::{Value, json};
use tests::{Jawort, number};

#[tokio::test]
async fn a_number_and_its_subject_are_one() {
    let jawort = Jawort::start().await;
    jawort.consent("newsletter", &number(1)).await;
    let overview = jawort.overview(&number(1)).await;
    let subject = overview["subject"].as_str().unwrap();
    assert!(!subject.contains(&number(1)[3..]) && subject.len() == 12, "{subject}");
    let by_subject = json!({ "subject": subject, "purpose": "marketing" });
    let answer = jawort.owner(Method::POST, "/v1/check", Some(by_subject)).await.expect(200).json();
    assert_eq!(answer, jawort.check(&number(1), "marketing").await);
    assert_eq!(overview["states"][0]["state"], "given");
    assert_eq!(overview["silenced"], false);
    let message = json!({ "subject": subject, "purpose": "marketing", "text": "Hallo" });
    jawort.owner(Method::POST, "/v1/messages", Some(message)).await.expect(202);
    jawort.sms(&number(1), 2).await;
}

#[tokio::test]
async fn whom_a_call_is_about_must_be_clear() {
    let jawort = Jawort::start().await;
    let check = |body: Value| async {
        let answer = jawort.owner(Method::POST, "/v1/check", Some(body)).await;
        let problem = answer.problem(422, "fields");
        (problem["errors"][0]["field"].clone(), problem["errors"][0]["reason"].clone())
    };
    let both = json!({ "number": number(1), "subject": "AQAAAAAAAAAA", "purpose": "marketing" });
    assert_eq!(check(both).await, (json!("number"), json!("one_of")));
    assert_eq!(check(json!({ "purpose": "marketing" })).await, (json!("number"), json!("one_of")));
    for (number, reason) in [
        ("0176 04069001", "unknown_country"),
        ("+49 30 1234567", "not_mobile"),
        ("+49 176", "too_short"),
        ("", "unknown_country"),
    ] {
        let answer = check(json!({ "number": number, "purpose": "marketing" })).await;
        assert_eq!(answer, (json!("number"), json!(reason)), "{number}");
    }
    let lottery = json!({ "number": number(1), "purpose": "lottery" });
    assert_eq!(check(lottery).await, (json!("purpose"), json!("unknown_purpose")));
    jawort.owner(Method::GET, "/v1/subjects/nobody", None).await.problem(404, "not-found");
}

#[tokio::test]
async fn a_number_that_nobody_asked_for_is_unknown_and_looking_leaves_no_trace() {
    let jawort = Jawort::start().await;
    assert_eq!(jawort.check(&number(1), "marketing").await, json!({ "allowed": false, "reason": "unknown" }));
    jawort.knows_nothing_of(&number(1)).await;
}
