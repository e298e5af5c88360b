use serde::{Deserialize, Serialize};

use super::{MessageDraft, Recipient, owner::yes};
use crate::{
    ids::{PurposeId, SenderId},
    message::MessageId,
    reference::Reference,
};

/// `POST /v1/messages/batch`: a text to many, each asked for at the gate by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BatchRequest {
    /// For what.
    pub purpose: PurposeId,
    /// The text, with named values such as `{name}`, without the way out, which is added.
    pub text: String,
    /// What it comes from; by default what the person knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sender: Option<SenderId>,
    /// Whether typographic marks become plain ones, which are cheaper.
    #[serde(default = "yes")]
    pub normalize: bool,
    /// To whom, at most 1,000.
    pub recipients: Vec<Recipient>,
}

impl BatchRequest {
    /// The most that one call takes.
    pub const MOST: usize = 1000;

    /// What all of them are told.
    pub fn message(&self) -> MessageDraft {
        let Self { purpose, text, sender, normalize, .. } = self.clone();
        MessageDraft { purpose, text, sender, normalize }
    }
}

/// The answer: the batch is taken, and worked off from now on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BatchAccepted {
    /// Its id.
    pub id: String,
    /// So many recipients.
    pub recipients: usize,
    /// Those of them that get nothing, as the call itself says; the others are sent to all the same.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rejected: Vec<BatchResult>,
}

/// `GET /v1/messages/batch/{id}`: how far a batch is. It is forgotten 7 days after its end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BatchProgress {
    /// Its id.
    pub id: String,
    /// Recipients in all.
    pub total: usize,
    /// Those that are answered.
    pub done: usize,
    /// Each recipient, in the order of the call.
    pub results: Vec<BatchResult>,
}

/// What came of one recipient.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BatchResult {
    /// Its place in the call's list, from 0.
    pub n: usize,
    /// The one that the call gave.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<Reference>,
    /// What came of it.
    #[serde(flatten)]
    pub outcome: BatchOutcome,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum BatchOutcome {
    /// It has not been tried yet.
    Waiting,
    /// As `POST /v1/messages` answers.
    Accepted {
        /// The message's id.
        message: MessageId,
        /// Parts that the SMS takes.
        segments: usize,
    },
    /// Nothing was sent.
    Refused {
        /// A stable word for programs: a problem's name, or a field's reason.
        reason: String,
        /// Why, and what to do.
        detail: String,
        /// The recipient, by its place in the call's list, who is the same person.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        duplicate_of: Option<usize>,
    },
}
