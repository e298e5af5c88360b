//! What settings and forms may not do: mislead, or change what people consented to.

use reqwest::Method;
use serde_json::{Value, json};
use tests::{Answer, Jawort, number};

async fn put(jawort: &Jawort, path: &str, body: Value) -> Answer {
    jawort.owner(Method::PUT, path, Some(body)).await
}

async fn version(jawort: &Jawort) -> Value {
    Answer::of(jawort.get("/v1/forms/newsletter?lang=de")).await.expect(200).json()["version"].clone()
}

#[tokio::test]
async fn a_purpose_never_widens() {
    let jawort = Jawort::start().await;
    let changes: [(&str, Value); 6] = [
        ("wording", json!({ "de": "Angebote zu allem", "en": "offers on everything" })),
        ("label", json!({ "de": "Angebote zu allem", "en": "offers on everything" })),
        ("frequency", json!({ "max": 5, "period": "month" })),
        ("frequency", json!({ "max": 4, "period": "week" })),
        ("lapses_after", json!(24)),
        ("use", json!("service")),
    ];
    for (field, value) in changes {
        let found = jawort.try_settings(|settings| settings["purposes"][0][field] = value).await.violations();
        assert_eq!(found, [("purposes[0]".to_owned(), "purpose-widened".to_owned())], "{field}");
    }
    let kept = jawort.owner(Method::GET, "/v1/settings", None).await.expect(200).json();
    assert_eq!(kept["purposes"][0]["frequency"], json!({ "max": 4, "period": "month" }));

    let mut narrower = jawort.settings();
    narrower["purposes"][0]["frequency"] = json!({ "max": 3, "period": "month" });
    put(&jawort, "/v1/settings", narrower).await.expect(200);
    let mut wider_again = jawort.settings();
    wider_again["purposes"].as_array_mut().unwrap().swap(0, 1);
    let found = put(&jawort, "/v1/settings", wider_again).await.violations();
    assert_eq!(found[0].1, "purpose-widened", "3 a month is what was promised last: {found:?}");
}

#[tokio::test]
async fn a_widened_purpose_cannot_come_back_after_it_was_left_out() {
    let jawort = Jawort::start().await;
    let mut without = jawort.settings();
    without["purposes"].as_array_mut().unwrap().remove(0);
    put(&jawort, "/v1/settings", without).await.expect(200);
    let mut wider = jawort.settings();
    wider["purposes"][0]["frequency"] = json!({ "max": 400, "period": "month" });
    assert_eq!(put(&jawort, "/v1/settings", wider).await.status, 422);
}

#[tokio::test]
async fn settings_and_forms_that_would_mislead_are_refused_with_all_that_is_wrong() {
    let jawort = Jawort::start().await;
    let mut settings = jawort.settings();
    settings["controller"]["name"] = json!("x".repeat(41));
    settings["controller"]["privacy_url"] = json!("blattwerk.example/datenschutz");
    settings["senders"][0] = json!({ "id": "shop", "from": "Blattwerk", "receives": true, "gateway": "simulator" });
    let mut found = put(&jawort, "/v1/settings", settings).await.violations();
    found.sort();
    let expected =
        [("controller.name", "length"), ("controller.privacy_url", "url"), ("senders[0].receives", "sender-receives")];
    assert_eq!(found, expected.map(|(field, rule)| (field.to_owned(), rule.to_owned())));

    let cases: [(&str, Value, &str); 8] = [
        ("purposes", json!(["lottery"]), "purpose-unknown"),
        ("purposes", json!(["marketing", "marketing"]), "unique"),
        ("purposes", json!([]), "present"),
        ("languages", json!([]), "present"),
        ("countries", json!([]), "present"),
        ("age", json!(15), "age"),
        ("origins", json!(["https://shop.example/path"]), "origin"),
        ("sender", json!("nobody"), "sender-unknown"),
    ];
    for (field, value, rule) in cases {
        let found = jawort.try_form("newsletter", |draft| draft[field] = value).await.violations();
        assert!(found.iter().any(|(at, broken)| at.starts_with(field) && broken == rule), "{field}: {found:?}");
    }
    assert_eq!(version(&jawort).await, 1);
    let unknown_field = json!({ "purpose": ["marketing"] });
    put(&jawort, "/v1/forms/newsletter", unknown_field).await.problem(400, "malformed");
    let bad_name = put(&jawort, "/v1/forms/News%20letter", jawort.draft("newsletter")).await;
    bad_name.problem(422, "fields");
}

