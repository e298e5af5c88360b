use super::*;
use crate::{
    inbox::{Answering, EntryId, HumanAnswer, InboxAct, InboxKey, ReplyId},
    key_ring::SubjectId,
    lang::Lang,
    stored::{KeptReply, Stored, read, write},
    subject::Waits,
    wire::{InboxAnswer, InboxAnswered, InboxEntry, InboxList},
};

fn reply_id() -> ReplyId {
    ReplyId::new(SubjectId([1; 9]), [2; 12])
}

fn unread_id() -> EntryId {
    EntryId::Unread("twilio".parse().unwrap(), 17)
}

fn sms() -> ReceivedSms {
    let (id, gateway) = ("SM1".into(), "twilio".parse().unwrap());
    ReceivedSms { id, gateway, to: "+4915228817386".into(), received_at: Some(at()), signature_verified: true }
}

#[test]
fn a_reply_that_waits() {
    let kept = KeptReply::new("Wer sind Sie?", sms(), Lang::De);
    let json = json!({
        "text": "Wer sind Sie?", "lang": "de",
        "sms": {
            "id": "SM1", "gateway": "twilio", "to": "+4915228817386", "received_at": AT, "signature_verified": true,
        },
    });
    is_stored(kept.clone(), json.clone());
    assert_eq!(serde_json::from_str::<Value>(&write(&kept).unwrap()).unwrap(), json!({ "format": 1, "value": json }));
    let long = KeptReply::new(&"ä".repeat(20_000), sms(), Lang::De);
    assert_eq!(long.text.chars().count(), 10_000);
}

#[test]
fn a_humans_answer() {
    let answer = |act, purpose: Option<&str>| HumanAnswer {
        act,
        purpose: purpose.map(|id| id.parse().unwrap()),
        actor: Actor::owner(),
        at: at(),
    };
    is_stored(answer(InboxAct::Nothing, None), json!({ "act": "nothing", "actor": "owner", "at": AT }));
    let withdrawn = answer(InboxAct::Withdraw, Some("marketing"));
    is_stored(withdrawn.clone(), json!({ "act": "withdraw", "purpose": "marketing", "actor": "owner", "at": AT }));
    assert_eq!(read::<HumanAnswer>(&write(&withdrawn).unwrap()), Ok(withdrawn.clone()));
    assert_eq!(HumanAnswer::UPGRADES.len(), 0);
    let marketing = "marketing".parse().unwrap();
    assert!(withdrawn.is(InboxAct::Withdraw, Some(&marketing)) && !withdrawn.is(InboxAct::Withdraw, None));
    are_stored([
        (Answering::Done(1), json!({ "Done": 1 })),
        (Answering::Another, json!("Another")),
        (Answering::NoEntry, json!("NoEntry")),
        (Answering::NoPurpose, json!("NoPurpose")),
    ]);
}

#[test]
fn the_words_of_the_inbox() {
    are_stored([
        (InboxAct::Withdraw, json!("withdraw")),
        (InboxAct::Object, json!("object")),
        (InboxAct::Erase, json!("erase")),
        (InboxAct::WrongNumber, json!("wrong_number")),
        (InboxAct::Nothing, json!("nothing")),
    ]);
    are_stored([
        (Waits::Nothing, json!("nothing")),
        (Waits::Advertising, json!("advertising")),
        (Waits::AdvertisingWithoutText, json!("advertising_without_text")),
    ]);
    are_stored([(EntryId::Reply(reply_id()), json!(MESSAGE)), (unread_id(), json!("twilio.17"))]);
    are_stored([
        (InboxKey::new(at(), &EntryId::Reply(reply_id())), json!(format!("001795000000000.{MESSAGE}"))),
        (InboxKey::new(at(), &unread_id()), json!("001795000000000.twilio.00000000000000000017")),
    ]);
}

#[test]
fn what_the_owner_reads_and_answers() {
    let reply = InboxEntry {
        id: EntryId::Reply(reply_id()),
        subject: Some(SubjectId([1; 9])),
        gateway: None,
        received_at: at(),
        text: Some("Wer sind Sie?".into()),
        guess: None,
        paused: true,
        to: Some("+4915228817386".into()),
        lang: Some(Lang::De),
    };
    let unread = InboxEntry {
        id: unread_id(),
        subject: None,
        gateway: Some("twilio".parse().unwrap()),
        received_at: at(),
        text: None,
        guess: Some(InboxAct::Erase),
        paused: false,
        to: None,
        lang: None,
    };
    let cursor = InboxKey::new(at(), &unread_id());
    is_stored(
        InboxList { entries: vec![reply, unread], open: 3, cursor: Some(cursor) },
        json!({
            "entries": [
                {
                    "id": MESSAGE, "subject": "AQEBAQEBAQEB", "received_at": AT, "text": "Wer sind Sie?", "guess": null,
                    "paused": true, "to": "+4915228817386", "lang": "de",
                },
                {
                    "id": "twilio.17", "gateway": "twilio", "received_at": AT, "text": null, "guess": "erase",
                    "paused": false,
                },
            ],
            "open": 3, "cursor": "001795000000000.twilio.00000000000000000017",
        }),
    );
    is_stored(InboxAnswer { act: InboxAct::Nothing, purpose: None }, json!({ "act": "nothing" }));
    is_stored(
        InboxAnswered {
            id: unread_id(),
            subject: None,
            act: InboxAct::Nothing,
            purpose: None,
            actor: Actor::owner(),
            answered_at: at(),
            states: Vec::new(),
            paused: false,
        },
        json!({
            "id": "twilio.17", "act": "nothing", "actor": "owner", "answered_at": AT, "states": [], "paused": false,
        }),
    );
}
