//! Rows of a gateway with a date of their own: what could not be read, under which ids SMS were
//! taken, what its list has shown, and when that is read next.

use shared::{
    deletion::{FOUND, TAKEN},
    ids::GatewayId,
    message::MessageId,
    time::Timestamp,
};
use worker::{Result, SqlStorage};

use crate::platform::sql::{fault, has_table, rows, run, value};

pub(super) const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS unread (id INTEGER PRIMARY KEY, until INTEGER, record TEXT, answer TEXT);
CREATE TABLE IF NOT EXISTS taken (id TEXT PRIMARY KEY, message TEXT, until INTEGER) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS found (id TEXT PRIMARY KEY, until INTEGER) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS watch (one INTEGER PRIMARY KEY CHECK (one = 1), gateway TEXT, due INTEGER);";

/// No provider's id of an SMS has a space.
fn read_through(number: &str) -> String {
    format!("through {number}")
}

/// The rows; tables are made by what writes to them.
pub struct Store(pub(super) SqlStorage);

impl Store {
    pub fn of(sql: SqlStorage) -> Self {
        Self(sql)
    }

    pub(super) fn is_made(&self) -> Result<bool> {
        has_table(&self.0, "unread")
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
        for table in ["unread", "taken", "found"] {
            run(&self.0, &format!("DELETE FROM {table} WHERE until <= ?"), vec![now.millis().into()])?;
        }
        Ok(())
    }

    /// The gateway whose list is read, and when next.
    pub fn watch(&self) -> Result<Option<(GatewayId, Timestamp)>> {
        if !self.is_made()? {
            return Ok(None);
        }
        let row = rows(&self.0, "SELECT gateway, due FROM watch", Vec::new())?.into_iter().next();
        row.map(|[gateway, due]| {
            let due = Timestamp::from_millis(due.parse().map_err(fault)?);
            Ok((gateway.parse().map_err(fault)?, due))
        })
        .transpose()
    }

    pub fn put_watch(&self, gateway: &GatewayId, due: Timestamp) -> Result<()> {
        run(&self.0, SCHEMA, Vec::new())?;
        let values = vec![gateway.as_str().into(), due.millis().into()];
        run(&self.0, "INSERT INTO watch VALUES (1, ?1, ?2) ON CONFLICT (one) DO UPDATE SET due = ?2", values)
    }

    pub fn end_watch(&self) -> Result<()> {
        run(&self.0, "DELETE FROM watch", Vec::new())
    }

    pub fn has_found(&self, id: &str) -> Result<bool> {
        Ok(value(&self.0, "SELECT 1 FROM found WHERE id = ?", vec![id.into()])?.is_some())
    }

    pub fn note_found(&self, id: &str, now: Timestamp) -> Result<()> {
        run(&self.0, "INSERT OR REPLACE INTO found VALUES (?, ?)", vec![id.into(), (now + FOUND).millis().into()])
    }

    /// Whether all that the list has of a number of ours was taken when it was last read.
    pub fn is_read_through(&self, number: &str) -> Result<bool> {
        self.has_found(&read_through(number))
    }

    /// Notes whether it was.
    pub fn note_read(&self, number: &str, through: bool, now: Timestamp) -> Result<()> {
        if through {
            return self.note_found(&read_through(number), now);
        }
        run(&self.0, "DELETE FROM found WHERE id = ?", vec![read_through(number).into()])
    }

    /// When something is to be deleted, or looked for, next.
    pub fn next_due(&self) -> Result<Option<Timestamp>> {
        if !self.is_made()? {
            return Ok(None);
        }
        let first = "SELECT MIN(at) FROM (SELECT MIN(until) AS at FROM unread UNION ALL SELECT MIN(until) FROM taken
                     UNION ALL SELECT MIN(until) FROM found UNION ALL SELECT MIN(due) FROM watch)";
        let first = value(&self.0, first, Vec::new())?;
        Ok(first.and_then(|until| until.parse().ok()).map(Timestamp::from_millis))
    }
}
