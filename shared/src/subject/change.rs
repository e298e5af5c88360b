use super::{
    command::Origin,
    ending::Ending,
    inbox::InboxChange,
    pending::{End, Pending},
    standing::Terms,
    suppression::Suppression,
};
use crate::{
    ids::{FormId, PurposeId},
    lang::Lang,
    message::MessageId,
    reply::Stop,
    settings::Purpose,
    token::TokenHash,
};

/// A change of the state, decided and not yet applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// A request waits now; its confirmation SMS is to be sent.
    Requested(FormId, Pending),
    /// The SMS of a request that waits is to be sent once more.
    Repeated(TokenHash),
    /// The SMS of a request surely did not arrive.
    NeverArrived(TokenHash),
    /// A request came to its end.
    Closed(TokenHash, End),
    /// An ended request is to be deleted.
    Forgotten(TokenHash),
    /// Consent was given. The purpose as it was asked, and the request that it confirms.
    Gave(Box<Gave>),
    /// A consent ended; [`Ending`] says all that follows from it.
    Took { purpose: PurposeId, ending: Ending },
    /// Requests from web pages reach the person, or not.
    Suppressed(Suppression),
    /// A message of that purpose was accepted for sending.
    Ordered(PurposeId),
    /// A message of that purpose was handed over.
    Used(PurposeId, MessageId),
    /// A message of that purpose reached the handset.
    Reached(PurposeId),
    /// A message of that purpose never will.
    Missed(PurposeId),
    /// The welcome message with its reward is to be sent.
    Rewarded(PurposeId),
    /// The person is to be told that they are signed up already.
    ToldAlready,
    /// A fresh link is to be sent.
    FreshLink(Origin),
    /// A short answer to a reply that nobody understands is to be sent.
    NotUnderstood,
    /// A call for HELP is to be answered.
    Help,
    /// A yes by reply is to be acknowledged: consent to these purposes.
    Agreed(Vec<Purpose>),
    /// A START that nothing else answers is to be answered.
    Started,
    /// The one acknowledgement of a STOP is to be sent.
    Acknowledge(Stop),
    /// The one acknowledgement of what was ended by the code of an SMS is to be sent, with the way back.
    AcknowledgeWayOut(Stop),
    /// The provider refuses the SMS of that request: it waits for a START.
    Held(TokenHash),
    /// It is to be sent now.
    Released(TokenHash),
    /// The events of a purpose that was erased by itself are to be locked away.
    LockedAway(PurposeId),
    /// The data key is to be destroyed.
    KeyDestroyed,
    /// The handset is no longer, or not, the person's: links of before only withdraw.
    NumberGivenUp,
    /// A reply that a human must read came in, was answered, or goes.
    Inbox(InboxChange),
    /// A message left although its consent had just ended.
    LeftLate(PurposeId),
    /// What is kept of a purpose's past has had its time: chain and standing go.
    Expunged(PurposeId),
    /// Nothing needs the person any more: number, key, contact, links and messages go. What is left is a keyed hash,
    /// where a suppression or a locked proof needs it.
    Emptied,
}

impl Change {
    /// Whether it answers an SMS by another one.
    pub const fn answers(&self) -> bool {
        matches!(
            self,
            Self::Acknowledge(_)
                | Self::NotUnderstood
                | Self::Help
                | Self::Agreed(_)
                | Self::Started
                | Self::FreshLink(_)
        )
    }

    /// Whether it takes the number: to send something, or to keep what was asked.
    pub const fn needs_number(&self) -> bool {
        matches!(
            self,
            Self::Requested(..)
                | Self::Gave(_)
                | Self::Ordered(_)
                | Self::Rewarded(_)
                | Self::ToldAlready
                | Self::FreshLink(_)
                | Self::Repeated(_)
                | Self::Started
                | Self::NotUnderstood
                | Self::Help
                | Self::Agreed(_)
                | Self::Acknowledge(_)
                | Self::AcknowledgeWayOut(_)
                | Self::Released(_)
                | Self::Inbox(InboxChange::Came(_))
        )
    }
}

/// A consent that a request turned into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gave {
    /// The purpose as it was asked.
    pub purpose: Purpose,
    pub link: TokenHash,
    pub lang: Lang,
    /// What its SMS keep to.
    pub terms: Terms,
}

impl Gave {
    pub(super) fn new(purpose: &Purpose, pending: &Pending) -> Self {
        Self {
            purpose: purpose.clone(),
            link: pending.link.clone(),
            lang: pending.lang,
            terms: Terms {
                from: pending.from.clone(),
                quiet_hours: pending.quiet_hours,
                advertises: purpose.advertises(),
                time_zone: pending.time_zone.clone(),
            },
        }
    }
}
