use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::StateLine;
use crate::{actor::Actor, ids::FormId, time::Timestamp};

/// `GET /v1/subjects`: some of the people that are stored.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SubjectList {
    /// In no particular order; each person once.
    pub subjects: Vec<SubjectLine>,
    /// Where the list goes on: give it as `cursor`. None at the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

impl SubjectList {
    /// The most people in an answer.
    pub const MOST: u32 = 500;
    /// So many where the call doesn't say.
    pub const USUAL: u32 = 100;
}

/// What the list says of a person: as it was some seconds ago. It is no permission to send.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SubjectLine {
    /// What stands for the number.
    pub subject: String,
    /// Each purpose; `pending` is one that only waits for a first yes.
    pub states: Vec<StateLine>,
    /// When this last changed.
    pub changed_at: Timestamp,
    /// Whether requests from web pages are held back.
    #[serde(rename = "silenced")]
    pub suppressed: bool,
    /// The form of the request that was last confirmed, else last made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub form: Option<FormId>,
    /// Its version.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<u32>,
    /// The campaign of that request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub campaign: Option<String>,
}

/// `POST /v1/subjects/{subject}/proofs`: opens what is locked away of an erased person (GDPR 17(3)(e)).
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct OpenProofs {
    /// What for, in words: it is kept beside the proof, with who opened it and when.
    pub reason: String,
}

impl OpenProofs {
    /// The most characters of a reason.
    pub const LONGEST: usize = 500;
}

/// What was locked away, one proof for each erasure, the oldest first.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OpenedProofs {
    pub proofs: Vec<OpenedProof>,
}

/// The chains of an erased person, without what could be deleted.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OpenedProof {
    /// When it is destroyed.
    pub until: Timestamp,
    /// All events, the oldest first, exactly as they were signed.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<crate::evidence::SignedEvent>))]
    pub events: Vec<Box<RawValue>>,
    /// Each time that it was opened, this one too.
    pub openings: Vec<ProofOpening>,
}

/// That somebody opened a locked proof.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProofOpening {
    pub at: Timestamp,
    /// Who did.
    pub actor: Actor,
    /// What for.
    pub reason: String,
}
