use super::{language::*, *};
use crate::{
    confirm::ConfirmBy,
    settings::{Frequency, Period},
    sms, way_out,
};

const COMPANY: &str = "Gartenbau und Baumschule Beispiel & Sohn";
const TOPIC: &str = "Zimmerpflanzen usw.";
const HOST: &str = "einwilligung.beispiel-shop.de";
const PRIVACY: &str = "https://www.beispiel-shop.de/datenschutz";
const KEYWORD: &str = "ZIMMERGRUN";
const CONTACT: &str = "kundenservice@beispiel-shop.de";
const MONTHLY: Frequency = Frequency { max: 4, period: Period::Month };

fn label(lang: Lang) -> String {
    match lang {
        Lang::De => format!("Angebote zu {TOPIC}"),
        Lang::En => format!("offers on {TOPIC}"),
    }
}

fn link() -> String {
    format!("https://{HOST}/c/{}", "0".repeat(29))
}

fn facts<'a>(lang: Lang, confirm: ConfirmBy, label: &'a str, link: &'a str) -> ConfirmationFacts<'a> {
    ConfirmationFacts {
        lang,
        company: COMPANY,
        purposes: vec![(label, MONTHLY)],
        age: 16,
        confirm,
        link,
        privacy_url: PRIVACY,
        receives: true,
        reply_code: None,
        keyword: None,
    }
}

fn fits(text: &str, segments: usize) {
    let measure = sms::measure(text);
    assert_eq!(measure.encoding, sms::Encoding::Gsm7, "{text}");
    assert!(measure.segments <= segments, "{} septets: {text}", measure.units);
}

#[test]
fn the_longest_usual_confirmation_takes_two_parts_of_gsm7() {
    assert_eq!((COMPANY.len(), TOPIC.len(), HOST.len(), KEYWORD.len()), (40, 19, 29, 10));
    for lang in Lang::ALL {
        for confirm in [ConfirmBy::Link, ConfirmBy::Reply, ConfirmBy::Both] {
            for keyword in [None, Some(KEYWORD)] {
                let (label, link) = (label(lang), link());
                let reply_code = confirm.reply().then_some(88);
                let facts = ConfirmationFacts { reply_code, keyword, ..facts(lang, confirm, &label, &link) };
                fits(&facts.sms(), 2);
                fits(&(ConfirmationFacts { receives: confirm.reply(), ..facts }).sms(), 2);
            }
        }
    }
}

#[test]
fn the_other_sms_take_two_parts_of_gsm7_and_the_short_ones_one() {
    for lang in Lang::ALL {
        let (texts, label, link) = (lang.texts(), label(lang), link());
        for ended in [Stopped::Everything(&[&label]), Stopped::Advertising, Stopped::Purposes(&[&label])] {
            fits(&texts.stopped_sms(COMPANY, ended), 1);
        }
        fits(&texts.stopped_sms(COMPANY, Stopped::Purposes(&[&label, &label, &label])), 2);
        fits(&texts.already_sms(COMPANY, &link), 2);
        fits(&texts.fresh_link_sms(COMPANY, &link), 2);
        fits(&texts.started_sms(COMPANY), 1);
        fits(&texts.unclear_sms(COMPANY, Waiting::Nothing), 1);
        fits(&texts.unclear_sms(COMPANY, Waiting::One { label: &label, link: None }), 2);
        fits(&texts.unclear_sms(COMPANY, Waiting::One { label: &label, link: Some(&link) }), 2);
        fits(&texts.agreed_sms(COMPANY, &[(&label, MONTHLY)], &way_out::sample_way_out(&format!("https://{HOST}"))), 2);
        fits(&texts.unclear_sms(COMPANY, Waiting::Several(&[(27, &label), (31, &label), (44, &label)])), 2);
        fits(&texts.way_out(&link, true), 1);
        fits(&texts.way_out(&link, false), 1);
        let these = || vec![(label.as_str(), MONTHLY)];
        for (has, link) in [
            (Has::Nothing, HelpLink::WayOut(&link)),
            (Has::Nothing, HelpLink::Theirs(&link)),
            (Has::These(these()), HelpLink::Theirs(&link)),
            (Has::These(these()), HelpLink::Fresh(&link)),
            (Has::Unnamed, HelpLink::Theirs(&link)),
            (Has::Asked(these()), HelpLink::Question(&link)),
        ] {
            let facts = HelpFacts { company: COMPANY, has, link, name: None, contact: CONTACT };
            fits(&texts.help_sms(&facts), 2);
            // A short name in SMS has a legal one besides.
            fits(&texts.help_sms(&HelpFacts { company: "Baumschule Beispiel!", name: Some(COMPANY), ..facts }), 2);
        }
    }
}

