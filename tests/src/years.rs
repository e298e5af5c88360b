//! Years that pass as they would: nobody asks anything, and alarms come by themselves.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use rusqlite::{Connection, OpenFlags, types::ValueRef};
use shared::key_ring::KeyRing;

use crate::Jawort;

/// The simulated phone may know numbers.
const PHONE: &str = "-Phone";
/// The runtime keeps the times of alarms in nanoseconds.
const SECOND: i64 = 1_000_000_000;
/// All that is due comes within this time.
const PATIENCE: Duration = Duration::from_secs(40);

/// A row of an object, as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub class: String,
    pub table: String,
    pub columns: BTreeMap<String, String>,
}

/// An edge whose clock stands so far ahead.
pub struct Years {
    pub jawort: Jawort,
    seconds: u64,
}

fn millis() -> u128 {
    SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_millis()
}

fn sqlite(folder: &Path) -> Vec<PathBuf> {
    let files = fs::read_dir(folder).expect("objects").map(|entry| entry.expect("an entry").path());
    files.filter(|file| file.extension().is_some_and(|end| end == "sqlite")).collect()
}

impl Years {
    pub fn new(jawort: Jawort) -> Self {
        Self { jawort, seconds: 0 }
    }

    /// Of an edge whose clock stands at that time, ms since 1970.
    pub fn from(jawort: Jawort, now: u64) -> Self {
        let ahead = u128::from(now).saturating_sub(millis()) / 1000;
        Self { jawort, seconds: ahead.try_into().expect("not so far") }
    }

    fn classes(&self) -> Vec<PathBuf> {
        let all = fs::read_dir(self.jawort.state_dir().join("do")).expect("objects");
        all.map(|entry| entry.expect("an entry").path()).collect()
    }

    /// Lets time pass, and with it the alarms that come meanwhile: each when the next step ends.
    pub async fn pass(&mut self, seconds: u64) {
        self.jawort.stop();
        self.seconds += seconds;
        let earlier = i64::try_from(seconds).expect("not so long") * SECOND;
        for file in self.classes().iter().flat_map(|class| sqlite(class)) {
            let object = Connection::open(file).expect("SQLite");
            for alarms in [
                "UPDATE _cf_ALARM SET scheduled_time = scheduled_time - ?",
                "UPDATE _cf_METADATA SET value = value - ? WHERE key = 1",
            ] {
                // Either in the list of all alarms or in an object with one.
                let _ = object.execute(alarms, [earlier]);
            }
        }
        self.restart();
        self.settle().await;
    }

    /// Starts the edge again, at its own time.
    fn restart(&mut self) {
        let now = millis() + u128::from(self.seconds) * 1000;
        self.jawort.set_var("JAWORT_CLOCK", &now.to_string());
        self.jawort.restart();
    }

    /// Waits until nothing is due any more.
    async fn settle(&self) {
        let deadline = tokio::time::Instant::now() + PATIENCE;
        loop {
            self.jawort.quiet().await;
            let soon = i64::try_from(millis()).expect("not so late") * (SECOND / 1000) + SECOND;
            let due: i64 = self.classes().iter().map(|class| due(class, soon)).sum();
            if due == 0 {
                return;
            }
            assert!(tokio::time::Instant::now() < deadline, "{due} alarms are due and don't come");
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    }

    /// All that objects hold, the simulated phone's aside, and KV as a table of its own.
    pub fn stored(&mut self) -> Vec<Row> {
        let kv = self.jawort.kv("CONSENT").into_iter().map(|(key, value)| Row {
            class: "KV".to_owned(),
            table: "CONSENT".to_owned(),
            columns: [("key".to_owned(), key), ("value".to_owned(), value)].into(),
        });
        let mut found: Vec<_> = kv.collect();
        self.jawort.stop();
        for class in self.classes().iter().filter(|class| !class.ends_with(PHONE)) {
            let name = class.file_name().expect("a name").to_string_lossy().trim_start_matches('-').to_owned();
            found.extend(sqlite(class).iter().flat_map(|file| rows(&name, file)));
        }
        self.restart();
        found
    }

    /// The keys that wrap data keys.
    pub fn seal_keys(&self) -> KeyRing {
        KeyRing::parse(&self.jawort.secrets.vars()["JAWORT_SEAL_KEYS"]).expect("keys")
    }
}

/// How many alarms of a class come before that.
fn due(class: &Path, before: i64) -> i64 {
    let alarms = Connection::open_with_flags(class.join("metadata.sqlite"), OpenFlags::SQLITE_OPEN_READ_ONLY);
    let count = "SELECT COUNT(*) FROM _cf_ALARM WHERE scheduled_time <= ?";
    // Where it is being written, it is looked at again.
    alarms.and_then(|alarms| alarms.query_row(count, [before], |row| row.get(0))).unwrap_or(1)
}

fn rows(class: &str, file: &Path) -> Vec<Row> {
    let object = Connection::open(file).expect("SQLite");
    let names = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\'";
    let mut names = object.prepare(names).expect("tables");
    let tables: Vec<String> =
        names.query_map([], |row| row.get(0)).expect("rows").map(|it| it.expect("a name")).collect();
    let of = |table: &String| {
        let mut all = object.prepare(&format!("SELECT * FROM {table}")).expect("a table");
        let columns: Vec<_> = all.column_names().map(str::to_owned).collect();
        let text = |value: ValueRef| match value {
            ValueRef::Null => String::new(),
            ValueRef::Integer(number) => number.to_string(),
            ValueRef::Real(number) => number.to_string(),
            ValueRef::Text(text) | ValueRef::Blob(text) => String::from_utf8_lossy(text).into_owned(),
        };
        let found = all.query_map([], |row| {
            columns.iter().enumerate().map(|(n, name)| Ok((name.clone(), text(row.get_ref(n)?)))).collect()
        });
        let found: Vec<_> = found.expect("rows").map(|columns| columns.expect("a row")).collect();
        found
            .into_iter()
            .map(|columns| Row { class: class.to_owned(), table: table.clone(), columns })
            .collect::<Vec<_>>()
    };
    tables.iter().flat_map(of).collect()
}
