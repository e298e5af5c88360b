//! What grows with a person's history: a row for each.

use serde_json::value::RawValue;
use shared::{
    ids::PurposeId,
    key_ring::{Key, Sealed, SealedBy},
    stored::{Lists, Sealing},
    time::Timestamp,
    wire::{OpenedProof, ProofOpening},
};
use worker::Result;

use super::Store;
use crate::platform::{
    secrets::{Secrets, random},
    sql::fault,
    stored,
};

/// Rows of one statement.
const AT_ONCE: usize = 200;

impl Store {
    /// Locks events of an erased person away, for the case of a dispute: without any value that was committed to,
    /// under a key of their own.
    pub fn lock_away(&self, events: &[Box<RawValue>], until: Timestamp, secrets: &Secrets) -> Result<()> {
        let bytes = random();
        let key = secrets.seal.seal(random(), "proof key", &bytes).map_err(fault)?;
        self.put_proof(events, &key, &Key::new(bytes), until)
    }

    fn put_proof(&self, events: &[Box<RawValue>], wrapped: &SealedBy, key: &Key, until: Timestamp) -> Result<()> {
        let proof = self.text(
            "INSERT INTO proofs (key, until) VALUES (?, ?) RETURNING id",
            vec![stored::write(&Sealing(wrapped.clone()))?.into(), until.millis().into()],
        )?;
        let proof = proof.ok_or_else(|| fault("a proof"))?;
        for events in events.chunks(AT_ONCE) {
            let sealed = events.iter().map(|event| key.seal(random(), "proof", event.get().as_bytes()));
            let sealed = sealed.collect::<Result<Vec<_>, _>>().map_err(fault)?;
            self.run(
                "INSERT INTO locked_events (proof, event) SELECT CAST(?1 AS INTEGER), value FROM json_each(?2)",
                vec![proof.as_str().into(), serde_json::to_string(&sealed)?.into()],
            )?;
        }
        Ok(())
    }

    /// Destroys proofs whose time is over.
    pub fn forget_proofs(&self, now: Timestamp) -> Result<()> {
        if self.proofs_end()?.is_none_or(|end| now < end) {
            return Ok(());
        }
        let now = now.millis();
        for rows in ["locked_events", "openings"] {
            let over = format!("DELETE FROM {rows} WHERE proof IN (SELECT id FROM proofs WHERE until <= ?)");
            self.run(&over, vec![now.into()])?;
        }
        self.run("DELETE FROM proofs WHERE until <= ?", vec![now.into()])
    }

    /// Opens all proofs, and notes that with each (L18).
    pub fn open_proofs(&self, opening: &ProofOpening, secrets: &Secrets) -> Result<Vec<OpenedProof>> {
        let mut opened = Vec::new();
        for [id, key, until] in self.texts("SELECT id, key, until FROM proofs ORDER BY id", Vec::new())? {
            self.run(
                "INSERT INTO openings (proof, record) VALUES (CAST(? AS INTEGER), ?)",
                vec![id.as_str().into(), stored::write(opening)?.into()],
            )?;
            let Sealing(wrapped) = stored::read(&key)?;
            let key = secrets.seal.open("proof key", &wrapped).map_err(fault)?;
            let key = Key::new(<[u8; 32]>::try_from(key).map_err(|_| fault("proof key"))?);
            let of_proof = |rows: &str| self.texts::<1>(rows, vec![id.as_str().into()]);
            let events = of_proof("SELECT event FROM locked_events WHERE proof = CAST(? AS INTEGER) ORDER BY row")?;
            let events = events.into_iter().map(|[event]| {
                let event = key.open("proof", &Sealed(event)).map_err(fault)?;
                Ok(RawValue::from_string(String::from_utf8(event).map_err(fault)?)?)
            });
            let openings = of_proof("SELECT record FROM openings WHERE proof = CAST(? AS INTEGER) ORDER BY row")?;
            opened.push(OpenedProof {
                until: Timestamp::from_millis(until.parse().map_err(fault)?),
                events: events.collect::<Result<_>>()?,
                openings: openings.into_iter().map(|[record]| stored::read(&record)).collect::<Result<_>>()?,
            });
        }
        Ok(opened)
    }

    /// When the first proof is to be destroyed.
    pub fn proofs_end(&self) -> Result<Option<Timestamp>> {
        let end = self.text("SELECT MIN(until) FROM proofs", Vec::new())?;
        Ok(end.and_then(|end| end.parse().ok()).map(Timestamp::from_millis))
    }

    /// Counts an SMS against what was promised, and forgets those of before `since`.
    pub fn count_order(&self, purpose: &PurposeId, since: Timestamp, now: Timestamp) -> Result<()> {
        self.run(
            "DELETE FROM orders WHERE purpose = ? AND at <= ?",
            vec![purpose.as_str().into(), since.millis().into()],
        )?;
        self.run("INSERT INTO orders (purpose, at) VALUES (?, ?)", vec![purpose.as_str().into(), now.millis().into()])
    }

    /// How many SMS were accepted for a purpose after `since`.
    pub fn orders(&self, purpose: &PurposeId, since: Timestamp) -> Result<usize> {
        let count = self.text(
            "SELECT COUNT(*) FROM orders WHERE purpose = ? AND at > ?",
            vec![purpose.as_str().into(), since.millis().into()],
        )?;
        count.unwrap_or_default().parse().map_err(fault)
    }

    /// A consent ended: the next one begins with nothing sent.
    pub fn forget_orders(&self, purpose: &PurposeId) -> Result<()> {
        self.run("DELETE FROM orders WHERE purpose = ?", vec![purpose.as_str().into()])
    }

    /// Takes in what an older build kept in the row that decides.
    pub(super) fn take_in(&self, lists: Lists, secrets: &Secrets) -> Result<()> {
        for proof in lists.proofs {
            let key = secrets.seal.open("proof key", &proof.key).map_err(fault)?;
            let key = Key::new(<[u8; 32]>::try_from(key).map_err(|_| fault("proof key"))?);
            let events = key.open("proof", &proof.sealed).map_err(fault)?;
            let events: Vec<Box<RawValue>> = serde_json::from_slice(&events)?;
            self.put_proof(&events, &proof.key, &key, proof.until)?;
        }
        for (purpose, at) in lists.sent {
            let values = vec![purpose.as_str().into(), at.millis().into()];
            self.run("INSERT INTO orders (purpose, at) VALUES (?, ?)", values)?;
        }
        Ok(())
    }
}
