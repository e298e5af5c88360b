//! What the owner's calls leave.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json, value::RawValue};

use super::{Stored, Upgrade};
use crate::{
    actor::Actor,
    form::{FormIndex, FormVersion},
    key_ring::SealedBy,
    reference::Reference,
    settings::{Former, Settings, Webhook},
    wire::{BatchOutcome, MessageDraft, Recipient, WebhookError},
};

/// Settings that were put in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishedSettings {
    /// Who did; unknown before format 2.
    pub by: Option<Actor>,
    pub settings: Settings,
}

impl Stored for PublishedSettings {
    const NAME: &'static str = "version of the settings";
    /// Format 3 may have limits that format 2 did not know, format 4 a name for SMS.
    const UPGRADES: &'static [Upgrade] =
        &[Upgrade::Change(|settings: Value| json!({ "by": null, "settings": settings })), Upgrade::Same, Upgrade::Same];
}

impl Stored for Former {
    const NAME: &'static str = "former gateways and numbers";
    const UPGRADES: &'static [Upgrade] = &[];
}

/// A version of a form that was published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishedForm {
    /// Who did; unknown before format 2.
    pub by: Option<Actor>,
    pub form: FormVersion,
}

impl Stored for PublishedForm {
    const NAME: &'static str = "version of a form";
    /// Format 3 has the texts; who reads an older one freezes it. Format 4 has the time zone. Format 5 may have a name
    /// for SMS.
    const UPGRADES: &'static [Upgrade] = &[
        Upgrade::Change(|form: Value| json!({ "by": null, "form": form })),
        Upgrade::Same,
        Upgrade::Same,
        Upgrade::Same,
    ];
}

impl Stored for FormIndex {
    const NAME: &'static str = "index of the forms";
    const UPGRADES: &'static [Upgrade] = &[];
}

/// The message of a batch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BatchMessage {
    /// Who began it; unknown before format 2.
    pub by: Option<Actor>,
    pub message: MessageDraft,
}

impl Stored for BatchMessage {
    const NAME: &'static str = "batch";
    const UPGRADES: &'static [Upgrade] = &[Upgrade::Change(|message: Value| json!({ "by": null, "message": message }))];
}

/// Some of a batch's recipients; kept sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BatchRecipients(pub Vec<Recipient>);

impl Stored for BatchRecipients {
    const NAME: &'static str = "list of a batch's recipients";
    const UPGRADES: &'static [Upgrade] = &[Upgrade::Same];
}

/// The references that a call gave some of them, each in its place; kept sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BatchReferences(pub Vec<Option<Reference>>);

impl Stored for BatchReferences {
    const NAME: &'static str = "list of a batch's references";
    const UPGRADES: &'static [Upgrade] = &[];
}

/// What came of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BatchOutcomes(pub Vec<BatchOutcome>);

impl Stored for BatchOutcomes {
    const NAME: &'static str = "list of a batch's outcomes";
    const UPGRADES: &'static [Upgrade] = &[Upgrade::Same];
}

/// A ciphertext under a key of a ring: recipients of a batch, number and reference beside a webhook's event, a row for
/// exports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Sealing(pub SealedBy);

impl Stored for Sealing {
    const NAME: &'static str = "sealed value";
    const UPGRADES: &'static [Upgrade] = &[Upgrade::Same];
}

/// The body of a webhook, as it is sent.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct WebhookBody(pub Box<RawValue>);

impl Stored for WebhookBody {
    const NAME: &'static str = "webhook's event";
    const UPGRADES: &'static [Upgrade] = &[Upgrade::Same];
}

/// The settings under which a webhook answered 410.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DisabledWebhook(pub Webhook);

impl Stored for DisabledWebhook {
    const NAME: &'static str = "disabled webhook";
    const UPGRADES: &'static [Upgrade] = &[Upgrade::Same];
}

/// The latest failure of a webhook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LastError(pub WebhookError);

impl Stored for LastError {
    const NAME: &'static str = "webhook's failure";
    const UPGRADES: &'static [Upgrade] = &[Upgrade::Same];
}
