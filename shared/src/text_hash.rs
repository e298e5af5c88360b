//! Texts that a person saw, known by their hash (L9).

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// `sha256-` and the base64url hash of a text's UTF-8, without padding.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct TextHash(pub String);

impl TextHash {
    /// What an address says, if it is one.
    pub fn parse(text: &str) -> Option<Self> {
        let hash = text.strip_prefix("sha256-")?;
        let digits = hash.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
        (hash.len() == 43 && digits).then(|| Self(text.to_owned()))
    }

    pub fn of(text: &str) -> Self {
        Self(format!("sha256-{}", URL_SAFE_NO_PAD.encode(Sha256::digest(text))))
    }
}
