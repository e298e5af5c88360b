use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

use super::{
    event::{Event, SignedEvent},
    keys::{Context, PublicKey, PublicKeys},
};
use crate::key_ring::{KeyError, KeyRing};

/// Why an event or a chain doesn't hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EvidenceError {
    /// It can't be written as canonical JSON.
    #[error("the event can't be written")]
    Unwritable,
    /// It is no event, or one of a format that is not known here.
    #[error("event {0} is of no known format")]
    Unknown(u64),
    /// Content and hash differ.
    #[error("event {0} was changed")]
    Changed(u64),
    /// The signature isn't that of the key that it names.
    #[error("event {0} is not signed by a known key")]
    Unsigned(u64),
    /// An event is missing or out of place.
    #[error("the chain breaks at event {0}")]
    Broken(u64),
    /// No key to sign with.
    #[error(transparent)]
    Key(#[from] KeyError),
}

impl Event {
    /// Signs with the ring's current key.
    pub fn sign(self, keys: &KeyRing) -> Result<SignedEvent, EvidenceError> {
        let (generation, key) = keys.current()?;
        let hash = digest(&serde_jcs::to_vec(&self).map_err(|_| EvidenceError::Unwritable)?);
        Ok(SignedEvent {
            event: self,
            hash: written(&hash),
            kid: PublicKey::of(generation, key).kid,
            signature: Context::Event.sign(key, &hash),
        })
    }
}

fn digest(canonical: &[u8]) -> [u8; 32] {
    Sha256::digest(canonical).into()
}

fn written(hash: &[u8; 32]) -> String {
    format!("sha256-{}", URL_SAFE_NO_PAD.encode(hash))
}

/// Checks a whole chain, the events as they are kept, with the public keys alone. What it knows of an event is where it
/// stands, its hash and its signature: kinds and fields of later builds are covered like all others.
pub fn verify(chain: &[Value], keys: &PublicKeys) -> Result<(), EvidenceError> {
    let mut before: Option<&Map<String, Value>> = None;
    for (at, event) in chain.iter().enumerate() {
        let seq = at as u64 + 1;
        let event = event.as_object().ok_or(EvidenceError::Unknown(seq))?;
        let same = |name: &str| before.is_none_or(|before| before.get(name) == event.get(name));
        let previous = before.map_or(Value::Null, |before| before.get("hash").cloned().unwrap_or_default());
        let follows = event.get("seq").and_then(Value::as_u64) == Some(seq)
            && event.get("previous") == Some(&previous)
            && same("subject")
            && same("purpose");
        if !follows {
            return Err(EvidenceError::Broken(seq));
        }
        check(event, seq, keys)?;
        before = Some(event);
    }
    Ok(())
}

fn check(event: &Map<String, Value>, seq: u64, keys: &PublicKeys) -> Result<(), EvidenceError> {
    let text = |name: &str| event.get(name).and_then(Value::as_str).unwrap_or_default();
    let mut content = event.clone();
    for about in ["hash", "kid", "key_id", "signature"] {
        content.remove(about);
    }
    let hash = digest(&serde_jcs::to_vec(&content).map_err(|_| EvidenceError::Unwritable)?);
    let signature = text("signature");
    let signed = match text("schema") {
        "jawort/2" if event.contains_key("key_id") => return Err(EvidenceError::Changed(seq)),
        "jawort/2" => keys.by_kid(text("kid")).is_some_and(|key| Context::Event.verify(key, &hash, signature)),
        "jawort/1" if event.contains_key("kid") => return Err(EvidenceError::Changed(seq)),
        // Signed was the hash as it is written, and the key was named by its number.
        "jawort/1" => {
            let generation = event.get("key_id").and_then(Value::as_u64).ok_or(EvidenceError::Unsigned(seq))?;
            keys.of_generation(generation).any(|key| key.verifies(written(&hash).as_bytes(), signature))
        }
        _ => return Err(EvidenceError::Unknown(seq)),
    };
    if text("hash") != written(&hash) {
        return Err(EvidenceError::Changed(seq));
    }
    if signed { Ok(()) } else { Err(EvidenceError::Unsigned(seq)) }
}
