//! What no program understands reaches a human, and advertising waits for the answer where it speaks of rights (L34).

use reqwest::Method;
use serde_json::{Value, json};
use shared::evidence::Happened;
use tests::{Answer, DAY, HOUR, Jawort, Provider, Receiver, SENDER, eventually, number};

/// Speaks of a person's rights, and says nothing that a program could do.
const RIGHTS: &str = "Mein Anwalt wird sich bei Ihnen melden";
/// Says nothing of them.
const OTHER: &str = "Farne sind grün";

async fn page(jawort: &Jawort, cursor: Option<&str>) -> Value {
    let cursor = cursor.map(|cursor| format!("?cursor={cursor}")).unwrap_or_default();
    jawort.owner(Method::GET, &format!("/v1/inbox{cursor}"), None).await.expect(200).json()
}

/// Waits until so many are listed, and gives them.
async fn listed(jawort: &Jawort, count: usize) -> Vec<Value> {
    eventually(&format!("{count} in the inbox"), || async {
        let entries = page(jawort, None).await["entries"].as_array()?.clone();
        (entries.len() == count).then_some(entries)
    })
    .await
}

fn id(entry: &Value) -> &str {
    entry["id"].as_str().expect("an id")
}

async fn act(jawort: &Jawort, entry: &Value, body: Value) -> Answer {
    jawort.owner(Method::POST, &format!("/v1/inbox/{}", id(entry)), Some(body)).await
}

/// Somebody who has agreed, and writes that.
async fn writes(jawort: &Jawort, n: u8, form: &str, text: &str) -> Value {
    jawort.consent(form, &number(n)).await;
    jawort.reply(&number(n), text).await;
    let subject = jawort.overview(&number(n)).await["subject"].clone();
    eventually("the entry", || async {
        let entries = page(jawort, None).await["entries"].as_array()?.clone();
        entries.into_iter().find(|entry| entry["subject"] == subject)
    })
    .await
}

/// The files in which a text stands in the clear, those of the simulated phone aside: it has sent it.
fn in_clear(jawort: &mut Jawort, text: &str) -> Vec<String> {
    jawort.traces(text).into_iter().filter(|file| !file.contains("-Phone")).collect()
}

fn states(answered: &Value) -> Vec<(&str, &str)> {
    let states = answered["states"].as_array().expect("states").iter();
    states.map(|line| (line["purpose"].as_str().unwrap(), line["state"].as_str().unwrap())).collect()
}

#[tokio::test]
async fn an_unclear_reply_is_listed_with_its_words_and_put_away_once() {
    let mut jawort = Jawort::start().await;
    let entry = writes(&jawort, 1, "newsletter", OTHER).await;
    assert_eq!((&entry["text"], &entry["guess"], &entry["paused"]), (&json!(OTHER), &Value::Null, &json!(false)));
    assert_eq!((&entry["to"], &entry["lang"], entry.get("gateway")), (&json!(SENDER), &json!("de"), None));
    assert!(entry["received_at"].as_str().unwrap().ends_with('Z'));
    assert_eq!(page(&jawort, None).await["open"], 1);
    assert_eq!(jawort.standing(&number(1), "marketing").await, "allowed", "it speaks of no rights");
    assert!(jawort.sms(&number(1), 2).await.text.contains("Blattwerk"), "the one help SMS stays");
    assert_eq!(in_clear(&mut jawort, "Farne sind"), Vec::<String>::new(), "its words are sealed");

    let nothing = json!({ "act": "nothing" });
    let answered = act(&jawort, &entry, nothing.clone()).await.expect(200).json();
    assert_eq!((&answered["act"], &answered["actor"]), (&json!("nothing"), &json!("owner")));
    assert_eq!(states(&answered), [("marketing", "given")]);
    assert_eq!(act(&jawort, &entry, nothing.clone()).await.expect(200).json(), answered, "once more it is the same");
    act(&jawort, &entry, json!({ "act": "withdraw" })).await.problem(409, "already-answered");
    assert_eq!(jawort.standing(&number(1), "marketing").await, "allowed");
    listed(&jawort, 0).await;
    eventually("the count", || async { (page(&jawort, None).await["open"] == 0).then_some(()) }).await;
    let rows: Vec<String> = jawort.stored("Subject", "SELECT COALESCE(reply, '') FROM inbox");
    assert_eq!(rows, [""], "its words are gone, and what was done is kept");
    act(&jawort, &entry, nothing).await.expect(200);
    jawort.assert_log_is_clean();
}

