//! What a reply by SMS means.
//!
//! Two mistakes weigh differently: a yes that was none is a consent that nobody gave, a STOP that was none is a
//! message less. So a yes counts only where every word is known and none speaks against it, and what is unclear but
//! sounds like a STOP ends the advertising.

mod fold;
mod meaning;
mod read;
mod scope;
mod stop_words;
#[cfg(test)]
mod tests;
mod words;

pub(crate) use fold::words as folded;
pub use meaning::{Reply, Stop, Topic, Vocabulary};
pub use read::{is_reserved, read};
