use super::*;
use crate::lang::Lang;
use crate::settings::{Frequency, Period};

const LINK: &str = "https://ja.blattwerk.example/c/00000000000000000000000000000";

fn facts(lang: Lang, confirm: ConfirmBy) -> ConfirmationFacts<'static> {
    ConfirmationFacts {
        lang,
        // Neither name nor labels nor keyword are advertising.
        company: "Sale 16 & Co",
        purposes: vec![
            ("Rabatte", Frequency { max: 4, period: Period::Month }),
            ("Aktionen", Frequency { max: 16, period: Period::Week }),
        ],
        age: 16,
        confirm,
        link: LINK,
        privacy_url: "https://blattwerk.example/datenschutz",
        receives: true,
        reply_code: None,
        keyword: None,
    }
}

fn rules(text: &str, facts: &ConfirmationFacts) -> Vec<String> {
    confirmation(text, facts).into_iter().map(|violation| violation.rule).collect()
}

#[test]
fn the_default_texts_pass_in_every_language_and_way() {
    for lang in Lang::ALL {
        for confirm in [ConfirmBy::Link, ConfirmBy::Reply, ConfirmBy::Both] {
            for receives in [true, confirm.reply()] {
                for reply_code in [None, Some(7), Some(16)] {
                    for keyword in [None, Some("RABATT")] {
                        let facts = ConfirmationFacts { receives, reply_code, keyword, ..facts(lang, confirm) };
                        let text = facts.sms();
                        assert_eq!(confirmation(&text, &facts), [], "{text}");
                    }
                }
            }
        }
    }
}

#[test]
fn each_rule_has_a_text_that_breaks_just_it() {
    let link = facts(Lang::De, ConfirmBy::Link);
    let reply = facts(Lang::De, ConfirmBy::Reply);
    let both = facts(Lang::En, ConfirmBy::Both);
    let cases: [(&ConfirmationFacts, &str, &str, &str); 31] = [
        (&link, "Sale 16 & Co: ", "", "sender"),
        (&link, "Rabatte", "Post", "purpose"),
        (&link, "max. 4 SMS im Monat", "oft", "frequency"),
        (&link, "max. 4 SMS im Monat", "max. 44 SMS im Monat", "frequency"),
        (&link, "max. 4 SMS im Monat", "max. 4 im Monat", "frequency"),
        (&link, ", kostenlos", "", "cost"),
        (&reply, " (normaler SMS-Preis)", "", "cost"),
        (&both, " (standard text rate)", ", free", "cost"),
        (&link, "Abmelden: dort oder STOP.", "", "way-out"),
        (&link, LINK, "https://ja.blattwerk.example/", "way-out"),
        (&link, LINK, "Hier: https://ja.blattwerk.example/c/00000000000000000000000000000.", "way-out"),
        (&reply, "Abmelden: STOP.", "Abmelden: jederzeit.", "way-out"),
        (&both, "Opt out: STOP or there.", "", "way-out"),
        (&reply, "JA", "so", "answer"),
        (&link, "Ab 16 Jahren. ", "", "age"),
        (&link, "Ja oder Nein", "Jetzt sparen! Ja oder Nein", "promotion"),
        (&link, "Ja oder Nein", "10% auf alles! Ja oder Nein", "promotion"),
        (&link, "Ja oder Nein", "Alles 5 EUR! Ja oder Nein", "promotion"),
        (&link, "Ja oder Nein", "Alles zu 5€. Ja oder Nein", "promotion"),
        (&reply, "Datenschutz", "Rabattaktion! Datenschutz", "promotion"),
        (&both, "Reply", "Win a prize. Reply", "promotion"),
        (&link, "Ja oder Nein", "Mit Gutschein: Ja oder Nein", "voucher"),
        (&both, "Reply", "A voucher. Reply", "voucher"),
        (&both, "Reply", "Code: AB12. Reply", "voucher"),
        (&link, "Ja oder Nein", "Siehe www.anders.example Ja oder Nein", "foreign-link"),
        (&link, "Ja oder Nein", "Siehe anders.de/x. Ja oder Nein", "foreign-link"),
        (&reply, "Datenschutz", "https://anders.example Datenschutz", "foreign-link"),
        (&link, "Ja oder Nein", "Siehe bit.ly/3x. Ja oder Nein", "link-shortener"),
        (&both, "Not you? Just ignore this.", "See https://t.co/x", "link-shortener"),
        (&link, "Ja oder Nein", "Ja – oder Nein", "encoding"),
        (
            &link,
            "Ja oder Nein",
            "Wir sind ein Betrieb in der dritten Generation und freuen uns sehr auf Sie. Ja oder Nein",
            "length",
        ),
    ];
    for (facts, from, to, rule) in cases {
        let text = facts.sms();
        assert!(text.contains(from), "{from}: {text}");
        let text = text.replace(from, to);
        let found: Vec<_> = rules(&text, facts);
        let (host, expected) = ("https://ja.blattwerk.example/", vec![rule.to_owned()]);
        // Without the link, what stands in its place is another one.
        let expected = if to.contains(host) && !to.contains(LINK) {
            [expected, vec!["foreign-link".into()]].concat()
        } else {
            expected
        };
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn nobody_is_told_to_reply_to_a_name() {
    let name = ConfirmationFacts { receives: false, ..facts(Lang::De, ConfirmBy::Link) };
    let text = name.sms();
    assert_eq!(rules(&text, &name), [""; 0]);
    assert_eq!(rules(&text.replace("jederzeit dort", "STOP"), &name), ["way-out"]);
}

#[test]
fn a_detail_says_what_to_do() {
    let facts = facts(Lang::De, ConfirmBy::Both);
    for violation in confirmation("Ja? bit.ly/1 Gutschein – sparen", &facts) {
        assert!(violation.detail.len() > 20 && violation.detail.ends_with('.'), "{violation:?}");
        assert_eq!(violation.field, "text");
    }
}

#[test]
fn ordinary_words_with_dots_are_no_links() {
    assert!(hosts("Nr.4 z.B. 14.05.2026 usw.Ende hallo@blattwerk.example 3.5").is_empty());
    assert_eq!(hosts("(https://A.example/b), www.b.c x.de. c.com:80/q"), ["a.example", "www.b.c", "x.de", "c.com"]);
}

#[test]
fn a_message_is_short_enough_and_has_no_hidden_link() {
    assert_eq!(message("Neu: https://blattwerk.example/x"), []);
    let rules = |text: &str| message(text).into_iter().map(|violation| violation.rule).collect::<Vec<_>>();
    assert_eq!(rules("Neu: https://bit.ly/x"), ["link-shortener"]);
    assert_eq!(rules(&"a".repeat(1530)), [""; 0]);
    assert_eq!(rules(&"a".repeat(1531)), ["length"]);
}

#[test]
fn a_label_names_and_does_not_promise() {
    for label in
        ["20% auf Pflanzen", "Pflanzen ab 5 €", "Gutscheine", "a free gift", "Gratis-Tipps", "vouchers", "5 Euro"]
    {
        assert!(promotion_in_label(label).is_some(), "{label}");
    }
    for label in ["Angebote zu Zimmerpflanzen", "Rabatte und mehr", "offers on house plants", "Infos zu Terminen"] {
        assert_eq!(promotion_in_label(label), None, "{label}");
    }
}
