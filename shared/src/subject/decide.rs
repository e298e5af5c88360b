use super::{
    change::Change,
    command::{Asking, Command, Origin, Refusal, Scope},
    effects::{allowed, confirmed, fresh_link, stopped, suppressed, take, wrong_number},
    ending::Ending,
    inbox,
    pending::{End, Hold, Pending},
    replies,
    rules::{CONFIRMATIONS_A_DAY, MISSES, PAUSE, SUPPRESSED_FOR},
    standing::Standing,
    state::State,
    suppression::Suppression,
    way::Way,
};
use crate::{
    ids::PurposeId,
    time::{Span, Timestamp},
};

/// Decides about a command. The state must be up to date: [`due`] applied at `now`. What is so already is no change:
/// nobody makes events without end by saying the same again.
pub fn decide(state: &State, command: Command, now: Timestamp) -> Result<Vec<Change>, Refusal> {
    let mut changes = decided(state, command, now)?;
    changes.retain(|change| !state.stands_so(change, now));
    Ok(changes)
}

pub(super) fn decided(state: &State, command: Command, now: Timestamp) -> Result<Vec<Change>, Refusal> {
    match command {
        Command::Request(asking) => Ok(request(state, asking, now)),
        Command::Confirm { link } => {
            let (_, pending) = state.pending(&link, now).ok_or(Refusal::NothingPending)?;
            Ok(confirmed(state, pending, now))
        }
        Command::Refuse { link } => {
            state.pending(&link, now).ok_or(Refusal::NothingPending)?;
            Ok(vec![Change::Closed(link, End::Declined), Change::Suppressed(Suppression::UntilAllowed)])
        }
        Command::Withdraw { scope, way } => Ok(take(state, &scope, Ending::Withdrawn(way))),
        Command::Object { scope, way } => Ok(objected(state, scope, way)),
        Command::Answer(answer) => Ok(replies::decide(state, answer, now)),
        Command::Allow => Ok(allowed(state, now)),
        Command::WrongNumber { way } => Ok(wrong_number(state, way)),
        // Whoever asks may know the number; we may know its hash alone.
        Command::FreshLink | Command::FreshLinkFromPage if !state.has_reasons() => Ok(Vec::new()),
        Command::FreshLink => Ok(fresh_link(state, now)),
        Command::FreshLinkFromPage if state.suppression.holds(now) => Ok(Vec::new()),
        Command::FreshLinkFromPage => Ok(fresh_link(state, now)),
        Command::Erase { way } => Ok(erased(state, way, now)),
        Command::AnswerInbox { id, act, purpose } => inbox::answered(state, id, act, purpose, now),
        Command::Send { purpose, sent } => send(state, purpose, sent, now),
        Command::HandedOver { purpose, message } => Ok(match state.standings.get(&purpose) {
            Some(_) if state.given(&purpose, now).is_some() => vec![Change::Used(purpose, message)],
            Some(standing) if !standing.is_erased() && state.last_sms.contains_key(&purpose) => {
                vec![Change::LeftLate(purpose)]
            }
            _ => Vec::new(),
        }),
        Command::Delivered { purpose } => {
            let missed = state.given(&purpose, now).is_some_and(|given| given.misses > 0);
            Ok(missed.then_some(Change::Reached(purpose)).into_iter().collect())
        }
        Command::Undeliverable { purpose } => Ok(match state.given(&purpose, now) {
            Some(given) if given.misses.saturating_add(1) >= MISSES => {
                vec![Change::Took { purpose, ending: Ending::Suspended }]
            }
            Some(_) => vec![Change::Missed(purpose)],
            None => Vec::new(),
        }),
        Command::OptedOut { purpose } => Ok(opted_out(state, &purpose, now)),
        Command::Hold { link } => {
            let (_, pending) = state.pending(&link, now).ok_or(Refusal::NothingPending)?;
            Ok((pending.hold == Hold::None).then_some(Change::Held(link)).into_iter().collect())
        }
    }
}

/// An objection to one purpose stands whatever that one's state; of a purpose that the person was never asked for there
/// is nothing to object to.
fn objected(state: &State, scope: Scope, way: Way) -> Vec<Change> {
    let ending = Ending::Objected(way);
    let mut changes = take(state, &scope, ending);
    if let Scope::Purpose(purpose) = scope {
        if !state.was_asked(&purpose) {
            return Vec::new();
        }
        let objection = Change::Took { purpose, ending };
        if !changes.contains(&objection) {
            changes.push(objection);
        }
    }
    changes.push(Change::Suppressed(Suppression::UntilAllowed));
    changes
}

