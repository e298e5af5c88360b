mod notes;

use serde_json::{Value, json};

use super::*;
use crate::{evidence::HandInChannel, lang::Lang, lint, settings::Settings, sms, text_hash::TextHash};

const LINK: &str = "https://ja.blattwerk.example/c/00000000000000000000000000000";

fn settings() -> Value {
    let label = |de: &str, en: &str| json!({ "de": de, "en": en });
    json!({
        "controller": {
            "name": "Blattwerk", "address": "Gärtnerweg 7, 12345 Musterstadt", "email": "hallo@blattwerk.example",
            "imprint_url": "https://blattwerk.example/impressum", "privacy_url": "https://blattwerk.example/datenschutz",
        },
        "purposes": [
            { "id": "marketing", "use": "advertising", "label": label("Angebote zu Pflanzen", "offers on plants"),
              "wording": label("Angebote und Rabattcodes zu Pflanzen", "offers and codes for plants"),
              "frequency": { "max": 4, "period": "month" },
              "reward": { "text": label("Ihr Code: {code}", "Your code: {code}"), "code": { "fixed": "GRUEN10" },
                          "conditions": label("10 % auf den ersten Einkauf bis Ende 2026.", "10% off your first order in 2026.") } },
            { "id": "booking", "use": "service", "label": label("Infos zu Terminen", "messages on bookings"),
              "wording": label("Erinnerungen zu Terminen", "reminders for bookings"),
              "frequency": { "max": 3, "period": "day" } },
        ],
        "senders": [
            { "id": "number", "from": "+4915228817386", "receives": true, "gateway": "simulator" },
            { "id": "name", "from": "Blattwerk", "receives": false, "gateway": "simulator" },
            { "id": "ads", "from": "+4915228817387", "receives": true, "gateway": "simulator", "purposes": ["marketing"] },
        ],
    })
}

fn draft(change: Value) -> FormDraft {
    let mut draft = json!({
        "purposes": ["marketing", "booking"], "sender": "number", "languages": ["de", "en"], "countries": ["DE"],
        "age": 16, "confirm": "both",
        "keywords": [{ "word": "RABATT", "purpose": "marketing" }, { "word": "Termin", "purpose": "booking", "lang": "en" }],
    });
    for (name, value) in change.as_object().unwrap() {
        draft[name] = value.clone();
    }
    serde_json::from_value(draft).unwrap()
}

fn publish_with(settings: Value, change: Value) -> Result<FormVersion, Vec<(String, String)>> {
    let settings: Settings = serde_json::from_value(settings).unwrap();
    let now = serde_json::from_value(json!("2026-11-24T10:00:00.000Z")).unwrap();
    FormVersion::publish("shop".parse().unwrap(), draft(change), &settings, "https://ja.example", 1, now)
        .map_err(|found| found.into_iter().map(|broken| (broken.field, broken.rule)).collect())
}

fn publish(change: Value) -> Result<FormVersion, Vec<(String, String)>> {
    publish_with(settings(), change)
}

/// A form that asks for `marketing` and `booking`.
pub fn published() -> FormVersion {
    publish(json!({})).unwrap()
}

fn refused(change: Value, expected: &[(&str, &str)]) {
    let shown = change.to_string();
    let found = publish(change).expect_err(&shown);
    assert_eq!(
        found.iter().map(|(field, rule)| (field.as_str(), rule.as_str())).collect::<Vec<_>>(),
        expected,
        "{shown}"
    );
}

#[test]
fn a_form_that_people_can_answer_is_published() {
    for confirm in ["link", "reply", "both"] {
        publish(json!({ "confirm": confirm })).unwrap();
    }
    publish(json!({ "confirm": "link", "sender": "name", "keywords": [] })).unwrap();
    publish(json!({ "purposes": ["marketing"], "sender": "ads", "keywords": [{ "word": "Grün10" }] })).unwrap();
}

