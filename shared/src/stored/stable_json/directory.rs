use super::*;
use crate::{
    directory::{Consent, ConsentInForce, ExportRow, Listed, Listing, Sweep, SweepAt, Tip},
    key_ring::{Sealed, SealedBy, SubjectId},
    lang::Lang,
    reference::Reference,
    stored::{FormRef, SealedConsent, Sealing, Source, Stored, read, write},
};

const SUBJECT: &str = "AQEBAQEBAQEB";

fn subject() -> SubjectId {
    SUBJECT.to_owned().try_into().unwrap()
}

fn marketing() -> crate::ids::PurposeId {
    "marketing".parse().unwrap()
}

fn form() -> FormRef {
    FormRef { form: "newsletter".parse().unwrap(), version: 3 }
}

fn consent() -> Consent {
    Consent { since: at(), lang: Lang::De, form: form(), reference: Some(Reference::parse("K-1").unwrap()) }
}

fn form_json() -> Value {
    json!({ "form": "newsletter", "version": 3 })
}

fn consent_json() -> Value {
    json!({ "since": AT, "lang": "de", "form": form_json(), "reference": "K-1" })
}

/// It is written with that format, and read again.
fn is_written<T: Stored>(value: T, format: u32, stored: Value) {
    let text = write(&value).unwrap();
    assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), json!({ "format": format, "value": stored }));
    assert_eq!(to_value(read::<T>(&text).unwrap()).unwrap(), stored);
}

#[test]
fn a_consent_in_kv() {
    let sealed = SealedBy { key: 2, sealed: Sealed("c2VhbGVk".into()) };
    is_written(SealedConsent(sealed), 3, json!({ "key": 2, "sealed": "c2VhbGVk" }));
    let copy = ConsentInForce {
        subject: subject(),
        number: "+49".into(),
        purpose: marketing(),
        consent: consent(),
        tip: Tip { seq: 2, hash: "sha256-x".into() },
    };
    is_written(
        copy,
        2,
        json!({
            "subject": SUBJECT, "number": "+49", "purpose": "marketing", "consent": consent_json(),
            "tip": { "seq": 2, "hash": "sha256-x" },
        }),
    );
}

#[test]
fn what_was_written_before_there_were_references_has_none() {
    let before = json!({ "since": AT, "lang": "de", "form": form_json() });
    let copy = json!({
        "subject": SUBJECT, "number": "+49", "purpose": "marketing", "consent": before.clone(),
        "tip": { "seq": 2, "hash": "sha256-x" },
    });
    let copy: ConsentInForce = read(&json!({ "format": 1, "value": copy }).to_string()).unwrap();
    assert_eq!(copy.consent, Consent { reference: None, ..consent() });
    let row = json!({ "format": 1, "value": { "number": "+49", "consents": { "marketing": before } } });
    let row: ExportRow = read(&row.to_string()).unwrap();
    assert_eq!(row.consents[&marketing()].reference, None);
}

#[test]
fn a_row_of_the_directory() {
    let row = ExportRow { number: "+49".into(), consents: [(marketing(), consent())].into() };
    is_written(row, 2, json!({ "number": "+49", "consents": { "marketing": consent_json() } }));
    let listing = Listing {
        states: [(marketing(), Listed { state: PurposeState::Given, since: at() })].into(),
        suppression: Suppression::Until(at()),
        form: Some(form()),
        campaign: Some("spring".into()),
        export: Some(Sealing(SealedBy { key: 1, sealed: Sealed("c2VhbGVk".into()) })),
        inbox: [(crate::inbox::ReplyId::new(subject(), [2; 12]), at())].into(),
    };
    is_written(
        listing,
        2,
        json!({
            "states": { "marketing": { "state": "given", "since": AT } }, "suppression": { "until": AT },
            "form": form_json(), "campaign": "spring", "export": { "key": 1, "sealed": "c2VhbGVk" },
            "inbox": { MESSAGE: AT },
        }),
    );
    is_stored(Source { form: form(), campaign: None }, json!({ "form": form_json(), "campaign": null }));
}

#[test]
fn a_sweep() {
    let sweep = |at_: SweepAt| Sweep { shard: 7, at: at_, due: at(), tries: 1 };
    let stored = |at_: Value| json!({ "shard": 7, "at": at_, "due": AT, "tries": 1 });
    is_written(sweep(SweepAt::Waiting), 1, stored(json!("waiting")));
    is_written(sweep(SweepAt::People { after: Some(subject()) }), 1, stored(json!({ "people": { "after": SUBJECT } })));
    let keys = SweepAt::Keys { cursor: Some("c".into()), after: Some("consent/a/b".into()) };
    is_written(sweep(keys), 1, stored(json!({ "keys": { "cursor": "c", "after": "consent/a/b" } })));
}
