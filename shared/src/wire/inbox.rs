//! The owner's inbox (L34).

use serde::{Deserialize, Serialize};

use super::StateLine;
use crate::{
    actor::Actor,
    ids::{GatewayId, PurposeId},
    inbox::{EntryId, HumanAnswer, InboxAct, InboxKey},
    key_ring::SubjectId,
    lang::Lang,
    time::Timestamp,
};

/// `GET /v1/inbox`: what people wrote and no program understands, the oldest first.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InboxList {
    /// Some of them. An answer has none at its end, and may have none before.
    pub entries: Vec<InboxEntry>,
    /// How many wait in all, as of some seconds ago.
    pub open: u32,
    /// Where the list goes on: give it as `cursor`. None at the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub cursor: Option<InboxKey>,
}

impl InboxList {
    /// The most in an answer.
    pub const MOST: u32 = 20;
}

/// What waits for a human: a person's reply, or what a gateway brought and nobody could read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InboxEntry {
    /// For `POST /v1/inbox/{id}`.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub id: EntryId,
    /// Who wrote it: what stands for the number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub subject: Option<SubjectId>,
    /// By which gateway it came, where nobody knows who wrote it: it could not be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gateway: Option<GatewayId>,
    pub received_at: Timestamp,
    /// The words; of what could not be read, the provider's call. Null where they have had their time, 30 days (90 for
    /// what could not be read), and where this build can't read them.
    #[cfg_attr(feature = "openapi", schema(required = true))]
    pub text: Option<String>,
    /// What it may ask for. Null where nobody can guess.
    #[cfg_attr(feature = "openapi", schema(required = true))]
    pub guess: Option<InboxAct>,
    /// Whether advertising to the person waits for the answer.
    pub paused: bool,
    /// The number of yours that it came in at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// The language in which the person is written to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<Lang>,
}

/// `POST /v1/inbox/{id}`: what a human has decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct InboxAnswer {
    /// What is done. What could not be read takes `nothing` alone.
    pub act: InboxAct,
    /// Only with `withdraw`: the one purpose that is withdrawn; all by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purpose: Option<PurposeId>,
}

/// The answer to it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InboxAnswered {
    /// The entry.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub id: EntryId,
    /// Who wrote it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub subject: Option<SubjectId>,
    /// What was done.
    pub act: InboxAct,
    /// The one purpose that was withdrawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purpose: Option<PurposeId>,
    /// Who did it.
    pub actor: Actor,
    /// When.
    pub answered_at: Timestamp,
    /// How each purpose of the person stands now.
    pub states: Vec<StateLine>,
    /// Whether advertising to the person still waits, for the answer to another reply.
    pub paused: bool,
}

impl InboxAnswered {
    pub fn new(
        id: EntryId,
        subject: Option<SubjectId>,
        answer: HumanAnswer,
        states: Vec<StateLine>,
        paused: bool,
    ) -> Self {
        let HumanAnswer { act, purpose, actor, at } = answer;
        Self { id, subject, act, purpose, actor, answered_at: at, states, paused }
    }
}
