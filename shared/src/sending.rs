//! An SMS on its way to a gateway: whether an attempt begins, and what a failed one means.

use serde::{Deserialize, Serialize};

use crate::{
    backoff,
    deletion::SMS_TRIED,
    gateway::{Failure, LookedUp},
    ids::{GatewayId, PurposeId},
    message::{FailureReason, WaitReason},
    settings::Sender,
    subject::{CONFIRM_WITHIN, Command, Outgoing, Withheld},
    time::{Span, Timestamp},
    token::TokenHash,
};

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

impl Via {
    /// The gateway of a sender.
    pub fn of(self, sender: &Sender) -> &GatewayId {
        match self {
            Self::First => &sender.gateway,
            Self::Fallback => sender.fallback.as_ref().unwrap_or(&sender.gateway),
        }
    }
}

/// Until when an SMS is tried: a confirmation as long as it can be confirmed, everything else for a day.
pub fn tried_until(outgoing: &Outgoing, ordered_at: Timestamp) -> Timestamp {
    match outgoing {
        Outgoing::Confirmation { .. } => ordered_at + CONFIRM_WITHIN,
        _ => ordered_at + SMS_TRIED,
    }
}

/// After how long an SMS asks again of which nobody knows when it may leave.
const LOOK_AGAIN: Span = Span::hours(1);

/// What becomes of an SMS that the gate was asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Passed {
    /// It leaves now, and is worth delivering for so many seconds.
    Leaves { valid_for: u32 },
    /// It waits until then.
    Waits(WaitReason, Timestamp),
    /// It never leaves.
    Stays(NotSent),
}

/// What the gate's word means for an SMS that is tried until then.
pub fn passed(gate: Result<(), Withheld>, until: Timestamp, now: Timestamp) -> Passed {
    match gate {
        Ok(()) if now < until => {
            let left = until.millis().saturating_sub(now.millis()) / 1000;
            Passed::Leaves { valid_for: left.try_into().unwrap_or(u32::MAX) }
        }
        Err(Withheld::Quiet(span)) if now + span < until => Passed::Waits(WaitReason::QuietHours, now + span),
        // Where midnight is, and whether then there is room, shows.
        Err(Withheld::Frequency) if now + LOOK_AGAIN < until => Passed::Waits(WaitReason::Frequency, now + LOOK_AGAIN),
        // A human's answer lets it leave at once.
        Err(Withheld::Paused) if now < until => Passed::Waits(WaitReason::Inbox, (now + LOOK_AGAIN).min(until)),
        Ok(()) | Err(Withheld::Quiet(_) | Withheld::Frequency | Withheld::Paused | Withheld::TooLate) => {
            Passed::Stays(NotSent::Expired)
        }
        Err(Withheld::NoBasis | Withheld::NotPending | Withheld::Held) => Passed::Stays(NotSent::Withheld),
    }
}

/// Why a message is not handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotSent {
    /// The gate keeps it.
    Withheld,
    /// It waited too long.
    Expired,
    /// The provider surely did not take it.
    Refused(Failure),
}

impl NotSent {
    /// What the owner is told.
    pub fn reason(self) -> FailureReason {
        match self {
            Self::Withheld => FailureReason::NoConsent,
            Self::Expired => FailureReason::Expired,
            Self::Refused(failure) => failure.into(),
        }
    }

    /// What it says of the consent.
    pub fn command(self, purpose: PurposeId) -> Option<Command> {
        match self {
            Self::Withheld | Self::Expired => None,
            Self::Refused(failure) => undelivered(failure, purpose),
        }
    }
}

/// What a failure says of the consent: an opt-out at the provider is a withdrawal (L7), and what says that nobody has
/// the number counts towards a suspension. A filter, a sender that isn't registered and a code that nobody knows are
/// the provider's or the network's, and say nothing of the person.
pub fn undelivered(failure: Failure, purpose: PurposeId) -> Option<Command> {
    match failure {
        Failure::OptedOut => Some(Command::OptedOut { purpose }),
        Failure::NotMobile => Some(Command::Undeliverable { purpose }),
        Failure::Never | Failure::Later | Failure::Throttled { .. } | Failure::OutOfCredit | Failure::Credentials => {
            None
        }
    }
}

/// An attempt of which nobody knows how it ended is looked up so much later, and so much later again: a provider's
/// list lags behind what it took.
pub const LOOK_UP_AFTER: Span = Span::minutes(3);

