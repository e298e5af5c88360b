use proptest::prelude::*;

use super::*;
use crate::{address::Reach, time::Timestamp};

impl<F: Fn(&str) -> String> Secrets for F {
    fn get(&self, name: &str) -> String {
        self(name)
    }
}

/// Each secret is its own name.
pub const SECRET: fn(&str) -> String = |name| name.to_owned();

pub fn at_noon() -> Timestamp {
    Timestamp::try_from("2026-11-24T12:00:00.000Z".to_owned()).unwrap()
}

pub fn sms() -> Envelope<'static> {
    Envelope {
        reference: "AbCdEfGhIjKlMnOpQrStUvWx_-01",
        from: "+4915155500000",
        to: "+4915112345678",
        text: "Grüße & \"Küsse\" {text} 100%\n<b>€</b>",
        status_url: "https://jawort.example.de/gateway/x/status",
        valid_for: 3600,
    }
}

pub fn answer(status: u16, body: &str) -> Answer<'_> {
    Answer { status, retry_after: None, body }
}

pub fn headers<'a>(headers: &'a [(&'a str, &'a str)]) -> impl Fn(&str) -> Option<String> + 'a {
    move |name| headers.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
}

fn all() -> Vec<Gateway> {
    let minimal = [
        r#"{"kind":"twilio","account_sid":"AC00000000000000000000000000000000","processor":"Twilio Ireland"}"#,
        r#"{"kind":"seven","processor":"seven communications"}"#,
        r#"{"kind":"vonage","processor":"Vonage"}"#,
        r#"{"kind":"gatewayapi","processor":"ONLINECITY.IO"}"#,
    ];
    minimal.iter().map(|json| serde_json::from_str(json).unwrap()).collect()
}

#[test]
fn a_few_words_connect_a_provider() {
    for gateway in all() {
        assert_eq!(gateway.lint(Reach::Internet), [], "{gateway:?}");
        let json = serde_json::to_value(&gateway).unwrap();
        assert_eq!(json["kind"], gateway.id().as_str());
        assert!(!gateway.secrets().is_empty());
        assert_eq!(serde_json::from_value::<Gateway>(json).unwrap(), gateway);
    }
    assert_eq!(secret_name(all()[0].id(), "auth-token"), "JAWORT_TWILIO_AUTH_TOKEN");
}

#[test]
fn an_unknown_field_is_refused() {
    for gateway in all() {
        let mut json = serde_json::to_value(&gateway).unwrap();
        json["auth_token"] = "in the settings".into();
        let error = serde_json::from_value::<Gateway>(json).unwrap_err().to_string();
        assert!(error.contains("auth_token"), "{error}");
    }
}

#[test]
fn the_lint_says_which_field() {
    let fields = |json: &str| {
        let found = serde_json::from_str::<Gateway>(json).unwrap().lint(Reach::Internet);
        found.into_iter().map(|violation| violation.field).collect::<Vec<_>>()
    };
    assert_eq!(
        fields(
            r#"{"kind":"twilio","account_sid":"AC1","messaging_service_sid":"x","processor":" ","base_url":"https://10.0.0.1"}"#
        ),
        ["processor", "base_url", "account_sid", "messaging_service_sid"]
    );
    assert_eq!(fields(r#"{"kind":"seven","label":"a b","processor":"x"}"#), ["label"]);
    assert_eq!(fields(r#"{"kind":"vonage","base_url":"https://api.nexmo.com/","processor":"x"}"#), ["base_url"]);
    assert_eq!(fields(r#"{"kind":"vonage","per_second":0,"per_day":0,"processor":"x"}"#), ["per_second", "per_day"]);
    assert_eq!(fields(r#"{"kind":"vonage","per_second":501,"processor":"x"}"#), ["per_second"]);
    assert_eq!(fields(r#"{"kind":"gatewayapi","receives_at":"Shop","processor":"x"}"#), ["receives_at"]);
}

#[test]
fn each_call_carries_the_secret_and_the_sms() {
    for gateway in all() {
        let call = gateway.send(&sms(), &SECRET);
        let secret = call.headers.iter().any(|(name, _)| name == "authorization" || name == "x-api-key");
        assert!(secret && call.method == Method::Post && !call.url.contains("4915"), "{gateway:?}");
        assert!(call.body.contains(sms().reference) && call.body.contains("4915112345678"), "{gateway:?}");
    }
}

proptest! {
    /// Webhooks come from anybody.
    #[test]
    fn nothing_unsigned_is_read(body in prop::collection::vec(any::<u8>(), 0..200), value in "\\PC{0,80}") {
        let header = |_: &str| Some(value.clone());
        let call = InboundCall { url: "https://jawort.example.de/gateway/x/status?ref=x", header: &header, body: &body, now: at_noon() };
        for gateway in all() {
            prop_assert_eq!(gateway.inbound(&call, &SECRET), Err(BadInbound::Unsigned));
            prop_assert_eq!(gateway.status(&call, &SECRET), Err(BadInbound::Unsigned));
        }
    }

    /// Answers come from anywhere between the provider and us: no id, no success; a success that can't be read is no
    /// failure.
    #[test]
    fn an_answer_is_never_misread(status in 100u16..600, body in "\\PC{0,60}") {
        for gateway in all() {
            match gateway.outcome(&answer(status, &body)) {
                Outcome::Accepted(_) => prop_assert!(false, "{:?}", gateway),
                Outcome::Failed(_) => prop_assert!(status >= 300 || matches!(gateway, Gateway::Seven(_))),
                Outcome::Unknown => {}
            }
        }
    }
}
