use super::{
    change::Change,
    ending::Ending,
    pending::{End, Pending},
    rules::KEEP_CLOSED,
    standing::Standing,
    state::State,
};
use crate::time::Timestamp;

/// What time alone has changed: requests that expired, consents that lapsed, records to forget.
pub fn due(state: &State, now: Timestamp) -> Vec<Change> {
    let expired = state
        .pendings
        .values()
        .filter(|pending| now >= pending.expires_at())
        .map(|pending| Change::Closed(pending.link.clone(), End::Expired));
    let lapsed = state.standings.iter().filter_map(|(purpose, standing)| match standing {
        Standing::Given(given) if now >= given.lapses_at() => {
            Some(Change::Took { purpose: purpose.clone(), ending: Ending::Lapsed })
        }
        _ => None,
    });
    let forgotten =
        state.closed.iter().filter(|(_, at)| now >= *at + KEEP_CLOSED).map(|(link, _)| Change::Forgotten(link.clone()));
    expired.chain(lapsed).chain(forgotten).collect()
}

/// When [`due`] has something to do next.
pub fn next_due(state: &State) -> Option<Timestamp> {
    let expiries = state.pendings.values().map(Pending::expires_at);
    let lapses = state.standings.values().filter_map(|standing| match standing {
        Standing::Given(given) => Some(given.lapses_at()),
        _ => None,
    });
    let forgets = state.closed.iter().map(|(_, at)| *at + KEEP_CLOSED);
    expiries.chain(lapses).chain(forgets).min()
}
