//! The rows of a share of the directory.

use shared::{
    deletion::FORGOTTEN,
    directory::{Listing, Sweep},
    inbox::InboxKey,
    key_ring::SubjectId,
    time::Timestamp,
};
use worker::{Result, SqlStorage, SqlStorageValue};

use super::protocol::{InboxPage, Page, Row};
use crate::platform::{
    sql::{Tables, fault, has_table, rows, run, value},
    stored,
};

/// Without row ids, as a person's tables: a row written is one and not two.
const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS people (subject TEXT PRIMARY KEY, changed_at INTEGER, listing TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS inbox (key TEXT PRIMARY KEY, subject TEXT) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS inbox_of ON inbox (subject);
CREATE TABLE IF NOT EXISTS forgotten (subject TEXT PRIMARY KEY, listed INTEGER, until INTEGER) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sweep (one INTEGER PRIMARY KEY CHECK (one = 1), progress TEXT);";

pub struct Store(SqlStorage);

impl Tables for Store {
    fn make(sql: SqlStorage) -> Result<Self> {
        run(&sql, SCHEMA, Vec::new())?;
        Ok(Self(sql))
    }

    fn find(sql: SqlStorage) -> Result<Option<Self>> {
        if has_table(&sql, "sweep")? { Self::make(sql).map(Some) } else { Ok(None) }
    }
}

impl Store {
    pub fn put(&self, row: &Row) -> Result<()> {
        run(
            &self.0,
            "INSERT INTO people SELECT ?1, ?2, ?3
             WHERE NOT EXISTS (SELECT 1 FROM forgotten WHERE subject = ?1 AND listed >= ?2)
             ON CONFLICT (subject) DO UPDATE SET changed_at = ?2, listing = ?3 WHERE changed_at < ?2",
            vec![row.subject.to_string().into(), row.changed_at.millis().into(), stored::write(&row.listing)?.into()],
        )?;
        self.put_inbox(row)
    }

    /// Where the row is the newest: what its listing says of the inbox, for whoever looks for the oldest of all.
    fn put_inbox(&self, row: &Row) -> Result<()> {
        let is_newest = "EXISTS (SELECT 1 FROM people WHERE subject = ?1 AND changed_at = ?2)";
        let newest = || vec![row.subject.to_string().into(), row.changed_at.millis().into()];
        run(&self.0, &format!("DELETE FROM inbox WHERE subject = ?1 AND {is_newest}"), newest())?;
        let keys: Vec<_> = row.listing.inbox_keys().collect();
        if keys.is_empty() {
            return Ok(());
        }
        let insert = format!("INSERT OR REPLACE INTO inbox SELECT value, ?1 FROM json_each(?3) WHERE {is_newest}");
        let keys: SqlStorageValue = serde_json::to_string(&keys)?.into();
        run(&self.0, &insert, newest().into_iter().chain([keys]).collect())
    }

    pub fn inbox(&self, after: Option<&InboxKey>, most: u32) -> Result<InboxPage> {
        let keys = rows::<1>(
            &self.0,
            "SELECT key FROM inbox WHERE key > ? ORDER BY key LIMIT ?",
            vec![after.map(InboxKey::as_str).unwrap_or_default().into(), i64::from(most).into()],
        )?;
        let open = value(&self.0, "SELECT COUNT(*) FROM inbox", Vec::new())?;
        Ok(InboxPage {
            keys: keys.into_iter().filter_map(|[key]| key.parse().ok()).collect(),
            open: open.and_then(|count| count.parse().ok()).unwrap_or_default(),
        })
    }

    /// Deletes a person's row, unless it is newer, and remembers for a while that no row as old as that may come back.
    pub fn forget(&self, subject: SubjectId, listed: Timestamp, now: Timestamp) -> Result<()> {
        let (subject, listed) = (subject.to_string(), listed.millis());
        run(
            &self.0,
            "DELETE FROM people WHERE subject = ? AND changed_at <= ?",
            vec![subject.as_str().into(), listed.into()],
        )?;
        run(
            &self.0,
            "DELETE FROM inbox WHERE subject = ?1 AND NOT EXISTS (SELECT 1 FROM people WHERE subject = ?1)",
            vec![subject.as_str().into()],
        )?;
        run(
            &self.0,
            "INSERT INTO forgotten VALUES (?1, ?2, ?3)
             ON CONFLICT (subject) DO UPDATE SET listed = MAX(listed, ?2), until = ?3",
            vec![subject.into(), listed.into(), (now + FORGOTTEN).millis().into()],
        )
    }

    /// Forgets who was forgotten long enough ago.
    pub fn forget_forgotten(&self, now: Timestamp) -> Result<()> {
        run(&self.0, "DELETE FROM forgotten WHERE until <= ?", vec![now.millis().into()])
    }

    /// A person's row, where there is one that can be read.
    pub fn row(&self, subject: SubjectId) -> Result<Option<Row>> {
        let found = rows::<3>(
            &self.0,
            "SELECT subject, changed_at, listing FROM people WHERE subject = ?",
            vec![subject.to_string().into()],
        )?;
        Ok(found.into_iter().find_map(|columns| read(columns).ok()))
    }

    pub fn page(&self, after: Option<SubjectId>, most: u32) -> Result<Page> {
        let found = rows::<3>(
            &self.0,
            "SELECT subject, changed_at, listing FROM people WHERE subject > ? ORDER BY subject LIMIT ?",
            vec![after.map(|id| id.to_string()).unwrap_or_default().into(), i64::from(most).into()],
        )?;
        let full = found.len() == usize::try_from(most).unwrap_or(usize::MAX);
        let last = found.last().filter(|_| full).map(|[subject, ..]| id(subject)).transpose()?;
        // What this build can't read stays, and is told of.
        Ok(Page { rows: found.into_iter().filter_map(|columns| read(columns).ok()).collect(), last })
    }

    pub fn sweep(&self) -> Result<Option<Sweep>> {
        let json = value(&self.0, "SELECT progress FROM sweep", Vec::new())?;
        json.map(|json| stored::read(&json)).transpose()
    }

    pub fn put_sweep(&self, sweep: &Sweep) -> Result<()> {
        let progress: SqlStorageValue = stored::write(sweep)?.into();
        run(&self.0, "INSERT INTO sweep VALUES (1, ?1) ON CONFLICT (one) DO UPDATE SET progress = ?1", vec![progress])
    }
}

fn read([subject, changed_at, listing]: [String; 3]) -> Result<Row> {
    let changed_at = Timestamp::from_millis(changed_at.parse().map_err(fault)?);
    let listing: Listing = stored::read(&listing)?;
    Ok(Row { subject: id(&subject)?, changed_at, listing })
}

fn id(text: &str) -> Result<SubjectId> {
    SubjectId::try_from(text.to_owned()).map_err(fault)
}
