use super::{
    CONFIRMATIONS_A_DAY, Change, End, FRESH_LINKS_A_DAY, KEEP_ENDED, PAUSE, Pending, SILENCE, Scope, Silence, Standing,
    State, Way,
};
use crate::{
    ids::{FormId, PurposeId},
    lang::Lang,
    settings::Purpose,
    time::{Span, Timestamp},
    token::TokenHash,
};

/// What somebody wants done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// Somebody typed the number into a form. Nobody knows yet who.
    Request {
        /// The form.
        form: FormId,
        /// The link that would confirm it.
        link: TokenHash,
        /// The purposes ticked.
        purposes: Vec<Purpose>,
        /// The language of the form.
        lang: Lang,
    },
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
    /// The person replied STOP.
    Stop,
    /// The person allows requests again: START from the handset, or a tap on an earlier link.
    Allow,
    /// The handset's owner says that the number is not the person's.
    WrongNumber,
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
        Command::Request { form, link, purposes, lang } => Ok(request(state, form, link, purposes, lang, now)),
        Command::Confirm { link } => {
            let (_, pending) = state.pending(&link, now).ok_or(Refusal::NothingPending)?;
            let mut changes = vec![Change::Ended(link.clone(), End::Confirmed)];
            changes.extend(
                pending.purposes.iter().map(|purpose| Change::Gave(purpose.clone(), pending.lang, link.clone())),
            );
            Ok(changes)
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
        Command::Stop => {
            let mut changes = take(state, &Scope::All, |id| Change::Withdrew(id, Way::Reply));
            // One acknowledgement: a second STOP that ends nothing more gets none (L8).
            let news = !changes.is_empty() || !state.silence.holds(now);
            changes.extend(silence(state, Silence::Until(now + SILENCE)));
            changes.extend(news.then_some(Change::Acknowledge));
            Ok(changes)
        }
        Command::Allow => Ok(vec![Change::Silenced(Silence::None)]),
        Command::WrongNumber => {
            let mut changes = take(state, &Scope::All, |id| Change::Withdrew(id, Way::Reply));
            changes.extend([Change::WrongNumber, Change::Silenced(Silence::UntilAllowed)]);
            Ok(changes)
        }
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
            Ok(vec![Change::Used(purpose)])
        }
    }
}

/// A request never changes a standing, and reaches nobody who is to be left alone (L5, L7).
fn request(
    state: &State,
    form: FormId,
    link: TokenHash,
    purposes: Vec<Purpose>,
    lang: Lang,
    now: Timestamp,
) -> Vec<Change> {
    if state.silence.holds(now) {
        return Vec::new();
    }
    let wanted: Vec<_> = purposes.into_iter().filter(|purpose| state.given(&purpose.id, now).is_none()).collect();
    if wanted.is_empty() {
        let told = state.told_already.is_some_and(|at| now < at + Span::days(1));
        return if told { Vec::new() } else { vec![Change::ToldAlready] };
    }
    let today = state.confirmations.iter().filter(|at| **at > now - Span::days(1)).count();
    let just_now = state.pendings.get(&form).is_some_and(|pending| now < pending.requested_at + PAUSE);
    if just_now || today >= CONFIRMATIONS_A_DAY {
        return Vec::new();
    }
    let replaced = state.pendings.get(&form).map(|old| Change::Ended(old.link.clone(), End::Superseded));
    let pending = Pending { link, purposes: wanted, lang, requested_at: now };
    replaced.into_iter().chain([Change::Requested(form, pending)]).collect()
}

/// Ends every request that `scope` touches.
fn stopped(state: &State, scope: &Scope) -> impl Iterator<Item = Change> {
    state
        .pendings
        .values()
        .filter(|pending| pending.purposes.iter().any(|purpose| scope.covers(&purpose.id)))
        .map(|pending| Change::Ended(pending.link.clone(), End::Stopped))
}

/// Ends requests and consents in `scope`. A lapsed consent can be taken back too: it then stays so.
fn take(state: &State, scope: &Scope, ended: impl Fn(PurposeId) -> Change) -> Vec<Change> {
    let taken = state
        .standings
        .iter()
        .filter(|(id, standing)| scope.covers(id) && matches!(standing, Standing::Given(_) | Standing::Lapsed { .. }))
        .map(|(id, _)| ended(id.clone()));
    stopped(state, scope).chain(taken).collect()
}

/// A shorter silence never replaces a longer one.
fn silence(state: &State, new: Silence) -> Option<Change> {
    (state.silence != Silence::UntilAllowed).then_some(Change::Silenced(new))
}

fn fresh_link(state: &State, now: Timestamp) -> Vec<Change> {
    let today = state.fresh_links.iter().filter(|at| **at > now - Span::days(1)).count();
    if state.is_known() && today < FRESH_LINKS_A_DAY { vec![Change::FreshLink] } else { Vec::new() }
}
