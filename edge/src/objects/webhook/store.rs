//! The rows of a share of a webhook.

use std::cell::RefCell;

use serde_json::value::to_raw_value;
use shared::{
    actor::Actor,
    backoff, deletion,
    ids::WebhookId,
    key_ring::SealedBy,
    settings,
    stored::{DisabledWebhook, LastError, Sealing, WebhookBody},
    time::{Span, Timestamp},
    webhook::Body,
    wire::WebhookError,
};
use worker::{Result, SqlStorage, SqlStorageValue};

use super::protocol::{Event, Health};
use crate::platform::{
    secrets::random,
    sql::{Tables, add_columns, fault, has_table, known_format, rows, run, value},
    stored::{self, PassedOver},
};

/// `due` is empty where an event is over, or waits behind an earlier one of its subject.
const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS events (seq INTEGER PRIMARY KEY, id TEXT UNIQUE, subject TEXT, at INTEGER, body TEXT,
    number TEXT, state TEXT, attempts INTEGER, due INTEGER, stored INTEGER, reference TEXT);
CREATE INDEX IF NOT EXISTS due ON events (due) WHERE due IS NOT NULL;
CREATE INDEX IF NOT EXISTS waiting ON events (subject, seq) WHERE state = 'waiting';
CREATE INDEX IF NOT EXISTS failed ON events (seq) WHERE state = 'failed';
CREATE INDEX IF NOT EXISTS stored ON events (stored);
CREATE TABLE IF NOT EXISTS share (one INTEGER PRIMARY KEY, webhook TEXT, disabled TEXT, missing_secret INTEGER,
    error TEXT, format INTEGER DEFAULT 1, replayed_by TEXT);";

/// What rows of `share` had not before they had a format.
const LATER: &[(&str, &str)] = &[("format", "INTEGER DEFAULT 1"), ("replayed_by", "TEXT")];

/// What rows of `events` had not before there were references.
const LATER_OF_EVENTS: &[(&str, &str)] = &[("reference", "TEXT")];

/// The format of rows of `share` that this build writes.
const FORMAT: i32 = 2;

/// An attempt that nobody sees the end of, and that is the last one, is noted as failed so much later.
const LAST: Span = Span::minutes(1);
/// Events are kept for so long, to be replayed.
pub const KEPT: Span = deletion::WEBHOOK_EVENT;

/// An event that is due.
pub struct Waiting {
    seq: i64,
    pub id: String,
    subject: String,
    pub body: String,
    /// The number, sealed.
    pub number: Option<SealedBy>,
    /// The owner's reference, sealed.
    pub reference: Option<SealedBy>,
    /// Attempts before.
    attempts: u32,
}

pub struct Store {
    sql: SqlStorage,
    /// Events that this build can't read, by their `seq`.
    unreadable: RefCell<PassedOver<i64>>,
}

impl Tables for Store {
    fn make(sql: SqlStorage) -> Result<Self> {
        run(&sql, SCHEMA, Vec::new())?;
        Self::open(sql)
    }

    fn find(sql: SqlStorage) -> Result<Option<Self>> {
        if has_table(&sql, "share")? { Self::open(sql).map(Some) } else { Ok(None) }
    }
}

impl Store {
    fn open(sql: SqlStorage) -> Result<Self> {
        add_columns(&sql, "share", LATER)?;
        add_columns(&sql, "events", LATER_OF_EVENTS)?;
        known_format(&sql, "share", FORMAT)?;
        Ok(Self { sql, unreadable: RefCell::default() })
    }

    fn run(&self, statement: &str, values: Vec<SqlStorageValue>) -> Result<()> {
        run(&self.sql, statement, values)
    }

    fn text(&self, statement: &str, values: Vec<SqlStorageValue>) -> Result<Option<String>> {
        Ok(value(&self.sql, statement, values)?.filter(|text| !text.is_empty()))
    }

    fn count(&self, statement: &str) -> Result<u32> {
        Ok(self.text(statement, Vec::new())?.and_then(|text| text.parse().ok()).unwrap_or_default())
    }

    /// When the first event is due that can be read, as far as is known.
    fn earliest(&self) -> Result<Option<Timestamp>> {
        let passed_over = self.unreadable.borrow_mut().json()?;
        let due = self.text(
            "SELECT MIN(due) FROM events WHERE due IS NOT NULL AND seq NOT IN (SELECT value FROM json_each(?))",
            vec![passed_over.into()],
        )?;
        Ok(due.and_then(|text| text.parse().ok()).map(Timestamp::from_millis))
    }

    fn time(&self, statement: &str) -> Result<Option<Timestamp>> {
        let millis = self.text(statement, Vec::new())?.and_then(|text| text.parse().ok());
        Ok(millis.map(Timestamp::from_millis))
    }

