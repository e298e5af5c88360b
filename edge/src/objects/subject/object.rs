//! What decides is `shared::subject`; this object stores what was decided, each command in one transaction, and works
//! off its outbox by alarm.

use std::{cell::RefCell, rc::Rc};

use shared::{
    inbox::Answering,
    stored::{Answered, SendRefusal},
    subject,
    time::Timestamp,
    whereabouts::{Elsewhere, Errand, ForwardingNote, IfNobody, Known, Place, Reception, receive},
    wire::{Overview, ProofOpening},
};
use worker::{DurableObject, Env, Request, Response, Result, State, durable_object};

use super::{
    commit::Transaction,
    notes::Notes,
    protocol::{
        ActByLink, AnswerReply, Call, Carried, Check, Command, EndByCode, Envelope, IsKnown, OpenProofs, PassOnWord,
        ProjectAgain, Query, ReadMessage, ReadOverview, ReadReplies, SendFreshLink, SendMessage, Sweep, TakeReply,
        TakeReport, TakeRequest, ViewLink, WouldSendFreshLink,
    },
    record::{Loaded, denied},
    store::Store,
    view::LinkView,
};
use crate::{
    platform::{
        alarm::Alarms,
        clock,
        object::{Question, read, respond},
        secrets::Secrets,
        sql::{fault, open_tables},
        transaction::transaction,
    },
    service::health,
};

#[durable_object]
pub struct Subject {
    pub(super) state: State,
    pub(super) env: Env,
    store: RefCell<Option<Rc<Store>>>,
    /// The row that decides, read once: nobody else writes it.
    pub(super) loaded: RefCell<Option<Loaded>>,
    pub(super) notes: Notes,
    alarms: Alarms,
}

impl DurableObject for Subject {
    fn new(state: State, env: Env) -> Self {
        clock::start(&env);
        Self {
            state,
            env,
            store: RefCell::default(),
            loaded: RefCell::default(),
            notes: Notes::default(),
            alarms: Alarms::default(),
        }
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        let envelope = read(&mut request).await?;
        let reply = self.answer(envelope).await;
        health::tell_unreadable(&self.env).await;
        respond(reply)
    }

    async fn alarm(&self) -> Result<Response> {
        self.alarms.begin(&self.state).await?;
        let due = self.work().await;
        self.alarms.end(&self.state, due).await?;
        health::tell_unreadable(&self.env).await;
        Response::empty()
    }
}

impl Subject {
    /// The tables; made only for `making`, so that guessed links and numbers leave nothing behind.
    pub(super) fn store(&self, making: bool) -> Result<Option<Rc<Store>>> {
        if let Some(store) = &*self.store.borrow() {
            return Ok(Some(store.clone()));
        }
        let store = open_tables(&self.state, making)?.map(Rc::new);
        self.store.replace(store.clone());
        Ok(store)
    }

    /// Deletes all that is stored, at once, and with it what this instance knows of it.
    pub(super) async fn delete_all(&self) -> Result<()> {
        self.loaded.replace(None);
        self.store.replace(None);
        self.notes.forget();
        self.alarms.forget();
        self.state.storage().delete_all().await
    }

    /// Does something with the row that decides: all of it or nothing, in memory too.
    pub(super) fn all_or_nothing<T>(&self, work: impl FnOnce(&mut Option<Loaded>) -> Result<T>) -> Result<T> {
        let mut slot = self.loaded.borrow_mut();
        let done = transaction(&self.state, || work(&mut slot));
        if done.is_err() {
            *slot = None;
            self.notes.forget();
            self.alarms.forget();
        }
        done
    }

    /// What is known here of a number.
    fn known(&self, place: Place, secrets: &Secrets) -> Result<Known> {
        let hash = match self.store(false)? {
            None => None,
            Some(store) => self.all_or_nothing(|slot| {
                if slot.is_none() {
                    *slot = store.load(secrets)?;
                }
                Ok(slot.as_ref().map(|loaded| loaded.record.hash))
            })?,
        };
        if hash == Some(Some(place.hash)) {
            return Ok(Known::Here);
        }
        if let Some(to) = self.notes.find(&self.state, place.hash, clock::now())? {
            return Ok(Known::Moved(to));
        }
        Ok(match hash {
            None => Known::Nobody,
            Some(None) => Known::IdAlone,
            Some(Some(_)) => Known::AnotherNumber,
        })
    }

