//! A checkout, a till or paper hands a request in: it orders the confirmation SMS alone, which says where the number
//! was given (L5, L22).

use reqwest::Method;
use serde_json::{Value, json};
use tests::{Answer, Jawort, number};

const CHANNELS: [&str; 6] = ["checkout", "booking", "till", "paper", "phone", "other"];

/// A request for all purposes of a form.
async fn request(jawort: &Jawort, form: &str, lang: &str, number: &str) -> Value {
    let view = Answer::of(jawort.get(&format!("/v1/forms/{form}?lang={lang}"))).await.expect(200).json();
    let purposes: Vec<_> = view["purposes"].as_array().unwrap().iter().map(|it| it["id"].clone()).collect();
    json!({
        "form": form, "disclosure": view["disclosure"], "lang": lang, "number": number, "purposes": purposes,
        "channel": "checkout", "age_confirmed": true,
    })
}

async fn hand_in(jawort: &Jawort, body: &Value) -> Answer {
    jawort.owner(Method::POST, "/v1/requests", Some(body.clone())).await
}

fn with(body: &Value, more: Value) -> Value {
    let mut body = body.clone();
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    body
}

/// What an answer says, but for its times.
fn said(answer: &Answer) -> Value {
    let mut said = answer.json();
    for time in ["expires_at", "until", "clock"] {
        assert!(said.as_object_mut().unwrap().remove(time).is_some(), "{said}");
    }
    said
}

#[tokio::test]
async fn a_checkout_hands_in_and_the_person_says_yes() {
    let jawort = Jawort::start().await;
    let body = request(&jawort, "shop", "de", &number(1)).await;
    let body = with(&body, json!({ "reference": "BESTELLUNG-7", "campaign": "herbst" }));
    let answer = hand_in(&jawort, &body).await.expect(202);
    assert_eq!(said(&answer), json!({ "status": "accepted", "confirm": "both", "number_ends": "01" }));
    let sms = jawort.sms(&number(1), 1).await;
    assert!(sms.text.ends_with("\nIhre Nummer kam mit einer Bestellung."), "{}", sms.text);
    assert_eq!(jawort.standing(&number(1), "marketing").await, "pending");
    jawort.tap(&sms.link(), &[("action", "confirm")]).await.page(200);
    jawort.message(&number(1), "marketing", "Neu!").await.expect(202);
    // The evidence says whose word it is what was shown.
    let chain = jawort.chain(&number(1), "marketing").await;
    let event = json!(chain[0]);
    let asked = &event["request"];
    assert_eq!(asked["way"], "handed_in");
    assert_eq!(asked["handed_in"], json!({ "actor": "owner", "channel": "checkout", "shown": "owner" }));
    assert_eq!((&asked["boxes_served"], &asked["offered"]), (&Value::Null, &Value::Null), "nobody here saw a box");
    let names: Vec<_> = asked["commitments"].as_array().unwrap().iter().map(|it| it["name"].clone()).collect();
    assert_eq!(names, ["number", "campaign", "reference"], "nothing of the owner's network");
    let overview = jawort.overview(&number(1)).await;
    assert_eq!(overview["states"][0]["reference"], "BESTELLUNG-7", "{overview}");
    // The words that the SMS was made of are kept.
    let template = event["sms"]["template"].as_str().unwrap();
    let template = jawort.owner(Method::GET, &format!("/v1/texts/{template}"), None).await.expect(200).text();
    assert!(template.ends_with("\n{given}"), "{template}");
}

