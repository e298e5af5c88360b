//! What several commands do alike.

use super::{
    change::{Change, Gave},
    command::{Origin, Scope},
    ending::Ending,
    pending::{End, Hold, Pending},
    rules::{
        CONFIRMATIONS_A_DAY, FRESH_LINKS_A_DAY, SUPPRESSED_FOR, SUPPRESSED_LONGER, TYPED_LINKS, TYPED_LINKS_IN,
        UNANSWERED,
    },
    state::State,
    suppression::Suppression,
    way::Way,
};
use crate::{
    settings::Use,
    time::{Span, Timestamp},
};

/// What the person's yes to a request does: consent to each purpose of it, and its reward, once.
/// Whoever says yes to advertising wants it again, whatever they wrote before.
pub(super) fn confirmed(state: &State, pending: &Pending, said_at: Timestamp) -> Vec<Change> {
    let gave = pending.purposes.iter().map(|purpose| Change::Gave(Box::new(Gave::new(purpose, pending))));
    let rewarded = pending
        .purposes
        .iter()
        .filter(|purpose| purpose.reward.is_some() && !state.rewarded.contains(&purpose.id))
        .map(|purpose| Change::Rewarded(purpose.id.clone()));
    let advertises = pending.purposes.iter().any(|purpose| purpose.use_ == Use::Advertising);
    let lifted = advertises.then(|| state.inbox.lifted(said_at)).into_iter().flatten();
    let closed = std::iter::once(Change::Closed(pending.link.clone(), End::Confirmed));
    closed.chain(gave).chain(rewarded).chain(lifted).collect()
}

/// What the handset's owner ends who is not the person that consented.
pub(super) fn wrong_number(state: &State, way: Way) -> Vec<Change> {
    let mut changes = take(state, &Scope::All, Ending::WrongNumber(way));
    changes.extend([Change::NumberGivenUp, Change::Suppressed(Suppression::UntilAllowed)]);
    changes
}

/// Ends every request that `scope` touches.
pub(super) fn stopped(state: &State, scope: &Scope) -> impl Iterator<Item = Change> {
    state
        .pendings
        .values()
        .filter(|pending| pending.purposes.iter().any(|purpose| scope.covers(&purpose.id)))
        .map(|pending| Change::Closed(pending.link.clone(), End::Stopped))
}

/// Ends requests and consents in `scope`. A lapsed or suspended consent can be taken back too: it then stays so.
pub(super) fn take(state: &State, scope: &Scope, ending: Ending) -> Vec<Change> {
    let taken = state
        .standings
        .iter()
        .filter(|(id, standing)| scope.covers(id) && standing.can_end())
        .map(|(id, _)| Change::Took { purpose: id.clone(), ending });
    stopped(state, scope).chain(taken).collect()
}

/// A shorter suppression never replaces a longer one.
pub(super) fn suppressed(state: &State, new: Suppression) -> Option<Change> {
    let longer = match (state.suppression, new) {
        (Suppression::UntilAllowed, _) => true,
        (Suppression::Until(end), Suppression::Until(other)) => end >= other,
        _ => false,
    };
    (!longer).then_some(Change::Suppressed(new))
}

/// The silence that follows from then on where so many requests of web pages in a row were left unanswered (L5).
pub(super) fn silence(state: &State, unanswered: u8, from: Timestamp) -> Option<Change> {
    let span = match unanswered {
        0..UNANSWERED => return None,
        UNANSWERED => SUPPRESSED_FOR,
        _ => SUPPRESSED_LONGER,
    };
    suppressed(state, Suppression::Until(from + span))
}

/// What a START does, or a tap on an earlier link: requests get through again, held SMS are tried once more, and
/// advertising waits for no human any more.
pub(super) fn allowed(state: &State, said_at: Timestamp, now: Timestamp) -> Vec<Change> {
    let today = state.confirmations.iter().filter(|at| **at > now - Span::days(1)).count();
    let held = state.pendings.values().filter(|pending| pending.hold == Hold::Held);
    let released =
        held.take(CONFIRMATIONS_A_DAY.saturating_sub(today)).map(|pending| Change::Released(pending.link.clone()));
    let lifted = state.inbox.lifted(said_at);
    std::iter::once(Change::Suppressed(Suppression::None)).chain(released).chain(lifted).collect()
}

pub(super) fn fresh_link(state: &State, origin: Origin, now: Timestamp) -> Vec<Change> {
    let within = |times: &[Timestamp], span: Span| times.iter().filter(|at| **at > now - span).count();
    let typed = origin == Origin::WebPage && within(&state.typed_links, TYPED_LINKS_IN) >= TYPED_LINKS;
    let used_up = typed || within(&state.fresh_links, Span::days(1)) >= FRESH_LINKS_A_DAY;
    if used_up { Vec::new() } else { vec![Change::FreshLink(origin)] }
}