#[tokio::test]
async fn a_confirmation_sms_that_would_not_fit_is_refused() {
    let jawort = Jawort::start().await;
    let mut settings = jawort.settings();
    let long = "Angebote zu Zimmerpflanzen, Gartenmöbeln, Werkzeug, Erde, Dünger, Saatgut und Töpfen aller Größen";
    settings["purposes"].as_array_mut().unwrap().push(json!({
        "id": "everything", "use": "advertising", "label": { "de": long, "en": long },
        "wording": { "de": long, "en": long }, "frequency": { "max": 1, "period": "month" },
    }));
    put(&jawort, "/v1/settings", settings).await.expect(200);
    let mut draft = jawort.draft("newsletter");
    draft["purposes"] = json!(["marketing", "everything"]);
    let found = put(&jawort, "/v1/forms/newsletter", draft).await.violations();
    assert!(found.iter().all(|(_, rule)| rule == "length"), "{found:?}");
}

#[tokio::test]
async fn publishing_the_same_again_changes_nothing() {
    let jawort = Jawort::start().await;
    let before = Answer::of(jawort.get("/v1/forms/newsletter?lang=de")).await.json();
    jawort.publish().await;
    jawort.publish().await;
    assert_eq!(Answer::of(jawort.get("/v1/forms/newsletter?lang=de")).await.json(), before);
}

#[tokio::test]
async fn the_next_version_is_asked_at_once_and_older_requests_keep_their_text() {
    let jawort = Jawort::start().await;
    let cached = jawort.submission("newsletter", &number(1)).await;
    let link = jawort.ask_and_get("newsletter", &number(2), 1).await;
    let old = jawort.open(&link).await.page(200);

    let mut draft = jawort.draft("newsletter");
    draft["age"] = json!(18);
    let published = put(&jawort, "/v1/forms/newsletter", draft).await.expect(200).json();
    assert_eq!((&published["form"], &published["version"]), (&json!("newsletter"), &json!(2)));
    assert_eq!(version(&jawort).await, 2);
    let form = Answer::of(jawort.get("/v1/forms/newsletter?lang=de")).await.json();
    assert!(form["purposes"][0]["label"].as_str().unwrap().contains("18 Jahre"), "{form}");

    // A cached page shows the old text: that is no consent to the new one.
    let problem = jawort.submit(&cached).await.problem(409, "outdated-form");
    assert!(problem["detail"].as_str().unwrap().contains("geändert"), "{problem}");
    jawort.knows_nothing_of(&number(1)).await;

    assert_eq!(jawort.open(&link).await.page(200), old, "what was asked is what is shown");
    jawort.tap(&link, &[("action", "confirm")]).await.page(200);
    let chain = serde_json::to_value(jawort.chain(&number(2), "marketing").await).unwrap();
    assert_eq!(chain[0]["request"]["version"], 1);
    assert_eq!(chain[0]["request"]["age_declared"], 16);
}

#[tokio::test]
async fn a_sender_that_takes_no_replies_cannot_ask_for_one() {
    let jawort = Jawort::start().await;
    jawort
        .put_settings(|settings| {
            let named = json!({ "id": "name", "from": "Blattwerk", "receives": false, "gateway": "simulator" });
            settings["senders"].as_array_mut().unwrap().push(named);
        })
        .await;
    for confirm in ["reply", "both"] {
        let answer = jawort.try_form("newsletter", |draft| {
            draft["sender"] = json!("name");
            draft["confirm"] = json!(confirm);
        });
        assert_eq!(answer.await.violations()[0].1, "sender-receives");
    }
}
