use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// Base64url of SHA-256(salt ‖ value): names a value without telling it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct Commitment(String);

/// A value that may have to be deleted, with the salt of its commitment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erasable {
    /// What it is: `number`, `network`, `user_agent`, `page`.
    pub name: String,
    /// Random, base64url.
    pub salt: String,
    pub value: String,
}

impl Erasable {
    /// A value with 16 random bytes of salt.
    pub fn new(name: &str, value: impl Into<String>, salt: [u8; 16]) -> Self {
        Self { name: name.to_owned(), salt: URL_SAFE_NO_PAD.encode(salt), value: value.into() }
    }

    /// What an event says of it.
    pub fn commitment(&self) -> Named {
        let mut hasher = Sha256::new();
        hasher.update(&self.salt);
        hasher.update(&self.value);
        Named { name: self.name.clone(), commitment: Commitment(URL_SAFE_NO_PAD.encode(hasher.finalize())) }
    }
}

/// A commitment and what it is to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Named {
    /// The value's name.
    pub name: String,
    /// The commitment.
    pub commitment: Commitment,
}
