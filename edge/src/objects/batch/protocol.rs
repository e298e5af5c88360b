use serde::{Deserialize, Serialize};
use shared::{
    actor::Actor,
    wire::{BatchOutcome, BatchRequest, BatchResult},
};

use crate::platform::object::protocol;

protocol! {
    commands {
        /// The same request once more changes nothing.
        Begin {
            id: String,
            request: Box<BatchRequest>,
            /// What is known of each recipient already.
            outcomes: Vec<BatchOutcome>,
            actor: Actor,
        } -> Begun;
    }
    queries {
        /// What came of each recipient; nothing where there is no such batch.
        ReadProgress {} -> Option<Vec<BatchResult>>;
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Begun {
    /// It is stored, and will be worked off.
    Yes,
    /// Another request came under this id.
    Another,
}
