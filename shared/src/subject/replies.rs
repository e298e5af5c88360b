//! What an SMS from the person does.

use super::{
    change::Change,
    command::Answer,
    effects::{allowed, confirmed, fresh_link, suppressed, wrong_number},
    ending::Ending,
    pending::{End, Pending},
    rules::SUPPRESSED_FOR,
    standing::Standing,
    state::State,
    suppression::Suppression,
    way::Way,
};
use crate::{
    ids::PurposeId,
    reply::{Reply, Stop},
    settings::{Purpose, Use},
    time::{Span, Timestamp},
    token::TokenHash,
};

pub(super) fn decide(state: &State, answer: Answer, now: Timestamp) -> Vec<Change> {
    let Answer { to, reply, served, unsent } = answer;
    match reply {
        Reply::Yes { code } => yes(state, &to, code, &unsent, now),
        Reply::No { code } => no(state, &to, code, now),
        Reply::Stop(scope) => stop(state, &to, scope, &served, now),
        Reply::WrongNumber => wrong_number(state, Way::Reply),
        Reply::Help if state.has_history() => fresh_link(state, now),
        // A keyword of a form is a request; one that no form owns is no word of ours.
        Reply::Help | Reply::Unclear | Reply::Keyword(_) => unclear(state, now),
        Reply::Start => allowed(state),
    }
}

/// A bare yes counts where exactly one request waits; else the one with its code. What a link alone confirms makes a
/// bare yes unclear all the same: nobody knows which SMS it answers (L5).
fn yes(state: &State, to: &str, code: Option<u8>, unsent: &[TokenHash], now: Timestamp) -> Vec<Change> {
    let asked = |pending: &&Pending| !unsent.contains(&pending.link);
    let waiting: Vec<_> = state.waiting_at(to, now).filter(asked).collect();
    let meant = match (code, waiting.as_slice()) {
        (None, [only]) => Some(*only),
        (Some(code), _) => waiting.iter().copied().find(|pending| pending.reply_code == code),
        _ => None,
    };
    match meant {
        Some(pending) if pending.by.reply() => confirmed(state, pending),
        // A second yes to the same SMS.
        None if waiting.is_empty() && state.standings.values().any(|it| matches!(it, Standing::Given(_))) => Vec::new(),
        _ => unclear(state, now),
    }
}

/// A no ends what it names, else all that waits there: it can't be too much.
fn no(state: &State, to: &str, code: Option<u8>, now: Timestamp) -> Vec<Change> {
    let waiting: Vec<_> = state.waiting_at(to, now).collect();
    let named = waiting.iter().any(|pending| code == Some(pending.reply_code));
    let meant = waiting.into_iter().filter(|pending| !named || code == Some(pending.reply_code));
    let mut changes: Vec<_> = meant.map(|pending| Change::Closed(pending.link.clone(), End::Declined)).collect();
    if !changes.is_empty() {
        changes.push(Change::Suppressed(Suppression::UntilAllowed));
    }
    changes
}

/// A STOP ends what the sender serves, from every standing, and the requests for it; a bare one every request (L8).
fn stop(state: &State, to: &str, scope: Stop, served: &[Purpose], now: Timestamp) -> Vec<Change> {
    let named: Vec<_> = served
        .iter()
        .filter(|purpose| match &scope {
            Stop::Everything => true,
            Stop::Advertising => purpose.use_ == Use::Advertising,
            Stop::Purposes(ids) => ids.contains(&purpose.id),
        })
        .map(|purpose| &purpose.id)
        .collect();
    let covers = |id: &PurposeId| {
        let by_consent = match (state.standings.get(id), &scope) {
            (Some(Standing::Given(given)), Stop::Everything) => given.terms.from == to,
            (Some(Standing::Given(given)), Stop::Advertising) => given.terms.from == to && given.terms.advertises,
            _ => false,
        };
        by_consent || named.contains(&id)
    };
    let all = scope == Stop::Everything;
    let requests = state
        .pendings
        .values()
        .filter(|pending| all || pending.purposes.iter().any(|purpose| covers(&purpose.id)))
        .map(|pending| Change::Closed(pending.link.clone(), End::Stopped));
    let standing = state.standings.iter().filter(|(id, standing)| standing.can_end() && covers(id)).map(|(id, _)| id);
    let never = named.iter().copied().filter(|id| !state.standings.contains_key(id));
    let withdrawn =
        standing.chain(never).map(|id| Change::Took { purpose: id.clone(), ending: Ending::Withdrawn(Way::Reply) });
    let mut changes: Vec<_> = requests.chain(withdrawn).collect();
    // One acknowledgement: a second STOP that ends nothing more gets none.
    let news = !changes.is_empty() || (all && !state.suppression.holds(now));
    if all {
        changes.extend(suppressed(state, Suppression::Until(now + SUPPRESSED_FOR)));
    }
    changes.extend(news.then_some(Change::Acknowledge(scope)));
    changes
}

/// One short answer a day, none to who wants none, and none after "that was the last one" before a START or another yes.
fn unclear(state: &State, now: Timestamp) -> Vec<Change> {
    let lately = state.helped.is_some_and(|at| now < at + Span::days(1));
    let given = |since| state.standings.values().any(|it| matches!(it, Standing::Given(given) if given.since > since));
    let stopped = state.standings.iter().filter(|(purpose, _)| state.stopped_lately(purpose, now));
    let answered = state.answered.filter(|at| now < *at + SUPPRESSED_FOR && state.allowed_at.is_none_or(|it| it < *at));
    let ended = stopped.map(|(_, standing)| standing.since()).chain(answered).any(|at| !given(at));
    if lately || ended || state.suppression.holds(now) { Vec::new() } else { vec![Change::Helped] }
}
