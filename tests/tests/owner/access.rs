//! Nobody but the owner makes the owner's calls.

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
