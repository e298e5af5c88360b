//! What people send: by the widget, and by forms without script.

use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use shared::{
    links::LinkAct,
    malformed,
    phone::RegexLite,
    reference::Reference,
    submission::{Filled, check},
    wire::{ConsentRequest, FormPosted, NumberPosted, Source, Tapped},
};

use crate::{lines::line, numbers, shop::FORM};

/// The body of `POST /v1/consents`.
pub fn submission(data: &[u8]) {
    let Ok(request) = malformed::read::<ConsentRequest>(data) else { return };
    let json = serde_json::to_vec(&request).expect("JSON");
    assert_eq!(malformed::read::<ConsentRequest>(&json).as_ref(), Ok(&request));
    filled(Filled {
        number: &request.number,
        country: request.country,
        purposes: &request.purposes,
        age_confirmed: request.age_confirmed,
    });
    source(&request.source);
}

fn filled(filled: Filled) {
    match check(&FORM, FORM.lang(None), filled, &RegexLite) {
        Ok(number) => {
            numbers::accepted(&number);
            assert!(FORM.draft.countries.contains(&number.country()));
            assert!(filled.age_confirmed && (1..=2).contains(&filled.purposes.len()));
            assert!(filled.purposes.iter().all(|id| FORM.purpose(id).is_some()));
        }
        Err(errors) => {
            assert!(!errors.is_empty() && errors.iter().all(|it| !it.detail.is_empty() && !it.field.is_empty()));
        }
    }
}

/// Of the page's address no more is kept than was said (L4).
fn source(source: &Source) {
    let kept = source.trimmed();
    let short = |text: &Option<String>| text.as_ref().is_none_or(|text| text.chars().count() <= 500);
    assert!(short(&kept.page) && short(&kept.campaign));
    if let Some(page) = &kept.page {
        let (_, query) = page.split_once('?').unwrap_or_default();
        let whole = page.chars().count() < 500;
        assert!(!page.contains('#'), "{page}");
        assert!(query.is_empty() || !whole || query.split('&').all(|pair| pair.starts_with("utm_")), "{page}");
    }
    let _ = Reference::given(source.reference.as_deref());
}

/// Reads a form as the edge does.
fn read<T: DeserializeOwned>(body: &[u8]) -> Option<T> {
    std::str::from_utf8(body).ok().and_then(|body| serde_html_form::from_str(body).ok())
}

/// What was read is read again as the same.
fn again<T: Serialize + DeserializeOwned>(posted: &T) {
    let json = |posted: &T| serde_json::to_value(posted).unwrap_or(Value::Null);
    let written = serde_html_form::to_string(posted).expect("a form");
    let read = read::<T>(written.as_bytes()).expect("what was written");
    assert_eq!(json(&read), json(posted), "{written}");
}

/// A form that a page posts, after a line that says which.
pub fn form_post(data: &[u8]) {
    let (which, body) = line(data);
    match which.as_str() {
        "tap" => {
            let Some(tapped) = read::<Tapped>(body) else { return };
            again(&tapped);
            let (acts, understood) = (tapped.action.is_some(), tapped.understood.is_some());
            match LinkAct::of(tapped) {
                Ok(Some(act)) => assert!(acts && (understood || act != LinkAct::Erase)),
                Ok(None) => assert!(!acts),
                Err(_) => assert!(!understood),
            }
        }
        "number" => {
            if let Some(posted) = read::<NumberPosted>(body) {
                again(&posted);
            }
        }
        _ => {
            let Some(posted) = read::<FormPosted>(body) else { return };
            again(&posted);
            let age_confirmed = posted.age_confirmed.is_some();
            filled(Filled { number: &posted.number, country: None, purposes: &posted.purpose, age_confirmed });
            let _ = Reference::given(Some(&posted.reference));
        }
    }
}
