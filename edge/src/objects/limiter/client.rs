use shared::limits::{Day, Take, Taken};
use worker::{Env, Result};

use super::protocol::{HoldBack, ListDays, TakeOne};
use crate::platform::object::Address;

/// The counters of one network, destination, or shard of a form.
#[derive(Clone, Copy)]
pub struct Client<'a>(Address<'a>);

impl<'a> Client<'a> {
    /// Object names are stored by the platform: no part of a number may stand in them.
    pub fn of(env: &'a Env, name: &'a str) -> Self {
        Self(Address { env, binding: "LIMITER", name })
    }

    pub async fn take(self, take: Take) -> Result<Taken> {
        self.0.ask(TakeOne { take }).await
    }

    pub async fn hold_back(self) -> Result<()> {
        self.0.ask(HoldBack {}).await
    }

    pub async fn days(self) -> Result<Vec<Day>> {
        self.0.ask(ListDays {}).await
    }
}
