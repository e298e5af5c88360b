//! What the owner is told of a person, and what they call them.

use serde_json::Value;
use shared::{
    ids::PurposeId,
    reference::Reference,
    stored::{OutboxItem, ParkedItem},
    token::TokenHash,
    webhook::{OutboxParked, Payload},
    wire::StateLine,
};
use worker::Result;

use super::{
    commit::Transaction,
    record::{Loaded, lines},
};
use crate::platform::{
    secrets::{new_id, random},
    sql::fault,
};

impl Transaction<'_> {
    /// Orders that the owner is told, if they want to be.
    pub fn tell_owner(&self, loaded: &Loaded, payload: &Payload) -> Result<()> {
        self.tell_owner_of(loaded, payload, None)
    }

    /// The same, of a consent, with the owner's reference.
    pub fn tell_owner_of(&self, loaded: &Loaded, payload: &Payload, reference: Option<&Reference>) -> Result<()> {
        if !self.told {
            return Ok(());
        }
        let mut data = payload.data()?;
        data.insert("subject".to_owned(), loaded.record.id.to_string().into());
        // Under a key that an erasure doesn't destroy: it is what the owner is told of the erasure by.
        let sealed = reference.map(|reference| reference.seal(&self.secrets.seal, random())).transpose();
        let item = OutboxItem::Webhook {
            id: new_id(),
            kind: payload.kind(),
            time: self.now,
            subject: loaded.record.id,
            data: Value::Object(data).to_string(),
            reference: sealed.map_err(fault)?,
        };
        self.store.post_webhook(self.now, &item)
    }

    /// Orders that the owner is told of something that could not leave.
    pub fn tell_parked(&self, loaded: &Loaded, what: ParkedItem) -> Result<()> {
        self.tell_owner(loaded, &Payload::OutboxParked(OutboxParked { what }))
    }

    /// The owner's reference of the request that a purpose was last confirmed by.
    pub fn reference(&self, loaded: &Loaded, purpose: &PurposeId) -> Result<Option<Reference>> {
        Ok(self.store.latest_yes(loaded, purpose)?.and_then(|yes| yes.reference))
    }

    /// That of a request that waits, as far as it can be read.
    pub fn reference_asked(&self, loaded: &Loaded, link: &TokenHash) -> Option<Reference> {
        self.store.request(loaded, link).ok().and_then(|(kept, _)| Reference::among(&kept.erasables))
    }

    /// Each purpose with its state and its reference.
    pub fn referenced_lines(&self, loaded: &Loaded) -> Result<Vec<StateLine>> {
        let mut lines = lines(&loaded.record.state);
        for line in &mut lines {
            line.reference = self.reference(loaded, &line.purpose)?;
        }
        Ok(lines)
    }
}
