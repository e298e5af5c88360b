//! The rows of one person.

mod dates;
mod inbox;
mod kept;
mod lists;
mod outbox;

pub use kept::Kept;
pub use outbox::OutboxEntry;

use serde::Deserialize;
use serde_json::value::RawValue;
use shared::{
    deletion,
    evidence::{Erasable, Happened, SentSms, SignedEvent},
    ids::PurposeId,
    key_ring::Sealed,
    message::MessageId,
    reference::Reference,
    stored::{Erasables, FormRef, KeptRequest, KeptSms, LinkRecord, Record},
    subject::End,
    text_hash::TextHash,
    time::Timestamp,
    token::{TokenHash, without_tokens},
};
use worker::{Result, SqlStorage, SqlStorageValue};

use super::{protocol::NewRequest, record::Loaded};
use crate::platform::{
    secrets::Secrets,
    sql::{Tables, add_columns, fault, has_table, rows, run, value},
    stored,
};

/// What every event has.
#[derive(Deserialize)]
struct Timed {
    time: Timestamp,
}

/// Without row ids where the key is a text: a write is then one row, and not one more for an index. Rows without JSON
/// are as the format of the person's row says, which is written with them.
const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS subject (one INTEGER PRIMARY KEY CHECK (one = 1), record TEXT);
CREATE TABLE IF NOT EXISTS requests (link TEXT PRIMARY KEY, record TEXT, sms TEXT, fleeting INTEGER)
    WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS links (hash TEXT PRIMARY KEY, record TEXT, until INTEGER) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS events (row INTEGER PRIMARY KEY, purpose TEXT, seq INTEGER, id TEXT, hash TEXT,
    given INTEGER, event TEXT, erasable TEXT, fleeting INTEGER);
