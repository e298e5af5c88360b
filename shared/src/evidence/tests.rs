use base64::{Engine as _, engine::general_purpose::STANDARD};

use super::*;
use crate::{
    key_ring::KeyRing,
    subject::{Ending, Way},
    time::Timestamp,
};

fn keys(n: u8) -> KeyRing {
    let entries: Vec<_> = (1..=n).map(|n| format!("{n}:{}", STANDARD.encode([n; 32]))).collect();
    KeyRing::parse(&entries.join(",")).unwrap()
}

fn chain() -> Vec<SignedEvent> {
    let mut chain: Vec<SignedEvent> = Vec::new();
    for (seq, ending) in [(1, Ending::Withdrawn(Way::Link)), (2, Ending::Lapsed), (3, Ending::Erased(Way::Owner))] {
        let event = Event {
            schema: SCHEMA.into(),
            id: seq.to_string(),
            subject: "s".into(),
            purpose: "marketing".parse().unwrap(),
            seq,
            previous: chain.last().map(|before| before.hash.clone()),
            time: Timestamp::from_millis(1_795_000_000_000),
            happened: ending.into(),
        };
        // The key is rotated after the first event.
        chain.push(event.sign(&keys(seq.min(2) as u8)).unwrap());
    }
    chain
}

fn check(chain: &[SignedEvent]) -> Result<(), EvidenceError> {
    verify(chain, |id| keys(2).get(id).ok().map(public_key))
}

#[test]
fn a_chain_holds_across_a_rotation_and_a_round_trip() {
    let json = serde_json::to_string(&chain()).unwrap();
    assert_eq!(check(&serde_json::from_str::<Vec<_>>(&json).unwrap()), Ok(()));
}

#[test]
fn a_changed_missing_or_foreign_event_is_found() {
    let mut changed = chain();
    changed[1].event.time = Timestamp::from_millis(0);
    assert_eq!(check(&changed), Err(EvidenceError::Changed(2)));

    let mut cut = chain();
    cut.remove(1);
    assert_eq!(check(&cut), Err(EvidenceError::Broken(3)));

    let mut resigned = chain();
    resigned[2] = resigned[2].event.clone().sign(&keys(1)).unwrap();
    resigned[2].key_id = 2;
    assert_eq!(check(&resigned), Err(EvidenceError::Unsigned(3)));
}

#[test]
fn a_commitment_tells_nothing_without_its_salt() {
    let commit = |salt| Erasable::new("number", "+4917612345678", [salt; 16]).commitment();
    assert_eq!(commit(1), commit(1));
    assert_ne!(commit(1), commit(2));
}

#[test]
fn an_ending_has_one_name_in_evidence_and_webhooks() {
    for ending in [
        Ending::Withdrawn(Way::Reply),
        Ending::Objected(Way::Link),
        Ending::WrongNumber(Way::FreshLink),
        Ending::Suspended,
        Ending::Lapsed,
        Ending::Erased(Way::Owner),
    ] {
        let json = serde_json::to_value(Happened::from(ending)).unwrap();
        assert_eq!(json["kind"], ending.name());
        assert_eq!(json.get("way"), ending.way().map(|way| serde_json::to_value(way).unwrap()).as_ref());
    }
}
