use serde::{Deserialize, Serialize};

use super::{Contact, Stored, Upgrade};
use crate::{
    evidence::{Erasable, Request, SentSms},
    key_ring::Sealed,
    settings::Controller,
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
}

impl Stored for KeptRequest {
    const NAME: &'static str = "request";
    const UPGRADES: &'static [Upgrade] = &[Upgrade::Same];
}

/// The confirmation SMS of a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptSms {
    /// As evidence keeps it.
    pub sent: SentSms,
    /// Its text with the link, sealed, while the provider holds it back.
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

/// The text of a disclosure in KV, under its hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DisclosureText(pub String);

impl Stored for DisclosureText {
    const NAME: &'static str = "disclosure";
    /// Format 1 was the text alone, which is no JSON.
    const UPGRADES: &'static [Upgrade] = &[Upgrade::Same];
}
