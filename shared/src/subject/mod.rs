//! What one person's consent is: the state, and the pure function that changes it.
//!
//! `decide(state, command, now)` answers with changes or a refusal; applying the changes is all that ever
//! alters a state. A request, its expiry or its refusal never touches a standing: only the person's own
//! confirming act gives, only withdrawing, objecting, disuse or erasure takes (L1, L7, L8, L10).

mod decide;
mod gate;
#[cfg(test)]
mod properties;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use decide::{Command, Refusal, decide, due, next_due};
pub use gate::{Outgoing, Reason, Verdict, Withheld, check, gate};

use crate::{
    ids::{FormId, PurposeId},
    lang::Lang,
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// A tap on the page of an SMS's link.
    Link,
    /// A tap on the page of a fresh link.
    FreshLink,
    /// A reply by SMS.
    Reply,
    /// The owner, for the person.
    Owner,
}

/// All that decides about one person.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// Each purpose that was ever confirmed.
    pub standings: BTreeMap<PurposeId, Standing>,
    /// Requests that wait.
    pub pendings: BTreeMap<FormId, Pending>,
    /// Requests that ended without a yes, until they are forgotten.
    pub ended: Vec<(TokenHash, Timestamp)>,
    /// Whether requests from web pages get through.
    pub silence: Silence,
    /// When confirmation SMS were ordered, in the last 24 hours.
    pub confirmations: Vec<Timestamp>,
    /// When the person was last told that they are signed up.
    pub told_already: Option<Timestamp>,
    /// When fresh links were ordered, in the last 24 hours.
    pub fresh_links: Vec<Timestamp>,
    /// Grows when a confirmation follows a withdrawal, an erasure or a wrong number: links of an older
    /// generation may be in other hands by now, and only withdraw.
    pub generation: u32,
    /// Whether the next confirmation begins a generation.
    pub broken: bool,
}

/// A change of the state, decided and not yet applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// A request waits now; its confirmation SMS is to be sent.
    Requested(FormId, Pending),
    /// A request ended.
    Ended(TokenHash, End),
    /// An ended request is to be deleted.
    Forgotten(TokenHash),
    /// Consent was given. The purpose as it was asked, and the request that it confirms.
    Gave(Purpose, Lang, TokenHash),
    /// Consent was withdrawn.
    Withdrew(PurposeId, Way),
    /// The person objected.
    Objected(PurposeId, Way),
    /// Consent lapsed.
    Lapsed(PurposeId),
    /// Consent was erased.
    Erased(PurposeId, Way),
    /// Requests from web pages reach the person, or not.
    Silenced(Silence),
    /// An SMS of that purpose was accepted for sending.
    Used(PurposeId),
    /// The person is to be told that they are signed up already.
    ToldAlready,
    /// A fresh link is to be sent.
    FreshLink,
    /// The one acknowledgement of a STOP is to be sent.
    Acknowledge,
    /// The data key is to be destroyed.
    KeyDestroyed,
    /// The handset is no longer, or not, the person's.
    WrongNumber,
}

impl State {
    /// Applies a change that was decided at `now`.
    pub fn apply(&mut self, change: &Change, now: Timestamp) {
        match change {
            Change::Requested(form, pending) => {
                self.confirmations.retain(|at| *at > now - Span::days(1));
                self.confirmations.push(now);
                self.pendings.insert(form.clone(), pending.clone());
            }
            Change::Ended(link, end) => {
                self.pendings.retain(|_, pending| pending.link != *link);
                if *end != End::Confirmed {
                    self.ended.push((link.clone(), now));
                }
            }
            Change::Forgotten(link) => self.ended.retain(|(ended, _)| ended != link),
            Change::Gave(purpose, lang, _) => {
                if std::mem::take(&mut self.broken) {
                    self.generation += 1;
                }
                self.standings.insert(
                    purpose.id.clone(),
                    Standing::Given(Given {
                        since: now,
                        last_used: now,
                        frequency: purpose.frequency,
                        lapses_after: purpose.lapses_after,
                        sent: self.sent(&purpose.id),
                        lang: *lang,
                    }),
                );
            }
            Change::Withdrew(purpose, _) => self.end(purpose, Standing::Withdrawn { at: now }),
            Change::Objected(purpose, _) => self.end(purpose, Standing::Objected { at: now }),
            Change::Erased(purpose, _) => self.end(purpose, Standing::Erased { at: now }),
            Change::Lapsed(purpose) => {
                self.standings.insert(purpose.clone(), Standing::Lapsed { at: now });
            }
            Change::Silenced(silence) => self.silence = *silence,
            Change::Used(purpose) => {
                if let Some(Standing::Given(given)) = self.standings.get_mut(purpose) {
                    let span = given.frequency.period.span();
                    given.sent.retain(|at| *at > now - span);
                    given.sent.push(now);
                    given.last_used = now;
                }
            }
            Change::ToldAlready => self.told_already = Some(now),
            Change::FreshLink => {
                self.fresh_links.retain(|at| *at > now - Span::days(1));
                self.fresh_links.push(now);
            }
            Change::KeyDestroyed | Change::WrongNumber => self.broken = true,
            Change::Acknowledge => {}
        }
    }

    fn end(&mut self, purpose: &PurposeId, standing: Standing) {
        self.broken = true;
        self.standings.insert(purpose.clone(), standing);
    }

    /// When SMS of a purpose were accepted; a renewed consent doesn't renew the allowance.
    fn sent(&self, purpose: &PurposeId) -> Vec<Timestamp> {
        match self.standings.get(purpose) {
            Some(Standing::Given(given)) => given.sent.clone(),
            _ => Vec::new(),
        }
    }

    /// The consent in force for a purpose.
    pub fn given(&self, purpose: &PurposeId, now: Timestamp) -> Option<&Given> {
        match self.standings.get(purpose) {
            Some(Standing::Given(given)) if now < given.lapses_at() => Some(given),
            _ => None,
        }
    }

    /// The request that a link confirms, while it can.
    pub fn pending(&self, link: &TokenHash, now: Timestamp) -> Option<(&FormId, &Pending)> {
        self.pendings.iter().find(|(_, pending)| pending.link == *link && now < pending.expires_at())
    }

    /// Whether anything is known of this person that a fresh link could show.
    pub fn is_known(&self) -> bool {
        !self.standings.is_empty() || !self.pendings.is_empty() || !self.ended.is_empty()
    }
}