#[test]
fn a_link_longer_than_the_sms_leaves_room_for_is_found_out() {
    let form = publish(json!({ "confirm": "link" })).unwrap();
    let broken = |host: String| form.lint_confirmations(&format!("https://{host}"));
    assert_eq!(broken(sms::LONGEST_LINK_HOST.to_owned()), []);
    let found = broken(format!("{}.example", "a".repeat(200)));
    assert!(found.iter().any(|broken| broken.rule == "length"), "{found:?}");
    let mut long = settings();
    long["link_domain"] = json!(format!("{}.example", "a".repeat(200)));
    let found = publish_with(long, json!({})).expect_err("too long");
    assert!(found.iter().any(|(_, rule)| rule == "length"), "{found:?}");
}

#[test]
fn a_sender_that_cannot_receive_or_does_not_serve_is_refused() {
    refused(json!({ "confirm": "reply", "sender": "name", "keywords": [] }), &[("confirm", "sender-receives")]);
    refused(json!({ "confirm": "both", "sender": "name", "keywords": [] }), &[("confirm", "sender-receives")]);
    refused(json!({ "confirm": "link", "sender": "name" }), &[("keywords", "sender-receives")]);
    refused(json!({ "sender": "ads" }), &[("purposes[1]", "sender-purpose")]);
}

#[test]
fn a_keyword_that_could_mislead_is_refused() {
    let one = |keyword: Value, field: &str, rule: &str| refused(json!({ "keywords": [keyword] }), &[(field, rule)]);
    for word in ["AB", &"A".repeat(21), "ZWEI WORTE", "A-B-C", "🌱🌱🌱", "слово"] {
        one(json!({ "word": word, "purpose": "booking" }), "keywords[0].word", "keyword");
    }
    for word in ["STOP", "Hilfe", "JA27", "nein", "Info", "OKAY"] {
        one(json!({ "word": word, "purpose": "booking" }), "keywords[0].word", "keyword-reserved");
    }
    one(json!({ "word": "RABATT" }), "keywords[0].purpose", "present");
    one(json!({ "word": "RABATT", "purpose": "lottery" }), "keywords[0].purpose", "purpose-unknown");
    let twice = json!([{ "word": "GRÜN", "purpose": "booking" }, { "word": "grun", "purpose": "marketing" }]);
    refused(json!({ "keywords": twice }), &[("keywords[1].word", "unique")]);
    let english = json!([{ "word": "PLANT", "purpose": "booking", "lang": "en" }]);
    refused(json!({ "languages": ["de"], "keywords": english }), &[("keywords[0].lang", "translated")]);
}

#[test]
fn an_own_confirmation_is_filled_in() {
    let de = "{company} fragt: {topics} per SMS, ab {age}? Antwort {yes} (normaler SMS-Preis) oder\n{link}\nEnde: STOP";
    let en = "{company} asks: {topics} by text, {age}+? Reply {yes} (standard text rate) or\n{link}\nOpt out: STOP";
    let form = publish(json!({ "confirmation": { "de": de, "en": en } })).unwrap();
    let marketing = [&form.purposes[0]];
    let asked = Asked {
        purposes: &marketing,
        lang: Lang::De,
        link: LINK,
        reply_code: Some(27),
        keyword: None,
        handed_in: None,
    };
    assert_eq!(
        form.confirmation_sms(&asked),
        format!(
            "Blattwerk fragt: Angebote zu Pflanzen (max. 4 SMS im Monat) per SMS, ab 16? Antwort JA 27 (normaler SMS-Preis) oder\n{LINK}\nEnde: STOP"
        )
    );
    assert_eq!(lint::confirmation(&form.confirmation_sms(&asked), &form.confirmation_facts(&asked)), []);
}

#[test]
fn an_own_confirmation_that_lacks_something_is_refused_by_field_and_rule() {
    let own = |de: &str| json!({ "languages": ["de"], "keywords": [], "confirmation": { "de": de } });
    let good = "{company}: {topics} per SMS, ab {age}? Antwort {yes} (normaler SMS-Preis) oder\n{link}\nEnde: STOP";
    publish(own(good)).unwrap();
    for (from, to, rule) in [
        ("{company}: ", "", "sender"),
        ("{topics}", "Infos zu Terminen und Angebote zu Pflanzen", "frequency"),
        (" (normaler SMS-Preis)", "", "cost"),
        ("{yes}", "kurz", "answer"),
        ("{link}", "", "way-out"),
        ("{age}", "18", "age"),
        ("ab", "gratis, ab", "promotion"),
        ("ab", "mit Gutschein, ab", "voucher"),
        ("ab", "– ab", "encoding"),
        ("{age}", "{alter}", "template"),
        ("{age}", "{age", "template"),
    ] {
        let found = publish(own(&good.replacen(from, to, 1))).expect_err(rule);
        assert!(found.iter().all(|(field, broken)| field == "confirmation.de" && broken == rule), "{rule}: {found:?}");
    }
    refused(json!({ "keywords": [], "confirmation": { "de": good } }), &[("confirmation.en", "translated")]);
}

