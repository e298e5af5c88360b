//! Rows of a gateway with a date of their own: what could not be read, and under which ids SMS were taken.

use shared::{
    deletion::{TAKEN, UNREAD},
    message::MessageId,
    stored::{Sealing, Unread},
    time::Timestamp,
};
use worker::{Result, SqlStorage};

use crate::platform::{
    secrets::{Secrets, random},
    sql::{fault, has_table, run, value},
    stored,
};

/// The most webhooks that are kept unread; the oldest go first.
const MOST_UNREAD: i64 = 500;

const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS unread (id INTEGER PRIMARY KEY, until INTEGER, record TEXT);
CREATE TABLE IF NOT EXISTS taken (id TEXT PRIMARY KEY, message TEXT, until INTEGER) WITHOUT ROWID;";

/// The rows; tables are made by what writes to them.
pub struct Store(SqlStorage);

impl Store {
    pub fn of(sql: SqlStorage) -> Self {
        Self(sql)
    }

    fn is_made(&self) -> Result<bool> {
        has_table(&self.0, "unread")
    }

    pub fn keep_unread(&self, unread: &Unread, secrets: &Secrets, now: Timestamp) -> Result<()> {
        let plain = stored::write(unread)?;
        let sealed = secrets.seal.seal(random(), "unread", plain.as_bytes()).map_err(fault)?;
        run(&self.0, SCHEMA, Vec::new())?;
        self.forget_by_date(now)?;
        let values = vec![(now + UNREAD).millis().into(), stored::write(&Sealing(sealed))?.into()];
        run(&self.0, "INSERT INTO unread (until, record) VALUES (?, ?)", values)?;
        let newest = "DELETE FROM unread WHERE id NOT IN (SELECT id FROM unread ORDER BY id DESC LIMIT ?)";
        run(&self.0, newest, vec![MOST_UNREAD.into()])
    }

    pub fn count_unread(&self) -> Result<u32> {
        if !self.is_made()? {
            return Ok(0);
        }
        let count = value(&self.0, "SELECT COUNT(*) FROM unread", Vec::new())?;
        Ok(count.and_then(|count| count.parse().ok()).unwrap_or_default())
    }

    pub fn note_taken(&self, id: &str, message: MessageId, now: Timestamp) -> Result<()> {
        run(&self.0, SCHEMA, Vec::new())?;
        let values = vec![id.into(), message.to_string().into(), (now + TAKEN).millis().into()];
        run(&self.0, "INSERT OR REPLACE INTO taken VALUES (?, ?, ?)", values)
    }

    pub fn find_taken(&self, id: &str) -> Result<Option<MessageId>> {
        if !self.is_made()? {
            return Ok(None);
        }
        let found = value(&self.0, "SELECT message FROM taken WHERE id = ?", vec![id.into()])?;
        Ok(found.and_then(|message| message.parse().ok()))
    }

    /// Deletes what was kept long enough.
    pub fn forget_by_date(&self, now: Timestamp) -> Result<()> {
        if !self.is_made()? {
            return Ok(());
        }
        for statement in ["DELETE FROM unread WHERE until <= ?", "DELETE FROM taken WHERE until <= ?"] {
            run(&self.0, statement, vec![now.millis().into()])?;
        }
        Ok(())
    }

    /// When something is to be deleted next.
    pub fn next_due(&self) -> Result<Option<Timestamp>> {
        if !self.is_made()? {
            return Ok(None);
        }
        let first =
            "SELECT MIN(until) FROM (SELECT MIN(until) AS until FROM unread UNION ALL SELECT MIN(until) FROM taken)";
        let first = value(&self.0, first, Vec::new())?;
        Ok(first.and_then(|until| until.parse().ok()).map(Timestamp::from_millis))
    }
}