CREATE TABLE IF NOT EXISTS outbox (id TEXT PRIMARY KEY, due INTEGER, item TEXT, attempts INTEGER, trying INTEGER,
    version INTEGER DEFAULT 0, tried INTEGER, negatives INTEGER DEFAULT 0, faults INTEGER DEFAULT 0, parked INTEGER,
    turn INTEGER, waits TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS kept (kind TEXT, id TEXT, value TEXT, until INTEGER, PRIMARY KEY (kind, id)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS inbox (id TEXT PRIMARY KEY, reply TEXT, answer TEXT, until INTEGER) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS proofs (id INTEGER PRIMARY KEY, key TEXT, until INTEGER);
CREATE TABLE IF NOT EXISTS locked_events (row INTEGER PRIMARY KEY, proof INTEGER, event TEXT);
CREATE TABLE IF NOT EXISTS openings (row INTEGER PRIMARY KEY, proof INTEGER, record TEXT);
CREATE TABLE IF NOT EXISTS orders (row INTEGER PRIMARY KEY, purpose TEXT, at INTEGER, day INTEGER);
CREATE INDEX IF NOT EXISTS fleeting ON events (fleeting) WHERE fleeting IS NOT NULL;
CREATE INDEX IF NOT EXISTS fresh ON links (until) WHERE until IS NOT NULL;";

/// Columns that `outbox` did not have in format 2.
const LATER: &[(&str, &str)] = &[
    ("version", "INTEGER DEFAULT 0"),
    ("tried", "INTEGER"),
    ("negatives", "INTEGER DEFAULT 0"),
    ("faults", "INTEGER DEFAULT 0"),
    ("parked", "INTEGER"),
    ("turn", "INTEGER"),
    ("waits", "TEXT"),
];

/// The last event of a chain.
pub struct Tip {
    pub seq: u32,
    pub id: String,
    pub hash: String,
}

/// The SMS that asks for a consent.
#[derive(Clone)]
pub struct RequestSms<'a> {
    /// None where it waits for a START.
    pub id: Option<MessageId>,
    pub text: &'a str,
    pub template: Option<TextHash>,
}

/// By what a purpose was last confirmed.
pub struct LatestYes {
    event: String,
    pub reference: Option<Reference>,
}

impl LatestYes {
    /// The form that asked.
    pub fn form(&self) -> Result<FormRef> {
        #[derive(Deserialize)]
        struct Given {
            request: FormRef,
        }
        Ok(serde_json::from_str::<Given>(&self.event)?.request)
    }
}

pub struct Store {
    sql: SqlStorage,
}

impl Tables for Store {
    fn make(sql: SqlStorage) -> Result<Self> {
        if has_table(&sql, "outbox")? {
            add_columns(&sql, "outbox", LATER)?;
            for (table, column) in [("requests", "fleeting"), ("events", "fleeting"), ("links", "until")] {
                add_columns(&sql, table, &[(column, "INTEGER")])?;
            }
            // Before format 3 there was no such table.
            if has_table(&sql, "orders")? {
                add_columns(&sql, "orders", &[("day", "INTEGER")])?;
            }
        }
        run(&sql, SCHEMA, Vec::new())?;
        Ok(Self { sql })
    }

    fn find(sql: SqlStorage) -> Result<Option<Self>> {
        if has_table(&sql, "subject")? { Self::make(sql).map(Some) } else { Ok(None) }
    }
}

impl Store {
    pub(super) fn run(&self, statement: &str, values: Vec<SqlStorageValue>) -> Result<()> {
        run(&self.sql, statement, values)
    }

    pub(super) fn texts<const N: usize>(
        &self,
        statement: &str,
        values: Vec<SqlStorageValue>,
    ) -> Result<Vec<[String; N]>> {
        rows(&self.sql, statement, values)
    }

    pub(super) fn text(&self, statement: &str, values: Vec<SqlStorageValue>) -> Result<Option<String>> {
        value(&self.sql, statement, values)
    }

    /// Reads the row that decides, if this number was ever seen.
    pub fn load(&self, secrets: &Secrets) -> Result<Option<Loaded>> {
        let Some(json) = self.text("SELECT record FROM subject", Vec::new())? else {
            return Ok(None);
        };
        let mut loaded = Loaded::open_row(&json, secrets)?;
        if let Some(lists) = stored::grown(&json)? {
            self.take_in(lists, secrets)?;
        }
        if Record::lacks_last_sms(&json) {
            self.take_in_dates(&mut loaded)?;
            self.save(&loaded)?;
        }
        Ok(Some(loaded))
    }

    pub fn save(&self, loaded: &Loaded) -> Result<()> {
        self.run(
            "INSERT INTO subject VALUES (1, ?1) ON CONFLICT (one) DO UPDATE SET record = ?1",
            vec![stored::write(&loaded.record)?.into()],
        )
    }

    pub fn put_link(&self, hash: &TokenHash, link: &LinkRecord) -> Result<()> {
        self.run(
            "INSERT INTO links (hash, record, until) VALUES (?, ?, ?)",
            vec![hash.0.as_str().into(), stored::write(link)?.into(), dates::millis(link.kind.dead_at())],
        )
    }

    pub fn link(&self, hash: &TokenHash) -> Result<Option<LinkRecord>> {
        let json = self.text("SELECT record FROM links WHERE hash = ?", vec![hash.0.as_str().into()])?;
        json.map(|json| stored::read(&json)).transpose()
    }

    /// Notes how a link's request ended; after a yes the link is of the generation that the yes belongs to.
    pub fn end_link(&self, hash: &TokenHash, end: End, generation: u32) -> Result<()> {
        // One that can't be read stays as it is: the rest of the command counts all the same.
        let Ok(Some(mut link)) = self.link(hash) else {
            return Ok(());
        };
        link.end = Some(end);
        if end == End::Confirmed {
            link.generation = generation;
        }
        self.run(
            "UPDATE links SET record = ? WHERE hash = ?",
            vec![stored::write(&link)?.into(), hash.0.as_str().into()],
        )
    }

    /// Keeps a request, sealed, with its SMS if it has one: a report or a reply may come before the provider's answer.
    pub fn put_request(
        &self,
        loaded: &Loaded,
        link: &TokenHash,
        new: &NewRequest,
        sms: Option<RequestSms>,
    ) -> Result<()> {
        let row = KeptRequest {
            request: new.request.clone(),
            controller: new.form.controller.clone(),
            contact: new.contact(),
            erasables: new.erasables.clone(),
            campaign: new.campaign.clone(),
            page: new.page.clone(),
        };
        let sealed = loaded.seal_for_now("request", &stored::write(&row)?)?;
        let sent = SentSms {
            text: sms.as_ref().map(|sms| without_tokens(sms.text)).unwrap_or_default(),
            template: sms.as_ref().and_then(|sms| sms.template.clone()),
            link_sha256: sms.as_ref().filter(|sms| sms.text != without_tokens(sms.text)).map(|_| link.clone()),
            from: new.form.sender.from.clone(),
            gateway: new.form.sender.gateway.clone(),
            message_id: None,
            sent_at: None,
            reference: sms.as_ref().and_then(|sms| sms.id),
            delivery: None,
        };
        let held = sms.map(|sms| loaded.seal("sms", sms.text)).transpose()?;
        let sms = KeptSms { sent, held };
        self.run(
            "INSERT INTO requests (link, record, sms, fleeting) VALUES (?, ?, ?, ?)",
            vec![
                link.0.as_str().into(),
                sealed.0.into(),
                stored::write(&sms)?.into(),
                dates::millis(deletion::fleeting_until(&new.erasables, new.request.time)),
            ],
        )
    }

    pub fn sms(&self, link: &TokenHash) -> Result<Option<KeptSms>> {
        let json = self.text("SELECT sms FROM requests WHERE link = ?", vec![link.0.as_str().into()])?;
        json.map(|json| stored::read(&json)).transpose()
    }

    /// Forgets the words by which the SMS of a request could be sent once more: it has ended.
    pub fn forget_words(&self, link: &TokenHash) -> Result<()> {
        // What can't be read holds up no end.
        match self.sms(link).unwrap_or_default() {
            Some(sms) if sms.held.is_some() => self.put_sms(link, &KeptSms { held: None, ..sms }),
            _ => Ok(()),
        }
    }

    pub fn put_sms(&self, link: &TokenHash, sms: &KeptSms) -> Result<()> {
        self.run("UPDATE requests SET sms = ? WHERE link = ?", vec![stored::write(sms)?.into(), link.0.as_str().into()])
    }

    /// The SMS of each request, as far as it can be read.
    pub fn all_sms(&self) -> Result<Vec<(TokenHash, Result<KeptSms>)>> {
        Ok(self
            .texts("SELECT link, sms FROM requests", Vec::new())?
            .into_iter()
            .map(|[link, sms]| (TokenHash(link), stored::read(&sms)))
            .collect())
    }

    /// The request whose SMS has that reference.
    pub fn request_of(&self, reference: MessageId) -> Result<Option<(TokenHash, KeptSms)>> {
        let readable = self.all_sms()?.into_iter().filter_map(|(link, sms)| Some((link, sms.ok()?)));
        Ok(readable.into_iter().find(|(_, sms)| sms.sent.reference == Some(reference)))
    }

    pub fn request(&self, loaded: &Loaded, link: &TokenHash) -> Result<(KeptRequest, KeptSms)> {
        let row = self
            .texts("SELECT record, sms FROM requests WHERE link = ?", vec![link.0.as_str().into()])?
            .into_iter()
            .next();
        let [sealed, sms] = row.ok_or_else(|| fault("no such request"))?;
        Ok((stored::read(&loaded.open("request", &Sealed(sealed))?)?, stored::read(&sms)?))
    }

    pub fn forget_request(&self, link: &TokenHash) -> Result<()> {
        // A link that never went out leads nobody anywhere. What can't be read may have gone out.
        let left = |sent: &SentSms| sent.reference.is_some() || sent.sent_at.is_some() || sent.message_id.is_some();
        if self.sms(link).is_ok_and(|sms| sms.is_some_and(|sms| !left(&sms.sent))) {
            self.forget_link(link)?;
        }
        self.run("DELETE FROM requests WHERE link = ?", vec![link.0.as_str().into()])
    }

    /// Deletes a link that never went out.
    pub fn forget_link(&self, link: &TokenHash) -> Result<()> {
        self.run("DELETE FROM links WHERE hash = ?", vec![link.0.as_str().into()])
    }

    pub fn append(&self, loaded: &Loaded, event: &SignedEvent, erasables: &[Erasable]) -> Result<()> {
        let erasable = if erasables.is_empty() {
            SqlStorageValue::Null
        } else {
            loaded.seal("erasable", &stored::write(&Erasables(erasables.to_vec()))?)?.0.into()
        };
        let given = matches!(event.event.happened, Happened::Given(_));
        let json = serde_json::to_string(event)?;
        let fleeting = deletion::came_in(&json).and_then(|at| deletion::fleeting_until(erasables, at));
        self.run(
            "INSERT INTO events (purpose, seq, id, hash, given, event, erasable, fleeting) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            vec![
                event.event.purpose.as_str().into(),
                i64::from(event.event.seq).into(),
                event.event.id.as_str().into(),
                event.hash.as_str().into(),
                i64::from(given).into(),
                json.into(),
                erasable,
                dates::millis(fleeting),
            ],
        )
    }

    /// Events as they were signed: what was hashed is never written anew.
    fn read_events(&self, statement: &str, values: Vec<SqlStorageValue>) -> Result<Vec<Box<RawValue>>> {
        let found = self.texts(statement, values)?;
        found.into_iter().map(|[json]| Ok(RawValue::from_string(json)?)).collect()
    }

    pub fn tip(&self, purpose: &PurposeId) -> Result<Option<Tip>> {
        let last = "SELECT seq, id, hash FROM events WHERE purpose = ? ORDER BY row DESC LIMIT 1";
        let row = self.texts(last, vec![purpose.as_str().into()])?.into_iter().next();
        Ok(row.map(|[seq, id, hash]| Tip { seq: seq.parse().unwrap_or_default(), id, hash }))
    }

    pub fn events(&self) -> Result<Vec<Box<RawValue>>> {
        self.read_events("SELECT event FROM events ORDER BY row", Vec::new())
    }

    /// The chain of one purpose.
    pub fn events_of(&self, purpose: &PurposeId) -> Result<Vec<Box<RawValue>>> {
        self.read_events("SELECT event FROM events WHERE purpose = ? ORDER BY row", vec![purpose.as_str().into()])
    }

    /// Of each chain, what happened since its latest confirmation.
    pub fn events_since_latest_confirmation(&self) -> Result<Vec<Box<RawValue>>> {
        self.read_events(
            "WITH latest AS (SELECT purpose, MAX(row) AS row FROM events WHERE given = 1 GROUP BY purpose)
             SELECT event FROM events LEFT JOIN latest USING (purpose) WHERE events.row >= COALESCE(latest.row, 0)
             ORDER BY events.row",
            Vec::new(),
        )
    }

    /// When somebody last confirmed anything.
    pub fn confirmed_at(&self) -> Result<Option<Timestamp>> {
        let last = "SELECT event FROM events WHERE given = 1 ORDER BY row DESC LIMIT 1";
        let event = self.text(last, Vec::new())?;
        event.map(|event| serde_json::from_str::<Timed>(&event).map(|it| it.time).map_err(fault)).transpose()
    }

    /// The latest confirmation of a purpose.
    pub fn latest_yes(&self, loaded: &Loaded, purpose: &PurposeId) -> Result<Option<LatestYes>> {
        let last = "SELECT event, COALESCE(erasable, '') FROM events WHERE purpose = ? AND given = 1
                    ORDER BY row DESC LIMIT 1";
        let row = self.texts(last, vec![purpose.as_str().into()])?.into_iter().next();
        Ok(row.map(|[event, sealed]| {
            // Each value can be deleted by itself; one that is gone, or can't be read, holds up nothing.
            let values = loaded.open("erasable", &Sealed(sealed)).ok();
            let values = values.and_then(|json| stored::read::<Erasables>(&json).ok());
            LatestYes { event, reference: values.and_then(|Erasables(values)| Reference::among(&values)) }
        }))
    }
}
