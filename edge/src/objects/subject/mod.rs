//! One person: the record and the serialiser of everything about one number.
//!
//! What decides is `shared::subject`; this object stores, in one run of SQL without an `await`, what was
//! decided, and works off its outbox by alarm.

mod outbox;
mod store;
mod talk;

use std::cell::{OnceCell, RefCell};

use shared::{
    evidence::{Act, Erasable, Event, GivenRecord, Happened, SCHEMA},
    form::ConfirmBy,
    ids::PurposeId,
    reply::Reply,
    settings::Sender,
    subject::{self, Change, Command, End, Outgoing, Refusal, Silence, Standing, Verdict, Way, check},
    texts::pages::PurposeState,
    time::Timestamp,
    token::{LinkToken, TokenHash},
    wire::{Checked, Overview, PendingLine, StateLine},
};
use worker::{DurableObject, Env, Error, Request, Response, Result, State, durable_object};

pub use talk::*;

use self::{
    outbox::Item,
    store::{Loaded, Store},
};
use super::{answer, question, wake_at};
use crate::{
    clock,
    secrets::{Secrets, random},
};

/// One person.
#[durable_object]
pub struct Subject {
    state: State,
    env: Env,
    store: OnceCell<Store>,
    /// The row that decides, read once: nobody else writes it.
    loaded: RefCell<Option<Loaded>>,
}

impl DurableObject for Subject {
    fn new(state: State, env: Env) -> Self {
        Self { state, env, store: OnceCell::new(), loaded: RefCell::default() }
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        let question = question(&mut request).await?;
        let result = self.answer(question);
        if result.is_err() {
            // What was not written must not stay in memory.
            self.loaded.take();
        }
        let (reply, wake) = match result {
            Ok((reply, wake)) => (Ok(reply), wake),
            Err(error) => (Err(error), None),
        };
        if let Some(due) = wake {
            wake_at(&self.state, due).await?;
        }
        answer(reply)
    }

    async fn alarm(&self) -> Result<Response> {
        if let Err(error) = self.work().await {
            // It comes again by the alarm that `work` sets first.
            worker::console_error!("outbox: {error}");
            self.loaded.take();
        }
        Response::empty()
    }
}

impl Subject {
    /// The tables; made only for `making`, so that guessed links and numbers leave nothing behind.
    fn store(&self, making: bool) -> Result<Option<&Store>> {
        if let Some(store) = self.store.get() {
            return Ok(Some(store));
        }
        let sql = self.state.storage().sql();
        let store = if making { Some(Store::make(sql)?) } else { Store::find(sql)? };
        Ok(store.map(|store| self.store.get_or_init(|| store)))
    }

    /// Answers, and says when to wake up next.
    fn answer(&self, Question { hash, ask }: Question) -> Result<(Answer, Option<Timestamp>)> {
        let making = matches!(ask, Ask::Request(_) | Ask::Reply { .. });
        let Some(store) = self.store(making)? else {
            return Ok((answer_of_nobody(&ask), None));
        };
        let secrets = Secrets::of(&self.env).map_err(|error| Error::RustError(error.to_string()))?;
        let now = clock::now();
        let mut slot = self.loaded.borrow_mut();
        if slot.is_none() {
            *slot = store.load(&secrets)?;
        }
        if let (Some(asked), Some(loaded)) = (hash, slot.as_ref())
            && asked != loaded.record.hash
        {
            return Ok((Answer::Collision, None));
        }
        let desk = Desk { store, secrets: &secrets, now };
        if let Some(loaded) = slot.as_mut() {
            desk.catch_up(loaded)?;
        }
        let reply = match (ask, slot.as_mut()) {
            (Ask::Known, Some(_)) => Answer::Known(true),
            (Ask::Request(request), _) => {
                let loaded = desk.enter(&mut slot, &request.who)?;
                loaded.record.contact = Some(request.contact());
                desk.request(loaded, *request)?;
                Answer::Done
            }
            (Ask::Reply { who, contact, reply }, _) => {
                let loaded = desk.enter(&mut slot, &who)?;
                loaded.record.contact.get_or_insert(contact);
                desk.reply(loaded, reply)?;
                Answer::Done
            }
            (ask, None) => answer_of_nobody(&ask),
            (Ask::Link(token), Some(loaded)) => Answer::Link(desk.view(loaded, &token)?),
            (Ask::Act { token, act, tap }, Some(loaded)) => Answer::Link(desk.act(loaded, &token, act, tap)?),
            (Ask::FreshLinkFromPage, Some(loaded)) => {
                desk.command(loaded, Command::FreshLinkFromPage, None)?;
                Answer::Done
            }
            (Ask::Check(purpose), Some(loaded)) => Answer::Check(desk.check(loaded, &purpose)?),
            (Ask::Send { purpose, text }, Some(loaded)) => desk.send(loaded, purpose, &text)?,
            (Ask::Overview, Some(loaded)) => Answer::Overview(desk.overview(loaded)?),
        };
        let next = match slot.as_ref() {
            Some(loaded) => store.next_due(&loaded.record)?,
            None => None,
        };
        Ok((reply, next))
    }
}

