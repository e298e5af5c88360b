use proptest::prelude::*;

use super::*;
use crate::{
    ids::PurposeId,
    key_ring::{KeyRing, SubjectId},
    lang::Lang,
    stored::{FormRef, Record, Source},
    subject::{Arrival, Hold, Origin, Pending, PurposeState, Standing, Suppression, Way},
    time::{Span, Timestamp},
    token::TokenHash,
};

fn ring(generations: &[u8]) -> KeyRing {
    use base64::{Engine as _, engine::general_purpose::STANDARD};
    let text: Vec<_> = generations.iter().map(|n| format!("{n}:{}", STANDARD.encode([*n; 32]))).collect();
    KeyRing::parse(&text.join(",")).unwrap()
}

fn at(millis: i64) -> Timestamp {
    Timestamp::from_millis(1_795_000_000_000 + millis)
}

fn marketing() -> PurposeId {
    "marketing".parse().unwrap()
}

fn subject(n: u8) -> SubjectId {
    SubjectId([n; 9])
}

fn form(version: u32) -> FormRef {
    FormRef { form: "newsletter".parse().unwrap(), version }
}

fn consent() -> Consent {
    Consent { since: at(0), lang: Lang::De, form: form(1), reference: None }
}

fn in_force() -> ConsentInForce {
    ConsentInForce {
        subject: subject(1),
        number: "+4917604069001".into(),
        purpose: marketing(),
        consent: consent(),
        tip: Tip { seq: 1, hash: "sha256-x".into() },
    }
}

fn record() -> Record {
    let hash: Vec<u8> = (0..32).collect();
    serde_json::from_value(serde_json::json!({
        "id": "AQEBAQEBAQEB", "hash": hash, "key": null, "number": "c2VhbGVk", "contact": null,
        "state": serde_json::to_value(crate::subject::State::default()).unwrap(),
    }))
    .unwrap()
}

fn pending(purposes: &[&str]) -> Pending {
    let purpose = |id: &&str| {
        let text = serde_json::json!({ "de": id });
        serde_json::from_value(serde_json::json!({
            "id": id, "use": "advertising", "label": text, "wording": text,
            "frequency": { "max": 4, "period": "month" }, "lapses_after": 18, "basis": "consent",
        }))
        .unwrap()
    };
    Pending {
        link: TokenHash("hash".into()),
        purposes: purposes.iter().map(purpose).collect(),
        lang: Lang::De,
        requested_at: at(5),
        from: "Blattwerk".into(),
        reply_code: 10,
        quiet_hours: Default::default(),
        time_zone: Default::default(),
        hold: Hold::None,
        origin: Origin::WebPage,
        version: 3,
        repeated_at: None,
        ordered: 1,
        arrival: Arrival::Possible,
    }
}

#[test]
fn what_was_sealed_is_held() {
    let value = in_force().seal(&ring(&[1]), [7; 12]).unwrap();
    assert!(!value.contains("4917604069001") && value.starts_with("{\"format\":3,"), "{value}");
    let held = |value: Option<&str>, keys: &[u8]| held(value, &ring(keys), subject(1), &marketing(), &consent());
    assert_eq!(held(Some(&value), &[1]), Held::AsItIs);
    assert_eq!(held(Some(&value), &[1, 2]), Held::AsItIs, "after a rotation");
    assert_eq!(held(Some(&value), &[2]), Held::Amiss, "a key that is gone opens nothing");
    assert_eq!(held(None, &[1]), Held::Amiss);
}

#[test]
fn a_copy_of_anything_else_is_amiss() {
    let value = in_force().seal(&ring(&[1]), [7; 12]).unwrap();
    let of = |subject, purpose: &str, consent: &Consent| {
        held(Some(&value), &ring(&[1]), subject, &purpose.parse().unwrap(), consent)
    };
    assert_eq!(of(subject(1), "marketing", &consent()), Held::AsItIs);
    assert_eq!(of(subject(2), "marketing", &consent()), Held::Amiss);
    assert_eq!(of(subject(1), "booking", &consent()), Held::Amiss);
    for other in [
        Consent { since: at(1), ..consent() },
        Consent { lang: Lang::En, ..consent() },
        Consent { form: form(2), ..consent() },
    ] {
        assert_eq!(of(subject(1), "marketing", &other), Held::Amiss);
    }
}