#[test]
fn a_confirmation_says_all_that_it_must() {
    for lang in Lang::ALL {
        let (label, link) = (label(lang), link());
        let (free, rate, age) = match lang {
            Lang::De => ("kostenlos", "normaler SMS-Preis", "Ab 16"),
            Lang::En => ("free", "standard text rate", "16 or over"),
        };
        for (confirm, cost, url) in [
            (ConfirmBy::Link, free, link.as_str()),
            (ConfirmBy::Both, rate, link.as_str()),
            (ConfirmBy::Reply, rate, PRIVACY),
        ] {
            let facts = ConfirmationFacts { keyword: Some(KEYWORD), ..facts(lang, confirm, &label, &link) };
            let text = facts.sms();
            for part in [COMPANY, TOPIC, KEYWORD, "4", "STOP", cost, age] {
                assert!(text.contains(part), "{part}: {text}");
            }
            assert_eq!(text.matches("https://").count(), 1);
            assert!(text.lines().any(|line| line == url), "{text}");
            let asks_for_two = ConfirmationFacts { reply_code: Some(7), ..facts };
            let yes = format!("{} 07", lang.texts().yes());
            assert_eq!(asks_for_two.sms().contains(&yes), confirm.reply());
        }
    }
}

#[test]
fn what_a_text_asks_for_is_understood() {
    use crate::reply::{Reply, Stop, Vocabulary, read};
    let none = Vocabulary::default();
    for lang in Lang::ALL {
        assert_eq!(read(&yes(lang.texts().yes(), Some(7)), &none), Reply::Yes { code: Some(7) });
        let waiting = lang.texts().unclear_sms("X", Waiting::One { label: "Y", link: None });
        for (word, reply) in [
            (lang.texts().yes(), Reply::Yes { code: None }),
            (if lang == Lang::De { "NEIN" } else { "NO" }, Reply::No { code: None }),
            (if lang == Lang::De { "HILFE" } else { "HELP" }, Reply::Help),
            ("STOP", Reply::Stop(Stop::Everything)),
        ] {
            assert!(waiting.contains(word), "{waiting}");
            assert_eq!(read(word, &none), reply);
        }
    }
}

#[test]
fn an_acknowledgement_names_what_ended_and_asks_nothing() {
    for lang in Lang::ALL {
        let label = label(lang);
        let ended = [Stopped::Everything(&[&label, "B"]), Stopped::Advertising, Stopped::Purposes(&[&label, "B"])];
        let [everything, advertising, purposes] = ended.map(|ended| lang.texts().stopped_sms(COMPANY, ended));
        for text in [&everything, &advertising, &purposes] {
            assert!(text.starts_with(COMPANY) && !text.contains('?'), "{text}");
        }
        for text in [&everything, &purposes] {
            assert!(text.contains(&label) && text.contains('B'), "{text}");
        }
        assert!(!lang.texts().stopped_sms(COMPANY, Stopped::Everything(&[])).contains(&label));
        let (all, ads) =
            if lang == Lang::De { ("keine SMS mehr", "Werbung") } else { ("any more texts", "advertising") };
        assert!(everything.contains(all) && advertising.contains(ads));
    }
}

/// How many SMS, not how many offers (L7), and one is one.
#[test]
fn a_frequency_counts_sms() {
    let often = |max, period| Frequency { max, period };
    let (de, en) = (Lang::De.texts(), Lang::En.texts());
    assert_eq!(de.frequency(often(4, Period::Month)), "höchstens 4 SMS im Monat");
    assert_eq!(de.frequency_short(often(1, Period::Week)), "max. 1 SMS pro Woche");
    assert_eq!(en.frequency(often(4, Period::Month)), "up to 4 texts a month");
    assert_eq!(en.frequency_short(often(1, Period::Day)), "up to 1 text a day");
}

#[test]
fn names_are_listed_as_people_list_them() {
    assert_eq!(listed(&["a", "b", "c"], " und "), "a, b und c");
    assert_eq!(listed(&["a"], " und "), "a");
    assert_eq!(listed(&[""; 0], " und "), "");
}

#[test]
fn a_time_reads_as_people_write_it() {
    assert_eq!(Lang::De.texts().date_and_time("24. November 2026 um 14:05:12"), "24. November 2026, 14:05:12 Uhr");
    assert_eq!(Lang::En.texts().date_and_time("24 November 2026 at 14:05:12"), "24 November 2026, 14:05:12");
}
