//! What a person ends by the code of an advertising SMS or by a word to the business, and an objection, by whatever way
//! it comes.

use super::{
    change::Change,
    command::Scope,
    effects::{suppressed, take},
    ending::Ending,
    pending::{End, Pending},
    rules::SUPPRESSED_FOR,
    standing::Standing,
    state::State,
    suppression::Suppression,
    way::Way,
};
use crate::{ids::PurposeId, reply::Stop, time::Timestamp};

/// A withdrawal from every standing: like a STOP it keeps web pages away for a while (L8). Codes outlive what they were
/// sent for, and whoever calls need not be known, so a hash at most, or nobody at all, is left alone all the same.
pub(super) fn withdrawn(state: &State, scope: Scope, way: Way, now: Timestamp) -> Vec<Change> {
    let left_alone = suppressed(state, Suppression::Until(now + SUPPRESSED_FOR));
    if !state.has_reasons() {
        return left_alone.into_iter().collect();
    }
    let ending = Ending::Withdrawn(way);
    let mut changes = take(state, &scope, ending);
    let stop = match scope {
        Scope::All => {
            changes.extend(left_alone);
            Stop::Everything
        }
        Scope::Purpose(id) => {
            let never = !state.standings.contains_key(&id);
            changes.extend(never.then(|| Change::Took { purpose: id.clone(), ending }));
            Stop::Purposes(vec![id])
        }
    };
    acknowledged(state, changes, way, stop)
}

/// Ends all that advertises, given or not, and nothing else (L26): the `advertising` that is declared, and what was
/// promised to the person, or asked for, as such. Web pages don't ask again until the person lifts that.
pub(super) fn objected(state: &State, advertising: &[PurposeId], way: Way) -> Vec<Change> {
    let left_alone = Change::Suppressed(Suppression::UntilAllowed);
    if !state.has_reasons() {
        return vec![left_alone];
    }
    let changes = objections(state, advertising, way).chain([left_alone]).collect();
    acknowledged(state, changes, way, Stop::Advertising)
}

/// What an objection ends: requests for what advertises, and all standings of it that are none yet.
pub(super) fn objections(state: &State, advertising: &[PurposeId], way: Way) -> impl Iterator<Item = Change> {
    let asks = |pending: &&Pending| {
        pending.purposes.iter().any(|purpose| purpose.advertises() || advertising.contains(&purpose.id))
    };
    let requests = state.pendings.values().filter(asks).map(|it| Change::Closed(it.link.clone(), End::Stopped));
    let agreed = state.standings.iter().filter(|(id, standing)| match standing {
        Standing::Given(given) => given.terms.advertises || advertising.contains(id),
        // Of what was erased the proof is locked away, and nothing is in force.
        Standing::Objected { .. } | Standing::Erased { .. } => false,
        _ => advertising.contains(id),
    });
    let never = advertising.iter().filter(|id| !state.standings.contains_key(*id));
    let ended = agreed.map(|(id, _)| id).chain(never);
    let ended: Vec<_> = ended.map(|id| Change::Took { purpose: id.clone(), ending: Ending::Objected(way) }).collect();
    let requests: Vec<_> = requests.collect();
    requests.into_iter().chain(ended)
}

/// The same with one acknowledgement, if anything has ended that the person may not be there for. That of a code shows
/// the way back: whoever has it may have had the number before.
fn acknowledged(state: &State, mut changes: Vec<Change>, way: Way, stop: Stop) -> Vec<Change> {
    let acknowledge = match way {
        Way::WayOut => Some(Change::AcknowledgeWayOut(stop)),
        Way::Owner => Some(Change::Acknowledge(stop)),
        Way::Link | Way::FreshLink | Way::Reply | Way::Provider => None,
    };
    changes.extend(acknowledge.filter(|_| end_something(state, &changes)));
    changes
}

/// Whether something ends that was there.
pub(super) fn end_something(state: &State, changes: &[Change]) -> bool {
    changes.iter().any(|change| match change {
        // Of what only strangers asked in vain the person knows nothing.
        Change::Closed(link, _) => state.asked().any(|(_, pending)| pending.link == *link),
        Change::Took { purpose, .. } => state.standings.get(purpose).is_some_and(Standing::can_end),
        _ => false,
    })
}