/// What a command needs at hand.
struct Desk<'a> {
    store: &'a Store,
    secrets: &'a Secrets,
    now: Timestamp,
}

impl Desk<'_> {
    /// The record of whoever has this number, made at first sight.
    fn enter<'l>(&self, slot: &'l mut Option<Loaded>, who: &Who) -> Result<&'l mut Loaded> {
        let loaded = match slot {
            Some(loaded) => loaded,
            None => slot.insert(Loaded::new(who, self.secrets)?),
        };
        // After an erasure the number comes back with a new data key.
        loaded.keep_number(who, self.secrets)?;
        Ok(loaded)
    }

    /// Applies what time alone has changed.
    fn catch_up(&self, loaded: &mut Loaded) -> Result<()> {
        let changes = subject::due(&loaded.record.state, self.now);
        let proofs = loaded.record.proofs.len();
        loaded.record.proofs.retain(|proof| self.now < proof.until);
        if changes.is_empty() && proofs == loaded.record.proofs.len() {
            return Ok(());
        }
        self.carry_out(loaded, &changes, None)
    }

    fn command(&self, loaded: &mut Loaded, command: Command, act: Option<Act>) -> Result<Option<Refusal>> {
        match subject::decide(&loaded.record.state, command, self.now) {
            Ok(changes) => self.carry_out(loaded, &changes, act).map(|()| None),
            Err(refusal) => Ok(Some(refusal)),
        }
    }

    /// Takes a request. One that sends nothing writes the same rows as one that does, so that it takes as
    /// long; the outbox then deletes them.
    fn request(&self, loaded: &mut Loaded, request: NewRequest) -> Result<()> {
        let token = LinkToken::new(loaded.record.id, random());
        let link = token.hash();
        let purposes: Vec<_> = request.asked().into_iter().cloned().collect();
        let command = Command::Request {
            form: request.form.form.clone(),
            link: link.clone(),
            purposes: purposes.clone(),
            lang: request.request.lang,
        };
        let changes = subject::decide(&loaded.record.state, command, self.now).unwrap_or_default();
        let url = request.links_to.clone() + "/c/" + &token.text();
        let texts = request.request.lang.texts();
        let (outgoing, text) = if changes.iter().any(|change| matches!(change, Change::Requested(..))) {
            let wanted: Vec<_> =
                purposes.iter().filter(|purpose| loaded.record.state.given(&purpose.id, self.now).is_none()).collect();
            let text = request.form.confirmation_sms(&wanted, request.request.lang, &url);
            (Some(Outgoing::Confirmation { link: link.clone() }), text)
        } else {
            let told = changes.contains(&Change::ToldAlready);
            (told.then_some(Outgoing::Already), texts.already_sms(&request.form.controller.name, &url))
        };
        self.store.put_link(
            &link,
            &LinkRecord {
                form: Some(request.form_ref()),
                lang: request.request.lang,
                generation: loaded.record.state.generation,
                kind: match outgoing {
                    Some(Outgoing::Confirmation { .. }) => LinkKind::Confirmation,
                    _ => LinkKind::WayOut,
                },
                end: None,
            },
        )?;
        self.store.put_request(loaded, &link, &request)?;
        let item = match outgoing {
            Some(outgoing) => Item::Sms { outgoing, text: loaded.seal("sms", &text)?, ordered_at: self.now },
            None => Item::Nothing { link },
        };
        self.store.post(&outbox::id(), self.now, &item)?;
        for change in &changes {
            if let Change::Ended(old, end) = change {
                self.store.end_link(old, *end, loaded.record.state.generation)?;
            }
            loaded.record.state.apply(change, self.now);
        }
        self.store.save(loaded)
    }

    /// Writes what was decided: events, links, outbox and state.
    fn carry_out(&self, loaded: &mut Loaded, changes: &[Change], act: Option<Act>) -> Result<()> {
        for change in changes {
            match change {
                // Below, when its generation is known.
                Change::Ended(_, _) => {}
                Change::Forgotten(link) => self.store.forget_request(link)?,
                Change::Gave(purpose, _, link) => {
                    let act = act.clone().ok_or_else(|| Error::from("a consent without an act"))?;
                    let kept = self.store.request(loaded, link)?;
                    let given = GivenRecord::new(&kept.controller, purpose, kept.request, kept.sms, act);
                    self.happened(loaded, &purpose.id, Happened::Given(Box::new(given)), &kept.erasables)?;
                }
                Change::Withdrew(purpose, way) => {
                    self.happened(loaded, purpose, Happened::Withdrawn { way: *way }, &[])?;
                }
                Change::Objected(purpose, way) => {
                    self.happened(loaded, purpose, Happened::Objected { way: *way }, &[])?;
                }
                Change::Lapsed(purpose) => self.happened(loaded, purpose, Happened::Lapsed, &[])?,
                Change::Erased(purpose, way) => {
                    self.happened(loaded, purpose, Happened::Erased { way: *way }, &[])?;
                }
                Change::FreshLink => self.post_fresh_link(loaded)?,
                Change::Acknowledge => {
                    let contact = loaded.contact()?;
                    let text = contact.lang.texts().stopped_sms(&contact.company);
                    self.post_sms(loaded, &outbox::id(), Outgoing::Acknowledgement, &text)?;
                }
                Change::KeyDestroyed => {
                    let events = self.store.take_events()?;
                    loaded.lock_proof(&events, self.now.end_of_third_year(), self.secrets)?;
                    loaded.destroy_key();
                }
                Change::Requested(..)
                | Change::Silenced(_)
                | Change::Used(_)
                | Change::ToldAlready
                | Change::WrongNumber => {}
            }
            loaded.record.state.apply(change, self.now);
        }
        for change in changes {
            if let Change::Ended(link, end) = change {
                self.store.end_link(link, *end, loaded.record.state.generation)?;
                if *end == End::Confirmed {
                    // It is part of the chain now.
                    self.store.forget_request(link)?;
                }
            }
        }
        self.store.save(loaded)
    }

    /// Appends to the chain of a purpose, and orders its copy in KV.
    fn happened(&self, loaded: &Loaded, purpose: &PurposeId, happened: Happened, erasables: &[Erasable]) -> Result<()> {
        let last = self.store.tip(purpose)?;
        let event = Event {
            schema: SCHEMA.to_owned(),
            id: outbox::id(),
            subject: loaded.record.id.to_string(),
            purpose: purpose.clone(),
            seq: last.as_ref().map_or(1, |last| last.seq.saturating_add(1)),
            previous: last.map(|last| last.hash),
            time: self.now,
            happened,
        };
        let signed = event.sign(&self.secrets.sign).map_err(|error| Error::RustError(error.to_string()))?;
        self.store.append(loaded, &signed, erasables)?;
        // One row a purpose: a copy that waits already copies the newest state.
        self.store.post(&format!("record/{purpose}"), self.now, &Item::Record { purpose: purpose.clone() })
    }

    /// Orders an SMS with a fresh link.
    fn post_fresh_link(&self, loaded: &Loaded) -> Result<()> {
        let contact = loaded.contact()?;
        let url = self.new_link(loaded, "/m/", LinkKind::Fresh { asked_at: self.now })?;
        let text = contact.lang.texts().fresh_link_sms(&contact.company, &url);
        self.post_sms(loaded, &outbox::id(), Outgoing::FreshLink { asked_at: self.now }, &text)
    }

    /// Makes a link and gives its address. A token can't be had again, so each SMS has its own.
    fn new_link(&self, loaded: &Loaded, path: &str, kind: LinkKind) -> Result<String> {
        let contact = loaded.contact()?;
        let token = LinkToken::new(loaded.record.id, random());
        self.store.put_link(
            &token.hash(),
            &LinkRecord {
                form: contact.form.clone(),
                lang: contact.lang,
                generation: loaded.record.state.generation,
                kind,
                end: None,
            },
        )?;
        Ok(contact.links_to.clone() + path + &token.text())
    }

    fn post_sms(&self, loaded: &Loaded, id: &str, outgoing: Outgoing, text: &str) -> Result<()> {
        // Without the number, erased, nothing can be sent.
        if loaded.record.number.is_none() {
            return Ok(());
        }
        let text = loaded.seal("sms", text)?;
        self.store.post(id, self.now, &Item::Sms { outgoing, text, ordered_at: self.now })
    }

    fn reply(&self, loaded: &mut Loaded, reply: Reply) -> Result<()> {
        let command = match reply {
            Reply::Stop => Command::Stop,
            Reply::Start => Command::Allow,
            Reply::Info => Command::FreshLink,
            Reply::WrongNumber => Command::WrongNumber,
            Reply::Unclear => return self.store.save(loaded),
        };
        self.command(loaded, command, None).map(|_| ())
    }

    /// What the page of a link shows.
    fn view(&self, loaded: &Loaded, token: &TokenHash) -> Result<LinkView> {
        let Some(link) = self.store.link(token)? else {
            return Ok(LinkView::Dead);
        };
        let state = &loaded.record.state;
        let number_ends = loaded.number_ends()?;
        if let LinkKind::Fresh { asked_at } = link.kind {
            // After an erasure there is nothing left to show.
            let fresh = loaded.record.number.is_some()
                && self.now < asked_at + subject::FRESH_LINK
                && link.generation == state.generation;
            return Ok(if fresh {
                LinkView::Stored(Box::new(self.stored(loaded, link, number_ends)?))
            } else {
                LinkView::Dead
            });
        }
        if let Some((_, pending)) = state.pending(token, self.now) {
            return Ok(LinkView::Asks {
                link,
                purposes: pending.purposes.iter().map(|purpose| purpose.id.clone()).collect(),
                number_ends,
                expires_at: pending.expires_at(),
            });
        }
        if link.generation < state.generation {
            return Ok(LinkView::WithdrawOnly { link });
        }
        Ok(LinkView::Manages(Box::new(Managed {
            purposes: lines(state),
            silenced: state.silence.holds(self.now),
            link,
            number_ends,
            just: None,
        })))
    }

    /// Acts by a link, and shows its page after it.
    fn act(&self, loaded: &mut Loaded, token: &TokenHash, act: LinkAct, tap: Tap) -> Result<LinkView> {
        let Some(link) = self.store.link(token)? else {
            return Ok(LinkView::Dead);
        };
        let way = match link.kind {
            LinkKind::Fresh { .. } => Way::FreshLink,
            _ => Way::Link,
        };
        let view = self.view(loaded, token)?;
        let command = match (&view, act) {
            (LinkView::Dead, _) => return Ok(view),
            (LinkView::Asks { purposes, .. }, LinkAct::Confirm { shown }) => {
                let kept = self.store.request(loaded, token)?;
                if shown.as_ref().is_some_and(|shown| *shown != kept.request.disclosure) {
                    return Ok(view); // another text than was asked for: show this one first
                }
                let act = Act {
                    by: ConfirmBy::Link,
                    shown: kept.request.disclosure.clone(),
                    purposes: purposes.clone(),
                    commitments: tap.erasables().iter().map(|value| value.commitment()).collect(),
                };
                let refused = self.command(loaded, Command::Confirm { link: token.clone() }, Some(act))?;
                let _ = refused; // `Asks` says that it waits
                return self.after(loaded, token, Just::Confirmed);
            }
            (LinkView::Asks { .. }, LinkAct::Refuse) => {
                self.command(loaded, Command::Refuse { link: token.clone() }, None)?;
                return Ok(LinkView::Refused { link });
            }
            // A confirmation that comes late, or again, changes nothing and shows what is.
            (_, LinkAct::Confirm { .. } | LinkAct::Refuse) => return self.after(loaded, token, Just::Nothing),
            (_, LinkAct::Withdraw(scope)) => (Command::Withdraw { scope, way }, Just::Withdrawn),
            (LinkView::WithdrawOnly { .. }, _) => return Ok(view),
            (_, LinkAct::Object(scope)) => (Command::Object { scope, way }, Just::Objected),
            (_, LinkAct::FreshLink) => (Command::FreshLink, Just::LinkSent),
            (_, LinkAct::Allow) => (Command::Allow, Just::Allowed),
            (LinkView::Stored(_), LinkAct::WrongNumber) => (Command::WrongNumber, Just::Corrected),
            (LinkView::Stored(_), LinkAct::Erase) => {
                self.command(loaded, Command::Erase { way }, None)?;
                return Ok(LinkView::Erased { link, until: self.now.end_of_third_year() });
            }
            // What takes a fresh link is not to be had by another.
            (_, LinkAct::WrongNumber | LinkAct::Erase) => return Ok(view),
        };
        let (command, just) = command;
        self.command(loaded, command, None)?;
        if let LinkView::WithdrawOnly { .. } = view {
            return Ok(LinkView::WithdrawOnlyDone { link });
        }
        self.after(loaded, token, just)
    }

    fn after(&self, loaded: &Loaded, token: &TokenHash, just: Just) -> Result<LinkView> {
        Ok(match self.view(loaded, token)? {
            LinkView::Manages(managed) => LinkView::Manages(Box::new(Managed { just: Some(just), ..*managed })),
            LinkView::Stored(stored) => LinkView::Stored(Box::new(Stored { just: Some(just), ..*stored })),
            view => view,
        })
    }

    fn stored(&self, loaded: &Loaded, link: LinkRecord, number_ends: String) -> Result<Stored> {
        Ok(Stored {
            purposes: lines(&loaded.record.state),
            number: loaded.number()?,
            events: self.store.events_since_latest_confirmation()?,
            link,
            number_ends,
            erase_until: self.now.end_of_third_year(),
            just: None,
        })
    }

    fn check(&self, loaded: &Loaded, purpose: &PurposeId) -> Result<Checked> {
        Ok(match check(&loaded.record.state, purpose, self.now) {
            Verdict::Allowed { basis, since } => Checked {
                allowed: true,
                basis: Some(basis),
                since: Some(since),
                event: self.store.tip(purpose)?.map(|tip| tip.id),
                reason: None,
            },
            Verdict::Denied(reason) => denied(reason),
        })
    }

    /// Accepts a text of the owner's for sending; the gate is asked again when it leaves.
    fn send(&self, loaded: &mut Loaded, purpose: PurposeId, text: &str) -> Result<Answer> {
        let command = Command::Send { purpose: purpose.clone() };
        if let Some(refusal) = self.command(loaded, command, None)? {
            return Ok(Answer::Refused(refusal.into()));
        }
        let contact = loaded.contact()?;
        let Sender { receives, .. } = contact.sender;
        let url = if receives { String::new() } else { self.new_link(loaded, "/c/", LinkKind::WayOut)? };
        let text = format!("{text}\n{}", contact.lang.texts().way_out(&url, receives));
        let id = outbox::id();
        let segments = shared::sms::measure(&text).segments;
        self.post_sms(loaded, &id, Outgoing::Message { purpose }, &text)?;
        Ok(Answer::Accepted { id, segments })
    }

    fn overview(&self, loaded: &Loaded) -> Result<Overview> {
        let state = &loaded.record.state;
        Ok(Overview {
            subject: String::new(), // the caller's question holds it
            states: lines(state),
            pending: state
                .pendings
                .iter()
                .map(|(form, pending)| PendingLine {
                    form: form.clone(),
                    purposes: pending.purposes.iter().map(|purpose| purpose.id.clone()).collect(),
                    requested_at: pending.requested_at,
                    expires_at: pending.expires_at(),
                })
                .collect(),
            silenced: state.silence != Silence::None && state.silence.holds(self.now),
            events: self.store.events()?,
        })
    }
}

