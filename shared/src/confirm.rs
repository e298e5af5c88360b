//! How people say yes to the SMS that asks.

use serde::{Deserialize, Serialize};

/// How the SMS that asks tells people to confirm (L6). Where its sender receives, a yes by reply counts in any case.
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
    /// What a form does that says nothing of it: all that its sender can.
    pub const fn usual(receives: bool) -> Self {
        if receives { Self::Both } else { Self::Link }
    }

    /// Whether the SMS names a reply.
    pub const fn reply(self) -> bool {
        matches!(self, Self::Reply | Self::Both)
    }

    /// Whether the SMS has a link that confirms.
    pub const fn link(self) -> bool {
        matches!(self, Self::Link | Self::Both)
    }
}
