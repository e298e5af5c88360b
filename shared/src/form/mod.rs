//! Forms: what an owner drafts, the immutable version that is published, and the exact text that a person is shown.

mod confirmation;
mod disclosure;
mod draft;
mod frozen;
mod index;
mod invite;
mod publish;
mod version;

pub use confirmation::{Asked, CONFIRMATION_VALUES, NotHandedIn, confirmation_values};
pub use disclosure::{DisclosedFrequency, DisclosedPurpose, Disclosure};
pub use draft::{FormDraft, Keyword, Theme};
#[cfg(test)]
pub(crate) use frozen::first_that_fits;
pub use frozen::{FormTexts, PagePart, PageValues, QuestionPage, SmsTexts};
pub use index::{FormIndex, IndexCopy, IndexedForm};
pub use invite::hosted_link;
pub use version::{FormState, FormTurn, FormVersion};

#[cfg(test)]
pub(crate) mod tests;
