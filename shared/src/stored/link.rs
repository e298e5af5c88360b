use serde::{Deserialize, Serialize};

use super::{FormRef, Stored, Upgrade};
use crate::{lang::Lang, links::LinkKind, subject::End};

/// What is kept of a link beside the hash of its token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkRecord {
    /// The form that it goes back to.
    pub form: Option<FormRef>,
    /// The person's language.
    pub lang: Lang,
    /// See [`State::generation`](crate::subject::State).
    pub generation: u32,
    pub kind: LinkKind,
    /// How its request ended.
    pub end: Option<End>,
}

impl LinkRecord {
    /// What is left of it where it is kept for this alone: that the person can lift a suppression by it, whatever else
    /// was deleted. One of an older generation may be in other hands, and never could.
    pub fn that_lifts(&self, generation: u32) -> Option<Self> {
        let lifts = self.generation >= generation && self.kind.dead_at().is_none();
        lifts.then_some(Self {
            form: None,
            lang: self.lang,
            generation: self.generation,
            kind: LinkKind::WayOut,
            end: None,
        })
    }
}

impl Stored for LinkRecord {
    const NAME: &'static str = "link";
    const UPGRADES: &'static [Upgrade] = &[Upgrade::Same];
}
