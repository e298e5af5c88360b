use std::collections::BTreeMap;

use shared::{
    actor::Actor,
    directory::Consent,
    ids::PurposeId,
    inbox::{Answering, ReplyId},
    key_ring::SubjectId,
    links::LinkAct,
    message::{Message, MessageId},
    stored::Answered,
    time::Timestamp,
    token::TokenHash,
    whereabouts::{IfNobody, Lost, Place, Places, Search},
    wire::{Checked, InboxAnswered, InboxEntry, OpenedProof, Overview, PersonNow},
};
use worker::Env;

use super::{
    protocol::{
        ActByLink, AnswerReply, Call, Carried, Check, EndByCode, Envelope, IsKnown, NewEnd, NewMessage, NewReply,
        NewRequest, NewWord, OpenProofs, PassOnWord, ProjectAgain, ReadMessage, ReadOverview, ReadReplies, Report,
        SendFreshLink, SendMessage, Sweep, TakeReply, TakeReport, TakeRequest, Tap, ViewLink, WouldSendFreshLink,
    },
    view::LinkView,
};
use crate::{
    platform::{
        object::{Address, Question},
        secrets::new_id,
    },
    problem::Problem,
};

/// How a person is named.
pub enum Named {
    ById(SubjectId),
    /// By the number, which may have an object under any generation of the `index` key.
    ByNumber(Places),
}

pub struct Client<'a> {
    env: &'a Env,
    whom: Named,
    told: bool,
}

impl<'a> Client<'a> {
    /// `told` says whether the owner wants to be told what happens.
    pub fn of(env: &'a Env, whom: Named, told: bool) -> Self {
        Self { env, whom, told }
    }

    /// Asks the one object that is the person's; gives its id as well.
    async fn find<Q: Question<Call = Call>>(&self, question: Q) -> Result<(SubjectId, Q::Reply), Problem> {
        let call = question.into();
        let places = match &self.whom {
            Named::ByNumber(places) => places,
            Named::ById(id) => {
                let reply = self.post::<Q>(*id, None, IfNobody::Take, &call).await?;
                return reply.map(|reply| (*id, reply)).map_err(|_| Problem::Fault);
            }
        };
        let mut search = Search::new(places, call.errand());
        loop {
            let step = search.step().map_err(lost)?;
            match self.post::<Q>(step.to.id, Some(step.to), step.if_nobody, &call).await? {
                Ok(reply) => return Ok((step.to.id, reply)),
                Err(elsewhere) => search.learn(elsewhere).map_err(lost)?,
            }
        }
    }

    async fn post<Q: Question<Call = Call>>(
        &self,
        id: SubjectId,
        place: Option<Place>,
        if_nobody: IfNobody,
        call: &Call,
    ) -> Result<Carried<Q::Reply>, Problem> {
        let address = Address { env: self.env, binding: "SUBJECT", name: &id.to_string() };
        Ok(address.post(&Envelope { place, if_nobody, told: self.told, call }).await?)
    }

    async fn ask<Q: Question<Call = Call>>(&self, question: Q) -> Result<Q::Reply, Problem> {
        self.find(question).await.map(|(_, reply)| reply)
    }

    /// The id that stands for the person, who need not be known.
    pub async fn id(&self) -> Result<SubjectId, Problem> {
        self.find(IsKnown {}).await.map(|(id, _)| id)
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

    pub async fn end_by_code(&self, new: NewEnd) -> Result<(), Problem> {
        self.ask(EndByCode { new: Box::new(new) }).await
    }

    pub async fn pass_on(&self, new: NewWord) -> Result<Option<PersonNow>, Problem> {
        self.ask(PassOnWord { new: Box::new(new) }).await
    }

    pub async fn would_send_fresh_link(&self) -> Result<bool, Problem> {
        self.ask(WouldSendFreshLink {}).await
    }

    pub async fn send_fresh_link(&self, submission: String) -> Result<(), Problem> {
        self.ask(SendFreshLink { submission }).await
    }

    pub async fn check(&self, purpose: PurposeId) -> Result<Checked, Problem> {
        self.ask(Check { purpose }).await
    }

    pub async fn send_message(&self, new: NewMessage) -> Result<Answered, Problem> {
        // A question may be asked twice.
        let new = NewMessage { key: new.key.or_else(|| Some(format!("once/{}", new_id()))), ..new };
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

    pub async fn read_replies(&self, ids: Vec<ReplyId>) -> Result<Vec<InboxEntry>, Problem> {
        self.ask(ReadReplies { ids }).await
    }

    pub async fn answer_reply(&self, answer: AnswerReply) -> Result<Answering<InboxAnswered>, Problem> {
        self.ask(answer).await
    }

    pub async fn project_again(&self, purposes: Vec<PurposeId>) -> Result<(), Problem> {
        self.ask(ProjectAgain { purposes }).await
    }

    pub async fn overview(&self) -> Result<Overview, Problem> {
        let (id, overview) = self.find(ReadOverview {}).await?;
        Ok(Overview { subject: id.to_string(), ..overview })
    }
}

fn lost(lost: Lost) -> Problem {
    match lost {
        Lost::Collision => Problem::Collision,
        Lost::Circle => {
            worker::console_error!("forwarding notes that lead to forwarding notes");
            Problem::Fault
        }
    }
}
