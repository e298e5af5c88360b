//! What would break a page, an SMS or a secret: texts, addresses, names, ranges.

use super::Platform;
use crate::{
    address::{Reach, host_of_the_internet, page},
    settings::{Limits, Settings},
    violation::Violation,
};

/// More than an owner needs, and as much as pages, proofs and one row of the registry bear.
const MOST: usize = 50;

/// Secrets and variables of the deployment's own, without their `JAWORT_`. A gateway of the name `owner` with a secret
/// `token` would hand the owner's token to a provider.
const RESERVED: [&str; 10] = [
    "INDEX_KEYS",
    "SEAL_KEYS",
    "EXPORT_KEYS",
    "SIGN_KEYS",
    "OWNER_TOKEN",
    "ORIGIN",
    "JURISDICTION",
    "FORMER_ORIGINS",
    "CLOCK",
    "KV_LAG_SECONDS",
];

pub(super) fn lint(settings: &Settings, platform: &Platform, found: &mut Vec<Violation>) {
    texts(settings, found);
    addresses(settings, platform.reach, found);
    if !(platform.knows_zone)(&settings.time_zone) {
        found.push(Violation::new("time_zone", "zone", "Give a time zone by its IANA name, such as Europe/Berlin."));
    }
    limits(&settings.limits, found);
    ids(settings, found);
    secrets(settings, found);
}

/// A text of one line for people: no line breaks, no control characters, nothing that turns the text around it.
fn is_line(text: &str) -> bool {
    let turns = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}');
    !text.chars().any(|c| c.is_control() || turns(c))
}

fn texts(settings: &Settings, found: &mut Vec<Violation>) {
    let controller = &settings.controller;
    let line = |field: String, text: &str, most: usize, found: &mut Vec<Violation>| {
        if text.chars().count() > most {
            found.push(Violation::new(field, "length", format!("{most} characters at the most.")));
        } else if !is_line(text) {
            found.push(Violation::new(field, "characters", "One line, without line breaks and control characters."));
        }
    };
    for (field, text, most) in [
        ("controller.name", &controller.name, usize::MAX),
        ("controller.sms_name", controller.sms_name.as_ref().unwrap_or(&String::new()), usize::MAX),
        ("controller.address", &controller.address, 300),
        ("controller.email", &controller.email, 254),
        ("controller.phone", controller.phone.as_ref().unwrap_or(&String::new()), 40),
    ] {
        line(field.to_owned(), text, most, found);
    }
    for (at, purpose) in settings.purposes.iter().enumerate() {
        let reward = purpose
            .reward
            .iter()
            .flat_map(|it| [("reward.text", &it.text, 600), ("reward.conditions", &it.conditions, 1000)]);
        for (name, text, most) in
            [("label", &purpose.label, 100), ("wording", &purpose.wording, 1000)].into_iter().chain(reward)
        {
            for text in text.all() {
                line(format!("purposes[{at}].{name}"), text, most, found);
            }
        }
    }
    for (at, processor) in settings.processors.iter().enumerate() {
        for (name, text) in
            [("name", &processor.name), ("role", &processor.role), ("agreement_version", &processor.agreement_version)]
        {
            line(format!("processors[{at}].{name}"), text, 200, found);
        }
    }
}

/// Whether mail can be sent there, as far as an address shows that (RFC 5321, 4.1.2, without quoted local parts).
fn is_email(text: &str) -> bool {
    let local = |local: &str| {
        !local.is_empty()
            && local.len() <= 64
            && local.chars().all(|c| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c))
    };
    text.rsplit_once('@').is_some_and(|(name, host)| local(name) && host_of_the_internet(host).is_ok())
}

fn addresses(settings: &Settings, reach: Reach, found: &mut Vec<Violation>) {
    let controller = &settings.controller;
    for (field, url) in [("imprint_url", &controller.imprint_url), ("privacy_url", &controller.privacy_url)] {
        if let Err(why) = page(url, reach) {
            found.push(Violation::new(format!("controller.{field}"), "url", why));
        }
    }
    if !controller.email.trim().is_empty() && !is_email(&controller.email) {
        found.push(Violation::new("controller.email", "email", "Give an e-mail address, such as hallo@shop.example."));
    }
    if let Some(Err(why)) = settings.link_domain.as_deref().map(host_of_the_internet) {
        let detail = format!("Links begin with https:// and this name alone, such as ja.example.de. {why}");
        found.push(Violation::new("link_domain", "host", detail));
    }
}

