//! What one person's consent is: the state, and the pure function that changes it.
//!
//! `decide(state, command, now)` answers with changes or a refusal; applying the changes is all that ever
//! alters a state. A request, its expiry or its refusal never touches a standing: only the person's own
//! confirming act gives, only withdrawing, objecting, disuse or erasure takes (L1, L7, L8, L10).

mod answers;
mod decide;
mod gate;
#[cfg(test)]
mod properties;
mod state;

use serde::{Deserialize, Serialize};

pub use answers::{Answer, Ended};
pub use decide::{Asking, Command, Origin, Refusal, decide, due, next_due};
pub use gate::{Outgoing, Reason, Verdict, Withheld, check, gate};
pub use state::{Change, Gave, State};

use crate::{
    confirm::ConfirmBy,
    ids::PurposeId,
    lang::Lang,
    quiet::QuietHours,
    settings::{Frequency, Purpose},
    time::{Span, Timestamp},
    token::TokenHash,
};

/// A request waits so long for its confirmation.
pub const CONFIRM_WITHIN: Span = Span::hours(48);
/// A repeated request sends no SMS sooner than this after the last one.
pub const PAUSE: Span = Span::seconds(60);
/// Confirmation SMS that a number gets in 24 hours, over all forms.
pub const CONFIRMATIONS_A_DAY: usize = 3;
/// Requests typed on a web page reach nobody for so long after a STOP or an erasure.
pub const SILENCE: Span = Span::days(30);
/// A request that came to nothing is kept so long, for "who ordered this SMS?".
pub const KEEP_ENDED: Span = Span::days(30);
/// A fresh link opens for so long.
pub const FRESH_LINK: Span = Span::minutes(15);
/// Fresh links that a number gets in 24 hours.
pub const FRESH_LINKS_A_DAY: usize = 3;
/// After so many messages in a row that can't be delivered for good, a consent is suspended.
pub const MISSES: u8 = 3;

/// The state of a purpose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// SMS may be sent.
    Given(Given),
    /// The person took it back.
    Withdrawn {
        /// When.
        at: Timestamp,
        /// How.
        #[serde(default)]
        way: Way,
    },
    /// The handset can't be reached for good: nothing is sent until the person confirms again.
    Suspended {
        /// When.
        at: Timestamp,
    },
    /// The person objected (GDPR 21).
    Objected {
        /// When.
        at: Timestamp,
    },
    /// Unused for too long (L10).
    Lapsed {
        /// When.
        at: Timestamp,
    },
    /// Erased (GDPR 17).
    Erased {
        /// When.
        at: Timestamp,
    },
}

impl Standing {
    /// Whether there is something left to take back.
    fn can_end(&self) -> bool {
        matches!(self, Self::Given(_) | Self::Lapsed { .. } | Self::Suspended { .. })
    }
}

/// A consent in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// When the person confirmed.
    pub since: Timestamp,
    /// The last confirmation or SMS; disuse is counted from here.
    pub last_used: Timestamp,
    /// What was promised.
    pub frequency: Frequency,
    /// Months without use after which it is void.
    pub lapses_after: u32,
    /// When SMS were accepted for it, within the promised period.
    pub sent: Vec<Timestamp>,
    /// The person's language.
    pub lang: Lang,
    /// What its SMS keep to.
    #[serde(default)]
    pub terms: Terms,
    /// Messages in a row that could not be delivered for good.
    #[serde(default)]
    pub misses: u8,
}

/// What holds for the SMS of a consent, as it was when the person was asked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// What they come from, as handsets show it.
    pub from: String,
    /// When advertising waits.
    pub quiet_hours: QuietHours,
    /// Whether they advertise.
    pub advertises: bool,
}

impl Given {
    /// When it becomes void if nothing is sent.
    pub fn lapses_at(&self) -> Timestamp {
        self.last_used.plus_months(self.lapses_after)
    }
}

/// A request that waits for its confirmation, one a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pending {
    /// The link that confirms it, which also names it.
    pub link: TokenHash,
    /// What was asked for.
    pub purposes: Vec<Purpose>,
    /// The person's language.
    pub lang: Lang,
    /// When it was made.
    pub requested_at: Timestamp,
    /// What its SMS comes from, and so where a reply goes.
    #[serde(default)]
    pub from: String,
    /// How it can be confirmed.
    #[serde(default)]
    pub by: ConfirmBy,
    /// What a reply adds to its yes or no, where another request waits there: `27` in "JA 27".
    #[serde(default)]
    pub word: u8,
    /// The form's quiet hours.
    #[serde(default)]
    pub quiet_hours: QuietHours,
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

/// How a request ended.
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

/// Whether requests typed on a web page reach the handset.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Silence {
    /// They do.
    #[default]
    None,
    /// Not before then: after a STOP or an erasure.
    Until(Timestamp),
    /// Not before the person allows it from the handset: after a refusal, a wrong number, an objection.
    UntilAllowed,
}

impl Silence {
    /// Whether it holds now.
    pub fn holds(self, now: Timestamp) -> bool {
        match self {
            Self::None => false,
            Self::Until(end) => now < end,
            Self::UntilAllowed => true,
        }
    }
}

/// Which purposes a withdrawal or an objection is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// All of them, and every request that waits.
    All,
    /// One.
    Purpose(PurposeId),
}

impl Scope {
    fn covers(&self, purpose: &PurposeId) -> bool {
        match self {
            Self::All => true,
            Self::Purpose(one) => one == purpose,
        }
    }
}

/// The way by which a person or the owner acted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// A tap on the page of an SMS's link.
    #[default]
    Link,
    /// A tap on the page of a fresh link.
    FreshLink,
    /// A reply by SMS.
    Reply,
    /// The owner, for the person.
    Owner,
    /// A STOP that only the provider saw: it refuses SMS to this handset.
    Provider,
}