#[test]
fn what_would_advertise_or_is_not_translated_is_refused() {
    let change = |path: &str, value: Value| {
        let mut settings = settings();
        *settings.pointer_mut(path).unwrap() = value;
        publish_with(settings, json!({})).unwrap_err()
    };
    let rule = |field: &str, rule: &str| vec![(field.to_owned(), rule.to_owned())];
    assert_eq!(change("/purposes/0/label/en", json!("20% off plants")), rule("purposes", "promotion"));
    assert_eq!(change("/purposes/0/reward/conditions", json!({ "de": "10 %." })), rule("languages", "translated"));
    assert_eq!(change("/purposes/0/reward/text", json!({ "de": "{code}" })), rule("languages", "translated"));
    assert_eq!(change("/purposes/1/wording", json!({ "de": "Infos" })), rule("languages", "translated"));
    let long = json!("Infos zu Terminen in allen unseren Gärtnereien, Baumschulen und Blumenläden, auch am Sonntag");
    assert!(change("/purposes/1/label/de", long).iter().all(|(field, rule)| field == "purposes" && rule == "length"));
    assert!(change("/controller/name", json!("Květinářství")).iter().all(|(_, rule)| rule == "encoding"));
}

#[test]
fn a_keyword_is_found_however_it_is_typed_and_owns_one_purpose() {
    let form = publish(json!({})).unwrap();
    for word in ["rabatt", "RABATT", " Rabatt!"] {
        assert_eq!(form.keyword(word).map(|keyword| keyword.word.as_str()), Some("RABATT"), "{word}");
    }
    for word in ["", "Rabatte", "RABATT TERMIN"] {
        assert_eq!(form.keyword(word), None, "{word}");
    }
    let termin = form.keyword("termin").unwrap();
    assert_eq!(form.keyword_purpose(termin).map(|purpose| purpose.id.as_str()), Some("booking"));
}

#[test]
fn beside_a_keyword_stands_all_that_the_person_must_know() {
    for confirm in ["link", "reply", "both"] {
        let keywords = json!([{ "word": "RABATT", "purpose": "marketing", "beside": "Immer frisch informiert!" }]);
        let form = publish(json!({ "confirm": confirm, "keywords": keywords })).unwrap();
        let text = form.keyword_text(&form.draft.keywords[0]);
        assert!(text.starts_with("Immer frisch informiert!\n"), "{text}");
        for part in [
            "RABATT",
            "+4915228817386",
            "Blattwerk",
            "Angebote und Rabattcodes zu Pflanzen",
            "höchstens 4 SMS im Monat",
            "Ab 16 Jahren",
            "normalen SMS-Preis",
            "STOP",
            "https://blattwerk.example/datenschutz",
            "10 % auf den ersten",
        ] {
            assert!(text.contains(part), "{part}: {text}");
        }
        assert!(text.contains("mit JA antworten"), "whatever way the SMS names: {text}");
    }
    let form = publish(json!({})).unwrap();
    let english = form.keyword_text(form.keyword("TERMIN").unwrap());
    assert!(english.starts_with("If you are 16 or over: text Termin to +4915228817386"), "{english}");
}

