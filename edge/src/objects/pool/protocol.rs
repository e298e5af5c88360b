use serde::{Deserialize, Serialize};
use shared::{actor::Actor, ids::PurposeId, time::Timestamp};

use crate::platform::object::protocol;

protocol! {
    commands {
        /// Adds codes; what is known already stays as it is.
        AddCodes {
            codes: Vec<String>,
            actor: Actor,
        } -> Added;
        /// Takes a code for a subject: the same subject gets the same one.
        TakeCode {
            purpose: PurposeId,
            subject: String,
            /// So few left, and the owner is told.
            warn_at: u32,
        } -> Taken;
        /// Forgets who got which code; nobody else ever gets it.
        ForgetSubject {
            subject: String,
            /// Until then it is known that they had one.
            until: Option<Timestamp>,
        } -> ();
    }
    queries {
        CountCodes {} -> Counted;
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Added {
    pub added: u32,
    /// Codes that nobody has.
    pub left: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    /// Codes that nobody has.
    pub left: u32,
    /// Codes that somebody has.
    pub taken: u32,
}

/// What somebody who asks for a code gets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Code {
    Theirs(String),
    /// The pool is empty.
    Empty,
    /// None: they had one, and were erased since.
    HadOne,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken {
    pub code: Code,
    /// Codes that nobody has.
    pub left: u32,
    /// The id of the event to tell the owner of, where the pool ran low by this for the first time since codes were
    /// added. Whoever asks again for the same subject is told again, so that no crash swallows it.
    pub warn: Option<String>,
}
