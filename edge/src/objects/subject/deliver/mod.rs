//! What leaves a person's object, by alarm: SMS through the gate, what KV and the directory have of the person, and
//! what the owner is told.

mod evidence;
mod forget;
mod listing;
mod sms;
mod turn;

use shared::{
    ids::PurposeId,
    settings::Settings,
    stored::{OutboxItem, Parked, ParkedItem},
    time::{Span, Timestamp},
};
use worker::{Error, Result};

use super::{
    commit::Transaction,
    object::Subject,
    protocol::Around,
    record::Loaded,
    store::{OutboxEntry, Store},
};
use crate::{
    objects::{
        pool,
        registry::Client as Registry,
        webhook::{Event, tell},
    },
    platform::{clock, context::App, secrets::Secrets, stored, transaction::transaction},
    problem::Problem,
    service::{deployment, lookup},
};

/// Rows that one alarm works off; the rest waits for the next.
const BATCH: i64 = 10;

/// Whether what is told webhooks next may follow.
enum Told {
    Yes,
    /// It has to wait: what happened later must not overtake it.
    Waits,
}

impl Subject {
    /// Works off what is due; says when to come back.
    pub(super) async fn work(&self) -> Result<Option<Timestamp>> {
        deployment::check(&self.env).await?;
        let no_notes_left = self.all_or_nothing(|_| self.notes.forget_before(&self.state, clock::now()))?;
        let Some(store) = self.store(false)? else {
            if no_notes_left {
                self.state.storage().delete_all().await?;
                self.notes.forget();
            }
            return self.next_due(None);
        };
        let store = &*store;
        let app = App::new(self.env.clone(), &Default::default())?;
        let settings = lookup::settings(&self.env).await.map_err(Problem::into_error)?;
        let settings = settings.ok_or("an object without settings")?;
        let dispatcher = Dispatcher { subject: self, store, app: &app, settings: &settings };
        dispatcher.with(|transaction, loaded| store.forget_by_date(loaded, transaction.now))?;
        let mut told = Told::Yes;
        for entry in store.due(clock::now(), BATCH)? {
            let entry = match entry {
                Ok(entry) => entry,
                Err(id) => {
                    dispatcher.park_unreadable(&id)?;
                    continue;
                }
            };
            if matches!(entry.item, OutboxItem::Forget {}) {
                match dispatcher.forget(&entry).await {
                    Ok(true) => return Ok(None),
                    Ok(false) => {}
                    Err(error) => dispatcher.failed(&entry, &error)?,
                }
                continue;
            }
            let webhook = matches!(entry.item, OutboxItem::Webhook { .. });
            if webhook && matches!(told, Told::Waits) {
                continue;
            }
            match dispatcher.dispatch(&entry).await {
                Ok(next) if webhook => told = next,
                Ok(_) => {}
                Err(error) => {
                    if webhook && !entry.parks() && !stored::is_unreadable(&error) {
                        told = Told::Waits;
                    }
                    dispatcher.failed(&entry, &error)?;
                }
            }
        }
        let due = dispatcher.with(|_, loaded| self.next_due(Some(loaded)))?;
        due.map_or_else(|| self.next_due(None), Ok)
    }
}

pub struct Dispatcher<'a> {
    subject: &'a Subject,
    pub store: &'a Store,
    pub app: &'a App,
    pub settings: &'a Settings,
}

