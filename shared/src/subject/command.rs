use serde::{Deserialize, Serialize};

use super::{inbox::ToRead, state::State, way::Way};
use crate::{
    calendar::TimeZone,
    ids::{FormId, PurposeId},
    inbox::{InboxAct, ReplyId},
    lang::Lang,
    message::MessageId,
    quiet::QuietHours,
    reply::Reply,
    settings::Purpose,
    time::Timestamp,
    token::TokenHash,
};

/// Which purposes a withdrawal is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// All of them, and every request that waits.
    All,
    Purpose(PurposeId),
}

impl Scope {
    pub(super) fn covers(&self, purpose: &PurposeId) -> bool {
        match self {
            Self::All => true,
            Self::Purpose(one) => one == purpose,
        }
    }

    /// Whether it is about a purpose that the person was never asked for, and that is not `declared`.
    pub(crate) fn is_made_up(&self, state: &State, declared: &[Purpose]) -> bool {
        match self {
            Self::All => false,
            Self::Purpose(id) => !state.was_asked(id) && declared.iter().all(|purpose| purpose.id != *id),
        }
    }
}

/// What a person says to the business, which the owner passes on. It only ends: what it ended the person alone brings
/// back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Word {
    Withdraw(Scope),
    /// To all advertising (GDPR 21(2)).
    Object,
    /// The number is not, or no longer, that of whoever consented.
    WrongNumber,
    /// Erasure (GDPR 17).
    Erase,
}

/// An SMS from the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The number of ours that it came in at, as a provider writes it.
    pub to: String,
    /// Whether the settings have that number.
    pub at: At,
    pub reply: Reply,
    /// Whether the provider takes it for a START, and lets SMS through again, whatever else it is.
    pub starts: bool,
    /// What that number serves, by the settings and by what the person agreed to: [`super::State::served_at`].
    pub served: Vec<Purpose>,
    /// All that is declared as advertising, at whatever number.
    pub advertising: Vec<PurposeId>,
    /// Requests whose SMS surely has not left: nobody can have answered it.
    pub unsent: Vec<TokenHash>,
    /// When it was said, where others may have been taken since: what is younger stays.
    pub said_at: Option<Timestamp>,
    /// What a human must read of it.
    pub to_read: Option<ToRead>,
}

/// Where an SMS of the person's came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum At {
    /// At a number of the settings.
    Ours,
    /// At another one; the person may know it of old.
    Elsewhere,
}

/// Somebody asks for SMS.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asking {
    pub form: FormId,
    /// The version of it that was shown.
    pub version: u32,
    /// The link that would confirm it.
    pub link: TokenHash,
    /// The purposes ticked, or the keyword's.
    pub purposes: Vec<Purpose>,
    pub lang: Lang,
    /// What the confirmation SMS comes from.
    pub from: String,
    /// When its advertising waits.
    pub quiet_hours: QuietHours,
    /// Where its frequency is counted.
    pub time_zone: TimeZone,
    /// A random number of two digits: its reply code, if no other request has it.
    pub reply_code: u8,
    pub origin: Origin,
    /// As [`Answer::said_at`].
    pub said_at: Option<Timestamp>,
}

/// From where somebody asks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// A web page, where nobody knows who typed the number.
    #[default]
    WebPage,
    /// Another system of the owner's, which says that the person gave it.
    HandedIn,
    /// The handset itself, by a keyword.
    Handset,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// A form or a keyword asks for the person's consent.
    Request(Asking),
    /// The person says yes by a link.
    Confirm {
        link: TokenHash,
    },
    /// The person says "that was not me" by a link.
    Refuse {
        link: TokenHash,
    },
    /// The person replied by SMS.
    Answer(Answer),
    /// The person takes consent back.
    Withdraw {
        scope: Scope,
        way: Way,
    },
    /// The person objects to all advertising (GDPR 21(2)).
    Object {
        /// The purposes that are declared as such.
        advertising: Vec<PurposeId>,
        way: Way,
    },
    /// The person allows requests again: START from the handset, or a tap on an earlier link. Never consent.
    Allow,
    /// The handset's owner says that the number is not that of whoever consented.
    WrongNumber {
        way: Way,
    },
    /// The person asks for a fresh link from the handset: by a link, or by a reply.
    FreshLink,
    /// Somebody typed the number on a page to get a fresh link.
    FreshLinkFromPage,
    /// Erasure (GDPR 17).
    Erase {
        way: Way,
    },
    /// The owner passes on what the person has said to the business (L25).
    PassOn {
        word: Word,
        /// The purposes that are declared as advertising.
        advertising: Vec<PurposeId>,
        /// When it reached the business, at the latest: what the person has wanted since is not undone.
        heard_at: Timestamp,
    },
    /// A human answers a reply that waits in the inbox (L34).
    AnswerInbox {
        id: ReplyId,
        act: InboxAct,
        /// Of a withdrawal: the one that is withdrawn.
        purpose: Option<PurposeId>,
        /// The purposes that are declared as advertising.
        advertising: Vec<PurposeId>,
    },
    /// The owner wants to send an SMS.
    Send {
        purpose: PurposeId,
        /// How many were accepted for it within the promised period, of this consent.
        sent: usize,
    },
    /// The SMS of a request surely did not arrive.
    NeverArrived {
        link: TokenHash,
    },
    /// The provider took a message, or may have.
    HandedOver {
        purpose: PurposeId,
        message: MessageId,
    },
    Delivered {
        purpose: PurposeId,
    },
    /// A message can't be delivered, now or later.
    Undeliverable {
        purpose: PurposeId,
    },
    /// The provider refuses a message since the person has stopped its sender (L7).
    OptedOut {
        purpose: PurposeId,
    },
    /// The provider refuses the SMS of a request since the person has once stopped its sender (L7).
    Hold {
        link: TokenHash,
    },
}

/// Why a command changes nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The link confirms nothing now: it was used, replaced, refused, or 48 hours have passed.
    #[error("nothing waits for this link")]
    NothingPending,
    /// No basis for that purpose.
    #[error("no consent")]
    NoConsent,
    /// What was promised is used up.
    #[error("frequency exceeded")]
    FrequencyExceeded,
    /// Advertising waits until a human has answered what the person wrote.
    #[error("paused")]
    Paused,
    /// No such reply waits for a human.
    #[error("nothing is open")]
    NothingOpen,
}
