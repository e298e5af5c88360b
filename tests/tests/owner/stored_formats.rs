//! What is stored carries its format and who ordered it. What a build can't read, since a newer one wrote it, it names
//! and leaves alone, and the owner is told.

use reqwest::Method;
use serde_json::{Value, json};
use tests::{Answer, Behaviour, DAY, HOUR, Jawort, Provider, Receiver, eventually, number};

const NEWER: [&str; 2] = ["\"format\":2", "\"format\":9"];

/// A statement that makes the JSON of a column one of a newer build, or takes that back.
fn reformat(table: &str, column: &str, [from, to]: [&str; 2], which: &str) -> String {
    format!("UPDATE {table} SET {column} = replace({column}, '{from}', '{to}') WHERE {which}")
}

/// The same of a person's row.
const NEWER_PERSON: [&str; 2] = ["\"format\":6", "\"format\":9"];

/// The same of a version of a form.
const NEWER_FORM: [&str; 2] = ["\"format\":5", "\"format\":9"];

/// The same of settings.
const NEWER_SETTINGS: [&str; 2] = ["\"format\":4", "\"format\":9"];

fn back([from, to]: [&'static str; 2]) -> [&'static str; 2] {
    [to, from]
}

async fn unreadable(jawort: &Jawort, status: u16) -> Value {
    Answer::of(jawort.get("/healthz")).await.expect(status).json()["unreadable"].take()
}

fn logged(jawort: &Jawort, what: &str) -> usize {
    jawort.log().lines().filter(|line| line.contains(what)).count()
}

/// An edge with a program that is told, and codes as a reward.
async fn with_pool_and_webhook() -> (Jawort, Receiver) {
    let receiver = Receiver::start().await;
    let jawort = Jawort::start_with(&[Receiver::VAR]).await;
    jawort
        .put_settings(|settings| {
            settings["webhooks"] = json!([receiver.webhook()]);
            settings["purposes"][0]["reward"] = json!({
                "text": { "de": "Danke! Ihr Code: {code}", "en": "Thank you! Your code: {code}" },
                "conditions": { "de": "10 % bis Ende 2030.", "en": "10 % until the end of 2030." },
                "code": { "pool": { "warn_at": 0 } },
            });
        })
        .await;
    (jawort, receiver)
}

#[tokio::test]
async fn an_outbox_item_of_a_newer_build_stays_and_holds_up_nobody() {
    let provider = Provider::start().await;
    let mut jawort = provider.edge().await;
    provider.consent(&jawort, &number(1)).await;
    provider.plan(vec![Behaviour::Refuse(429, 20429); 9]);
    for text in ["Erste", "Zweite"] {
        jawort.message(&number(1), "marketing", text).await.expect(202);
    }
    provider.asked(3).await;
    eventually("both answers", || async { (logged(&jawort, "answered 429") == 2).then_some(()) }).await;
    let first = "id = (SELECT MIN(id) FROM outbox)";
    assert_eq!(jawort.alter("Subject", &reformat("outbox", "item", NEWER, first)), 1);
    provider.plan([]);
    jawort.later(&number(1), 2 * HOUR).await;
    eventually("the other one", || async { (provider.taken().len() == 2).then_some(()) }).await;
    let what = "outbox item: stored in format 9, which this build does not know";
    eventually("the word", || async {
        let health = Answer::of(jawort.get("/healthz")).await;
        (health.status == 503 && health.json()["unreadable"] == json!([what])).then_some(())
    })
    .await;
    eventually("its line", || async { (logged(&jawort, what) > 0).then_some(()) }).await;
    tokio::time::sleep(std::time::Duration::from_secs(2)).await;
    // It may have been looked at before the clock was turned, too.
    assert!((1..=2).contains(&logged(&jawort, what)), "no loop: {}", jawort.log());
    let left: Vec<String> = jawort.stored("Subject", "SELECT item FROM outbox");
    assert!(left.len() == 1 && left[0].contains(NEWER[1]), "it stays as it is: {left:?}");

    assert_eq!(jawort.alter("Subject", &reformat("outbox", "item", back(NEWER), "1")), 1);
    // A restart turns the clock back by the two hours, and it is parked for one more.
    jawort.later(&number(1), 4 * HOUR).await;
    eventually("the first one", || async { (provider.taken().len() == 3).then_some(()) }).await;
    jawort.turn(3 * DAY).await;
    eventually("its end", || async { (Answer::of(jawort.get("/healthz")).await.status == 200).then_some(()) }).await;
    assert_eq!(unreadable(&jawort, 200).await, json!([]), "what nobody says again is mended");
}

#[tokio::test]
async fn a_person_of_a_newer_build_is_neither_lost_nor_written_to() {
    let mut jawort = Jawort::start().await;
    let link = jawort.consent("newsletter", &number(1)).await;
    jawort.consent("newsletter", &number(2)).await;
    let before = jawort.overview(&number(1)).await;
    let who: Vec<String> = vec![before["subject"].as_str().unwrap().to_owned()];
    let which = format!("record LIKE '%\"id\":\"{}\"%'", who[0]);
    assert_eq!(jawort.alter("Subject", &reformat("subject", "record", NEWER_PERSON, &which)), 1);
    let asked = json!({ "number": number(1), "purpose": "marketing" });
    jawort.owner(Method::POST, "/v1/check", Some(asked)).await.problem(503, "newer-build");
    jawort.message(&number(1), "marketing", "Hallo").await.problem(503, "newer-build");
    jawort.tap(&link, &[("action", "withdraw")]).await.page(503);
    assert_eq!(jawort.standing(&number(2), "marketing").await, "allowed", "others go on");
    let what = "person: stored in format 9, which this build does not know";
    assert_eq!(unreadable(&jawort, 503).await, json!([what]));

    assert_eq!(jawort.alter("Subject", &reformat("subject", "record", back(NEWER_PERSON), &which)), 1);
    assert_eq!(jawort.overview(&number(1)).await, before);
    jawort.no_more_than(&number(1), 1).await;
}

#[tokio::test]
async fn a_stop_counts_whatever_else_cannot_be_read() {
    let provider = Provider::start().await;
    let mut jawort = provider.edge().await;
    provider.consent(&jawort, &number(1)).await;
    provider.plan(vec![Behaviour::Refuse(429, 20429); 9]);
    jawort.message(&number(1), "marketing", "Neue Farne").await.expect(202);
    jawort.ask("shop", &number(1)).await;
    provider.asked(3).await;
    // His message, the SMS of his other request, its link, and another form.
    assert_eq!(jawort.alter("Subject", &reformat("kept", "value", NEWER, "kind = 'message'")), 1);
    assert_eq!(jawort.alter("Subject", &reformat("requests", "sms", NEWER, "1")), 1);
    assert!(jawort.alter("Subject", &reformat("links", "record", NEWER, "record LIKE '%\"end\":null%'")) > 0);
    assert_eq!(jawort.alter("Registry", &reformat("forms", "json", NEWER_FORM, "form = 'shop' AND version = 2")), 1);
    jawort.bring("SMstop", &number(1), "STOP").await.expect(200);
    assert_eq!(jawort.standing(&number(1), "marketing").await, "withdrawn");
    jawort.chain(&number(1), "marketing").await;
    provider.plan([]);
    jawort.later(&number(1), 2 * HOUR).await;
    let acknowledged = provider.sms(2).await;
    assert!(acknowledged.text.contains("Abgemeldet"), "{}", acknowledged.text);
    provider.no_more_than(2).await;
}

#[tokio::test]
async fn what_kv_has_of_a_newer_build_is_asked_of_the_registry() {
    let mut jawort = Jawort::start().await;
    let form = "/v1/forms/newsletter?lang=de";
    let before = Answer::of(jawort.get(form)).await.expect(200).json();
    assert!(jawort.alter_kv("FORMS", NEWER[0], NEWER[1]) > 1, "texts");
    assert!(jawort.alter_kv("FORMS", NEWER_SETTINGS[0], NEWER_SETTINGS[1]) >= 1, "the settings");
    assert!(jawort.alter_kv("FORMS", NEWER_FORM[0], NEWER_FORM[1]) >= 4, "each version, and the newest of each");
    assert_eq!(Answer::of(jawort.get(form)).await.expect(200).json(), before);
    jawort.consent("newsletter", &number(1)).await;
    let what = unreadable(&jawort, 503).await;
    assert!(
        what.as_array().unwrap().iter().any(|what| what.as_str().unwrap().starts_with("version of a form")),
        "{what}"
    );
}

#[tokio::test]
async fn settings_and_forms_of_a_newer_build_are_named_and_nothing_is_done() {
    let mut jawort = Jawort::start().await;
    let body = jawort.submission("newsletter", &number(1)).await;
    let count = "SELECT (SELECT COUNT(*) FROM settings) * 100 + (SELECT COUNT(*) FROM forms)";
    let rows: Vec<i64> = jawort.stored("Registry", count);
    for (table, column, newer) in [("settings", "settings", NEWER_SETTINGS), ("forms", "json", NEWER_FORM)] {
        assert!(jawort.alter("Registry", &reformat(table, column, newer, "1")) >= 1);
        let keys: Vec<_> = jawort.kv("FORMS").into_keys().collect();
        let copies = keys.iter().filter(|key| *key == "settings" || key.starts_with("form/"));
        jawort.set_kv("FORMS", &copies.map(|key| (key.as_str(), None)).collect::<Vec<_>>());
        jawort.submit(&body).await.problem(503, "newer-build");
        jawort.try_form("newsletter", |draft| draft["age"] = json!(18)).await.problem(503, "newer-build");
        if table == "settings" {
            let changed = jawort.try_settings(|settings| settings["controller"]["phone"] = json!("+49301")).await;
            changed.problem(503, "newer-build");
        } else {
            let form = Answer::of(jawort.get("/v1/forms/newsletter?lang=de")).await;
            form.problem(503, "newer-build");
            let page = Answer::of(jawort.get("/f/newsletter?lang=de").header("accept-language", "de")).await.page(503);
            assert!(page.contains("eine neuere Version des Programms"), "{page}");
        }
        assert_eq!(unreadable(&jawort, 503).await.as_array().map(Vec::len), Some(1));
        jawort.alter("Registry", &reformat(table, column, back(newer), "1"));
        jawort.alter("Registry", "DELETE FROM unreadable");
    }
    assert_eq!(jawort.stored::<i64>("Registry", count), rows, "nothing was published");
    jawort.knows_nothing_of(&number(1)).await;
    jawort.submit(&jawort.submission("newsletter", &number(1)).await).await.expect(202);
    jawort.sms(&number(1), 1).await;
}

#[tokio::test]
async fn a_pool_and_a_webhook_of_a_newer_build_are_left_alone() {
    let (mut jawort, receiver) = with_pool_and_webhook().await;
    let codes = json!({ "codes": ["GRUEN-1"] });
    jawort.owner(Method::POST, "/v1/rewards/marketing", Some(codes.clone())).await.expect(200);
    jawort.ask("newsletter", &number(1)).await;
    receiver.wait_for(1).await;
    assert_eq!(jawort.alter("Pool", "UPDATE pool SET format = 9"), 1);
    assert_eq!(jawort.alter("Webhook", "UPDATE share SET format = 9"), 1);
    jawort.owner(Method::POST, "/v1/rewards/marketing", Some(codes)).await.problem(503, "newer-build");
    jawort.owner(Method::GET, "/v1/webhooks/shop", None).await.problem(503, "newer-build");
    let what = unreadable(&jawort, 503).await;
    assert_eq!(what.as_array().unwrap().len(), 2, "{what}");
}

#[tokio::test]
async fn what_the_owner_orders_names_who_ordered_it() {
    let (mut jawort, _receiver) = with_pool_and_webhook().await;
    jawort.owner(Method::POST, "/v1/rewards/marketing", Some(json!({ "codes": ["GRUEN-1"] }))).await.expect(200);
    jawort.consent("newsletter", &number(1)).await;
    let welcome = jawort.sms(&number(1), 2).await;
    assert!(welcome.text.contains("GRUEN-1"), "{}", welcome.text);
    let sent = jawort.message(&number(1), "marketing", "Neue Farne").await.expect(202).json();
    let life = jawort.reaches(sent["id"].as_str().unwrap(), "sent").await;
    assert_eq!(life["actor"], "owner");
    let batch = json!({
        "purpose": "marketing", "text": "An alle", "recipients": [{ "number": number(1), "values": {} }],
    });
    jawort.owner(Method::POST, "/v1/messages/batch", Some(batch)).await.expect(202);
    jawort.sms(&number(1), 4).await;
    let since = json!({ "from": "2020-01-01T00:00:00Z" });
    jawort.owner(Method::POST, "/v1/webhooks/shop/replay", Some(since)).await.expect(202);

    let chain = jawort.chain(&number(1), "marketing").await;
    let actors: Vec<Value> = chain.iter().map(|event| json!(event.event.happened)["actor"].clone()).collect();
    // The yes is the person's, the welcome nobody's.
    assert_eq!(actors, [Value::Null, Value::Null, json!("owner"), json!("owner")]);
    let by = |jawort: &mut Jawort, class: &str, query: &str| {
        let found: Vec<String> = jawort.stored(class, query);
        assert!(!found.is_empty(), "{query}");
        assert!(found.iter().all(|by| by == "owner"), "{query}: {found:?}");
    };
    by(&mut jawort, "Registry", "SELECT json_extract(settings, '$.value.by') FROM settings");
    by(&mut jawort, "Registry", "SELECT json_extract(json, '$.value.by') FROM forms");
    by(&mut jawort, "Batch", "SELECT json_extract(message, '$.value.by') FROM batch");
    by(&mut jawort, "Pool", "SELECT added_by FROM codes");
    by(&mut jawort, "Webhook", "SELECT replayed_by FROM share WHERE replayed_by IS NOT NULL");
}