#[tokio::test]
async fn each_act_does_what_it_says_and_names_who_did_it() {
    let jawort = Jawort::start().await;
    for (n, body, booking, marketing) in [
        (1, json!({ "act": "withdraw" }), "withdrawn", "withdrawn"),
        (2, json!({ "act": "withdraw", "purpose": "marketing" }), "given", "withdrawn"),
        (3, json!({ "act": "wrong_number" }), "withdrawn", "withdrawn"),
        (4, json!({ "act": "erase" }), "erased", "erased"),
        (5, json!({ "act": "nothing" }), "given", "given"),
    ] {
        let entry = writes(&jawort, n, "shop", RIGHTS).await;
        assert_eq!(entry["paused"], true);
        let answered = act(&jawort, &entry, body.clone()).await.expect(200).json();
        assert_eq!(states(&answered), [("booking", booking), ("marketing", marketing)], "{body}");
        assert_eq!(answered["paused"], false, "{body}");
        let again = act(&jawort, &entry, body.clone()).await.expect(200).json();
        assert_eq!(again, answered, "the same answers alike: {body}");
        let other = if body["act"] == "nothing" { "erase" } else { "nothing" };
        act(&jawort, &entry, json!({ "act": other })).await.problem(409, "already-answered");
        if !["erase", "nothing"].contains(&body["act"].as_str().unwrap()) {
            let chain = jawort.chain(&number(n), "marketing").await;
            let (Happened::Withdrawn { way, said } | Happened::WrongNumber { way, said }) =
                &chain.last().unwrap().event.happened
            else {
                panic!("{chain:?}")
            };
            assert_eq!(json!([way, said.actor]), json!(["owner", "owner"]));
            let sms = said.sms.as_ref().expect("the reply that it rests on");
            assert_eq!((sms.to.as_str(), said.commitments[0].name.as_str()), (SENDER, "reply"));
        }
    }
    let entry = writes(&jawort, 6, "newsletter", RIGHTS).await;
    let answered = act(&jawort, &entry, json!({ "act": "object" })).await.expect(200).json();
    assert_eq!(states(&answered), [("marketing", "objected")]);
    assert_eq!(jawort.standing(&number(6), "marketing").await, "objected");
}

#[tokio::test]
async fn an_answer_that_makes_no_sense_does_nothing() {
    let jawort = Jawort::start().await;
    let entry = writes(&jawort, 1, "newsletter", RIGHTS).await;
    act(&jawort, &entry, json!({ "act": "object", "purpose": "marketing" })).await.problem(422, "fields");
    act(&jawort, &entry, json!({ "act": "withdraw", "purpose": "booking" })).await.problem(422, "fields");
    act(&jawort, &entry, json!({ "act": "shred" })).await.problem(400, "malformed");
    act(&jawort, &entry, json!({})).await.problem(400, "malformed");
    assert_eq!(jawort.standing(&number(1), "marketing").await, "paused", "and advertising still waits");
    for id in ["AQEBAQEBAQEBAgICAgICAgICAgIC", "twilio.17", "nothing", "gone.1", &format!("{}A", id(&entry))] {
        act(&jawort, &json!({ "id": id }), json!({ "act": "nothing" })).await.problem(404, "not-found");
    }
    for cursor in ["x", "000001795000000", "17.twilio.1"] {
        jawort.owner(Method::GET, &format!("/v1/inbox?cursor={cursor}"), None).await.problem(422, "fields");
    }
    Answer::of(jawort.get("/v1/inbox")).await.problem(401, "unauthorized");
    listed(&jawort, 1).await;
}

