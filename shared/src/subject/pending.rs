use serde::{Deserialize, Serialize};

use super::{command::Origin, rules::CONFIRM_WITHIN};
use crate::{calendar::TimeZone, lang::Lang, quiet::QuietHours, settings::Purpose, time::Timestamp, token::TokenHash};

/// A request that waits for its confirmation, one a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pending {
    /// The link that confirms it, which also names it.
    pub link: TokenHash,
    /// What was asked for.
    pub purposes: Vec<Purpose>,
    pub lang: Lang,
    pub requested_at: Timestamp,
    /// What its SMS comes from, and so where a reply goes.
    #[serde(default)]
    pub from: String,
    /// What a reply adds to its yes or no, where another request waits there: `27` in "JA 27".
    #[serde(default, rename = "word")]
    pub reply_code: u8,
    #[serde(default)]
    pub quiet_hours: QuietHours,
    #[serde(default)]
    pub time_zone: TimeZone,
    /// Whether the provider lets its SMS through.
    #[serde(default)]
    pub hold: Hold,
    #[serde(default)]
    pub origin: Origin,
    /// The version of its form; 0 where an older build asked.
    #[serde(default)]
    pub version: u32,
    /// When its SMS was last ordered once more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repeated_at: Option<Timestamp>,
    /// How many SMS were ordered for it.
    #[serde(default = "once")]
    pub ordered: u8,
    #[serde(default)]
    pub arrival: Arrival,
}

const fn once() -> u8 {
    1
}

/// What is known of how the SMS of a request arrived.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Arrival {
    /// It did, or may have.
    #[default]
    Possible,
    /// It surely did not: nobody could answer it.
    Never,
}

/// Whether the SMS of a request may leave: the person may have stopped the sender at the provider (L7), or is to be
/// left alone by web pages.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hold {
    /// As far as known, it may.
    #[default]
    None,
    /// It waits for a START from the handset.
    Held,
    /// There was a START, and it was ordered then.
    Released,
}

impl Pending {
    /// Whether web pages asked, and the person could have answered and did not: such requests lead to silence.
    pub(super) fn is_unanswered(&self) -> bool {
        self.origin != Origin::Handset && self.hold != Hold::Held && self.arrival == Arrival::Possible
    }

    /// Whether the handset can have an SMS that asks for an answer.
    pub fn can_be_answered(&self) -> bool {
        self.ordered > 0 && self.hold != Hold::Held && self.arrival != Arrival::Never
    }

    /// When its last SMS was ordered.
    pub fn asked_at(&self) -> Timestamp {
        self.repeated_at.unwrap_or(self.requested_at)
    }

    /// Until when it can be confirmed.
    pub fn expires_at(&self) -> Timestamp {
        self.asked_at() + CONFIRM_WITHIN
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum End {
    /// By the person's yes.
    Confirmed,
    /// By the person's no.
    Declined,
    /// By a newer request for the same form.
    Superseded,
    /// By time.
    Expired,
    /// By a STOP, an objection or an erasure.
    Stopped,
}