    /// Whom this object sends elsewhere. A note is durable before anybody hears of it.
    async fn elsewhere(&self, place: Place, if_nobody: IfNobody, secrets: &Secrets) -> Result<Option<Elsewhere>> {
        match receive(self.known(place, secrets)?, if_nobody) {
            Reception::CarryOut => Ok(None),
            Reception::Refer(elsewhere) => Ok(Some(elsewhere)),
            Reception::Note(to) => {
                let note = ForwardingNote::new(to, clock::now());
                self.commit(|_| self.notes.put(&self.state, place.hash, &note)).await?;
                Ok(Some(Elsewhere::Moved(to)))
            }
        }
    }

    /// Does something, all of it or nothing, and sets the alarm for what is due next, as a part of it.
    async fn commit<T>(&self, work: impl FnOnce(&mut Option<Loaded>) -> Result<T>) -> Result<T> {
        let (done, armed) = self.all_or_nothing(|slot| {
            let done = work(slot)?;
            let due = self.next_due(slot.as_ref())?;
            Ok((done, due.map(|due| self.alarms.arm(&self.state, due)).transpose()?.flatten()))
        })?;
        if let Some(armed) = armed {
            armed.await.inspect_err(|_| self.alarms.forget())?;
        }
        Ok(done)
    }

    /// When something here is to be done next.
    pub(super) fn next_due(&self, loaded: Option<&Loaded>) -> Result<Option<Timestamp>> {
        let of_record = match (loaded, &*self.store.borrow()) {
            (Some(loaded), Some(store)) => store.next_due(&loaded.record)?,
            _ => None,
        };
        Ok([of_record, self.notes.next_due(&self.state)?].into_iter().flatten().min())
    }

    async fn answer(&self, envelope: Envelope) -> Result<String> {
        let secrets = Secrets::of(&self.env).map_err(fault)?;
        if let Some(place) = envelope.place
            && let Some(elsewhere) = self.elsewhere(place, envelope.if_nobody, &secrets).await?
        {
            return Ok(serde_json::to_string(&Carried::<()>::Err(elsewhere))?);
        }
        let Some(store) = self.store(envelope.call.errand() == Errand::Make)? else {
            return of_nobody(&envelope.call);
        };
        if matches!(envelope.call, Call::Command(Command::Sweep(_))) {
            self.alarms.forget();
        }
        self.commit(|slot| answer(&store, &secrets, slot, envelope)).await
    }
}

fn answer(
    store: &Store,
    secrets: &Secrets,
    slot: &mut Option<Loaded>,
    Envelope { place, told, call, .. }: Envelope,
) -> Result<String> {
    if slot.is_none() {
        *slot = store.load(secrets)?;
    }
    let transaction = Transaction::new(store, secrets, clock::now(), told);
    if let Some(loaded) = slot.as_mut() {
        transaction.catch_up(loaded)?;
    }
    match (call, slot.as_mut()) {
        (Call::Command(Command::TakeRequest(TakeRequest { new })), _) => {
            let loaded = transaction.load_or_create(slot, place)?;
            reply::<TakeRequest>(transaction.request(loaded, *new)?)
        }
        (Call::Command(Command::TakeReply(TakeReply { new })), _) => {
            let loaded = transaction.load_or_create(slot, place)?;
            reply::<TakeReply>(transaction.reply(loaded, *new)?)
        }
        (Call::Command(Command::EndByCode(EndByCode { new })), _) => {
            reply::<EndByCode>(transaction.end_by_code(slot, *new)?)
        }
        (Call::Command(Command::PassOnWord(PassOnWord { new })), _) => {
            reply::<PassOnWord>(transaction.pass_on(slot, *new)?)
        }
        (call, None) => of_nobody(&call),
        (Call::Command(command), Some(loaded)) => transaction.answer_command(loaded, command),
        (Call::Query(query), Some(loaded)) => transaction.answer_query(loaded, query),
    }
}

