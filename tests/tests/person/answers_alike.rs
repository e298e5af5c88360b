//! No answer tells strangers whether a number is known; and which pages may read an answer.

use reqwest::Method;
use serde_json::json;
use tests::{Answer, Jawort, number};

/// All of an answer that may not differ.
async fn shape(jawort: &Jawort, number: &str) -> (u16, Vec<(String, String)>, serde_json::Value) {
    let body = jawort.submission("newsletter", number).await;
    let answer = jawort.submit(&body).await;
    let mut json = answer.json();
    assert_eq!(json["number_ends"].take(), &number[number.len() - 2..]);
    let until = json["expires_at"].take();
    assert!(until.as_str().is_some_and(|until| until.ends_with('Z')), "{until}");
    let kept = answer.headers.iter().filter(|(name, _)| *name != "date");
    let headers = kept.map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned())).collect();
    (answer.status, headers, json)
}

#[tokio::test]
async fn a_first_request_and_a_tenth_look_alike_and_so_do_all_that_send_nothing() {
    let jawort = Jawort::start().await;
    let first = shape(&jawort, &number(1)).await;
    assert_eq!(first.0, 202);
    assert_eq!(first.2, json!({ "status": "accepted", "confirm": "link", "number_ends": null, "expires_at": null }));
    for _ in 0..9 {
        assert_eq!(shape(&jawort, &number(1)).await, first, "pending");
    }
    jawort.consent("newsletter", &number(2)).await;
    assert_eq!(shape(&jawort, &number(2)).await, first, "signed up");

    let link = jawort.ask_and_get("newsletter", &number(3), 1).await;
    jawort.tap(&link, &[("action", "refuse")]).await.page(200);
    assert_eq!(shape(&jawort, &number(3)).await, first, "refused");

    jawort.consent("newsletter", &number(4)).await;
    jawort.reply(&number(4), "STOP").await;
    assert_eq!(shape(&jawort, &number(4)).await, first, "stopped");
}

#[tokio::test]
async fn only_pages_of_the_forms_origins_can_use_it() {
    let jawort = Jawort::start().await;
    let body = jawort.submission("newsletter", &number(1)).await;
    for origin in ["https://evil.example", "null", "http://127.0.0.1"] {
        let answer = Answer::of(jawort.post("/v1/consents").header("origin", origin).json(&body)).await;
        answer.problem(403, "origin");
        assert_eq!(answer.header("access-control-allow-origin"), "", "{origin}");
        let form = Answer::of(jawort.get("/v1/forms/newsletter").header("origin", origin)).await;
        assert_eq!(form.header("access-control-allow-origin"), "", "{origin}");
        let challenge = Answer::of(jawort.get("/v1/challenge?form=newsletter").header("origin", origin)).await;
        challenge.problem(403, "origin");
    }
    jawort.knows_nothing_of(&number(1)).await;

    let port = jawort.shop_origin().rsplit(':').next().unwrap().to_owned();
    for origin in [jawort.shop_origin(), format!("http://localhost:{port}")] {
        for path in ["/v1/forms/newsletter", "/v1/challenge?form=newsletter"] {
            let answer = Answer::of(jawort.get(path).header("origin", &origin)).await.expect(200);
            assert_eq!(answer.header("access-control-allow-origin"), origin, "{path}");
            assert!(answer.header("vary").contains("Origin"), "{path}: {}", answer.header("vary"));
            assert_eq!(answer.header("access-control-allow-credentials"), "");
        }
    }
}

#[tokio::test]
async fn a_page_of_a_listed_origin_can_read_errors_too() {
    let jawort = Jawort::start().await;
    let mut body = jawort.submission("newsletter", &number(1)).await;
    body["number"] = json!("030 1234567");
    let answer = jawort.submit(&body).await;
    answer.problem(422, "fields");
    assert_eq!(answer.header("access-control-allow-origin"), jawort.shop_origin());
}

#[tokio::test]
async fn a_preflight_allows_what_the_widget_sends() {
    let jawort = Jawort::start().await;
    for (path, method) in [("/v1/consents", "POST"), ("/v1/challenge", "GET"), ("/v1/forms/newsletter", "GET")] {
        let preflight = jawort
            .request(Method::OPTIONS, path)
            .header("origin", jawort.shop_origin())
            .header("access-control-request-method", method)
            .header("access-control-request-headers", "content-type");
        let answer = Answer::of(preflight).await.expect(204);
        assert_eq!(answer.header("access-control-allow-origin"), jawort.shop_origin());
        assert!(answer.header("access-control-allow-methods").contains(method));
        assert!(answer.header("access-control-allow-headers").eq_ignore_ascii_case("content-type"));
        assert!(answer.header("vary").contains("Origin"));
    }
}

#[tokio::test]
async fn of_the_page_that_asked_only_the_campaign_is_kept() {
    let jawort = Jawort::start().await;
    jawort.consent("newsletter", &number(1)).await;
    let events = jawort.overview(&number(1)).await["events"].to_string();
    assert!(!events.contains("secret"), "{events}");
    assert!(!events.contains("utm_campaign"), "the page is a commitment: {events}");
    assert!(events.contains("\"name\":\"page\""), "{events}");
}
