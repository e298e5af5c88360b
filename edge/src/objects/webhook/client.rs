use futures_util::future::try_join_all;
use shared::{
    actor::Actor,
    ids::WebhookId,
    settings::{self, Settings},
    shard::{self, SHARDS},
    time::Timestamp,
};
use worker::{Env, Result};

use super::{
    protocol::{Deliver, Event, Health, ReadHealth, Replay},
    secret,
};
use crate::platform::object::Address;

/// All objects of a webhook, each with the events of its share of the subjects.
#[derive(Clone, Copy)]
pub struct Client<'a> {
    env: &'a Env,
    webhook: &'a WebhookId,
}

impl<'a> Client<'a> {
    pub fn of(env: &'a Env, webhook: &'a WebhookId) -> Self {
        Self { env, webhook }
    }

    fn name(self, shard: u32) -> String {
        format!("{}/{shard}", self.webhook)
    }

    fn address(self, name: &'a str) -> Address<'a> {
        Address { env: self.env, binding: "WEBHOOK", name }
    }

    async fn deliver(self, event: Event) -> Result<()> {
        let name = self.name(shard::of(&event.subject));
        let deliver = Deliver { webhook: self.webhook.clone(), event: Box::new(event) };
        self.address(&name).ask(deliver).await
    }

    /// How each share fares.
    pub async fn health(self) -> Result<Vec<Health>> {
        let names: Vec<_> = (0..SHARDS).map(|shard| self.name(shard)).collect();
        try_join_all(names.iter().map(|name| self.address(name).ask(ReadHealth {}))).await
    }

    /// How many events are delivered once more.
    pub async fn replay(
        self,
        from: Timestamp,
        until: Option<Timestamp>,
        subject: Option<String>,
        actor: Actor,
    ) -> Result<u32> {
        let names: Vec<_> = (0..SHARDS).map(|shard| self.name(shard)).collect();
        let replays = names
            .iter()
            .map(|name| self.address(name).ask(Replay { from, until, subject: subject.clone(), actor: actor.clone() }));
        Ok(try_join_all(replays).await?.into_iter().sum())
    }
}

/// Whether the secret that signs for a webhook is there, and of use.
pub fn can_sign(env: &Env, webhook: &settings::Webhook) -> bool {
    secret::key(env, webhook).is_some()
}

/// Tells all webhooks that want it. Whoever can't have it lost repeats this until it succeeds.
///
/// # Errors
/// One of the webhooks' objects did not take it.
pub async fn tell(env: &Env, settings: &Settings, event: &Event) -> Result<()> {
    let wanting = settings.webhooks.iter().filter(|webhook| webhook.wants(event.kind));
    let tellings = wanting.map(|webhook: &settings::Webhook| {
        let told = Event {
            id: event.id.clone(),
            subject: event.subject.clone(),
            data: event.data.clone(),
            number: event.number.clone().filter(|_| webhook.include_number),
            reference: event.reference.clone(),
            ..*event
        };
        Client::of(env, &webhook.id).deliver(told)
    });
    try_join_all(tellings).await.map(|_| ())
}
