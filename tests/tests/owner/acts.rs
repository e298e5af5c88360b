//! Who phones or writes is heard like who replies: the owner passes it on, and can only end (L25, L26).

use std::time::SystemTime;

use reqwest::Method;
use serde_json::{Value, json};
use shared::{
    evidence::{Happened, SaidScope, SignedEvent},
    time::Timestamp,
};
use tests::{Answer, DAY, HOUR, Jawort, number};

const ACTS: [(Method, &str); 4] =
    [(Method::POST, "/withdraw"), (Method::POST, "/object"), (Method::POST, "/correct"), (Method::DELETE, "")];

/// So many seconds from the machine's own time, as a call has it.
fn time(seconds: i64) -> String {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_millis();
    Timestamp::from_millis(i64::try_from(now).unwrap() + seconds * 1000).into()
}

/// The day then, in UTC.
fn day(seconds: i64) -> String {
    time(seconds)[..10].to_owned()
}

async fn subject(jawort: &Jawort, number: &str) -> String {
    let asked = json!({ "number": number });
    let answer = jawort.owner(Method::POST, "/v1/subjects", Some(asked)).await.expect(200).json();
    answer["subject"].as_str().unwrap().to_owned()
}

/// What the person has said by phone just now.
fn heard() -> Value {
    json!({ "channel": "phone", "received_at": time(0) })
}

async fn pass_on(jawort: &Jawort, number: &str, (method, act): (Method, &str), body: Value) -> Answer {
    let path = format!("/v1/subjects/{}{act}", subject(jawort, number).await);
    jawort.owner(method, &path, Some(body)).await
}

/// Says the same twice, which must be answered alike; gives the answer.
async fn twice(jawort: &Jawort, number: &str, act: (Method, &str), body: Value) -> Value {
    let now = pass_on(jawort, number, act.clone(), body.clone()).await.expect(200).json();
    let again = pass_on(jawort, number, act, body).await.expect(200).json();
    assert_eq!(now, again);
    now
}

/// Each purpose's state.
fn states(now: &Value) -> Vec<(String, String)> {
    let lines = now["states"].as_array().unwrap().iter();
    let text = |line: &Value, name: &str| line[name].as_str().unwrap().to_owned();
    lines.map(|line| (text(line, "purpose"), text(line, "state"))).collect()
}

fn of(states: &[(&str, &str)]) -> Vec<(String, String)> {
    states.iter().map(|(purpose, state)| ((*purpose).to_owned(), (*state).to_owned())).collect()
}

async fn kinds(jawort: &Jawort, purpose: &str) -> Vec<SignedEvent> {
    jawort.chain(&number(1), purpose).await
}

/// A web page's request for the number sends nothing.
async fn no_page_reaches(jawort: &Jawort, number: &str, form: &str) {
    let before = jawort.inbox(number).await.len();
    jawort.ask(form, number).await;
    jawort.no_more_than(number, before).await;
}

#[tokio::test]
async fn a_letter_takes_one_purpose_back_and_leaves_the_other() {
    let jawort = Jawort::start().await;
    jawort.consent("shop", &number(1)).await;
    let body = json!({ "purpose": "marketing", "channel": "letter", "received_at": time(0), "reference": "BRIEF-7" });
    let now = twice(&jawort, &number(1), ACTS[0].clone(), body).await;
    assert_eq!(states(&now), of(&[("booking", "given"), ("marketing", "withdrawn")]), "{now}");
    assert_eq!((&now["known"], &now["silenced"]), (&json!(true), &json!(false)), "{now}");
    let sms = jawort.sms(&number(1), 2).await.text;
    assert!(sms.contains("Abgemeldet") && sms.contains("Angebote"), "{sms}");
    jawort.no_more_than(&number(1), 2).await;
    jawort.message(&number(1), "marketing", "Neu!").await.problem(403, "no-consent");
    // One event says who recorded it, how and when it came.
    let chain = kinds(&jawort, "marketing").await;
    let [_, withdrawn] = &chain[..] else { panic!("{chain:?}") };
    let event = json!(withdrawn);
    assert_eq!(
        (&event["kind"], &event["way"], &event["scope"]),
        (&json!("withdrawn"), &json!("owner"), &json!("purposes"))
    );
    assert_eq!((&event["actor"], &event["passed_on"]["channel"]), (&json!("owner"), &json!("letter")));
    let received = event["passed_on"]["received_at"].as_str().unwrap();
    assert!(received <= event["time"].as_str().unwrap(), "{event}");
    assert_eq!(event["commitments"][0]["name"], "reference");
    assert!(!event.to_string().contains("BRIEF-7"), "it can be deleted by itself");
    // The same silence as after a STOP for it.
    no_page_reaches(&jawort, &number(1), "newsletter").await;
    jawort.message(&number(1), "booking", "Bis morgen!").await.expect(202);
}

