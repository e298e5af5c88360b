//! Faults that a test orders: the nth use of the platform fails, or everything stops there.

pub mod act;
pub mod kills;
pub mod matrix;
mod person;
pub mod run;
mod world;

use std::{
    fs::File,
    io::{Read as _, Seek as _, SeekFrom},
    path::PathBuf,
    time::Duration,
};

use serde::{Deserialize, Serialize};

use crate::{Answer, Jawort};

/// What may fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A statement of SQL in an object.
    Sql,
    Kv,
    /// A call to a provider or a webhook.
    Call,
    /// A question to an object.
    Question,
    /// The setting of an alarm.
    Alarm,
}

impl Kind {
    pub const ALL: [Self; 5] = [Self::Sql, Self::Kv, Self::Call, Self::Question, Self::Alarm];

    /// When it may fail: only the end of a turn commits a statement.
    pub const fn moments(self) -> &'static [When] {
        match self {
            Self::Sql => &[When::Before],
            Self::Kv | Self::Call | Self::Question | Self::Alarm => &[When::Before, When::After],
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum When {
    Before,
    /// It was done, and nobody learns it.
    After,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    Error,
    /// An error of which the platform says that it may be tried again.
    Retryable,
    /// The same, where it has too much to do.
    Overloaded,
    Kill,
}

#[derive(Clone, Copy, Debug, Serialize)]
pub struct Fault {
    pub kind: Kind,
    /// From 1.
    pub nth: u32,
    pub how: How,
    pub when: When,
    /// The nth only; else all from there on.
    pub once: bool,
}

/// What was used of the platform since a fault was armed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Seen {
    sql: u32,
    kv: u32,
    call: u32,
    question: u32,
    alarm: u32,
    /// What failed.
    pub fired: Option<String>,
}

impl Seen {
    pub const fn of(&self, kind: Kind) -> u32 {
        match kind {
            Kind::Sql => self.sql,
            Kind::Kv => self.kv,
            Kind::Call => self.call,
            Kind::Question => self.question,
            Kind::Alarm => self.alarm,
        }
    }
}

/// As `edge/src/platform/faults.rs` prints it.
const KILL: &str = "a fault stops everything here: ";

impl Jawort {
    pub async fn arm(&self, fault: Fault) {
        Answer::of(self.post("/simulator/faults").json(&fault)).await.expect(204);
    }

    /// Lets nothing fail any more, and counts from here on.
    pub async fn disarm(&self) {
        self.arm(Fault { kind: Kind::Sql, nth: 0, how: How::Error, when: When::Before, once: true }).await;
    }

    pub async fn seen(&self) -> Seen {
        self.seen_until("false").await
    }

    /// Waits until nothing happens any more; says what was used of the platform until then.
    pub async fn quiet(&self) -> Seen {
        self.seen_until("true").await
    }

    async fn seen_until(&self, quiet: &str) -> Seen {
        let seen = Answer::of(self.get("/simulator/faults").query(&[("quiet", quiet)])).await.expect(200).json();
        serde_json::from_value(seen).expect("counts")
    }

    /// What KV has under a key.
    pub async fn value_in_kv(&self, binding: &str, key: &str) -> Option<String> {
        let asked = self.get("/simulator/kv").query(&[("binding", binding), ("key", key)]);
        Answer::of(asked).await.expect(200).json().as_str().map(str::to_owned)
    }

    /// Where the log ends now.
    ///
    /// # Panics
    /// When there is none.
    pub fn watch(&self) -> Watch {
        let log = self.state_dir().join("edge.log");
        let read = std::fs::metadata(&log).expect("a log").len();
        Watch { log, read, text: String::new() }
    }
}

/// Reads on in an edge's log.
pub struct Watch {
    log: PathBuf,
    read: u64,
    text: String,
}

impl Watch {
    /// What everything stopped before or after, if it did.
    ///
    /// # Panics
    /// When the log can't be read.
    pub fn killed(&mut self) -> Option<String> {
        let mut log = File::open(&self.log).expect("a log");
        log.seek(SeekFrom::Start(self.read)).expect("a place in the log");
        let mut new = Vec::new();
        log.read_to_end(&mut new).expect("the log");
        self.read += new.len() as u64;
        self.text.push_str(&String::from_utf8_lossy(&new));
        let (_, rest) = self.text.split_once(KILL)?;
        rest.split_once('\n').map(|(what, _)| what.to_owned())
    }

    /// Waits until everything stops.
    pub async fn wait(&mut self) -> String {
        loop {
            if let Some(what) = self.killed() {
                return what;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
}
