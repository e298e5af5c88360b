//! What lies in databases and goes over the wire keeps its names, whatever becomes of the names in the code: the JSON
//! of this file never changes.

use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, from_value, json, to_value};

use crate::{
    confirm::ConfirmBy,
    evidence::{
        Act, ActBy, Channel, DeliveryReport, Erasable, Event, GivenRecord, Happened, KeywordText, ReceivedSms, Request,
        SentSms, SignedEvent,
    },
    form::FormVersion,
    gateway::{Delivery, Failure},
    limits::{Counts, Take, Window},
    links::LinkKind,
    message::{FailureReason, Message, MessageId, MessageState},
    reply::{Reply, Stop},
    sending::Via,
    settings::{Settings, WebhookEvent},
    subject::{
        End, Given, Hold, Outgoing, Pending, PurposeState, Reason, Scope, Standing, State, Suppression, Terms, Way,
    },
    time::Timestamp,
    token::TokenHash,
    wire::{Action, BatchOutcome, MessageDraft, Overview},
};

fn at() -> Timestamp {
    Timestamp::from_millis(1_795_000_000_000)
}

const AT: &str = "2026-11-18T11:06:40.000Z";
const MESSAGE: &str = "AQEBAQEBAQEBAgICAgICAgICAgIC";

fn message_id() -> MessageId {
    MESSAGE.parse().unwrap()
}

fn link() -> TokenHash {
    TokenHash("hash".into())
}

/// It is written so, and what was written so is read.
fn is_stored<T: Serialize + DeserializeOwned>(value: T, stored: Value) {
    assert_eq!(to_value(&value).unwrap(), stored);
    assert_eq!(to_value(from_value::<T>(stored.clone()).unwrap()).unwrap(), stored);
}

fn are_stored<T: Serialize + DeserializeOwned, const N: usize>(all: [(T, Value); N]) {
    for (value, stored) in all {
        is_stored(value, stored);
    }
}

/// What was stored by an earlier version, and is written so again.
fn reads<T: Serialize + DeserializeOwned>(stored: Value) {
    assert_eq!(to_value(from_value::<T>(stored.clone()).unwrap()).unwrap(), stored);
}

fn purpose() -> Value {
    json!({
        "id": "marketing", "use": "advertising",
        "label": { "de": "Angebote", "en": "offers" }, "wording": { "de": "Angebote zu Pflanzen" },
        "frequency": { "max": 4, "period": "month" }, "lapses_after": 18, "basis": "consent",
        "reward": { "text": { "de": "{code}" }, "conditions": { "de": "5 Euro." }, "code": { "pool": { "warn_at": 50 } } },
    })
}

fn controller() -> Value {
    json!({
        "name": "Blattwerk", "address": "Hauptstraße 1, 10115 Berlin", "email": "hallo@blattwerk.example",
        "phone": "+49301234567", "imprint_url": "https://blattwerk.example/impressum",
        "privacy_url": "https://blattwerk.example/datenschutz",
    })
}

