use serde::{Deserialize, Serialize};

use super::rules::CONFIRM_WITHIN;
use crate::{
    calendar::TimeZone, confirm::ConfirmBy, lang::Lang, quiet::QuietHours, settings::Purpose, time::Timestamp,
    token::TokenHash,
};

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
    /// How it can be confirmed.
    #[serde(default)]
    pub by: ConfirmBy,
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
}

/// Whether a provider that the person once stopped lets the SMS of a request through (L7).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hold {
    /// As far as known.
    #[default]
    None,
    /// It doesn't: the SMS waits for a START from the handset.
    Held,
    /// There was a START, and the SMS was tried once more.
    Released,
}

impl Pending {
    /// Until when it can be confirmed.
    pub fn expires_at(&self) -> Timestamp {
        self.requested_at + CONFIRM_WITHIN
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
