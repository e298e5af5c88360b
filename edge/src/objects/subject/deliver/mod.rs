//! What leaves a person's object, by alarm: SMS through the gate, projections to KV, and what the owner is told.

mod evidence;
mod sms;
mod turn;

use shared::{ids::PurposeId, settings::Settings, stored::OutboxItem, time::Span};
use worker::Result;

use super::{
    commit::Transaction,
    object::Subject,
    record::Loaded,
    store::{OutboxEntry, Store},
};
use crate::{
    objects::{
        pool,
        webhook::{Event, tell},
    },
    platform::{
        clock,
        context::App,
        meter::{self, Billed},
        object::wake_at,
        secrets::Secrets,
        sql::fault,
        stored,
    },
    problem::Problem,
    service::lookup,
};

/// Rows that one alarm works off; the rest waits for the next.
const BATCH: i64 = 10;
/// Should an alarm die on the way, the next one comes by itself.
const SAFETY: Span = Span::seconds(30);

impl Subject {
    pub(super) async fn work(&self) -> Result<()> {
        meter::count(Billed::ObjectRequest, 1);
        let Some(store) = self.store(false)? else {
            return Ok(());
        };
        wake_at(&self.state, clock::now() + SAFETY).await?;
        let app = App::new(self.env.clone(), &Default::default()).map_err(fault)?;
        let settings = lookup::settings(&self.env).await.map_err(Problem::into_error)?;
        let settings = settings.ok_or("an object without settings")?;
        let dispatcher = Dispatcher { subject: self, store, app: &app, settings: &settings };
        dispatcher.with(|_, _| Ok(()))?;
        store.forget_kept(clock::now())?;
        for entry in store.due(clock::now(), BATCH)? {
            match dispatcher.dispatch(&entry).await {
                Ok(true) => {}
                Ok(false) => break,
                // It leads to something that this build can't read; others go on.
                Err(error) if stored::is_unreadable(&error) => store.pass_over(entry.id),
                Err(error) => return Err(error),
            }
        }
        let next = match self.loaded.borrow().as_ref() {
            Some(loaded) => store.next_due(&loaded.record)?,
            None => None,
        };
        match next {
            Some(due) => wake_at(&self.state, due).await,
            None => self.state.storage().delete_alarm().await,
        }
    }
}

pub struct Dispatcher<'a> {
    subject: &'a Subject,
    pub store: &'a Store,
    pub app: &'a App,
    pub settings: &'a Settings,
}

impl Dispatcher<'_> {
    /// Works off one entry; says whether the next may follow.
    async fn dispatch(&self, entry: &OutboxEntry) -> Result<bool> {
        match &entry.item {
            OutboxItem::Nothing { link } => {
                self.store.forget_request(link)?;
                self.store.forget_link(link)?;
                self.store.done(&entry.id)?;
            }
            OutboxItem::Sms(sms) => self.send_sms(entry, sms).await?,
            OutboxItem::Projection { purpose } => self.project(entry, purpose).await?,
            OutboxItem::Reward { purpose } => self.reward(entry, purpose).await?,
            OutboxItem::ForgetCode { purpose } => self.forget_code(entry, purpose).await?,
            OutboxItem::Webhook { .. } => {
                if !self.tell(entry).await? {
                    self.store.delay_webhooks(clock::now() + entry.pause())?;
                    return Ok(false); // what comes after it must not overtake it
                }
            }
        }
        Ok(true)
    }

    pub fn secrets(&self) -> &Secrets {
        self.app.secrets()
    }

    /// Does something with the row that decides, which is loaded and up to date; nobody else comes between.
    pub fn with<T>(&self, work: impl FnOnce(&Transaction, &mut Loaded) -> Result<T>) -> Result<Option<T>> {
        let mut slot = self.subject.loaded.borrow_mut();
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
    }

    /// Fetches the code of a reward and orders the welcome SMS with it.
    async fn reward(&self, entry: &OutboxEntry, purpose: &PurposeId) -> Result<()> {
        let given = self.with(|_, loaded| {
            let given = loaded.record.state.given(purpose, clock::now());
            Ok(given.map(|given| (given.lang, loaded.record.id)))
        })?;
        let reward = self.settings.purpose(purpose).and_then(|purpose| purpose.reward.as_ref());
        let (Some((lang, subject)), Some(reward)) = (given.flatten(), reward) else {
            return self.store.done(&entry.id);
        };
        match pool::text(self.app.env(), self.settings, purpose, reward, subject, lang).await {
            Ok(Some(text)) => self
                .with(|transaction, loaded| {
                    transaction.welcome(loaded, purpose, &text)?;
                    self.store.done(&entry.id)
                })
                .map(|_| ()),
            // The pool is empty: the owner was told before, and may fill it.
            Ok(None) => self.store.try_later(&entry.id, clock::now() + Span::hours(1)),
            Err(_) => {
                self.store.try_now(&entry.id)?;
                self.store.try_later(&entry.id, clock::now() + entry.pause())
            }
        }
    }

    async fn forget_code(&self, entry: &OutboxEntry, purpose: &PurposeId) -> Result<()> {
        let Some(subject) = self.with(|_, loaded| Ok(loaded.record.id))? else {
            return self.store.done(&entry.id);
        };
        match pool::Client::of(self.app.env(), purpose).forget(subject).await {
            Ok(()) => self.store.done(&entry.id),
            Err(_) => self.store.try_later(&entry.id, clock::now() + Span::hours(1)),
        }
    }

    /// Hands what happened to the owner's webhooks; says whether it could.
    async fn tell(&self, entry: &OutboxEntry) -> Result<bool> {
        let OutboxItem::Webhook { id, kind, time, subject, data } = &entry.item else {
            return Ok(true);
        };
        let number = self.with(|_, loaded| loaded.number())?.filter(|number| !number.is_empty());
        let event = Event {
            id: id.clone(),
            kind: *kind,
            time: *time,
            subject: subject.to_string(),
            data: serde_json::from_str(data)?,
            number,
        };
        match tell(self.app.env(), self.settings, &event).await {
            Ok(()) => self.store.done(&entry.id).map(|()| true),
            Err(error) => {
                worker::console_error!("webhooks: {error}");
                Ok(false)
            }
        }
    }
}