#[test]
fn the_state_of_a_person() {
    let given = Given {
        since: at(),
        last_used: at(),
        frequency: from_value(json!({ "max": 4, "period": "week" })).unwrap(),
        lapses_after: 18,
        sent: vec![at()],
        lang: crate::lang::Lang::De,
        terms: Terms { from: "Blattwerk".into(), quiet_hours: Default::default(), advertises: true },
        misses: 1,
    };
    are_stored([
        (
            Standing::Given(given),
            json!({ "given": {
                "since": AT, "last_used": AT, "frequency": { "max": 4, "period": "week" }, "lapses_after": 18,
                "sent": [AT], "lang": "de", "misses": 1,
                "terms": {
                    "from": "Blattwerk", "quiet_hours": { "from": "20:00", "until": "08:00" }, "advertises": true,
                },
            } }),
        ),
        (Standing::Withdrawn { at: at(), way: Way::Reply }, json!({ "withdrawn": { "at": AT, "way": "reply" } })),
        (Standing::Suspended { at: at() }, json!({ "suspended": { "at": AT } })),
        (Standing::Objected { at: at() }, json!({ "objected": { "at": AT } })),
        (Standing::Lapsed { at: at() }, json!({ "lapsed": { "at": AT } })),
        (Standing::Erased { at: at() }, json!({ "erased": { "at": AT } })),
    ]);
    let pending = Pending {
        link: link(),
        purposes: vec![from_value(purpose()).unwrap()],
        lang: crate::lang::Lang::En,
        requested_at: at(),
        from: "+4915228817386".into(),
        by: ConfirmBy::Both,
        reply_code: 27,
        quiet_hours: Default::default(),
        hold: Hold::Held,
    };
    is_stored(
        pending,
        json!({
            "link": "hash", "purposes": [purpose()], "lang": "en", "requested_at": AT, "from": "+4915228817386",
            "by": "both", "word": 27, "quiet_hours": { "from": "20:00", "until": "08:00" }, "hold": "held",
        }),
    );
    is_stored(
        State::default(),
        json!({
            "standings": {}, "pendings": {}, "ended": [], "silence": "none", "confirmations": [],
            "told_already": null, "fresh_links": [], "generation": 0, "broken": false, "allowed_at": null,
            "helped": null, "rewarded": [],
        }),
    );
    reads::<State>(json!({
        "standings": { "marketing": { "withdrawn": { "at": AT, "way": "provider" } } },
        "pendings": {}, "ended": [["hash", AT]], "silence": { "until": AT }, "confirmations": [AT],
        "told_already": AT, "fresh_links": [AT], "generation": 3, "broken": true, "allowed_at": AT, "helped": AT,
        "rewarded": ["marketing"],
    }));
}

#[test]
fn the_words_of_a_state() {
    are_stored([
        (Suppression::None, json!("none")),
        (Suppression::Until(at()), json!({ "until": AT })),
        (Suppression::UntilAllowed, json!("until_allowed")),
    ]);
    are_stored([(Hold::None, json!("none")), (Hold::Held, json!("held")), (Hold::Released, json!("released"))]);
    are_stored([
        (End::Confirmed, json!("confirmed")),
        (End::Declined, json!("declined")),
        (End::Superseded, json!("superseded")),
        (End::Expired, json!("expired")),
        (End::Stopped, json!("stopped")),
    ]);
    are_stored([
        (Scope::All, json!("all")),
        (Scope::Purpose("marketing".parse().unwrap()), json!({ "purpose": "marketing" })),
    ]);
    are_stored([
        (Way::Link, json!("link")),
        (Way::FreshLink, json!("fresh_link")),
        (Way::Reply, json!("reply")),
        (Way::Owner, json!("owner")),
        (Way::Provider, json!("provider")),
    ]);
    let purpose = || "marketing".parse().unwrap();
    are_stored([
        (Outgoing::Confirmation { link: link() }, json!({ "confirmation": { "link": "hash" } })),
        (Outgoing::Already, json!("already")),
        (Outgoing::FreshLink { asked_at: at() }, json!({ "fresh_link": { "asked_at": AT } })),
        (Outgoing::Acknowledgement, json!("acknowledgement")),
        (Outgoing::Help { asked_at: at() }, json!({ "help": { "asked_at": AT } })),
        (Outgoing::Message { purpose: purpose() }, json!({ "message": { "purpose": "marketing" } })),
        (Outgoing::Welcome { purpose: purpose() }, json!({ "welcome": { "purpose": "marketing" } })),
    ]);
    are_stored([
        (ConfirmBy::Link, json!("link")),
        (ConfirmBy::Reply, json!("reply")),
        (ConfirmBy::Both, json!("both")),
    ]);
}

fn received() -> ReceivedSms {
    ReceivedSms {
        id: "SM1".into(),
        gateway: "twilio".parse().unwrap(),
        to: "+4915228817386".into(),
        signature_verified: true,
    }
}

fn received_json() -> Value {
    json!({ "id": "SM1", "gateway": "twilio", "to": "+4915228817386", "signature_verified": true })
}

