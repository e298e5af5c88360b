//! The directory lists everybody who is stored, KV holds the consents in force and no others, and the nightly sweep
//! mends both.

use std::collections::BTreeMap;

use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};
use shared::{
    directory::{Consent, Held, held},
    key_ring::SubjectId,
    lang::Lang,
    shard::of_directory,
    stored::{self, FormRef, SealedConsent},
};
use tests::{Answer, DAY, Jawort, eventually, has_number, number};

/// A STOP counts from every standing.
const STOPPED: &[(&str, &str)] = &[("booking", "withdrawn"), ("marketing", "withdrawn")];

/// Everybody who is listed, page by page; nobody is listed twice.
async fn people(jawort: &Jawort, limit: usize) -> BTreeMap<String, Value> {
    let (mut all, mut cursor) = (BTreeMap::new(), String::new());
    loop {
        let path = format!("/v1/subjects?limit={limit}{cursor}");
        let mut page = jawort.owner(Method::GET, &path, None).await.expect(200).json();
        let Value::Array(subjects) = page["subjects"].take() else { panic!("{page}") };
        assert!(subjects.len() <= limit, "{subjects:?}");
        for line in subjects {
            let subject = line["subject"].as_str().unwrap().to_owned();
            assert!(all.insert(subject, line).is_none(), "twice");
        }
        match page["cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return all,
        }
    }
}

async fn subject(jawort: &Jawort, n: u8) -> String {
    jawort.overview(&number(n)).await["subject"].as_str().unwrap().to_owned()
}

/// Waits until a number is listed with these states, and gives its line.
async fn listed(jawort: &Jawort, n: u8, states: &[(&str, &str)]) -> Value {
    let subject = subject(jawort, n).await;
    eventually(&format!("the row of {n}: {states:?}"), || async {
        let line = people(jawort, 500).await.remove(&subject)?;
        let said: Vec<_> =
            line["states"].as_array()?.iter().map(|it| (it["purpose"].clone(), it["state"].clone())).collect();
        let wanted: Vec<_> = states.iter().map(|(purpose, state)| (json!(purpose), json!(state))).collect();
        (said == wanted).then_some(line)
    })
    .await
}

async fn erase(jawort: &Jawort, n: u8) {
    let count = jawort.inbox(&number(n)).await.len();
    jawort.reply(&number(n), "INFO").await;
    let fresh = jawort.sms(&number(n), count + 1).await.link();
    jawort.tap(&fresh, &[("action", "erase"), ("understood", "yes")]).await.page(200);
}

/// Writes and deletions in KV so far.
async fn kv_writes(jawort: &Jawort) -> u64 {
    Answer::of(jawort.get("/simulator/billed")).await.expect(200).json()["kv_writes"].as_u64().unwrap()
}

/// Lets a day pass, and wakes the directory as the platform's alarm would.
async fn night(jawort: &Jawort) {
    jawort.turn(DAY + DAY / 4).await;
    people(jawort, 500).await;
}