#[tokio::test]
async fn a_call_ends_everything_and_what_waits() {
    let jawort = Jawort::start().await;
    jawort.consent("newsletter", &number(1)).await;
    let asked = jawort.ask_and_get("shop", &number(1), 2).await;
    let now = twice(&jawort, &number(1), ACTS[0].clone(), heard()).await;
    assert_eq!(states(&now), of(&[("marketing", "withdrawn")]), "{now}");
    assert_eq!((&now["pending"], &now["silenced"]), (&json!([]), &json!(true)), "{now}");
    let sms = jawort.sms(&number(1), 3).await.text;
    assert!(sms.contains("keine SMS mehr von uns"), "{sms}");
    let page = jawort.tap(&asked, &[("action", "confirm")]).await.page(200);
    assert!(!page.contains("Danke, Sie sind angemeldet"), "{page}");
    no_page_reaches(&jawort, &number(1), "shop").await;
    // The person alone brings themselves back.
    jawort.reply(&number(1), "START").await;
    jawort.turn(HOUR).await;
    jawort.ask("newsletter", &number(1)).await;
    jawort.sms(&number(1), 4).await.link();
}

#[tokio::test]
async fn an_objection_ends_all_advertising_asked_for_or_not() {
    let jawort = Jawort::start().await;
    jawort.declare("tips", json!({ "max": 1, "period": "week" })).await;
    jawort.put_form("newsletter", |draft| draft["purposes"] = json!(["tips"])).await;
    jawort.consent("shop", &number(1)).await;
    jawort.ask_and_get("newsletter", &number(1), 2).await;
    let now = twice(&jawort, &number(1), ACTS[1].clone(), heard()).await;
    let left = of(&[("booking", "given"), ("marketing", "objected"), ("tips", "objected")]);
    assert_eq!(states(&now), left, "{now}");
    assert_eq!((&now["pending"], &now["silenced"]), (&json!([]), &json!(true)), "{now}");
    assert!(jawort.sms(&number(1), 3).await.text.contains("keine Werbung mehr"));
    let [.., objected] = &kinds(&jawort, "tips").await[..] else { panic!() };
    let Happened::Objected { said, .. } = &objected.event.happened else { panic!("{objected:?}") };
    assert!(said.passed_on.is_some() && said.scope == Some(SaidScope::Advertising));
    // For good, until the person lifts it.
    jawort.turn(400 * DAY).await;
    no_page_reaches(&jawort, &number(1), "newsletter").await;
}

#[tokio::test]
async fn a_wrong_number_is_given_up() {
    let jawort = Jawort::start().await;
    let link = jawort.consent("shop", &number(1)).await;
    let now = twice(&jawort, &number(1), ACTS[2].clone(), heard()).await;
    assert_eq!(states(&now), of(&[("booking", "withdrawn"), ("marketing", "withdrawn")]), "{now}");
    let [.., last] = &kinds(&jawort, "booking").await[..] else { panic!() };
    assert!(matches!(last.event.happened, Happened::WrongNumber { .. }), "{last:?}");
    jawort.turn(40 * DAY).await;
    no_page_reaches(&jawort, &number(1), "shop").await;
    // Whoever has it now signs up by the handset, and the link of before shows them nothing of who had it.
    let before = jawort.inbox(&number(1)).await.len();
    jawort.reply(&number(1), "START").await;
    let new = jawort.sms(&number(1), before + 1).await.link();
    jawort.tap(&new, &[("action", "confirm")]).await.page(200);
    assert!(!jawort.open(&link).await.page(200).contains("Angebote"));
}

