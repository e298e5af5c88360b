use serde::{Deserialize, Serialize};

use super::{commitment::Named, request::ReceivedSms};
use crate::{ids::PurposeId, text_hash::TextHash};

/// The confirming act.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Act {
    /// By what.
    #[serde(flatten)]
    pub by: ActBy,
    /// The purposes that it was about.
    pub purposes: Vec<PurposeId>,
    /// Network and user agent of the tap, or the words of the reply.
    pub commitments: Vec<Named>,
}

/// By what the person said yes (L6).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "by", rename_all = "lowercase")]
pub enum ActBy {
    /// By a tap on our own page.
    Link {
        /// The text that the page showed at the button, by its hash.
        shown: TextHash,
    },
    /// By a reply to the confirmation SMS.
    Reply(ReceivedSms),
}
