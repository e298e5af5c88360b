//! Projections of evidence to KV.

use serde::Serialize;
use shared::{
    ids::PurposeId,
    lang::Lang,
    stored::{ConsentProjection, Sealing},
    time::Timestamp,
};
use worker::Result;

use super::Dispatcher;
use crate::{
    objects::subject::store::OutboxEntry,
    platform::{
        clock,
        kv::{self, Key},
        secrets::random,
        sql::fault,
        stored,
    },
};

impl Dispatcher<'_> {
    /// Projects a chain to KV: sealed under the person's own key, with the row for exports beside it while the
    /// consent is in force.
    pub async fn project(&self, entry: &OutboxEntry, purpose: &PurposeId) -> Result<()> {
        let projection = self.with(|_, loaded| {
            let key = Key::Consent(purpose, loaded.record.id);
            if loaded.record.number.is_none() {
                return Ok((key, None, None));
            }
            let evidence = serde_json::to_string(&self.store.evidence(purpose)?)?;
            let row = match loaded.record.state.given(purpose, clock::now()) {
                Some(given) => {
                    let row = ExportRow { number: loaded.number()?, since: given.since, lang: given.lang };
                    let row = serde_json::to_string(&row)?;
                    let sealed = self.secrets().export.seal(random(), "export", row.as_bytes()).map_err(fault)?;
                    Some(stored::write(&Sealing(sealed))?)
                }
                None => None,
            };
            Ok((key, Some(stored::write(&ConsentProjection(loaded.seal("evidence", &evidence)?))?), row))
        })?;
        let Some((key, value, row)) = projection else {
            return self.done(entry);
        };
        let written = match &value {
            Some(value) => kv::put(self.app.env(), key, value, row.as_deref()).await,
            None => kv::delete(self.app.env(), key).await,
        };
        match written {
            Ok(()) => self.done(entry),
            Err(error) => self.try_later(entry, &error),
        }
    }
}

/// What an export shows of a consent in force.
#[derive(Serialize)]
struct ExportRow {
    number: String,
    since: Timestamp,
    lang: Lang,
}
