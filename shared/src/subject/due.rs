use super::{
    change::Change,
    effects::silence,
    ending::Ending,
    pending::{End, Hold, Pending},
    rules::NEVER_AGREED,
    standing::Standing,
    state::State,
};
use crate::time::Timestamp;

/// What time alone has changed: requests that expired, consents that lapsed, what has had its time. `has_number` says
/// whether the number is stored.
pub fn due(state: &State, has_number: bool, now: Timestamp) -> Vec<Change> {
    let mut changes: Vec<_> = ended(state, now).collect();
    let mut after = std::borrow::Cow::Borrowed(state);
    for change in &changes {
        after.to_mut().apply(change, now);
    }
    let expunged: Vec<_> = after
        .standings
        .keys()
        .filter(|id| after.kept_until(id).is_some_and(|end| now >= end))
        .cloned()
        .map(Change::Expunged)
        .collect();
    for change in &expunged {
        after.to_mut().apply(change, now);
    }
    changes.extend(expunged);
    changes.extend(after.empties(has_number, now).then_some(Change::Emptied));
    changes
}

fn ended(state: &State, now: Timestamp) -> impl Iterator<Item = Change> {
    let expired = || state.pendings.values().filter(move |pending| now >= pending.expires_at());
    let closed = expired().map(|pending| Change::Closed(pending.link.clone(), End::Expired));
    // Nobody will ask who ordered an SMS that never was.
    let never_asked = expired().filter(|pending| pending.hold == Hold::Held && pending.ordered == 0);
    let never_asked = never_asked.map(|pending| Change::Forgotten(pending.link.clone()));
    let ignored = expired().filter(|pending| state.leaves_unanswered(&pending.link, End::Expired, now));
    let ignored: Vec<_> = ignored.map(Pending::expires_at).collect();
    let unanswered = state.unanswered.saturating_add(u8::try_from(ignored.len()).unwrap_or(u8::MAX));
    let silence = ignored.into_iter().max().and_then(|last| silence(state, unanswered, last));
    let lapsed = state.standings.iter().filter_map(move |(purpose, standing)| match standing {
        Standing::Given(given) if now >= given.lapses_at() => {
            Some(Change::Took { purpose: purpose.clone(), ending: Ending::Lapsed })
        }
        _ => None,
    });
    let forgotten = state
        .closed
        .iter()
        .filter(move |(_, at)| now >= *at + NEVER_AGREED)
        .map(|(link, _)| Change::Forgotten(link.clone()));
    closed.chain(never_asked).chain(silence).chain(lapsed).chain(forgotten)
}

/// When [`due`] has something to do next.
pub fn next_due(state: &State, has_number: bool) -> Option<Timestamp> {
    let expiries = state.pendings.values().map(Pending::expires_at);
    let lapses = state.standings.values().filter_map(|standing| match standing {
        Standing::Given(given) => Some(given.lapses_at()),
        _ => None,
    });
    let forgets = state.closed.iter().map(|(_, at)| *at + NEVER_AGREED);
    let expunges = state.standings.keys().filter_map(|purpose| state.kept_until(purpose));
    expiries.chain(lapses).chain(forgets).chain(expunges).chain(state.empties_at(has_number)).min()
}