#[tokio::test]
async fn each_sms_says_where_the_number_was_given_within_two_parts() {
    let jawort = Jawort::start().await;
    let mut seen = std::collections::BTreeSet::new();
    let all = ["de", "en"].into_iter().flat_map(|lang| CHANNELS.map(|channel| (lang, channel)));
    for (n, (lang, channel)) in (1..).zip(all) {
        let body = request(&jawort, "shop", lang, &number(n)).await;
        hand_in(&jawort, &with(&body, json!({ "channel": channel }))).await.expect(202);
        let sms = jawort.sms(&number(n), 1).await;
        assert!(shared::sms::fits_confirmation(&sms.text), "{}", sms.text);
        sms.link();
        let last = sms.text.lines().last().unwrap().to_owned();
        assert!(last.starts_with(if lang == "de" { "Ihre Nummer kam" } else { "Your number came" }), "{last}");
        assert!(seen.insert(last.clone()), "{last}");
    }
}

#[tokio::test]
async fn who_wants_no_requests_gets_none_and_the_answer_is_alike() {
    let jawort = Jawort::start().await;
    let unknown = hand_in(&jawort, &request(&jawort, "newsletter", "de", &number(10)).await).await.expect(202);
    let mut unknown = said(&unknown);
    unknown.as_object_mut().unwrap().remove("number_ends");
    jawort.sms(&number(10), 1).await;
    jawort.consent("newsletter", &number(1)).await;
    jawort.reply(&number(1), "STOP").await;
    jawort.sms(&number(1), 2).await;
    let link = jawort.ask_and_get("newsletter", &number(2), 1).await;
    jawort.tap(&link, &[("action", "refuse")]).await.page(200);
    let link = jawort.consent("newsletter", &number(3)).await;
    jawort.tap(&link, &[("action", "object")]).await.page(200);
    for (n, had) in [(1, 2), (2, 1), (3, 1)] {
        let answer = hand_in(&jawort, &request(&jawort, "newsletter", "de", &number(n)).await).await.expect(202);
        let mut answer = said(&answer);
        answer.as_object_mut().unwrap().remove("number_ends");
        assert_eq!(answer, unknown);
        jawort.no_more_than(&number(n), had).await;
    }
    // Nor more than any number gets: one a minute, three a day.
    for _ in 0..6 {
        hand_in(&jawort, &request(&jawort, "newsletter", "de", &number(10)).await).await.expect(202);
        jawort.turn(90).await;
    }
    jawort.no_more_than(&number(10), 3).await;
}

#[tokio::test]
async fn the_limits_of_the_form_and_of_the_destination_hold_and_no_networks() {
    let jawort = Jawort::start().await;
    let limits = json!({ "network_per_hour": 1, "prefix_per_hour": 4 });
    jawort.put_settings(|settings| settings["limits"] = limits).await;
    for n in 1..=5 {
        hand_in(&jawort, &request(&jawort, "newsletter", "de", &number(n)).await).await.expect(202);
    }
    for n in 1..=4 {
        jawort.sms(&number(n), 1).await;
    }
    jawort.no_more_than(&number(5), 0).await;
    let stats = jawort.owner(Method::GET, "/v1/stats?form=newsletter", None).await.expect(200).json();
    assert_eq!((&stats["days"][0]["submitted"], &stats["days"][0]["limited"]), (&json!(4), &json!(1)), "{stats}");
    jawort.put_settings(|settings| settings["limits"] = json!({ "form_per_day": 0 })).await;
    tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    hand_in(&jawort, &request(&jawort, "shop", "de", &number(6)).await).await.expect(202);
    jawort.no_more_than(&number(6), 0).await;
}

#[tokio::test]
async fn one_key_asks_once() {
    let jawort = Jawort::start().await;
    let body = request(&jawort, "newsletter", "de", &number(1)).await;
    let first = jawort.owner_with_key("/v1/requests", "bestellung-7", &body).await.expect(202);
    jawort.sms(&number(1), 1).await;
    jawort.turn(tests::HOUR).await;
    let again = jawort.owner_with_key("/v1/requests", "bestellung-7", &body).await.expect(202);
    assert_eq!(said(&first), said(&again));
    jawort.no_more_than(&number(1), 1).await;
    let other = request(&jawort, "newsletter", "de", &number(2)).await;
    let refused = jawort.owner_with_key("/v1/requests", "bestellung-7", &other).await;
    refused.problem(422, "idempotency-key-reused");
    jawort.knows_nothing_of(&number(2)).await;
    // Without one, or with another, it is asked again.
    hand_in(&jawort, &body).await.expect(202);
    jawort.sms(&number(1), 2).await;
}

