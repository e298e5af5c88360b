use super::{
    Answer, CONFIRMATIONS_A_DAY, Change, End, FRESH_LINKS_A_DAY, Gave, Hold, KEEP_ENDED, MISSES, PAUSE, Pending,
    SILENCE, Scope, Silence, Standing, State, Way, answers,
};
use crate::{
    confirm::ConfirmBy,
    ids::{FormId, PurposeId},
    lang::Lang,
    message::MessageId,
    quiet::QuietHours,
    settings::Purpose,
    time::{Span, Timestamp},
    token::TokenHash,
};

/// Somebody asks for SMS.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asking {
    /// By which form.
    pub form: FormId,
    /// The link that would confirm it.
    pub link: TokenHash,
    /// The purposes ticked, or the keyword's.
    pub purposes: Vec<Purpose>,
    /// The language of the form.
    pub lang: Lang,
    /// What the confirmation SMS comes from.
    pub from: String,
    /// How the form lets people confirm.
    pub by: ConfirmBy,
    /// When its advertising waits.
    pub quiet_hours: QuietHours,
    /// A random number of two digits: its word, if no other request has it.
    pub word: u8,
    /// From where.
    pub origin: Origin,
}

/// From where somebody asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// A web page, where nobody knows who typed the number.
    WebPage,
    /// The handset itself, by a keyword.
    Handset,
}

/// What somebody wants done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// A form or a keyword asks for the person's consent.
    Request(Asking),
    /// The person says yes by a link.
    Confirm {
        /// The link's token.
        link: TokenHash,
    },
    /// The person says "that was not me" by a link.
    Refuse {
        /// The link's token.
        link: TokenHash,
    },
    /// The person replied by SMS.
    Answer(Answer),
    /// The person, or the owner for them, takes consent back.
    Withdraw {
        /// What.
        scope: Scope,
        /// How.
        way: Way,
    },
    /// The person objects (GDPR 21).
    Object {
        /// To what.
        scope: Scope,
        /// How.
        way: Way,
    },
    /// The person allows requests again: START from the handset, or a tap on an earlier link. Never consent.
    Allow,
    /// The handset's owner says that the number is not that of whoever consented.
    WrongNumber {
        /// How.
        way: Way,
    },
    /// The person asks for a fresh link from the handset: by a link, or by a reply.
    FreshLink,
    /// Somebody typed the number on a page to get a fresh link.
    FreshLinkFromPage,
    /// Erasure (GDPR 17).
    Erase {
        /// How.
        way: Way,
    },
    /// The owner wants to send an SMS.
    Send {
        /// For which purpose.
        purpose: PurposeId,
    },
    /// The provider took a message, or may have.
    HandedOver {
        /// Its purpose.
        purpose: PurposeId,
        /// Its id.
        message: MessageId,
    },
    /// A message reached the handset.
    Delivered {
        /// Its purpose.
        purpose: PurposeId,
    },
    /// A message can't be delivered, now or later.
    Undeliverable {
        /// Its purpose.
        purpose: PurposeId,
    },
    /// The provider refuses a message since the person has stopped its sender (L7).
    OptedOut {
        /// The message's purpose.
        purpose: PurposeId,
    },
    /// The provider refuses the SMS of a request since the person has once stopped its sender (L7).
    Hold {
        /// The request's link.
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
}

/// What time alone has changed: requests that expired, consents that lapsed, records to forget.
pub fn due(state: &State, now: Timestamp) -> Vec<Change> {
    let expired = state
        .pendings
        .values()
        .filter(|pending| now >= pending.expires_at())
        .map(|pending| Change::Ended(pending.link.clone(), End::Expired));
    let lapsed = state.standings.iter().filter_map(|(purpose, standing)| match standing {
        Standing::Given(given) if now >= given.lapses_at() => Some(Change::Lapsed(purpose.clone())),
        _ => None,
    });
    let forgotten =
        state.ended.iter().filter(|(_, at)| now >= *at + KEEP_ENDED).map(|(link, _)| Change::Forgotten(link.clone()));
    expired.chain(lapsed).chain(forgotten).collect()
}

/// When [`due`] has something to do next.
pub fn next_due(state: &State) -> Option<Timestamp> {
    let expiries = state.pendings.values().map(Pending::expires_at);
    let lapses = state.standings.values().filter_map(|standing| match standing {
        Standing::Given(given) => Some(given.lapses_at()),
        _ => None,
    });
    let forgets = state.ended.iter().map(|(_, at)| *at + KEEP_ENDED);
    expiries.chain(lapses).chain(forgets).min()
}

