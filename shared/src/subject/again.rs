use super::rules::{PAUSE, SMS_A_REQUEST};
use crate::time::Span;

/// Whether a page offers to ask for the same SMS once more.
///
/// A page knows nobody, and what it offers tells nothing about anybody: it goes by the limits that a request has of
/// whomever it is. What else [`super::decide`] knows of a person, it must not show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Again {
    /// So much later; sooner, nothing would come of it.
    In(Span),
    Now,
    /// All SMS of the request were asked for.
    No,
}

impl Again {
    /// After `asked` requests with one number, the last of which was answered so long ago.
    pub fn offered(asked: u8, waited: Span) -> Self {
        if asked >= SMS_A_REQUEST {
            Self::No
        } else if waited < PAUSE {
            Self::In(Span::millis(PAUSE.in_millis().saturating_sub(waited.in_millis())))
        } else {
            Self::Now
        }
    }
}
