use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use sha2::{Digest as _, Sha256};

use super::event::{Event, SignedEvent};
use crate::key_ring::{Key, KeyError, KeyRing};

/// Why an event or a chain doesn't hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EvidenceError {
    /// It can't be written as canonical JSON.
    #[error("the event can't be written")]
    Unwritable,
    /// Content and hash differ.
    #[error("event {0} was changed")]
    Changed(u32),
    /// The signature isn't the key's.
    #[error("event {0} is not signed by a known key")]
    Unsigned(u32),
    /// An event is missing or out of place.
    #[error("the chain breaks at event {0}")]
    Broken(u32),
    /// No key to sign with.
    #[error(transparent)]
    Key(#[from] KeyError),
}

impl Event {
    fn hash(&self) -> Result<String, EvidenceError> {
        let canonical = serde_jcs::to_vec(self).map_err(|_| EvidenceError::Unwritable)?;
        Ok(format!("sha256-{}", URL_SAFE_NO_PAD.encode(Sha256::digest(canonical))))
    }

    pub fn sign(self, keys: &KeyRing) -> Result<SignedEvent, EvidenceError> {
        let (key_id, key) = keys.current()?;
        let hash = self.hash()?;
        let signature = signing_key(key).sign(hash.as_bytes());
        Ok(SignedEvent { event: self, hash, key_id, signature: URL_SAFE_NO_PAD.encode(signature.to_bytes()) })
    }
}

fn signing_key(key: &Key) -> SigningKey {
    SigningKey::from_bytes(key.bytes())
}

/// The public key of a signing key, to be published for as long as events name it.
pub fn public_key(key: &Key) -> [u8; 32] {
    signing_key(key).verifying_key().to_bytes()
}

/// Checks a whole chain with the public keys alone.
pub fn verify(chain: &[SignedEvent], public: impl Fn(u8) -> Option<[u8; 32]>) -> Result<(), EvidenceError> {
    let mut previous: Option<&SignedEvent> = None;
    for signed in chain {
        let seq = signed.event.seq;
        let follows = signed.event.previous.as_ref() == previous.map(|before| &before.hash)
            && seq == previous.map_or(1, |before| before.event.seq.saturating_add(1))
            && previous.is_none_or(|before| {
                before.event.subject == signed.event.subject && before.event.purpose == signed.event.purpose
            });
        if !follows {
            return Err(EvidenceError::Broken(seq));
        }
        if signed.event.hash()? != signed.hash {
            return Err(EvidenceError::Changed(seq));
        }
        let key = public(signed.key_id).and_then(|bytes| VerifyingKey::from_bytes(&bytes).ok());
        let signature =
            URL_SAFE_NO_PAD.decode(&signed.signature).ok().and_then(|bytes| Signature::from_slice(&bytes).ok());
        let valid = key
            .zip(signature)
            .is_some_and(|(key, signature)| key.verify_strict(signed.hash.as_bytes(), &signature).is_ok());
        if !valid {
            return Err(EvidenceError::Unsigned(seq));
        }
        previous = Some(signed);
    }
    Ok(())
}
