use super::{
    change::Change,
    command::{Asking, Command, Origin, Refusal, Scope},
    effects::{allowed, confirmed, fresh_link, silence, stopped, suppressed, take, wrong_number},
    ending::Ending,
    inbox, leaving, passed_on,
    pending::{Arrival, End, Hold, Pending},
    replies,
    rules::{ALREADY_EVERY, CONFIRMATIONS_A_DAY, MISSES, PAUSE, SMS_A_REQUEST, SUPPRESSED_FOR},
    standing::Standing,
    state::State,
    suppression::Suppression,
    way::Way,
};
use crate::{
    ids::{FormId, PurposeId},
    settings::Purpose,
    time::{Span, Timestamp},
    token::TokenHash,
};

/// Decides about a command. The state must be up to date: [`due`] applied at `now`. What is so already is no change:
/// nobody makes events without end by saying the same again.
pub fn decide(state: &State, command: Command, now: Timestamp) -> Result<Vec<Change>, Refusal> {
    let mut changes = decided(state, command, now)?;
    // Nobody will ask who ordered an SMS that never was.
    let in_vain = |link: &&TokenHash| {
        let never_asked = state.pendings.values().any(|pending| pending.link == **link && pending.ordered == 0);
        never_asked && !changes.contains(&Change::Forgotten((*link).clone()))
    };
    let closed = changes.iter().filter_map(|change| match change {
        Change::Closed(link, _) => Some(link),
        _ => None,
    });
    let forgotten: Vec<_> = closed.filter(in_vain).map(|link| Change::Forgotten(link.clone())).collect();
    changes.extend(forgotten);
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
        Command::Withdraw { scope, way: way @ Way::WayOut } => Ok(leaving::withdrawn(state, scope, way, now)),
        Command::Withdraw { scope, way } => {
            let mut changes = take(state, &scope, Ending::Withdrawn(way));
            if scope == Scope::All && !changes.is_empty() {
                changes.extend(suppressed(state, Suppression::Until(now + SUPPRESSED_FOR)));
            }
            Ok(changes)
        }
        Command::Object { advertising, way } => Ok(leaving::objected(state, &advertising, way)),
        Command::Answer(answer) => Ok(replies::decide(state, answer, now)),
        Command::Allow => Ok(allowed(state, now, now)),
        Command::WrongNumber { way } => Ok(wrong_number(state, way)),
        // Whoever asks may know the number; we may know its hash alone.
        Command::FreshLink | Command::FreshLinkFromPage if !state.has_reasons() => Ok(Vec::new()),
        Command::FreshLink => Ok(fresh_link(state, Origin::Handset, now)),
        // Who left requests unanswered, or one sender, still has a way to what others use.
        Command::FreshLinkFromPage
            if state.suppression == Suppression::UntilAllowed
                || (state.suppression.holds(now) && state.in_force(now).is_empty()) =>
        {
            Ok(Vec::new())
        }
        Command::FreshLinkFromPage => Ok(fresh_link(state, Origin::WebPage, now)),
        Command::Erase { way } => Ok(erased(state, way, now)),
        Command::PassOn { word, advertising, heard_at } => {
            Ok(passed_on::decide(state, word, &advertising, heard_at, now))
        }
        Command::AnswerInbox { id, act, purpose, advertising } => {
            inbox::answered(state, id, act, purpose, advertising, now)
        }
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
        Command::NeverArrived { link } => {
            Ok(state.pending(&link, now).is_some().then_some(Change::NeverArrived(link)).into_iter().collect())
        }
        Command::Hold { link } => {
            let (_, pending) = state.pending(&link, now).ok_or(Refusal::NothingPending)?;
            Ok((pending.hold == Hold::None).then_some(Change::Held(link)).into_iter().collect())
        }
    }
}

pub(super) fn erased(state: &State, way: Way, now: Timestamp) -> Vec<Change> {
    let mut changes: Vec<_> = stopped(state, &Scope::All).chain(erased_purposes(state, way)).collect();
    changes.extend(state.closed.iter().map(|(link, _)| Change::Forgotten(link.clone())));
    changes.extend(state.pendings.values().map(|pending| Change::Forgotten(pending.link.clone())));
    changes.extend(state.inbox.erased());
    changes.extend(suppressed(state, Suppression::Until(now + SUPPRESSED_FOR)));
    changes.push(Change::KeyDestroyed);
    changes
}