fn request() -> Request {
    Request {
        time: at(),
        form: "newsletter".parse().unwrap(),
        version: 2,
        lang: crate::lang::Lang::De,
        disclosure: from_value(json!("sha256-x")).unwrap(),
        privacy_url: "https://x.example".into(),
        channel: Channel::Keyword,
        boxes_unticked: false,
        age_declared: 16,
        keyword: Some(KeywordText { word: "RABATT".into(), beside: "Senden Sie".into(), sms: received() }),
        campaign: Some("a".into()),
        commitments: vec![Erasable { name: "number".into(), salt: "s".into(), value: "v".into() }.commitment()],
    }
}

fn request_json() -> Value {
    json!({
        "time": AT, "form": "newsletter", "version": 2, "lang": "de", "disclosure": "sha256-x",
        "privacy_url": "https://x.example", "way": "keyword", "boxes_unticked": false, "age_declared": 16,
        "keyword": { "word": "RABATT", "beside": "Senden Sie", "sms": received_json() }, "campaign": "a",
        "commitments": [{ "name": "number", "commitment": "r6xw5jGHsA6PxfUNeiPu6ulW5yryjF7NJeHMZkgRzm4" }],
    })
}

fn sent() -> SentSms {
    SentSms {
        text: "Ja?".into(),
        from: "Blattwerk".into(),
        gateway: "twilio".parse().unwrap(),
        message_id: Some("SM2".into()),
        sent_at: Some(at()),
        reference: Some(message_id()),
        delivery: Some(DeliveryReport { state: Delivery::Failed(Failure::Throttled { after: Some(3) }), at: at() }),
    }
}

fn sent_json() -> Value {
    json!({
        "text": "Ja?", "from": "Blattwerk", "gateway": "twilio", "message_id": "SM2", "sent_at": AT,
        "reference": MESSAGE, "delivery": { "state": { "failed": { "throttled": { "after": 3 } } }, "at": AT },
    })
}

#[test]
fn evidence() {
    is_stored(request(), request_json());
    reads::<Request>(json!({
        "time": AT, "form": "newsletter", "version": 2, "lang": "en", "disclosure": "sha256-x",
        "privacy_url": "https://x.example", "way": "widget", "boxes_unticked": true, "age_declared": 16,
        "campaign": null, "commitments": [],
    }));
    are_stored([
        (Channel::Widget, json!("widget")),
        (Channel::WithoutScript, json!("without_script")),
        (Channel::Keyword, json!("keyword")),
    ]);
    is_stored(sent(), sent_json());
    reads::<SentSms>(
        json!({ "text": "Ja?", "from": "Blattwerk", "gateway": "twilio", "message_id": null, "sent_at": null }),
    );
    is_stored(
        Erasable { name: "number".into(), salt: "s".into(), value: "v".into() },
        json!({ "name": "number", "salt": "s", "value": "v" }),
    );
    let act = |by| Act { by, purposes: vec!["marketing".parse().unwrap()], commitments: Vec::new() };
    are_stored([
        (
            act(ActBy::Link { shown: from_value(json!("sha256-x")).unwrap() }),
            json!({ "by": "link", "shown": "sha256-x", "purposes": ["marketing"], "commitments": [] }),
        ),
        (
            act(ActBy::Reply(received())),
            json!({
                "by": "reply", "id": "SM1", "gateway": "twilio", "to": "+4915228817386", "signature_verified": true,
                "purposes": ["marketing"], "commitments": [],
            }),
        ),
    ]);
}