#[tokio::test]
async fn everybody_is_listed_once_as_they_stand() {
    let mut jawort = Jawort::start().await;
    for n in [1, 3, 4] {
        jawort.consent("newsletter", &number(n)).await;
    }
    jawort.ask_and_get("shop", &number(2), 1).await;
    jawort.reply(&number(3), "STOP").await;
    erase(&jawort, 4).await;
    jawort.reply(&number(5), "STOP").await;

    let given = listed(&jawort, 1, &[("marketing", "given")]).await;
    let overview = jawort.overview(&number(1)).await;
    assert_eq!(given["states"], overview["states"]);
    assert_eq!(
        (&given["form"], &given["version"], &given["campaign"]),
        (&json!("newsletter"), &json!(1), &json!("spring"))
    );
    assert_eq!(given["silenced"], false);
    let waiting = listed(&jawort, 2, &[("booking", "pending"), ("marketing", "pending")]).await;
    assert_eq!((&waiting["form"], &waiting["campaign"]), (&json!("shop"), &json!("spring")));
    assert_eq!(listed(&jawort, 3, STOPPED).await["silenced"], true);
    let erased = listed(&jawort, 4, &[("marketing", "erased")]).await;
    assert_eq!((&erased["form"], &erased["campaign"], &erased["silenced"]), (&Value::Null, &Value::Null, &json!(true)));
    assert_eq!(listed(&jawort, 5, STOPPED).await["silenced"], true);
    assert_eq!(people(&jawort, 500).await.len(), 5);
    assert_eq!(people(&jawort, 2).await, people(&jawort, 500).await);

    let rows: Vec<String> = jawort.stored("Directory", "SELECT listing FROM people");
    assert_eq!(rows.len(), 5);
    assert!(rows.iter().all(|row| !has_number(row)), "{rows:?}");
    let sealed = rows.iter().filter(|row| row.contains("\"export\":{")).count();
    assert_eq!(sealed, 1, "a row for exports only while a consent is in force");

    jawort.later(&number(2), 3 * DAY).await;
    listed(&jawort, 2, &[]).await;
    jawort.later(&number(1), 19 * 31 * DAY).await;
    listed(&jawort, 1, &[("marketing", "lapsed")]).await;
}

#[tokio::test]
async fn a_hundred_people_are_found_in_pages_of_seven() {
    let jawort = Jawort::start().await;
    let numbers: Vec<_> = (0..100).map(number).collect();
    join_all(numbers.iter().map(|number| jawort.reply(number, "STOP"))).await;
    eventually("all rows", || async { (people(&jawort, 500).await.len() == 100).then_some(()) }).await;
    assert_eq!(people(&jawort, 7).await.len(), 100);
}

#[tokio::test]
async fn a_list_of_people_takes_a_cursor_and_a_limit_of_ours() {
    let jawort = Jawort::start().await;
    let empty = Answer::of(jawort.get("/v1/subjects").bearer_auth(jawort.owner_token())).await.expect(200).json();
    assert_eq!(empty, json!({ "subjects": [] }));
    for (query, field) in [("cursor=x", "cursor"), ("limit=0", "limit"), ("limit=501", "limit"), ("limit=x", "limit")] {
        let path = format!("/v1/subjects?{query}");
        let problem = jawort.owner(Method::GET, &path, None).await.problem(422, "fields");
        assert_eq!(problem["errors"][0]["field"], field, "{query}");
    }
    Answer::of(jawort.get("/v1/subjects")).await.problem(401, "unauthorized");
}

#[tokio::test]
async fn kv_holds_a_consent_while_it_is_in_force() {
    let mut jawort = Jawort::start().await;
    let before = kv_writes(&jawort).await;
    for n in [1, 2, 3] {
        jawort.consent("newsletter", &number(n)).await;
    }
    jawort.reply(&number(2), "STOP").await;
    erase(&jawort, 3).await;
    eventually("one write for each yes and each end", || async {
        (kv_writes(&jawort).await == before + 5).then_some(())
    })
    .await;
    let subject = subject(&jawort, 1).await;
    let since = jawort.overview(&number(1)).await["states"][0]["since"].take();
    let (keys, kv) = (jawort.export_keys(), jawort.kv("CONSENT"));
    assert_eq!(kv.keys().collect::<Vec<_>>(), [&format!("consent/marketing/{subject}")]);
    let value = kv.values().next().unwrap();
    assert!(!has_number(value), "{value}");
    let SealedConsent(sealed) = stored::read(value).unwrap();
    let plain = String::from_utf8(keys.open("consent in force", &sealed).unwrap()).unwrap();
    assert!(plain.contains(&number(1)) && plain.contains("\"tip\":{\"seq\":1,\"hash\":\"sha256-"), "{plain}");
    let form = FormRef { form: "newsletter".parse().unwrap(), version: 1 };
    let consent = Consent { since: serde_json::from_value(since).unwrap(), lang: Lang::De, form, reference: None };
    let subject = subject.try_into().unwrap();
    assert_eq!(held(Some(value), &keys, subject, &"marketing".parse().unwrap(), &consent), Held::AsItIs);
    let rows: Vec<String> = jawort.stored("Subject", "SELECT id FROM outbox");
    assert_eq!(rows, [""; 0], "what was done has left the outbox");
}

