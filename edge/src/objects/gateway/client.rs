use shared::{
    actor::Actor,
    ids::GatewayId,
    inbox::{Answering, InboxKey},
    message::MessageId,
    pace::{Ask, Limits, Noted, Turn},
    stored::Unread,
    wire::InboxAnswered,
};
use worker::{Env, Result};

use super::protocol::{
    FindTaken, KeepUnread, NoteOutcome, NotePause, NoteTaken, PutAway, ReadState, ReadUnread, Standing, TakeTurn,
    UnreadPage, Watch,
};
use crate::{objects::registry::KnownPause, platform::object::Address};

/// The pace of a gateway, whose object has the gateway's name.
#[derive(Clone, Copy)]
pub struct Client<'a> {
    address: Address<'a>,
    gateway: &'a GatewayId,
}

impl<'a> Client<'a> {
    pub fn of(env: &'a Env, gateway: &'a GatewayId) -> Self {
        Self { address: Address { env, binding: "GATEWAY", name: gateway.as_str() }, gateway }
    }

    pub async fn take_turn(self, ask: Ask, limits: Limits) -> Result<Turn> {
        self.address.ask(TakeTurn { gateway: self.gateway.clone(), ask, limits }).await
    }

    pub async fn note_outcome(self, noted: Noted) -> Result<()> {
        self.address.ask(NoteOutcome { noted }).await
    }

    pub async fn note_pause(self, pause: KnownPause) -> Result<()> {
        self.address.ask(NotePause { pause }).await
    }

    pub async fn state(self, limits: Limits) -> Result<Standing> {
        self.address.ask(ReadState { limits }).await
    }

    pub async fn watch(self) -> Result<()> {
        self.address.ask(Watch { gateway: self.gateway.clone() }).await
    }

    pub async fn keep_unread(self, unread: Unread) -> Result<()> {
        self.address.ask(KeepUnread { unread }).await
    }

    /// What could not be read, the oldest first after that place, at most `most`.
    pub async fn unread(self, after: Option<InboxKey>, most: u32) -> Result<UnreadPage> {
        self.address.ask(ReadUnread { gateway: self.gateway.clone(), after, most }).await
    }

    pub async fn put_away(self, number: u64, actor: Actor) -> Result<Answering<InboxAnswered>> {
        self.address.ask(PutAway { gateway: self.gateway.clone(), number, actor }).await
    }

    pub async fn note_taken(self, id: String, message: MessageId) -> Result<()> {
        self.address.ask(NoteTaken { id, message }).await
    }

    pub async fn find_taken(self, id: String) -> Result<Option<MessageId>> {
        self.address.ask(FindTaken { id }).await
    }
}
