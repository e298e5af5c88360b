//! Key rings, the keyed hash that stands for a number, and sealing.
//!
//! Four secrets, each with generations that can be added without a break: `index` (which object is a
//! number's), `seal` (wraps each subject's own data key), `export` (copies of consents in KV, rows for exports)
//! and `sign` (events).

use aes_gcm::{
    Aes256Gcm, KeyInit as _, Nonce,
    aead::{Aead as _, Payload},
};
use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use hmac::{Hmac, Mac as _};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use crate::{hex, phone::MobileNumber};

/// Why a key ring can't be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Not `1:<base64>,2:<base64>`.
    #[error("a key ring is written `1:<base64 of 32 bytes>`, further generations follow after a comma")]
    Malformed,
    /// `2(next):…` where it means nothing, or elsewhere than at the end.
    #[error("only the index ring may have a `(next)` generation: its last one, after at least one that is in use")]
    Next,
    /// A generation that the ring doesn't have.
    #[error("the key of generation {0} is missing; add it back to the ring")]
    Missing(u8),
    /// Ciphertext that was changed, or sealed for something else.
    #[error("the sealed value can't be opened")]
    Sealed,
}

/// A secret key of 32 bytes.
#[derive(Clone)]
pub struct Key([u8; 32]);

impl Key {
    /// A key from 32 random bytes.
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The bytes, for a signature scheme.
    pub const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// HMAC-SHA256 over `parts`, each preceded by its length, so that no two lists of parts are alike.
    pub fn mac(&self, parts: &[&[u8]]) -> [u8; 32] {
        // HMAC takes keys of every length, so this arm is never reached.
        let Ok(mut mac) = <Hmac<Sha256> as hmac::Mac>::new_from_slice(&self.0) else {
            return [0; 32];
        };
        for part in parts {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
    }

    /// HMAC-SHA256 over the bytes as they are. They begin with what they are, and so with no length: none is a list of
    /// [`Key::mac`].
    pub(crate) fn mac_of(&self, bytes: &[u8]) -> [u8; 32] {
        // As in `mac`, this arm is never reached.
        let Ok(mac) = <Hmac<Sha256> as hmac::Mac>::new_from_slice(&self.0) else {
            return [0; 32];
        };
        mac.chain_update(bytes).finalize().into_bytes().into()
    }

    /// AES-256-GCM under a `nonce` that is never used twice; `context` says what is sealed.
    pub fn seal(&self, nonce: [u8; 12], context: &str, plain: &[u8]) -> Result<Sealed, KeyError> {
        let sealed = Aes256Gcm::new(&self.0.into())
            .encrypt(Nonce::from_slice(&nonce), Payload { msg: plain, aad: context.as_bytes() })
            .map_err(|_| KeyError::Sealed)?;
        Ok(Sealed(URL_SAFE_NO_PAD.encode([&nonce[..], &sealed].concat())))
    }

    /// Opens what [`Key::seal`] made for the same `context`.
    pub fn open(&self, context: &str, sealed: &Sealed) -> Result<Vec<u8>, KeyError> {
        let bytes = URL_SAFE_NO_PAD.decode(&sealed.0).map_err(|_| KeyError::Sealed)?;
        let (nonce, sealed) = bytes.split_at_checked(12).ok_or(KeyError::Sealed)?;
        Aes256Gcm::new(&self.0.into())
            .decrypt(Nonce::from_slice(nonce), Payload { msg: sealed, aad: context.as_bytes() })
            .map_err(|_| KeyError::Sealed)
    }
}

/// Ciphertext with its nonce, base64url.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Sealed(pub String);

/// [`Sealed`] under a key of a ring, with the key's generation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedBy {
    /// Generation of the key.
    pub key: u8,
    pub sealed: Sealed,
}

/// The generations of one secret. The last one is current, or the one before it where the last is only known yet.
#[derive(Clone)]
pub struct KeyRing {
    /// The oldest first; never empty.
    keys: Vec<(u8, Key)>,
    /// Whether the last one is known and not yet used.
    next: bool,
}

