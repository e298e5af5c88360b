use std::{fs, path::PathBuf};

use rusqlite::{Connection, types::FromSql};

use crate::Jawort;

impl Jawort {
    /// The SQLite files of the objects of a class.
    pub(crate) fn objects(&self, class: &str) -> Vec<PathBuf> {
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

    /// Changes what the objects of a class stored, as another build would have stored it. Gives how many rows that were.
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