#[tokio::test]
async fn a_crash_after_a_yes_loses_neither_its_copy_nor_its_row() {
    let mut jawort = Jawort::start().await;
    for n in 0..8 {
        jawort.consent("newsletter", &number(n)).await;
        tokio::time::sleep(std::time::Duration::from_millis(u64::from(n) * 3)).await;
        jawort.crash();
    }
    for n in 0..8 {
        // What was due rings at once, and not after the pause of an alarm that died.
        assert_eq!(jawort.standing(&number(n), "marketing").await, "allowed");
    }
    eventually("all rows", || async { (people(&jawort, 500).await.len() == 8).then_some(()) }).await;
    jawort.quiet().await;
    let mut left = jawort.stored::<String>("Subject", "SELECT id FROM outbox");
    for _ in 0..5 {
        if left.is_empty() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
        left = jawort.stored("Subject", "SELECT id FROM outbox");
    }
    assert_eq!(left, [""; 0]);
    assert_eq!(jawort.kv("CONSENT").len(), 8);
}

#[tokio::test]
async fn the_nightly_sweep_mends_kv() {
    let mut jawort = Jawort::start().await;
    for n in 1..=5 {
        jawort.consent("newsletter", &number(n)).await;
    }
    erase(&jawort, 4).await;
    listed(&jawort, 4, &[("marketing", "erased")]).await;
    let mut key = BTreeMap::new();
    for n in 1..=5 {
        key.insert(n, format!("consent/marketing/{}", subject(&jawort, n).await));
    }
    let right = jawort.kv("CONSENT");
    assert_eq!(right.len(), 4);
    let newer = right[&key[&3]].replace("\"format\":3", "\"format\":9");
    // A share of the directory looks after its own.
    let id = |text: String| SubjectId::try_from(text).unwrap();
    let share = of_directory(id(subject(&jawort, 1).await));
    let nobody = (0..).map(|n| format!("AQAAAA{n:06}")).find(|text| of_directory(id(text.clone())) == share).unwrap();
    let nobody = ["marketing", "booking"].map(|purpose| format!("consent/{purpose}/{nobody}"));
    jawort.set_kv(
        "CONSENT",
        &[
            (&key[&1], None),
            (&key[&2], Some("{\"format\":2,\"value\":\"c2VhbGVk\"}")),
            (&key[&3], Some(&newer)),
            (&key[&4], Some(&right[&key[&5]])), // it was erased
            (&nobody[0], Some(&right[&key[&5]])),
            (&nobody[1], Some("older still")),
        ],
    );
    // More people than one alarm asks, whom nobody knows.
    jawort.alter(
        "Directory",
        "INSERT INTO people WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 45)
         SELECT hex(randomblob(6)), 1, (SELECT listing FROM people LIMIT 1) FROM n",
    );
    let before = kv_writes(&jawort).await;
    night(&jawort).await;
    eventually("what is mended", || async { (kv_writes(&jawort).await >= before + 5).then_some(()) }).await;
    tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    assert_eq!(kv_writes(&jawort).await, before + 5);
    eventually("rows of those who are stored alone", || async {
        (people(&jawort, 500).await.len() == 5).then_some(())
    })
    .await;
    let mended = jawort.kv("CONSENT");
    assert_eq!(mended.keys().collect::<Vec<_>>(), right.keys().collect::<Vec<_>>());
    assert_eq!(mended[&key[&3]], newer, "what a newer build wrote stays");
    assert_eq!(mended[&key[&5]], right[&key[&5]]);
    for n in [1, 2] {
        assert!(mended[&key[&n]].starts_with("{\"format\":3,"), "{}", mended[&key[&n]]);
    }
}

