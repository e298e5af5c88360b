//! A text to many people at once.

use reqwest::Method;
use serde_json::{Value, json};
use tests::{Answer, DAY, Jawort, eventually, number, typed};

fn batch(recipients: Value) -> Value {
    json!({ "purpose": "marketing", "text": "Hallo {name}, heute 10 % auf Farne.", "recipients": recipients })
}

async fn begin(jawort: &Jawort, body: Value) -> String {
    let accepted = jawort.owner(Method::POST, "/v1/messages/batch", Some(body)).await.expect(202).json();
    accepted["id"].as_str().unwrap().to_owned()
}

async fn progress(jawort: &Jawort, id: &str) -> Answer {
    jawort.owner(Method::GET, &format!("/v1/messages/batch/{id}"), None).await
}

async fn end(jawort: &Jawort, id: &str) -> Value {
    eventually("the end of the batch", || async {
        let progress = progress(jawort, id).await.expect(200).json();
        Some(progress).filter(|progress| progress["done"] == progress["total"])
    })
    .await
}

#[tokio::test]
async fn each_recipient_has_an_answer_of_their_own() {
    let jawort = Jawort::start().await;
    for n in [1, 2] {
        jawort.consent("newsletter", &number(n)).await;
    }
    let subject = jawort.overview(&number(2)).await["subject"].take();
    let recipients = json!([
        { "number": number(1), "values": { "name": "Ada" } },
        { "subject": subject, "values": { "name": "Bo" } },
        { "number": number(3), "values": { "name": "Cy" } },
        { "number": "+49 30 1234567", "values": { "name": "Di" } },
    ]);
    let id = begin(&jawort, batch(recipients)).await;
    let end = end(&jawort, &id).await;
    assert_eq!((&end["id"], &end["total"]), (&json!(id), &json!(4)));
    let results = end["results"].as_array().unwrap();
    for (n, result) in results.iter().enumerate() {
        assert_eq!(result["n"], n);
        let accepted = n < 2;
        assert_eq!(result["state"], if accepted { "accepted" } else { "refused" }, "{result}");
        assert_eq!(result["message"].is_string() && result["segments"].is_u64(), accepted, "{result}");
    }
    assert_eq!(results[2]["reason"], "no-consent");
    assert_eq!(results[3]["reason"], "not_mobile");
    assert!(results.iter().skip(2).all(|result| result["detail"].as_str().unwrap().len() > 10), "{end}");
    for (n, name) in [(1, "Ada"), (2, "Bo")] {
        let sms = jawort.sms(&number(n), 2).await;
        assert!(sms.text.contains(&format!("Hallo {name}, heute 10 % auf Farne.")), "{}", sms.text);
    }
    jawort.no_more_than(&number(3), 0).await;
}

#[tokio::test]
async fn a_wrong_row_is_named_and_stops_no_other() {
    let jawort = Jawort::start().await;
    for n in [1, 2] {
        jawort.consent("newsletter", &number(n)).await;
    }
    let ada = json!({ "name": "Ada" });
    let recipients = json!([
        { "number": number(3), "values": { "nmae": "Ada" }, "reference": "K-0" },
        { "number": number(1), "values": ada },
        { "number": "+491711234567.0", "values": ada, "reference": "K-2" },
        { "values": ada },
        { "number": number(3), "subject": "x", "values": ada },
        { "subject": "nobody", "values": ada },
        { "number": number(3), "values": { "name": "ä".repeat(1600) } },
        { "number": number(3), "values": ada, "reference": "two words" },
        { "number": number(3), "values": ada },
        { "number": number(2), "values": ada, "reference": "K-9" },
    ]);
    let accepted = jawort.owner(Method::POST, "/v1/messages/batch", Some(batch(recipients))).await.expect(202).json();
    assert_eq!(accepted["recipients"], 10);
    let reasons = |rows: &Value| {
        let rows = rows.as_array().unwrap().iter().filter(|row| row["state"] == "refused");
        rows.map(|row| (row["n"].as_u64().unwrap(), row["reason"].as_str().unwrap().to_owned())).collect::<Vec<_>>()
    };
    let mut wrong: Vec<_> = [
        (0, "unknown_value"),
        (2, "decimal"),
        (3, "one_of"),
        (4, "one_of"),
        (5, "not-found"),
        (6, "too_long"),
        (7, "characters"),
    ]
    .map(|(n, reason)| (n, reason.to_owned()))
    .to_vec();
    assert_eq!(reasons(&accepted["rejected"]), wrong);
    assert_eq!(
        (&accepted["rejected"][0]["reference"], &accepted["rejected"][1]["reference"]),
        (&json!("K-0"), &json!("K-2"))
    );
    let end = end(&jawort, accepted["id"].as_str().unwrap()).await;
    // Who never agreed is known when they are asked for.
    wrong.push((8, "no-consent".to_owned()));
    assert_eq!(reasons(&end["results"]), wrong);
    assert_eq!(end["results"][9]["reference"], "K-9");
    for n in [1, 2] {
        jawort.sms(&number(n), 2).await;
    }
}