/// Decides about a command. The state must be up to date: [`due`] applied at `now`.
pub fn decide(state: &State, command: Command, now: Timestamp) -> Result<Vec<Change>, Refusal> {
    match command {
        Command::Request(asking) => Ok(request(state, asking, now)),
        Command::Confirm { link } => {
            let (_, pending) = state.pending(&link, now).ok_or(Refusal::NothingPending)?;
            Ok(confirmed(state, pending))
        }
        Command::Refuse { link } => {
            state.pending(&link, now).ok_or(Refusal::NothingPending)?;
            Ok(vec![Change::Ended(link, End::Declined), Change::Silenced(Silence::UntilAllowed)])
        }
        Command::Withdraw { scope, way } => Ok(take(state, &scope, |id| Change::Withdrew(id, way))),
        Command::Object { scope, way } => {
            let mut changes = take(state, &scope, |id| Change::Objected(id, way));
            if let Scope::Purpose(one) = scope {
                let objection = Change::Objected(one, way);
                if !changes.contains(&objection) {
                    changes.push(objection);
                }
            }
            changes.push(Change::Silenced(Silence::UntilAllowed));
            Ok(changes)
        }
        Command::Answer(answer) => Ok(answers::decide(state, answer, now)),
        Command::Allow => {
            let held = state.pendings.values().filter(|pending| pending.hold == Hold::Held);
            let released = held.map(|pending| Change::Released(pending.link.clone()));
            Ok(std::iter::once(Change::Silenced(Silence::None)).chain(released).collect())
        }
        Command::WrongNumber { way } => Ok(wrong_number(state, way)),
        Command::FreshLink => Ok(fresh_link(state, now)),
        Command::FreshLinkFromPage if state.silence.holds(now) => Ok(Vec::new()),
        Command::FreshLinkFromPage => Ok(fresh_link(state, now)),
        Command::Erase { way } => {
            let erased = state.standings.keys().map(|id| Change::Erased(id.clone(), way));
            let mut changes: Vec<_> = stopped(state, &Scope::All).chain(erased).collect();
            changes.extend(state.ended.iter().map(|(link, _)| Change::Forgotten(link.clone())));
            changes.extend(state.pendings.values().map(|pending| Change::Forgotten(pending.link.clone())));
            changes.extend(silence(state, Silence::Until(now + SILENCE)));
            changes.push(Change::KeyDestroyed);
            Ok(changes)
        }
        Command::Send { purpose } => {
            let given = state.given(&purpose, now).ok_or(Refusal::NoConsent)?;
            let since = now - given.frequency.period.span();
            let sent = given.sent.iter().filter(|at| **at > since).count();
            if sent >= usize::from(given.frequency.max) {
                return Err(Refusal::FrequencyExceeded);
            }
            Ok(vec![Change::Ordered(purpose)])
        }
        Command::HandedOver { purpose, message } => {
            Ok(state.given(&purpose, now).map(|_| Change::Used(purpose, message)).into_iter().collect())
        }
        Command::Delivered { purpose } => {
            let missed = state.given(&purpose, now).is_some_and(|given| given.misses > 0);
            Ok(missed.then_some(Change::Reached(purpose)).into_iter().collect())
        }
        Command::Undeliverable { purpose } => Ok(match state.given(&purpose, now) {
            Some(given) if given.misses.saturating_add(1) >= MISSES => vec![Change::Suspended(purpose)],
            Some(_) => vec![Change::Missed(purpose)],
            None => Vec::new(),
        }),
        Command::OptedOut { purpose } => {
            // Whatever else comes from that sender doesn't arrive either.
            let from = state.given(&purpose, now).map(|given| &given.terms.from);
            let stopped = state
                .standings
                .iter()
                .filter(|(_, standing)| matches!(standing, Standing::Given(given) if Some(&given.terms.from) == from));
            Ok(stopped.map(|(id, _)| Change::Withdrew(id.clone(), Way::Provider)).collect())
        }
        Command::Hold { link } => {
            let (_, pending) = state.pending(&link, now).ok_or(Refusal::NothingPending)?;
            Ok((pending.hold == Hold::None).then_some(Change::Held(link)).into_iter().collect())
        }
    }
}

