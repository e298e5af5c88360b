use serde::{Deserialize, Serialize};

use super::{Stored, Upgrade};
use crate::{actor::Actor, pace::PaceRecord, time::Timestamp};

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
