use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, Mac as _};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

/// What stands in an event for a value that can be deleted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct Commitment(String);

/// The opening of a commitment. It lies beside the event; once it is deleted nobody learns the value any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erasable {
    /// What the value is of: `number`, `network`, `user_agent`, `page`, `campaign`, `reference`, `reply`, `text`.
    pub name: String,
    /// 16 random bytes, base64url.
    pub salt: String,
    pub value: String,
}

impl Erasable {
    pub fn new(name: &str, value: impl Into<String>, salt: [u8; 16]) -> Self {
        Self { name: name.to_owned(), salt: URL_SAFE_NO_PAD.encode(salt), value: value.into() }
    }

    /// Its commitment in a `jawort/2` event: HMAC-SHA256 under the salt over name ‖ 0 ‖ value, base64url.
    pub fn commitment(&self) -> Named {
        let salt = URL_SAFE_NO_PAD.decode(&self.salt).unwrap_or_default();
        // HMAC takes keys of every length, so there is always one.
        let commitment = <Hmac<Sha256> as hmac::Mac>::new_from_slice(&salt).map(|mut mac| {
            mac.update(self.name.as_bytes());
            mac.update(&[0]);
            mac.update(self.value.as_bytes());
            URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes())
        });
        Named { name: self.name.clone(), commitment: Commitment(commitment.unwrap_or_default()) }
    }
}

/// The commitments of values, in their order.
pub fn commitments(values: &[Erasable]) -> Vec<Named> {
    values.iter().map(Erasable::commitment).collect()
}

/// A commitment, and what it is of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Named {
    pub name: String,
    pub commitment: Commitment,
}
