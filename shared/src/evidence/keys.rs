//! The keys that sign, and what is published of them.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::key_ring::{Key, KeyRing};

/// What is signed. Each kind has a context of its own, so that a signature of one never passes for another's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Context {
    Event,
}

impl Context {
    const fn name(self) -> &'static str {
        match self {
            Self::Event => "jawort/2/event",
        }
    }

    /// What Ed25519 is over: the context ‖ 0 ‖ the 32 bytes of the hash.
    fn message(self, hash: &[u8; 32]) -> Vec<u8> {
        [self.name().as_bytes(), &[0], hash].concat()
    }

    /// The signature, base64url.
    pub fn sign(self, key: &Key, hash: &[u8; 32]) -> String {
        URL_SAFE_NO_PAD.encode(signing_key(key).sign(&self.message(hash)).to_bytes())
    }

    pub fn verify(self, key: &PublicKey, hash: &[u8; 32], signature: &str) -> bool {
        key.verifies(&self.message(hash), signature)
    }
}

fn signing_key(key: &Key) -> SigningKey {
    SigningKey::from_bytes(key.bytes())
}

/// A public signing key as a JWK (RFC 8037). It is published as long as events name it, which is longer than it signs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PublicKey {
    /// Its thumbprint (RFC 7638), by which `jawort/2` names it.
    pub kid: String,
    /// Always `OKP`.
    pub kty: String,
    /// Always `Ed25519`.
    pub crv: String,
    /// The key, base64url.
    pub x: String,
    /// Always `sig`.
    #[serde(rename = "use")]
    pub use_: String,
    /// Always `EdDSA`.
    pub alg: String,
    /// Its number in the secret, by which `jawort/1` names it.
    pub generation: u8,
}

impl PublicKey {
    pub fn of(generation: u8, key: &Key) -> Self {
        let x = URL_SAFE_NO_PAD.encode(signing_key(key).verifying_key().to_bytes());
        // The required members in lexicographic order, without spaces (RFC 7638 3, RFC 8037 2).
        let required = format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{x}"}}"#);
        Self {
            kid: URL_SAFE_NO_PAD.encode(Sha256::digest(required)),
            kty: "OKP".to_owned(),
            crv: "Ed25519".to_owned(),
            x,
            use_: "sig".to_owned(),
            alg: "EdDSA".to_owned(),
            generation,
        }
    }

    pub(super) fn verifies(&self, message: &[u8], signature: &str) -> bool {
        let key = URL_SAFE_NO_PAD.decode(&self.x).ok().and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
        let key = key.and_then(|bytes| VerifyingKey::from_bytes(&bytes).ok());
        let signature = URL_SAFE_NO_PAD.decode(signature).ok().and_then(|bytes| Signature::from_slice(&bytes).ok());
        key.zip(signature).is_some_and(|(key, signature)| key.verify_strict(message, &signature).is_ok())
    }
}

/// `GET /v1/keys`: a JWK set (RFC 7517), the key that signs now first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PublicKeys {
    pub keys: Vec<PublicKey>,
}

impl PublicKeys {
    pub fn of(ring: &KeyRing) -> Self {
        Self { keys: ring.oldest_first().rev().map(|(generation, key)| PublicKey::of(generation, key)).collect() }
    }

    /// The same, followed by those of `earlier` that are not among them.
    pub fn with(mut self, earlier: impl IntoIterator<Item = PublicKey>) -> Self {
        for key in earlier {
            if self.by_kid(&key.kid).is_none() {
                self.keys.push(key);
            }
        }
        self
    }

    pub fn by_kid(&self, kid: &str) -> Option<&PublicKey> {
        self.keys.iter().find(|key| key.kid == kid)
    }

    /// Those of a generation: more than one, where the secret was once begun anew.
    pub fn of_generation(&self, generation: u64) -> impl Iterator<Item = &PublicKey> {
        self.keys.iter().filter(move |key| u64::from(key.generation) == generation)
    }
}