/// What the person's yes to a request does: consent to each purpose of it, and its reward, once.
pub(super) fn confirmed(state: &State, pending: &Pending) -> Vec<Change> {
    let gave = pending.purposes.iter().map(|purpose| Change::Gave(Box::new(Gave::new(purpose, pending))));
    let rewarded = pending
        .purposes
        .iter()
        .filter(|purpose| purpose.reward.is_some() && !state.rewarded.contains(&purpose.id))
        .map(|purpose| Change::Rewarded(purpose.id.clone()));
    std::iter::once(Change::Ended(pending.link.clone(), End::Confirmed)).chain(gave).chain(rewarded).collect()
}

/// What the handset's owner ends who is not the person that consented.
pub(super) fn wrong_number(state: &State, way: Way) -> Vec<Change> {
    let mut changes = take(state, &Scope::All, |id| Change::Disowned(id, way));
    changes.extend([Change::WrongNumber, Change::Silenced(Silence::UntilAllowed)]);
    changes
}

/// A request never changes a standing, and reaches nobody who is to be left alone (L5, L7). A keyword comes from the
/// handset, so it is the person who asks.
fn request(state: &State, asking: Asking, now: Timestamp) -> Vec<Change> {
    let Asking { form, link, purposes, lang, from, by, quiet_hours, word, origin } = asking;
    let by_stranger = origin == Origin::WebPage;
    if by_stranger && state.silence.holds(now) {
        return Vec::new();
    }
    let (given, open): (Vec<_>, Vec<_>) =
        purposes.into_iter().partition(|purpose| state.given(&purpose.id, now).is_some());
    let wanted: Vec<_> =
        open.into_iter().filter(|purpose| !(by_stranger && state.stopped_lately(&purpose.id, now))).collect();
    let allowed = (!by_stranger && state.silence != Silence::None).then_some(Change::Silenced(Silence::None));
    if wanted.is_empty() {
        let told = given.is_empty() || state.told_already.is_some_and(|at| now < at + Span::days(1));
        return allowed.into_iter().chain((!told).then_some(Change::ToldAlready)).collect();
    }
    let today = state.confirmations.iter().filter(|at| **at > now - Span::days(1)).count();
    let just_now = state.pendings.get(&form).is_some_and(|pending| now < pending.requested_at + PAUSE);
    if just_now || today >= CONFIRMATIONS_A_DAY {
        return Vec::new();
    }
    let replaced = state.pendings.get(&form).map(|old| Change::Ended(old.link.clone(), End::Superseded));
    let others = state.pendings.iter().filter(|(other, _)| **other != form).map(|(_, pending)| pending);
    let others: Vec<_> = others.filter(|pending| pending.from == from).collect();
    let word = free_word(word, &others);
    let pending =
        Pending { link, purposes: wanted, lang, requested_at: now, from, by, word, quiet_hours, hold: Hold::None };
    allowed.into_iter().chain(replaced).chain([Change::Requested(form, pending)]).collect()
}

/// A word of two digits that no other request has.
fn free_word(wanted: u8, others: &[&Pending]) -> u8 {
    let words = (0..90).map(|step| 10 + (wanted.saturating_sub(10) % 90 + step) % 90);
    words.into_iter().find(|word| others.iter().all(|other| other.word != *word)).unwrap_or(wanted)
}

/// Ends every request that `scope` touches.
pub(super) fn stopped(state: &State, scope: &Scope) -> impl Iterator<Item = Change> {
    state
        .pendings
        .values()
        .filter(|pending| pending.purposes.iter().any(|purpose| scope.covers(&purpose.id)))
        .map(|pending| Change::Ended(pending.link.clone(), End::Stopped))
}

/// Ends requests and consents in `scope`. A lapsed or suspended consent can be taken back too: it then stays so.
fn take(state: &State, scope: &Scope, ended: impl Fn(PurposeId) -> Change) -> Vec<Change> {
    let taken = state
        .standings
        .iter()
        .filter(|(id, standing)| scope.covers(id) && standing.can_end())
        .map(|(id, _)| ended(id.clone()));
    stopped(state, scope).chain(taken).collect()
}

/// A shorter silence never replaces a longer one.
pub(super) fn silence(state: &State, new: Silence) -> Option<Change> {
    (state.silence != Silence::UntilAllowed).then_some(Change::Silenced(new))
}

pub(super) fn fresh_link(state: &State, now: Timestamp) -> Vec<Change> {
    let today = state.fresh_links.iter().filter(|at| **at > now - Span::days(1)).count();
    if state.is_known() && today < FRESH_LINKS_A_DAY { vec![Change::FreshLink] } else { Vec::new() }
}
