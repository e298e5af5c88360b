use std::sync::LazyLock;

use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use ed25519_dalek::{Signer as _, SigningKey};
use proptest::prelude::*;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::*;
use crate::{
    key_ring::{Key, KeyRing},
    subject::{Ending, Way},
    time::Timestamp,
};

fn keys(n: u8) -> KeyRing {
    let entries: Vec<_> = (1..=n).map(|n| format!("{n}:{}", STANDARD.encode([n; 32]))).collect();
    KeyRing::parse(&entries.join(",")).unwrap()
}

fn event(seq: u32, previous: Option<&Value>, happened: Happened) -> Event {
    Event {
        schema: SCHEMA.into(),
        id: seq.to_string(),
        subject: "s".into(),
        purpose: "marketing".parse().unwrap(),
        seq,
        previous: previous.map(|before| before["hash"].as_str().unwrap().to_owned()),
        time: Timestamp::from_millis(1_795_000_000_000),
        happened,
    }
}

fn signed(event: Event, generation: u8) -> Value {
    serde_json::to_value(event.sign(&keys(generation)).unwrap()).unwrap()
}

fn chain() -> Vec<Value> {
    let mut chain: Vec<Value> = Vec::new();
    for (seq, ending) in [(1, Ending::Withdrawn(Way::Link)), (2, Ending::Lapsed), (3, Ending::Erased(Way::Owner))] {
        let event = event(seq, chain.last(), Happened::ended(ending, Said::default()));
        chain.push(signed(event, seq.min(2) as u8));
    }
    chain
}

fn check(chain: &[Value]) -> Result<(), EvidenceError> {
    verify(chain, &PublicKeys::of(&keys(2)))
}

/// Signs what another build wrote, as `jawort/2` says.
fn sign(mut event: Value) -> Value {
    let hash: [u8; 32] = Sha256::digest(serde_jcs::to_vec(&event).unwrap()).into();
    let message = [&b"jawort/2/event\0"[..], &hash].concat();
    event["hash"] = format!("sha256-{}", URL_SAFE_NO_PAD.encode(hash)).into();
    event["kid"] = PublicKey::of(1, &Key::new([1; 32])).kid.into();
    event["signature"] = URL_SAFE_NO_PAD.encode(SigningKey::from_bytes(&[1; 32]).sign(&message).to_bytes()).into();
    event
}

/// Signs as `jawort/1` did: the hash as it is written, with the number of the key.
fn sign_as_before(mut event: Value) -> Value {
    let hash = format!("sha256-{}", URL_SAFE_NO_PAD.encode(Sha256::digest(serde_jcs::to_vec(&event).unwrap())));
    let signature = SigningKey::from_bytes(&[1; 32]).sign(hash.as_bytes());
    event["hash"] = hash.into();
    event["key_id"] = 1.into();
    event["signature"] = URL_SAFE_NO_PAD.encode(signature.to_bytes()).into();
    event
}

fn first(schema: &str) -> Value {
    json!({
        "schema": schema, "id": "1", "subject": "s", "purpose": "marketing", "seq": 1, "previous": null,
        "time": "2026-11-18T11:06:40.000Z", "kind": "withdrawn", "way": "link",
    })
}

#[test]
fn a_chain_holds_across_a_rotation_and_a_round_trip() {
    let json = serde_json::to_string(&chain()).unwrap();
    assert_eq!(check(&serde_json::from_str::<Vec<_>>(&json).unwrap()), Ok(()));
}

#[test]
fn a_chain_of_jawort_1_goes_on_in_jawort_2() {
    let before = sign_as_before(first("jawort/1"));
    let after = signed(event(2, Some(&before), Happened::Lapsed), 2);
    assert_eq!(check(&[before.clone(), after.clone()]), Ok(()));
    let mut changed = before.clone();
    changed["way"] = "owner".into();
    assert_eq!(check(&[changed, after]), Err(EvidenceError::Changed(1)));
    // Neither way of signing passes for the other.
    let mut claimed = before;
    claimed["schema"] = "jawort/2".into();
    assert!(check(&[claimed]).is_err());
    assert!(check(&[sign_as_before(first("jawort/2"))]).is_err());
    assert!(check(&[sign(first("jawort/1"))]).is_err());
}

