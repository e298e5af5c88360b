use shared::{
    actor::Actor,
    wire::{BatchOutcome, BatchRequest, BatchResult},
};
use worker::{Env, Result};

use super::protocol::{Begin, Begun, ReadProgress};
use crate::platform::object::Address;

/// A batch, whose object has the batch's id as its name.
#[derive(Clone, Copy)]
pub struct Client<'a>(Address<'a>);

impl<'a> Client<'a> {
    pub fn of(env: &'a Env, id: &'a str) -> Self {
        Self(Address { env, binding: "BATCH", name: id })
    }

    pub async fn begin(self, request: BatchRequest, outcomes: Vec<BatchOutcome>, actor: Actor) -> Result<Begun> {
        self.0.ask(Begin { id: self.0.name.to_owned(), request: Box::new(request), outcomes, actor }).await
    }

    pub async fn progress(self) -> Result<Option<Vec<BatchResult>>> {
        self.0.ask(ReadProgress {}).await
    }
}