fn limits(limits: &Limits, found: &mut Vec<Violation>) {
    for (name, value, range, detail) in [
        (
            "network_per_hour",
            limits.network_per_hour,
            1..=1_000_000,
            "1 to 1,000,000. To close a form, POST /v1/forms/{form}/close.",
        ),
        (
            "prefix_per_hour",
            limits.prefix_per_hour,
            1..=1_000_000,
            "1 to 1,000,000. To close a form, POST /v1/forms/{form}/close.",
        ),
        ("form_per_day", limits.form_per_day, 0..=10_000_000, "0 to 10,000,000."),
        ("links_per_day", limits.links_per_day, 0..=10_000_000, "0 to 10,000,000."),
        ("without_script_percent", limits.without_script_percent, 0..=100, "0 to 100 per cent."),
        (
            "proof_of_work",
            limits.proof_of_work,
            1..=2_000_000,
            "1 to 2,000,000: with more than that, phones take minutes.",
        ),
    ] {
        if !range.contains(&value) {
            found.push(Violation::new(format!("limits.{name}"), "range", detail));
        }
    }
}

fn ids(settings: &Settings, found: &mut Vec<Violation>) {
    for (field, count) in [
        ("purposes", settings.purposes.len()),
        ("senders", settings.senders.len()),
        ("gateways", settings.gateways.len()),
        ("processors", settings.processors.len()),
    ] {
        if count > MOST {
            found.push(Violation::new(field, "count", format!("{MOST} are the most.")));
        }
    }
    for (at, sender) in settings.senders.iter().enumerate() {
        if settings.senders.iter().take(at).any(|other| other.id == sender.id) {
            found.push(Violation::new(format!("senders[{at}].id"), "unique", "Two senders have the same id."));
        }
        if sender.purposes.as_ref().is_some_and(Vec::is_empty) {
            let detail = "A sender of no purposes sends nothing. Name some, or leave it out: then it serves all.";
            found.push(Violation::new(format!("senders[{at}].purposes"), "present", detail));
        }
    }
    for (at, processor) in settings.processors.iter().enumerate() {
        if processor.name.trim().is_empty() {
            found.push(Violation::new(format!("processors[{at}].name"), "present", "Say who processes data for you."));
        } else if settings.processors.iter().take(at).any(|other| other.name == processor.name) {
            found.push(Violation::new(format!("processors[{at}].name"), "unique", "This processor stands here twice."));
        }
    }
}

