//! The end of an object that holds nothing of anybody any more.

use shared::{key_ring::SubjectId, time::Timestamp};
use worker::Result;

use super::Dispatcher;
use crate::objects::{
    directory::Client as Directory,
    subject::{commit::Transaction, ends::FORGET, record::Loaded, store::OutboxEntry},
};

impl Dispatcher<'_> {
    /// Lets the directory forget the person, and deletes the object once it has, so that nobody is stored who is not
    /// listed; says whether it is gone.
    pub async fn forget(&self, entry: &OutboxEntry) -> Result<bool> {
        // A note that leads elsewhere stands as long as somebody may follow it.
        if let Some(due) = self.subject.notes.next_due(&self.subject.state)? {
            self.with(|transaction, _| self.store.wait(entry, due, transaction.now))?;
            return Ok(false);
        }
        let Some((subject, listed)) = self.with(|transaction, loaded| transaction.may_go(loaded, entry))?.flatten()
        else {
            return Ok(false);
        };
        if let Err(error) = Directory::of(self.app.env()).forget(subject, listed).await {
            return self.try_later(entry, &error).map(|()| false);
        }
        // Whoever came back meanwhile is listed anew.
        let stays = self.with(|transaction, loaded| {
            let stays = !transaction.is_void(loaded)? || self.store.last_due_beside(FORGET)?.is_some();
            if stays {
                transaction.list_anew(loaded)?;
                self.store.save(loaded)?;
                self.store.done(entry, transaction.now)?;
            }
            Ok(stays)
        })?;
        if stays == Some(true) {
            return Ok(false);
        }
        // Nobody can come between: it is asked for in the same turn.
        self.subject.delete_all().await?;
        Ok(true)
    }
}

impl Transaction<'_> {
    /// Whom the directory is to forget, with the time of their row, if nothing is left of them and nothing else is on
    /// its way.
    fn may_go(&self, loaded: &mut Loaded, entry: &OutboxEntry) -> Result<Option<(SubjectId, Timestamp)>> {
        if !self.is_void(loaded)? {
            // The directory may have forgotten them at an earlier try.
            self.list_anew(loaded)?;
            self.store.save(loaded)?;
            return self.store.done(entry, self.now).map(|()| None);
        }
        if let Some(due) = self.store.last_due_beside(FORGET)? {
            return self.store.wait(entry, due.max(self.now), self.now).map(|()| None);
        }
        Ok(Some((loaded.record.id, loaded.record.listed_at.unwrap_or(self.now))))
    }
}
