//! What a state holds that was kept by the build of each format. The JSON here never changes; a new format adds to it.

use serde_json::{Value, json, to_value};

use super::*;
use crate::{
    evidence::Erasable,
    key_ring::{Sealed, SealedBy},
    message::Message,
    token::TokenHash,
};

const AT: &str = "2026-11-18T11:06:40.000Z";

/// What format 1 stored is read, and written as today's format, whose value is `now`.
#[track_caller]
fn opens<T: Stored>(then: Value, now: Value) {
    let read: T = read(&then.to_string()).unwrap();
    let written = write(&read).unwrap();
    assert_eq!(
        serde_json::from_str::<Value>(&written).unwrap(),
        json!({ "format": format_of::<T>(), "value": now }),
        "{}",
        T::NAME
    );
    let again: T = super::read(&written).unwrap();
    assert_eq!(to_value(&again).unwrap(), now);
}

#[track_caller]
fn stays<T: Stored>(value: Value) {
    opens::<T>(value.clone(), value);
}

fn sender() -> Value {
    json!({ "id": "shop", "from": "+4915228817386", "receives": true, "gateway": "simulator", "fallback": "twilio" })
}

fn contact() -> Value {
    json!({
        "controller": {
            "name": "Blattwerk", "address": "Gärtnerweg 7", "email": "hallo@blattwerk.example",
            "imprint_url": "https://blattwerk.example/i", "privacy_url": "https://blattwerk.example/d",
        },
        "sender": sender(),
        "lang": "de",
        "links_to": "https://ja.example.de",
        "form": { "form": "newsletter", "version": 3 },
    })
}

/// What a value says of today, by what it said then: optional fields come and go with what serde leaves out.
fn of<T: Stored>(then: Value) -> Value {
    to_value(serde_json::from_value::<T>(then).unwrap()).unwrap()
}

#[test]
fn an_outbox_item_keeps_its_names() {
    let sms = |outgoing: Value, via: &str| json!({ "Sms": { "outgoing": outgoing, "sender": sender(), "via": via, "text": "c2VhbGVk", "ordered_at": AT } });
    for item in [
        sms(json!({ "confirmation": { "link": "hash" } }), "First"),
        sms(json!({ "message": { "purpose": "marketing" } }), "Fallback"),
        json!({ "Record": { "purpose": "marketing" } }),
        json!({ "Listing": {} }),
        json!({ "Forget": {} }),
        json!({ "Reward": { "purpose": "club" } }),
        json!({ "ForgetCode": { "purpose": "club", "until": null } }),
        json!({ "Hook": {
            "id": "id", "kind": "consent.confirmed", "time": AT, "subject": "AQEBAQEBAQEB", "data": "{\"purpose\":\"club\"}",
        } }),
        json!({ "Nothing": { "link": "hash" } }),
        json!({ "Parked": { "entry": "hook/1/0", "parked": { "what": "webhook", "since": AT } } }),
        json!({ "Parked": { "entry": "hook/1/0", "parked": null } }),
    ] {
        let now = of::<OutboxItem>(item.clone());
        opens::<OutboxItem>(item, now);
    }
}

#[test]
fn a_link_keeps_its_names() {
    for kind in [json!("Confirmation"), json!("WayOut"), json!({ "Fresh": { "asked_at": AT } })] {
        for end in [Value::Null, json!("confirmed"), json!("superseded")] {
            let form = json!({ "form": "newsletter", "version": 1 });
            stays::<LinkRecord>(json!({ "form": form, "lang": "de", "generation": 2, "kind": kind, "end": end }));
        }
    }
}