impl Dispatcher<'_> {
    /// Works off one entry, which leaves when what it orders is done.
    async fn dispatch(&self, entry: &OutboxEntry) -> Result<Told> {
        match &entry.item {
            OutboxItem::Nothing { link } => self.in_transaction(|now| {
                self.store.forget_request(link)?;
                self.store.forget_link(link)?;
                self.store.done(entry, now)
            })?,
            OutboxItem::Sms(sms) => self.send_sms(entry, sms).await?,
            OutboxItem::Projection { purpose } => self.project(entry, purpose).await?,
            OutboxItem::Listing {} => self.list(entry).await?,
            OutboxItem::Reward { purpose } => self.reward(entry, purpose).await?,
            OutboxItem::ForgetCode { purpose, until } => self.forget_code(entry, purpose, *until).await?,
            OutboxItem::Webhook { .. } => return self.tell(entry).await,
            // After all others: nothing follows it.
            OutboxItem::Forget {} => {}
            OutboxItem::Parked { entry: parked, parked: how } => self.note_parked(entry, parked, how.clone()).await?,
        }
        Ok(Told::Yes)
    }

    /// What one entry failed by is no other's fault: it waits, and is parked after some tries.
    fn failed(&self, entry: &OutboxEntry, error: &Error) -> Result<()> {
        if stored::is_unreadable(error) {
            return self.park_unreadable(&entry.id);
        }
        worker::console_error!("outbox: {error}");
        let failed = self.with(|transaction, loaded| {
            let parked = self.store.failed(entry, transaction.now)?;
            // Else each would breed the next one, told by `GET /healthz` alone.
            let told = parked.filter(|what| *what != ParkedItem::Webhook);
            told.map_or(Ok(()), |what| transaction.tell_parked(loaded, what))
        });
        failed.map(|_| ())
    }

    fn park_unreadable(&self, id: &str) -> Result<()> {
        let parked = self.with(|transaction, loaded| {
            let new = self.store.park_unreadable(id, transaction.now)?;
            if new { transaction.tell_parked(loaded, ParkedItem::Unreadable) } else { Ok(()) }
        });
        parked.map(|_| ())
    }

    /// Tells the registry, whose word `GET /healthz` gives.
    async fn note_parked(&self, entry: &OutboxEntry, id: &str, parked: Option<Parked>) -> Result<()> {
        let Some(subject) = self.with(|_, loaded| Ok(loaded.record.id))? else {
            return self.done(entry);
        };
        match Registry::of(self.app.env()).note_parked(subject, id.to_owned(), parked).await {
            Ok(()) => self.done(entry),
            Err(error) => self.try_later(entry, &error),
        }
    }

    fn in_transaction<T>(&self, work: impl FnOnce(Timestamp) -> Result<T>) -> Result<T> {
        transaction(&self.subject.state, || work(clock::now()))
    }

    fn done(&self, entry: &OutboxEntry) -> Result<()> {
        self.in_transaction(|now| self.store.done(entry, now))
    }

    /// Somebody else could not: it is tried again after a pause that grows.
    fn try_later(&self, entry: &OutboxEntry, error: &Error) -> Result<()> {
        worker::console_error!("outbox: {error}");
        self.store.try_later(entry, clock::now())
    }

    pub fn secrets(&self) -> &Secrets {
        self.app.secrets()
    }

    /// Does something with the row that decides, which is loaded and up to date: all of it or nothing, and nobody else
    /// comes between.
    pub fn with<T>(&self, work: impl FnOnce(&Transaction, &mut Loaded) -> Result<T>) -> Result<Option<T>> {
        self.subject.all_or_nothing(|slot| {
            if slot.is_none() {
                *slot = self.store.load(self.secrets())?;
            }
            let Some(loaded) = slot.as_mut() else {
                return Ok(None);
            };
            let transaction =
                Transaction::new(self.store, self.secrets(), clock::now(), !self.settings.webhooks.is_empty());
            transaction.catch_up(loaded)?;
            work(&transaction, loaded).map(Some)
        })
    }

    /// Fetches the code of a reward and orders the welcome SMS with it.
    async fn reward(&self, entry: &OutboxEntry, purpose: &PurposeId) -> Result<()> {
        let given = self.with(|_, loaded| {
            let given = loaded.record.state.given(purpose, clock::now());
            Ok(given.map(|given| (given.lang, loaded.record.id)))
        })?;
        let reward = self.settings.purpose(purpose).and_then(|purpose| purpose.reward.as_ref());
        let (Some((lang, subject)), Some(reward)) = (given.flatten(), reward) else {
            return self.done(entry);
        };
        let around = Around::new(self.settings, purpose, self.app.links_to(self.settings));
        match pool::text(self.app.env(), self.settings, purpose, reward, subject, lang).await {
            Ok(pool::Text::Filled(text)) => self
                .with(|transaction, loaded| {
                    transaction.welcome(loaded, purpose, &text, &around)?;
                    self.store.done(entry, transaction.now)
                })
                .map(|_| ()),
            // The pool is empty: the owner was told before, and may fill it.
            Ok(pool::Text::Empty) => self.store.wait(entry, clock::now() + Span::hours(1), clock::now()),
            Ok(pool::Text::HadOne) => self.done(entry),
            Err(problem) => self.try_later(entry, &problem.into_error()),
        }
    }

    async fn forget_code(&self, entry: &OutboxEntry, purpose: &PurposeId, until: Option<Timestamp>) -> Result<()> {
        let Some(subject) = self.with(|_, loaded| Ok(loaded.record.id))? else {
            return self.done(entry);
        };
        match pool::Client::of(self.app.env(), purpose).forget(subject, until).await {
            Ok(()) => self.done(entry),
            Err(error) => self.try_later(entry, &error),
        }
    }

    /// Hands what happened to the owner's webhooks.
    async fn tell(&self, entry: &OutboxEntry) -> Result<Told> {
        let OutboxItem::Webhook { id, kind, time, subject, data, reference } = &entry.item else {
            return Ok(Told::Yes);
        };
        let number = self.with(|_, loaded| loaded.number())?.filter(|number| !number.is_empty());
        let event = Event {
            id: id.clone(),
            kind: *kind,
            time: *time,
            subject: subject.to_string(),
            data: serde_json::from_str(data)?,
            number,
            reference: reference.clone(),
        };
        match tell(self.app.env(), self.settings, &event).await {
            Ok(()) => self.done(entry).map(|()| Told::Yes),
            Err(error) => {
                worker::console_error!("webhooks: {error}");
                self.store.delay_webhooks(clock::now() + entry.pause())?;
                Ok(Told::Waits)
            }
        }
    }
}
