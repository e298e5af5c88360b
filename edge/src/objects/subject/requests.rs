//! What forms, keywords and replies ask of a person's object.

use shared::{
    deletion::{INBOUND_HASH, INBOUND_ID},
    directory::Listing,
    evidence::{ActBy, Erasable, ReceivedSms, Request, SaidScope},
    form::Asked,
    inbound::{Seen, answerer},
    inbox::ReplyId,
    links::LinkKind,
    reference::Reference,
    settings, sms,
    stored::{Contact, LinkRecord, OutboxItem, Source, SubmissionSeen},
    subject::{Answer, Asking, Change, Command, Hold, Outgoing, Pending, ToRead, decide},
    text_hash::TextHash,
    token::{LinkToken, TokenHash},
    webhook::{ConsentRequested, Payload},
};
use worker::Result;

use super::{
    acted::Acted,
    answers::{Letterhead, Replying},
    commit::Transaction,
    protocol::{NewReply, NewRequest},
    record::Loaded,
    store::{Kept, RequestSms},
};
use crate::platform::{
    secrets::{new_id, random},
    sql::fault,
    stored,
};

impl Transaction<'_> {
    /// Whether an SMS from the handset was taken before: providers repeat what they bring.
    fn seen(&self, sms: &ReceivedSms) -> Result<bool> {
        self.store.has_inbound(&inbound_id(sms), self.now)
    }

    /// Notes that it is taken. Last of all: what fails before is taken when it comes again.
    fn note_seen(&self, sms: &ReceivedSms, seen: Seen) -> Result<()> {
        let span = match seen {
            Seen::ById | Seen::InList(_) => INBOUND_ID,
            Seen::ByHash => INBOUND_HASH,
        };
        self.store.keep_inbound(&inbound_id(sms), self.now + span)
    }

    /// Whether a submission was taken before. What is known of that is written anew, so that the answer takes as long
    /// as one that decides.
    fn has_taken(&self, submission: &str) -> Result<bool> {
        let taken = self.store.kept(Kept::Submission, submission)?.is_some();
        if taken {
            self.note_taken(submission)?;
        }
        Ok(taken)
    }

    fn note_taken(&self, submission: &str) -> Result<()> {
        self.store.keep(Kept::Submission, submission, &stored::write(&SubmissionSeen)?, self.now)
    }

    /// Takes a request, once, however often it is brought.
    pub fn request(&self, loaded: &mut Loaded, request: NewRequest) -> Result<()> {
        let inbound = request.request.keyword.as_ref().map(|keyword| keyword.sms.clone()).zip(request.keyword);
        let submission = request.submission.clone();
        let seen = inbound.as_ref().map_or(Ok(false), |(sms, _)| self.seen(sms))?;
        if seen || submission.as_ref().map_or(Ok(false), |submission| self.has_taken(submission))? {
            return Ok(());
        }
        self.ask(loaded, &request)?;
        submission.map_or(Ok(()), |submission| self.note_taken(&submission))?;
        inbound.map_or(Ok(()), |(sms, seen)| self.note_seen(&sms, seen))
    }

    /// Asks for a consent. A request that sends nothing writes the same rows as one that does, so that it takes as
    /// long; the outbox then deletes them.
    fn ask(&self, loaded: &mut Loaded, request: &NewRequest) -> Result<()> {
        let before = Listing::of(&loaded.record);
        let token = LinkToken::new(loaded.record.id, random());
        let link = token.hash();
        let url = request.links_to.clone() + "/c/" + &token.text();
        let (changes, text, template) = self.decided(loaded, request, &link, &url)?;
        let asked = pending_of(&changes);
        let outgoing = match asked {
            Some(pending) if pending.hold == Hold::Held => None,
            Some(_) => Some(Outgoing::Confirmation { link: link.clone() }),
            None => changes.contains(&Change::ToldAlready).then_some(Outgoing::Already),
        };
        // A stranger's request that nothing comes of stores nobody's number. One that waits for a START does, for 48 hours.
        if changes.iter().any(Change::needs_number) {
            loaded.keep_number(&request.number, self.secrets)?;
            // Nor must it change how a known person is written to.
            if loaded.record.contact.is_none() || loaded.record.state.standings.is_empty() {
                loaded.record.contact = Some(request.contact());
            }
        }
        self.store.put_link(
            &link,
            &LinkRecord {
                form: Some(request.form_ref()),
                lang: request.request.lang,
                generation: loaded.record.state.generation,
                kind: if asked.is_some() { LinkKind::Confirmation } else { LinkKind::WayOut },
                end: None,
            },
        )?;
        let id = match outgoing {
            Some(outgoing) => self.post_sms(loaded, &request.form.sender, outgoing, &text)?,
            None => {
                // What waits for a START stays; the row that is written all the same deletes nobody's.
                let deleted =
                    if asked.is_some() { LinkToken::new(loaded.record.id, random()).hash() } else { link.clone() };
                self.store.post(&new_id(), self.now, &OutboxItem::Nothing { link: deleted })?;
                None
            }
        };
        let sms = asked.map(|_| RequestSms { id, text: &text, template });
        self.store.put_request(loaded, &link, request, sms)?;
        if let Some(pending) = asked {
            // Of what waits for a START the owner hears when it is asked.
            if pending.hold != Hold::Held {
                loaded.record.note_asked(Source::of(&request.request, request.campaign.clone()));
                let reference = Reference::among(&request.erasables);
                self.tell_owner_of(
                    loaded,
                    &requested(&request.request, pending, &request.campaign),
                    reference.as_ref(),
                )?;
            }
        }
        for change in &changes {
            match change {
                Change::Closed(old, end) => {
                    self.store.end_link(old, *end, loaded.record.state.generation)?;
                    self.store.forget_words(old)?;
                }
                Change::Forgotten(old) => self.store.forget_request(old)?,
                Change::Repeated(link) => self.repeat(loaded, link)?,
                _ => {}
            }
            loaded.record.state.apply(change, self.now);
        }
        self.list_after(loaded, &before)?;
        self.store.save(loaded)
    }

    /// Sends a fresh link to the handset since somebody typed its number; once a submission.
    pub fn send_fresh_link(&self, loaded: &mut Loaded, submission: &str) -> Result<()> {
        if self.would_send_fresh_link(loaded) && !self.has_taken(submission)? {
            self.command(loaded, Command::FreshLinkFromPage, Acted::default())?;
            self.note_taken(submission)?;
        }
        Ok(())
    }

    pub fn would_send_fresh_link(&self, loaded: &Loaded) -> bool {
        decide(&loaded.record.state, Command::FreshLinkFromPage, self.now).is_ok_and(|changes| !changes.is_empty())
    }

    /// What a request comes to, with the text of its SMS and the template that it is of. Nothing comes of one whose SMS
    /// would be longer than a form may promise, whatever led to that.
    fn decided(
        &self,
        loaded: &Loaded,
        request: &NewRequest,
        link: &TokenHash,
        url: &str,
    ) -> Result<(Vec<Change>, String, Option<TextHash>)> {
        let asking = Command::Request(asking(request, link));
        let changes = decide(&loaded.record.state, asking, self.now).unwrap_or_default();
        let (text, template) = match pending_of(&changes) {
            Some(pending) => confirmation_sms(loaded, request, pending, url)?,
            None => (request.request.lang.texts().already_sms(request.form.controller.sms_name(), url), None),
        };
        if sms::fits_confirmation(&text) {
            return Ok((changes, text, template));
        }
        worker::console_error!("the form {}: an SMS longer than may be promised was not ordered", request.form.form);
        Ok((Vec::new(), text, template))
    }

    /// Takes a reply. What it ends is ended before the provider's webhook is answered (L8), as often as it comes; what
    /// else it does, and the answer, only once.
    pub fn reply(&self, loaded: &mut Loaded, new: NewReply) -> Result<()> {
        let NewReply { number, arrived, at, served, purposes, senders, controller, lang, links_to } = new;
        let sms = &arrived.sms;
        let state = &loaded.record.state;
        let served = state.served_at(&sms.to, &served, &purposes);
        let reply = state.in_context(arrived.reply(&served), self.now);
        let seen = self.seen(sms)?;
        if seen && !reply.only_ends() {
            return Ok(());
        }
        let known = loaded.record.contact.as_ref().map(|contact| &contact.sender);
        let sender = answerer(&senders, &sms.gateway, &sms.to, known);
        let scope = SaidScope::of_reply(&reply);
        let received_at = sms.received_at.unwrap_or(self.now);
        let to_read = arrived.for_human(&reply).filter(|_| !seen);
        let to_read = to_read.map(|of| ToRead { id: ReplyId::new(loaded.record.id, random()), received_at, of });
        let answer = Answer {
            to: sms.to.clone(),
            at,
            reply,
            starts: arrived.is_start(),
            served: served.clone(),
            advertising: settings::advertising(&purposes),
            unsent: self.store.unsent()?,
            said_at: arrived.seen.sent_at(),
            to_read,
        };
        let mut changes = decide(state, Command::Answer(answer), self.now).unwrap_or_default();
        let may_answer = sender.is_some() && !seen;
        changes.retain(|change| may_answer || !change.answers());
        // Nobody is asked to reply to what takes no replies.
        let replies = sender.is_some_and(|sender| sender.receives);
        changes.retain(|change| replies || !matches!(change, Change::Help | Change::NotUnderstood));
        let needs_number = changes.iter().any(Change::needs_number);
        if needs_number {
            loaded.keep_number(&number, self.secrets)?;
        }
        if let Some(sender) = sender.filter(|_| needs_number) {
            let (controller, links_to) = (controller.clone(), links_to.clone());
            let contact = Contact { controller, sender: sender.clone(), lang, links_to, form: None };
            loaded.record.contact.get_or_insert(contact);
        }
        let acted = Acted {
            by: Some(ActBy::Reply(sms.clone())),
            scope,
            sms: Some(sms.clone()),
            values: vec![Erasable::new("reply", arrived.text.as_str(), random())],
            ..Acted::default()
        };
        match sender {
            _ if changes.is_empty() => {}
            Some(sender) => self
                .replying(Replying {
                    sender,
                    served: &served,
                    purposes: &purposes,
                    letterhead: Some(Letterhead { controller: &controller, links_to: &links_to }),
                })
                .commit(loaded, &changes, acted)?,
            None => self.commit(loaded, &changes, acted)?,
        }
        self.keep_for_human(loaded, &changes, &arrived.text, sms, lang)?;
        if seen { Ok(()) } else { self.note_seen(&arrived.sms, arrived.seen) }
    }

    /// Orders the SMS of a request that waited for a START: the provider had refused it, or web pages had asked whoever
    /// was to be left alone. The owner hears of the latter now.
    pub fn release(&self, loaded: &mut Loaded, link: &TokenHash) -> Result<()> {
        let pending = loaded.record.state.pendings.values().find(|pending| pending.link == *link);
        if let Some(pending) = pending.filter(|pending| pending.ordered == 0) {
            let (kept, _) = self.store.request(loaded, link)?;
            let reference = Reference::among(&kept.erasables);
            self.tell_owner_of(loaded, &requested(&kept.request, pending, &kept.campaign), reference.as_ref())?;
            loaded.record.note_asked(Source::of(&kept.request, kept.campaign));
        }
        self.order_again(loaded, link)
    }

    /// Orders the SMS of a request once more, word for word: the link in each of them leads to the same question. One
    /// that is still on its way will do.
    fn repeat(&self, loaded: &Loaded, link: &TokenHash) -> Result<()> {
        if self.store.unsent()?.contains(link) { Ok(()) } else { self.order_again(loaded, link) }
    }

    fn order_again(&self, loaded: &Loaded, link: &TokenHash) -> Result<()> {
        let Some(mut sms) = self.store.sms(link)? else {
            return Ok(());
        };
        let Some(text) = &sms.held else {
            return Ok(());
        };
        let (kept, _) = self.store.request(loaded, link)?;
        let text = loaded.open("sms", text)?;
        let outgoing = Outgoing::Confirmation { link: link.clone() };
        sms.sent.reference = self.post_sms(loaded, &kept.contact.sender, outgoing, &text)?;
        sms.sent.delivery = None;
        self.store.put_sms(link, &sms)
    }
}