/// No two read the same secret, and nobody reads one of the deployment's own.
fn secrets(settings: &Settings, found: &mut Vec<Violation>) {
    let own = RESERVED.iter().map(|reserved| (None, format!("JAWORT_{reserved}")));
    let webhooks = settings.webhooks.iter().map(|webhook| (None, webhook.secret_name()));
    let mut taken: Vec<_> = own.chain(webhooks).collect();
    for (at, gateway) in settings.gateways.iter().enumerate() {
        for name in gateway.secret_names() {
            if taken.iter().any(|(id, other)| *id != Some(gateway.id()) && *other == name) {
                let detail = format!("Its secret would be `{name}`, which is another's. Choose another id.");
                found.push(Violation::new(format!("gateways[{at}].id"), "secret-name", detail));
            }
            taken.push((Some(gateway.id()), name));
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;

    /// Settings with a change at a JSON pointer, and the rules that it breaks by field.
    fn broken(change: &str, value: &Value) -> Vec<String> {
        let mut settings = json!({
            "controller": {
                "name": "Blattwerk", "address": "Hauptstraße 1, 10115 Berlin", "email": "hallo@blattwerk.example",
                "phone": "+49 30 1234567", "sms_name": "Blattwerk", "imprint_url": "https://blattwerk.example/impressum#anschrift",
                "privacy_url": "https://blattwerk.example/datenschutz?sprache=d%C3%A9",
            },
            "purposes": [{
                "id": "marketing", "use": "advertising", "label": { "de": "Angebote" }, "wording": { "de": "Angebote" },
                "frequency": { "max": 4, "period": "month" },
            }],
            "senders": [{ "id": "shop", "from": "Blattwerk", "receives": false, "gateway": "twilio", "purposes": ["marketing"] }],
            "gateways": [
                { "kind": "twilio", "id": "twilio", "processor": "Twilio", "account_sid": format!("AC{}", "0".repeat(32)) },
                { "kind": "seven", "id": "seven", "processor": "seven" },
            ],
            "processors": [
                { "name": "Twilio", "role": "SMS", "agreement_date": "2026-01-01", "agreement_version": "1" },
                { "name": "seven", "role": "SMS", "agreement_date": "2026-01-01", "agreement_version": "1" },
            ],
            "link_domain": "ja.example.de", "time_zone": "Europe/Berlin", "limits": Limits::default(),
            "webhooks": [{ "id": "shop", "url": "https://hooks.example.de/in" }],
        });
        if !change.is_empty() {
            *settings.pointer_mut(change).unwrap() = value.clone();
        }
        let settings: Settings = serde_json::from_value(settings).unwrap();
        let knows_zone: &dyn Fn(&str) -> bool = &|zone| zone == "Europe/Berlin";
        let found = settings.lint(None, &Platform { reach: Reach::Internet, knows_zone });
        found.into_iter().map(|it| format!("{} {}", it.field, it.rule)).collect()
    }

    #[test]
    fn what_would_break_pages_is_refused_by_its_field() {
        assert_eq!(broken("", &Value::Null), [""; 0], "the ones that are changed below");
        for (change, value, wanted) in [
            ("/time_zone", json!("Mars/Olympus"), "time_zone zone"),
            ("/time_zone", json!(""), "time_zone zone"),
            ("/link_domain", json!("https://ja.example.de/"), "link_domain host"),
            ("/link_domain", json!("ja.example.de:8080"), "link_domain host"),
            ("/link_domain", json!("10.0.0.1"), "link_domain host"),
            ("/link_domain", json!(""), "link_domain host"),
            ("/limits/network_per_hour", json!(0), "limits.network_per_hour range"),
            ("/limits/prefix_per_hour", json!(0), "limits.prefix_per_hour range"),
            ("/limits/form_per_day", json!(u32::MAX), "limits.form_per_day range"),
            ("/limits/without_script_percent", json!(101), "limits.without_script_percent range"),
            ("/limits/proof_of_work", json!(0), "limits.proof_of_work range"),
            ("/limits/proof_of_work", json!(u32::MAX), "limits.proof_of_work range"),
            ("/controller/privacy_url", json!("blattwerk.example"), "controller.privacy_url url"),
            ("/controller/privacy_url", json!("http://127.0.0.1:8787/datenschutz"), "controller.privacy_url url"),
            ("/controller/imprint_url", json!("javascript:alert(1)"), "controller.imprint_url url"),
            ("/controller/imprint_url", json!("https://blattwerk.example/im pressum"), "controller.imprint_url url"),
            ("/controller/email", json!("hallo"), "controller.email email"),
            ("/controller/email", json!("hallo@blattwerk"), "controller.email email"),
            ("/controller/name", json!("Blatt\nwerk"), "controller.name characters"),
            ("/controller/sms_name", json!("Blatt\nwerk"), "controller.sms_name characters"),
            ("/controller/sms_name", json!("B".repeat(21)), "controller.sms_name length"),
            ("/controller/sms_name", json!(""), "controller.sms_name length"),
            ("/controller/sms_name", json!("Blattwerk "), "controller.sms_name length"),
            ("/controller/sms_name", json!("Květiny"), "controller.sms_name encoding"),
            ("/controller/phone", json!("0".repeat(41)), "controller.phone length"),
            ("/purposes/0/label/de", json!("An\u{202e}gebote"), "purposes[0].label characters"),
            ("/purposes/0/wording/de", json!("x".repeat(1001)), "purposes[0].wording length"),
            ("/senders/0/purposes", json!([]), "senders[0].purposes present"),
            ("/processors/1/name", json!("Twilio"), "processors[1].name unique"),
        ] {
            let found = broken(change, &value);
            assert!(found.contains(&wanted.to_owned()), "{change} {value}: {found:?}");
        }
    }

    #[test]
    fn nobody_reads_the_secret_of_another() {
        let http = |id: &str, secret: &str| {
            json!({
                "kind": "http", "id": id, "processor": "seven",
                "send": { "method": "POST", "url": "https://sms.example.de/send", "headers": { "x": format!("{{secret.{secret}}}") },
                    "body": { "form": { "to": "{to}", "text": "{text}" } } },
                "answer": { "text": { "success": ["OK"] } },
            })
        };
        for (id, secret) in [
            ("owner", "token"),
            ("seal", "keys"),
            ("index", "keys"),
            ("webhook", "shop-secret"),
            ("twilio-auth", "token"),
        ] {
            let found = broken("/gateways/1", &http(id, secret));
            assert_eq!(found, ["gateways[1].id secret-name"], "{id} {secret}");
        }
        assert_eq!(broken("/gateways/1", &http("other", "token")), [""; 0]);
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in ".{0,60}") {
            for change in ["/link_domain", "/time_zone", "/controller/email", "/controller/imprint_url", "/controller/name"] {
                let _ = broken(change, &json!(text));
            }
        }
    }
}
