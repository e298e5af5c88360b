//! What is still needed of a person, and until when (L27).

use super::{
    rules::{ANSWERED, NEVER_AGREED, SUPPRESSED_LONGER, UNANSWERED},
    state::State,
    suppression::Suppression,
};
use crate::{ids::PurposeId, time::Timestamp};

/// What has to be kept of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Needed {
    Nothing,
    /// The keyed hash, by which a suppression or a locked proof is found.
    Hash,
    /// All that there is, with the number.
    Person,
}

impl State {
    /// What has to be kept now.
    pub fn needed(&self, now: Timestamp) -> Needed {
        if self.has_reasons() || self.inbox.has_texts() || self.remembered_until().is_some_and(|end| now < end) {
            Needed::Person
        } else if !self.standings.is_empty() || self.stays_silent(now) {
            Needed::Hash
        } else {
            Needed::Nothing
        }
    }

    /// Whether a suppression holds, or has to be remembered: who left requests unanswered is spared longer the next time.
    fn stays_silent(&self, now: Timestamp) -> bool {
        self.suppression.holds(now) || self.remembers_silence_until().is_some_and(|end| now < end)
    }

    fn remembers_silence_until(&self) -> Option<Timestamp> {
        match self.suppression {
            Suppression::Until(end) if self.unanswered >= UNANSWERED => Some(end + SUPPRESSED_LONGER),
            _ => None,
        }
    }

    /// Until when the past of a purpose is kept; none while its consent is in force. Claims over an SMS are barred at
    /// the end of the third year after it. What was never given has nothing to prove.
    pub fn kept_until(&self, purpose: &PurposeId) -> Option<Timestamp> {
        let least = self.standings.get(purpose)?.ended()? + NEVER_AGREED;
        Some(self.proof_until(purpose).map_or(least, |end| end.max(least)))
    }

    /// Until when the proof of a purpose is kept, should its consent end now; none where it was never given.
    pub fn proof_until(&self, purpose: &PurposeId) -> Option<Timestamp> {
        self.last_sms.get(purpose).map(|at| at.end_of_third_year())
    }

    /// Until when an erasure now would keep a locked proof, if it kept one.
    pub fn erasure_keeps_until(&self, now: Timestamp) -> Option<Timestamp> {
        let standing = self.standings.iter().filter(|(_, standing)| !standing.is_erased());
        standing.filter_map(|(purpose, _)| self.proof_until(purpose)).max().map(|end| end.max(now + NEVER_AGREED))
    }

    /// Whether nothing is left, so that the object can go.
    pub fn is_void(&self, has_number: bool, now: Timestamp) -> bool {
        self.needed(now) == Needed::Nothing && !self.empties(has_number, now)
    }

    /// Whether something is known for which the number is kept: a request, a consent, or what proves one.
    pub(super) fn has_reasons(&self) -> bool {
        let requests = !self.pendings.is_empty() || !self.closed.is_empty();
        requests || self.standings.keys().any(|purpose| !self.is_hash_enough(purpose))
    }

    /// Whether a purpose was erased, or stopped and never given.
    fn is_hash_enough(&self, purpose: &PurposeId) -> bool {
        self.standings.get(purpose).is_some_and(|standing| {
            standing.is_erased() || (standing.ended().is_some() && !self.last_sms.contains_key(purpose))
        })
    }

    /// For how long it must be remembered that something was ordered or allowed, whatever else is known.
    fn remembered_until(&self) -> Option<Timestamp> {
        let once = [self.answered, self.not_understood, self.started, self.told_already, self.allowed_at, self.read];
        let times = once.iter().flatten().chain(&self.confirmations).chain(&self.fresh_links).chain(&self.helps);
        times.max().map(|at| *at + ANSWERED)
    }

    /// The same without what needs the number.
    pub(super) fn hash_alone(&self, now: Timestamp) -> Self {
        let stays = |purpose: &&PurposeId| self.is_hash_enough(purpose);
        let lifted = self.suppression == Suppression::UntilAllowed;
        let standings = self.standings.iter().filter(|(id, _)| stays(id));
        let last_sms = self.last_sms.iter().filter(|(id, _)| stays(id));
        // As long as a STOP is known, so is the START that lifted it.
        let lifts = self.standings.keys().any(|id| stays(&id));
        Self {
            standings: standings.map(|(id, standing)| (id.clone(), standing.clone())).collect(),
            suppression: if self.stays_silent(now) { self.suppression } else { Suppression::None },
            unanswered: self.remembers_silence_until().filter(|end| now < *end).map_or(0, |_| self.unanswered),
            rewarded: self.rewarded.iter().filter(stays).cloned().collect(),
            last_sms: last_sms.map(|(id, at)| (id.clone(), *at)).collect(),
            allowed_at: self.allowed_at.filter(|_| lifts),
            // Links that lift it stay what they are.
            generation: if lifted { self.generation } else { 0 },
            broken: lifted && self.broken,
            ..Self::default()
        }
    }

    /// Whether the person is to be emptied.
    pub(super) fn empties(&self, has_number: bool, now: Timestamp) -> bool {
        self.needed(now) < Needed::Person && (has_number || *self != self.hash_alone(now))
    }

    /// When the person is to be emptied next, as far as only time has to pass.
    pub(super) fn empties_at(&self, has_number: bool) -> Option<Timestamp> {
        if self.has_reasons() || self.inbox.has_texts() {
            return None;
        }
        // At once, where nothing is remembered.
        let first = self.remembered_until().unwrap_or(Timestamp::from_millis(0));
        if self.empties(has_number, first) {
            return Some(first);
        }
        match self.suppression {
            Suppression::Until(end) => Some(self.remembers_silence_until().unwrap_or(end).max(first)),
            Suppression::None | Suppression::UntilAllowed => None,
        }
    }
}
