use shared::limits::{DaySum, Proof, ProofUse, Shown, Take, Taken};
use worker::{Env, Result};

use super::protocol::{HoldBack, ListDays, TakeOne, UseProof};
use crate::platform::object::Address;

/// The counters of one network, destination, or shard of a form.
#[derive(Clone, Copy)]
pub struct Client<'a>(Address<'a>);

impl<'a> Client<'a> {
    /// Object names are stored by the platform: no part of a number may stand in them.
    pub fn of(env: &'a Env, name: &'a str) -> Self {
        Self(Address { env, binding: "LIMITER", name })
    }

    pub async fn take(self, take: Take, proof: Option<String>) -> Result<Taken> {
        self.0.ask(TakeOne { take, proof }).await
    }

    pub async fn use_proof(self, proof: Proof, submission: String) -> Result<ProofUse> {
        self.0.ask(UseProof { proof, submission }).await
    }

    pub async fn hold_back(self, proof: String, noted: Shown) -> Result<()> {
        self.0.ask(HoldBack { proof, noted }).await
    }

    pub async fn days(self) -> Result<Vec<DaySum>> {
        self.0.ask(ListDays {}).await
    }
}
