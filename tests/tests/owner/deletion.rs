//! Each kind of data goes on its date (`docs/deletion.md`), by alarms alone: years pass in which nobody asks anything,
//! and then it is read what is stored.

use reqwest::Method;
use serde_json::{Value, json};
use shared::{
    evidence::Erasable,
    key_ring::{Key, Sealed, SealedBy},
    stored::{self, Erasables, Record},
};
use tests::{
    DAY, Jawort, Link, Row, Years,
    kept::{self, About},
    number,
};

/// Digits of the numbers of one story, by what becomes of each.
const NEVER_AGREED: u8 = 1;
const UNKNOWN: u8 = 2;
const WITHDRAWN: u8 = 3;
const LAPSED: u8 = 4;
const ERASED: u8 = 5;
const OBJECTED: u8 = 6;
const STRANGER: u8 = 7;
const REFUSED: u8 = 8;
const STOPPED: u8 = 9;
const WROTE: u8 = 10;
const ALL: [u8; 10] = [NEVER_AGREED, UNKNOWN, WITHDRAWN, LAPSED, ERASED, OBJECTED, STRANGER, REFUSED, STOPPED, WROTE];

struct Story {
    years: Years,
    /// The link of whoever said no.
    refused: Link,
    /// By the number's digits.
    subjects: Vec<(u8, String)>,
}

/// An edge with codes as a reward, and people who do one thing each.
async fn story() -> Story {
    let jawort = Jawort::start().await;
    jawort
        .put_settings(|settings| {
            settings["purposes"][0]["reward"] = json!({
                "text": { "de": "Danke! Ihr Code: {code}", "en": "Thank you! Your code: {code}" },
                "conditions": { "de": "10 % bis Ende 2030.", "en": "10 % until the end of 2030." },
                "code": { "pool": { "warn_at": 0 } },
            });
        })
        .await;
    jawort.add_codes("marketing", &(0..9).map(|n| format!("GRUEN-{n}")).collect::<Vec<_>>()).await;
    jawort.ask_and_get("newsletter", &number(NEVER_AGREED), 1).await;
    for (n, text) in [(UNKNOWN, "INFO"), (WROTE, "Farne sind grün")] {
        jawort.reply(&number(n), text).await;
        jawort.sms(&number(n), 1).await;
    }
    for n in [WITHDRAWN, LAPSED, ERASED, OBJECTED, STRANGER] {
        let link = jawort.consent("newsletter", &number(n)).await;
        jawort.sms(&number(n), 2).await; // the code
        match n {
            WITHDRAWN => drop(jawort.tap(&link, &[("action", "withdraw")]).await.page(200)),
            OBJECTED => drop(jawort.tap(&link, &[("action", "object")]).await.page(200)),
            ERASED | STRANGER => {
                jawort.reply(&number(n), "INFO").await;
                let fresh = jawort.sms(&number(n), 3).await.link();
                jawort.tap(&fresh, &[("action", "erase"), ("understood", "yes")]).await.page(200);
            }
            _ => {}
        }
    }
    jawort.ask("newsletter", &number(STRANGER)).await;
    let refused = jawort.ask_and_get("newsletter", &number(REFUSED), 1).await;
    jawort.tap(&refused, &[("action", "refuse")]).await.page(200);
    jawort.reply(&number(STOPPED), "STOP").await;
    jawort.sms(&number(STOPPED), 1).await;
    jawort.quiet().await;
    let mut subjects = Vec::new();
    for n in ALL {
        subjects.push((n, jawort.overview(&number(n)).await["subject"].as_str().unwrap().to_owned()));
    }
    Story { years: Years::new(jawort), refused, subjects }
}

impl Story {
    fn subject(&self, n: u8) -> &str {
        &self.subjects.iter().find(|(of, _)| *of == n).unwrap().1
    }

    /// Lets days pass, two hundred at a time, since alarms set alarms.
    async fn pass(&mut self, days: u64) {
        let mut left = days;
        while left > 0 {
            let step = left.min(200);
            self.years.pass(step * DAY).await;
            left -= step;
        }
    }
}

/// The rows of all who are stored, by subject.
fn people(rows: &[Row]) -> Vec<Record> {
    let records = rows.iter().filter(|row| (row.class.as_str(), row.table.as_str()) == ("Subject", "subject"));
    records.map(|row| stored::read(&row.columns["record"]).unwrap()).collect()
}

fn person<'a>(rows: &'a [Record], subject: &str) -> Option<&'a Record> {
    rows.iter().find(|record| record.id.to_string() == subject)
}

/// Whether anything that is stored anywhere names somebody.
fn named<'a>(rows: &'a [Row], subject: &str) -> Vec<&'a Row> {
    rows.iter().filter(|row| row.columns.values().any(|text| text.contains(subject))).collect()
}

