//! Calls that can't be meant: each is told what is wrong with it, and nothing is done.

use std::collections::BTreeSet;

use reqwest::Method;
use serde_json::{Value, json};
use shared::problem_kind::ProblemKind;
use tests::{Answer, Jawort, number};

use crate::api_description::described;

/// Each call of the API: method and path, with names in place of the braces.
fn calls(api: &Value) -> Vec<(Method, String)> {
    let all = api["paths"].as_object().unwrap().iter().flat_map(|(path, methods)| {
        let path = path.split('/').map(|part| if part.starts_with('{') { "newsletter" } else { part });
        let path = path.collect::<Vec<_>>().join("/");
        methods.as_object().unwrap().keys().map(move |method| (method.to_uppercase().parse().unwrap(), path.clone()))
    });
    all.collect()
}

fn is_api(path: &str) -> bool {
    path.starts_with("/v1/") || path.ends_with("/qr.svg") || path.ends_with("/qr.png")
}

#[tokio::test]
async fn no_call_takes_a_parameter_that_it_does_not_know() {
    let jawort = Jawort::start().await;
    let api = described(&jawort).await;
    let calls: Vec<_> = calls(&api).into_iter().filter(|(_, path)| is_api(path)).collect();
    assert!(calls.len() > 25, "{calls:?}");
    for (method, path) in calls {
        for query in ["nosuch=1", "utm_id=1", "Form=1", "form%20=1"] {
            let answer = jawort.owner(method.clone(), &format!("{path}?{query}"), None).await;
            let problem = answer.problem(422, "fields");
            let error = &problem["errors"][0];
            let name = query.split('=').next().unwrap().replace("%20", " ");
            assert_eq!(
                (&error["field"], &error["reason"]),
                (&json!(name), &json!("unknown_parameter")),
                "{method} {path}"
            );
        }
    }
}

#[tokio::test]
async fn a_wrong_member_is_named_wherever_it_stands() {
    let jawort = Jawort::start().await;
    let recipients = json!([{ "number": number(1) }, { "number": number(2), "valeus": {} }]);
    let draft = |change: fn(&mut Value)| {
        let mut draft = jawort.draft("newsletter");
        change(&mut draft);
        draft
    };
    let cases = [
        ("/v1/check", json!({ "number": number(1), "purpose": "marketing", "porpose": 1 }), "porpose", "unknown_field"),
        ("/v1/check", json!({ "number": number(1) }), "purpose", "missing"),
        ("/v1/check", json!({ "number": 491, "purpose": "marketing" }), "number", "type"),
        ("/v1/check", json!({ "number": number(1), "purpose": "Marketing!" }), "purpose", "value"),
        ("/v1/subjects", json!({ "nummer": number(1) }), "nummer", "unknown_field"),
        (
            "/v1/subjects/nobody/object",
            json!({ "channel": "phone", "received_at": "2026-01-01", "by": "Ada" }),
            "by",
            "unknown_field",
        ),
        ("/v1/subjects/nobody/withdraw", json!({ "channel": "fax", "received_at": "2026-01-01" }), "channel", "value"),
        ("/v1/subjects/nobody/correct", json!({ "channel": "phone", "received_at": "now" }), "received_at", "value"),
        ("/v1/requests", json!({ "form": "newsletter", "lang": "de", "langs": "en" }), "langs", "unknown_field"),
        ("/v1/subjects/nobody/proofs", json!({ "reasons": "x" }), "reasons", "unknown_field"),
        (
            "/v1/messages/batch",
            json!({ "purpose": "marketing", "text": "x", "recipients": recipients }),
            "recipients[1].valeus",
            "unknown_field",
        ),
        ("/v1/rewards/marketing", json!({ "codes": ["A", 7] }), "codes[1]", "type"),
        (
            "/v1/forms/newsletter",
            draft(|draft| draft["quiet_hours"]["till"] = json!("8:00")),
            "quiet_hours.till",
            "unknown_field",
        ),
        ("/v1/forms/newsletter", draft(|draft| draft["age"] = json!("16")), "age", "type"),
        (
            "/v1/consents",
            json!({ "form": "newsletter", "source": { "refrence": "x" } }),
            "source.refrence",
            "unknown_field",
        ),
    ];
    for (path, body, field, reason) in cases {
        let method = if path.starts_with("/v1/forms") { Method::PUT } else { Method::POST };
        let problem = jawort.owner(method, path, Some(body)).await.problem(400, "malformed");
        let error = &problem["errors"][0];
        assert_eq!((&error["field"], &error["reason"]), (&json!(field), &json!(reason)), "{path}: {problem}");
    }
    let array = json!([number(1), null, "marketing"]);
    jawort.owner(Method::POST, "/v1/check", Some(array)).await.problem(400, "malformed");
}

