//! The rows of the outbox.

use serde::{Deserialize, Serialize};
use shared::{
    ids::{GatewayId, PurposeId},
    keys::{Sealed, SubjectId},
    settings::{Sender, WebhookEvent},
    subject::{self, Outgoing, next_due},
    time::{Span, Timestamp},
    token::TokenHash,
};
use worker::Result;

use super::Store;
use crate::{objects::subject::record::Record, platform::secrets::random};

/// Something to be sent or written.
#[derive(Serialize, Deserialize)]
pub enum OutboxItem {
    /// An SMS.
    Sms(Box<SmsItem>),
    /// The evidence of a purpose, as KV has it.
    #[serde(rename = "Record")]
    Projection {
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
    #[serde(rename = "Hook")]
    Webhook {
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

impl Store {
    /// Puts something into the outbox. What waits under the same id is not put twice.
    pub fn post(&self, id: &str, due: Timestamp, item: &OutboxItem) -> Result<()> {
        self.run(
            "INSERT INTO outbox VALUES (?, ?, ?, 0, 0) ON CONFLICT (id) DO UPDATE SET item = excluded.item",
            vec![id.into(), due.millis().into(), serde_json::to_string(item)?.into()],
        )
    }

    /// What is due, the earliest first, at most `most` of it.
    pub fn due(&self, now: Timestamp, most: i64) -> Result<Vec<OutboxEntry>> {
        self.texts(
            "SELECT id, item, attempts, trying FROM outbox WHERE due <= ? ORDER BY due, id LIMIT ?",
            vec![now.millis().into(), most.into()],
        )?
        .into_iter()
        .filter_map(|row| <[String; 4]>::try_from(row).ok())
        .map(|[id, item, attempts, trying]| {
            Ok(OutboxEntry {
                item: serde_json::from_str(&item)?,
                attempts: attempts.parse().unwrap_or(u32::MAX),
                cut_off: trying == "1",
                id,
            })
        })
        .collect()
    }

    /// Notes that an attempt begins.
    pub fn try_now(&self, id: &str) -> Result<()> {
        self.run("UPDATE outbox SET attempts = attempts + 1, trying = 1 WHERE id = ?", vec![id.into()])
    }

    /// Notes that it failed for sure, and when to try again.
    pub fn try_later(&self, id: &str, due: Timestamp) -> Result<()> {
        self.run("UPDATE outbox SET trying = 0, due = ? WHERE id = ?", vec![due.millis().into(), id.into()])
    }

    /// Notes that nobody knows how an attempt ended, and when to ask.
    pub fn ask_later(&self, id: &str, due: Timestamp) -> Result<()> {
        self.run("UPDATE outbox SET due = ? WHERE id = ?", vec![due.millis().into(), id.into()])
    }

    /// Whether it is still in the outbox.
    pub fn waits(&self, id: &str) -> Result<bool> {
        Ok(self.text("SELECT id FROM outbox WHERE id = ?", vec![id.into()])?.is_some())
    }

    /// Takes something out of the outbox.
    pub fn done(&self, id: &str) -> Result<()> {
        self.run("DELETE FROM outbox WHERE id = ?", vec![id.into()])
    }

    /// When there is something to do next.
    pub fn next_due(&self, record: &Record) -> Result<Option<Timestamp>> {
        let entry = self
            .text("SELECT MIN(due) FROM outbox", Vec::new())?
            .and_then(|text| text.parse().ok())
            .map(Timestamp::from_millis);
        let kept = self
            .text("SELECT MIN(until) FROM kept", Vec::new())?
            .and_then(|text| text.parse().ok())
            .map(Timestamp::from_millis);
        let proofs = record.proofs.iter().map(|proof| proof.until);
        Ok(entry.into_iter().chain(kept).chain(next_due(&record.state)).chain(proofs).min())
    }

    /// Requests whose SMS nobody can have got yet: not handed over, nor just being tried.
    pub fn unsent(&self) -> Result<Vec<TokenHash>> {
        let mut trying = Vec::new();
        for json in self.texts("SELECT item FROM outbox WHERE trying = 1", Vec::new())?.into_iter().flatten() {
            if let OutboxItem::Sms(sms) = serde_json::from_str(&json)?
                && let Outgoing::Confirmation { link } = sms.outgoing
            {
                trying.push(link);
            }
        }
        let unsent =
            self.all_sms()?.into_iter().filter(|(link, sms)| sms.sent.sent_at.is_none() && !trying.contains(link));
        Ok(unsent.map(|(link, _)| link).collect())
    }

    /// Lets all that tells the owner wait, in its order.
    pub fn delay_webhooks(&self, due: Timestamp) -> Result<()> {
        self.run(
            "UPDATE outbox SET due = ?1, attempts = attempts + 1 WHERE id LIKE 'hook/%' AND due < ?1",
            vec![due.millis().into()],
        )
    }
}

/// Something in the outbox.
pub struct OutboxEntry {
    /// Its id, which is also our reference at the gateway.
    pub id: String,
    /// What it is.
    pub item: OutboxItem,
    /// Attempts begun.
    pub attempts: u32,
    /// An attempt began and nobody knows how it ended.
    pub cut_off: bool,
}

impl OutboxEntry {
    /// How long to wait after the attempt that follows those begun: 2 s, 4 s, 8 s, … up to an hour, each up to half as
    /// long again, so that retries don't come in step.
    pub fn pause(&self) -> Span {
        let seconds = 2_i64.saturating_pow(self.attempts.saturating_add(1).clamp(1, 11)).min(3600);
        let [jitter] = random::<1>();
        Span::seconds(seconds + seconds * i64::from(jitter) / 512)
    }
}
