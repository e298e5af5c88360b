//! The edge's own description: OpenAPI.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};
use tests::{Answer, Jawort, Received};

/// The description, as the edge gives it.
pub async fn described(jawort: &Jawort) -> Value {
    Answer::of(jawort.get("/openapi.json")).await.expect(200).json()
}

/// The members that a schema of the description has, and those among them that must be there.
fn members<'a>(api: &'a Value, schema: &'a Value) -> (BTreeSet<&'a str>, BTreeSet<&'a str>) {
    if let Some(reference) = schema["$ref"].as_str() {
        return members(api, api.pointer(reference.trim_start_matches('#')).expect(reference));
    }
    let mut all = names(schema["properties"].as_object());
    let mut required: BTreeSet<_> =
        schema["required"].as_array().into_iter().flatten().flat_map(Value::as_str).collect();
    for part in schema["allOf"].as_array().into_iter().flatten() {
        let (more, more_required) = members(api, part);
        all.extend(more);
        required.extend(more_required);
    }
    (all, required)
}

fn names(object: Option<&Map<String, Value>>) -> BTreeSet<&str> {
    object.into_iter().flatten().map(|(name, _)| name.as_str()).collect()
}

/// Checks that what a webhook got has the headers and the members that the description says, and no others.
pub fn assert_described(api: &Value, received: &Received) {
    let told = received.json();
    let post = &api["webhooks"][told["type"].as_str().unwrap()]["post"];
    for header in post["parameters"].as_array().unwrap() {
        assert_ne!(received.header(header["name"].as_str().unwrap()), "", "{header}");
    }
    let body = &post["requestBody"]["content"]["application/json"]["schema"];
    for (schema, object) in [(body, &told), (&body["properties"]["data"], &told["data"])] {
        let (all, required) = members(api, schema);
        let has = names(object.as_object());
        assert!(has.is_subset(&all) && has.is_superset(&required), "{told} against {all:?}, {required:?}");
    }
}

#[tokio::test]
async fn the_api_describes_itself() {
    let jawort = Jawort::start().await;
    let api = described(&jawort).await;
    assert!(api["openapi"].as_str().unwrap().starts_with("3.1"), "{}", api["openapi"]);
    let documented = [
        ("/v1/forms/{form}", &["get", "put"][..]),
        ("/v1/challenge", &["get"]),
        ("/v1/consents", &["post"]),
        ("/v1/keys", &["get"]),
        ("/v1/texts/{hash}", &["get"]),
        ("/v1/subjects/{subject}/proofs", &["post"]),
        ("/f/{form}", &["get", "post"]),
        ("/c/{token}", &["get", "post"]),
        ("/a/{code}", &["get", "post"]),
        ("/m", &["get", "post"]),
        ("/m/{token}", &["get", "post"]),
        ("/v1/settings", &["get", "put"]),
        ("/v1/check", &["post"]),
        ("/v1/messages", &["post"]),
        ("/v1/subjects", &["get", "post"]),
        ("/v1/subjects/{subject}", &["get", "delete"]),
        ("/v1/subjects/{subject}/withdraw", &["post"]),
        ("/v1/subjects/{subject}/object", &["post"]),
        ("/v1/subjects/{subject}/correct", &["post"]),
        ("/v1/requests", &["post"]),
        ("/v1/stats", &["get"]),
        ("/v1/pause", &["get", "post"]),
        ("/v1/inbox", &["get"]),
        ("/v1/inbox/{id}", &["post"]),
        ("/v1/forms/{form}/invite", &["get"]),
        ("/v1/forms", &["get"]),
        ("/v1/forms/{form}/draft", &["get"]),
        ("/v1/forms/{form}/close", &["post"]),
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
    let events = api["components"]["schemas"]["WebhookEvent"]["enum"].as_array().unwrap();
    let events: BTreeSet<_> = events.iter().flat_map(Value::as_str).collect();
    assert_eq!(names(api["webhooks"].as_object()), events);
    // Every type that a call names is described.
    let text = api.to_string();
    for name in text.split("#/components/schemas/").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(api["components"]["schemas"][name].is_object(), "{name}");
    }
    let health = Answer::of(jawort.get("/healthz")).await.expect(200).json();
    assert_eq!(
        health,
        json!({
            "status": "ok", "origin": jawort.url(), "jurisdiction": "none", "deploy": [], "set_up": true, "gateways": [],
            "missing_secrets": [], "unreadable": [], "parked": [],
        })
    );
}