#[tokio::test]
async fn a_wrong_method_is_told_the_right_ones() {
    let jawort = Jawort::start().await;
    let api = described(&jawort).await;
    let paths: BTreeSet<_> = calls(&api).into_iter().map(|(_, path)| path).collect();
    for path in paths {
        let answer = Answer::of(jawort.request(Method::PATCH, &path).header("accept-language", "de")).await;
        assert!(!answer.header("allow").is_empty(), "{path}");
        if ["/a/", "/c/", "/f/", "/m"].iter().any(|page| path.starts_with(page)) && !is_api(&path) {
            assert!(answer.page(405).contains("lässt sich so nicht verwenden"), "{path}");
        } else {
            answer.problem(405, "method-not-allowed");
        }
    }
    let answer = Answer::of(jawort.post("/embed.js")).await;
    answer.problem(405, "method-not-allowed");
    assert_eq!(answer.header("allow"), "GET,HEAD");
}

#[tokio::test]
async fn a_head_is_a_get_without_its_body() {
    let jawort = Jawort::start().await;
    for path in [
        "/v1/forms/newsletter",
        "/f/newsletter",
        "/m",
        "/f/newsletter/qr.svg",
        "/embed.js",
        "/openapi.json",
        "/v1/settings",
    ] {
        let request = |method| jawort.request(method, path).bearer_auth(jawort.owner_token());
        let get = Answer::of(request(Method::GET)).await.expect(200);
        let head = Answer::of(request(Method::HEAD)).await.expect(200);
        assert_eq!(head.bytes, b"", "{path}");
        assert_eq!(head.header("content-type"), get.header("content-type"), "{path}");
    }
    assert_eq!(Answer::of(jawort.request(Method::HEAD, "/v1/nothing")).await.status, 404);
}

#[tokio::test]
async fn a_path_that_is_no_text_leads_nowhere() {
    let jawort = Jawort::start().await;
    for path in ["/v1/forms/%FF", "/v1/messages/%C3%28", "/v1/subjects/%FF", "/v1/rewards/%FF"] {
        let answer = jawort.owner(Method::GET, path, None).await;
        answer.problem(404, "not-found");
    }
    for path in ["/f/%FF", "/c/%FF", "/m/%FF", "/f"] {
        Answer::of(jawort.get(path)).await.page(404);
    }
}

#[tokio::test]
async fn each_problem_has_a_page_that_says_what_to_do() {
    let jawort = Jawort::start().await;
    let list = Answer::of(jawort.get("/problems")).await.page(200);
    for kind in ProblemKind::ALL {
        let page = Answer::of(jawort.get(&format!("/problems/{}", kind.name()))).await.page(200);
        assert!(page.contains("What to do") && page.contains(kind.about().title), "{page}");
        assert!(list.contains(&format!("/problems/{}\"", kind.name())), "{list}");
    }
    Answer::of(jawort.get("/problems/nothing")).await.problem(404, "not-found");
    // The description knows all of them.
    let api = described(&jawort).await;
    let known = api["components"]["schemas"]["Problem"]["properties"]["type"]["enum"].clone();
    let all: Vec<_> = ProblemKind::ALL.iter().map(|kind| format!("/problems/{}", kind.name())).collect();
    assert_eq!(known, json!(all));
}