#[tokio::test]
async fn advertising_waits_for_the_human_and_what_was_booked_does_not() {
    let jawort = Jawort::start().await;
    let entry = writes(&jawort, 1, "shop", RIGHTS).await;
    jawort.sms(&number(1), 2).await; // the help
    assert_eq!(jawort.standing(&number(1), "marketing").await, "paused");
    assert_eq!(jawort.standing(&number(1), "booking").await, "allowed");
    assert_eq!(jawort.overview(&number(1)).await["paused"], true);
    jawort.message(&number(1), "marketing", "Farne!").await.problem(403, "paused");
    jawort.message(&number(1), "booking", "Ihr Farn ist da.").await.expect(202);
    jawort.sms(&number(1), 3).await;
    let batch = json!({ "purpose": "marketing", "text": "Farne!", "recipients": [{ "number": number(1) }] });
    let accepted = jawort.owner(Method::POST, "/v1/messages/batch", Some(batch)).await.expect(202).json();
    let path = format!("/v1/messages/batch/{}", accepted["id"].as_str().unwrap());
    let result = eventually("the end of the batch", || async {
        let progress = jawort.owner(Method::GET, &path, None).await.expect(200).json();
        (progress["done"] == progress["total"]).then(|| progress["results"][0].clone())
    });
    assert_eq!(result.await["reason"], "paused");
    act(&jawort, &entry, json!({ "act": "nothing" })).await.expect(200);
    assert_eq!(jawort.standing(&number(1), "marketing").await, "allowed");
    jawort.message(&number(1), "marketing", "Farne!").await.expect(202);
    jawort.sms(&number(1), 4).await;
}

#[tokio::test]
async fn a_message_on_its_way_waits_and_leaves_after_the_answer() {
    let provider = Provider::start().await;
    let jawort = provider.edge().await;
    for n in [1, 2] {
        provider.consent(&jawort, &number(n)).await;
    }
    jawort.quiet().await;
    jawort.owner(Method::POST, "/v1/pause", Some(json!({ "paused": true }))).await.expect(200);
    let (first, second) =
        (jawort.order(&number(1), "marketing", "Farne").await, jawort.order(&number(2), "marketing", "Moose").await);
    jawort.bring("SM1", &number(1), RIGHTS).await.expect(200);
    jawort.owner(Method::POST, "/v1/pause", Some(json!({ "paused": false }))).await.expect(200);
    jawort.later(&number(1), HOUR).await;
    jawort.later(&number(2), 1).await;
    jawort.reaches(&second, "sent").await;
    let waits = eventually("the reason", || async {
        let life = jawort.life(&first).await;
        (life["waiting"]["reason"] == "inbox").then_some(life)
    });
    assert_eq!(waits.await["state"], "queued");
    let entry = listed(&jawort, 1).await.remove(0);
    act(&jawort, &entry, json!({ "act": "nothing" })).await.expect(200);
    jawort.reaches(&first, "sent").await;

    // Where no human answers within its time, it never leaves.
    let late = jawort.order(&number(2), "marketing", "Farne").await;
    jawort.reaches(&late, "sent").await;
    jawort.owner(Method::POST, "/v1/pause", Some(json!({ "paused": true }))).await.expect(200);
    let never = jawort.order(&number(1), "marketing", "Moose").await;
    jawort.bring("SM2", &number(1), RIGHTS).await.expect(200);
    jawort.owner(Method::POST, "/v1/pause", Some(json!({ "paused": false }))).await.expect(200);
    jawort.later(&number(1), DAY + HOUR).await;
    assert_eq!(jawort.reaches(&never, "failed").await["reason"], "expired");
}

