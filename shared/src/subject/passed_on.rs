//! What the owner passes on for a person (L25).

use super::{
    change::Change,
    command::{Command, Scope, Word},
    decide::{erased, erased_purposes},
    effects::{stopped, suppressed, wrong_number},
    inbox::InboxChange,
    leaving,
    rules::SUPPRESSED_FOR,
    state::State,
    suppression::Suppression,
    way::Way,
};
use crate::{
    evidence::SaidScope,
    ids::PurposeId,
    settings::{Purpose, advertising},
    time::Timestamp,
};

const WAY: Way = Way::Owner;

impl Word {
    /// What it does, where these purposes are `declared`; nothing for a purpose that was made up.
    pub fn command(self, state: &State, declared: &[Purpose], heard_at: Timestamp) -> Option<Command> {
        match &self {
            Self::Withdraw(scope) if scope.is_made_up(state, declared) => None,
            _ => Some(Command::PassOn { word: self, advertising: advertising(declared), heard_at }),
        }
    }

    /// How much evidence says that was to end.
    pub const fn said(&self) -> SaidScope {
        match self {
            Self::Withdraw(Scope::Purpose(_)) => SaidScope::Purposes,
            Self::Object => SaidScope::Advertising,
            Self::Withdraw(Scope::All) | Self::WrongNumber | Self::Erase => SaidScope::Everything,
        }
    }
}

/// What has been so since then stays: the word is older. The same word again changes nothing.
pub(super) fn decide(
    state: &State,
    word: Word,
    advertising: &[PurposeId],
    heard_at: Timestamp,
    now: Timestamp,
) -> Vec<Change> {
    let changes = match word {
        Word::Withdraw(scope) => leaving::withdrawn(state, scope, WAY, now),
        Word::Object => leaving::objected(state, advertising, WAY),
        Word::WrongNumber => wrong_number(state, WAY),
        Word::Erase if has_younger(state, heard_at) => erased_but_younger(state, heard_at, now),
        Word::Erase => erased(state, WAY, now),
    };
    meant(state, changes, heard_at, now)
}

/// Whether something is stored that the person, or somebody for them, has asked for since.
fn has_younger(state: &State, at: Timestamp) -> bool {
    let given = state.standings.values().any(|standing| standing.is_given_since(at));
    given || state.asked().any(|(_, pending)| pending.requested_at > at)
}

/// What was there when the person asked for it goes, each purpose by itself; what they have asked for since takes the
/// number.
fn erased_but_younger(state: &State, heard_at: Timestamp, now: Timestamp) -> Vec<Change> {
    let left_alone = suppressed(state, Suppression::Until(now + SUPPRESSED_FOR));
    let ended = stopped(state, &Scope::All).chain(erased_purposes(state, WAY)).chain(left_alone).collect();
    let mut changes = meant(state, ended, heard_at, now);
    let closed_before = state.closed.iter().filter(|(_, at)| *at <= heard_at).map(|(link, _)| link);
    let closed_now = changes.iter().filter_map(|change| match change {
        Change::Closed(link, _) => Some(link),
        _ => None,
    });
    let forgotten = closed_before.chain(closed_now).map(|link| Change::Forgotten(link.clone()));
    let locked = changes.iter().filter_map(|change| match change {
        Change::Took { purpose, .. } => Some(Change::LockedAway(purpose.clone())),
        _ => None,
    });
    let replies = state.inbox.iter().filter(|open| open.received_at <= heard_at);
    let left = replies.map(|open| Change::Inbox(InboxChange::Left(open.id)));
    let gone: Vec<_> = forgotten.chain(locked).chain(left).collect();
    changes.extend(gone);
    changes
}

/// Leaves out what the person has wanted since, and what would only be said again: an acknowledgement of nothing, and
/// more of a silence that holds.
fn meant(state: &State, mut changes: Vec<Change>, heard_at: Timestamp, now: Timestamp) -> Vec<Change> {
    changes.retain(|change| match change {
        Change::Took { purpose, .. } => !state.standings.get(purpose).is_some_and(|it| it.is_given_since(heard_at)),
        Change::Closed(link, _) => {
            !state.asked().any(|(_, pending)| pending.link == *link && pending.requested_at > heard_at)
        }
        Change::Suppressed(_) | Change::NumberGivenUp => !state.surely_wanted_since(heard_at),
        _ => true,
    });
    let ended = leaving::end_something(state, &changes);
    let alters = changes.iter().any(|change| matches!(change, Change::Took { .. } | Change::Closed(..)));
    changes.retain(|change| match change {
        Change::Acknowledge(_) => ended,
        Change::Suppressed(Suppression::Until(_)) => alters || !state.suppression.holds(now),
        _ => true,
    });
    changes
}
