//! How long and how often.

use crate::time::Span;

/// A request waits so long for its confirmation.
pub const CONFIRM_WITHIN: Span = Span::hours(48);
/// A repeated request sends no SMS sooner than this after the last one.
pub const PAUSE: Span = Span::seconds(60);
/// Confirmation SMS that a number gets in 24 hours, over all forms.
pub const CONFIRMATIONS_A_DAY: usize = 3;
/// Requests typed on a web page reach nobody for so long after a STOP or an erasure.
pub const SUPPRESSED_FOR: Span = Span::days(30);
/// A request that came to nothing is kept so long, for "who ordered this SMS?".
pub const KEEP_CLOSED: Span = Span::days(30);
/// A fresh link opens for so long.
pub const FRESH_LINK: Span = Span::minutes(15);
/// Fresh links that a number gets in 24 hours.
pub const FRESH_LINKS_A_DAY: usize = 3;
/// After so many messages in a row that can't be delivered for good, a consent is suspended.
pub const MISSES: u8 = 3;