#[test]
fn a_person_keeps_their_names() {
    let hash: Vec<u8> = (0..32).collect();
    let sealed = json!({ "key": 1, "sealed": "c2VhbGVk" });
    let person = json!({
        "id": "AQEBAQEBAQEB", "hash": hash, "key": sealed, "number": "c2VhbGVk", "contact": contact(),
        "state": {
            "standings": {}, "pendings": {}, "ended": [], "silence": "none", "confirmations": [], "told_already": null,
            "fresh_links": [], "generation": 0, "broken": false,
        },
        "proofs": [{ "key": sealed, "sealed": "c2VhbGVk", "until": AT }],
    });
    let mut now = of::<Record>(person.clone());
    now["state"]["last_sms"] = json!({});
    opens::<Record>(person.clone(), now.clone());
    let lists = Lists::of(&person.to_string()).unwrap().unwrap();
    assert_eq!((lists.proofs.len(), to_value(lists.proofs[0].until).unwrap()), (1, json!(AT)));
    assert_eq!(lists.sent, []);
    // Before there were any.
    let mut without = person;
    without.as_object_mut().unwrap().remove("proofs");
    let given = json!({ "since": AT, "last_used": AT, "frequency": { "max": 4, "period": "week" }, "lapses_after": 18,
        "sent": [AT, AT], "lang": "de" });
    without["state"]["standings"] =
        json!({ "booking": { "given": given }, "marketing": { "withdrawn": { "at": AT, "way": "link" } } });
    let wrapped = json!({ "format": 2, "value": without.clone() });
    for json in [without, wrapped] {
        let lists = Lists::of(&json.to_string()).unwrap().unwrap();
        let at = super::super::time::Timestamp::try_from(AT.to_owned()).unwrap();
        let booking: crate::ids::PurposeId = "booking".parse().unwrap();
        assert_eq!(lists.sent, [(booking.clone(), at), (booking, at)]);
        let written = write(&read::<Record>(&json.to_string()).unwrap()).unwrap();
        assert_eq!(Lists::of(&written).unwrap(), None, "{written}");
    }
}

#[test]
fn a_request_that_waits_keeps_its_campaign_and_its_text() {
    let request = json!({
        "time": AT, "form": "newsletter", "version": 2, "lang": "de", "disclosure": "sha256-x",
        "privacy_url": "https://x.example", "way": "widget", "boxes_unticked": true, "age_declared": 16,
        "campaign": "spring", "commitments": [],
    });
    let controller = contact()["controller"].clone();
    let then = json!({ "request": request, "controller": controller, "contact": contact(), "erasables": [] });
    let kept: KeptRequest = read(&then.to_string()).unwrap();
    assert_eq!((kept.campaign.as_deref(), kept.page), (Some("spring"), None));
    assert_eq!(kept.request.disclosure, Some(crate::text_hash::TextHash("sha256-x".into())));
    let now: KeptRequest = read(&write(&read::<KeptRequest>(&then.to_string()).unwrap()).unwrap()).unwrap();
    assert_eq!(now.campaign.as_deref(), Some("spring"));
}

#[test]
fn when_the_last_sms_left_is_taken_from_what_was_known_before_format_4() {
    const LATER: &str = "2027-01-02T03:04:05.000Z";
    let hash: Vec<u8> = (0..32).collect();
    let given = json!({ "since": AT, "last_used": LATER, "frequency": { "max": 4, "period": "week" }, "lapses_after": 18,
        "lang": "de" });
    let value = json!({
        "id": "AQEBAQEBAQEB", "hash": hash, "key": null, "number": null, "contact": null,
        "state": {
            "standings": {
                "booking": { "given": given }, "club": { "erased": { "at": AT } },
                "marketing": { "withdrawn": { "at": LATER, "way": "link" } }, "news": { "objected": { "at": AT } },
            },
            "pendings": {}, "ended": [], "silence": "none", "confirmations": [], "told_already": null,
            "fresh_links": [], "generation": 0, "broken": false,
        },
    });
    let json = json!({ "format": 3, "value": value }).to_string();
    assert!(Record::lacks_last_sms(&json) && Record::lacks_last_sms(&value.to_string()));
    let mut record: Record = read(&json).unwrap();
    let last = |record: &Record| to_value(&record.state.last_sms).unwrap();
    assert_eq!(last(&record), json!({ "booking": LATER, "club": AT, "marketing": LATER, "news": AT }));
    // Its events say more: the objection was to something that was never given.
    let at = super::super::time::Timestamp::try_from(AT.to_owned()).unwrap();
    record.learn_last_sms(&[("marketing".parse().unwrap(), at)].into());
    assert_eq!(last(&record), json!({ "booking": LATER, "club": AT, "marketing": AT }));
    assert!(!Record::lacks_last_sms(&write(&record).unwrap()));
}

