//! How people say yes to the SMS that asks.

use serde::{Deserialize, Serialize};

/// How people confirm (L6).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum ConfirmBy {
    /// By the link in the SMS and a tap on its page.
    #[default]
    Link,
    /// By a reply to the SMS.
    Reply,
    /// By either.
    Both,
}

impl ConfirmBy {
    /// Whether a reply confirms.
    pub const fn reply(self) -> bool {
        matches!(self, Self::Reply | Self::Both)
    }

    /// Whether the SMS has a link that confirms.
    pub const fn link(self) -> bool {
        matches!(self, Self::Link | Self::Both)
    }
}
