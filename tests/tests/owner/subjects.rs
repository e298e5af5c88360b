//! The owner's calls.

use reqwest::Method;
use serde_json::{Value, json};
use tests::{Answer, Jawort, number};

#[tokio::test]
async fn nobody_without_the_owners_token_gets_anything() {
    let jawort = Jawort::start().await;
    jawort.consent("newsletter", &number(1)).await;
    let subject = jawort.overview(&number(1)).await["subject"].as_str().unwrap().to_owned();
    let whom = json!({ "number": number(1), "purpose": "marketing", "text": "Hallo" });
    let calls: [(Method, String, Option<Value>); 15] = [
        (Method::GET, "/v1/settings".to_owned(), None),
        (Method::PUT, "/v1/settings".to_owned(), Some(jawort.settings())),
        (Method::PUT, "/v1/forms/newsletter".to_owned(), Some(jawort.draft("newsletter"))),
        (Method::POST, "/v1/check".to_owned(), Some(whom.clone())),
        (Method::POST, "/v1/messages".to_owned(), Some(whom.clone())),
        (Method::POST, "/v1/subjects".to_owned(), Some(whom)),
        (Method::GET, format!("/v1/subjects/{subject}"), None),
        (Method::GET, "/v1/stats?form=newsletter".to_owned(), None),
        (Method::GET, "/v1/forms/newsletter/invite".to_owned(), None),
        (Method::POST, "/v1/messages/batch".to_owned(), Some(json!({}))),
        (Method::GET, "/v1/messages/batch/AAAAAAAAAAAAAAAAAAAAAA".to_owned(), None),
        (Method::GET, "/v1/rewards/marketing".to_owned(), None),
        (Method::POST, "/v1/rewards/marketing".to_owned(), Some(json!({ "codes": ["A"] }))),
        (Method::GET, "/v1/webhooks/shop".to_owned(), None),
        (Method::POST, "/v1/webhooks/shop/replay".to_owned(), Some(json!({ "from": "2026-01-01T00:00:00Z" }))),
    ];
    for (method, path, body) in calls {
        for authorization in
            [None, Some(""), Some("Bearer"), Some("Bearer "), Some("Bearer wrong"), Some("Basic d3Jvbmc=")]
        {
            let mut request = jawort.request(method.clone(), &path);
            if let Some(authorization) = authorization {
                request = request.header("authorization", authorization);
            }
            if let Some(body) = &body {
                request = request.json(body);
            }
            Answer::of(request).await.problem(401, "unauthorized");
        }
        // The token is looked at before the body.
        let broken = jawort.request(method, &path).body("{");
        Answer::of(broken).await.problem(401, "unauthorized");
    }
    jawort.no_more_than(&number(1), 1).await;
}

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
