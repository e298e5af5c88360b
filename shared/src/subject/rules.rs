//! How long and how often.

pub use crate::deletion::{
    ANSWERED, CONFIRM_WITHIN, FRESH_LINK, INBOX_TEXT, NEVER_AGREED, SUPPRESSED_FOR, SUPPRESSED_LONGER,
};
use crate::time::Span;

/// A repeated request sends no SMS sooner than this after the last one.
pub const PAUSE: Span = Span::seconds(60);
/// SMS of one request, those sent again included.
pub const SMS_A_REQUEST: u8 = 3;
/// After so many requests of web pages in a row that nobody answered, web pages are silent towards the number: for
/// [`SUPPRESSED_FOR`], after each further one for [`SUPPRESSED_LONGER`].
pub const UNANSWERED: u8 = 2;
/// A request that was answered by nobody for so long counts as unanswered, even where a newer one replaces it.
pub const TIME_TO_ANSWER: Span = Span::hours(1);
/// "You are signed up already" comes once in this time.
pub const ALREADY_EVERY: Span = Span::days(30);
/// Confirmation SMS that a number gets in 24 hours, over all forms.
pub const CONFIRMATIONS_A_DAY: usize = 3;
/// Calls for HELP that are answered in 24 hours: so many that no person is left without, and that two machines which
/// answer each other come to an end.
pub const HELPS_A_DAY: usize = 10;
/// The same where nothing is in force and nothing waits for an answer.
pub const HELPS_A_DAY_UNASKED: usize = 3;
/// Fresh links that a number gets in 24 hours.
pub const FRESH_LINKS_A_DAY: usize = 3;
/// Fresh links that a number gets in 30 days because somebody typed it on a page.
pub const TYPED_LINKS: usize = 3;
/// The days that [`TYPED_LINKS`] is counted in.
pub const TYPED_LINKS_IN: Span = Span::days(30);
/// After so many messages in a row that can't be delivered for good, a consent is suspended.
pub const MISSES: u8 = 3;
