//! Forwarding notes: where the record of a number is, or will be, that this object was asked for
//! (`shared::whereabouts`). They stand beside the record of another number that has the same id, or, mostly, alone.

use std::cell::Cell;

use shared::{
    key_ring::NumberHash,
    time::Timestamp,
    whereabouts::{ForwardingNote, Place},
};
use worker::{Result, State};

use crate::platform::{
    sql::{has_table, rows, run, value},
    stored,
};

const SCHEMA: &str = "CREATE TABLE IF NOT EXISTS notes (hash TEXT PRIMARY KEY, note TEXT, until INTEGER) WITHOUT ROWID";

/// The table of an object, which few have.
#[derive(Default)]
pub struct Notes {
    /// Whether it was ever made, as far as this instance knows.
    made: Cell<Option<bool>>,
}

impl Notes {
    fn made(&self, state: &State) -> Result<bool> {
        if let Some(made) = self.made.get() {
            return Ok(made);
        }
        let made = has_table(&state.storage().sql(), "notes")?;
        self.made.set(Some(made));
        Ok(made)
    }

    /// What it knows is not sure: a transaction was rolled back, or all was deleted.
    pub fn forget(&self) {
        self.made.set(None);
    }

    /// Where a number is by its note.
    pub fn find(&self, state: &State, hash: NumberHash, now: Timestamp) -> Result<Option<Place>> {
        if !self.made(state)? {
            return Ok(None);
        }
        let note = value(&state.storage().sql(), "SELECT note FROM notes WHERE hash = ?", vec![hash.hex().into()])?;
        let note = note.map(|json| stored::read::<ForwardingNote>(&json)).transpose()?;
        Ok(note.and_then(|note| note.leads(now)))
    }

    pub fn put(&self, state: &State, hash: NumberHash, note: &ForwardingNote) -> Result<()> {
        let sql = state.storage().sql();
        run(&sql, SCHEMA, Vec::new())?;
        self.made.set(Some(true));
        let values = vec![hash.hex().into(), stored::write(note)?.into(), note.until.millis().into()];
        run(
            &sql,
            "INSERT INTO notes VALUES (?1, ?2, ?3) ON CONFLICT (hash) DO UPDATE SET note = ?2, until = ?3",
            values,
        )
    }

    /// When the first of them goes.
    pub fn next_due(&self, state: &State) -> Result<Option<Timestamp>> {
        if !self.made(state)? {
            return Ok(None);
        }
        let until = value(&state.storage().sql(), "SELECT MIN(until) FROM notes", Vec::new())?;
        Ok(until.and_then(|text| text.parse().ok()).map(Timestamp::from_millis))
    }

    /// Deletes those whose time has come. Gives whether none is left of some that there were.
    pub fn forget_before(&self, state: &State, now: Timestamp) -> Result<bool> {
        if !self.made(state)? {
            return Ok(false);
        }
        let sql = state.storage().sql();
        run(&sql, "DELETE FROM notes WHERE until <= ?", vec![now.millis().into()])?;
        Ok(rows::<1>(&sql, "SELECT 1 FROM notes LIMIT 1", Vec::new())?.is_empty())
    }
}