/// What there is to say of a number that was never seen.
fn answer_of_nobody(ask: &Ask) -> Answer {
    match ask {
        Ask::Link(_) | Ask::Act { .. } => Answer::Link(LinkView::Dead),
        Ask::Check(_) => Answer::Check(denied(subject::Reason::Unknown)),
        Ask::Send { .. } => Answer::Refused(SendRefusal::NoConsent),
        Ask::Overview => Answer::Overview(nothing()),
        Ask::Known => Answer::Known(false),
        Ask::Request(_) | Ask::Reply { .. } | Ask::FreshLinkFromPage => Answer::Done,
    }
}

fn denied(reason: subject::Reason) -> Checked {
    Checked { allowed: false, basis: None, since: None, event: None, reason: Some(reason) }
}

fn nothing() -> Overview {
    Overview { subject: String::new(), states: Vec::new(), pending: Vec::new(), silenced: false, events: Vec::new() }
}

/// Each purpose with its state, for people to read.
fn lines(state: &subject::State) -> Vec<StateLine> {
    state
        .standings
        .iter()
        .map(|(purpose, standing)| {
            let (state, since) = match standing {
                Standing::Given(given) => (PurposeState::Given, given.since),
                Standing::Withdrawn { at } => (PurposeState::Withdrawn, *at),
                Standing::Objected { at } => (PurposeState::Objected, *at),
                Standing::Lapsed { at } => (PurposeState::Lapsed, *at),
                Standing::Erased { at } => (PurposeState::Erased, *at),
            };
            StateLine { purpose: purpose.clone(), state, since }
        })
        .collect()
}
