//! Texts that leave as SMS.

use std::collections::BTreeMap;

use shared::{
    form::Asked,
    gateway::Envelope,
    lang::Lang,
    lint as rules,
    sms::{Encoding, fits_confirmation, measure, normalize, split},
    template::{self as templates, TemplateError},
    way_out::{Frame, sample_link, sample_way_out},
};

use crate::{
    lines::{line, text},
    shop::{FORM, ORIGIN, SECRET, SETTINGS, Secret},
};

/// The length of a text, and its parts.
pub fn sms(data: &[u8]) {
    let said = text(data);
    counted(&said);
    let plain = normalize(&said);
    counted(&plain);
    assert_eq!(normalize(&plain), plain, "{said:?}");
    if measure(&said).encoding == Encoding::Gsm7 {
        assert_eq!(plain, said, "what is GSM-7 stays");
    }
    let link = &sample_way_out(ORIGIN);
    let senders: Vec<_> = SETTINGS.senders.iter().collect();
    for frame in [Frame::Service { link }, Frame::Advertising { controller: &SETTINGS.controller, link }] {
        for sender in &senders {
            let whole = frame.around(&said, sender, Lang::De);
            assert!(whole.contains(&said) && measure(&whole).segments >= measure(&said).segments);
            counted(&whole);
        }
        frame.longest(&said, &senders, &Lang::ALL);
    }
    carried(&said);
}

/// The parts are the text, and as many as were counted, each of which fits an SMS (3GPP TS 23.040, 9.2.3.24).
fn counted(said: &str) {
    let whole = measure(said);
    let parts = split(said);
    assert_eq!(parts.concat(), said);
    assert_eq!(parts.len(), whole.segments);
    let (single, many) = match whole.encoding {
        Encoding::Gsm7 => (160, 153),
        Encoding::Ucs2 => (70, 67),
    };
    let most = if parts.len() == 1 { single } else { many };
    let units = |part: &str| match whole.encoding {
        Encoding::Ucs2 => part.encode_utf16().count(),
        Encoding::Gsm7 => measure(part).units,
    };
    assert!(parts.iter().all(|part| units(part) <= most), "{parts:?}");
    assert_eq!(parts.iter().map(|part| units(part)).sum::<usize>(), whole.units);
    // No part could have taken more than a character that needs two units leaves.
    assert!(parts.len() == 1 || parts.iter().rev().skip(1).all(|part| units(part) + 2 > most), "{parts:?}");
    assert!(!fits_confirmation(said) || whole.segments <= 2);
}

/// The text arrives as it is, whoever carries it.
fn carried(said: &str) {
    let reference = "AbCdEfGhIjKlMnOpQrStUvWx_-01";
    let sms = Envelope {
        reference,
        from: "+4915228817386",
        to: "+4915112345678",
        text: said,
        status_url: "https://ja.blattwerk.example/gateway/x/status",
        valid_for: 3600,
    };
    for gateway in &SETTINGS.gateways {
        let call = gateway.send(&sms, &Secret(SECRET));
        let carried = match serde_json::from_str::<serde_json::Value>(&call.body) {
            Ok(json) => ["/text", "/message"].iter().any(|place| json.pointer(place) == Some(&said.into())),
            Err(_) => form_urlencoded::parse(call.body.as_bytes())
                .any(|(name, value)| ["text", "Body"].contains(&&*name) && value == said),
        };
        assert!(carried, "{}: {}", gateway.id(), call.body);
        assert!(!call.url.contains("4915") && call.headers.iter().all(|(_, value)| !value.contains(['\r', '\n'])));
    }
}

/// A template that an owner writes.
pub fn template(data: &[u8]) {
    let written = text(data);
    let nothing = BTreeMap::new();
    assert_eq!(templates::fill(&templates::escape(&written), &nothing).as_ref(), Ok(&written));
    let names = templates::names(&written);
    let filled = |value: &str, names: &[String]| {
        let values = names.iter().map(|name| (name.clone(), value.to_owned())).collect();
        templates::fill(&written, &values)
    };
    match names {
        Ok(names) => {
            // What a value holds is never read as a template.
            let longer = filled("{x}\\{", &names).expect("all names have values");
            let shorter = filled("", &names).expect("all names have values");
            assert_eq!((longer.len() - shorter.len()) % 5, 0);
            assert!(longer.len() - shorter.len() >= 5 * names.len());
            if let Some((last, others)) = names.split_last() {
                assert_eq!(filled("", others), Err(TemplateError::UnknownValue(last.clone())));
            }
        }
        Err(why) => assert_eq!(filled("", &[]), Err(why)),
    }
}

/// A confirmation SMS that an owner writes, after a line with its language.
pub fn lint(data: &[u8]) {
    let (lang, rest) = line(data);
    let written = text(rest);
    let lang = Lang::from_tag(&lang).unwrap_or_default();
    let purposes: Vec<_> = FORM.purposes.iter().collect();
    let link = sample_link(ORIGIN);
    let asked = Asked { purposes: &purposes, lang, link: &link, reply_code: None, keyword: None, handed_in: None };
    let facts = FORM.confirmation_facts(&asked);
    let found = rules::confirmation(&written, &facts);
    if found.is_empty() {
        assert!(fits_confirmation(&written) && measure(&written).encoding == Encoding::Gsm7, "{written:?}");
        assert!(written.lines().any(|line| line.trim() == link), "{written:?}");
        let other = written.replace(&link, "").replace(facts.privacy_url, "");
        assert!(!other.contains("://"), "{written:?}");
        let promising = format!("{written} Rabattcode");
        assert!(!rules::confirmation(&promising, &facts).is_empty(), "{promising:?}");
    }
    let shortened = format!("{written} https://bit.ly/x");
    assert!(rules::message(&shortened).iter().any(|found| found.rule == "link-shortener"), "{written:?}");
    rules::promotion_in_label(&written);
}