#[test]
fn the_answer_to_a_keyword_names_it_and_one_purpose() {
    let form = publish(json!({ "confirm": "reply" })).unwrap();
    let keyword = form.keyword("rabatt").unwrap();
    let purpose = form.keyword_purpose(keyword).unwrap();
    let asked = Asked {
        purposes: &[purpose],
        lang: Lang::De,
        link: LINK,
        reply_code: None,
        keyword: Some(&keyword.word),
        handed_in: None,
    };
    let text = form.confirmation_sms(&asked);
    assert!(text.contains("Sie haben RABATT gesendet.") && text.contains("Antworten Sie JA ("), "{text}");
    assert!(!text.contains(LINK) && text.ends_with("\nhttps://blattwerk.example/datenschutz"), "{text}");
    // The thank-you is not named (L5).
    assert!(!text.contains("10 %") && !text.contains("GRUEN10"));
    assert!(sms::measure(&text).segments <= 2);
}

#[test]
fn a_reward_stands_in_the_disclosure_and_its_hash() {
    let form = publish(json!({})).unwrap();
    let disclosure = form.disclosure(Lang::De);
    let mut without = disclosure.clone().into_owned();
    without.purposes[0].reward = None;
    assert!(disclosure.text().contains("10 % auf den ersten Einkauf bis Ende 2026."));
    assert_eq!(disclosure.purposes[1].reward, None);
    assert_ne!(disclosure.hash(), without.hash());
}

fn page(disclosure: &Disclosure) -> QuestionPage {
    let part = |purpose: &DisclosedPurpose| PagePart {
        purpose: format!("<h2>{}</h2>", purpose.heading),
        declared: format!("<li>{}</li>", purpose.label),
    };
    QuestionPage {
        html: "{notice}\\{{number_ends}\\} {purposes}<ul>{declared}</ul>{until} {shown}".to_owned(),
        parts: disclosure.purposes.iter().map(|purpose| (purpose.id.clone(), part(purpose))).collect(),
        css: TextHash::of("a { color: red }"),
    }
}

/// As a build with other words would have frozen it.
fn frozen(form: &FormVersion) -> FormVersion {
    let texts = form.draft.languages.iter().map(|lang| {
        let json = serde_json::to_string(&FormTexts::new(form, *lang, page)).unwrap();
        (*lang, serde_json::from_str(&json.replace("Sie", "Ihr")).unwrap())
    });
    FormVersion { texts: texts.collect(), ..form.clone() }
}

#[test]
fn what_is_frozen_is_shown_whatever_this_build_says() {
    let today = publish(json!({})).unwrap();
    let form = frozen(&today);
    assert!(form.is_frozen() && !today.is_frozen());
    let (now, then) = (today.disclosure(Lang::De), form.disclosure(Lang::De));
    assert!(now.text().contains("Sie bekommen") && then.text().contains("Ihr bekommen") && now.hash() != then.hash());
    let marketing = [&form.purposes[0]];
    let asked =
        Asked { purposes: &marketing, lang: Lang::De, link: LINK, reply_code: None, keyword: None, handed_in: None };
    let (text, template) = form.sms(Lang::De).fill(&form, &asked).unwrap();
    assert!(
        text.contains("Möchten Ihr Angebote zu Pflanzen (max. 4 SMS im Monat) per SMS") && text.contains(LINK),
        "{text}"
    );
    let keyword = form.keyword("rabatt").unwrap();
    assert!(form.keyword_text(keyword).contains("Senden Ihr") && today.keyword_text(keyword).contains("Senden Sie"));
    // Each is kept under the hash that evidence names it by.
    let kept: Vec<_> = form.texts[&Lang::De].all().iter().map(|text| TextHash::of(text)).collect();
    for hash in [template, then.hash(), form.texts[&Lang::De].page.hash(), TextHash::of(&form.keyword_text(keyword))] {
        assert!(kept.contains(&hash), "{hash:?}");
    }
    assert_eq!(serde_json::from_value::<FormVersion>(serde_json::to_value(&form).unwrap()).unwrap(), form);
    assert_eq!(form.without_texts(), today);
}

