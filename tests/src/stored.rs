use std::{collections::BTreeMap, fs, path::PathBuf};

use rusqlite::{Connection, types::FromSql};
use shared::{
    evidence::Erasable,
    key_ring::{Key, KeyRing, Sealed},
    stored::{self, Erasables, Record},
};

use crate::Jawort;

impl Jawort {
    /// The SQLite files of the objects of a class: of each that was ever asked.
    ///
    /// # Panics
    /// When an entry can't be read.
    pub fn objects(&self, class: &str) -> Vec<PathBuf> {
        let folder = self.state_dir().join(format!("do/-{class}"));
        let Ok(entries) = fs::read_dir(folder) else {
            return Vec::new();
        };
        let files = entries.map(|entry| entry.expect("an entry").path());
        files
            .filter(|file| file.extension().is_some_and(|it| it == "sqlite") && !file.ends_with("metadata.sqlite"))
            .collect()
    }

    /// What the objects of a class stored: the first column that a query gives, over all of them. The edge is ended
    /// for that, and started again.
    ///
    /// # Panics
    /// When the query can't be run where its tables are.
    pub fn stored<T: FromSql>(&mut self, class: &str, query: &str) -> Vec<T> {
        self.stop();
        let mut found = Vec::new();
        for file in self.objects(class) {
            let objects = Connection::open(file).expect("SQLite");
            let Ok(mut statement) = objects.prepare(query) else {
                continue; // nothing was ever stored in this one
            };
            let rows = statement.query_map([], |row| row.get(0)).expect("rows");
            found.extend(rows.map(|row| row.expect("a row")));
        }
        self.restart();
        found
    }