/// Of an object's tables: those that hold something.
fn tables(rows: &[Row], class: &str) -> Vec<String> {
    let mut tables: Vec<_> = rows.iter().filter(|row| row.class == class).map(|row| row.table.clone()).collect();
    tables.sort();
    tables.dedup();
    tables
}

/// The values beside the events of all, by whose data key opens them.
fn values(story: &Story, rows: &[Row]) -> Vec<Erasable> {
    let keys = people(rows).into_iter().filter_map(|record| record.key);
    let open =
        |wrapped: SealedBy| Key::new(story.years.seal_keys().open("data key", &wrapped).unwrap().try_into().unwrap());
    let keys: Vec<Key> = keys.map(open).collect();
    let sealed = rows.iter().filter_map(|row| row.columns.get("erasable").filter(|sealed| !sealed.is_empty()));
    let opened = sealed.map(|sealed| {
        let open = |key: &Key| key.open("erasable", &Sealed(sealed.clone())).ok();
        let plain = keys.iter().find_map(open).expect("somebody's key");
        stored::read::<Erasables>(&String::from_utf8(plain).unwrap()).unwrap().0
    });
    opened.flatten().collect()
}

/// Looks that nothing but a keyed hash is left of somebody.
#[track_caller]
fn is_a_hash_alone(record: &Record, n: u8) {
    let Record { key, number, contact, source, state, .. } = record;
    assert!(key.is_none() && number.is_none() && contact.is_none() && source.is_none(), "{n}: {record:?}");
    assert_eq!(serde_json::to_value(state).unwrap()["silence"], json!("until_allowed"), "{n}");
    // The links that lift it are known by their generation.
    let shared::subject::State { suppression, generation, broken, .. } = *state;
    let rest = shared::subject::State { suppression, generation, broken, ..Default::default() };
    assert_eq!(state, &rest, "{n}");
}

async fn at_once(story: &mut Story) {
    let rows = story.years.stored();
    let all = people(&rows);
    let stranger = person(&all, story.subject(STRANGER)).unwrap();
    assert!(stranger.number.is_none() && stranger.key.is_none(), "a stranger's request brings no erased number back");
    assert!(values(story, &rows).iter().any(|value| value.name == "network"));
}

async fn after_two_days(story: &mut Story) {
    story.pass(2).await;
    let all = people(&story.years.stored());
    assert!(person(&all, story.subject(UNKNOWN)).is_none(), "whom we answered a day ago");
    assert!(person(&all, story.subject(WROTE)).unwrap().number.is_some(), "what they wrote waits for a human");
    let stopped = person(&all, story.subject(STOPPED)).unwrap();
    assert!(stopped.number.is_none() && stopped.key.is_none() && stopped.contact.is_none());
}

async fn a_month_later(story: &mut Story) {
    story.pass(31).await;
    let rows = story.years.stored();
    let all = people(&rows);
    for n in [NEVER_AGREED, UNKNOWN, STOPPED, WROTE] {
        assert!(person(&all, story.subject(n)).is_none(), "{n}");
        assert_eq!(named(&rows, story.subject(n)).iter().filter(|row| row.table != "forgotten").count(), 0, "{n}");
    }
    is_a_hash_alone(person(&all, story.subject(REFUSED)).unwrap(), REFUSED);
    for n in [WITHDRAWN, LAPSED, OBJECTED] {
        assert!(person(&all, story.subject(n)).unwrap().number.is_some(), "{n}: it is still to be proven");
    }
    assert!(rows.iter().all(|row| row.table != "requests"), "no request is left");
    assert_eq!(rows.iter().filter(|row| row.table == "links" && row.columns["record"].contains("Fresh")).count(), 0);
    let values = values(story, &rows);
    assert!(values.iter().any(|value| value.name == "number"), "{values:?}");
    assert!(values.iter().all(|value| !["network", "user_agent"].contains(&value.name.as_str())), "{values:?}");
    for n in [WITHDRAWN, LAPSED, OBJECTED] {
        // Removed, and not forged.
        assert!(!story.years.jawort.chain(&number(n), "marketing").await.is_empty());
    }
}