#[tokio::test]
async fn who_wants_to_be_erased_is_and_stays_left_alone() {
    let jawort = Jawort::start().await;
    jawort.consent("shop", &number(1)).await;
    let body = json!({ "channel": "email", "received_at": time(0), "reference": "DSGVO-12" });
    let now = twice(&jawort, &number(1), ACTS[3].clone(), body).await;
    assert_eq!(states(&now), of(&[("booking", "erased"), ("marketing", "erased")]), "{now}");
    assert_eq!((&now["known"], &now["silenced"]), (&json!(false), &json!(true)), "{now}");
    let overview = jawort.overview(&number(1)).await;
    assert_eq!((&overview["events"], &overview["pending"]), (&json!([]), &json!([])), "{overview}");
    jawort.message(&number(1), "booking", "Bis morgen!").await.problem(403, "no-consent");
    no_page_reaches(&jawort, &number(1), "shop").await;
    // The proof that is locked away says who passed it on.
    let path = format!("/v1/subjects/{}/proofs", subject(&jawort, &number(1)).await);
    let opened = jawort.owner(Method::POST, &path, Some(json!({ "reason": "Klage" }))).await.expect(200).json();
    assert_eq!(opened["proofs"].as_array().unwrap().len(), 2, "{opened}");
    let events = opened["proofs"][0]["events"].as_array().unwrap();
    assert_eq!(events.last().unwrap()["passed_on"]["channel"], "email", "{opened}");
    // An objection after that is kept under the id alone.
    let now = twice(&jawort, &number(1), ACTS[1].clone(), heard()).await;
    assert_eq!(now["silenced"], true, "{now}");
    jawort.turn(40 * DAY).await;
    no_page_reaches(&jawort, &number(1), "newsletter").await;
}

#[tokio::test]
async fn a_number_that_nobody_knows_is_left_alone_and_the_answer_says_so() {
    let jawort = Jawort::start().await;
    for (n, act) in (1..).zip(ACTS) {
        let now = twice(&jawort, &number(n), act, heard()).await;
        let subject = subject(&jawort, &number(n)).await;
        let nobody = json!({ "subject": subject, "known": false, "states": [], "pending": [], "silenced": true });
        assert_eq!(now, nobody);
        no_page_reaches(&jawort, &number(n), "newsletter").await;
        assert_eq!(jawort.standing(&number(n), "marketing").await, "unknown");
    }
    // For as long as after a withdrawal; an objection and a wrong number until the person lifts them.
    jawort.turn(31 * DAY).await;
    for n in [1, 4] {
        jawort.ask_and_get("newsletter", &number(n), 1).await;
    }
    for n in [2, 3] {
        no_page_reaches(&jawort, &number(n), "newsletter").await;
    }
}

#[tokio::test]
async fn what_came_later_is_not_undone() {
    let jawort = Jawort::start().await;
    jawort.consent("newsletter", &number(1)).await;
    jawort.put_settings(|settings| settings["time_zone"] = json!("UTC")).await;
    let before = day(-86_400);
    for act in ACTS {
        for at in [before.clone(), time(-3600)] {
            let now =
                pass_on(&jawort, &number(1), act.clone(), json!({ "channel": "letter", "received_at": at })).await;
            let now = now.expect(200).json();
            assert_eq!(states(&now), of(&[("marketing", "given")]), "{act:?} {now}");
            assert_eq!(now["silenced"], false, "{act:?} {now}");
        }
    }
    jawort.no_more_than(&number(1), 1).await;
    jawort.message(&number(1), "marketing", "Neu!").await.expect(202);
    // Of the day itself nobody knows what was first.
    let today = day(0);
    let now = pass_on(&jawort, &number(1), ACTS[0].clone(), json!({ "channel": "letter", "received_at": today })).await;
    assert_eq!(states(&now.expect(200).json()), of(&[("marketing", "withdrawn")]));
}

