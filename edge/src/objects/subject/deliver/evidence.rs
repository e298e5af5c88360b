//! What KV holds of a consent in force.

use shared::ids::PurposeId;
use worker::Result;

use super::Dispatcher;
use crate::{
    objects::subject::store::OutboxEntry,
    platform::{
        clock,
        kv::{self, Key},
    },
};

impl Dispatcher<'_> {
    /// Projects a purpose to KV: the consent while it is in force, else nothing.
    pub async fn project(&self, entry: &OutboxEntry, purpose: &PurposeId) -> Result<()> {
        let projection = self.with(|transaction, loaded| {
            let consent = transaction.consent(loaded, purpose)?;
            Ok((Key::Consent(purpose, loaded.record.id), consent, transaction.value_in_kv(loaded, purpose)?))
        })?;
        let Some((key, consent, value)) = projection else {
            return self.store.done(&entry.id);
        };
        let written = match &value {
            Some(value) => kv::put(self.app.env(), key, value).await,
            None => kv::delete(self.app.env(), key).await,
        };
        if let Err(error) = written {
            worker::console_error!("KV: {error}");
            self.store.try_now(&entry.id)?;
            return self.store.try_later(&entry.id, clock::now() + entry.pause());
        }
        self.with(|transaction, loaded| {
            // What has changed meanwhile is written once more.
            let stays = transaction.consent(loaded, purpose)? == consent;
            if stays { self.store.done(&entry.id) } else { Ok(()) }
        })
        .map(|_| ())
    }
}