#[test]
fn kinds_and_fields_of_later_builds_verify_and_formats_do_not() {
    let mut later = first("jawort/2");
    later["kind"] = "transferred".into();
    later["weather"] = json!({ "rain": [1.5, true, null] });
    let later = sign(later);
    assert_eq!(check(std::slice::from_ref(&later)), Ok(()));
    let mut changed = later;
    changed["weather"]["rain"] = json!([1.5, true]);
    assert_eq!(check(&[changed]), Err(EvidenceError::Changed(1)));
    assert_eq!(check(&[sign(first("jawort/3"))]), Err(EvidenceError::Unknown(1)));
    assert_eq!(check(&[json!("event")]), Err(EvidenceError::Unknown(1)));
}

#[test]
fn a_changed_missing_or_foreign_event_is_found() {
    let mut changed = chain();
    changed[1]["time"] = "2026-11-18T11:06:41.000Z".into();
    assert_eq!(check(&changed), Err(EvidenceError::Changed(2)));

    let mut cut = chain();
    cut.remove(1);
    assert_eq!(check(&cut), Err(EvidenceError::Broken(2)));

    let mut foreign = chain();
    foreign[2]["kid"] = PublicKey::of(1, &Key::new([1; 32])).kid.into();
    assert_eq!(check(&foreign), Err(EvidenceError::Unsigned(3)));
    assert_eq!(verify(&chain(), &PublicKeys::default()), Err(EvidenceError::Unsigned(1)));
}

/// RFC 8037, appendix A.
#[test]
fn a_key_is_named_by_its_thumbprint() {
    let key =
        Key::new(URL_SAFE_NO_PAD.decode("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A").unwrap().try_into().unwrap());
    let public = PublicKey::of(3, &key);
    assert_eq!(public.x, "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");
    assert_eq!(public.kid, "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
    let set = PublicKeys::of(&keys(2)).with([public.clone(), public.clone()]);
    assert_eq!(set.keys.iter().map(|key| key.generation).collect::<Vec<_>>(), [2, 1, 3]);
}

/// Calculated with another program.
#[test]
fn a_commitment_is_an_hmac_under_its_salt() {
    let Named { name, commitment } = Erasable::new("number", "+4917612345678", [1; 16]).commitment();
    assert_eq!((name.as_str(), json!(commitment)), ("number", json!("8MfSJc3gJRKLaA28GxhaQrtZf6qD91yPy4TPomG0r5U")));
}

proptest! {
    #[test]
    fn a_commitment_binds_name_value_and_salt(
        name in "[a-z_]{1,8}", value in ".{0,20}", other in ".{0,20}", salt: [u8; 16], salts: [u8; 16],
    ) {
        let commitment = |name: &str, value: &str, salt| Erasable::new(name, value, salt).commitment().commitment;
        let one = commitment(&name, &value, salt);
        prop_assert_eq!(one.clone() == commitment(&name, &other, salt), value == other);
        prop_assert_eq!(one.clone() == commitment(&name, &value, salts), salt == salts);
        prop_assert_ne!(one, commitment(&format!("{name}x"), &value, salt));
    }

    #[test]
    fn every_flipped_character_of_a_chain_is_found(at in 0_usize..4000, bit in 0_u32..7) {
        static CHAIN: LazyLock<Vec<Value>> = LazyLock::new(chain);
        let mut json = serde_json::to_string(&*CHAIN).unwrap().into_bytes();
        let at = at % json.len();
        json[at] ^= 1 << bit;
        if let Ok(changed) = serde_json::from_slice::<Vec<Value>>(&json) {
            prop_assert!(changed == *CHAIN || check(&changed).is_err());
        }
    }

    #[test]
    fn a_page_is_known_by_all_that_it_shows(until in 0_i64..9, zone in "[A-C]", purposes in prop::sample::subsequence(vec!["a", "b", "c"], 0..3)) {
        let page = |until, zone: &str| PageShown {
            template: crate::text_hash::TextHash("sha256-x".into()),
            until: Timestamp::from_millis(until),
            time_zone: zone.to_owned(),
        };
        let ids = |purposes: &[&str]| purposes.iter().map(|id| id.parse().unwrap()).collect::<Vec<_>>();
        let same = until == 3 && zone == "B" && purposes == ["a", "c"];
        prop_assert_eq!(page(until, &zone).hash(&ids(&purposes)) == page(3, "B").hash(&ids(&["a", "c"])), same);
    }
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
        let json = serde_json::to_value(Happened::ended(ending, Said::default())).unwrap();
        assert_eq!(json["kind"], ending.name());
        assert_eq!(json.get("way"), ending.way().map(|way| serde_json::to_value(way).unwrap()).as_ref());
    }
}