#[tokio::test]
async fn an_erasure_leaves_what_the_person_has_asked_for_since() {
    let jawort = Jawort::start().await;
    jawort.put_form("shop", |draft| draft["purposes"] = json!(["booking"])).await;
    jawort.consent("shop", &number(1)).await;
    jawort.turn(3 * DAY).await;
    let link = jawort.consent("newsletter", &number(1)).await;
    let body = json!({ "channel": "letter", "received_at": time(86_400) });
    let now = twice(&jawort, &number(1), ACTS[3].clone(), body).await;
    assert_eq!(states(&now), of(&[("booking", "erased"), ("marketing", "given")]), "{now}");
    assert_eq!((&now["known"], &now["silenced"]), (&json!(true), &json!(false)), "{now}");
    let overview = jawort.overview(&number(1)).await;
    let purposes: Vec<_> =
        overview["events"].as_array().unwrap().iter().map(|event| event["purpose"].clone()).collect();
    assert_eq!(purposes, ["marketing"], "{overview}");
    jawort.message(&number(1), "booking", "Bis morgen!").await.problem(403, "no-consent");
    jawort.order(&number(1), "marketing", "Neu!").await;
    jawort.sms(&number(1), 3).await;
    // What was erased is locked away like any other, and what stays is in the person's hands.
    let path = format!("/v1/subjects/{}/proofs", subject(&jawort, &number(1)).await);
    let opened = jawort.owner(Method::POST, &path, Some(json!({ "reason": "Klage" }))).await.expect(200).json();
    assert_eq!(opened["proofs"][0]["events"][0]["purpose"], "booking", "{opened}");
    jawort.tap(&link, &[("action", "withdraw")]).await.page(200);
    assert_eq!(jawort.standing(&number(1), "marketing").await, "withdrawn");
}

#[tokio::test]
async fn what_cannot_be_passed_on_changes_nothing() {
    let jawort = Jawort::start().await;
    jawort.consent("newsletter", &number(1)).await;
    let tomorrow = day(2 * 86_400);
    let said = |more: Value| {
        let mut body = heard();
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        body
    };
    for act in ACTS {
        for (body, field, reason) in [
            (said(json!({ "received_at": time(3600) })), "received_at", "future"),
            (said(json!({ "received_at": tomorrow })), "received_at", "future"),
            (said(json!({ "reference": "0176 12345678" })), "reference", "looks_like_number"),
        ] {
            let problem = pass_on(&jawort, &number(1), act.clone(), body).await.problem(422, "fields");
            let error = &problem["errors"][0];
            assert_eq!((&error["field"], &error["reason"]), (&json!(field), &json!(reason)), "{act:?}");
        }
        let (method, path) = &act;
        let path = format!("/v1/subjects/{}{path}", subject(&jawort, &number(1)).await);
        Answer::of(jawort.request(method.clone(), &path).json(&heard())).await.problem(401, "unauthorized");
        // An id that no number has: of a key that is not there, or none at all.
        for nobody in ["9wAAAAAAAAAA", "nobody"] {
            let path = format!("/v1/subjects/{nobody}{}", act.1);
            jawort.owner(method.clone(), &path, Some(heard())).await.problem(404, "not-found");
        }
    }
    for n in [1, 2] {
        let made_up = said(json!({ "purpose": "lottery" }));
        let problem = pass_on(&jawort, &number(n), ACTS[0].clone(), made_up).await.problem(422, "fields");
        assert_eq!(problem["errors"][0]["reason"], "unknown_purpose");
    }
    jawort.knows_nothing_of(&number(2)).await;
    assert_eq!(jawort.overview(&number(2)).await["silenced"], false);
    assert_eq!(jawort.standing(&number(1), "marketing").await, "allowed");
    jawort.no_more_than(&number(1), 1).await;
}