#[tokio::test]
async fn one_person_twice_in_a_batch_gets_one_sms() {
    let mut jawort = Jawort::start().await;
    jawort.consent("newsletter", &number(1)).await;
    let subject = jawort.overview(&number(1)).await["subject"].take();
    // Whatever generation the person is stored under.
    jawort.rotate(demo::secrets::KeyUse::Index);
    jawort.restart();
    let spaced = format!("+49 (0) {}", &typed(&number(1))[1..]);
    let values = json!({ "name": "Ada" });
    let recipients = json!([
        { "number": number(1) },
        { "number": number(1), "values": values },
        { "number": spaced, "values": values },
        { "subject": subject, "values": values, "reference": "K-3" },
        { "number": number(2), "values": values },
    ]);
    let accepted = jawort.owner(Method::POST, "/v1/messages/batch", Some(batch(recipients))).await.expect(202).json();
    let end = end(&jawort, accepted["id"].as_str().unwrap()).await;
    // The first row is wrong, and no row that anything could be a repetition of.
    assert_eq!(end["results"][0]["reason"], "unknown_value");
    assert_eq!(end["results"][1]["state"], "accepted");
    for n in [2, 3] {
        let row = &end["results"][n];
        assert_eq!((&row["reason"], &row["duplicate_of"]), (&json!("duplicate"), &json!(1)), "{row}");
        assert_eq!(accepted["rejected"][n - 1], *row);
    }
    assert_eq!(end["results"][4]["reason"], "no-consent");
    jawort.sms(&number(1), 2).await;
    jawort.no_more_than(&number(1), 2).await;
}

#[tokio::test]
async fn the_same_key_is_the_same_batch() {
    let jawort = Jawort::start().await;
    jawort.consent("newsletter", &number(1)).await;
    let body = batch(json!([{ "number": number(1), "values": { "name": "Ada" } }]));
    let path = "/v1/messages/batch";
    let first = jawort.owner_with_key(path, "spring-1", &body).await.expect(202).json();
    let again = jawort.owner_with_key(path, "spring-1", &body).await.expect(202).json();
    assert_eq!(first, again);
    end(&jawort, first["id"].as_str().unwrap()).await;
    assert_eq!(jawort.owner_with_key(path, "spring-1", &body).await.expect(202).json(), first);
    jawort.sms(&number(1), 2).await;
    jawort.no_more_than(&number(1), 2).await;
    let other = batch(json!([{ "number": number(1), "values": { "name": "Eve" } }]));
    jawort.owner_with_key(path, "spring-1", &other).await.problem(422, "idempotency-key-reused");
    assert_ne!(jawort.owner_with_key(path, "spring-2", &other).await.expect(202).json()["id"], first["id"]);
}

#[tokio::test]
async fn a_thousand_are_taken_and_worked_off_even_after_a_crash() {
    let mut jawort = Jawort::start().await;
    let recipients: Vec<_> =
        (0..1000).map(|n| json!({ "number": number(n as u8 % 100), "values": { "name": "x" } })).collect();
    let id = begin(&jawort, batch(json!(recipients))).await;
    let before = progress(&jawort, &id).await.expect(200).json();
    assert_eq!(before["results"].as_array().unwrap().len(), 1000);
    jawort.crash();
    let end = end(&jawort, &id).await;
    let reasons: Vec<_> = end["results"].as_array().unwrap().iter().map(|result| result["reason"].clone()).collect();
    assert!(reasons.iter().take(100).all(|reason| reason == "no-consent"), "{end}");
    assert!(reasons.iter().skip(100).all(|reason| reason == "duplicate"), "{end}");
}

