//! How long what was learned from others counts, before they are asked again.

use shared::time::{Span, Timestamp};

use crate::platform::clock;

/// What the owner has published, set or paused may be another by now. Strangers may name forms and gateways that there
/// never were, so the registry, too, is asked no more often.
pub const OWNERS: Span = Span::seconds(30);
/// That nothing is set up yet.
pub const NOTHING_YET: Span = Span::seconds(5);
/// How gateways and the registry fare: anybody may ask, so objects are not asked each time.
pub const HEALTH: Span = Span::seconds(10);

/// Whether what was learned then still counts; not where the clock was set back since.
pub fn is_fresh(learned_at: Timestamp, within: Span) -> bool {
    let now = clock::now();
    learned_at <= now && now < learned_at + within
}
