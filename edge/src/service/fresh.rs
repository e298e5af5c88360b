//! How long what was learned from others counts, before they are asked again.

use shared::time::{Span, Timestamp};

use crate::platform::clock;

/// For the owner's settings, forms and pause, which may be others by now. Strangers may name forms and gateways that there
/// never were, so the registry, too, is asked no more often.
pub const OWNERS: Span = Span::seconds(30);
/// While nothing is set up.
pub const NOTHING_YET: Span = Span::seconds(5);
/// For the health check: anybody may ask.
pub const HEALTH: Span = Span::seconds(10);

/// Whether what was learned then still counts; not where the clock was set back since.
pub fn is_fresh(learned_at: Timestamp, within: Span) -> bool {
    let now = clock::now();
    learned_at <= now && now < learned_at + within
}
