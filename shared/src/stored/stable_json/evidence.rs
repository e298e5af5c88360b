use super::*;

fn received() -> ReceivedSms {
    ReceivedSms {
        id: "SM1".into(),
        gateway: "twilio".parse().unwrap(),
        to: "+4915228817386".into(),
        received_at: Some(at()),
        signature_verified: true,
    }
}

fn received_json() -> Value {
    json!({
        "id": "SM1", "gateway": "twilio", "to": "+4915228817386", "received_at": AT, "signature_verified": true,
    })
}

fn request() -> Request {
    Request {
        time: at(),
        form: "newsletter".parse().unwrap(),
        version: 2,
        lang: crate::lang::Lang::De,
        disclosure: Some(TextHash("sha256-x".into())),
        privacy_url: "https://x.example".into(),
        channel: Channel::Keyword,
        boxes_served: Some(BoxesServed::AsSent),
        offered: vec!["booking".parse().unwrap(), "marketing".parse().unwrap()],
        asked: vec!["marketing".parse().unwrap()],
        age_declared: 16,
        keyword: Some(KeywordText { word: "RABATT".into(), beside: "Senden Sie".into(), sms: received() }),
        handed_in: Some(HandedIn::new(Actor::owner(), HandInChannel::Till)),
        commitments: vec![Erasable::new("number", "v", [1; 16]).commitment()],
    }
}

fn request_json() -> Value {
    json!({
        "time": AT, "form": "newsletter", "version": 2, "lang": "de", "disclosure": "sha256-x",
        "privacy_url": "https://x.example", "way": "keyword", "boxes_served": "as_sent",
        "offered": ["booking", "marketing"], "asked": ["marketing"], "age_declared": 16,
        "keyword": { "word": "RABATT", "beside": "Senden Sie", "sms": received_json() },
        "handed_in": { "actor": "owner", "channel": "till", "shown": "owner" },
        "commitments": [{ "name": "number", "commitment": "a4JN_upZgWf-1dkESDbPvWa4Id7cvQC7phu93JmpzHY" }],
    })
}

fn sent() -> SentSms {
    SentSms {
        text: "Ja?".into(),
        template: Some(TextHash("sha256-t".into())),
        link_sha256: Some(link()),
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
        "text": "Ja?", "template": "sha256-t", "link_sha256": "hash", "from": "Blattwerk", "gateway": "twilio", "message_id": "SM2", "sent_at": AT,
        "reference": MESSAGE, "delivery": { "state": { "failed": { "throttled": { "after": 3 } } }, "at": AT },
    })
}

