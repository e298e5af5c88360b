//! An SMS and gateways that carry it, without an edge.

use shared::{
    gateway::{Call, Envelope, Gateway, Method, Secrets},
    time::Timestamp,
};

/// Secrets that are all alike.
pub struct Secret<'a>(pub &'a str);

impl Secrets for Secret<'_> {
    fn get(&self, _: &str) -> String {
        self.0.to_owned()
    }
}

pub fn gateway(json: serde_json::Value) -> Gateway {
    serde_json::from_value(json).unwrap_or_else(|error| panic!("{error}"))
}

/// A gateway with nothing special about it.
pub fn named(kind: &serde_json::Value) -> Gateway {
    let mut settings = serde_json::json!({ "kind": kind, "processor": "x" });
    if kind == "twilio" {
        settings["account_sid"] = "AC00000000000000000000000000000000".into();
    }
    gateway(settings)
}

pub fn sms() -> Envelope<'static> {
    Envelope {
        reference: "AbCdEfGhIjKlMnOpQrStUvWx_-01",
        from: "+4915155500000",
        to: "+4915112345678",
        text: "Beispiel Shop: Bitte bestätigen Sie & antworten Sie mit JA. 100 % kostenlos: {STOP}",
        status_url: "https://jawort.example.de/gateway/x/status",
        valid_for: 172_800,
    }
}

pub fn time(text: &str) -> Timestamp {
    Timestamp::try_from(text.to_owned()).expect("RFC 3339")
}

/// Makes a call, as the edge does; gives status and body.
pub async fn carry(call: Call) -> (u16, String) {
    let client = reqwest::Client::new();
    let request = match call.method {
        Method::Get => client.get(&call.url),
        Method::Post => client.post(&call.url).body(call.body),
    };
    let request = call.headers.iter().fold(request, |request, (name, value)| request.header(name, value));
    let answer = request.send().await.expect("an answer");
    (answer.status().as_u16(), answer.text().await.expect("a body"))
}
