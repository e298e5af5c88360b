//! What the pages of links show: a part of the protocol.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use shared::{ids::PurposeId, key_ring::SubjectId, links::Just, stored::LinkRecord, time::Timestamp, wire::StateLine};

#[derive(Serialize, Deserialize)]
pub enum LinkView {
    /// Forged, expired, unknown: nobody learns which.
    Dead,
    /// Asks for a yes or a no.
    Asks {
        link: LinkRecord,
        purposes: Vec<PurposeId>,
        /// The last two digits.
        number_ends: String,
        expires_at: Timestamp,
    },
    /// The person has just said no.
    Refused {
        link: LinkRecord,
    },
    /// Shows the state, and withdraws.
    Manages(Box<Managed>),
    /// Only withdraws: the number may be in other hands.
    WithdrawOnly {
        link: LinkRecord,
    },
    WithdrawOnlyDone {
        link: LinkRecord,
    },
    Stored(Box<Stored>),
    Erased {
        link: LinkRecord,
        /// Until when a locked proof is kept, if one is.
        until: Option<Timestamp>,
    },
}

/// The page of a link after its request.
#[derive(Serialize, Deserialize)]
pub struct Managed {
    pub link: LinkRecord,
    pub subject: SubjectId,
    pub purposes: Vec<StateLine>,
    /// The last two digits.
    pub number_ends: String,
    /// Whether requests from web pages don't get through.
    pub suppressed: bool,
    /// Purposes whose reward is the person's.
    pub rewarded: Vec<PurposeId>,
    pub just: Option<Just>,
}

/// The page of a fresh link.
#[derive(Serialize, Deserialize)]
pub struct Stored {
    pub link: LinkRecord,
    pub purposes: Vec<StateLine>,
    pub number: String,
    /// The last two digits.
    pub number_ends: String,
    /// Events since the latest confirmation: what came before may be another person's.
    pub events: Vec<Box<RawValue>>,
    /// Until when an erasure now would keep a locked proof, if it kept one.
    pub erase_until: Option<Timestamp>,
    pub just: Option<Just>,
}
