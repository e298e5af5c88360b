//! Settings and forms, as their owner sends them.

use shared::{
    address::Reach,
    calendar::LocalDay,
    form::{Asked as Confirmation, FormDraft, FormVersion},
    inbound::{self, Asked},
    phone::rules_of,
    qr::Qr,
    quiet::{QuietHours, TimeOfDay, zones},
    settings::{Former, Period, Platform, Settings},
    sms::fits_confirmation,
    way_out::sample_link,
    wire::{FormLine, FormView},
};
use url::Url;

use crate::{
    bodies::again,
    lines::{line, text},
    shop::{self, ORIGIN, SECRET, SETTINGS, Secret},
};

/// The body of `PUT /v1/settings`.
pub fn settings(data: &[u8]) {
    let Some(settings) = again::<Settings>(data) else { return };
    let platform = |reach| Platform { reach, knows_zone: &|zone| zone == "Europe/Berlin" };
    let found = settings.lint(Some(&SETTINGS), &platform(Reach::Internet));
    assert!(found.iter().all(|found| !found.field.is_empty() && !found.detail.is_empty()), "{found:?}");
    let here = settings.lint(None, &platform(Reach::ThisMachine));
    settings.warnings(Some(&SETTINGS), std::slice::from_ref(&shop::FORM), ORIGIN);
    let former = Former::of([settings.clone(), SETTINGS.clone()]);
    settings.looked_for(SETTINGS.gateways[0].id(), &former, 3, 4);
    shop::publish(shop::draft(), &settings);
    if found.is_empty() {
        assert!(here.is_empty(), "{here:?}");
        in_force(&settings);
    }
}

/// Where settings send numbers and secrets to: by HTTPS to a name of the internet.
fn in_force(settings: &Settings) {
    let public = |address: &str| {
        let url = Url::parse(address).expect("an address");
        let named = matches!(url.host(), Some(url::Host::Domain(_)));
        assert!(url.scheme() == "https" && named && url.username().is_empty(), "{address}");
        url.host_str().expect("a host").to_owned()
    };
    let mut names = Vec::new();
    for gateway in &settings.gateways {
        let sms = shared::gateway::Envelope {
            reference: "AbCdEfGhIjKlMnOpQrStUvWx_-01",
            from: "+4915228817386",
            to: "+4915112345678",
            text: "Grüße @evil.example/?#",
            status_url: "https://ja.blattwerk.example/gateway/x/status",
            valid_for: 3600,
        };
        let call = gateway.send(&sms, &Secret(SECRET));
        let host = public(&call.url);
        // Nobody who chooses a value chooses the host.
        let other = shared::gateway::Envelope { to: "+4366012345678", text: "a", from: "Shop", ..sms };
        assert_eq!(public(&gateway.send(&other, &Secret("b")).url), host);
        assert!(call.headers.iter().all(|(_, value)| !value.contains(|c: char| c.is_ascii_control())));
        names.extend(gateway.secret_names());
    }
    for webhook in &settings.webhooks {
        public(&webhook.url);
        names.push(webhook.secret_name());
    }
    let known = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
    assert!(names.iter().all(|name| name.bytes().all(known) && name != "JAWORT_OWNER_TOKEN"), "{names:?}");
    public(&settings.links_to(ORIGIN));
    public(&settings.controller.privacy_url);
}

/// The body of `PUT /v1/forms/{form}`.
pub fn form_draft(data: &[u8]) {
    let Some(draft) = again::<FormDraft>(data) else { return };
    let Some(form) = shop::publish(draft, &SETTINGS) else { return };
    let json = serde_json::to_string(&form).expect("JSON");
    assert_eq!(serde_json::from_str::<FormVersion>(&json).expect("what was written"), form);
    let link = sample_link(ORIGIN);
    let purposes: Vec<_> = form.purposes.iter().collect();
    for lang in &form.draft.languages {
        let asked = Confirmation {
            purposes: &purposes,
            lang: *lang,
            link: &link,
            reply_code: Some(27),
            keyword: None,
            handed_in: None,
        };
        let sms = form.confirmation_sms(&asked);
        assert!(!sms.is_empty() && fits_confirmation(&sms), "{sms}");
        assert!(!form.confirm().link() || sms.contains(&link), "{sms}");
        let view = FormView::new(&form, *lang, rules_of(&form.draft.countries));
        let json = serde_json::to_string(&view).expect("JSON");
        assert_eq!(serde_json::from_str::<FormView>(&json).expect("what was written"), view);
    }
    keywords(&form);
    FormLine::new(form, ORIGIN);
}

/// Whoever texts a keyword asks for its form.
fn keywords(form: &FormVersion) {
    let country = form.draft.countries[0];
    for keyword in &form.draft.keywords {
        let found = inbound::keyword(&keyword.word, std::slice::from_ref(form), country);
        assert_eq!(found, Some(Asked::For(form, keyword)), "{}", keyword.word);
        assert!(form.keyword_purpose(keyword).is_some() && !form.keyword_text(keyword).is_empty());
        assert!(Qr::of(&form.sms_link(keyword)).is_ok(), "{}", keyword.word);
    }
}

/// Hours of rest and calendar days: a line with both ends and a time of day, one with a date, one with a number.
pub fn quiet(data: &[u8]) {
    let (times, rest) = line(data);
    let (date, number) = line(rest);
    let times: Vec<_> = times.split(' ').filter_map(|time| TimeOfDay::try_from(time.to_owned()).ok()).collect();
    if let [from, until, now] = times.as_slice() {
        let quiet = QuietHours { from: *from, until: *until };
        let minutes = |time: &TimeOfDay| {
            let text = String::from(*time);
            text[..2].parse::<u16>().expect("hours") * 60 + text[3..].parse::<u16>().expect("minutes")
        };
        match quiet.wait(*now) {
            // At its end the rest is over, and not before.
            Some(wait) => {
                let after = |wait: u16| TimeOfDay::minutes(minutes(now) + wait);
                assert!((1..1440).contains(&wait) && quiet.wait(after(wait)).is_none());
                assert!(quiet.wait(after(wait - 1)).is_some() && after(wait) == *until);
            }
            None => assert!(from == until || now != from),
        }
    }
    if let Some(day) = LocalDay::parse(&date) {
        for (period, most) in [(Period::Day, 1), (Period::Week, 7), (Period::Month, 31)] {
            let begin = day.begin_of(period);
            let days = i64::from(day.number()) - i64::from(begin.number()) + 1;
            assert!((1..=most).contains(&days) || begin.number() < -90_000_000, "{date} {period:?}: {days}");
        }
    }
    let found = zones(&text(number));
    assert!(found.len() <= 2 && found.iter().all(|zone| zone.contains('/')));
}