fn erased(state: &State, way: Way, now: Timestamp) -> Vec<Change> {
    let stored = state.standings.iter().filter(|(_, standing)| !standing.is_erased());
    let erased = stored.map(|(id, _)| Change::Took { purpose: id.clone(), ending: Ending::Erased(way) });
    let mut changes: Vec<_> = stopped(state, &Scope::All).chain(erased).collect();
    changes.extend(state.closed.iter().map(|(link, _)| Change::Forgotten(link.clone())));
    changes.extend(state.pendings.values().map(|pending| Change::Forgotten(pending.link.clone())));
    changes.extend(state.inbox.erased());
    changes.extend(suppressed(state, Suppression::Until(now + SUPPRESSED_FOR)));
    changes.push(Change::KeyDestroyed);
    changes
}

fn send(state: &State, purpose: PurposeId, sent: usize, now: Timestamp) -> Result<Vec<Change>, Refusal> {
    let given = state.given(&purpose, now).ok_or(Refusal::NoConsent)?;
    if state.is_paused(given) {
        return Err(Refusal::Paused);
    }
    if sent >= usize::from(given.frequency.max) {
        return Err(Refusal::FrequencyExceeded);
    }
    Ok(vec![Change::Ordered(purpose)])
}

/// Whatever else comes from that sender doesn't arrive either.
fn opted_out(state: &State, purpose: &PurposeId, now: Timestamp) -> Vec<Change> {
    let from = state.given(purpose, now).map(|given| &given.terms.from);
    let stopped = state
        .standings
        .iter()
        .filter(|(_, standing)| matches!(standing, Standing::Given(given) if Some(&given.terms.from) == from));
    let ending = Ending::Withdrawn(Way::Provider);
    stopped.map(|(id, _)| Change::Took { purpose: id.clone(), ending }).collect()
}

/// A request never changes a standing, and reaches nobody who is to be left alone (L5, L7). A keyword comes from the
/// handset, so it is the person who asks.
fn request(state: &State, asking: Asking, now: Timestamp) -> Vec<Change> {
    let Asking { form, link, purposes, lang, from, by, quiet_hours, time_zone, reply_code, origin, said_at } = asking;
    if said_at.is_some_and(|at| state.ended_since(at)) {
        return Vec::new();
    }
    let by_stranger = origin == Origin::WebPage;
    if by_stranger && state.suppression.holds(now) {
        return Vec::new();
    }
    // Named twice it is asked for once, and one yes is one event.
    let named: Vec<_> = purposes.iter().map(|purpose| purpose.id.clone()).collect();
    let once =
        purposes.into_iter().enumerate().filter(|(at, purpose)| !named.iter().take(*at).any(|it| *it == purpose.id));
    let (given, open): (Vec<_>, Vec<_>) =
        once.map(|(_, purpose)| purpose).partition(|purpose| state.given(&purpose.id, now).is_some());
    let wanted: Vec<_> =
        open.into_iter().filter(|purpose| !(by_stranger && state.stopped_lately(&purpose.id, now))).collect();
    let allowed =
        (!by_stranger && state.suppression != Suppression::None).then_some(Change::Suppressed(Suppression::None));
    if wanted.is_empty() {
        let told = given.is_empty() || state.told_already.is_some_and(|at| now < at + Span::days(1));
        return allowed.into_iter().chain((!told).then_some(Change::ToldAlready)).collect();
    }
    let today = state.confirmations.iter().filter(|at| **at > now - Span::days(1)).count();
    let just_now = state.pendings.get(&form).is_some_and(|pending| now < pending.requested_at + PAUSE);
    if just_now || today >= CONFIRMATIONS_A_DAY {
        return Vec::new();
    }
    let replaced = state.pendings.get(&form).map(|old| Change::Closed(old.link.clone(), End::Superseded));
    let others = state.pendings.iter().filter(|(other, _)| **other != form).map(|(_, pending)| pending);
    let others: Vec<_> = others.filter(|pending| pending.from == from).collect();
    let reply_code = free_code(reply_code, &others);
    let pending = Pending {
        link,
        purposes: wanted,
        lang,
        requested_at: now,
        from,
        by,
        reply_code,
        quiet_hours,
        time_zone,
        hold: Hold::None,
    };
    allowed.into_iter().chain(replaced).chain([Change::Requested(form, pending)]).collect()
}

/// A code of two digits that no other request has.
fn free_code(wanted: u8, others: &[&Pending]) -> u8 {
    let codes = (0..90).map(|step| 10 + (wanted.saturating_sub(10) % 90 + step) % 90);
    codes.into_iter().find(|code| others.iter().all(|other| other.reply_code != *code)).unwrap_or(wanted)
}