#[test]
fn what_an_earlier_build_wrote_is_replaced_and_what_a_newer_one_wrote_stays() {
    let held = |value: &str| held(Some(value), &ring(&[1]), subject(1), &marketing(), &consent());
    for earlier in ["c2VhbGVk", r#"{"format":2,"value":"c2VhbGVk"}"#, "", "{}"] {
        assert_eq!(held(earlier), Held::Amiss, "{earlier}");
    }
    let newer = in_force().seal(&ring(&[1]), [7; 12]).unwrap().replace("\"format\":3", "\"format\":4");
    assert!(matches!(held(&newer), Held::Newer(_)));
}

#[test]
fn a_row_says_how_each_purpose_stands_and_what_waits() {
    let mut record = record();
    record.state.standings.insert(marketing(), Standing::Withdrawn { at: at(1), way: Way::Link });
    record.state.pendings.insert("shop".parse().unwrap(), pending(&["booking", "marketing"]));
    let states = Listing::of(&record).states;
    let said: Vec<_> = states.iter().map(|(id, listed)| (id.as_str(), listed.state, listed.since)).collect();
    assert_eq!(
        said,
        [
            ("booking", PurposeState::Pending, at(5)),
            // A request never alters a standing.
            ("marketing", PurposeState::Withdrawn, at(1)),
        ]
    );
}

#[test]
fn an_erasure_leaves_states_and_suppression_alone() {
    let source = |version| Source { form: form(version), campaign: Some("spring".into()) };
    let mut record = record();
    record.note_asked(source(2));
    assert_eq!(Listing::of(&record).campaign.as_deref(), Some("spring"));
    record.note_confirmed(source(2));
    record.state.standings.insert(marketing(), Standing::Withdrawn { at: at(1), way: Way::Link });
    record.note_asked(source(3));
    assert_eq!(Listing::of(&record).form, Some(form(2)), "a request alone changes nothing of who has confirmed one");

    record.state.standings.insert(marketing(), Standing::Erased { at: at(2) });
    record.state.suppression = Suppression::Until(at(9));
    (record.number, record.source) = (None, None);
    let erased = Listing::of(&record);
    assert_eq!((erased.form, erased.campaign, erased.export), (None, None, None));
    assert_eq!(erased.states[&marketing()].state, PurposeState::Erased);
    assert_eq!(erased.suppression, Suppression::Until(at(9)));
    // The number was typed again, and nothing came of it.
    record.number = Some(crate::key_ring::Sealed("c2VhbGVk".into()));
    assert_eq!(Listing::of(&record).form, None);
    record.note_asked(source(2));
    assert_eq!(Listing::of(&record).form, Some(form(2)));
}

#[test]
fn a_sweep_goes_through_people_and_keys_and_waits_for_the_next_night() {
    let sweep = Sweep::new(3, at(0), 0);
    assert_eq!(sweep.at, SweepAt::Waiting);
    let first = sweep.try_now(at(1));
    assert_eq!((&first.at, first.tries), (&SweepAt::People { after: None }, 1));
    assert!(first.due > at(1), "the next alarm stands before anything can fail");
    let again = first.clone().try_now(at(2));
    assert_eq!((&again.at, again.tries), (&first.at, 2));
    let often = again.clone().try_now(at(2)).try_now(at(2));
    assert!(!again.is_in_vain() && often.is_in_vain());
    let next = again.go_on(SweepAt::Keys { cursor: None, after: None }, at(3), 0);
    assert_eq!((next.due, next.tries, next.shard), (at(3), 0, 3));
    assert!(next.go_on(SweepAt::Waiting, at(4), 0).due > at(4));
}

proptest! {
    #[test]
    fn every_sweep_begins_in_the_next_night(now in 0..4_000_000_000_000_i64, random: u16) {
        let now = Timestamp::from_millis(now);
        let due = Sweep::new(0, now, random).due;
        prop_assert!(due > now && due <= now + Span::hours(28));
        prop_assert_eq!(due.day(), now.day() + 1);
        prop_assert!(due.millis() - due.day() * 86_400_000 < 4 * 3_600_000);
    }

    #[test]
    fn each_change_of_a_row_is_later_than_the_one_before(clock in prop::collection::vec(-5..5_i64, 1..9)) {
        let mut record = record();
        let mut now = 0;
        for step in clock {
            let before = record.listed_at;
            now += step;
            record.note_listed(at(now));
            prop_assert!(record.listed_at > before, "even where the clock goes back");
        }
    }
}
