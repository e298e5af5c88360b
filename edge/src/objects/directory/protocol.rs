use serde::{Deserialize, Serialize};
use shared::{directory::Listing, inbox::InboxKey, key_ring::SubjectId, time::Timestamp};

use crate::platform::object::protocol;

protocol! {
    commands {
        /// Lists a person. An older row never replaces a newer one.
        Put {
            row: Box<Row>,
        } -> ();
        /// Deletes a person's row, unless it is newer than that: nothing is left of them. No row as old as that comes
        /// back.
        Forget {
            subject: SubjectId,
            listed: Timestamp,
        } -> ();
    }
    queries {
        /// The people after that one, at most so many.
        ReadPage {
            after: Option<SubjectId>,
            most: u32,
        } -> Page;
        /// The replies that wait for a human, the oldest first after that place, at most so many.
        ReadInbox {
            after: Option<InboxKey>,
            most: u32,
        } -> InboxPage;
    }
}

/// A person's row.
#[derive(Serialize, Deserialize)]
pub struct Row {
    pub subject: SubjectId,
    /// When what it says last changed; of two rows of a person the later one counts.
    pub changed_at: Timestamp,
    pub listing: Listing,
}

/// Some replies that wait for a human.
#[derive(Default, Serialize, Deserialize)]
pub struct InboxPage {
    pub keys: Vec<InboxKey>,
    /// How many there are in all.
    pub open: u32,
}

/// Some people of a share.
#[derive(Serialize, Deserialize)]
pub struct Page {
    /// As far as this build can read them.
    pub rows: Vec<Row>,
    /// The last one that was looked at, readable or not, where others may follow.
    pub last: Option<SubjectId>,
}