/// What follows the number of a generation that is known and not yet used.
pub const NEXT: &str = "(next)";

impl KeyRing {
    /// Reads `1:<base64>,2:<base64>`.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let ring = Self::parse_index(text)?;
        if ring.next { Err(KeyError::Next) } else { Ok(ring) }
    }

    /// The same of the index ring, whose last generation may be `2(next):<base64>`: known, so that it is found by
    /// whoever is given it, and not yet used for anybody new.
    pub fn parse_index(text: &str) -> Result<Self, KeyError> {
        let mut keys: Vec<(u8, Key)> = Vec::new();
        let mut next = false;
        for entry in text.split(',') {
            if next {
                return Err(KeyError::Next);
            }
            let (generation, key) = entry.trim().split_once(':').ok_or(KeyError::Malformed)?;
            let generation = match generation.strip_suffix(NEXT) {
                Some(_) if keys.is_empty() => return Err(KeyError::Next),
                Some(number) => {
                    next = true;
                    number
                }
                None => generation,
            };
            let generation: u8 = generation.parse().map_err(|_| KeyError::Malformed)?;
            let bytes = STANDARD.decode(key).map_err(|_| KeyError::Malformed)?;
            let bytes = <[u8; 32]>::try_from(bytes).map_err(|_| KeyError::Malformed)?;
            if keys.iter().any(|(other, _)| *other >= generation) {
                return Err(KeyError::Malformed);
            }
            keys.push((generation, Key(bytes)));
        }
        if keys.is_empty() { Err(KeyError::Malformed) } else { Ok(Self { keys, next }) }
    }

    pub fn current(&self) -> Result<(u8, &Key), KeyError> {
        self.used().last().ok_or(KeyError::Malformed)
    }

    /// All generations that were ever used here, the oldest first: without one that is only known yet.
    pub fn used(&self) -> impl Iterator<Item = (u8, &Key)> {
        let used = self.keys.len() - usize::from(self.next);
        self.oldest_first().take(used)
    }

    /// All generations, the oldest first.
    pub fn oldest_first(&self) -> impl DoubleEndedIterator<Item = (u8, &Key)> {
        self.keys.iter().map(|(generation, key)| (*generation, key))
    }

    pub fn get(&self, generation: u8) -> Result<&Key, KeyError> {
        self.keys.iter().find_map(|(of, key)| (*of == generation).then_some(key)).ok_or(KeyError::Missing(generation))
    }

    pub fn seal(&self, nonce: [u8; 12], context: &str, plain: &[u8]) -> Result<SealedBy, KeyError> {
        let (generation, key) = self.current()?;
        Ok(SealedBy { key: generation, sealed: key.seal(nonce, context, plain)? })
    }

    pub fn open(&self, context: &str, sealed: &SealedBy) -> Result<Vec<u8>, KeyError> {
        self.get(sealed.key)?.open(context, &sealed.sealed)
    }
}

/// What stands for a number in URLs, keys and tokens: the generation of the index key and 64 bits of the
/// keyed hash. 12 characters of base64url.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct SubjectId(pub(crate) [u8; 9]);

/// The whole keyed hash of a number. Its object keeps it, so that two numbers with one id never merge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct NumberHash([u8; 32]);

impl NumberHash {
    pub fn hex(&self) -> String {
        hex::write(&self.0)
    }
}

impl SubjectId {
    /// The id and the whole hash of a number under one generation of the index key.
    pub fn of(number: &MobileNumber, generation: u8, key: &Key) -> (Self, NumberHash) {
        let hash = key.mac(&[b"subject", number.e164().as_bytes()]);
        let mut id = [generation; 9];
        for (to, from) in id.iter_mut().skip(1).zip(hash) {
            *to = from;
        }
        (Self(id), NumberHash(hash))
    }
}