#[test]
fn a_page_shows_what_was_asked_for_and_its_braces() {
    let form = publish(json!({})).unwrap();
    let page = page(&form.disclosure(Lang::De));
    let filled = |purposes: &[&str]| {
        let purposes: Vec<_> = purposes.iter().map(|id| id.parse().unwrap()).collect();
        let shown = TextHash("sha256-s".into());
        let values = PageValues { purposes: &purposes, number_ends: "78", until: "morgen", shown: &shown, notice: "!" };
        page.fill(values).unwrap()
    };
    let one = filled(&["marketing"]);
    assert!(one.starts_with("!{78} <h2>Angebote zu Pflanzen per SMS</h2><ul><li>Ja, "), "{one}");
    assert!(one.ends_with("</ul>morgen sha256-s") && !one.contains("Termin"), "{one}");
    assert!(filled(&["marketing", "booking"]).contains("Termin"));
}

/// The SMS says where the number was given, in the words of its version, and breaks no rule by that (L5, L22).
#[test]
fn what_is_handed_in_says_where_the_number_was_given() {
    let form = published();
    let marketing = [&form.purposes[0]];
    for (lang, channel) in Lang::ALL.into_iter().flat_map(|lang| HandInChannel::ALL.map(|channel| (lang, channel))) {
        let handed_in = Some(channel);
        let asked = Asked { purposes: &marketing, lang, link: LINK, reply_code: Some(88), keyword: None, handed_in };
        assert_eq!(form.can_be_handed_in(&asked), Ok(()));
        let text = form.confirmation_sms(&asked);
        assert!(text.ends_with(&format!("\n{}", lang.texts().number_given(channel))), "{text}");
        assert_eq!(lint::confirmation(&text, &form.confirmation_facts(&asked)), [], "{text}");
        let frozen = frozen(&form);
        let (_, template) = frozen.sms(lang).fill(&frozen, &asked).unwrap();
        assert!(frozen.texts[&lang].all().iter().any(|text| TextHash::of(text) == template));
        let mut before = frozen.clone();
        before.texts.values_mut().for_each(|texts| texts.sms.given.clear());
        assert_eq!(before.can_be_handed_in(&asked), Err(NotHandedIn::PublishedBefore));
        // Whatever the person has is no part of the answer: with all at its longest it doesn't fit.
        let long = format!("{LINK}{}", "0".repeat(120));
        let asked = Asked { link: &long, reply_code: None, ..asked };
        assert_eq!(form.can_be_handed_in(&asked), Err(NotHandedIn::NoRoom));
    }
}

/// The SMS of a form, with the longest link and a reply code.
fn asks(form: &FormVersion) -> String {
    let all: Vec<_> = form.purposes.iter().collect();
    let link = crate::way_out::sample_link(&format!("https://{}", sms::LONGEST_LINK_HOST));
    let (lang, reply_code) = (Lang::De, Some(88));
    form.confirmation_sms(&Asked { purposes: &all, lang, link: &link, reply_code, keyword: None, handed_in: None })
}

fn rules(found: Result<FormVersion, Vec<(String, String)>>) -> Vec<String> {
    found.unwrap_err().into_iter().map(|(_, rule)| rule).collect()
}

#[test]
fn where_both_ways_find_no_room_a_form_that_leaves_them_open_names_the_free_one() {
    let form = |confirm: Value| json!({ "confirm": confirm, "languages": ["de"], "keywords": [] });
    let both = asks(&publish(form(Value::Null)).unwrap());
    assert!(both.contains("JA 88") && both.contains("/c/"), "{both}");
    let mut long = settings();
    long["purposes"][0]["label"]["de"] = json!(format!("Angebote zu {}", "x".repeat(60)));
    let free = asks(&publish_with(long.clone(), form(Value::Null)).unwrap());
    assert!(!free.contains("JA 88") && free.contains("kostenlos") && sms::fits_confirmation(&free), "{free}");
    assert_eq!(rules(publish_with(long, form(json!("both")))), ["length"]);
}

#[test]
fn an_own_text_that_names_the_link_alone_needs_no_reply() {
    let own = "{company}: {topics} per SMS, ab {age}? Ja oder Nein, kostenlos:\n{link}\nAbmelden: STOP.";
    let form = |confirm: Value| json!({ "confirm": confirm, "languages": ["de"], "keywords": [], "confirmation": { "de": own } });
    publish(form(Value::Null)).unwrap();
    let rules = rules(publish(form(json!("both"))));
    assert!(rules.contains(&"cost".to_owned()), "{rules:?}");
}
