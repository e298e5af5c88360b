use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Contact, Stored, Upgrade};
use crate::{
    evidence::{Erasable, PublicKeys, Request, SentSms},
    key_ring::Sealed,
    settings::Controller,
    text_hash::TextHash,
};

/// A request as it is kept, sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptRequest {
    pub request: Request,
    /// Who asked.
    pub controller: Controller,
    /// How to write to whoever it was.
    pub contact: Contact,
    /// What its commitments stand for.
    pub erasables: Vec<Erasable>,
    /// The campaign of the page or link.
    pub campaign: Option<String>,
    /// The page that is to ask for the yes, by its hash; unknown before format 3.
    pub page: Option<TextHash>,
}

impl Stored for KeptRequest {
    const NAME: &'static str = "request";
    /// Up to format 2 the campaign was part of what is signed. Format 4 may have a name for SMS.
    const UPGRADES: &'static [Upgrade] = &[
        Upgrade::Same,
        Upgrade::Change(|mut kept| {
            let campaign = kept.pointer_mut("/request/campaign").map(Value::take).unwrap_or_default();
            if let Some(kept) = kept.as_object_mut() {
                kept.insert("campaign".to_owned(), campaign);
            }
            kept
        }),
        Upgrade::Same,
    ];
}

/// The confirmation SMS of a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptSms {
    /// As evidence keeps it.
    pub sent: SentSms,
    /// Its text with the link, sealed, while the request waits: it may have to be sent once more.
    pub held: Option<Sealed>,
}

impl Stored for KeptSms {
    const NAME: &'static str = "confirmation SMS";
    const UPGRADES: &'static [Upgrade] = &[Upgrade::Same];
}

/// What the commitments of an event stand for; kept sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Erasables(pub Vec<Erasable>);

impl Stored for Erasables {
    const NAME: &'static str = "list of erasable values";
    const UPGRADES: &'static [Upgrade] = &[Upgrade::Same];
}

/// A text that a person saw, or that an SMS was made of, under its hash: for good, in the registry and in KV.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FrozenText(pub String);

impl Stored for FrozenText {
    const NAME: &'static str = "frozen text";
    /// Up to format 2 it was a disclosure alone, and in format 1 no JSON.
    const UPGRADES: &'static [Upgrade] = &[Upgrade::Same];
}

impl Stored for PublicKeys {
    const NAME: &'static str = "list of signing keys";
    const UPGRADES: &'static [Upgrade] = &[];
}