    /// The files in which a text stands as it is: all that was ever stored, whatever was deleted in it.
    ///
    /// # Panics
    /// When a file can't be read.
    pub fn traces(&mut self, text: &str) -> Vec<String> {
        self.stop();
        let mut found = Vec::new();
        let mut folders = vec![self.state_dir().to_owned()];
        while let Some(folder) = folders.pop() {
            for path in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let bytes = fs::read(&path).expect("a file");
                    if bytes.windows(text.len()).any(|part| part == text.as_bytes()) {
                        found.push(path.display().to_string());
                    }
                }
            }
        }
        self.restart();
        found
    }

    /// What lies beside the events of the one person that is stored, opened with this edge's own secrets.
    ///
    /// # Panics
    /// When it can't be opened.
    pub fn openings(&mut self) -> Vec<Erasable> {
        let person: Vec<String> = self.stored("Subject", "SELECT record FROM subject");
        let person: Record = stored::read(&person[0]).expect("a person");
        let seal = KeyRing::parse(&self.secrets.vars()["JAWORT_SEAL_KEYS"]).expect("keys");
        let key = seal.open("data key", &person.key.expect("a data key")).expect("the data key");
        let key = Key::new(key.try_into().expect("32 bytes"));
        let sealed: Vec<String> = self.stored("Subject", "SELECT erasable FROM events WHERE erasable IS NOT NULL");
        let opened = sealed.into_iter().map(|sealed| {
            let json = String::from_utf8(key.open("erasable", &Sealed(sealed)).expect("openings")).expect("text");
            stored::read::<Erasables>(&json).expect("openings").0
        });
        opened.flatten().collect()
    }

    /// Loses all objects, as when the Worker goes by another name; what KV has stays.
    ///
    /// # Panics
    /// When they can't be deleted.
    pub fn lose_objects(&mut self) {
        self.stop();
        fs::remove_dir_all(self.state_dir().join("do")).expect("objects");
        self.restart();
    }

    /// Changes what the objects of a class stored, as another build would have stored it. Gives how many rows that
    /// were.
    ///
    /// # Panics
    /// When the database can't be opened.
    pub fn alter(&mut self, class: &str, statement: &str) -> usize {
        self.stop();
        let files = self.objects(class);
        let altered = files.into_iter().map(|file| {
            // Where nothing was stored there are no tables.
            Connection::open(file).expect("SQLite").execute(statement, []).unwrap_or(0)
        });
        let altered = altered.sum();
        self.restart();
        altered
    }

    /// Loses the alarms of all objects of a class. Gives how many.
    ///
    /// # Panics
    /// When the database can't be opened.
    pub fn lose_alarms(&mut self, class: &str) -> usize {
        self.stop();
        let alarms = Connection::open(self.state_dir().join(format!("do/-{class}/metadata.sqlite"))).expect("SQLite");
        let lost = alarms.execute("DELETE FROM _cf_ALARM", []).expect("alarms");
        drop(alarms);
        for object in self.objects(class) {
            // Each object keeps the time of its own, too.
            let _ = Connection::open(object).expect("SQLite").execute("DELETE FROM _cf_METADATA WHERE key = 1", []);
        }
        self.restart();
        lost
    }

    /// When the alarms of all objects of a class stand, in milliseconds since 1970. The edge runs on.
    ///
    /// # Panics
    /// When the database can't be opened.
    pub fn alarms(&self, class: &str) -> Vec<i64> {
        let alarms = Connection::open(self.state_dir().join(format!("do/-{class}/metadata.sqlite"))).expect("SQLite");
        let mut alarms = alarms.prepare("SELECT scheduled_time / 1000000 FROM _cf_ALARM").expect("alarms");
        let alarms = alarms.query_map([], |row| row.get(0)).expect("rows");
        alarms.map(|alarm| alarm.expect("a time")).collect()
    }

    /// Lets the alarms of all objects of a class ring now.
    ///
    /// # Panics
    /// When the database can't be opened.
    pub fn ring_alarms(&mut self, class: &str) {
        self.stop();
        let alarms = Connection::open(self.state_dir().join(format!("do/-{class}/metadata.sqlite"))).expect("SQLite");
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("after 1970").as_nanos();
        let now = i64::try_from(now).expect("a time");
        alarms.execute("UPDATE _cf_ALARM SET scheduled_time = ?", [now]).expect("alarms");
        drop(alarms);
        for object in self.objects(class) {
            let _ = Connection::open(object)
                .expect("SQLite")
                .execute("UPDATE _cf_METADATA SET value = ? WHERE key = 1", [now]);
        }
        self.restart();
    }

    /// The database in which KV keeps the keys of a namespace that holds something.
    fn keys(&self, namespace: &str) -> Option<Connection> {
        let folder = fs::read_dir(self.state_dir().join("kv/miniflare-KVNamespaceObject")).expect("databases");
        let files = folder.map(|entry| entry.expect("an entry").path());
        let files = files.filter(|file| file.extension().is_some_and(|it| it == "sqlite"));
        let databases = files.map(|file| Connection::open(file).expect("SQLite"));
        databases.into_iter().find(|keys| {
            let blob = keys.query_row("SELECT blob_id FROM _mf_entries LIMIT 1", [], |row| row.get::<_, String>(0));
            blob.is_ok_and(|blob| self.blob(namespace, &blob).exists())
        })
    }

    fn blob(&self, namespace: &str, id: &str) -> PathBuf {
        self.state_dir().join(format!("kv/{namespace}/blobs/{id}"))
    }

    /// All that a namespace of KV holds.
    ///
    /// # Panics
    /// When it can't be read.
    pub fn kv(&mut self, namespace: &str) -> BTreeMap<String, String> {
        self.stop();
        let mut found = BTreeMap::new();
        if let Some(keys) = self.keys(namespace) {
            let mut all = keys.prepare("SELECT key, blob_id FROM _mf_entries").expect("entries");
            let all = all.query_map([], |row| Ok((row.get(0)?, row.get::<_, String>(1)?))).expect("rows");
            for (key, blob) in all.map(|row| row.expect("a row")) {
                found.insert(key, fs::read_to_string(self.blob(namespace, &blob)).expect("text"));
            }
        }
        self.restart();
        found
    }

    /// Puts values into a namespace of KV that holds something, or takes them out.
    ///
    /// # Panics
    /// When it can't be written.
    pub fn set_kv(&mut self, namespace: &str, entries: &[(&str, Option<&str>)]) {
        self.stop();
        let keys = self.keys(namespace).expect("a namespace that holds something");
        for (key, value) in entries {
            keys.execute("DELETE FROM _mf_entries WHERE key = ?", [key]).expect("deleted");
            if let Some(value) = value {
                let blob = key.replace('/', "-");
                fs::write(self.blob(namespace, &blob), value).expect("written");
                keys.execute("INSERT INTO _mf_entries (key, blob_id) VALUES (?, ?)", [*key, &blob]).expect("put");
            }
        }
        drop(keys);
        self.restart();
    }

    /// Replaces a text in what a namespace of KV holds. Gives in how many values.
    ///
    /// # Panics
    /// When a file can't be read or written.
    pub fn alter_kv(&mut self, namespace: &str, from: &str, to: &str) -> usize {
        self.stop();
        assert_eq!(from.len(), to.len(), "KV keeps the size of each value");
        let blobs = fs::read_dir(self.state_dir().join(format!("kv/{namespace}/blobs"))).expect("blobs");
        let mut altered = 0;
        for blob in blobs.map(|entry| entry.expect("an entry").path()) {
            let text = fs::read_to_string(&blob).expect("text");
            if text.contains(from) {
                fs::write(&blob, text.replace(from, to)).expect("written");
                altered += 1;
            }
        }
        self.restart();
        altered
    }
}
