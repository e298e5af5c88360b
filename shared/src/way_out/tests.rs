use proptest::prelude::*;
use serde_json::json;

use super::*;

fn sender(receives: bool) -> Sender {
    Sender {
        id: "shop".parse().unwrap(),
        from: "Blattwerk".into(),
        receives,
        gateway: "twilio".parse().unwrap(),
        fallback: None,
        purposes: None,
    }
}

fn controller(name: &str, sms_name: Option<&str>) -> Controller {
    let mut controller = json!({
        "name": name, "address": "Hauptstraße 1, 10115 Berlin", "email": "hallo@blattwerk.example",
        "imprint_url": "https://blattwerk.example/impressum", "privacy_url": "https://blattwerk.example/datenschutz",
    });
    if let Some(sms_name) = sms_name {
        controller["sms_name"] = sms_name.into();
    }
    serde_json::from_value(controller).unwrap()
}

proptest! {
    #[test]
    fn nothing_that_leaves_is_longer_than_what_was_said(
        text in "(Blattwerk[: ])?.{0,200}", receives: bool, other: bool, advertises: bool,
    ) {
        let senders = [sender(receives), sender(other)];
        let controller = controller("Blattwerk", None);
        let link = sample_way_out("https://ja.example.de");
        let frame = if advertises { Frame::Advertising { controller: &controller, link: &link } } else { Frame::Service { link: &link } };
        let said = frame.longest(&text, &senders.each_ref(), &Lang::ALL).unwrap();
        let said = sms::measure(&frame.with(&text, &said));
        for lang in Lang::ALL {
            for sender in &senders {
                let leaves = frame.around(&text, sender, lang);
                prop_assert!(leaves.contains(&text));
                prop_assert!(!advertises || names(&leaves, &controller), "{}", leaves);
                let leaves = sms::measure(&leaves);
                prop_assert!((leaves.segments, leaves.units) <= (said.segments, said.units));
            }
        }
    }

    /// As much as it says fits one part, and not a character more.
    #[test]
    fn the_room_that_is_said_is_there(name in "[A-Za-z ]{1,20}|[A-Zč]{1,20}", host in "[a-z]{1,40}", receives: bool) {
        let (controller, sender) = (controller("A", Some(&name)), sender(receives));
        let link = sample_way_out(&format!("https://{host}.de"));
        // No name has a digit: what is filled in never begins with it.
        let frame = Frame::Advertising { controller: &controller, link: &link };
        for lang in Lang::ALL {
            let room = room(&frame.begin("1"), &frame.way_out(&sender, lang));
            if room > 0 {
                prop_assert_eq!(sms::measure(&frame.around(&"1".repeat(room), &sender, lang)).segments, 1);
            }
            prop_assert!(sms::measure(&frame.around(&"1".repeat(room + 1), &sender, lang)).segments > 1);
        }
    }
}

#[test]
fn an_advertising_sms_leaves_room_for_the_owners_words() {
    let controller = controller("Gartenbau und Baumschule Beispiel & Sohn", Some("Baumschule Beispiel!"));
    assert_eq!(controller.sms_name().len(), 20);
    for (host, long, said) in [("sms.beispielshop.com", 20, 67), ("einwilligung.beispiel-shop.de", 29, 58)] {
        let link = sample_way_out(&format!("https://{host}"));
        let frame = Frame::Advertising { controller: &controller, link: &link };
        let ways_out = [true, false].map(|receives| Lang::ALL.map(|lang| frame.way_out(&sender(receives), lang)));
        let least = ways_out.iter().flatten().map(|way_out| room(&frame.begin("x"), way_out)).min();
        assert_eq!((host.len(), least), (long, Some(said)), "{host}");
    }
}

/// What the settings warn of is what leaves.
#[test]
fn an_owner_is_told_where_little_room_is_left() {
    use crate::settings::Settings;
    let settings = |name: &str, sms_name: Option<&str>, host: &str| -> Vec<String> {
        let text = json!({ "de": "Angebote" });
        let settings: Settings = serde_json::from_value(json!({
            "controller": controller(name, sms_name),
            "purposes": [{ "id": "marketing", "use": "advertising", "label": text, "wording": text, "frequency": { "max": 4, "period": "month" } }],
            "senders": [sender(true)], "link_domain": host,
        }))
        .unwrap();
        let found = settings.warnings(None, &[], "https://ja.example");
        found.into_iter().filter(|it| it.rule == "room").map(|it| format!("{} {}", it.field, it.detail)).collect()
    };
    let (long, host) = ("Gartenbau und Baumschule Beispiel & Sohn", "einwilligung.beispiel-shop.de");
    let told = settings(long, None, host);
    assert!(told[0].starts_with("controller.sms_name") && told[0].contains("leaves 38 characters"), "{told:?}");
    assert_eq!(settings(long, Some("Baumschule Beispiel!"), host), [""; 0]);
    let told = settings(long, Some("Baumschule Beispiel!"), &format!("x{host}"));
    assert!(told[0].starts_with("link_domain") && told[0].contains("leaves 57 characters"), "{told:?}");
    let told = settings(long, Some("Baumschule Beispiel!"), &format!("sms.{host}"));
    assert!(told[0].starts_with("link_domain") && told[0].contains("leaves 54 characters"), "{told:?}");
}

#[test]
fn the_free_link_stands_on_a_line_of_its_own_and_stop_besides() {
    let controller = controller("Blattwerk GmbH & Co. KG", Some("Blattwerk"));
    let frame = Frame::Advertising { controller: &controller, link: "https://a.example/a/0" };
    for lang in Lang::ALL {
        for receives in [true, false] {
            let text = frame.around("Neue Farne", &sender(receives), lang);
            assert!(text.starts_with("Blattwerk: Neue Farne\n"), "{text}");
            assert_eq!(text.lines().filter(|line| *line == "https://a.example/a/0").count(), 1, "{text}");
            assert_eq!(text.contains("STOP"), receives, "{text}");
        }
    }
}

#[test]
fn a_name_that_stands_there_is_not_said_twice() {
    let controller = controller("Blattwerk GmbH", Some("Blattwerk"));
    let frame = Frame::Advertising { controller: &controller, link: "" };
    for text in ["Blattwerk: neu", "BLATTWERK hat neue Farne", "Blattwerk", "  Blattwerk, neu", "Blattwerk GmbH: neu"] {
        assert_eq!(frame.begin(text), "", "{text}");
    }
    for text in ["Blattwerke im Angebot", "Neu bei Blattwerk", "", "Blatt", "\u{200b}Farne"] {
        assert_eq!(frame.begin(text), "Blattwerk: ", "{text}");
    }
    assert_eq!(Frame::Service { link: "" }.begin("Ihr Termin"), "");
}
