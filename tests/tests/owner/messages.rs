//! The owner's messages: previewed, filled in, sent once, and followed to the handset.

use reqwest::Method;
use serde_json::{Value, json};
use tests::{Answer, Jawort, Provider, number};

async fn send(jawort: &Jawort, key: Option<&str>, body: Value) -> Answer {
    let mut request = jawort.post("/v1/messages").bearer_auth(jawort.owner_token()).json(&body);
    if let Some(key) = key {
        request = request.header("idempotency-key", key);
    }
    Answer::of(request).await
}

fn body(text: &str) -> Value {
    json!({ "number": number(1), "purpose": "marketing", "text": text })
}

#[tokio::test]
async fn the_same_key_sends_once_and_is_answered_alike() {
    let jawort = Jawort::start().await;
    jawort.consent("newsletter", &number(1)).await;
    let first = send(&jawort, Some("a-1"), body("Angebot")).await.expect(202).json();
    let again = send(&jawort, Some("a-1"), body("Angebot")).await.expect(202).json();
    assert_eq!(first, again);
    jawort.sms(&number(1), 2).await;
    jawort.no_more_than(&number(1), 2).await;
    send(&jawort, Some("a-1"), body("Etwas anderes")).await.problem(422, "idempotency-key-reused");
    let other = send(&jawort, Some("a-2"), body("Angebot")).await.expect(202).json();
    assert_ne!(first["id"], other["id"]);
    jawort.sms(&number(1), 3).await;
    send(&jawort, Some(""), body("Angebot")).await.problem(422, "fields");
}

#[tokio::test]
async fn many_calls_with_one_key_at_the_same_time_send_once() {
    let jawort = Jawort::start().await;
    jawort.consent("newsletter", &number(1)).await;
    let call = || send(&jawort, Some("same"), body("Angebot"));
    let (a, b, c, d) = tokio::join!(call(), call(), call(), call());
    let ids: Vec<_> = [a, b, c, d].map(|answer| answer.expect(202).json()["id"].clone()).to_vec();
    assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
    jawort.no_more_than(&number(1), 2).await;
}

#[tokio::test]
async fn a_messages_life_can_be_followed() {
    let provider = Provider::start().await;
    let jawort = provider.edge().await;
    jawort.ask("newsletter", &number(1)).await;
    let link = provider.sms(1).await.link();
    jawort.tap(&link, &[("action", "confirm")]).await.page(200);
    let id = send(&jawort, None, body("Angebot")).await.expect(202).json()["id"].as_str().unwrap().to_owned();
    let sms = provider.sms(2).await;
    let sent = jawort.reaches(&id, "sent").await;
    assert_eq!((&sent["provider_id"], &sent["gateway"]), (&json!(sms.sid), &json!("twilio")));
    jawort.report(&sms, "delivered", None).await.expect(200);
    let delivered = jawort.life(&id).await;
    assert_eq!(delivered["state"], "delivered");
    for (state, code) in [("sent", None), ("undelivered", Some("30005")), ("delivered", None)] {
        jawort.report(&sms, state, code).await.expect(200);
    }
    assert_eq!(jawort.life(&id).await, delivered, "what has arrived stays so");
    let unknown = format!("{}AAAAAAAAAAAAAAAA", &id[..12]);
    for id in [unknown.as_str(), "nonsense"] {
        jawort.owner(Method::GET, &format!("/v1/messages/{id}"), None).await.problem(404, "not-found");
    }
}

#[tokio::test]
async fn values_are_filled_in_and_an_unknown_one_sends_nothing() {
    let jawort = Jawort::start().await;
    jawort.consent("newsletter", &number(1)).await;
    let mut filled = body("{company}: „Farn“ für {price} – nur heute …");
    filled["values"] = json!({ "price": "9 €" });
    send(&jawort, None, filled.clone()).await.expect(202);
    let sms = jawort.sms(&number(1), 2).await.text;
    assert!(sms.starts_with("Blattwerk: \"Farn\" für 9 € - nur heute ..."), "typographic marks became plain: {sms}");
    filled["normalize"] = json!(false);
    send(&jawort, None, filled).await.expect(202);
    let sms = jawort.sms(&number(1), 3).await.text;
    assert!(sms.starts_with("Blattwerk: „Farn“ für 9 € – nur heute …"), "{sms}");
    for (text, reason) in [("Hallo {name}", "unknown_value"), ("Hallo {", "malformed_template")] {
        let problem = send(&jawort, None, body(text)).await.problem(422, "fields");
        assert_eq!((&problem["errors"][0]["field"], &problem["errors"][0]["reason"]), (&json!("text"), &json!(reason)));
    }
    let mut misspelt = body("Hallo");
    misspelt["sende"] = json!("shop");
    send(&jawort, None, misspelt).await.problem(400, "malformed");
    jawort.no_more_than(&number(1), 3).await;
}

