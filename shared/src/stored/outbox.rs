use serde::{Deserialize, Serialize};

use super::{Stored, Upgrade};
use crate::{
    ids::{GatewayId, PurposeId},
    key_ring::{Sealed, SubjectId},
    sending::{self, Via},
    settings::{Sender, WebhookEvent},
    subject::Outgoing,
    time::Timestamp,
    token::TokenHash,
};

/// Something to be sent or written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum OutboxItem {
    #[serde(rename = "Sms")]
    Sms(Box<SmsItem>),
    /// What KV holds of a purpose: the consent, while it is in force.
    #[serde(rename = "Record")]
    Projection { purpose: PurposeId },
    /// The person's row in the directory, as it is when this is worked off.
    #[serde(rename = "Listing")]
    Listing {},
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

impl SmsItem {
    pub fn gateway(&self) -> &GatewayId {
        self.via.of(&self.sender)
    }

    pub fn tried_until(&self) -> Timestamp {
        sending::tried_until(&self.outgoing, self.ordered_at)
    }
}