#[test]
fn what_happened() {
    let record = GivenRecord {
        controller: from_value(controller()).unwrap(),
        wording: "Angebote".into(),
        frequency: from_value(json!({ "max": 4, "period": "day" })).unwrap(),
        basis: from_value(json!("consent")).unwrap(),
        lapses_after: 18,
        request: request(),
        sms: sent(),
        act: Act { by: ActBy::Reply(received()), purposes: Vec::new(), commitments: Vec::new() },
    };
    are_stored([
        (
            Happened::Given(Box::new(record)),
            json!({
                "kind": "given", "controller": controller(), "wording": "Angebote",
                "frequency": { "max": 4, "period": "day" }, "basis": "consent", "lapses_after": 18,
                "request": request_json(), "sms": sent_json(),
                "act": {
                    "by": "reply", "id": "SM1", "gateway": "twilio", "to": "+4915228817386",
                    "signature_verified": true, "purposes": [], "commitments": [],
                },
            }),
        ),
        (Happened::Withdrawn { way: Way::Link }, json!({ "kind": "withdrawn", "way": "link" })),
        (Happened::Objected { way: Way::FreshLink }, json!({ "kind": "objected", "way": "fresh_link" })),
        (Happened::WrongNumber { way: Way::Reply }, json!({ "kind": "wrong_number", "way": "reply" })),
        (Happened::Used { message: message_id(), actor: None }, json!({ "kind": "used", "message": MESSAGE })),
        (Happened::Suspended, json!({ "kind": "suspended" })),
        (Happened::Lapsed, json!({ "kind": "lapsed" })),
        (Happened::Erased { way: Way::Owner }, json!({ "kind": "erased", "way": "owner" })),
    ]);
    let event = Event {
        schema: "jawort/1".into(),
        id: "e".into(),
        subject: "s".into(),
        purpose: "marketing".parse().unwrap(),
        seq: 2,
        previous: Some("sha256-p".into()),
        time: at(),
        happened: Happened::Lapsed,
    };
    is_stored(
        SignedEvent { event, hash: "sha256-h".into(), key_id: 1, signature: "g".into() },
        json!({
            "schema": "jawort/1", "id": "e", "subject": "s", "purpose": "marketing", "seq": 2,
            "previous": "sha256-p", "time": AT, "kind": "lapsed", "hash": "sha256-h", "key_id": 1, "signature": "g",
        }),
    );
}

#[test]
fn messages() {
    let mut message = Message::new(message_id(), "marketing".parse().unwrap(), 2, None, at());
    let queued = json!({ "id": MESSAGE, "purpose": "marketing", "segments": 2, "state": "queued", "created_at": AT });
    is_stored(message.clone(), queued);
    message.handed_over("twilio".parse().unwrap(), Some("SM2".into()), at());
    message.report(Delivery::Failed(Failure::NotMobile), at());
    is_stored(
        message,
        json!({
            "id": MESSAGE, "purpose": "marketing", "segments": 2, "state": "failed", "reason": "not_mobile",
            "created_at": AT, "sent_at": AT, "ended_at": AT, "gateway": "twilio", "provider_id": "SM2",
        }),
    );
    are_stored([
        (MessageState::Queued, json!("queued")),
        (MessageState::OutcomeUnknown, json!("outcome_unknown")),
        (MessageState::Sent, json!("sent")),
        (MessageState::Failed, json!("failed")),
        (MessageState::Delivered, json!("delivered")),
    ]);
    are_stored([
        (FailureReason::NoConsent, json!("no_consent")),
        (FailureReason::Expired, json!("expired")),
        (FailureReason::OptedOut, json!("opted_out")),
        (FailureReason::NotMobile, json!("not_mobile")),
        (FailureReason::OutOfCredit, json!("out_of_credit")),
        (FailureReason::Credentials, json!("credentials")),
        (FailureReason::Refused, json!("refused")),
    ]);
    are_stored([
        (Delivery::Sent, json!("sent")),
        (Delivery::Delivered, json!("delivered")),
        (Delivery::Failed(Failure::Later), json!({ "failed": "later" })),
        (Delivery::Failed(Failure::Throttled { after: None }), json!({ "failed": { "throttled": { "after": null } } })),
        (Delivery::Failed(Failure::Never), json!({ "failed": "never" })),
        (Delivery::Failed(Failure::OptedOut), json!({ "failed": "opted_out" })),
        (Delivery::Failed(Failure::NotMobile), json!({ "failed": "not_mobile" })),
        (Delivery::Failed(Failure::OutOfCredit), json!({ "failed": "out_of_credit" })),
        (Delivery::Failed(Failure::Credentials), json!({ "failed": "credentials" })),
    ]);
    is_stored(
        MessageDraft {
            purpose: "marketing".parse().unwrap(),
            text: "Hallo {name}".into(),
            sender: Some("shop".parse().unwrap()),
            normalize: true,
        },
        json!({ "purpose": "marketing", "text": "Hallo {name}", "sender": "shop", "normalize": true }),
    );
    are_stored([
        (BatchOutcome::Waiting, json!({ "state": "waiting" })),
        (
            BatchOutcome::Accepted { message: message_id(), segments: 1 },
            json!({ "state": "accepted", "message": MESSAGE, "segments": 1 }),
        ),
        (
            BatchOutcome::Refused { reason: "no-consent".into(), detail: "No.".into() },
            json!({ "state": "refused", "reason": "no-consent", "detail": "No." }),
        ),
    ]);
}