#[tokio::test]
async fn whatever_waits_a_person_leaves_and_comes_back_as_ever() {
    let jawort = Jawort::start().await;
    writes(&jawort, 1, "newsletter", RIGHTS).await;
    jawort.reply(&number(1), "STOP").await;
    assert_eq!(jawort.standing(&number(1), "marketing").await, "withdrawn");
    let entry = listed(&jawort, 1).await.remove(0);
    assert_eq!(entry["text"], RIGHTS, "a human reads it all the same");
    jawort.reply(&number(1), "START").await;
    assert_eq!(listed(&jawort, 1).await[0]["paused"], false);

    // A new yes to advertising is the person's own word.
    writes(&jawort, 2, "newsletter", RIGHTS).await;
    assert_eq!(jawort.standing(&number(2), "marketing").await, "paused");
    jawort.put_form("shop", |_| {}).await;
    let mut submission = jawort.submission("shop", &number(2)).await;
    submission["purposes"] = json!(["booking"]);
    jawort.submit(&submission).await.expect(202);
    let link = jawort.sms(&number(2), 3).await.link();
    jawort.tap(&link, &[("action", "confirm")]).await.page(200);
    assert_eq!(jawort.standing(&number(2), "booking").await, "allowed");
    assert_eq!(jawort.standing(&number(2), "marketing").await, "paused", "a booking is no wish for advertising");
    jawort.reply(&number(2), "START").await;
    assert_eq!(jawort.standing(&number(2), "marketing").await, "allowed");
}

#[tokio::test]
async fn many_are_listed_page_by_page_each_once_and_the_oldest_first() {
    let jawort = Jawort::start().await;
    for n in 0..23 {
        jawort.reply(&number(n), OTHER).await;
        if n % 2 == 0 {
            jawort.reply(&number(n), RIGHTS).await;
        }
    }
    eventually("all of them", || async { (page(&jawort, None).await["open"] == 35).then_some(()) }).await;
    let (mut all, mut cursor) = (Vec::new(), None::<String>);
    for _ in 0..4 {
        let mut page = page(&jawort, cursor.as_deref()).await;
        assert_eq!(page["open"], 35);
        all.extend(page["entries"].as_array().unwrap().clone());
        cursor = page["cursor"].take().as_str().map(str::to_owned);
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!((all.len(), cursor), (35, None));
    let times: Vec<_> = all.iter().map(|entry| entry["received_at"].as_str().unwrap()).collect();
    assert!(times.is_sorted(), "{times:?}");
    let mut ids: Vec<_> = all.iter().map(id).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 35);
    let people: std::collections::BTreeSet<_> = all.iter().map(|entry| entry["subject"].as_str().unwrap()).collect();
    assert_eq!(people.len(), 23);
}

#[tokio::test]
async fn what_the_provider_repeats_is_one_entry() {
    let provider = Provider::start().await;
    let jawort = provider.edge().await;
    for _ in 0..3 {
        jawort.bring("SM1", &number(1), RIGHTS).await.expect(200);
    }
    let entry = listed(&jawort, 1).await.remove(0);
    act(&jawort, &entry, json!({ "act": "nothing" })).await.expect(200);
    jawort.bring("SM1", &number(1), RIGHTS).await.expect(200);
    jawort.bring("SM2", &number(1), RIGHTS).await.expect(200);
    let again = listed(&jawort, 1).await.remove(0);
    assert_ne!(again["id"], entry["id"], "said anew it is a new one");
}

#[tokio::test]
async fn the_owners_program_is_told_without_the_words() {
    let receiver = Receiver::start().await;
    let jawort = Jawort::start_with(&[Receiver::VAR]).await;
    jawort.put_settings(|settings| settings["webhooks"] = json!([receiver.webhook()])).await;
    let entry = writes(&jawort, 1, "newsletter", RIGHTS).await;
    let told = eventually("the webhook", || async {
        receiver.received().into_iter().find(|it| it.json()["type"] == "reply.unclear")
    });
    let told = told.await.json();
    let data = json!({
        "id": entry["id"], "subject": entry["subject"], "received_at": entry["received_at"], "guess": null,
        "paused": true,
    });
    assert_eq!(told["data"], data);
    assert!(!told.to_string().contains("Anwalt"));
}

