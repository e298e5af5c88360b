//! What grows with a person's history: a row for each.

use serde_json::value::RawValue;
use shared::{
    calendar::LocalDay,
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

/// The day of an order where the shop is. What was ordered before days were noted is of the latest that it can have
/// been: no more is ever sent than was promised.
const DAY_OF_ORDER: &str = "COALESCE(day, (at + 14 * 3600000) / 86400000)";

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

    /// Counts an SMS that is to leave on that day against what was promised, and forgets those of long before the day
    /// `since`: what was to leave then may still wait for its turn.
    pub fn count_order(&self, purpose: &PurposeId, since: LocalDay, day: LocalDay, now: Timestamp) -> Result<()> {
        self.run(
            &format!("DELETE FROM orders WHERE purpose = ? AND {DAY_OF_ORDER} < ?"),
            vec![purpose.as_str().into(), since.number().saturating_sub(2).into()],
        )?;
        self.run(
            "INSERT INTO orders (purpose, at, day) VALUES (?, ?, ?)",
            vec![purpose.as_str().into(), now.millis().into(), day.number().into()],
        )
    }

    /// How many SMS were accepted for a purpose on the day `since` or later.
    pub fn orders(&self, purpose: &PurposeId, since: LocalDay) -> Result<usize> {
        let count = self.text(
            &format!("SELECT COUNT(*) FROM orders WHERE purpose = ? AND {DAY_OF_ORDER} >= ?"),
            vec![purpose.as_str().into(), since.number().into()],
        )?;
        count.unwrap_or_default().parse().map_err(fault)
    }

    /// How many other SMS than the one that was ordered then are of the days from `since` to `today`; none where it is
    /// of today itself, and so was counted among them when it was accepted.
    pub fn others(
        &self,
        purpose: &PurposeId,
        ordered_at: Timestamp,
        since: LocalDay,
        today: LocalDay,
    ) -> Result<usize> {
        let count = self.text(
            &format!(
                "WITH all_of AS (SELECT row, at, {DAY_OF_ORDER} AS day FROM orders WHERE purpose = ?1),
                 own AS (SELECT MIN(row) AS row, day FROM all_of WHERE at = ?2)
                 SELECT COUNT(*) FROM all_of, own
                 WHERE all_of.day BETWEEN ?3 AND ?4 AND all_of.row != own.row AND own.day < ?4"
            ),
            vec![purpose.as_str().into(), ordered_at.millis().into(), since.number().into(), today.number().into()],
        )?;
        count.unwrap_or_default().parse().map_err(fault)
    }

    /// An SMS that leaves on another day than it was to is one of the day that it leaves on.
    pub fn move_order(&self, purpose: &PurposeId, ordered_at: Timestamp, to: LocalDay) -> Result<()> {
        self.run(
            "UPDATE orders SET day = ?3
             WHERE row = (SELECT MIN(row) FROM orders WHERE purpose = ?1 AND at = ?2 AND day != ?3)",
            vec![purpose.as_str().into(), ordered_at.millis().into(), to.number().into()],
        )
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
