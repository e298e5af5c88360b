//! Which pages may use a form and read its answers.

use reqwest::Method;
use serde_json::json;
use tests::{Answer, Jawort, number};

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

/// What goes wrong before a form is known holds no secret, and a page's developer must see it.
#[tokio::test]
async fn any_page_can_read_what_goes_wrong_before_the_form_is_known() {
    let jawort = Jawort::start().await;
    let origin = "https://shop.example";
    let body = jawort.submission("newsletter", &number(1)).await;
    let mut unknown = body.clone();
    unknown["form"] = json!("raffle");
    let large = json!({ "form": "newsletter", "number": "1".repeat(20_000) });
    let post = || jawort.post("/v1/consents").header("accept-language", "de");
    let cases = [
        (jawort.get("/v1/forms/raffle").header("accept-language", "de"), 404, "not-found", "Unter dieser Adresse"),
        (jawort.get("/v1/forms/raffle?lang=de"), 404, "not-found", "Unter dieser Adresse"),
        (jawort.get("/v1/forms/newsletter?lagn=de"), 422, "fields", "lagn"),
        (jawort.get("/v1/challenge"), 422, "fields", "form"),
        (jawort.get("/v1/challenge?form=raffle"), 404, "not-found", "nothing at this address"),
        (post().json(&unknown), 404, "not-found", "Unter dieser Adresse"),
        (post().json(&large), 413, "too-large", "KiB"),
        (post().body("{}"), 415, "media-type", "application/json"),
        (post().header("content-type", "application/json").body("{"), 400, "malformed", "can't be read"),
        (jawort.request(Method::PATCH, "/v1/consents"), 405, "method-not-allowed", "can't be used"),
    ];
    for (request, status, name, words) in cases {
        let answer = Answer::of(request.header("origin", origin)).await;
        let problem = answer.problem(status, name);
        assert!(problem["detail"].as_str().unwrap().contains(words), "{problem}");
        assert_eq!(answer.header("access-control-allow-origin"), origin, "{problem}");
        assert!(answer.header("vary").contains("Origin"), "{problem}");
        assert_eq!(answer.header("access-control-allow-credentials"), "");
    }
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