#[tokio::test]
async fn after_thirty_days_the_words_are_gone_and_the_pause_is_not() {
    let mut jawort = Jawort::start().await;
    let paused = writes(&jawort, 1, "newsletter", RIGHTS).await;
    writes(&jawort, 2, "newsletter", OTHER).await;
    jawort.reply(&number(3), RIGHTS).await;
    listed(&jawort, 3).await;
    jawort.turn(29 * DAY).await;
    for n in 1..=3 {
        jawort.check(&number(n), "marketing").await;
    }
    assert!(listed(&jawort, 3).await.iter().all(|entry| entry["text"].is_string()));
    jawort.turn(DAY + HOUR).await;
    for n in 1..=3 {
        jawort.check(&number(n), "marketing").await;
    }
    // Who never agreed to anything is gone, and so is what nothing waits for.
    let left = listed(&jawort, 1).await.remove(0);
    assert_eq!((&left["id"], &left["text"], &left["paused"]), (&paused["id"], &Value::Null, &json!(true)));
    assert_eq!(jawort.standing(&number(1), "marketing").await, "paused", "nobody's silence lifts it");
    assert_eq!(jawort.standing(&number(2), "marketing").await, "allowed");
    let rows: Vec<String> = jawort.stored("Subject", "SELECT COALESCE(reply, '') FROM inbox");
    assert_eq!(rows, Vec::<String>::new());
    let answered = act(&jawort, &left, json!({ "act": "nothing" })).await.expect(200).json();
    assert_eq!(states(&answered), [("marketing", "given")]);
    assert_eq!(jawort.standing(&number(1), "marketing").await, "allowed");
    listed(&jawort, 0).await;
}

#[tokio::test]
async fn an_erasure_takes_what_was_written_with_it() {
    let mut jawort = Jawort::start().await;
    writes(&jawort, 1, "newsletter", RIGHTS).await;
    jawort.reply(&number(1), "INFO").await;
    let fresh = jawort.sms(&number(1), 3).await.link();
    jawort.tap(&fresh, &[("action", "erase"), ("understood", "yes")]).await.page(200);
    listed(&jawort, 0).await;
    eventually("the directory", || async { (page(&jawort, None).await["open"] == 0).then_some(()) }).await;
    let rows: Vec<String> = jawort.stored("Subject", "SELECT id FROM inbox");
    assert_eq!(rows, Vec::<String>::new());
    assert_eq!(in_clear(&mut jawort, "Anwalt"), Vec::<String>::new());
}

#[tokio::test]
async fn what_could_not_be_read_is_listed_too_and_put_away_once() {
    let provider = Provider::start().await;
    let mut jawort = provider.edge().await;
    jawort.post_signed("/gateway/twilio/inbound", &[("Body", "Bitte aufhören"), ("From", SENDER)]).await.expect(200);
    jawort.bring("SM1", "+493012345678", "STOP").await.expect(200);
    jawort.bring("SM2", &number(1), OTHER).await.expect(200);
    let entries = listed(&jawort, 3).await;
    assert_eq!(page(&jawort, None).await["open"], 3);
    let unread: Vec<_> = entries.iter().filter(|entry| entry["gateway"] == "twilio").collect();
    assert_eq!(unread.len(), 2);
    assert!(unread.iter().all(|entry| entry.get("subject").is_none() && entry["paused"] == false));
    assert!(unread[1]["text"].as_str().unwrap().contains("493012345678"), "the call as it came: {}", unread[1]);
    act(&jawort, unread[0], json!({ "act": "erase" })).await.problem(422, "fields");
    let nothing = json!({ "act": "nothing" });
    let answered = act(&jawort, unread[0], nothing.clone()).await.expect(200).json();
    assert_eq!((&answered["id"], &answered["states"]), (&unread[0]["id"], &json!([])));
    assert_eq!(act(&jawort, unread[0], nothing).await.expect(200).json(), answered);
    listed(&jawort, 2).await;
    let health = Answer::of(jawort.get("/healthz")).await.json();
    assert_eq!(health["gateways"][0]["unread"], 1, "{health}");
    // A gateway that the settings have no more is asked as well.
    jawort.publish().await;
    listed(&jawort, 2).await;
    let rows: Vec<String> = jawort.stored("Gateway", "SELECT COALESCE(record, '') FROM unread ORDER BY id");
    assert_eq!((rows.len(), rows[0].as_str()), (2, ""));
    assert!(!jawort.log().contains("493012345678"));
    jawort.assert_log_is_clean();
}