impl SubjectId {
    /// The generation of the index key under which it was made.
    pub fn generation(self) -> u8 {
        let [generation, ..] = self.0;
        generation
    }

    /// The id with other bytes behind it, as many as find room: what begins so leads to the subject's object.
    pub(crate) fn followed_by<const N: usize>(self, more: impl IntoIterator<Item = u8>) -> [u8; N] {
        let mut bytes = [0; N];
        for (to, from) in bytes.iter_mut().zip(self.0.into_iter().chain(more)) {
            *to = from;
        }
        bytes
    }

    /// The id that such bytes begin with.
    pub(crate) fn leading<const N: usize>(bytes: [u8; N]) -> Self {
        let mut id = [0; 9];
        for (to, from) in id.iter_mut().zip(bytes) {
            *to = from;
        }
        Self(id)
    }
}

impl From<SubjectId> for String {
    fn from(id: SubjectId) -> Self {
        URL_SAFE_NO_PAD.encode(id.0)
    }
}

impl TryFrom<String> for SubjectId {
    type Error = KeyError;
    fn try_from(text: String) -> Result<Self, KeyError> {
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| KeyError::Malformed)?;
        bytes.try_into().map(Self).map_err(|_| KeyError::Malformed)
    }
}

impl std::fmt::Display for SubjectId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&String::from(*self))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring(generations: &[u8]) -> KeyRing {
        let text: Vec<_> = generations.iter().map(|n| format!("{n}:{}", STANDARD.encode([*n; 32]))).collect();
        KeyRing::parse(&text.join(",")).unwrap()
    }

    #[test]
    fn what_an_old_key_sealed_opens_after_a_rotation() {
        let sealed = ring(&[1]).seal([7; 12], "data key", b"secret").unwrap();
        assert_eq!(ring(&[1, 2]).open("data key", &sealed).unwrap(), b"secret");
        assert_eq!(ring(&[1, 2]).seal([7; 12], "data key", b"x").unwrap().key, 2);
        assert_eq!(ring(&[2]).open("data key", &sealed), Err(KeyError::Missing(1)));
    }

    #[test]
    fn a_sealed_value_opens_for_its_own_context_only() {
        let key = Key::new([1; 32]);
        let sealed = key.seal([0; 12], "number", b"+49").unwrap();
        assert_eq!(key.open("page", &sealed), Err(KeyError::Sealed));
        assert_eq!(Key::new([2; 32]).open("number", &sealed), Err(KeyError::Sealed));
        assert_eq!(key.open("number", &Sealed("AA".into())), Err(KeyError::Sealed));
    }

    #[test]
    fn a_mac_tells_lists_of_parts_apart() {
        let key = Key::new([1; 32]);
        assert_ne!(key.mac(&[b"ab", b"c"]), key.mac(&[b"a", b"bc"]));
    }

    #[test]
    fn a_ring_that_is_not_in_order_is_refused() {
        for text in ["", "1", "1:AA==", "x:", "2:AQ==,1:AQ=="] {
            assert!(KeyRing::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_generation_may_be_known_before_it_is_used_in_the_index_ring_alone() {
        let key = STANDARD.encode([1; 32]);
        let text = format!("1:{key},2(next):{key}");
        let ring = KeyRing::parse_index(&text).unwrap();
        assert_eq!(ring.current().unwrap().0, 1);
        assert!(ring.get(2).is_ok());
        assert_eq!(ring.used().map(|(generation, _)| generation).collect::<Vec<_>>(), [1]);
        assert_eq!(KeyRing::parse(&text).err(), Some(KeyError::Next));
        for text in [
            format!("1(next):{key}"),
            format!("1:{key},2(next):{key},3:{key}"),
            format!("1:{key},2(next):{key},3(next):{key}"),
        ] {
            assert_eq!(KeyRing::parse_index(&text).err(), Some(KeyError::Next), "{text}");
        }
        assert_eq!(KeyRing::parse_index(&format!("1:{key},2(then):{key}")).err(), Some(KeyError::Malformed));
    }
}