/// The end of all that is stored of any purpose.
pub(super) fn erased_purposes(state: &State, way: Way) -> impl Iterator<Item = Change> {
    let stored = state.standings.iter().filter(|(_, standing)| !standing.is_erased());
    stored.map(move |(id, _)| Change::Took { purpose: id.clone(), ending: Ending::Erased(way) })
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
    if asking.said_at.is_some_and(|at| state.ended_since(at)) {
        return Vec::new();
    }
    let by_stranger = asking.origin != Origin::Handset;
    let (given, open) = once_each(&asking).partition::<Vec<_>, _>(|purpose| state.given(&purpose.id, now).is_some());
    let (stopped, wanted): (Vec<_>, Vec<_>) =
        open.into_iter().partition(|purpose| by_stranger && state.stopped_lately(&purpose.id, now));
    if by_stranger && (state.suppression.holds(now) || (wanted.is_empty() && !stopped.is_empty())) {
        return turned_down(state, asking, [wanted, stopped].concat(), now);
    }
    let allowed =
        (!by_stranger && state.suppression != Suppression::None).then_some(Change::Suppressed(Suppression::None));
    if wanted.is_empty() {
        let told = given.is_empty() || state.told_already.is_some_and(|at| now < at + ALREADY_EVERY);
        return allowed.into_iter().chain((!told).then_some(Change::ToldAlready)).collect();
    }
    let today = state.confirmations.iter().filter(|at| **at > now - Span::days(1)).count();
    let before = state.pendings.get(&asking.form).filter(|pending| pending.hold != Hold::Held);
    let just_now = before.is_some_and(|pending| now < pending.asked_at() + PAUSE);
    if just_now || today >= CONFIRMATIONS_A_DAY {
        return Vec::new();
    }
    if let Some(same) = before.filter(|pending| is_same(pending, &asking, &wanted)) {
        let again = (same.ordered < SMS_A_REQUEST).then(|| Change::Repeated(same.link.clone()));
        return allowed.into_iter().chain(again).collect();
    }
    let ignored = before.is_some_and(|pending| state.leaves_unanswered(&pending.link, End::Superseded, now));
    let unanswered = state.unanswered.saturating_add(u8::from(ignored));
    if let Some(silence) = silence(state, unanswered, now).filter(|_| by_stranger && ignored) {
        let replaced = before.map(|old| Change::Closed(old.link.clone(), End::Superseded));
        let (form, pending) = pending(state, asking, wanted, Hold::Held, now);
        return replaced.into_iter().chain([silence, Change::Requested(form, pending)]).collect();
    }
    let replaced = state.pendings.get(&asking.form).map(|old| Change::Closed(old.link.clone(), End::Superseded));
    let (form, pending) = pending(state, asking, wanted, Hold::None, now);
    allowed.into_iter().chain(replaced).chain([Change::Requested(form, pending)]).collect()
}

/// The purposes that are asked for: what is named twice is asked for once, and one yes is one event.
fn once_each(asking: &Asking) -> impl Iterator<Item = Purpose> {
    let named: Vec<_> = asking.purposes.iter().map(|purpose| purpose.id.clone()).collect();
    let first = move |at: usize, id: &PurposeId| !named.iter().take(at).any(|it| it == id);
    asking.purposes.iter().enumerate().filter(move |(at, purpose)| first(*at, &purpose.id)).map(|(_, it)| it.clone())
}

/// Whether a request asks for the same as one that waits, by the same text: then it is that one, once more.
fn is_same(pending: &Pending, asking: &Asking, wanted: &[Purpose]) -> bool {
    pending.version == asking.version
        && pending.version != 0
        && pending.origin == asking.origin
        // What a till hands in twice comes of two people, or with two references.
        && asking.origin != Origin::HandedIn
        && pending.lang == asking.lang
        && pending.purposes == wanted
}

/// What web pages ask of whoever is to be left alone waits for a START from the handset, and nothing is sent (L7). What
/// the person was asked before that stays as it is. Of whom a keyed hash is left at most, nobody stores the number for
/// a stranger's sake.
fn turned_down(state: &State, asking: Asking, purposes: Vec<Purpose>, now: Timestamp) -> Vec<Change> {
    let before = state.pendings.get(&asking.form);
    let waits = before.is_some_and(|pending| pending.hold != Hold::Held);
    if purposes.is_empty() || waits || !state.has_reasons() {
        return Vec::new();
    }
    let replaced = before.map(|old| Change::Closed(old.link.clone(), End::Superseded));
    let (form, pending) = pending(state, asking, purposes, Hold::Held, now);
    replaced.into_iter().chain([Change::Requested(form, pending)]).collect()
}

fn pending(state: &State, asking: Asking, purposes: Vec<Purpose>, hold: Hold, now: Timestamp) -> (FormId, Pending) {
    let Asking { form, version, link, lang, from, quiet_hours, time_zone, reply_code, origin, .. } = asking;
    let others = state.pendings.iter().filter(|(other, _)| **other != form).map(|(_, pending)| pending);
    let others: Vec<_> = others.filter(|pending| pending.from == from).collect();
    let reply_code = free_code(reply_code, &others);
    let pending = Pending {
        link,
        purposes,
        lang,
        requested_at: now,
        from,
        reply_code,
        quiet_hours,
        time_zone,
        hold,
        origin,
        version,
        repeated_at: None,
        ordered: u8::from(hold == Hold::None),
        arrival: Arrival::Possible,
    };
    (form, pending)
}

/// A code of two digits that no other request has.
fn free_code(wanted: u8, others: &[&Pending]) -> u8 {
    let codes = (0..90).map(|step| 10 + (wanted.saturating_sub(10) % 90 + step) % 90);
    codes.into_iter().find(|code| others.iter().all(|other| other.reply_code != *code)).unwrap_or(wanted)
}
