//! The row that decides about a person, and the key that opens the rest.

use shared::{
    key_ring::{Key, NumberHash, Sealed, SubjectId},
    stored::{Contact, Record},
    subject::{self, State},
    whereabouts::Place,
    wire::{Checked, StateLine},
};
use worker::Result;

use crate::platform::{
    secrets::{Secrets, random},
    sql::fault,
    stored,
};

/// The row, with the data key at hand.
pub struct Loaded {
    pub record: Record,
    key: Option<Key>,
}

impl Loaded {
    pub fn open_row(json: &str, secrets: &Secrets) -> Result<Self> {
        let record: Record = stored::read(json)?;
        let key = match &record.key {
            Some(wrapped) => {
                let bytes = secrets.seal.open("data key", wrapped).map_err(fault)?;
                Some(Key::new(<[u8; 32]>::try_from(bytes).map_err(|_| fault("data key"))?))
            }
            None => None,
        };
        Ok(Self { record, key })
    }

    /// A person seen for the first time; without the number, which not every command needs.
    pub fn new(place: Place) -> Self {
        Self::of_id(place.id, Some(place.hash))
    }

    /// Whoever an id may be of: nothing is known but that.
    pub fn under(id: SubjectId) -> Self {
        Self::of_id(id, None)
    }

    fn of_id(id: SubjectId, hash: Option<NumberHash>) -> Self {
        let record = Record {
            id,
            hash,
            key: None,
            number: None,
            contact: None,
            state: State::default(),
            source: None,
            listed_at: None,
        };
        Self { record, key: None }
    }

    /// Makes a data key and keeps the number under it, where there is none.
    pub fn keep_number(&mut self, number: &str, secrets: &Secrets) -> Result<()> {
        if self.key.is_none() {
            let bytes = random();
            self.record.key = Some(secrets.seal.seal(random(), "data key", &bytes).map_err(fault)?);
            self.key = Some(Key::new(bytes));
            self.record.number = Some(self.seal("number", number)?);
        }
        Ok(())
    }

    /// Forgets the number and whatever else says who it is. Nothing that was sealed under the data key can be read
    /// again.
    pub fn destroy_key(&mut self) {
        self.key = None;
        self.record.key = None;
        self.record.number = None;
        self.record.contact = None;
        self.record.source = None;
    }

    fn key(&self) -> Result<&Key> {
        self.key.as_ref().ok_or_else(|| fault("no data key"))
    }

    /// Seals under the data key.
    pub fn seal(&self, context: &str, text: &str) -> Result<Sealed> {
        self.key()?.seal(random(), context, text.as_bytes()).map_err(fault)
    }

    /// Seals what only has to take as long as what is kept: where there is no data key, under one that nobody keeps.
    pub fn seal_for_now(&self, context: &str, text: &str) -> Result<Sealed> {
        match &self.key {
            Some(_) => self.seal(context, text),
            None => Key::new(random()).seal(random(), context, text.as_bytes()).map_err(fault),
        }
    }

    /// Opens what [`Loaded::seal`] made.
    pub fn open(&self, context: &str, sealed: &Sealed) -> Result<String> {
        String::from_utf8(self.key()?.open(context, sealed).map_err(fault)?).map_err(fault)
    }

    /// The number; empty where none is kept.
    pub fn number(&self) -> Result<String> {
        self.record.number.as_ref().map_or(Ok(String::new()), |number| self.open("number", number))
    }

    /// Its last two digits.
    pub fn number_ends(&self) -> Result<String> {
        let number = self.number()?;
        Ok(number.get(number.len().saturating_sub(2)..).unwrap_or_default().to_owned())
    }

    pub fn contact(&self) -> Result<&Contact> {
        self.record.contact.as_ref().ok_or_else(|| fault("nobody to write to"))
    }
}

/// Each purpose with its state, for people to read.
pub fn lines(state: &subject::State) -> Vec<StateLine> {
    state
        .standings
        .iter()
        .map(|(purpose, standing)| StateLine {
            purpose: purpose.clone(),
            state: standing.state(),
            since: standing.since(),
            reference: None,
        })
        .collect()
}

pub fn denied(reason: subject::Reason) -> Checked {
    Checked { allowed: false, basis: None, since: None, event: None, reason: Some(reason) }
}
