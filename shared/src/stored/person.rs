use serde::{Deserialize, Serialize};

use super::{Contact, FormRef, Stored, Upgrade};
use crate::{
    key_ring::{NumberHash, Sealed, SealedBy, SubjectId},
    subject::State,
    time::Timestamp,
};

/// The row that decides about a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// The object's own id.
    pub id: SubjectId,
    /// The whole keyed hash of the number.
    pub hash: NumberHash,
    /// The data key, wrapped; none after an erasure.
    pub key: Option<SealedBy>,
    /// The number under the data key.
    pub number: Option<Sealed>,
    pub contact: Option<Contact>,
    pub state: State,
    /// The request that was last confirmed, else last made.
    #[serde(default)]
    pub source: Option<Source>,
    /// When what the directory says of the person last changed; none before there was a directory.
    #[serde(default)]
    pub listed_at: Option<Timestamp>,
    /// What erasures left, for the case of a dispute.
    #[serde(default)]
    pub proofs: Vec<LockedProof>,
}

impl Stored for Record {
    const NAME: &'static str = "person";
    const UPGRADES: &'static [Upgrade] = &[Upgrade::Same];
}

/// Where a request came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    pub form: FormRef,
    pub campaign: Option<String>,
}

/// The chains of an erased consent, without any value that was committed to, under a key of their own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LockedProof {
    pub key: SealedBy,
    pub sealed: Sealed,
    /// When it is destroyed.
    pub until: Timestamp,
}
