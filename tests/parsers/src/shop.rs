//! A shop: the demo's settings and forms, with a gateway of each kind.

use std::sync::LazyLock;

use serde_json::{Value, json};
use shared::{
    form::{FormDraft, FormVersion},
    key_ring::{Key, KeyRing},
    settings::Settings,
    time::Timestamp,
};

/// The edge's own.
pub const ORIGIN: &str = "https://ja.blattwerk.example";

/// What every gateway's secrets are. Nobody guesses it.
pub const SECRET: &str = "9f2c61f4b7d84d0f9d5a3c1e7b6f8a20";

pub struct Secret<'a>(pub &'a str);

impl shared::gateway::Secrets for Secret<'_> {
    fn get(&self, _: &str) -> String {
        self.0.to_owned()
    }
}

/// 2026-11-24, noon.
pub const NOON: i64 = 1_795_521_600;

pub fn noon() -> Timestamp {
    Timestamp::from_millis(NOON * 1000)
}

pub fn keys() -> KeyRing {
    KeyRing::parse("1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=").expect("a key ring")
}

pub fn key() -> Key {
    keys().current().expect("a key").1.clone()
}

/// As their owner sends them.
pub static SETTINGS: LazyLock<Settings> = LazyLock::new(|| {
    let mut settings: Value = serde_json::from_str(include_str!("../../../demo/data/settings.json")).expect("JSON");
    settings["gateways"] = json!([
        { "kind": "twilio", "processor": "SMS", "account_sid": "AC00000000000000000000000000000000" },
        { "kind": "seven", "processor": "SMS" },
        { "kind": "vonage", "processor": "SMS" },
        { "kind": "gatewayapi", "processor": "SMS", "receives_at": "4915228817386" },
    ]);
    settings["processors"] =
        json!([{ "name": "SMS", "role": "SMS", "agreement_date": "2026-01-15", "agreement_version": "1" }]);
    settings["senders"][0]["gateway"] = json!("twilio");
    let name = json!({ "id": "name", "from": "Blattwerk", "receives": false, "gateway": "seven" });
    settings["senders"].as_array_mut().expect("senders").push(name);
    serde_json::from_value(settings).expect("settings")
});

pub fn draft() -> FormDraft {
    let mut draft: Value =
        serde_json::from_str(&include_str!("../../../demo/data/forms/shop.json").replace("{{shop_port}}", "8080"))
            .expect("JSON");
    draft["confirm"] = json!("both");
    draft["keywords"] =
        json!([{ "word": "RABATT", "purpose": "marketing" }, { "word": "Pflanzentipp", "purpose": "booking" }]);
    serde_json::from_value(draft).expect("a draft")
}

pub fn publish(draft: FormDraft, settings: &Settings) -> Option<FormVersion> {
    FormVersion::publish("shop".parse().expect("an id"), draft, settings, ORIGIN, 1, noon()).ok()
}

pub static FORM: LazyLock<FormVersion> = LazyLock::new(|| publish(draft(), &SETTINGS).expect("a form"));
