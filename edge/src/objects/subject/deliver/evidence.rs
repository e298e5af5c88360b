//! What KV holds of a consent in force.

use shared::ids::PurposeId;
use worker::Result;

use super::Dispatcher;
use crate::{
    objects::subject::store::OutboxEntry,
    platform::kv::{self, Key},
};

impl Dispatcher<'_> {
    /// Projects a purpose to KV: the consent while it is in force, else nothing.
    pub async fn project(&self, entry: &OutboxEntry, purpose: &PurposeId) -> Result<()> {
        let projection = self.with(|transaction, loaded| {
            Ok((Key::Consent(purpose, loaded.record.id), transaction.value_in_kv(loaded, purpose)?))
        })?;
        let Some((key, value)) = projection else {
            return self.done(entry);
        };
        let written = match &value {
            Some(value) => kv::put(self.app.env(), key, value).await,
            None => kv::delete(self.app.env(), key).await,
        };
        match written {
            Ok(()) => self.done(entry),
            Err(error) => self.try_later(entry, &error),
        }
    }
}
