//! The person's row in the directory, and the copies of consents in force.

use std::collections::BTreeMap;

use shared::{
    directory::{Consent, ConsentInForce, ExportRow, Listing, Tip},
    ids::PurposeId,
    stored::{OutboxItem, Sealing},
    time::Timestamp,
};
use worker::Result;

use super::Dispatcher;
use crate::{
    objects::{
        directory::{Client as Directory, Row},
        subject::{commit::Transaction, record::Loaded, store::OutboxEntry},
    },
    platform::{secrets::random, sql::fault},
};

/// There is one such entry: it takes the newest state when it is worked off.
const ID: &str = "listing";

impl Dispatcher<'_> {
    /// Lists the person as they are now.
    pub async fn list(&self, entry: &OutboxEntry) -> Result<()> {
        let row = self.with(|transaction, loaded| transaction.row(loaded))?.flatten();
        let Some(row) = row else {
            return self.done(entry);
        };
        match Directory::of(self.app.env()).put(row).await {
            Ok(()) => self.done(entry),
            Err(error) => self.try_later(entry, &error),
        }
    }
}

impl Transaction<'_> {
    /// Orders that the directory lists the person anew, if what it says of them has changed since `before`, or it
    /// has never heard of them; that it forgets them, if nothing is left.
    pub fn list_after(&self, loaded: &mut Loaded, before: &Listing) -> Result<()> {
        if self.forget_when_void(loaded)? {
            return Ok(());
        }
        if loaded.record.listed_at.is_some() && *before == Listing::of(&loaded.record) {
            return Ok(());
        }
        self.list_anew(loaded)
    }

    /// Orders that the directory lists the person by a row that is newer than each before.
    pub fn list_anew(&self, loaded: &mut Loaded) -> Result<()> {
        loaded.record.note_listed(self.now);
        self.list_again()
    }

    fn list_again(&self) -> Result<()> {
        self.store.post(ID, self.now, &OutboxItem::Listing {})
    }

    /// The row as it is now; none for a person whose listing was never ordered.
    fn row(&self, loaded: &Loaded) -> Result<Option<Row>> {
        let Some(changed_at) = loaded.record.listed_at else {
            return Ok(None);
        };
        let listing = Listing { export: self.export(loaded)?, ..Listing::of(&loaded.record) };
        Ok(Some(Row { subject: loaded.record.id, changed_at, listing }))
    }

    fn export(&self, loaded: &Loaded) -> Result<Option<Sealing>> {
        let consents = self.consents(loaded)?;
        if consents.is_empty() {
            return Ok(None);
        }
        let row = ExportRow { number: loaded.number()?, consents };
        row.seal(&self.secrets.export, random()).map(Some).map_err(fault)
    }

    /// All consents in force.
    fn consents(&self, loaded: &Loaded) -> Result<BTreeMap<PurposeId, Consent>> {
        let mut consents = BTreeMap::new();
        for purpose in loaded.record.state.standings.keys() {
            if let Some(consent) = self.consent(loaded, purpose)? {
                consents.insert(purpose.clone(), consent);
            }
        }
        Ok(consents)
    }

    fn consent(&self, loaded: &Loaded, purpose: &PurposeId) -> Result<Option<Consent>> {
        let Some(given) = loaded.record.state.given(purpose, self.now) else {
            return Ok(None);
        };
        let yes = self.store.latest_yes(loaded, purpose)?.ok_or_else(|| fault("a consent without its event"))?;
        Ok(Some(Consent { since: given.since, lang: given.lang, form: yes.form()?, reference: yes.reference }))
    }

    /// What KV holds of a purpose: nothing where no consent is in force.
    pub fn value_in_kv(&self, loaded: &Loaded, purpose: &PurposeId) -> Result<Option<String>> {
        let Some(consent) = self.consent(loaded, purpose)? else {
            return Ok(None);
        };
        let tip = self.store.tip(purpose)?.ok_or_else(|| fault("a consent without a chain"))?;
        let copy = ConsentInForce {
            subject: loaded.record.id,
            number: loaded.number()?,
            purpose: purpose.clone(),
            consent,
            tip: Tip { seq: tip.seq, hash: tip.hash },
        };
        copy.seal(&self.secrets.export, random()).map(Some).map_err(fault)
    }

    /// Answers the nightly sweep: lists the person anew where the directory has another row, and says what is in force.
    pub fn sweep(&self, loaded: &Loaded, listed: Option<Timestamp>) -> Result<BTreeMap<PurposeId, Consent>> {
        if loaded.record.listed_at != listed {
            self.list_again()?;
        }
        self.consents(loaded)
    }
}
