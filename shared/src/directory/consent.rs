//! Copies of consents in force, readable with the `export` key.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    ids::PurposeId,
    key_ring::{KeyError, KeyRing, SubjectId},
    lang::Lang,
    reference::Reference,
    stored::{self, FormRef, SealedConsent, Sealing, Unreadable},
    time::Timestamp,
};

/// What a copy says of a consent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    pub since: Timestamp,
    pub lang: Lang,
    /// What was confirmed.
    pub form: FormRef,
    /// The owner's, of that request; unknown before format 2.
    #[serde(default)]
    pub reference: Option<Reference>,
}

/// A consent in force, as KV holds it, sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsentInForce {
    pub subject: SubjectId,
    /// E.164.
    pub number: String,
    pub purpose: PurposeId,
    pub consent: Consent,
    pub tip: Tip,
}

/// The last event of a chain when its copy was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tip {
    pub seq: u32,
    pub hash: String,
}

/// What an export needs of a person, sealed: only while a consent is in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportRow {
    /// E.164.
    pub number: String,
    pub consents: BTreeMap<PurposeId, Consent>,
}

/// Why something could not be sealed.
#[derive(Debug, thiserror::Error)]
pub enum SealError {
    #[error(transparent)]
    Key(#[from] KeyError),
    #[error(transparent)]
    Json(#[from] serde_json::Error),
}

/// Each kind of value is sealed for itself.
const CONSENT: &str = "consent in force";
const EXPORT: &str = "export row";

impl ConsentInForce {
    /// The value for KV.
    ///
    /// # Errors
    /// The key ring can't be used.
    pub fn seal(&self, export: &KeyRing, nonce: [u8; 12]) -> Result<String, SealError> {
        let sealed = export.seal(nonce, CONSENT, stored::write(self)?.as_bytes())?;
        Ok(stored::write(&SealedConsent(sealed))?)
    }

    fn open(value: &str, export: &KeyRing) -> Result<Option<Self>, Unreadable> {
        let SealedConsent(sealed) = stored::read(value)?;
        let plain = export.open(CONSENT, &sealed).ok().and_then(|plain| String::from_utf8(plain).ok());
        plain.map(|plain| stored::read(&plain)).transpose()
    }
}

impl ExportRow {
    /// # Errors
    /// The key ring can't be used.
    pub fn seal(&self, export: &KeyRing, nonce: [u8; 12]) -> Result<Sealing, SealError> {
        Ok(Sealing(export.seal(nonce, EXPORT, stored::write(self)?.as_bytes())?))
    }
}

/// What KV holds of a consent in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Held {
    AsItIs,
    /// Nothing, another consent, or what an earlier build wrote.
    Amiss,
    /// What a newer build wrote: it stays.
    Newer(Unreadable),
}

/// Compares a value of KV with the consent that it is to be of. The tip may be an older one: use alone is not copied.
pub fn held(value: Option<&str>, export: &KeyRing, subject: SubjectId, purpose: &PurposeId, consent: &Consent) -> Held {
    let Some(value) = value else {
        return Held::Amiss;
    };
    match ConsentInForce::open(value, export) {
        Ok(Some(copy)) if copy.subject == subject && copy.purpose == *purpose && copy.consent == *consent => {
            Held::AsItIs
        }
        Err(newer @ Unreadable::UnknownFormat { .. }) => Held::Newer(newer),
        Ok(_) | Err(Unreadable::Broken { .. }) => Held::Amiss,
    }
}