#[tokio::test]
async fn a_purpose_that_the_sender_does_not_serve_is_refused() {
    let jawort = Jawort::start().await;
    jawort.consent("newsletter", &number(1)).await;
    jawort
        .put_settings(|settings| {
            let other = json!({
                "id": "desk", "from": "+4915228817387", "receives": true, "gateway": "simulator",
                "purposes": ["booking"],
            });
            settings["senders"].as_array_mut().unwrap().push(other);
        })
        .await;
    for sender in ["desk", "nobody"] {
        let mut body = body("Angebot");
        body["sender"] = json!(sender);
        let problem = send(&jawort, None, body).await.problem(422, "fields");
        assert_eq!(problem["errors"][0]["reason"], "purpose_not_served", "{problem}");
    }
    let mut draft = jawort.draft("newsletter");
    draft["sender"] = json!("desk");
    let problem = jawort.owner(Method::PUT, "/v1/forms/newsletter", Some(draft)).await.problem(422, "refused");
    assert_eq!(problem["violations"][0]["rule"], "sender-purpose", "{problem}");
    jawort.no_more_than(&number(1), 1).await;
}

/// Seconds from now until that hour of the day in Berlin, by the winter's offset or the summer's.
fn until_hour(hour: u64) -> u64 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    // This machine's clock says which one it is: the last Sundays of March and October are far enough for a test.
    let day_of_year = (now / 86_400) % 365;
    let offset = if (90..300).contains(&day_of_year) { 2 } else { 1 };
    let second_of_day = (now + offset * 3600) % 86_400;
    (hour * 3600 + 86_400 - second_of_day) % 86_400
}

/// Publishes a form with hours of rest from 20:00 to 8:00, which is what a form has by itself.
async fn rest(jawort: &Jawort, form: &str) {
    jawort
        .put_form(form, |draft| {
            draft.as_object_mut().unwrap().remove("quiet_hours");
        })
        .await;
}

#[tokio::test]
async fn advertising_waits_for_the_morning_and_a_booking_does_not() {
    let jawort = Jawort::start().await;
    rest(&jawort, "shop").await;
    jawort.consent("shop", &number(1)).await;
    // 22:30 in Berlin, where the number is from.
    jawort.turn(until_hour(22) + 1800).await;
    let id = send(&jawort, None, body("Angebot")).await.expect(202).json()["id"].as_str().unwrap().to_owned();
    let mut booking = body("Ihr Termin morgen um 8");
    booking["purpose"] = json!("booking");
    send(&jawort, None, booking).await.expect(202);
    assert!(jawort.sms(&number(1), 2).await.text.starts_with("Ihr Termin"));
    jawort.no_more_than(&number(1), 2).await;
    assert_eq!(jawort.life(&id).await["state"], "queued");
    jawort.turn(9 * 3600).await;
    jawort.check(&number(1), "marketing").await;
    jawort.no_more_than(&number(1), 2).await;
    jawort.turn(3600).await;
    jawort.check(&number(1), "marketing").await;
    assert!(jawort.sms(&number(1), 3).await.text.starts_with("Angebot"));
}

#[tokio::test]
async fn what_waits_for_the_morning_asks_the_gate_again() {
    let jawort = Jawort::start().await;
    rest(&jawort, "newsletter").await;
    jawort.consent("newsletter", &number(1)).await;
    jawort.turn(until_hour(22) + 1800).await;
    let id = send(&jawort, None, body("Angebot")).await.expect(202).json()["id"].as_str().unwrap().to_owned();
    jawort.no_more_than(&number(1), 1).await;
    jawort.reply(&number(1), "STOP").await;
    jawort.sms(&number(1), 2).await;
    jawort.turn(12 * 3600).await;
    jawort.check(&number(1), "marketing").await;
    jawort.no_more_than(&number(1), 2).await;
    let life = jawort.life(&id).await;
    assert_eq!((&life["state"], &life["reason"]), (&json!("failed"), &json!("no_consent")));
}

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
