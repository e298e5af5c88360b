//! How a person's data goes: by an erasure, and by its date (L27). What is due, `shared::subject` decides.

use shared::{
    ids::PurposeId,
    stored::OutboxItem,
    subject::{Needed, State},
    time::Timestamp,
};
use worker::Result;

use super::{commit::Transaction, record::Loaded};

/// The entry that lets the directory forget a person, and then the object go.
pub(super) const FORGET: &str = "forget";

impl Transaction<'_> {
    /// Erases: the data key goes, and the events of each purpose are locked away until the date of their own.
    pub(super) fn erase(&self, loaded: &mut Loaded) -> Result<()> {
        let state = &loaded.record.state;
        for purpose in state.standings.keys() {
            self.lock(state, purpose)?;
        }
        for purpose in &state.rewarded {
            self.forget_code_of(purpose, state.kept_until(purpose))?;
        }
        self.store.forget_all_events()?;
        self.forget_person(loaded)
    }

    /// Erases one purpose, where the person has asked for something since they wanted to be erased.
    pub(super) fn lock_away(&self, loaded: &Loaded, purpose: &PurposeId) -> Result<()> {
        let state = &loaded.record.state;
        self.lock(state, purpose)?;
        if state.rewarded.contains(purpose) {
            self.forget_code_of(purpose, state.kept_until(purpose))?;
        }
        self.store.forget_events_of(purpose)?;
        self.store.forget_messages_of(purpose)
    }

    /// Locks the events of a purpose away. What was never given has nothing to prove.
    fn lock(&self, state: &State, purpose: &PurposeId) -> Result<()> {
        let (Some(_), Some(until)) = (state.proof_until(purpose), state.kept_until(purpose)) else {
            return Ok(());
        };
        let events = self.store.events_of(purpose)?;
        if events.is_empty() { Ok(()) } else { self.store.lock_away(&events, until, self.secrets) }
    }

    /// Deletes what is kept of a purpose's past.
    pub(super) fn expunge(&self, loaded: &Loaded, purpose: &PurposeId) -> Result<()> {
        if loaded.record.state.rewarded.contains(purpose) {
            self.forget_code_of(purpose, None)?;
        }
        self.store.forget_events_of(purpose)?;
        self.store.forget_orders(purpose)
    }

    /// Deletes what says who it is: nothing needs it any more.
    pub(super) fn empty(&self, loaded: &mut Loaded) -> Result<()> {
        self.forget_person(loaded)?;
        if loaded.record.state.needed(self.now) == Needed::Nothing { self.store.forget_inbound_ids() } else { Ok(()) }
    }

    fn forget_person(&self, loaded: &mut Loaded) -> Result<()> {
        self.store.forget_person(loaded, self.now)?;
        loaded.destroy_key();
        Ok(())
    }

    /// `until`: the pool still knows so long that the number has had a code, so that no erasure brings a second one.
    fn forget_code_of(&self, purpose: &PurposeId, until: Option<Timestamp>) -> Result<()> {
        let item = OutboxItem::ForgetCode { purpose: purpose.clone(), until };
        self.store.post(&format!("record/{purpose}/code"), self.now, &item)
    }

    /// Whether nothing is left but the row itself.
    pub(super) fn is_void(&self, loaded: &Loaded) -> Result<bool> {
        let void = loaded.record.state.is_void(loaded.record.number.is_some(), self.now);
        Ok(void && self.store.proofs_end()?.is_none())
    }

    /// Orders the object's own end where nothing is left; says whether that is so.
    pub(super) fn forget_when_void(&self, loaded: &Loaded) -> Result<bool> {
        let void = self.is_void(loaded)?;
        if void && !self.store.waits(FORGET)? {
            self.store.post(FORGET, self.now, &OutboxItem::Forget {})?;
        }
        Ok(void)
    }
}