#[test]
fn a_kept_answer_keeps_its_names() {
    for answer in [
        json!({ "Accepted": { "id": "AQEBAQEBAQEBAgICAgICAgICAgIC", "segments": 2 } }),
        json!({ "Refused": "NoConsent" }),
        json!({ "Refused": "FrequencyExceeded" }),
        json!({ "Refused": "Sender" }),
        json!({ "Refused": "TooLong" }),
        json!({ "Refused": "KeyReused" }),
    ] {
        stays::<KeptAnswer>(json!(["[\"marketing\",\"Hallo\",null]", answer]));
    }
}

#[test]
fn who_published_is_unknown_before_format_2() {
    let draft = json!({ "purpose": "marketing", "text": "Hallo", "sender": null, "normalize": true });
    let now = to_value(serde_json::from_value::<crate::wire::MessageDraft>(draft.clone()).unwrap()).unwrap();
    opens::<BatchMessage>(draft, json!({ "by": null, "message": now }));
}

#[test]
fn a_marker_keeps_its_names() {
    stays::<crate::deployment::Marker>(json!({
        "since": AT, "origins": ["https://ja.example.de"],
        "generations": {
            "index": { "1": "0011223344556677", "2": "8899aabbccddeeff" }, "seal": { "1": "00" }, "export": { "1": "11" },
        },
    }));
}

#[test]
fn a_forwarding_note_keeps_its_names() {
    let hash = [7; 32];
    stays::<crate::whereabouts::ForwardingNote>(json!({ "to": { "id": "AgICAgICAgIC", "hash": hash }, "until": AT }));
}

#[test]
fn small_values_keep_their_names() {
    let sealed = json!({ "key": 2, "sealed": "c2VhbGVk" });
    stays::<Sealing>(sealed);
    stays::<Erasables>(json!([{ "name": "number", "salt": "c2FsdA", "value": "+49" }]));
    stays::<BatchOutcomes>(json!([{ "state": "waiting" }]));
    stays::<BatchOutcomes>(json!([]));
    stays::<InboundSeen>(Value::Null);
    stays::<LastError>(json!({ "time": AT, "detail": "It answered 503." }));
    stays::<Message>(json!({
        "id": "AQEBAQEBAQEBAgICAgICAgICAgIC", "purpose": "marketing", "segments": 1, "state": "queued", "created_at": AT,
    }));
    let body = r#"{"type":"consent.confirmed","timestamp":"2026","data":{"z":1,"a":2}}"#;
    let kept: WebhookBody = read(body).unwrap();
    assert_eq!(kept.0.get(), body, "what is signed is never written anew");
    assert_eq!(read::<WebhookBody>(&write(&kept).unwrap()).unwrap().0.get(), body);
}

#[test]
fn a_newer_format_is_named_and_not_guessed_at() {
    let json = write(&Sealing(SealedBy { key: 1, sealed: Sealed("c2VhbGVk".into()) })).unwrap();
    let newer = json.replacen("\"format\":2", "\"format\":3", 1);
    let error = read::<Sealing>(&newer).unwrap_err();
    assert_eq!(error, Unreadable::UnknownFormat { name: "sealed value", format: 3 });
    assert!(read::<Sealing>(&json.replacen("\"format\":2", "\"format\":0", 1)).is_err());
}

#[test]
fn what_is_broken_is_named_without_its_words() {
    let secret = Erasables(vec![Erasable::new("number", "+4917604069001", [0; 16])]);
    let broken = write(&secret).unwrap().replace("\"salt\"", "\"pepper\"");
    let error = read::<Erasables>(&broken).unwrap_err();
    assert!(matches!(&error, Unreadable::Broken { name, .. } if *name == "list of erasable values"));
    assert!(!error.to_string().contains("4917604069001"), "{error}");
    assert!(read::<LinkRecord>("\"{\"").is_err());
    assert!(read::<OutboxItem>(&json!({ "Other": TokenHash("x".into()) }).to_string()).is_err());
}