#[tokio::test]
async fn what_is_wrong_with_it_is_said_and_orders_nothing() {
    let jawort = Jawort::start().await;
    let body = request(&jawort, "newsletter", "de", &number(1)).await;
    let twice = json!(["marketing", "marketing"]);
    for (more, field, reason) in [
        (json!({ "number": "+49 30 1234567" }), "number", "not_mobile"),
        (json!({ "number": "+33612345678" }), "number", "unlisted_country"),
        (json!({ "country": "FR" }), "country", "unlisted_country"),
        (json!({ "purposes": [] }), "purposes", "no_purpose"),
        (json!({ "purposes": ["booking"] }), "purposes", "unknown_purpose"),
        (json!({ "purposes": twice }), "purposes", "unique"),
        (json!({ "age_confirmed": false }), "age_confirmed", "no_age"),
        (json!({ "reference": "0176 12345678" }), "reference", "looks_like_number"),
        (json!({ "campaign": "x".repeat(101) }), "campaign", "length"),
    ] {
        let problem = hand_in(&jawort, &with(&body, more)).await.problem(422, "fields");
        let error = &problem["errors"][0];
        assert_eq!((&error["field"], &error["reason"]), (&json!(field), &json!(reason)), "{problem}");
    }
    let hash = format!("sha256-{}", "A".repeat(43));
    hand_in(&jawort, &with(&body, json!({ "disclosure": hash }))).await.problem(409, "outdated-form");
    hand_in(&jawort, &with(&body, json!({ "form": "nosuch" }))).await.problem(404, "not-found");
    Answer::of(jawort.post("/v1/requests").json(&body)).await.problem(401, "unauthorized");
    // What another text was shown for is of that text.
    jawort.put_form("newsletter", |draft| draft["age"] = json!(18)).await;
    jawort.turn(120).await;
    hand_in(&jawort, &body).await.problem(409, "outdated-form");
    jawort.owner(Method::POST, "/v1/forms/newsletter/close", None).await.expect(200);
    jawort.turn(120).await;
    hand_in(&jawort, &body).await.problem(410, "form-closed");
    jawort.knows_nothing_of(&number(1)).await;
}

#[tokio::test]
async fn no_sms_grows_beyond_what_its_form_may_send() {
    let jawort = Jawort::start().await;
    // As many words of the owner's own as can be published: two parts, and not a word more.
    let own = |words: usize| {
        let words = "Pflege. ".repeat(words);
        json!({
            "de": format!("{{company}} fragt: {{topics}} per SMS, ab {{age}}? {words}Antwort {{yes}} (normaler SMS-Preis) oder\n{{link}}\nEnde: STOP"),
            "en": "{company} asks: {topics} by text, {age}+? Reply {yes} (standard text rate) or\n{link}\nOpt out: STOP",
        })
    };
    let mut fits = None;
    for words in (0..24).rev() {
        let form = jawort.try_form("newsletter", |draft| {
            draft["confirm"] = json!("both");
            draft["confirmation"] = own(words);
        });
        if form.await.status == 200 {
            fits = Some(words);
            break;
        }
    }
    assert!(fits.is_some_and(|words| words > 0), "the longest that can be published");
    let body = request(&jawort, "newsletter", "de", &number(1)).await;
    let problem = hand_in(&jawort, &with(&body, json!({ "channel": "paper" }))).await.problem(422, "fields");
    assert_eq!(problem["errors"][0]["reason"], "no_room", "{problem}");
    jawort.knows_nothing_of(&number(1)).await;
    // A page's own request needs no such word.
    jawort.ask_and_get("newsletter", &number(1), 1).await;
}
