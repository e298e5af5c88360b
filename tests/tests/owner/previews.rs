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
    let short = preview(&jawort, json!({ "text": "„Heute“ – neu", "lang": "de" })).await;
    let way_out = short["way_out"].as_str().unwrap();
    let begin = short["begin"].as_str().unwrap();
    assert_eq!((begin, &short["room_in_one_part"]), ("Blattwerk: ", &json!(160 - begin.len() - 1 - way_out.len())));
    let units = begin.len() + 13 + 1 + way_out.len();
    assert_eq!((&short["encoding"], &short["units"], &short["segments"]), (&json!("gsm7"), &json!(units), &json!(1)));
    assert_eq!((&short["text"], rules(&short)), (&json!(format!("{begin}\"Heute\" - neu\n{way_out}")), vec![]));
    let marks = preview(&jawort, json!({ "text": "„Heute“ – neu", "normalize": false })).await;
    assert_eq!(marks["encoding"], "ucs2");
    let confirmation = |text: &str| json!({ "text": text, "kind": "confirmation", "form": "newsletter" });
    let euro = preview(&jawort, confirmation(&format!("{}€{}", "a".repeat(152), "a".repeat(152)))).await;
    assert_eq!((&euro["units"], &euro["segments"]), (&json!(306), &json!(3)), "an escape pair is never split");
    assert_eq!(rules(&preview(&jawort, json!({ "text": "a".repeat(1600) })).await), ["length"]);
    assert_eq!(rules(&preview(&jawort, json!({ "text": "Hallo {name}" })).await), ["template"]);
    assert_eq!(rules(&preview(&jawort, json!({ "text": "Neu: https://bit.ly/x" })).await), ["link-shortener"]);

    let good = "{company}: Möchten Sie {topics} per SMS, ab {age}? Ja oder Nein, kostenlos:\n{link}\nAbmelden: STOP.";
    assert_eq!(rules(&preview(&jawort, confirmation(good)).await), [""; 0]);
    for (old, new, rule) in [
        ("{company}", "Wir", "sender"),
        ("{topics}", "SMS (max. 4 SMS im Monat)", "purpose"),
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
async fn a_preview_counts_the_text_as_it_leaves() {
    let jawort = Jawort::start().await;
    jawort.consent("newsletter", &number(1)).await;
    // A sender that can't be replied to has a link in each message.
    jawort
        .put_settings(|settings| {
            let other = json!({ "id": "name", "from": "Blattwerk", "receives": false, "gateway": "simulator" });
            settings["senders"].as_array_mut().unwrap().push(other);
        })
        .await;
    let text = "a".repeat(155);
    let mut count = 1;
    for sender in ["shop", "name"] {
        let asked = json!({ "text": text, "purpose": "marketing", "sender": sender, "lang": "de" });
        let previewed = preview(&jawort, asked).await;
        let message = json!({ "number": number(1), "text": text, "purpose": "marketing", "sender": sender });
        let accepted = jawort.owner(Method::POST, "/v1/messages", Some(message)).await.expect(202).json();
        count += 1;
        let sms = jawort.sms(&number(1), count).await.text;
        let measure = shared::sms::measure(&sms);
        assert_eq!((&previewed["units"], &previewed["segments"]), (&json!(measure.units), &json!(measure.segments)));
        assert_eq!(accepted["segments"], previewed["segments"]);
        assert_eq!(previewed["segments"], 2, "155 units and the way out: {sms}");
        let shown = previewed["text"].as_str().unwrap();
        assert_eq!(shown.chars().count(), sms.chars().count(), "{shown} and {sms}");
        let begins = |sms: &str| sms.strip_prefix("Blattwerk: ").is_some_and(|rest| rest.starts_with(&text));
        assert!(begins(&sms) && begins(shown), "{shown} and {sms}");
    }
    // Who doesn't say what it leaves by learns of the longest.
    let longest = preview(&jawort, json!({ "text": text })).await;
    let named = preview(&jawort, json!({ "text": text, "sender": "name", "purpose": "marketing" })).await;
    assert_eq!(longest["units"], named["units"]);
    // What is too long with the way out only is too long.
    let edge = "a".repeat(153 * shared::sms::MOST_SEGMENTS - 5);
    assert_eq!(rules(&preview(&jawort, json!({ "text": edge })).await), ["length"]);
    for body in [json!({ "text": "x", "sender": "nobody" }), json!({ "text": "x", "purpose": "lottery" })] {
        jawort.owner(Method::POST, "/v1/messages/preview", Some(body)).await.problem(422, "fields");
    }
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
