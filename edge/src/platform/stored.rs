//! Stored values, as objects and KV read and write them.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
};

use serde::Serialize;
use shared::{
    stored::{self, Lists, Stored, Unreadable},
    time::{Span, Timestamp},
};
use worker::{Error, Result};

use super::clock;

/// What this build can't read is looked at, and told of, again so often: another build may have come.
pub const LOOK_AGAIN: Span = Span::days(1);

/// How the error of a value begins that stays as it is.
const UNREADABLE: &str = "unreadable: ";
/// The same, where a newer build wrote it.
const NEWER: &str = "unreadable: newer: ";

thread_local! {
    /// What this isolate could not read, and when the owner was last told of it.
    static FOUND: RefCell<BTreeMap<String, Option<Timestamp>>> = const { RefCell::new(BTreeMap::new()) };
}

/// The JSON to store.
pub fn write<T: Stored>(value: &T) -> Result<String> {
    Ok(stored::write(value)?)
}

/// What was stored, by this or an earlier build. What can't be read stays as it is, and the owner is told of it.
pub fn read<T: Stored>(json: &str) -> Result<T> {
    stored::read(json).map_err(|error| note(&error))
}

/// The lists in a person's row of an older build; none in one of today's.
pub fn grown(json: &str) -> Result<Option<Lists>> {
    Lists::of(json).map_err(|error| note(&error))
}

/// The error of a row without JSON whose format this build doesn't know.
pub fn unknown(name: &'static str, format: usize) -> Error {
    note(&Unreadable::UnknownFormat { name, format })
}

/// Tells the owner of what can't be read, and stays as it is.
pub fn note(error: &Unreadable) -> Error {
    worker::console_error!("{error}; it stays as it is");
    FOUND.with_borrow_mut(|found| {
        found.entry(error.to_string()).or_default();
    });
    let mark = match error {
        Unreadable::UnknownFormat { .. } => NEWER,
        Unreadable::Broken { .. } => UNREADABLE,
    };
    Error::RustError(format!("{mark}{error}"))
}

/// Whether trying again will end alike, until another build comes.
pub fn is_unreadable(error: &Error) -> bool {
    matches!(error, Error::RustError(text) if text.starts_with(UNREADABLE))
}

/// Whether a newer build wrote it, which was rolled back.
pub fn is_of_a_newer_build(error: &Error) -> bool {
    matches!(error, Error::RustError(text) if text.starts_with(NEWER))
}

/// The error of whoever asked for what can't be read.
pub fn unreadable(newer: bool) -> Error {
    Error::RustError(if newer { NEWER } else { UNREADABLE }.to_owned())
}

/// What could not be read and is to be told of now.
pub fn to_tell() -> Vec<String> {
    let now = clock::now();
    FOUND.with_borrow(|found| {
        let due = found.iter().filter(|(_, told)| told.is_none_or(|told| told + LOOK_AGAIN <= now));
        due.map(|(what, _)| what.clone()).collect()
    })
}

/// Notes that the owner was told of it.
pub fn told(what: &str) {
    FOUND.with_borrow_mut(|found| found.insert(what.to_owned(), Some(clock::now())));
}

/// Rows of an object that this build can't read: left out of what is due, and looked at again a day later.
pub struct PassedOver<Id> {
    ids: BTreeSet<Id>,
    since: Option<Timestamp>,
}

impl<Id> Default for PassedOver<Id> {
    fn default() -> Self {
        Self { ids: BTreeSet::new(), since: None }
    }
}

impl<Id: Ord + Serialize> PassedOver<Id> {
    /// Their ids as a JSON list, for SQL; none once it is time to look again.
    pub fn json(&mut self) -> Result<String> {
        if self.look_again().is_some_and(|again| again <= clock::now()) {
            *self = Self::default();
        }
        Ok(serde_json::to_string(&self.ids)?)
    }

    pub fn insert(&mut self, id: Id) {
        self.ids.insert(id);
        self.since.get_or_insert_with(clock::now);
    }

    pub fn look_again(&self) -> Option<Timestamp> {
        self.since.map(|since| since + LOOK_AGAIN)
    }
}
