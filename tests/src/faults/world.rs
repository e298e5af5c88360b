//! An edge with a provider and an owner's program, and what is seen of a person from outside.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    time::{SystemTime, UNIX_EPOCH},
};

use reqwest::Method;
use rusqlite::Connection;
use serde_json::{Value, json};
use shared::evidence;

use super::{act::Act, person::Person};
use crate::{Answer, DAY, Jawort, Provider, Receiver, Taken, eventually, fictional};

/// The purposes that are declared.
const PURPOSES: [&str; 3] = ["marketing", "booking", "club"];

/// Codes that a world has at first.
pub const CODES: usize = 5000;
/// Tables of a person whose rows are the same at the end, however often something was tried.
const TABLES: [&str; 4] = ["events", "links", "outbox", "requests"];

/// How many rows of each.
pub type Rows = BTreeMap<&'static str, u32>;

pub struct World {
    pub jawort: Jawort,
    pub provider: Provider,
    pub receiver: Receiver,
    /// Seconds that the edge's clock is ahead of this machine's.
    turned: u64,
    people: usize,
}

impl World {
    pub async fn start() -> Self {
        let (provider, receiver) = (Provider::start().await, Receiver::start().await);
        let jawort = Jawort::start_with(&[Receiver::VAR, Provider::VAR]).await;
        let world = Self { jawort, provider, receiver, turned: 0, people: 0 };
        world.put_settings("hallo@blattwerk.example").await.expect(200);
        for (form, purpose, keyword) in [("newsletter", "marketing", "FARN"), ("club", "club", "KLUB")] {
            world.put_form(form, purpose, keyword, 16).await.expect(200);
        }
        let codes: Vec<_> = (0..CODES).map(|n| format!("GRUEN-{n:04}")).collect();
        world.jawort.add_codes("club", &codes).await;
        world
    }

    /// Puts the settings with that address of the owner's.
    pub async fn put_settings(&self, email: &str) -> Answer {
        let change = |settings: &mut Value| {
            self.provider.serve(settings);
            // Hundreds of people, one gateway.
            settings["gateways"][0]["per_second"] = json!(500);
            settings["gateways"][0]["per_day"] = json!(1_000_000);
            settings["webhooks"] = json!([self.receiver.webhook()]);
            settings["limits"]["proof_of_work"] = json!(1000);
            settings["controller"]["email"] = json!(email);
            let purposes = settings["purposes"].as_array_mut().expect("purposes");
            let mut club = purposes[0].clone();
            club["id"] = json!("club");
            club["label"] = json!({ "de": "Angebote für den Club", "en": "offers for the club" });
            club["wording"] = json!({ "de": "Angebote für Mitglieder", "en": "offers for members" });
            club["reward"] = json!({
                "text": { "de": "Danke! Ihr Code: {code}", "en": "Thank you! Your code: {code}" },
                "conditions": { "de": "10 % auf einen Einkauf.", "en": "10 % off one purchase." },
                "code": { "pool": { "warn_at": 1 } },
            });
            purposes.push(club);
        };
        self.jawort.try_settings(change).await
    }

    /// Publishes a form that asks those of this age.
    pub async fn put_form(&self, form: &str, purpose: &str, keyword: &str, age: u32) -> Answer {
        let mut draft = self.jawort.draft("newsletter");
        draft["purposes"] = json!([purpose]);
        draft["countries"] = json!(["DE", "US"]);
        draft["confirm"] = json!("both");
        draft["keywords"] = json!([{ "word": keyword }]);
        draft["age"] = json!(age);
        self.jawort.owner(Method::PUT, &format!("/v1/forms/{form}"), Some(draft)).await
    }

    /// Somebody whom nobody has seen before.
    pub async fn newcomer(&mut self, act: Act) -> Person {
        self.people += 1;
        let number = fictional(self.people);
        let asked = json!({ "number": number });
        let answer = self.jawort.owner(Method::POST, "/v1/subjects", Some(asked)).await.expect(200).json();
        Person::new(act, self.people, number, answer["subject"].as_str().expect("a subject").to_owned())
    }

    pub async fn turn(&mut self, seconds: u64) {
        self.jawort.turn(seconds).await;
        self.turned += seconds;
    }

    /// Ends the edge as a loss of power would, and starts it again at its own time.
    pub fn crash(&mut self) {
        tokio::task::block_in_place(|| {
            self.jawort.pull_the_plug();
            self.keep_time();
            self.jawort.crash();
        });
    }

    fn keep_time(&mut self) {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_millis();
        self.jawort.set_var("JAWORT_CLOCK", &(now + u128::from(self.turned) * 1000).to_string());
    }

    /// Waits for the `count`th SMS of a person.
    pub async fn sms(&self, person: &Person, count: usize) -> Taken {
        eventually("the SMS", || async { self.provider.taken_for(&person.number).get(count - 1).cloned() }).await
    }

    /// Waits until what a person wrote is in the inbox; gives its id.
    pub async fn inbox_entry(&self, person: &Person) -> String {
        eventually("the entry", || async {
            let page = self.jawort.owner(Method::GET, "/v1/inbox", None).await.expect(200).json();
            let entry = page["entries"].as_array()?.iter().find(|entry| entry["subject"] == person.subject)?.clone();
            entry["id"].as_str().map(str::to_owned)
        })
        .await
    }

