//! Bad input gets an error that says what to do, and leaves nothing behind.

use serde_json::{Value, json};
use tests::{Answer, Jawort, number};

/// A field's value, and the error that it gets: the field named, the reason, and words of the sentence.
type Case = (&'static str, Value, &'static str, &'static str, &'static str);

#[tokio::test]
async fn each_wrong_field_is_named_with_what_to_do_and_nothing_is_stored_or_sent() {
    let jawort = Jawort::start().await;
    let good = jawort.submission("shop", &number(1)).await;
    let cases: [Case; 15] = [
        ("number", json!("030 1234567"), "number", "not_mobile", "keine SMS schicken"),
        ("number", json!("0176 1"), "number", "too_short", "fehlen Ziffern"),
        ("number", json!("0176 040690123456"), "number", "too_long", "zu viele Ziffern"),
        ("number", json!("meine Nummer"), "number", "letters", "nur mit Ziffern"),
        ("number", json!("0176 04069001.0"), "number", "letters", "nur mit Ziffern"),
        ("number", json!(""), "number", "empty", "Geben Sie Ihre Handynummer ein"),
        ("number", json!("+999 176 04069001"), "number", "unknown_country", "Ländervorwahl gibt es nicht"),
        (
            "number",
            json!("+33 6 12 34 56 78"),
            "number",
            "unlisted_country",
            "Deutschland, Österreich oder der Schweiz",
        ),
        ("country", json!("FR"), "country", "unlisted_country", "Deutschland, Österreich oder der Schweiz"),
        ("purposes", json!([]), "purposes", "no_purpose", "Kreuzen Sie an"),
        ("purposes", json!(["lottery"]), "purposes", "unknown_purpose", "Kreuzen Sie an"),
        ("purposes", json!(["booking", "lottery"]), "purposes", "unknown_purpose", "Kreuzen Sie an"),
        ("purposes", json!(vec!["booking"; 1000]), "purposes", "unique", "kam doppelt an"),
        ("age_confirmed", json!(false), "age_confirmed", "no_age", "Bestätigen Sie bitte Ihr Alter"),
        ("age_confirmed", Value::Null, "age_confirmed", "no_age", "Bestätigen Sie bitte Ihr Alter"),
    ];
    for (name, value, field, reason, words) in cases {
        let mut body = good.clone();
        match value {
            Value::Null => drop(body.as_object_mut().unwrap().remove(name)),
            value => body[name] = value,
        }
        let problem = jawort.submit(&body).await.problem(422, "fields");
        let errors = problem["errors"].as_array().unwrap();
        assert_eq!(errors.len(), 1, "{problem}");
        assert_eq!((&errors[0]["field"], &errors[0]["reason"]), (&json!(field), &json!(reason)), "{problem}");
        assert!(errors[0]["detail"].as_str().unwrap().contains(words), "{problem}");
        assert!(problem["detail"].as_str().unwrap().contains(words), "{problem}");
    }
    jawort.knows_nothing_of(&number(1)).await;
    assert!(Answer::of(jawort.get("/simulator")).await.text().contains("Noch keine SMS"));
    // None of it used up the proof of work: what was right from the start is taken.
    jawort.submit(&good).await.expect(202);
}

#[tokio::test]
async fn all_that_is_wrong_is_said_at_once_and_in_the_forms_language() {
    let jawort = Jawort::start().await;
    let english = Answer::of(jawort.get("/v1/forms/shop?lang=en")).await.json();
    let mut body = jawort.submission("shop", &number(1)).await;
    body["lang"] = json!("en");
    body["disclosure"] = english["disclosure"].clone();
    body["number"] = json!("030 1234567");
    body["purposes"] = json!([]);
    body["age_confirmed"] = json!(false);
    let problem = jawort.submit(&body).await.problem(422, "fields");
    let fields: Vec<_> = problem["errors"].as_array().unwrap().iter().map(|error| error["field"].clone()).collect();
    assert_eq!(fields, ["number", "purposes", "age_confirmed"]);
    assert!(problem["detail"].as_str().unwrap().contains("We can't send texts to this number"), "{problem}");
}

#[tokio::test]
async fn a_text_that_is_no_longer_in_force_is_not_agreed_to() {
    let jawort = Jawort::start().await;
    let good = jawort.submission("newsletter", &number(1)).await;
    let other_lang = Answer::of(jawort.get("/v1/forms/newsletter?lang=en")).await.json();
    for (field, value) in [
        ("version", json!(2)),
        ("version", json!(0)),
        ("disclosure", json!("sha256-AAAA")),
        ("disclosure", other_lang["disclosure"].clone()),
    ] {
        let mut body = good.clone();
        body[field] = value;
        jawort.submit(&body).await.problem(409, "outdated-form");
    }
    jawort.knows_nothing_of(&number(1)).await;
}

#[tokio::test]
async fn a_body_that_cannot_be_read_is_refused_before_anything_else() {
    let jawort = Jawort::start().await;
    let good = jawort.submission("newsletter", &number(1)).await;
    let post = || jawort.post("/v1/consents").header("origin", jawort.shop_origin());

    let wrong_type = post().header("content-type", "text/plain").body(good.to_string());
    Answer::of(wrong_type).await.problem(415, "media-type");
    Answer::of(post().body(good.to_string())).await.problem(415, "media-type");

    let mut large = good.clone();
    large["source"] = json!({ "campaign": "x".repeat(16 * 1024) });
    Answer::of(post().json(&large)).await.problem(413, "too-large");

    let broken = post().header("content-type", "application/json");
    Answer::of(broken.try_clone().unwrap().body("{\"form\":")).await.problem(400, "malformed");
    Answer::of(broken.body("{}")).await.problem(400, "malformed");

    let mut unknown = good.clone();
    unknown["form"] = json!("raffle");
    jawort.submit(&unknown).await.problem(404, "not-found");
    Answer::of(jawort.get("/v1/forms/raffle")).await.problem(404, "not-found");
    Answer::of(jawort.get("/v1/challenge?form=raffle")).await.problem(404, "not-found");
    Answer::of(jawort.get("/nowhere")).await.problem(404, "not-found");
    jawort.knows_nothing_of(&number(1)).await;
}
