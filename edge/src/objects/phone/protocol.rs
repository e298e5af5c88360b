use serde::{Deserialize, Serialize};
use shared::time::Timestamp;

use crate::platform::object::protocol;

protocol! {
    commands {
        /// An SMS under the sender's own reference; the same one twice is taken once. Gives the id under which it was.
        TakeSms {
            reference: String,
            sms: Sms,
        } -> Option<String>;
    }
    queries {
        /// The id under which an SMS of that reference was taken.
        LookUp {
            reference: String,
        } -> Option<String>;
        /// All SMS from or to a number, oldest first.
        ListSms {
            number: String,
        } -> Vec<Sms>;
        /// All numbers that got SMS, the latest first.
        ListHandsets {} -> Vec<String>;
    }
}

/// An SMS as a handset shows it. Numbers stand here in the clear: no real one ever comes here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sms {
    /// The network's id.
    pub id: String,
    pub from: String,
    pub to: String,
    pub text: String,
    pub sent_at: Timestamp,
}
