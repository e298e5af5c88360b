//! What a text costs and breaks, said before it is sent or published.

use reqwest::Method;
use serde_json::{Value, json};
use tests::{Jawort, number};

async fn preview(jawort: &Jawort, body: Value) -> Value {
    jawort.owner(Method::POST, "/v1/messages/preview", Some(body)).await.expect(200).json()
}

fn rules(preview: &Value) -> Vec<String> {
    preview["violations"].as_array().unwrap().iter().map(|it| it["rule"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_preview_counts_and_says_which_rules_a_text_breaks() {
    let jawort = Jawort::start().await;
    let short = preview(&jawort, json!({ "text": "„Heute“ – neu" })).await;
    assert_eq!((&short["encoding"], &short["units"], &short["segments"]), (&json!("gsm7"), &json!(13), &json!(1)));
    assert_eq!((&short["text"], rules(&short)), (&json!("\"Heute\" - neu"), vec![]));
    let marks = preview(&jawort, json!({ "text": "„Heute“ – neu", "normalize": false })).await;
    assert_eq!(marks["encoding"], "ucs2");
    let euro = preview(&jawort, json!({ "text": format!("{}€{}", "a".repeat(152), "a".repeat(152)) })).await;
    assert_eq!((&euro["units"], &euro["segments"]), (&json!(306), &json!(3)), "an escape pair is never split");
    assert_eq!(rules(&preview(&jawort, json!({ "text": "a".repeat(1600) })).await), ["length"]);
    assert_eq!(rules(&preview(&jawort, json!({ "text": "Hallo {name}" })).await), ["template"]);
    assert_eq!(rules(&preview(&jawort, json!({ "text": "Neu: https://bit.ly/x" })).await), ["link-shortener"]);

    let confirmation = |text: &str| json!({ "text": text, "kind": "confirmation", "form": "newsletter" });
    let good = "{company}: Möchten Sie {topics} per SMS, ab {age}? Ja oder Nein, kostenlos:\n{link}\nAbmelden: STOP.";
    assert_eq!(rules(&preview(&jawort, confirmation(good)).await), [""; 0]);
    for (old, new, rule) in [
        ("{company}", "Wir", "sender"),
        ("{topics}", "SMS (max. 4 im Monat)", "purpose"),
        ("{topics}", "Angebote zu Zimmerpflanzen", "frequency"),
        (", kostenlos", "", "cost"),
        ("ab {age}", "bitte", "age"),
        ("Ja oder", "Gutschein! Ja oder", "voucher"),
        ("Ja oder", "10 % sparen! Ja oder", "promotion"),
        ("Abmelden", "https://evil.example/ Abmelden", "foreign-link"),
        ("Abmelden", "https://bit.ly/x Abmelden", "link-shortener"),
    ] {
        let found = rules(&preview(&jawort, confirmation(&good.replace(old, new))).await);
        assert!(found.iter().any(|found| found == rule), "{rule}: {found:?}");
    }
    jawort
        .owner(Method::POST, "/v1/messages/preview", Some(json!({ "text": "x", "kind": "confirmation" })))
        .await
        .problem(422, "fields");
}

#[tokio::test]
async fn an_own_confirmation_text_is_held_to_the_same_rules() {
    let jawort = Jawort::start().await;
    let own = |text: &str| {
        let mut draft = jawort.draft("newsletter");
        draft["languages"] = json!(["de"]);
        draft["confirmation"] = json!({ "de": text });
        draft
    };
    let good = "{company} fragt: {topics} per SMS, ab {age}? Ja oder Nein, kostenlos:\n{link}\nAbmelden: STOP.";
    jawort.owner(Method::PUT, "/v1/forms/newsletter", Some(own(good))).await.expect(200);
    jawort.ask("newsletter", &number(1)).await;
    assert!(jawort.sms(&number(1), 1).await.text.starts_with("Blattwerk fragt: Angebote"));
    let promoting = own(&good.replace("Ja oder", "Jetzt Gutschein sichern! Ja oder"));
    let problem = jawort.owner(Method::PUT, "/v1/forms/newsletter", Some(promoting)).await.problem(422, "refused");
    assert!(rules(&problem).contains(&"voucher".to_owned()), "{problem}");
}