async fn after_four_years(story: &mut Story) {
    story.pass(4 * 366 - 33).await;
    let rows = story.years.stored();
    let all = people(&rows);
    let left: Vec<_> = all.iter().map(|record| record.id.to_string()).collect();
    assert_eq!(left.len(), 2, "{all:?}");
    for n in [REFUSED, OBJECTED] {
        is_a_hash_alone(person(&all, story.subject(n)).unwrap(), n);
    }
    assert_eq!(tables(&rows, "Subject"), ["links", "subject"], "nothing but how those two can lift it");
    let bare = json!({ "form": null, "lang": "de", "generation": 0, "kind": "WayOut", "end": null });
    for row in rows.iter().filter(|row| row.table == "links") {
        assert_eq!(serde_json::from_str::<Value>(&row.columns["record"]).unwrap()["value"], bare);
    }
    for (n, subject) in &story.subjects {
        let of = named(&rows, subject);
        let wanted = if [REFUSED, OBJECTED].contains(n) { 2 } else { 0 };
        assert_eq!(of.len(), wanted, "{n}: {of:?}");
    }
    assert!(rows.iter().all(|row| !tests::has_number(&format!("{:?}", row.columns))), "no number anywhere");
    assert_eq!(tables(&rows, "KV"), [""; 0]);
    let codes: Vec<_> = rows.iter().filter(|row| row.table == "codes").collect();
    assert!(codes.len() == 9 && codes.iter().all(|row| row.columns["subject"].is_empty()), "{codes:?}");
    let list = story.years.jawort.owner(Method::GET, "/v1/subjects", None).await.expect(200).json();
    let states: Vec<_> = list["subjects"].as_array().unwrap().iter().map(|line| line["states"].clone()).collect();
    assert_eq!(states, [json!([]), json!([])]);
}

async fn who_is_left_is_left_alone_and_can_lift_it(story: &mut Story) {
    for n in [REFUSED, OBJECTED] {
        story.years.jawort.ask("newsletter", &number(n)).await;
    }
    story.years.jawort.quiet().await;
    assert_eq!(story.years.jawort.inbox(&number(REFUSED)).await.len(), 1, "the no still counts");
    assert_eq!(story.years.jawort.inbox(&number(OBJECTED)).await.len(), 2, "the objection still counts");
    for record in people(&story.years.stored()) {
        assert!(record.number.is_none() && record.contact.is_none(), "{record:?}");
    }
    // The link of the one SMS still lifts it; then nothing is left of that person either.
    let page = story.years.jawort.tap(&story.refused, &[("action", "allow")]).await.page(200);
    assert!(page.contains("Die Sperre ist aufgehoben") && !page.contains("fresh_link"), "{page}");
    story.pass(2).await;
    let rows = story.years.stored();
    assert_eq!(person(&people(&rows), story.subject(REFUSED)), None);
    assert_eq!(people(&rows).len(), 1);
}

#[tokio::test]
async fn after_four_years_nobody_is_left_but_those_who_want_no_requests() {
    let mut story = story().await;
    at_once(&mut story).await;
    after_two_days(&mut story).await;
    a_month_later(&mut story).await;
    after_four_years(&mut story).await;
    who_is_left_is_left_alone_and_can_lift_it(&mut story).await;
}

#[tokio::test]
async fn who_comes_back_begins_anew() {
    let jawort = Jawort::start().await;
    jawort.ask_and_get("newsletter", &number(1), 1).await;
    let subject = jawort.overview(&number(1)).await["subject"].as_str().unwrap().to_owned();
    let mut years = Years::new(jawort);
    for days in [3, 31] {
        years.pass(days * DAY).await;
    }
    assert!(people(&years.stored()).is_empty());
    let jawort = &years.jawort;
    let link = jawort.ask_and_get("newsletter", &number(1), 2).await;
    jawort.tap(&link, &[("action", "confirm")]).await.page(200);
    assert_eq!(jawort.standing(&number(1), "marketing").await, "allowed");
    assert_eq!(jawort.chain(&number(1), "marketing").await.len(), 1);
    let listed = tests::eventually("the row", || async {
        let list = jawort.owner(Method::GET, "/v1/subjects", None).await.expect(200).json();
        list["subjects"].as_array()?.iter().find(|line| line["states"][0]["state"] == "given").cloned()
    });
    assert_eq!(listed.await["subject"], Value::String(subject));
}

#[tokio::test]
async fn what_an_earlier_build_stored_has_the_same_dates() {
    for format in kept::formats() {
        let about = About::read(format);
        let mut years = Years::from(about.open(format), about.now);
        // Requests expire and are forgotten; consents lapse; the third year ends.
        for days in [3, 31, 19 * 31, 31, 3 * 366, 31] {
            years.pass(days * DAY).await;
            // Whom no earlier build has listed, nobody but a caller finds.
            for n in about.people.keys() {
                years.jawort.check(&number(*n), "marketing").await;
            }
        }
        let rows = years.stored();
        let left = people(&rows);
        for record in &left {
            is_a_hash_alone(record, 0);
        }
        let refused: Vec<_> = [4, 7, 15].map(|n: u8| about.people[&n]["subject"].clone()).into();
        let left: Vec<_> = left.iter().map(|record| json!(record.id.to_string())).collect();
        assert!(left.len() == refused.len() && refused.iter().all(|it| left.contains(it)), "{format}: {left:?}");
        assert_eq!(tables(&rows, "Subject"), ["links", "subject"], "{format}");
        assert_eq!(tables(&rows, "KV"), [""; 0], "{format}");
        assert!(rows.iter().all(|row| !tests::has_number(&format!("{:?}", row.columns))), "{format}");
    }
}
