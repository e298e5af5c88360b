//! The edge's own description: OpenAPI.

use serde_json::json;
use tests::{Answer, Jawort};

#[tokio::test]
async fn the_api_describes_itself() {
    let jawort = Jawort::start().await;
    let api = Answer::of(jawort.get("/openapi.json")).await.expect(200).json();
    assert!(api["openapi"].as_str().unwrap().starts_with("3.1"), "{}", api["openapi"]);
    let documented = [
        ("/v1/forms/{form}", &["get", "put"][..]),
        ("/v1/challenge", &["get"]),
        ("/v1/consents", &["post"]),
        ("/f/{form}", &["get", "post"]),
        ("/c/{token}", &["get", "post"]),
        ("/m", &["get", "post"]),
        ("/m/{token}", &["get", "post"]),
        ("/v1/settings", &["get", "put"]),
        ("/v1/check", &["post"]),
        ("/v1/messages", &["post"]),
        ("/v1/subjects", &["post"]),
        ("/v1/subjects/{subject}", &["get"]),
        ("/v1/stats", &["get"]),
        ("/v1/forms/{form}/invite", &["get"]),
        ("/f/{form}/qr.svg", &["get"]),
        ("/f/{form}/qr.png", &["get"]),
        ("/v1/messages/batch", &["post"]),
        ("/v1/messages/batch/{id}", &["get"]),
        ("/v1/rewards/{purpose}", &["get", "post"]),
        ("/v1/webhooks/{webhook}", &["get"]),
        ("/v1/webhooks/{webhook}/replay", &["post"]),
        ("/healthz", &["get"]),
    ];
    for (path, methods) in documented {
        for method in methods {
            assert!(api["paths"][path][method]["responses"].is_object(), "{method} {path}");
        }
    }
    // Every type that a call names is described.
    let text = api.to_string();
    for name in text.split("#/components/schemas/").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(api["components"]["schemas"][name].is_object(), "{name}");
    }
    let health = Answer::of(jawort.get("/healthz")).await.expect(200).json();
    assert_eq!(health, json!({ "status": "ok", "set_up": true, "gateways": [], "missing_secrets": [] }));
}
