//! What the pages of links show: a part of the protocol.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use shared::{
    evidence::PageShown, ids::PurposeId, key_ring::SubjectId, links::Just, stored::LinkRecord, text_hash::TextHash,
    time::Timestamp, wire::StateLine,
};

#[derive(Serialize, Deserialize)]
pub enum LinkView {
    /// Forged, expired, unknown: nobody learns which.
    Dead,
    /// Asks for a yes or a no.
    Asks {
        link: LinkRecord,
        question: Question,
        /// The last two digits.
        number_ends: String,
        just: Option<Just>,
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

/// What a page asks that asks for a yes.
#[derive(Serialize, Deserialize)]
pub struct Question {
    pub purposes: Vec<PurposeId>,
    /// The text of the form, where the request came by one.
    pub disclosure: Option<TextHash>,
    pub page: PageShown,
}

impl Question {
    /// What the page sends back with a yes.
    pub fn shown(&self) -> TextHash {
        self.page.hash(&self.purposes)
    }
}

/// The page of a link after its request.
#[derive(Serialize, Deserialize)]
pub struct Managed {
    pub link: LinkRecord,
    pub subject: SubjectId,
    /// Those that mean something to the person.
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
    /// Those of them that the page shows; the copy has all.
    pub familiar: Vec<PurposeId>,
    pub number: String,
    /// The last two digits.
    pub number_ends: String,
    /// Events since the latest confirmation: what came before may be another person's.
    pub events: Vec<Box<RawValue>>,
    /// What they wrote that waits for a human, without what an earlier owner of the number may have written.
    pub replies: Vec<WaitingReply>,
    /// Until when an erasure now would keep a locked proof, if it kept one.
    pub erase_until: Option<Timestamp>,
    pub just: Option<Just>,
}

/// An SMS of the person's that waits for a human.
#[derive(Serialize, Deserialize)]
pub struct WaitingReply {
    pub received_at: Timestamp,
    /// Its words, for as long as they are kept.
    pub text: Option<String>,
}
