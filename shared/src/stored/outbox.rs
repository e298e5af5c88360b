use serde::{Deserialize, Serialize};

use super::{Stored, Upgrade};
use crate::{
    ids::{GatewayId, PurposeId},
    keys::{Sealed, SubjectId},
    settings::{Sender, WebhookEvent},
    subject::{CONFIRM_WITHIN, Outgoing},
    time::{Span, Timestamp},
    token::TokenHash,
};

/// Something to be sent or written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum OutboxItem {
    #[serde(rename = "Sms")]
    Sms(Box<SmsItem>),
    /// The evidence of a purpose, as KV has it.
    #[serde(rename = "Record")]
    Projection { purpose: PurposeId },
    /// The reward of a purpose: its code is fetched, then it becomes an SMS.
    #[serde(rename = "Reward")]
    Reward { purpose: PurposeId },
    /// The code of an erased person's reward: its pool forgets whose it is.
    #[serde(rename = "ForgetCode")]
    ForgetCode { purpose: PurposeId },
    /// Something that the owner is told. It is as it was when it happened, whatever comes after.
    #[serde(rename = "Hook")]
    Webhook {
        /// The same in each attempt and replay.
        id: String,
        kind: WebhookEvent,
        time: Timestamp,
        subject: SubjectId,
        /// More of it, as JSON.
        data: String,
    },
    /// A request that sends nothing: its rows are deleted.
    #[serde(rename = "Nothing")]
    Nothing { link: TokenHash },
}

impl Stored for OutboxItem {
    const NAME: &'static str = "outbox item";
    const UPGRADES: &'static [Upgrade] = &[Upgrade::Same];
}

/// An SMS that waits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SmsItem {
    /// What the gate asks about.
    pub outgoing: Outgoing,
    /// What it comes from.
    pub sender: Sender,
    /// Which of the sender's gateways takes it.
    pub via: Via,
    /// Its text, with the link in it, sealed.
    pub text: Sealed,
    pub ordered_at: Timestamp,
}

/// One of a sender's gateways.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Via {
    /// The one that it has.
    #[serde(rename = "First")]
    First,
    /// The one for when that surely can't.
    #[serde(rename = "Fallback")]
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
            Outgoing::Confirmation { .. } => self.ordered_at + CONFIRM_WITHIN,
            _ => self.ordered_at + Span::days(1),
        }
    }
}