/// One gateway of each kind, the last with everything that a description can hold.
fn gateways() -> Value {
    json!([
        { "kind": "twilio", "id": "twilio", "processor": "Twilio", "account_sid": "AC00000000000000000000000000000000" },
        { "kind": "seven", "id": "seven", "processor": "seven" },
        { "kind": "vonage", "id": "vonage", "processor": "Vonage" },
        { "kind": "gatewayapi", "id": "gatewayapi", "processor": "ONLINECITY", "receives_at": "+451204" },
        {
            "kind": "http", "id": "http", "processor": "SMS GmbH",
            "send": {
                "method": "POST", "url": "https://sms.example/send", "number_in_url": false,
                "headers": { "x-key": "{secret.key}" }, "basic": { "user": "u", "password": "{secret.key}" },
                "body": { "text": { "content_type": "text/xml", "escape": "xml", "template": "{to}{text}" } },
            },
            "answer": { "json": {
                "id": "/id", "code": "/code", "success": ["0"],
                "failures": {
                    "1": "later", "2": "throttled", "3": "never", "4": "opted_out", "5": "not_mobile",
                    "6": "out_of_credit", "7": "credentials", "8": "unknown",
                },
            } },
            "inbound": {
                "format": "json", "when": { "at": "/kind", "is": "mo" }, "id": "/id", "from": "/from", "to": "/to",
                "text": "/text",
            },
            "status": {
                "format": "form", "reference": "?ref", "state": "state", "sent": ["1"], "delivered": ["2"],
                "failed": ["3"], "code": "code", "failures": { "9": "never" },
            },
            "verify": { "hmac": {
                "secret": "sign", "header": "x-signature", "algorithm": "sha256", "encoding": "hex",
                "prefix": "sha256=", "over": "{timestamp}.{body}", "timestamp_header": "x-time",
            } },
        },
        {
            "kind": "http", "id": "plain", "processor": "SMS GmbH",
            "send": { "method": "GET", "url": "https://sms.example/send?k={secret.key}", "number_in_url": true },
            "answer": { "text": { "success": ["OK:{id}"], "failure": ["ERR {code}"], "failures": { "1": "later" } } },
            "verify": { "query": { "parameter": "key", "secret": "key" } },
        },
    ])
}

#[test]
fn settings_and_forms() {
    let sender = json!({
        "id": "shop", "from": "+4915228817386", "receives": true, "gateway": "twilio", "fallback": "seven",
        "purposes": ["marketing"],
    });
    reads::<Settings>(json!({
        "controller": controller(), "purposes": [purpose()], "senders": [sender], "gateways": gateways(),
        "webhooks": [{
            "id": "shop", "url": "https://hooks.example.de/in", "events": ["consent.confirmed"], "include_number": true,
        }],
        "processors": [{ "name": "Twilio", "role": "SMS", "agreement_date": "2026-01-01", "agreement_version": "1" }],
        "link_domain": "ja.example.de", "time_zone": "Europe/Berlin",
        "limits": {
            "network_per_hour": 20, "prefix_per_hour": 20, "form_per_day": 500, "without_script_percent": 10,
            "proof_of_work": 50000,
        },
    }));
    for theme in ["auto", "light", "dark"] {
        reads::<FormVersion>(json!({
            "form": "newsletter", "version": 2, "published_at": AT,
            "draft": {
                "purposes": ["marketing"], "sender": "shop", "languages": ["de", "en"], "countries": ["DE"], "age": 16,
                "confirm": "both", "origins": ["https://shop.example"], "theme": theme,
                "keywords": [{ "word": "RABATT", "purpose": "marketing", "lang": "de", "beside": "Jetzt" }],
                "confirmation": { "de": "{company}" }, "quiet_hours": { "from": "20:00", "until": "08:00" },
            },
            "controller": controller(), "purposes": [purpose()], "sender": sender,
        }));
    }
}

