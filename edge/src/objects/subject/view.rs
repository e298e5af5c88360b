//! What the pages of links show: a part of the protocol.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use shared::{ids::PurposeId, keys::SubjectId, links::Just, stored::LinkRecord, time::Timestamp, wire::StateLine};

/// What a link's page shows.
#[derive(Serialize, Deserialize)]
pub enum LinkView {
    /// Forged, expired, unknown: nobody learns which.
    Dead,
    /// Asks for a yes or a no.
    Asks {
        /// The link.
        link: LinkRecord,
        /// What is asked for.
        purposes: Vec<PurposeId>,
        /// The last two digits.
        number_ends: String,
        /// Until when.
        expires_at: Timestamp,
    },
    /// The person has just said no.
    Refused {
        /// The link.
        link: LinkRecord,
    },
    /// Shows the state, and withdraws.
    Manages(Box<Managed>),
    /// Only withdraws: the number may be in other hands.
    WithdrawOnly {
        /// The link.
        link: LinkRecord,
    },
    /// Has just done so.
    WithdrawOnlyDone {
        /// The link.
        link: LinkRecord,
    },
    /// Shows all that is stored.
    Stored(Box<Stored>),
    /// It has just been erased.
    Erased {
        /// The link.
        link: LinkRecord,
        /// Until when the locked proof is kept.
        until: Timestamp,
    },
}

/// The page of a link after its request.
#[derive(Serialize, Deserialize)]
pub struct Managed {
    /// The link.
    pub link: LinkRecord,
    /// Whose it is.
    pub subject: SubjectId,
    /// Each purpose.
    pub purposes: Vec<StateLine>,
    /// The last two digits.
    pub number_ends: String,
    /// Whether requests from web pages get through.
    pub suppressed: bool,
    /// Purposes whose reward is the person's.
    pub rewarded: Vec<PurposeId>,
    /// What has just been done.
    pub just: Option<Just>,
}

/// The page of a fresh link.
#[derive(Serialize, Deserialize)]
pub struct Stored {
    /// The link.
    pub link: LinkRecord,
    /// Each purpose.
    pub purposes: Vec<StateLine>,
    /// The number.
    pub number: String,
    /// The last two digits.
    pub number_ends: String,
    /// Events since the latest confirmation: what came before may be another person's.
    pub events: Vec<Box<RawValue>>,
    /// Until when an erasure now would keep a locked proof.
    pub erase_until: Timestamp,
    /// What has just been done.
    pub just: Option<Just>,
}