    /// A person's SMS without what differs from one person to the next.
    pub fn texts(&self, person: &Person) -> Vec<String> {
        self.provider.taken_for(&person.number).iter().map(|sms| alike(&sms.text)).collect()
    }

    /// What the owner was told of a person, each once and in the order in which it first came; with the ids.
    pub fn told(&self, person: &Person) -> Vec<String> {
        let mut ids = BTreeSet::new();
        let new = self.receiver.received_of(&person.subject).into_iter().filter(|it| ids.insert(it.id().to_owned()));
        new.map(|it| {
            let body = it.json();
            format!("{} {}", body["type"].as_str().unwrap_or_default(), body["data"]["purpose"])
        })
        .collect()
    }

    /// Lets whoever has something due wake up.
    pub async fn ring(&self, person: &Person) {
        self.jawort.check(&person.number, "marketing").await;
        self.jawort.webhook_health().await;
        if let Some(batch) = &person.batch {
            self.jawort.owner(Method::GET, &format!("/v1/messages/batch/{batch}"), None).await;
        }
    }

    /// What the owner sees of a person, without what differs from one to the next, and whether the chains hold.
    /// Messages become part of a chain some time after their command, so they are left out where asked.
    pub async fn picture(&self, person: &Person, with_used: bool) -> Value {
        let path = format!("/v1/subjects/{}", person.subject);
        let overview = self.jawort.owner(Method::GET, &path, None).await.expect(200).json();
        let events = overview["events"].as_array().expect("events");
        let keys = self.jawort.public_keys();
        let mut chains = Vec::new();
        for purpose in PURPOSES {
            let chain: Vec<_> = events.iter().filter(|event| event["purpose"] == purpose).cloned().collect();
            let holds = !with_used || evidence::verify(&chain, &keys).is_ok();
            let kinds: Vec<_> = chain.iter().map(|event| event["kind"].clone()).collect();
            let kinds: Vec<_> = kinds.into_iter().filter(|kind| with_used || *kind != "used").collect();
            chains.push(json!([purpose, kinds, holds]));
        }
        let part = |list: &str, names: &[&str]| -> Vec<Value> {
            let rows = overview[list].as_array().expect("a list").iter();
            rows.map(|row| names.iter().map(|name| row[*name].clone()).collect()).collect()
        };
        json!({
            "states": part("states", &["purpose", "state"]),
            "pending": part("pending", &["form", "purposes"]),
            "suppressed": overview["silenced"].as_bool().expect("a word on suppression"),
            "chains": chains,
        })
    }

    /// The purposes for which KV has a record of a person.
    pub async fn in_kv(&self, person: &Person) -> Vec<&'static str> {
        let mut found = Vec::new();
        for purpose in PURPOSES {
            let key = format!("consent/{purpose}/{}", person.subject);
            if self.jawort.value_in_kv("CONSENT", &key).await.is_some() {
                found.push(purpose);
            }
        }
        found
    }

    /// What is stored of each of these subjects when all that time alone does is done: whoever came first has seen more
    /// of it than whoever came last. The edge is ended for that, and started again.
    pub async fn rows(&mut self, subjects: &[String]) -> BTreeMap<String, Rows> {
        // Consents lapse and requests expire; then those are forgotten, and what proved them.
        for days in [3 * 366, 366 + 40] {
            self.turn(days * DAY).await;
            for subject in subjects {
                let path = format!("/v1/subjects/{subject}");
                self.jawort.owner(Method::GET, &path, None).await.expect(200);
            }
            self.jawort.quiet().await;
        }
        tokio::task::block_in_place(|| {
            self.jawort.stop();
            let mut rows: BTreeMap<_, Rows> =
                self.jawort.objects("Subject").iter().filter_map(|file| rows(file)).collect();
            for listed in self.jawort.objects("Directory").iter().flat_map(|file| listed(file)) {
                *rows.entry(listed).or_default().entry("people").or_default() += 1;
            }
            self.keep_time();
            self.jawort.restart();
            rows
        })
    }
}

/// Whose object a file holds, and what is stored there.
fn rows(file: &Path) -> Option<(String, Rows)> {
    let object = Connection::open(file).expect("SQLite");
    let record: String = object.query_row("SELECT record FROM subject", [], |row| row.get(0)).ok()?;
    let record: Value = serde_json::from_str(&record).expect("JSON");
    let id = record["value"]["id"].as_str().expect("an id").to_owned();
    let count = |table: &&'static str| {
        let count = object.query_row(&format!("SELECT COUNT(*) FROM {table}"), [], |row| row.get(0));
        (*table, count.expect("a count"))
    };
    Some((id, TABLES.iter().map(count).collect()))
}

/// Who is listed in a share of the directory.
fn listed(file: &Path) -> Vec<String> {
    let share = Connection::open(file).expect("SQLite");
    let Ok(mut all) = share.prepare("SELECT subject FROM people") else {
        return Vec::new();
    };
    all.query_map([], |row| row.get(0)).expect("rows").map(|row| row.expect("a row")).collect()
}

/// Without links, codes and counts.
fn alike(text: &str) -> String {
    let lines = text.lines().map(|line| if line.contains("://") { "LINK" } else { line });
    lines.collect::<Vec<_>>().join("\n").chars().filter(|c| !c.is_ascii_digit()).collect()
}
