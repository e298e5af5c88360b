//! Shapes written from the providers' documentation and their libraries, where there is no contract to hold us to.

use serde_json::{Value, json};
use shared::{
    gateway::{About, Answer, Delivery, Failure, InboundCall, Outcome, Status},
    time::Timestamp,
};

use crate::{
    peers::node,
    samples::{Secret, named},
};

#[test]
fn recorded_answers_have_their_meanings() {
    let answers: Vec<Value> = serde_json::from_str(include_str!("recorded/answers.json")).expect("JSON");
    for recorded in answers {
        let body = recorded["body"].as_str().map_or_else(|| recorded["body"].to_string(), str::to_owned);
        let number = |name: &str| recorded[name].as_u64().and_then(|number| u32::try_from(number).ok());
        let status = number("status").and_then(|status| u16::try_from(status).ok()).expect("a status");
        let answer = Answer { status, retry_after: number("retry_after"), body: &body };
        let expected = match (recorded["accepted"].as_str(), &recorded["failed"]) {
            (Some(id), _) => Outcome::Accepted(id.to_owned()),
            (None, Value::Null) => Outcome::Unknown,
            (None, failed) => Outcome::Failed(serde_json::from_value::<Failure>(failed.clone()).expect("a failure")),
        };
        assert_eq!(named(&recorded["provider"]).outcome(&answer), expected, "{recorded}");
    }
}

#[test]
fn recorded_reports_say_what_became_of_an_sms() {
    let recorded: Vec<Value> = serde_json::from_str(include_str!("recorded/status.json")).expect("JSON");
    let signed = node("recorded.mjs", &json!(recorded).to_string());
    let signed: Vec<Value> = signed.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(signed.len(), recorded.len());
    for (recorded, signed) in recorded.iter().zip(signed) {
        let header = |name: &str| signed["headers"][name].as_str().map(str::to_owned);
        let now = Timestamp::from_millis(signed["now"].as_i64().expect("a time") * 1000);
        let text = |name: &str| signed[name].as_str().expect("a text");
        let call = InboundCall { url: text("url"), header: &header, body: text("body").as_bytes(), now };
        let gateway = named(&recorded["provider"]);
        let read = gateway.status(&call, &Secret(text("secret"))).unwrap_or_else(|error| panic!("{error}: {recorded}"));
        let expected = recorded["delivery"].is_null().then(Vec::new).unwrap_or_else(|| {
            let delivery = serde_json::from_value::<Delivery>(recorded["delivery"].clone()).expect("a delivery");
            let id = recorded["id"].as_str().map(str::to_owned);
            vec![Status { about: About::Reference("our-reference".to_owned()), message_id: id, delivery }]
        });
        assert_eq!(read, expected, "{recorded}");
        assert!(gateway.status(&call, &Secret("another")).is_err(), "{recorded}");
    }
}
