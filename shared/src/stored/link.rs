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

impl Stored for LinkRecord {
    const NAME: &'static str = "link";
    const UPGRADES: &'static [Upgrade] = &[Upgrade::Same];
}
