use worker::{Env, Result};

use super::protocol::{ListHandsets, ListSms, LookUp, Sms, TakeSms};
use crate::platform::object::Address;

/// The one object with all handsets.
#[derive(Clone, Copy)]
pub struct Client<'a>(Address<'a>);

impl<'a> Client<'a> {
    pub fn of(env: &'a Env) -> Self {
        Self(Address { env, binding: "PHONE", name: "phone" })
    }

    pub async fn take(self, reference: String, sms: Sms) -> Result<Option<String>> {
        self.0.ask(TakeSms { reference, sms }).await
    }

    pub async fn look_up(self, reference: String) -> Result<Option<String>> {
        self.0.ask(LookUp { reference }).await
    }

    pub async fn list(self, number: String) -> Result<Vec<Sms>> {
        self.0.ask(ListSms { number }).await
    }

    pub async fn handsets(self) -> Result<Vec<String>> {
        self.0.ask(ListHandsets {}).await
    }
}
