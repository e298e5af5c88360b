//! States that builds of the past have left, one of each format: what they stored is opened by every later build.
//!
//! `tests/state/{format}` holds KV and the objects as an edge left them after a story in which every kind of row
//! comes up, its secrets, and what the owner saw at the end. A new format is kept by
//! `cargo run -p tests --example keep_state -- 3`.

mod story;

pub use story::Story;

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use demo::secrets::Secrets;
use flate2::read::GzDecoder;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{Jawort, Link, Provider, Receiver};

/// What is known of a kept state beside what it stored.
#[derive(Serialize, Deserialize)]
pub struct About {
    /// The edge's clock at the end, ms since 1970.
    pub now: u64,
    /// What its links begin with.
    pub origin: String,
    pub secrets: Secrets,
    /// Links in SMS, by what they are for.
    pub links: BTreeMap<String, String>,
    /// Ids of messages and batches, by what they are for.
    pub ids: BTreeMap<String, String>,
    /// Codes of rewards, by the number's digits.
    pub codes: BTreeMap<u8, String>,
    /// Each person as the owner saw them, by the number's digits.
    pub people: BTreeMap<u8, Value>,
    /// Each message as the owner saw it.
    pub messages: BTreeMap<String, Value>,
    /// The forms as anybody could read them.
    pub forms: BTreeMap<String, Value>,
    /// The counts by day, of each form.
    pub stats: BTreeMap<String, Value>,
    pub settings: Value,
}

/// Where the state of a format is kept.
pub fn folder(format: u32) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("state").join(format.to_string())
}

/// The formats that are kept.
///
/// # Panics
/// When the folder can't be read.
pub fn formats() -> Vec<u32> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("state");
    let names = fs::read_dir(folder).expect("tests/state").map(|entry| entry.expect("an entry").file_name());
    let mut formats: Vec<u32> = names.filter_map(|name| name.to_str()?.parse().ok()).collect();
    formats.sort_unstable();
    formats
}

fn unpack(from: &Path, to: &Path) -> io::Result<()> {
    tar::Archive::new(GzDecoder::new(File::open(from)?)).unpack(to)
}

/// An edge with what the story and whoever opens its state need.
fn edge(secrets: Secrets, state: tempfile::TempDir, more: &[(&str, &str)]) -> Jawort {
    Jawort::with(secrets, state, &[&[Provider::VAR, Receiver::VAR], more].concat())
}

impl About {
    /// Reads what is known of a kept state.
    ///
    /// # Panics
    /// When it can't be read.
    pub fn read(format: u32) -> Self {
        let json = fs::read_to_string(folder(format).join("about.json")).expect("about.json");
        serde_json::from_str(&json).expect("what keep_state wrote")
    }

    /// This build on a copy of the kept state, at the time at which it was left.
    ///
    /// # Panics
    /// When it can't be opened.
    pub fn open(&self, format: u32) -> Jawort {
        let state = tempfile::tempdir().expect("a folder");
        unpack(&folder(format).join("edge.tar.gz"), state.path()).expect("an archive");
        edge(self.secrets.clone(), state, &[("JAWORT_CLOCK", &self.now.to_string())])
    }

    /// A link of the story's, at the address where the edge is now.
    ///
    /// # Panics
    /// When the story has none of that name.
    pub fn link(&self, jawort: &Jawort, name: &str) -> Link {
        Link(self.links[name].replace(&self.origin, jawort.url()))
    }
}

/// The settings of the story: an owner's program, and a purpose with codes as its reward.
pub fn settings(settings: &mut Value, receiver: &Receiver) {
    settings["webhooks"] = json!([receiver.webhook()]);
    settings["webhooks"][0]["include_number"] = json!(true);
    let purposes = settings["purposes"].as_array_mut().expect("purposes");
    let mut club = purposes[0].clone();
    club["id"] = json!("club");
    club["label"] = json!({ "de": "Angebote für den Club", "en": "offers for the club" });
    club["wording"] = json!({ "de": "Angebote für Mitglieder des Clubs", "en": "offers for members of the club" });
    club["reward"] = json!({
        "text": { "de": "Danke! Ihr Code: {code}", "en": "Thank you! Your code: {code}" },
        "conditions": { "de": "10 % auf einen Einkauf bis Ende 2030.", "en": "10 % off one purchase until the end of 2030." },
        "code": { "pool": { "warn_at": 1 } },
    });
    purposes.push(club);
}
