//! What the directory says of a person.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    evidence::Request,
    ids::PurposeId,
    stored::{FormRef, Record, Sealing, Source},
    subject::{PurposeState, Standing, State, Suppression},
    time::{Span, Timestamp},
};

/// A person's row. Without the number, but for the sealed row for exports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing {
    /// Each purpose that was ever confirmed or ended, and those that only wait for a yes.
    pub states: BTreeMap<PurposeId, Listed>,
    pub suppression: Suppression,
    /// The form of the request that was last confirmed, else last made; none after an erasure.
    pub form: Option<FormRef>,
    /// That request's campaign.
    pub campaign: Option<String>,
    /// An [`ExportRow`](super::ExportRow) under the `export` key, while a consent is in force.
    pub export: Option<Sealing>,
}

/// How a purpose stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    pub state: PurposeState,
    pub since: Timestamp,
}

impl Listing {
    /// The row of a person, without that for exports: whatever alters this is listed.
    pub fn of(record: &Record) -> Self {
        let (form, campaign) = asked_by(record);
        Self { states: states(&record.state), suppression: record.state.suppression, form, campaign, export: None }
    }

    /// Whether a consent is in force, as far as the directory knows.
    pub fn is_given(&self, purpose: &PurposeId) -> bool {
        self.states.get(purpose).is_some_and(|listed| listed.state == PurposeState::Given)
    }
}

fn states(state: &State) -> BTreeMap<PurposeId, Listed> {
    let mut states: BTreeMap<_, _> = state
        .standings
        .iter()
        .map(|(id, standing)| (id.clone(), Listed { state: standing.state(), since: standing.since() }))
        .collect();
    for (_, pending) in state.asked() {
        for purpose in &pending.purposes {
            // A request never alters a standing.
            states
                .entry(purpose.id.clone())
                .or_insert(Listed { state: PurposeState::Pending, since: pending.requested_at });
        }
    }
    states
}

fn was_erased(state: &State) -> bool {
    state.standings.values().any(|standing| matches!(standing, Standing::Erased { .. }))
}

fn asked_by(record: &Record) -> (Option<FormRef>, Option<String>) {
    match (&record.number, &record.source) {
        (None, _) => (None, None),
        (Some(_), Some(source)) => (Some(source.form.clone()), source.campaign.clone()),
        // Who was stored before there was a directory. After an erasure it is the form of before.
        (Some(_), None) if was_erased(&record.state) => (None, None),
        (Some(_), None) => (record.contact.as_ref().and_then(|contact| contact.form.clone()), None),
    }
}

impl Source {
    pub fn of(request: &Request, campaign: Option<String>) -> Self {
        Self { form: FormRef { form: request.form.clone(), version: request.version }, campaign }
    }
}

impl Record {
    /// Notes which request was confirmed.
    pub fn note_confirmed(&mut self, source: Source) {
        self.source = Some(source);
    }

    /// Notes which request waits now. A stranger's request must not change what is known of who has confirmed one.
    pub fn note_asked(&mut self, source: Source) {
        if self.state.standings.values().all(|standing| matches!(standing, Standing::Erased { .. })) {
            self.source = Some(source);
        }
    }

    /// Notes that the row changes. Each time is later than the one before, whatever the clock says, so that the
    /// directory never takes an older row for a newer one.
    pub fn note_listed(&mut self, now: Timestamp) {
        self.listed_at = Some(self.listed_at.map_or(now, |last| now.max(last + Span::millis(1))));
    }
}
