//! The rows of one person.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use shared::{
    evidence::{Erasable, Happened, Request, SentSms, SignedEvent},
    ids::PurposeId,
    keys::{Key, NumberHash, Sealed, SealedBy, SubjectId},
    settings::Controller,
    subject::{End, State, next_due},
    time::Timestamp,
    token::TokenHash,
};
use worker::{Error, Result, SqlStorage, SqlStorageValue};

use super::{
    outbox::Item,
    talk::{Contact, LinkRecord, NewRequest, Who},
};
use crate::{
    objects::{rows, run},
    secrets::{Secrets, random},
};

/// Without row ids: a text key in a table of its own index is one row written, else it is two.
const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS subject (one INTEGER PRIMARY KEY CHECK (one = 1), record TEXT);
CREATE TABLE IF NOT EXISTS requests (link TEXT PRIMARY KEY, record TEXT, sms TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS links (hash TEXT PRIMARY KEY, record TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS events (row INTEGER PRIMARY KEY, purpose TEXT, seq INTEGER, id TEXT, hash TEXT,
    given INTEGER, event TEXT, erasable TEXT);
CREATE TABLE IF NOT EXISTS outbox (id TEXT PRIMARY KEY, due INTEGER, item TEXT, attempts INTEGER, trying INTEGER)
    WITHOUT ROWID;";

/// The row that decides.
#[derive(Clone, Serialize, Deserialize)]
pub struct Record {
    /// The object's own id.
    pub id: SubjectId,
    /// The whole keyed hash of the number.
    pub hash: NumberHash,
    /// The data key, wrapped; none after an erasure.
    pub key: Option<SealedBy>,
    /// The number under the data key.
    pub number: Option<Sealed>,
    /// How to write to the person.
    pub contact: Option<Contact>,
    /// What decides.
    pub state: State,
    /// What erasures left, for the case of a dispute.
    #[serde(default)]
    pub proofs: Vec<LockedProof>,
}

/// The chains of an erased consent, without any value that was committed to, under a key of their own.
#[derive(Clone, Serialize, Deserialize)]
pub struct LockedProof {
    key: SealedBy,
    sealed: Sealed,
    /// When it is destroyed.
    pub until: Timestamp,
}

/// The row, with the data key at hand.
pub struct Loaded {
    /// The row.
    pub record: Record,
    key: Option<Key>,
}

fn fault(error: impl std::fmt::Display) -> Error {
    Error::RustError(error.to_string())
}

impl Loaded {
    /// A person seen for the first time.
    pub fn new(who: &Who, secrets: &Secrets) -> Result<Self> {
        let record = Record {
            id: who.id,
            hash: who.hash,
            key: None,
            number: None,
            contact: None,
            state: State::default(),
            proofs: Vec::new(),
        };
        let mut new = Self { record, key: None };
        new.keep_number(who, secrets)?;
        Ok(new)
    }

    /// Makes a data key and keeps the number under it, where there is none.
    pub fn keep_number(&mut self, who: &Who, secrets: &Secrets) -> Result<()> {
        if self.key.is_none() {
            let bytes = random();
            self.record.key = Some(secrets.seal.seal(random(), "data key", &bytes).map_err(fault)?);
            self.key = Some(Key::new(bytes));
            self.record.number = Some(self.seal("number", &who.number)?);
        }
        Ok(())
    }

    /// Locks away what an erasure leaves.
    pub fn lock_proof(&mut self, events: &[Box<RawValue>], until: Timestamp, secrets: &Secrets) -> Result<()> {
        let bytes = random();
        let key = secrets.seal.seal(random(), "proof key", &bytes).map_err(fault)?;
        let sealed =
            Key::new(bytes).seal(random(), "proof", serde_json::to_string(events)?.as_bytes()).map_err(fault)?;
        self.record.proofs.push(LockedProof { key, sealed, until });
        Ok(())
    }

    /// Erasure: nothing that was sealed under it can be read again.
    pub fn destroy_key(&mut self) {
        self.key = None;
        self.record.key = None;
        self.record.number = None;
    }

    fn key(&self) -> Result<&Key> {
        self.key.as_ref().ok_or_else(|| fault("erased"))
    }

    /// Seals under the data key.
    pub fn seal(&self, context: &str, text: &str) -> Result<Sealed> {
        self.key()?.seal(random(), context, text.as_bytes()).map_err(fault)
    }

    /// Opens what [`Loaded::seal`] made.
    pub fn open(&self, context: &str, sealed: &Sealed) -> Result<String> {
        String::from_utf8(self.key()?.open(context, sealed).map_err(fault)?).map_err(fault)
    }

    /// The number; empty after an erasure.
    pub fn number(&self) -> Result<String> {
        self.record.number.as_ref().map_or(Ok(String::new()), |number| self.open("number", number))
    }

    /// Its last two digits.
    pub fn number_ends(&self) -> Result<String> {
        let number = self.number()?;
        Ok(number.get(number.len().saturating_sub(2)..).unwrap_or_default().to_owned())
    }

    /// How to write to the person.
    pub fn contact(&self) -> Result<&Contact> {
        self.record.contact.as_ref().ok_or_else(|| fault("nobody to write to"))
    }
}

/// A request as it was kept, with its SMS.
pub struct Kept {
    /// The request.
    pub request: Request,
    /// Who asked.
    pub controller: Controller,
    /// What its commitments stand for.
    pub erasables: Vec<Erasable>,
    /// Its confirmation SMS.
    pub sms: SentSms,
}

#[derive(Serialize, Deserialize)]
struct KeptRow {
    request: Request,
    controller: Controller,
    erasables: Vec<Erasable>,
}

/// The last event of a chain.
pub struct Tip {
    /// Its place in the chain.
    pub seq: u32,
    /// Its id.
    pub id: String,
    /// Its hash.
    pub hash: String,
}

/// The tables.
pub struct Store(SqlStorage);

impl Store {
    /// Makes the tables where there are none.
    pub fn make(sql: SqlStorage) -> Result<Self> {
        run(&sql, SCHEMA, Vec::new())?;
        Ok(Self(sql))
    }

    /// Opens them, if anything was ever stored here.
    pub fn find(sql: SqlStorage) -> Result<Option<Self>> {
        let found = rows(&sql, "SELECT 1 FROM sqlite_master WHERE name = 'subject'", Vec::new())?;
        Ok((!found.is_empty()).then_some(Self(sql)))
    }

    fn run(&self, statement: &str, values: Vec<SqlStorageValue>) -> Result<()> {
        run(&self.0, statement, values)
    }

    fn texts(&self, statement: &str, values: Vec<SqlStorageValue>) -> Result<Vec<Vec<String>>> {
        rows(&self.0, statement, values)
    }

    fn text(&self, statement: &str, values: Vec<SqlStorageValue>) -> Result<Option<String>> {
        Ok(self.texts(statement, values)?.into_iter().next().and_then(|row| row.into_iter().next()))
    }

    /// Reads the row that decides, if this number was ever seen.
    pub fn load(&self, secrets: &Secrets) -> Result<Option<Loaded>> {
        let Some(json) = self.text("SELECT record FROM subject", Vec::new())? else {
            return Ok(None);
        };
        let record: Record = serde_json::from_str(&json)?;
        let key = match &record.key {
            Some(wrapped) => {
                let bytes = secrets.seal.open("data key", wrapped).map_err(fault)?;
                Some(Key::new(<[u8; 32]>::try_from(bytes).map_err(|_| fault("data key"))?))
            }
            None => None,
        };
        Ok(Some(Loaded { record, key }))
    }

    /// Writes it.
    pub fn save(&self, loaded: &Loaded) -> Result<()> {
        self.run(
            "INSERT INTO subject VALUES (1, ?1) ON CONFLICT (one) DO UPDATE SET record = ?1",
            vec![serde_json::to_string(&loaded.record)?.into()],
        )
    }

    /// Keeps a link.
    pub fn put_link(&self, hash: &TokenHash, link: &LinkRecord) -> Result<()> {
        self.run("INSERT INTO links VALUES (?, ?)", vec![hash.0.as_str().into(), serde_json::to_string(link)?.into()])
    }

    /// A link, if there is one.
    pub fn link(&self, hash: &TokenHash) -> Result<Option<LinkRecord>> {
        let json = self.text("SELECT record FROM links WHERE hash = ?", vec![hash.0.as_str().into()])?;
        json.map(|json| Ok(serde_json::from_str(&json)?)).transpose()
    }

    /// Notes how a link's request ended; after a yes the link is of the generation that the yes belongs to.
    pub fn end_link(&self, hash: &TokenHash, end: End, generation: u32) -> Result<()> {
        let Some(mut link) = self.link(hash)? else {
            return Ok(());
        };
        link.end = Some(end);
        if end == End::Confirmed {
            link.generation = generation;
        }
        self.run(
            "UPDATE links SET record = ? WHERE hash = ?",
            vec![serde_json::to_string(&link)?.into(), hash.0.as_str().into()],
        )
    }

    /// Keeps a request, sealed.
    pub fn put_request(&self, loaded: &Loaded, link: &TokenHash, new: &NewRequest) -> Result<()> {
        let row = KeptRow {
            request: new.request.clone(),
            controller: new.form.controller.clone(),
            erasables: new.erasables.clone(),
        };
        let sealed = loaded.seal("request", &serde_json::to_string(&row)?)?;
        let sms = SentSms {
            text: String::new(),
            from: new.form.sender.from.clone(),
            gateway: new.form.sender.gateway,
            message_id: None,
            sent_at: None,
        };
        self.run(
            "INSERT INTO requests VALUES (?, ?, ?)",
            vec![link.0.as_str().into(), sealed.0.into(), serde_json::to_string(&sms)?.into()],
        )
    }

    /// Notes that a request's SMS was sent.
    pub fn put_sms(&self, link: &TokenHash, text: &str, message_id: &str, now: Timestamp) -> Result<()> {
        let Some(json) = self.text("SELECT sms FROM requests WHERE link = ?", vec![link.0.as_str().into()])? else {
            return Ok(());
        };
        let sms = SentSms {
            text: text.to_owned(),
            message_id: Some(message_id.to_owned()),
            sent_at: Some(now),
            ..serde_json::from_str(&json)?
        };
        self.run(
            "UPDATE requests SET sms = ? WHERE link = ?",
            vec![serde_json::to_string(&sms)?.into(), link.0.as_str().into()],
        )
    }

    /// A request that was kept.
    pub fn request(&self, loaded: &Loaded, link: &TokenHash) -> Result<Kept> {
        let row = self
            .texts("SELECT record, sms FROM requests WHERE link = ?", vec![link.0.as_str().into()])?
            .into_iter()
            .next()
            .and_then(|row| <[String; 2]>::try_from(row).ok());
        let [sealed, sms] = row.ok_or_else(|| fault("no such request"))?;
        let KeptRow { request, controller, erasables } =
            serde_json::from_str(&loaded.open("request", &Sealed(sealed))?)?;
        Ok(Kept { request, controller, erasables, sms: serde_json::from_str(&sms)? })
    }

    /// Deletes a request.
    pub fn forget_request(&self, link: &TokenHash) -> Result<()> {
        self.run("DELETE FROM requests WHERE link = ?", vec![link.0.as_str().into()])
    }

    /// Deletes a link that never went out.
    pub fn forget_link(&self, link: &TokenHash) -> Result<()> {
        self.run("DELETE FROM links WHERE hash = ?", vec![link.0.as_str().into()])
    }

    /// Takes all events out, and deletes what their commitments stand for, requests and the outbox.
    pub fn take_events(&self) -> Result<Vec<Box<RawValue>>> {
        let events = self.events()?;
        for table in ["events", "requests", "outbox"] {
            self.run(&format!("DELETE FROM {table}"), Vec::new())?;
        }
        Ok(events)
    }

    /// Appends to a chain.
    pub fn append(&self, loaded: &Loaded, event: &SignedEvent, erasables: &[Erasable]) -> Result<()> {
        let erasable = if erasables.is_empty() {
            SqlStorageValue::Null
        } else {
            loaded.seal("erasable", &serde_json::to_string(erasables)?)?.0.into()
        };
        let given = matches!(event.event.happened, Happened::Given(_));
        self.run(
            "INSERT INTO events (purpose, seq, id, hash, given, event, erasable) VALUES (?, ?, ?, ?, ?, ?, ?)",
            vec![
                event.event.purpose.as_str().into(),
                i64::from(event.event.seq).into(),
                event.event.id.as_str().into(),
                event.hash.as_str().into(),
                i64::from(given).into(),
                serde_json::to_string(event)?.into(),
                erasable,
            ],
        )
    }

    /// Events as they were signed: what was hashed is never written anew.
    fn read_events(&self, statement: &str) -> Result<Vec<Box<RawValue>>> {
        let found = self.texts(statement, Vec::new())?;
        found.into_iter().flatten().map(|json| Ok(RawValue::from_string(json)?)).collect()
    }

    /// The end of a chain.
    pub fn tip(&self, purpose: &PurposeId) -> Result<Option<Tip>> {
        let last = "SELECT seq, id, hash FROM events WHERE purpose = ? ORDER BY row DESC LIMIT 1";
        let row = self.texts(last, vec![purpose.as_str().into()])?.into_iter().next();
        Ok(row.and_then(|row| <[String; 3]>::try_from(row).ok()).map(|[seq, id, hash]| Tip {
            seq: seq.parse().unwrap_or_default(),
            id,
            hash,
        }))
    }

    /// All events.
    pub fn events(&self) -> Result<Vec<Box<RawValue>>> {
        self.read_events("SELECT event FROM events ORDER BY row")
    }

    /// Of each chain, what happened since its latest confirmation.
    pub fn events_since_latest_confirmation(&self) -> Result<Vec<Box<RawValue>>> {
        self.read_events(
            "SELECT event FROM events AS e WHERE row >= COALESCE((SELECT MAX(row) FROM events
             WHERE given = 1 AND purpose = e.purpose), 0) ORDER BY row",
        )
    }

    /// A chain with the sealed values beside it, for KV.
    pub fn evidence(&self, purpose: &PurposeId) -> Result<Vec<(Box<RawValue>, Option<Sealed>)>> {
        self.texts(
            "SELECT event, COALESCE(erasable, '') FROM events WHERE purpose = ? ORDER BY row",
            vec![purpose.as_str().into()],
        )?
        .into_iter()
        .filter_map(|row| <[String; 2]>::try_from(row).ok())
        .map(|[event, erasable]| {
            let erasable = (!erasable.is_empty()).then_some(Sealed(erasable));
            Ok((RawValue::from_string(event)?, erasable))
        })
        .collect()
    }

    /// Puts something into the outbox. What waits under the same id is not put twice.
    pub fn post(&self, id: &str, due: Timestamp, item: &Item) -> Result<()> {
        self.run(
            "INSERT INTO outbox VALUES (?, ?, ?, 0, 0) ON CONFLICT (id) DO UPDATE SET item = excluded.item",
            vec![id.into(), due.millis().into(), serde_json::to_string(item)?.into()],
        )
    }

    /// What is due, the earliest first, at most `most` of it.
    pub fn due(&self, now: Timestamp, most: i64) -> Result<Vec<Posted>> {
        self.texts(
            "SELECT id, item, attempts, trying FROM outbox WHERE due <= ? ORDER BY due LIMIT ?",
            vec![now.millis().into(), most.into()],
        )?
        .into_iter()
        .filter_map(|row| <[String; 4]>::try_from(row).ok())
        .map(|[id, item, attempts, trying]| {
            Ok(Posted {
                item: serde_json::from_str(&item)?,
                attempts: attempts.parse().unwrap_or(u32::MAX),
                cut_off: trying == "1",
                id,
            })
        })
        .collect()
    }

    /// Notes that an attempt begins.
    pub fn try_now(&self, id: &str) -> Result<()> {
        self.run("UPDATE outbox SET attempts = attempts + 1, trying = 1 WHERE id = ?", vec![id.into()])
    }

    /// Notes that it failed for sure, and when to try again.
    pub fn try_later(&self, id: &str, due: Timestamp) -> Result<()> {
        self.run("UPDATE outbox SET trying = 0, due = ? WHERE id = ?", vec![due.millis().into(), id.into()])
    }

    /// Takes something out of the outbox.
    pub fn done(&self, id: &str) -> Result<()> {
        self.run("DELETE FROM outbox WHERE id = ?", vec![id.into()])
    }

    /// When there is something to do next.
    pub fn next_due(&self, record: &Record) -> Result<Option<Timestamp>> {
        let posted = self
            .text("SELECT MIN(due) FROM outbox", Vec::new())?
            .and_then(|text| text.parse().ok())
            .map(Timestamp::from_millis);
        let proofs = record.proofs.iter().map(|proof| proof.until);
        Ok(posted.into_iter().chain(next_due(&record.state)).chain(proofs).min())
    }
}

/// Something in the outbox.
pub struct Posted {
    /// Its id, which is also our reference at the gateway.
    pub id: String,
    /// What it is.
    pub item: Item,
    /// Attempts begun.
    pub attempts: u32,
    /// An attempt began and nobody knows how it ended.
    pub cut_off: bool,
}
