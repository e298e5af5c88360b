//! How long and how often.

pub use crate::deletion::{ANSWERED, CONFIRM_WITHIN, FRESH_LINK, INBOX_TEXT, NEVER_AGREED, SUPPRESSED_FOR};
use crate::time::Span;

/// A repeated request sends no SMS sooner than this after the last one.
pub const PAUSE: Span = Span::seconds(60);
/// Confirmation SMS that a number gets in 24 hours, over all forms.
pub const CONFIRMATIONS_A_DAY: usize = 3;
/// Fresh links that a number gets in 24 hours.
pub const FRESH_LINKS_A_DAY: usize = 3;
/// After so many messages in a row that can't be delivered for good, a consent is suspended.
pub const MISSES: u8 = 3;