fn pending_of(changes: &[Change]) -> Option<&Pending> {
    changes.iter().find_map(|change| match change {
        Change::Requested(_, pending) => Some(pending),
        _ => None,
    })
}

fn inbound_id(sms: &ReceivedSms) -> String {
    format!("{}/{}", sms.gateway, sms.id)
}

fn asking(request: &NewRequest, link: &TokenHash) -> Asking {
    let [byte] = random();
    Asking {
        form: request.form.form.clone(),
        version: request.form.version,
        link: link.clone(),
        purposes: request.asked().into_iter().cloned().collect(),
        lang: request.request.lang,
        from: request.form.sender.from.clone(),
        quiet_hours: request.form.draft.quiet_hours,
        time_zone: request.form.time_zone.clone(),
        reply_code: 10 + byte % 90,
        origin: request.origin(),
        said_at: request.keyword.and_then(Seen::sent_at),
    }
}

/// A reply needs a code only where another request waits for one at the same sender.
fn confirmation_sms(
    loaded: &Loaded,
    request: &NewRequest,
    pending: &Pending,
    url: &str,
) -> Result<(String, Option<TextHash>)> {
    let mut others = loaded.record.state.asked();
    let alone = !others.any(|(form, other)| *form != request.form.form && other.from == pending.from);
    let purposes: Vec<_> = pending.purposes.iter().collect();
    let asked = Asked {
        purposes: &purposes,
        lang: request.request.lang,
        link: url,
        reply_code: (!alone).then_some(pending.reply_code),
        keyword: request.request.keyword.as_ref().map(|keyword| keyword.word.as_str()),
        handed_in: request.request.handed_in.as_ref().map(|handed_in| handed_in.channel),
    };
    let filled = request.sms.fill(&request.form, &asked);
    filled.map(|(text, template)| (text, Some(template))).ok_or_else(|| fault("an SMS without a template"))
}

fn requested(request: &Request, pending: &Pending, campaign: &Option<String>) -> Payload {
    Payload::ConsentRequested(ConsentRequested {
        form: request.form.clone(),
        purposes: pending.purposes.iter().map(|purpose| purpose.id.clone()).collect(),
        source: request.channel,
        campaign: campaign.clone(),
    })
}