    /// Stores an event, once.
    pub fn put(&self, webhook: &WebhookId, event: &Event, number: Option<&SealedBy>, now: Timestamp) -> Result<()> {
        self.run(
            "INSERT OR IGNORE INTO share (one, webhook, missing_secret, format) VALUES (1, ?, 0, ?)",
            vec![webhook.as_str().into(), FORMAT.into()],
        )?;
        let body = Body { kind: event.kind, timestamp: event.time, data: &event.data };
        let body = WebhookBody(to_raw_value(&body)?);
        self.run(
            "INSERT INTO events (id, subject, at, body, number, state, attempts, due, stored, reference)
             VALUES (?1, ?2, ?3, ?4, ?5, 'waiting', 0,
                 CASE WHEN EXISTS (SELECT 1 FROM events WHERE subject = ?2 AND state = 'waiting') THEN NULL ELSE ?6 END,
                 ?6, ?7)
             ON CONFLICT (id) DO NOTHING",
            vec![
                event.id.as_str().into(),
                event.subject.as_str().into(),
                event.time.millis().into(),
                stored::write(&body)?.into(),
                sealing(number)?,
                now.millis().into(),
                sealing(event.reference.as_ref())?,
            ],
        )
    }

    pub fn webhook(&self) -> Result<WebhookId> {
        let id = self.text("SELECT webhook FROM share", Vec::new())?;
        id.unwrap_or_default().parse().map_err(fault)
    }

    pub fn health(&self) -> Result<Health> {
        let read = |column: &str| self.text(&format!("SELECT {column} FROM share"), Vec::new());
        Ok(Health {
            waiting: self.count("SELECT COUNT(*) FROM events WHERE state = 'waiting'")?,
            failed: self.count("SELECT COUNT(*) FROM events WHERE state = 'failed'")?,
            disabled: self.disabled()?,
            missing_secret: read("missing_secret")?.as_deref() == Some("1"),
            last_error: read("error")?.map(|json| stored::read::<LastError>(&json)).transpose()?.map(|error| error.0),
        })
    }

    /// Under which settings it answered 410.
    pub fn disabled(&self) -> Result<Option<settings::Webhook>> {
        let json = self.text("SELECT disabled FROM share", Vec::new())?;
        Ok(json.map(|json| stored::read::<DisabledWebhook>(&json)).transpose()?.map(|webhook| webhook.0))
    }

    /// Notes under which settings it answered 410.
    pub fn set_disabled(&self, webhook: Option<&settings::Webhook>) -> Result<()> {
        let json = webhook.map(|webhook| stored::write(&DisabledWebhook(webhook.clone()))).transpose()?;
        let json = json.map_or(SqlStorageValue::Null, Into::into);
        self.run("UPDATE share SET disabled = ?", vec![json])
    }

    pub fn set_missing_secret(&self, missing: bool) -> Result<()> {
        self.run("UPDATE share SET missing_secret = ?1 WHERE missing_secret <> ?1", vec![i64::from(missing).into()])
    }

    pub fn set_error(&self, time: Timestamp, detail: &str) -> Result<()> {
        let error = WebhookError { time, detail: detail.to_owned() };
        self.run("UPDATE share SET error = ?", vec![stored::write(&LastError(error))?.into()])
    }

    pub fn has_due(&self, now: Timestamp) -> Result<bool> {
        Ok(self.earliest()?.is_some_and(|due| due <= now))
    }

    /// What is due, the earliest first, at most `most` of it and one of each subject. What can't be read stays, and
    /// holds up its own subject only.
    pub fn due(&self, now: Timestamp, most: i64) -> Result<Vec<Waiting>> {
        let mut unreadable = self.unreadable.borrow_mut();
        let found = rows(
            &self.sql,
            "SELECT seq, id, subject, body, number, reference, attempts FROM events
             WHERE due <= ? AND seq NOT IN (SELECT value FROM json_each(?)) ORDER BY due, seq LIMIT ?",
            vec![now.millis().into(), unreadable.json()?.into(), most.into()],
        )?;
        let mut due = Vec::new();
        for [seq, id, subject, body, number, reference, attempts] in found {
            let seq = seq.parse().map_err(fault)?;
            let sealed = |json: String| (!json.is_empty()).then(|| stored::read::<Sealing>(&json)).transpose();
            match (stored::read::<WebhookBody>(&body), sealed(number), sealed(reference)) {
                (Ok(body), Ok(number), Ok(reference)) => due.push(Waiting {
                    seq,
                    id,
                    subject,
                    body: body.0.get().to_owned(),
                    number: number.map(|sealing| sealing.0),
                    reference: reference.map(|sealing| sealing.0),
                    attempts: attempts.parse().unwrap_or(u32::MAX),
                }),
                _ => {
                    unreadable.insert(seq);
                }
            }
        }
        Ok(due)
    }

    /// Notes that an attempt begins, and when the next one comes if nobody ever learns how it ended.
    pub fn try_now(&self, event: &Waiting, now: Timestamp) -> Result<()> {
        let due = next(event, now).unwrap_or(now + LAST);
        self.run(
            "UPDATE events SET attempts = attempts + 1, due = ? WHERE seq = ?",
            vec![due.millis().into(), event.seq.into()],
        )
    }

