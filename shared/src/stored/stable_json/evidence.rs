use super::*;

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