#[test]
fn evidence() {
    is_stored(request(), request_json());
    // What waited when `jawort/2` came.
    let before: Request = from_value(json!({
        "time": AT, "form": "newsletter", "version": 2, "lang": "en", "disclosure": "sha256-x",
        "privacy_url": "https://x.example", "way": "widget", "boxes_unticked": true, "age_declared": 16,
        "campaign": null, "commitments": [],
    }))
    .unwrap();
    assert_eq!((before.disclosure, before.boxes_served), (Some(TextHash("sha256-x".into())), None));
    are_stored([
        (Channel::Widget, json!("widget")),
        (Channel::WithoutScript, json!("without_script")),
        (Channel::Keyword, json!("keyword")),
        (Channel::HandedIn, json!("handed_in")),
    ]);
    for (channel, name) in
        HandInChannel::ALL.into_iter().zip(["checkout", "booking", "till", "paper", "phone", "other"])
    {
        is_stored(channel, json!(name));
    }
    are_stored([
        (WordChannel::Phone, json!("phone")),
        (WordChannel::Letter, json!("letter")),
        (WordChannel::Email, json!("email")),
        (WordChannel::Counter, json!("counter")),
        (WordChannel::Other, json!("other")),
    ]);
    is_stored(ReceivedAt::At(at()), json!(AT));
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
            act(ActBy::Link {
                page: PageShown {
                    template: TextHash("sha256-p".into()),
                    until: at(),
                    time_zone: "Europe/Berlin".into(),
                },
                link_sha256: link(),
            }),
            json!({
                "by": "link", "page": { "template": "sha256-p", "until": AT, "time_zone": "Europe/Berlin" },
                "link_sha256": "hash", "purposes": ["marketing"], "commitments": [],
            }),
        ),
        (
            act(ActBy::Reply(received())),
            json!({
                "by": "reply", "id": "SM1", "gateway": "twilio", "to": "+4915228817386", "received_at": AT,
                "signature_verified": true, "purposes": ["marketing"], "commitments": [],
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
                    "by": "reply", "id": "SM1", "gateway": "twilio", "to": "+4915228817386", "received_at": AT,
                    "signature_verified": true, "purposes": [], "commitments": [],
                },
            }),
        ),
        (
            Happened::Withdrawn {
                way: Way::Reply,
                said: Said {
                    scope: Some(SaidScope::Everything),
                    sms: Some(received()),
                    passed_on: None,
                    commitments: vec![Erasable::new("reply", "v", [1; 16]).commitment()],
                    actor: None,
                },
            },
            json!({
                "kind": "withdrawn", "way": "reply", "scope": "everything", "sms": received_json(),
                "commitments": [{ "name": "reply", "commitment": "Ur5oz7Av77fWr70DWcL2LnF8cWEd31zG1geFZxvVz8U" }],
            }),
        ),
        (
            Happened::Objected {
                way: Way::Owner,
                said: Said {
                    scope: Some(SaidScope::Advertising),
                    passed_on: Some(PassedOn {
                        channel: WordChannel::Letter,
                        received_at: "2026-11-17".to_owned().try_into().unwrap(),
                    }),
                    actor: Some(Actor::owner()),
                    ..Said::default()
                },
            },
            json!({
                "kind": "objected", "way": "owner", "scope": "advertising",
                "passed_on": { "channel": "letter", "received_at": "2026-11-17" }, "actor": "owner",
            }),
        ),
        (
            Happened::Withdrawn {
                way: Way::Owner,
                said: Said { scope: Some(SaidScope::Everything), actor: Some(Actor::owner()), ..Said::default() },
            },
            json!({ "kind": "withdrawn", "way": "owner", "scope": "everything", "actor": "owner" }),
        ),
        (
            Happened::Objected { way: Way::FreshLink, said: Said::default() },
            json!({ "kind": "objected", "way": "fresh_link" }),
        ),
        (
            Happened::WrongNumber { way: Way::Reply, said: Said::default() },
            json!({ "kind": "wrong_number", "way": "reply" }),
        ),
        (
            Happened::Used { message: message_id(), actor: None, template: None, commitments: Vec::new() },
            json!({ "kind": "used", "message": MESSAGE }),
        ),
        (
            Happened::Used {
                message: message_id(),
                actor: None,
                template: Some(TextHash("sha256-t".into())),
                commitments: Vec::new(),
            },
            json!({ "kind": "used", "message": MESSAGE, "template": "sha256-t" }),
        ),
        (Happened::Suspended, json!({ "kind": "suspended" })),
        (Happened::Lapsed, json!({ "kind": "lapsed" })),
        (Happened::Erased { way: Way::Owner, said: Said::default() }, json!({ "kind": "erased", "way": "owner" })),
    ]);
    let event = Event {
        schema: "jawort/2".into(),
        id: "e".into(),
        subject: "s".into(),
        purpose: "marketing".parse().unwrap(),
        seq: 2,
        previous: Some("sha256-p".into()),
        time: at(),
        happened: Happened::Lapsed,
    };
    is_stored(
        SignedEvent { event, hash: "sha256-h".into(), kid: "k".into(), signature: "g".into() },
        json!({
            "schema": "jawort/2", "id": "e", "subject": "s", "purpose": "marketing", "seq": 2,
            "previous": "sha256-p", "time": AT, "kind": "lapsed", "hash": "sha256-h", "kid": "k", "signature": "g",
        }),
    );
}
