//! The owner's inbox: what no program understands reaches a human (L34).

mod about;
mod entry_id;

pub use about::{ForHuman, for_human};
pub use entry_id::{EntryId, EntryIdError, InboxKey, ReplyId};

use serde::{Deserialize, Serialize};

use crate::{actor::Actor, ids::PurposeId, time::Timestamp};

/// What a human does about an entry. A later version may know more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum InboxAct {
    /// Takes consent back for the person.
    Withdraw,
    /// Objects for the person (GDPR 21).
    Object,
    /// Erases what is stored of the person (GDPR 17).
    Erase,
    /// The handset is not that of whoever consented.
    WrongNumber,
    /// Puts it away: nothing is to be done. Advertising that waited for it goes on.
    Nothing,
}

/// What a human did about an entry, who and when: kept, so that the same answer once more does nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HumanAnswer {
    pub act: InboxAct,
    /// The one purpose that was withdrawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purpose: Option<PurposeId>,
    pub actor: Actor,
    pub at: Timestamp,
}

impl HumanAnswer {
    /// Whether another call asks for the same.
    pub fn is(&self, act: InboxAct, purpose: Option<&PurposeId>) -> bool {
        self.act == act && self.purpose.as_ref() == purpose
    }
}

/// What came of an answer to an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answering<T> {
    /// It is done, now or before.
    Done(T),
    /// Something else was done before.
    Another,
    /// There is no such entry, or not any more.
    NoEntry,
    /// The person never had the purpose that was to be withdrawn.
    NoPurpose,
}