/// The provider's word that it took nothing counts only when it says so twice in a row.
const NEGATIVES: u32 = 2;

/// What becomes of such an SMS.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Settled {
    /// It counts as sent: under that id, or with an end that stays unknown.
    Sent(Option<String>),
    /// It surely was not taken: the gate is asked anew.
    NotSent,
    /// The provider is asked again then, after so many times that it said no in a row.
    AskAt { at: Timestamp, negatives: u32 },
}

/// Settles an attempt by what a look-up says, after so many in a row that said no. `until`: the SMS is not tried after.
pub fn settle(found: LookedUp, negatives: u32, until: Timestamp, now: Timestamp) -> Settled {
    let at = now + LOOK_UP_AFTER;
    match found {
        LookedUp::Taken(id) => Settled::Sent(Some(id)),
        LookedUp::CantAsk => Settled::Sent(None),
        LookedUp::NotTaken if negatives.saturating_add(1) >= NEGATIVES => Settled::NotSent,
        LookedUp::NotTaken => Settled::AskAt { at, negatives: negatives.saturating_add(1) },
        LookedUp::Later if now < until => Settled::AskAt { at, negatives: 0 },
        LookedUp::Later => Settled::Sent(None),
    }
}

/// A provider that wants a longer pause is asked once more in between: nobody's word parks an SMS beyond its time.
const LONGEST_PAUSE: Span = Span::hours(1);

/// The pause that a provider wants, in seconds (RFC 9110, 10.2.3).
fn wanted_pause(after: Option<u32>) -> Span {
    Span::seconds(i64::from(after.unwrap_or(0))).min(LONGEST_PAUSE)
}

/// An attempt that failed for sure.
#[derive(Debug, Clone, Copy)]
pub struct Failed<'a> {
    pub outgoing: &'a Outgoing,
    pub sender: &'a Sender,
    pub via: Via,
    pub failure: Failure,
    /// Attempts that failed, this one included.
    pub failures: u32,
    pub jitter: u8,
}

/// What comes after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// The sender's other gateway is tried at once.
    Fallback,
    /// The same one, not before then.
    Again(Timestamp),
    /// The SMS of a request is kept, and its request held until the handset texts START (L7).
    Hold(TokenHash),
    /// The SMS of a request is dropped: the request runs out by itself.
    Dropped,
    NotSent(NotSent),
}

