use super::*;
use crate::calendar::TimeZone;

/// One gateway of each kind, the last with everything that a description can hold.
fn gateways() -> Value {
    json!([
        { "kind": "twilio", "id": "twilio", "processor": "Twilio", "account_sid": "AC00000000000000000000000000000000" },
        { "kind": "seven", "id": "paced", "processor": "seven", "per_second": 5, "per_day": 2000 },
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
            "network_per_hour": 20, "prefix_per_hour": 20, "form_per_day": 500, "without_script_percent": 10, "links_per_day": 2000,
            "proof_of_work": 50000,
        },
    }));
    for theme in ["auto", "light", "dark"] {
        let version = json!({
            "form": "newsletter", "version": 2, "published_at": AT,
            "draft": {
                "purposes": ["marketing"], "sender": "shop", "languages": ["de", "en"], "countries": ["DE"], "age": 16,
                "confirm": "both", "origins": ["https://shop.example"], "theme": theme,
                "keywords": [{ "word": "RABATT", "purpose": "marketing", "lang": "de", "beside": "Jetzt" }],
                "confirmation": { "de": "{company}" }, "quiet_hours": { "from": "20:00", "until": "08:00" },
            },
            "controller": controller(), "purposes": [purpose()], "sender": sender,
            "turns": [{ "state": "closed", "at": AT, "by": "owner" }, { "state": "open", "at": AT, "by": "owner" }],
        });
        let mut today = version.clone();
        today["time_zone"] = json!("Europe/Vienna");
        is_stored(from_value::<FormVersion>(today.clone()).unwrap(), today);
        let before: FormVersion = from_value(version).unwrap();
        assert_eq!(before.time_zone, TimeZone::default(), "before format 4");
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
        (WebhookEvent::ReplyUnclear, json!("reply.unclear")),
        (WebhookEvent::RewardLow, json!("reward.low")),
        (WebhookEvent::OutboxParked, json!("outbox.parked")),
        (WebhookEvent::GatewayStopped, json!("gateway.stopped")),
    ]);
    let data = serde_json::Map::from_iter([("purpose".to_owned(), json!("marketing"))]);
    let body = crate::webhook::Body { kind: WebhookEvent::ConsentWithdrawn, timestamp: at(), data: &data };
    assert_eq!(
        to_value(body).unwrap(),
        json!({ "type": "consent.withdrawn", "timestamp": AT, "data": { "purpose": "marketing" } })
    );
}

#[test]
fn a_reference_on_its_way() {
    let reference = crate::reference::Reference::parse("K-1").unwrap();
    is_stored(BatchReferences(vec![None, Some(reference)]), json!([null, "K-1"]));
    reads::<OutboxItem>(json!({ "Hook": {
        "id": "e", "kind": "consent.confirmed", "time": AT, "subject": "AQEBAQEBAQEB", "data": "{}",
        "reference": { "key": 1, "sealed": "c2VhbGVk" },
    } }));
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
        (Reason::Paused, json!("paused")),
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
    let take = Take { counter: "script".into(), limit: 1, window: Window::Day, how: How::ByDay };
    counts.take(take, at());
    counts.held_back(at());
    is_stored(
        counts,
        json!({
            "counters": { "script": ["2026-11-19T00:00:00.000Z", 1] },
            "days": { "20775": [1, 1] },
        }),
    );
    are_stored([
        (UsedProof { submission: "00ff".into(), end: None }, json!({ "submission": "00ff" })),
        (
            UsedProof { submission: "00ff".into(), end: Some(ProofEnd::Passed) },
            json!({ "submission": "00ff", "end": "passed" }),
        ),
        (
            UsedProof { submission: "00ff".into(), end: Some(ProofEnd::HeldBack) },
            json!({ "submission": "00ff", "end": "held_back" }),
        ),
    ]);
}

#[test]
fn the_pace_of_a_gateway() {
    let ask = Ask { class: Class::Message, attempt: Attempt::First, had: None, parts: 2 };
    let mut pace = Pace::new(PaceRecord::default());
    for _ in 0..12 {
        pace.take(ask, Limits { per_second: 5, per_day: 30 }, None, at());
    }
    pace.note(
        Noted { at: at(), attempt: Attempt::First, probe: None, ended: Ended::Badly(StopReason::Credentials) },
        at(),
        0,
    );
    is_stored(
        pace.to_write().unwrap().clone(),
        json!({
            "horizon": "2026-11-18T11:06:42.400Z", "day": { "day": 20775, "parts": 14, "held_by": null },
            "circuit": {
                "reason": "credentials", "failures": 1, "repeats": 0, "soon": "2026-11-18T11:06:55.000Z",
                "until": "2026-11-18T11:06:55.000Z", "repeats_until": "2026-11-18T11:06:55.000Z", "probes": 0,
                "probing": null,
            },
            "restored": null,
            "untold": [{ "at": AT, "reason": "credentials" }],
        }),
    );
    are_stored([
        (StopReason::Credentials, json!("credentials")),
        (StopReason::OutOfCredit, json!("out_of_credit")),
        (StopReason::Failing, json!("failing")),
        (StopReason::OverBudget, json!("over_budget")),
    ]);
    is_stored(
        Pause { paused: true, since: at(), by: Actor::owner() },
        json!({ "paused": true, "since": AT, "by": "owner" }),
    );
}

#[test]
fn what_a_gateway_keeps() {
    let unread = |why| Unread::new("own".parse().unwrap(), why, at(), b"from=0176\xca");
    let stored = |why: &str| json!({ "gateway": "own", "why": why, "received_at": AT, "body": "ZnJvbT0wMTc2yg==" });
    are_stored([(unread(WhyUnread::Format), stored("format")), (unread(WhyUnread::Sender), stored("sender"))]);
    is_stored(
        Former { gateways: Vec::new(), numbers: vec!["+4915228817386".to_owned()] },
        json!({ "gateways": [], "numbers": ["+4915228817386"] }),
    );
}

#[test]
fn how_a_gateway_stands() {
    are_stored([
        (GatewayState::Ok, json!({ "state": "ok" })),
        (GatewayState::Paused, json!({ "state": "paused" })),
        (GatewayState::Stopped { reason: StopReason::Failing }, json!({ "state": "stopped", "reason": "failing" })),
    ]);
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
        (Reply::Info, json!("Info")),
        (Reply::WrongNumber, json!("WrongNumber")),
        (Reply::Keyword("RABATT".into()), json!({ "Keyword": "RABATT" })),
        (Reply::Object, json!("Object")),
        (Reply::Erase, json!("Erase")),
        (Reply::Access, json!("Access")),
        (Reply::Ignore, json!("Ignore")),
        (Reply::Unclear(About::Rights), json!({ "Unclear": "Rights" })),
        (Reply::Unclear(About::Other), json!({ "Unclear": "Other" })),
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
    reads::<Overview>(
        json!({ "subject": "s", "states": [], "pending": [], "silenced": true, "paused": true, "events": [] }),
    );
}
