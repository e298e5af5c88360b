use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Contact, FormRef, Stored, Unreadable, Upgrade, broken, unwrap};
use crate::{
    ids::PurposeId,
    key_ring::{NumberHash, Sealed, SealedBy, SubjectId},
    subject::{Standing, State},
    time::Timestamp,
    whereabouts::ForwardingNote,
    wire::ProofOpening,
};

/// The row that decides about a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// The object's own id.
    pub id: SubjectId,
    /// The whole keyed hash of the number; none where only a code of the id was ever used here since.
    pub hash: Option<NumberHash>,
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
}

impl Stored for ForwardingNote {
    const NAME: &'static str = "forwarding note";
    const UPGRADES: &'static [Upgrade] = &[];
}

impl Stored for Record {
    const NAME: &'static str = "person";
    /// Up to format 2 it held lists that grew: [`Lists`], which have tables of their own now. Up to format 3 nobody
    /// noted when the last SMS left. Format 5 has the time zone of what was promised, and the day of each order. Format
    /// 6 may lack the hash, and may have a name for SMS; it has what waits for a human (a build that doesn't know of
    /// that would send advertising) and how many requests were left unanswered.
    const UPGRADES: &'static [Upgrade] =
        &[Upgrade::Same, Upgrade::Same, Upgrade::Change(with_last_sms), Upgrade::Same, Upgrade::Same];
}

/// Of a consent in force the last use is known. Of one that has ended only that there was no use after its end, until
/// its events are looked at: [`Record::learn_last_sms`].
fn with_last_sms(mut record: Value) -> Value {
    let standings = record.pointer("/state/standings").and_then(Value::as_object);
    let times = standings.into_iter().flatten().filter_map(|(purpose, standing)| {
        let (_, standing) = standing.as_object()?.iter().next()?;
        let at = standing.get("last_used").or_else(|| standing.get("at"))?;
        Some((purpose.clone(), at.clone()))
    });
    let times: serde_json::Map<_, _> = times.collect();
    if let Some(state) = record.get_mut("state").and_then(Value::as_object_mut) {
        state.insert("last_sms".to_owned(), Value::Object(times));
    }
    record
}

impl Record {
    /// Whether that row was written before anybody noted when the last SMS left.
    pub fn lacks_last_sms(json: &str) -> bool {
        unwrap(json).0 < 4
    }

    /// Takes over from a person's events when each purpose was last confirmed or used. What ended without either was
    /// never given, and has nothing to prove. Of who was erased the events are locked.
    pub fn learn_last_sms(&mut self, used: &BTreeMap<PurposeId, Timestamp>) {
        for (purpose, standing) in self.state.standings.iter().filter(|(_, standing)| !standing.is_erased()) {
            let _before = match (used.get(purpose), standing) {
                (Some(at), _) => self.state.last_sms.insert(purpose.clone(), *at),
                (None, Standing::Given(_)) => None,
                (None, _) => self.state.last_sms.remove(purpose),
            };
        }
    }
}

/// What the row held before format 3.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Lists {
    pub proofs: Vec<LockedProof>,
    /// When SMS were accepted for each purpose, within the promised period.
    pub sent: Vec<(PurposeId, Timestamp)>,
}

/// Where a request came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    pub form: FormRef,
    pub campaign: Option<String>,
}

/// The chains of an erased consent, without any value that was committed to, under a key of their own.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct LockedProof {
    pub key: SealedBy,
    pub sealed: Sealed,
    /// When it is destroyed.
    pub until: Timestamp,
}

impl Lists {
    /// The lists in a row of that format; none where they have their tables.
    ///
    /// # Errors
    /// The row is broken.
    pub fn of(json: &str) -> Result<Option<Self>, Unreadable> {
        #[derive(Deserialize)]
        struct Before {
            #[serde(default)]
            proofs: Vec<LockedProof>,
            state: StateBefore,
        }
        #[derive(Deserialize)]
        struct StateBefore {
            standings: BTreeMap<PurposeId, BTreeMap<String, StandingBefore>>,
        }
        #[derive(Deserialize)]
        struct StandingBefore {
            #[serde(default)]
            sent: Vec<Timestamp>,
        }
        let (format, bare) = unwrap(json);
        if format > 2 {
            return Ok(None);
        }
        let before: Before = serde_json::from_str(bare).map_err(|error| broken::<Record>(&error))?;
        let standings = before.state.standings.into_iter();
        let sent = standings.flat_map(|(purpose, standing)| {
            let times = standing.into_values().flat_map(|standing| standing.sent);
            times.map(move |at| (purpose.clone(), at))
        });
        Ok(Some(Self { proofs: before.proofs, sent: sent.collect() }))
    }
}

impl Stored for ProofOpening {
    const NAME: &'static str = "opening of a locked proof";
    const UPGRADES: &'static [Upgrade] = &[];
}
