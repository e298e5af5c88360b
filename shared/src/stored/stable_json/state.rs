use super::*;

#[test]
fn the_state_of_a_person() {
    let given = Given {
        since: at(),
        last_used: at(),
        frequency: from_value(json!({ "max": 4, "period": "week" })).unwrap(),
        lapses_after: 18,
        lang: crate::lang::Lang::De,
        terms: Terms {
            from: "Blattwerk".into(),
            quiet_hours: Default::default(),
            advertises: true,
            time_zone: Default::default(),
        },
        misses: 1,
    };
    are_stored([
        (
            Standing::Given(given),
            json!({ "given": {
                "since": AT, "last_used": AT, "frequency": { "max": 4, "period": "week" }, "lapses_after": 18,
                "lang": "de", "misses": 1,
                "terms": {
                    "from": "Blattwerk", "quiet_hours": { "from": "20:00", "until": "08:00" }, "advertises": true,
                    "time_zone": "Europe/Berlin",
                },
            } }),
        ),
        (Standing::Withdrawn { at: at(), way: Way::Reply }, json!({ "withdrawn": { "at": AT, "way": "reply" } })),
        (Standing::Suspended { at: at() }, json!({ "suspended": { "at": AT } })),
        (Standing::Objected { at: at() }, json!({ "objected": { "at": AT } })),
        (Standing::Lapsed { at: at() }, json!({ "lapsed": { "at": AT } })),
        (Standing::Erased { at: at() }, json!({ "erased": { "at": AT } })),
    ]);
}

#[test]
fn a_request_that_waits() {
    let pending = Pending {
        link: link(),
        purposes: vec![from_value(purpose()).unwrap()],
        lang: crate::lang::Lang::En,
        requested_at: at(),
        from: "+4915228817386".into(),
        reply_code: 27,
        quiet_hours: Default::default(),
        time_zone: Default::default(),
        hold: Hold::Held,
        origin: Origin::WebPage,
        version: 3,
        repeated_at: None,
        ordered: 1,
        arrival: Arrival::Possible,
    };
    is_stored(
        pending,
        json!({
            "link": "hash", "purposes": [purpose()], "lang": "en", "requested_at": AT, "from": "+4915228817386",
            "word": 27, "quiet_hours": { "from": "20:00", "until": "08:00" }, "time_zone": "Europe/Berlin",
            "hold": "held", "origin": "web_page", "version": 3, "ordered": 1, "arrival": "possible",
        }),
    );
}

#[test]
fn all_of_a_person() {
    is_stored(
        State::default(),
        json!({
            "standings": {}, "pendings": {}, "ended": [], "silence": "none", "confirmations": [],
            "told_already": null, "fresh_links": [], "generation": 0, "broken": false, "allowed_at": null,
            "helped": null, "rewarded": [], "last_sms": {}, "unanswered": 0, "typed_links": [], "started": null,
            "answered": null, "inbox": [], "read": null,
        }),
    );
    reads::<State>(json!({
        "standings": { "marketing": { "withdrawn": { "at": AT, "way": "provider" } } },
        "pendings": {}, "ended": [["hash", AT]], "silence": { "until": AT }, "confirmations": [AT],
        "told_already": AT, "fresh_links": [AT], "generation": 3, "broken": true, "allowed_at": AT, "helped": AT,
        "rewarded": ["marketing"], "last_sms": { "marketing": AT }, "unanswered": 2, "typed_links": [AT], "started": AT,
        "answered": AT,
        "inbox": [
            { "id": MESSAGE, "received_at": AT, "waits": "nothing" },
            { "id": MESSAGE, "received_at": AT, "waits": "advertising", "guess": "erase" },
            { "id": MESSAGE, "received_at": AT, "waits": "advertising_without_text" },
        ],
        "read": AT,
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
        (Way::WayOut, json!("way_out")),
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
        (Outgoing::Help { has: vec!["marketing".parse().unwrap()] }, json!({ "help_asked": { "has": ["marketing"] } })),
        (
            Outgoing::Agreed { purposes: vec!["marketing".parse().unwrap()] },
            json!({ "agreed": { "purposes": ["marketing"] } }),
        ),
        (Outgoing::ShortAnswer { asked_at: at() }, json!({ "help": { "asked_at": AT } })),
        (Outgoing::Message { purpose: purpose() }, json!({ "message": { "purpose": "marketing" } })),
        (Outgoing::Welcome { purpose: purpose() }, json!({ "welcome": { "purpose": "marketing" } })),
    ]);
    are_stored([
        (ConfirmBy::Link, json!("link")),
        (ConfirmBy::Reply, json!("reply")),
        (ConfirmBy::Both, json!("both")),
    ]);
}