impl Failed<'_> {
    pub fn next(self, now: Timestamp) -> Next {
        let later = now + backoff::OUTBOX.pause(self.failures, self.jitter);
        match self.failure {
            Failure::Never | Failure::OutOfCredit | Failure::Credentials
                if self.via == Via::First && self.sender.fallback.is_some() =>
            {
                Next::Fallback
            }
            // The owner can top up, or correct a secret, in time.
            Failure::Later | Failure::OutOfCredit | Failure::Credentials => Next::Again(later),
            Failure::Throttled { after } => Next::Again(later.max(now + wanted_pause(after))),
            Failure::Never | Failure::NotMobile | Failure::OptedOut => match self.outgoing {
                Outgoing::Confirmation { link } if self.failure == Failure::OptedOut => Next::Hold(link.clone()),
                Outgoing::Confirmation { .. } => Next::Dropped,
                _ => Next::NotSent(NotSent::Refused(self.failure)),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sender(fallback: bool) -> Sender {
        Sender {
            id: "shop".parse().unwrap(),
            from: "Blattwerk".into(),
            receives: false,
            gateway: "twilio".parse().unwrap(),
            fallback: fallback.then(|| "seven".parse().unwrap()),
            purposes: None,
        }
    }

    fn failure() -> impl Strategy<Value = Failure> {
        use Failure::{Credentials, Later, Never, NotMobile, OptedOut, OutOfCredit, Throttled};
        prop_oneof![
            prop::sample::select(vec![Later, Never, OptedOut, NotMobile, OutOfCredit, Credentials]),
            prop::option::of(0..100_000_u32).prop_map(|after| Throttled { after }),
        ]
    }

    fn outgoing() -> impl Strategy<Value = Outgoing> {
        let purpose = || "marketing".parse().unwrap();
        prop::sample::select(vec![
            Outgoing::Confirmation { link: TokenHash("link".into()) },
            Outgoing::Already,
            Outgoing::Message { purpose: purpose() },
            Outgoing::Welcome { purpose: purpose() },
        ])
    }

    proptest! {
        #[test]
        fn a_fallback_is_tried_once_and_nothing_is_tried_in_the_past(
            outgoing in outgoing(), fallback: bool, first: bool, failure in failure(), failures in 1..30_u32, jitter: u8,
        ) {
            let now = Timestamp::from_millis(1_795_000_000_000);
            let sender = sender(fallback);
            let via = if first { Via::First } else { Via::Fallback };
            let next = Failed { outgoing: &outgoing, sender: &sender, via, failure, failures, jitter }.next(now);
            match next {
                Next::Fallback => prop_assert!(fallback && first && Via::Fallback.of(&sender) != via.of(&sender)),
                Next::Again(at) => {
                    prop_assert!(at > now);
                    if let Failure::Throttled { after: Some(after) } = failure {
                        prop_assert!(at >= now + Span::seconds(i64::from(after)).min(LONGEST_PAUSE));
                        prop_assert!(at <= now + LONGEST_PAUSE, "nobody's word parks it for good");
                    }
                }
                Next::Hold(_) | Next::Dropped => {
                    let confirms = matches!(outgoing, Outgoing::Confirmation { .. });
                    prop_assert!(confirms);
                }
                Next::NotSent(why) => {
                    let confirms = matches!(outgoing, Outgoing::Confirmation { .. });
                    prop_assert_eq!((why, confirms), (NotSent::Refused(failure), false));
                }
            }
        }

        #[test]
        fn an_sms_is_sent_again_only_after_two_no_in_a_row(
            answers in prop::collection::vec(prop::sample::select(vec![None, Some(false), Some(true)]), 1..20),
            hours in 1..60_i64,
        ) {
            let began = Timestamp::from_millis(1_795_000_000_000);
            let until = began + Span::hours(hours);
            let (mut now, mut negatives, mut last) = (began + LOOK_UP_AFTER, 0, None);
            for answer in answers {
                let found = match answer {
                    None => LookedUp::Later,
                    Some(false) => LookedUp::NotTaken,
                    Some(true) => LookedUp::Taken("id".into()),
                };
                match settle(found, negatives, until, now) {
                    Settled::Sent(id) => {
                        prop_assert_eq!(id.is_some(), answer == Some(true));
                        prop_assert!(id.is_some() || now >= until);
                        break;
                    }
                    Settled::NotSent => {
                        prop_assert_eq!((last, answer), (Some(Some(false)), Some(false)));
                        break;
                    }
                    Settled::AskAt { at, negatives: counted } => {
                        prop_assert!(answer != Some(true) && at >= now + LOOK_UP_AFTER);
                        (now, negatives, last) = (at, counted, Some(answer));
                    }
                }
            }
        }

        #[test]
        fn an_sms_leaves_or_waits_only_while_it_is_tried(
            left in -100_000..100_000_i64, quiet in prop::option::of(0..100_000_i64),
        ) {
            let now = Timestamp::from_millis(1_795_000_000_000);
            let until = now + Span::seconds(left);
            let gate = quiet.map_or(Ok(()), |seconds| Err(Withheld::Quiet(Span::seconds(seconds))));
            match passed(gate, until, now) {
                Passed::Leaves { valid_for } => prop_assert!(gate.is_ok() && i64::from(valid_for) == left),
                Passed::Waits(_, at) => prop_assert!(at < until && gate.is_err()),
                Passed::Stays(why) => {
                    prop_assert_eq!(why, NotSent::Expired);
                    prop_assert!(left <= quiet.unwrap_or(0));
                }
            }
        }
    }

    #[test]
    fn only_a_dead_number_counts_towards_a_suspension() {
        use Failure::{Credentials, Later, Never, NotMobile, OptedOut, OutOfCredit, Throttled};
        let purpose: PurposeId = "marketing".parse().unwrap();
        let all = [Later, Throttled { after: None }, Never, OptedOut, NotMobile, OutOfCredit, Credentials];
        for failure in all {
            let says = match failure {
                NotMobile => Some(Command::Undeliverable { purpose: purpose.clone() }),
                OptedOut => Some(Command::OptedOut { purpose: purpose.clone() }),
                _ => None,
            };
            assert_eq!(undelivered(failure, purpose.clone()), says, "reported: {failure:?}");
            assert_eq!(NotSent::Refused(failure).command(purpose.clone()), says, "answered: {failure:?}");
        }
    }
}
