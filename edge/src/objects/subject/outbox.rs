//! What leaves a person's object, by alarm: SMS through the gate, copies for KV, and what the owner is told.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use shared::{
    ids::{GatewayId, PurposeId},
    keys::{Sealed, SubjectId},
    settings::{Sender, Settings, WebhookEvent},
    subject::{self, Outgoing},
    time::{Span, Timestamp},
    token::TokenHash,
};
use worker::{Error, Result};

use super::{Subject, desk::Desk, queue::Posted, store::Store};
use crate::{
    app::App,
    clock, forms,
    meter::{self, Billed},
    objects::{
        pool, wake_at,
        webhook::{Event, tell},
    },
    rewards,
    secrets::{Secrets, random},
};

/// Rows that one alarm works off; the rest waits for the next.
const BATCH: i64 = 10;
/// Should an alarm die on the way, the next one comes by itself.
const SAFETY: Span = Span::seconds(30);

/// Something to be sent or written.
#[derive(Serialize, Deserialize)]
pub enum Item {
    /// An SMS.
    Sms(Box<SmsItem>),
    /// The evidence of a purpose, for KV.
    Record {
        /// The purpose.
        purpose: PurposeId,
    },
    /// The reward of a purpose: its code is fetched, then it becomes an SMS.
    Reward {
        /// The purpose.
        purpose: PurposeId,
    },
    /// The code of an erased person's reward: its pool forgets whose it is.
    ForgetCode {
        /// The purpose.
        purpose: PurposeId,
    },
    /// Something that the owner is told. It is as it was when it happened, whatever comes after.
    Hook {
        /// Its id, the same in each attempt and replay.
        id: String,
        /// What happened.
        kind: WebhookEvent,
        /// When.
        time: Timestamp,
        /// Whom it is about.
        subject: SubjectId,
        /// More of it, as JSON.
        data: String,
    },
    /// A request that sends nothing: its rows are deleted.
    Nothing {
        /// Its link.
        link: TokenHash,
    },
}

/// An SMS that waits.
#[derive(Serialize, Deserialize)]
pub struct SmsItem {
    /// What the gate asks about.
    pub outgoing: Outgoing,
    /// What it comes from.
    pub sender: Sender,
    /// Which of the sender's gateways takes it.
    pub via: Via,
    /// Its text, with the link in it, sealed.
    pub text: Sealed,
    /// When it was ordered.
    pub ordered_at: Timestamp,
}

/// One of a sender's gateways.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Via {
    /// The one that it has.
    First,
    /// The one for when that surely can't.
    Fallback,
}

impl SmsItem {
    pub fn gateway(&self) -> &GatewayId {
        match self.via {
            Via::First => &self.sender.gateway,
            Via::Fallback => self.sender.fallback.as_ref().unwrap_or(&self.sender.gateway),
        }
    }

    /// How long it is tried: a confirmation as long as it can be confirmed, everything else for a day.
    pub fn tried_until(&self) -> Timestamp {
        match self.outgoing {
            Outgoing::Confirmation { .. } => self.ordered_at + subject::CONFIRM_WITHIN,
            _ => self.ordered_at + Span::days(1),
        }
    }
}

/// A new id.
pub fn id() -> String {
    URL_SAFE_NO_PAD.encode(random::<12>())
}

