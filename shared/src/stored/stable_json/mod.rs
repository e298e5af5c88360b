//! What lies in databases and goes over the wire keeps its names, whatever becomes of the names in the code: the JSON
//! of this file never changes.

mod directory;
mod evidence;
mod messages;
mod owner;
mod state;

use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, from_value, json, to_value};

use crate::{
    actor::Actor,
    confirm::ConfirmBy,
    evidence::{
        Act, ActBy, BoxesServed, Channel, DeliveryReport, Erasable, Event, GivenRecord, HandInChannel, HandedIn,
        Happened, KeywordText, PageShown, PassedOn, ReceivedAt, ReceivedSms, Request, Said, SaidScope, SentSms,
        SignedEvent, WordChannel,
    },
    form::FormVersion,
    gateway::{Delivery, Failure},
    limits::{Counts, How, ProofEnd, Take, UsedProof, Window},
    links::LinkKind,
    message::{FailureReason, Message, MessageId, MessageState},
    pace::{Ask, Attempt, Class, Ended, GatewayState, Limits, Noted, Pace, PaceRecord, StopReason},
    reply::{Reply, Stop},
    sending::Via,
    settings::{Former, Settings, WebhookEvent},
    stored::{BatchReferences, OutboxItem, Pause, Unread, WhyUnread},
    subject::{
        Arrival, End, Given, Hold, Origin, Outgoing, Pending, PurposeState, Reason, Scope, Standing, State,
        Suppression, Terms, Way,
    },
    text_hash::TextHash,
    time::Timestamp,
    token::TokenHash,
    wire::{Action, BatchOutcome, MessageDraft, Overview},
};

fn at() -> Timestamp {
    Timestamp::from_millis(1_795_000_000_000)
}

const AT: &str = "2026-11-18T11:06:40.000Z";
const MESSAGE: &str = "AQEBAQEBAQEBAgICAgICAgICAgIC";

fn message_id() -> MessageId {
    MESSAGE.parse().unwrap()
}

fn link() -> TokenHash {
    TokenHash("hash".into())
}

/// It is written so, and what was written so is read.
fn is_stored<T: Serialize + DeserializeOwned>(value: T, stored: Value) {
    assert_eq!(to_value(&value).unwrap(), stored);
    assert_eq!(to_value(from_value::<T>(stored.clone()).unwrap()).unwrap(), stored);
}

fn are_stored<T: Serialize + DeserializeOwned, const N: usize>(all: [(T, Value); N]) {
    for (value, stored) in all {
        is_stored(value, stored);
    }
}

/// What was stored by an earlier version, and is written so again.
fn reads<T: Serialize + DeserializeOwned>(stored: Value) {
    assert_eq!(to_value(from_value::<T>(stored.clone()).unwrap()).unwrap(), stored);
}

fn purpose() -> Value {
    json!({
        "id": "marketing", "use": "advertising",
        "label": { "de": "Angebote", "en": "offers" }, "wording": { "de": "Angebote zu Pflanzen" },
        "frequency": { "max": 4, "period": "month" }, "lapses_after": 18, "basis": "consent",
        "reward": { "text": { "de": "{code}" }, "conditions": { "de": "5 Euro." }, "code": { "pool": { "warn_at": 50 } } },
    })
}

fn controller() -> Value {
    json!({
        "name": "Blattwerk", "address": "Hauptstraße 1, 10115 Berlin", "email": "hallo@blattwerk.example",
        "phone": "+49301234567", "imprint_url": "https://blattwerk.example/impressum",
        "privacy_url": "https://blattwerk.example/datenschutz",
    })
}