#[test]
fn what_a_webhook_is_told() {
    are_stored([
        (WebhookEvent::ConsentRequested, json!("consent.requested")),
        (WebhookEvent::ConsentConfirmed, json!("consent.confirmed")),
        (WebhookEvent::ConsentWithdrawn, json!("consent.withdrawn")),
        (WebhookEvent::ConsentLapsed, json!("consent.lapsed")),
        (WebhookEvent::MessageDelivered, json!("message.delivered")),
        (WebhookEvent::MessageFailed, json!("message.failed")),
        (WebhookEvent::RewardLow, json!("reward.low")),
    ]);
    let data = serde_json::Map::from_iter([("purpose".to_owned(), json!("marketing"))]);
    let body = crate::webhook::Body { kind: WebhookEvent::ConsentWithdrawn, timestamp: at(), data: &data };
    assert_eq!(
        to_value(body).unwrap(),
        json!({ "type": "consent.withdrawn", "timestamp": AT, "data": { "purpose": "marketing" } })
    );
}

#[test]
fn what_the_owner_is_answered() {
    are_stored([
        (Reason::Unknown, json!("unknown")),
        (Reason::Pending, json!("pending")),
        (Reason::Withdrawn, json!("withdrawn")),
        (Reason::Objected, json!("objected")),
        (Reason::Lapsed, json!("lapsed")),
        (Reason::Erased, json!("erased")),
        (Reason::Suspended, json!("suspended")),
    ]);
    are_stored([
        (PurposeState::Given, json!("given")),
        (PurposeState::Withdrawn, json!("withdrawn")),
        (PurposeState::Objected, json!("objected")),
        (PurposeState::Lapsed, json!("lapsed")),
        (PurposeState::Erased, json!("erased")),
        (PurposeState::Pending, json!("pending")),
        (PurposeState::Suspended, json!("suspended")),
    ]);
}

#[test]
fn links_and_the_outbox() {
    are_stored([
        (LinkKind::Confirmation, json!("Confirmation")),
        (LinkKind::WayOut, json!("WayOut")),
        (LinkKind::Fresh { asked_at: at() }, json!({ "Fresh": { "asked_at": AT } })),
    ]);
    are_stored([(Via::First, json!("First")), (Via::Fallback, json!("Fallback"))]);
}

#[test]
fn what_a_limiter_counts() {
    let mut counts = Counts::default();
    let once = Some(("proof".to_owned(), at()));
    counts.take(Take { counter: "script".into(), limit: 1, window: Window::Day, once, by_day: true }, at());
    counts.held_back(at());
    is_stored(
        counts,
        json!({
            "counters": { "script": ["2026-11-19T00:00:00.000Z", 1] }, "used": { "proof": AT },
            "days": { "20775": [1, 1] },
        }),
    );
}

#[test]
fn what_replies_and_buttons_say() {
    are_stored([
        (Reply::Yes { code: Some(27) }, json!({ "Yes": { "word": 27 } })),
        (Reply::No { code: None }, json!({ "No": { "word": null } })),
        (Reply::Stop(Stop::Everything), json!({ "Stop": "Everything" })),
        (Reply::Stop(Stop::Advertising), json!({ "Stop": "Advertising" })),
        (Reply::Start, json!("Start")),
        (Reply::Help, json!("Help")),
        (Reply::WrongNumber, json!("WrongNumber")),
        (Reply::Keyword("RABATT".into()), json!({ "Keyword": "RABATT" })),
        (Reply::Unclear, json!("Unclear")),
    ]);
    are_stored([
        (Action::Confirm, json!("confirm")),
        (Action::Refuse, json!("refuse")),
        (Action::Withdraw, json!("withdraw")),
        (Action::Object, json!("object")),
        (Action::FreshLink, json!("fresh_link")),
        (Action::Allow, json!("allow")),
        (Action::WrongNumber, json!("correct")),
        (Action::Erase, json!("erase")),
    ]);
    reads::<Overview>(json!({ "subject": "s", "states": [], "pending": [], "silenced": true, "events": [] }));
}