    pub fn delivered(&self, event: &Waiting, now: Timestamp) -> Result<()> {
        self.end(event, "delivered", now)
    }

    /// Notes that it failed: it is tried again, but not for ever.
    pub fn try_later(&self, event: &Waiting, not_before: Option<Timestamp>, now: Timestamp) -> Result<()> {
        match next(event, now) {
            Some(due) => self.run(
                // A replay may have put an earlier one before it meanwhile.
                "UPDATE events SET due = ? WHERE seq = ? AND due IS NOT NULL",
                vec![due.max(not_before.unwrap_or(due)).millis().into(), event.seq.into()],
            ),
            None => self.end(event, "failed", now),
        }
    }

    /// Ends one, and lets the next of its subject go.
    fn end(&self, event: &Waiting, state: &str, now: Timestamp) -> Result<()> {
        self.run(
            "UPDATE events SET state = ?, number = NULL, reference = NULL, due = NULL
             WHERE seq = ? AND state = 'waiting'",
            vec![state.into(), event.seq.into()],
        )?;
        self.run(
            "UPDATE events SET due = ?1 WHERE due IS NULL AND seq =
                 (SELECT MIN(seq) FROM events WHERE subject = ?2 AND state = 'waiting')",
            vec![now.millis().into(), event.subject.as_str().into()],
        )
    }

    pub fn give_up_all(&self) -> Result<()> {
        self.run(
            "UPDATE events SET state = 'failed', number = NULL, reference = NULL, due = NULL WHERE state = 'waiting'",
            Vec::new(),
        )
    }

    /// Tries nothing before `due`.
    pub fn put_off(&self, due: Timestamp) -> Result<()> {
        self.run("UPDATE events SET due = ?1 WHERE due < ?1", vec![due.millis().into()])
    }

    pub fn set_replayed_by(&self, actor: &Actor) -> Result<()> {
        self.run("UPDATE share SET replayed_by = ?, format = ?", vec![actor.as_str().into(), FORMAT.into()])
    }

    /// Lets what is over be delivered once more, in its old order.
    pub fn replay(
        &self,
        from: Timestamp,
        until: Option<Timestamp>,
        subject: Option<&str>,
        now: Timestamp,
    ) -> Result<u32> {
        let replayed = rows::<1>(
            &self.sql,
            "UPDATE events SET state = 'waiting', attempts = 0, due = NULL
             WHERE state <> 'waiting' AND at >= ?1 AND at < ?2 AND (?3 IS NULL OR subject = ?3) RETURNING seq",
            vec![
                from.millis().into(),
                until.map_or(i64::MAX / 1024, Timestamp::millis).into(),
                subject.map_or(SqlStorageValue::Null, Into::into),
            ],
        )?;
        // Of each subject only the earliest is due, whatever was before.
        let first = "(SELECT MIN(seq) FROM events WHERE state = 'waiting' GROUP BY subject)";
        self.run(&format!("UPDATE events SET due = NULL WHERE due IS NOT NULL AND seq NOT IN {first}"), Vec::new())?;
        self.begin_lines(now)?;
        Ok(u32::try_from(replayed.len()).unwrap_or(u32::MAX))
    }

    /// Forgets what was stored before; what still waits then waited for a secret that never came.
    pub fn forget_before(&self, oldest: Timestamp, now: Timestamp) -> Result<()> {
        let waited = "DELETE FROM events WHERE stored < ? RETURNING state = 'waiting'";
        let forgotten = rows::<1>(&self.sql, waited, vec![oldest.millis().into()])?;
        if forgotten.iter().flatten().any(|waited| waited == "1") { self.begin_lines(now) } else { Ok(()) }
    }

    /// Lets the first that waits of each subject go.
    fn begin_lines(&self, now: Timestamp) -> Result<()> {
        self.run(
            "UPDATE events SET due = ? WHERE due IS NULL AND state = 'waiting'
             AND seq IN (SELECT MIN(seq) FROM events WHERE state = 'waiting' GROUP BY subject)",
            vec![now.millis().into()],
        )
    }

    pub fn next_due(&self) -> Result<Option<Timestamp>> {
        let due = self.earliest()?;
        let again = self.unreadable.borrow().look_again();
        let kept = self.time("SELECT MIN(stored) FROM events")?.map(|stored| stored + KEPT + Span::seconds(1));
        Ok(due.into_iter().chain(again).chain(kept).min())
    }
}

fn sealing(sealed: Option<&SealedBy>) -> Result<SqlStorageValue> {
    let json = sealed.map(|sealed| stored::write(&Sealing(sealed.clone()))).transpose()?;
    Ok(json.map_or(SqlStorageValue::Null, Into::into))
}

/// When an event is tried again whose attempt fails now.
fn next(event: &Waiting, now: Timestamp) -> Option<Timestamp> {
    let [jitter] = random();
    backoff::WEBHOOK.pause(event.attempts.saturating_add(1), jitter).map(|pause| now + pause)
}