impl Transaction<'_> {
    fn answer_command(&self, loaded: &mut Loaded, command: Command) -> Result<String> {
        match command {
            // Those make a record where there is none, and are taken before.
            Command::TakeRequest(TakeRequest { new }) => reply::<TakeRequest>(self.request(loaded, *new)?),
            Command::TakeReply(TakeReply { new }) => reply::<TakeReply>(self.reply(loaded, *new)?),
            Command::EndByCode(EndByCode { new }) => reply::<EndByCode>(self.end(loaded, *new)?),
            Command::PassOnWord(PassOnWord { new }) => reply::<PassOnWord>(self.take_word(loaded, *new)?),
            Command::ActByLink(ActByLink { token, act, tap }) => {
                reply::<ActByLink>(self.act(loaded, &token, act, &tap)?)
            }
            Command::SendFreshLink(SendFreshLink { submission }) => {
                reply::<SendFreshLink>(self.send_fresh_link(loaded, &submission)?)
            }
            Command::SendMessage(SendMessage { new }) => reply::<SendMessage>(self.send(loaded, *new)?),
            Command::TakeReport(TakeReport { report }) => reply::<TakeReport>(self.report(loaded, report)?),
            Command::Sweep(Sweep { listed }) => reply::<Sweep>(Some(self.sweep(loaded, listed)?)),
            Command::OpenProofs(OpenProofs { actor, reason }) => {
                let opening = ProofOpening { at: self.now, actor, reason };
                reply::<OpenProofs>(self.store.open_proofs(&opening, self.secrets)?)
            }
            Command::AnswerReply(answer) => reply::<AnswerReply>(self.answer_reply(loaded, answer)?),
            Command::ProjectAgain(ProjectAgain { purposes }) => {
                reply::<ProjectAgain>(purposes.iter().try_for_each(|purpose| self.project(purpose))?)
            }
        }
    }

    fn answer_query(&self, loaded: &Loaded, query: Query) -> Result<String> {
        match query {
            Query::IsKnown(_) => reply::<IsKnown>(true),
            Query::WouldSendFreshLink(_) => reply::<WouldSendFreshLink>(self.would_send_fresh_link(loaded)),
            Query::ViewLink(ViewLink { token, time_zone }) => reply::<ViewLink>(self.view(loaded, &token, &time_zone)?),
            Query::Check(Check { purpose }) => reply::<Check>(self.check(loaded, &purpose)?),
            Query::ReadMessage(ReadMessage { id }) => reply::<ReadMessage>(self.message(id)?),
            Query::ReadOverview(_) => reply::<ReadOverview>(self.overview(loaded)?),
            Query::ReadReplies(ReadReplies { ids }) => reply::<ReadReplies>(self.read_replies(loaded, &ids)?),
        }
    }
}

/// What there is to say of a number that was never seen.
fn of_nobody(call: &Call) -> Result<String> {
    match call {
        Call::Command(command) => match command {
            Command::TakeRequest(_) => reply::<TakeRequest>(()),
            Command::TakeReply(_) => reply::<TakeReply>(()),
            Command::EndByCode(_) => reply::<EndByCode>(()),
            Command::PassOnWord(_) => reply::<PassOnWord>(None),
            Command::ActByLink(_) => reply::<ActByLink>(LinkView::Dead),
            Command::SendFreshLink(_) => reply::<SendFreshLink>(()),
            Command::SendMessage(_) => reply::<SendMessage>(Answered::Refused(SendRefusal::NoConsent)),
            Command::TakeReport(_) => reply::<TakeReport>(()),
            Command::Sweep(_) => reply::<Sweep>(None),
            Command::OpenProofs(_) => reply::<OpenProofs>(Vec::new()),
            Command::AnswerReply(_) => reply::<AnswerReply>(Answering::NoEntry),
            Command::ProjectAgain(_) => reply::<ProjectAgain>(()),
        },
        Call::Query(query) => match query {
            Query::IsKnown(_) => reply::<IsKnown>(false),
            Query::WouldSendFreshLink(_) => reply::<WouldSendFreshLink>(false),
            Query::ViewLink(_) => reply::<ViewLink>(LinkView::Dead),
            Query::Check(_) => reply::<Check>(denied(subject::Reason::Unknown)),
            Query::ReadMessage(_) => reply::<ReadMessage>(None),
            Query::ReadOverview(_) => reply::<ReadOverview>(nothing()),
            Query::ReadReplies(_) => reply::<ReadReplies>(Vec::new()),
        },
    }
}

/// The reply of the right object.
fn reply<Q: Question>(reply: Q::Reply) -> Result<String> {
    Ok(serde_json::to_string(&Carried::Ok(reply))?)
}

fn nothing() -> Overview {
    Overview {
        subject: String::new(),
        states: Vec::new(),
        pending: Vec::new(),
        suppressed: false,
        paused: false,
        events: Vec::new(),
    }
}
