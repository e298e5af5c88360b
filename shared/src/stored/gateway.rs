use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde::{Deserialize, Serialize};

use super::{Stored, Upgrade};
use crate::{actor::Actor, ids::GatewayId, pace::PaceRecord, time::Timestamp};

impl Stored for PaceRecord {
    const NAME: &'static str = "pace of a gateway";
    const UPGRADES: &'static [Upgrade] = &[];
}

/// That the owner paused all SMS, or ended that.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    pub paused: bool,
    pub since: Timestamp,
    pub by: Actor,
}

impl Stored for Pause {
    const NAME: &'static str = "pause";
    const UPGRADES: &'static [Upgrade] = &[];
}

/// A webhook that is the provider's and could not be read, for the owner; kept sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unread {
    pub gateway: GatewayId,
    pub why: WhyUnread,
    pub received_at: Timestamp,
    /// The body as it came, base64; cut off where it is long.
    pub body: String,
}

/// Why it could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WhyUnread {
    /// It is not as the gateway describes it.
    Format,
    /// It comes from what is no mobile number.
    Sender,
}

impl WhyUnread {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Format => "format",
            Self::Sender => "sender",
        }
    }
}

impl Unread {
    /// The most of a body that is kept, in bytes: an SMS has 1,600 at most.
    const MOST: usize = 16 * 1024;

    pub fn new(gateway: GatewayId, why: WhyUnread, received_at: Timestamp, body: &[u8]) -> Self {
        Self { gateway, why, received_at, body: STANDARD.encode(body.get(..Self::MOST).unwrap_or(body)) }
    }

    /// The body for a human; what is no UTF-8 in it is replaced.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&STANDARD.decode(&self.body).unwrap_or_default()).into_owned()
    }
}

impl Stored for Unread {
    const NAME: &'static str = "webhook that could not be read";
    const UPGRADES: &'static [Upgrade] = &[];
}