impl Subject {
    /// Works off what is due.
    pub(super) async fn work(&self) -> Result<()> {
        meter::count(Billed::ObjectRequest, 1);
        let Some(store) = self.store(false)? else {
            return Ok(());
        };
        wake_at(&self.state, clock::now() + SAFETY).await?;
        let app = App::new(self.env.clone(), &Default::default()).map_err(|error| Error::from(error.to_string()))?;
        let settings = forms::settings(&app)
            .await
            .map_err(|_| "the settings can't be read")?
            .ok_or("an object without settings")?;
        let work = Work { subject: self, store, app: &app, settings: &settings };
        work.with(|_, _| Ok(()))?;
        store.forget_kept(clock::now())?;
        for posted in store.due(clock::now(), BATCH)? {
            match &posted.item {
                Item::Nothing { link } => {
                    store.forget_request(link)?;
                    store.forget_link(link)?;
                    store.done(&posted.id)?;
                }
                Item::Sms(sms) => work.send_sms(&posted, sms).await?,
                Item::Record { purpose } => work.write_record(&posted, purpose).await?,
                Item::Reward { purpose } => work.reward(&posted, purpose).await?,
                Item::ForgetCode { purpose } => work.forget_code(&posted, purpose).await?,
                Item::Hook { .. } => {
                    if !work.tell(&posted).await? {
                        store.delay_hooks(clock::now() + posted.pause())?;
                        break; // what comes after it must not overtake it
                    }
                }
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

/// What working off needs at hand.
pub struct Work<'a> {
    subject: &'a Subject,
    pub store: &'a Store,
    pub app: &'a App,
    pub settings: &'a Settings,
}

impl Work<'_> {
    pub fn secrets(&self) -> &Secrets {
        self.app.secrets()
    }

    /// Does something with the row that decides, which is loaded and up to date; nobody else comes between.
    pub fn with<T>(&self, work: impl FnOnce(&Desk, &mut super::Loaded) -> Result<T>) -> Result<Option<T>> {
        let mut slot = self.subject.loaded.borrow_mut();
        if slot.is_none() {
            *slot = self.store.load(self.secrets())?;
        }
        let Some(loaded) = slot.as_mut() else {
            return Ok(None);
        };
        let desk = Desk::new(self.store, self.secrets(), clock::now(), !self.settings.webhooks.is_empty());
        desk.catch_up(loaded)?;
        work(&desk, loaded).map(Some)
    }

    /// Fetches the code of a reward and orders the welcome SMS with it.
    async fn reward(&self, posted: &Posted, purpose: &PurposeId) -> Result<()> {
        let given = self.with(|_, loaded| {
            let given = loaded.record.state.given(purpose, clock::now());
            Ok(given.map(|given| (given.lang, loaded.record.id)))
        })?;
        let reward = self.settings.purpose(purpose).and_then(|purpose| purpose.reward.as_ref());
        let (Some((lang, subject)), Some(reward)) = (given.flatten(), reward) else {
            return self.store.done(&posted.id);
        };
        match rewards::text(self.app, self.settings, purpose, reward, subject, lang).await {
            Ok(Some(text)) => self
                .with(|desk, loaded| {
                    desk.welcome(loaded, purpose, &text)?;
                    self.store.done(&posted.id)
                })
                .map(|_| ()),
            // The pool is empty: the owner was told before, and may fill it.
            Ok(None) => self.store.try_later(&posted.id, clock::now() + Span::hours(1)),
            Err(_) => {
                self.store.try_now(&posted.id)?;
                self.store.try_later(&posted.id, clock::now() + posted.pause())
            }
        }
    }

    async fn forget_code(&self, posted: &Posted, purpose: &PurposeId) -> Result<()> {
        let Some(subject) = self.with(|_, loaded| Ok(loaded.record.id.to_string()))? else {
            return self.store.done(&posted.id);
        };
        match pool::forget(self.app.env(), purpose, &subject).await {
            Ok(()) => self.store.done(&posted.id),
            Err(_) => self.store.try_later(&posted.id, clock::now() + Span::hours(1)),
        }
    }

    /// Hands what happened to the owner's webhooks; says whether it could.
    async fn tell(&self, posted: &Posted) -> Result<bool> {
        let Item::Hook { id, kind, time, subject, data } = &posted.item else {
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
            Ok(()) => self.store.done(&posted.id).map(|()| true),
            Err(error) => {
                worker::console_error!("webhooks: {error}");
                Ok(false)
            }
        }
    }
}
