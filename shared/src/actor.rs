//! Who makes an owner's call.

use serde::{Deserialize, Serialize};

/// Whoever made an owner's call, kept in what it left: `owner` for the one token of the deployment.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct Actor(String);

impl Actor {
    /// Who holds `JAWORT_OWNER_TOKEN`.
    pub fn owner() -> Self {
        Self("owner".to_owned())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}
