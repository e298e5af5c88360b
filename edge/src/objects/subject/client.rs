use std::collections::BTreeMap;

use shared::{
    actor::Actor,
    directory::Consent,
    ids::PurposeId,
    key_ring::{NumberHash, SubjectId},
    links::LinkAct,
    message::{Message, MessageId},
    stored::Answered,
    time::Timestamp,
    token::TokenHash,
    wire::{Checked, OpenedProof, Overview},
};
use worker::Env;

use super::{
    protocol::{
        ActByLink, Call, Check, Collision, Envelope, IsKnown, NewMessage, NewReply, NewRequest, OpenProofs,
        ProjectAgain, ReadMessage, ReadOverview, Report, SendFreshLink, SendMessage, Sweep, TakeReply, TakeReport,
        TakeRequest, Tap, ViewLink,
    },
    view::LinkView,
};
use crate::{
    platform::object::{Address, Question},
    problem::Problem,
};

pub struct Client<'a> {
    env: &'a Env,
    id: SubjectId,
    hash: Option<NumberHash>,
    told: bool,
}

impl<'a> Client<'a> {
    /// `hash` is that of the number, where it is known; `told` says whether the owner wants to be told what happens.
    pub fn of(env: &'a Env, id: SubjectId, hash: Option<NumberHash>, told: bool) -> Self {
        Self { env, id, hash, told }
    }

    async fn ask<Q: Question<Call = Call>>(&self, question: Q) -> Result<Q::Reply, Problem> {
        let name = self.id.to_string();
        let envelope = Envelope { hash: self.hash, told: self.told, call: question.into() };
        let address = Address { env: self.env, binding: "SUBJECT", name: &name };
        let reply: Result<Q::Reply, Collision> = address.post(&envelope).await?;
        reply.map_err(|Collision| Problem::Collision)
    }

    pub async fn is_known(&self) -> Result<bool, Problem> {
        self.ask(IsKnown {}).await
    }

    pub async fn take_request(&self, new: NewRequest) -> Result<(), Problem> {
        self.ask(TakeRequest { new: Box::new(new) }).await
    }

    pub async fn take_reply(&self, new: NewReply) -> Result<(), Problem> {
        self.ask(TakeReply { new: Box::new(new) }).await
    }

    pub async fn view_link(&self, token: TokenHash, time_zone: String) -> Result<LinkView, Problem> {
        self.ask(ViewLink { token, time_zone }).await
    }

    pub async fn act_by_link(&self, token: TokenHash, act: LinkAct, tap: Tap) -> Result<LinkView, Problem> {
        self.ask(ActByLink { token, act, tap }).await
    }

    pub async fn send_fresh_link(&self) -> Result<(), Problem> {
        self.ask(SendFreshLink {}).await
    }

    pub async fn check(&self, purpose: PurposeId) -> Result<Checked, Problem> {
        self.ask(Check { purpose }).await
    }

    pub async fn send_message(&self, new: NewMessage) -> Result<Answered, Problem> {
        self.ask(SendMessage { new: Box::new(new) }).await
    }

    pub async fn message(&self, id: MessageId) -> Result<Option<Message>, Problem> {
        self.ask(ReadMessage { id }).await
    }

    pub async fn take_report(&self, report: Report) -> Result<(), Problem> {
        self.ask(TakeReport { report }).await
    }

    /// The consents in force, for the nightly sweep; `listed` is the time of the person's row in the directory.
    pub async fn sweep(&self, listed: Option<Timestamp>) -> Result<Option<BTreeMap<PurposeId, Consent>>, Problem> {
        self.ask(Sweep { listed }).await
    }

    pub async fn open_proofs(&self, actor: Actor, reason: String) -> Result<Vec<OpenedProof>, Problem> {
        self.ask(OpenProofs { actor, reason }).await
    }

    pub async fn project_again(&self, purposes: Vec<PurposeId>) -> Result<(), Problem> {
        self.ask(ProjectAgain { purposes }).await
    }

    pub async fn overview(&self) -> Result<Overview, Problem> {
        let overview = self.ask(ReadOverview {}).await?;
        Ok(Overview { subject: self.id.to_string(), ..overview })
    }
}
