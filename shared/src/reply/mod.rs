//! What a reply by SMS means.
//!
//! Two mistakes weigh differently: a yes that was none is a consent that nobody gave, a STOP that was none is a
//! message less. So what wants out beats everything, unless the wish itself is denied or asked about, and a yes counts
//! only where every word is known and none speaks against it.
//!
//! A text is read in steps. What isn't the person's is cut off ([`own`]); the rest is folded ([`fold`]) and split into
//! clauses ([`clause`]), so that a negation and a question belong to one clause alone; each word and phrase plays the
//! parts ([`class`]) that the languages ([`lang`]) give it, whichever language it is; and one rule of precedence
//! ([`read`]) says which clause counts. What none of it knows may still sound like wanting out ([`sound`]).

mod class;
mod clause;
#[cfg(test)]
mod corpus;
mod fold;
mod lang;
mod lexicon;
mod meaning;
mod own;
mod plain;
#[cfg(test)]
mod properties;
mod read;
mod scope;
mod sound;
mod spelling;
#[cfg(test)]
mod tests;
mod whose;
mod wish;
mod work;

pub(crate) use fold::words as folded;
pub use meaning::{About, Reply, Stop, Topic, Vocabulary};
pub use read::{is_reserved, read};