#[tokio::test]
async fn what_cannot_be_sent_to_anybody_is_refused_at_once() {
    let jawort = Jawort::start().await;
    let ada = json!([{ "number": number(1), "values": { "name": "Ada" } }]);
    let cases = [
        (json!({ "text": " " }), "text", "present"),
        (json!({ "text": "Hallo {" }), "text", "malformed_template"),
        (json!({ "text": "Hallo {nmae}" }), "recipients[0].values", "unknown_value"),
        (json!({ "text": "ä".repeat(1600) }), "text", "too_long"),
        (
            json!({ "recipients": [{ "number": number(1), "values": { "name": "ä".repeat(1600) } }] }),
            "recipients[0].values",
            "too_long",
        ),
        (json!({ "purpose": "lottery" }), "purpose", "unknown_purpose"),
        (json!({ "sender": "nobody" }), "sender", "purpose_not_served"),
        (json!({ "recipients": [] }), "recipients", "count"),
        (json!({ "recipients": vec![ada[0].clone(); 1001] }), "recipients", "count"),
        (json!({ "recipients": [{ "values": { "name": "x" } }, {}] }), "recipients[0]", "one_of"),
        (
            json!({ "recipients": [{ "number": "030 1", "values": { "name": "x" } }] }),
            "recipients[0].number",
            "unknown_country",
        ),
    ];
    for (change, field, reason) in cases {
        let mut body = batch(ada.clone());
        for (name, value) in change.as_object().unwrap() {
            body[name] = value.clone();
        }
        let problem = jawort.owner(Method::POST, "/v1/messages/batch", Some(body)).await.problem(422, "fields");
        assert_eq!((&problem["errors"][0]["field"], &problem["errors"][0]["reason"]), (&json!(field), &json!(reason)));
    }
    let mut unknown = batch(ada);
    unknown["recipient"] = json!([]);
    jawort.owner(Method::POST, "/v1/messages/batch", Some(unknown)).await.problem(400, "malformed");
    progress(&jawort, "nothing").await.problem(404, "not-found");
    progress(&jawort, "AAAAAAAAAAAAAAAAAAAAAA").await.problem(404, "not-found");
}

#[tokio::test]
async fn a_batch_is_forgotten_a_week_after_its_end() {
    let jawort = Jawort::start().await;
    let id = begin(&jawort, batch(json!([{ "number": number(1), "values": { "name": "Ada" } }]))).await;
    end(&jawort, &id).await;
    // Its end is noted by the run after the last.
    tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    jawort.turn(6 * DAY).await;
    progress(&jawort, &id).await.expect(200);
    jawort.turn(2 * DAY).await;
    progress(&jawort, &id).await.problem(404, "not-found");
}

#[tokio::test]
async fn recipients_that_cannot_be_read_hold_up_no_others() {
    let mut jawort = Jawort::start().await;
    jawort.consent("newsletter", &number(30)).await;
    let recipients: Vec<_> = (0..40).map(|n| json!({ "number": number(n), "values": { "name": "Ada" } })).collect();
    // As if nobody had been asked yet, and the first twenty were sealed under a key that is gone.
    let body = batch(json!(recipients));
    let id = begin(&jawort, body).await;
    let broken = "UPDATE chunks SET sealed = json_set(sealed, '$.value.sealed', 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'),
                  outcomes = '{\"format\":2,\"value\":[' || rtrim(replace(hex(zeroblob(20)), '00', '{\"state\":\"waiting\"},'), ',') || ']}',
                  due = 0, attempts = 0 WHERE first = 0";
    assert_eq!(jawort.alter("Batch", broken), 1);
    let done = eventually("the others", || async {
        let progress = progress(&jawort, &id).await.expect(200).json();
        (progress["results"][30]["state"] == "accepted").then_some(progress)
    })
    .await;
    assert_eq!(done["results"][0]["state"], "waiting");
}