/// An older build that knows no index has published.
#[tokio::test]
async fn the_nightly_sweep_mends_the_index_of_the_forms() {
    let mut jawort = Jawort::start().await;
    jawort.consent("newsletter", &number(1)).await;
    let right = jawort.value_in_kv("FORMS", "index").await.expect("an index");
    let mut stale: Value = serde_json::from_str(&right).unwrap();
    stale["value"]["forms"].as_array_mut().unwrap().pop();
    let stale = stale.to_string();
    jawort.set_kv("FORMS", &[("index", Some(&stale))]);
    assert_eq!(jawort.value_in_kv("FORMS", "index").await.as_ref(), Some(&stale));
    night(&jawort).await;
    eventually("the registry's index", || async {
        (jawort.value_in_kv("FORMS", "index").await.as_ref() == Some(&right)).then_some(())
    })
    .await;
}

#[tokio::test]
async fn the_nightly_sweep_finds_who_was_lost_and_wakes_what_has_overslept() {
    let mut jawort = Jawort::start().await;
    for n in [1, 2] {
        jawort.consent("newsletter", &number(n)).await;
    }
    jawort.ask_and_get("newsletter", &number(3), 1).await;
    listed(&jawort, 1, &[("marketing", "given")]).await;
    listed(&jawort, 3, &[("marketing", "pending")]).await;
    let (one, three) = (subject(&jawort, 1).await, subject(&jawort, 3).await);
    assert_eq!(jawort.alter("Directory", &format!("DELETE FROM people WHERE subject = '{one}'")), 1);
    assert!(jawort.lose_alarms("Subject") >= 3);
    assert!(jawort.lose_alarms("Directory") >= 1);
    assert!(!people(&jawort, 500).await.contains_key(&one));
    jawort.turn(3 * DAY).await;
    // Nobody but the directory is asked.
    eventually("both", || async {
        let people = people(&jawort, 500).await;
        let expired = people.get(&three).is_some_and(|line| line["states"] == json!([]));
        (people.contains_key(&one) && expired).then_some(())
    })
    .await;
}

#[tokio::test]
async fn who_was_stored_before_there_was_a_directory_is_listed_when_anybody_asks() {
    let mut jawort = Jawort::start().await;
    jawort.consent("newsletter", &number(1)).await;
    listed(&jawort, 1, &[("marketing", "given")]).await;
    let forget = "UPDATE subject SET record = json_remove(record, '$.value.listed_at', '$.value.source')";
    assert_eq!(jawort.alter("Subject", forget), 1);
    assert_eq!(jawort.alter("Directory", "DELETE FROM people"), 1);
    assert!(people(&jawort, 500).await.is_empty());
    let line = listed(&jawort, 1, &[("marketing", "given")]).await;
    assert_eq!((&line["form"], &line["version"]), (&json!("newsletter"), &json!(1)));
}

#[tokio::test]
async fn a_row_that_was_delayed_replaces_no_newer_one() {
    let mut jawort = Jawort::start().await;
    jawort.consent("newsletter", &number(1)).await;
    listed(&jawort, 1, &[("marketing", "given")]).await;
    assert_eq!(jawort.alter("Directory", "UPDATE people SET changed_at = changed_at + 86400000"), 1);
    jawort.reply(&number(1), "STOP").await;
    jawort.sms(&number(1), 2).await;
    let rows: Vec<String> = jawort.stored("Subject", "SELECT id FROM outbox");
    assert_eq!(rows, [""; 0]);
    listed(&jawort, 1, &[("marketing", "given")]).await;
    jawort.later(&number(1), 2 * DAY).await;
    jawort.reply(&number(1), "START").await;
    assert_eq!(listed(&jawort, 1, STOPPED).await["silenced"], false);
}
