use serde::{Deserialize, Serialize};

use super::{Stored, Upgrade};
use crate::{
    ids::{GatewayId, PurposeId},
    key_ring::{Sealed, SealedBy, SubjectId},
    sending::{self, Via},
    settings::{Sender, WebhookEvent},
    subject::Outgoing,
    text_hash::TextHash,
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
    /// The code of a person's reward whose evidence goes: its pool forgets whose it is.
    #[serde(rename = "ForgetCode")]
    ForgetCode {
        purpose: PurposeId,
        /// Until when it still knows that this number, erased, has had one.
        #[serde(default)]
        until: Option<Timestamp>,
    },
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
        /// The owner's reference, under the `seal` key: an erasure is told with it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reference: Option<SealedBy>,
    },
    /// A request that sends nothing: its rows are deleted.
    #[serde(rename = "Nothing")]
    Nothing { link: TokenHash },
    /// Nothing is left of the person: the directory forgets them, and then the object goes.
    #[serde(rename = "Forget")]
    Forget {},
    /// An entry was parked, or is no longer: the owner reads of it in `GET /healthz`.
    #[serde(rename = "Parked")]
    Parked { entry: String, parked: Option<Parked> },
}

/// An entry that could not be worked off in several attempts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parked {
    pub what: ParkedItem,
    pub since: Timestamp,
}

impl Stored for Parked {
    const NAME: &'static str = "parked entry";
    const UPGRADES: &'static [Upgrade] = &[];
}

/// What is parked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ParkedItem {
    /// An SMS that was to leave.
    Sms,
    /// The copy of a consent in KV, or its end there.
    Record,
    /// A reward, or its being forgotten.
    Reward,
    /// Something that webhooks are told.
    Webhook,
    /// Something else that follows from a change.
    Other,
    /// Something that this build can't read.
    Unreadable,
}

impl OutboxItem {
    /// After this it is not tried any more, if there is such a time.
    pub fn ends(&self) -> Option<Timestamp> {
        match self {
            Self::Sms(sms) => Some(sms.tried_until()),
            _ => None,
        }
    }

    /// Whether it leaves although its person was erased: what tells others of that does.
    pub const fn survives_erasure(&self) -> bool {
        match self {
            Self::Projection { .. }
            | Self::ForgetCode { .. }
            | Self::Webhook { .. }
            | Self::Listing {}
            | Self::Forget {}
            | Self::Parked { .. } => true,
            Self::Sms(_) | Self::Reward { .. } | Self::Nothing { .. } => false,
        }
    }

    /// As what the owner is told of it.
    pub const fn parked_as(&self) -> ParkedItem {
        match self {
            Self::Sms(_) => ParkedItem::Sms,
            Self::Projection { .. } => ParkedItem::Record,
            Self::Reward { .. } | Self::ForgetCode { .. } => ParkedItem::Reward,
            Self::Webhook { .. } => ParkedItem::Webhook,
            Self::Listing {} | Self::Forget {} | Self::Nothing { .. } | Self::Parked { .. } => ParkedItem::Other,
        }
    }
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
    /// The template of the batch that it is of, by its hash.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub template: Option<TextHash>,
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
