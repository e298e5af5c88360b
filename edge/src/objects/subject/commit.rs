//! Carries out what was decided: events, links, outbox and state, in one transaction.

use shared::{
    calendar::LocalDay,
    directory::Listing,
    evidence::{Act, Erasable, Event, GivenRecord, Happened, SCHEMA, commitments},
    ids::PurposeId,
    links::LinkKind,
    message::MessageId,
    reference::Reference,
    sending::Via,
    settings::Sender,
    stored::{LinkRecord, OutboxItem, SmsItem, Source},
    subject::{self, Change, Command, Ending, Gave, Given, Outgoing, Refusal, Standing, Today},
    text_hash::TextHash,
    time::Timestamp,
    token::LinkToken,
    webhook::{ConsentConfirmed, Payload},
    whereabouts::Place,
};
use worker::{Error, Result};

use super::{acted::Acted, answers::Replying, record::Loaded, store::Store};
use crate::platform::{
    intl,
    secrets::{Secrets, new_id, random},
    sql::fault,
};

/// A command while it runs, all of it or nothing (`platform::transaction`).
pub struct Transaction<'a> {
    pub store: &'a Store,
    pub secrets: &'a Secrets,
    pub now: Timestamp,
    /// Whether the owner wants to be told what happens.
    pub told: bool,
    /// While an SMS of the person's is answered.
    pub reply: Option<Replying<'a>>,
}

impl<'a> Transaction<'a> {
    pub fn new(store: &'a Store, secrets: &'a Secrets, now: Timestamp, told: bool) -> Self {
        Self { store, secrets, now, told, reply: None }
    }

    /// The same, while an SMS of the person's is answered.
    pub fn replying(&self, reply: Replying<'a>) -> Self {
        Self { reply: Some(reply), ..Self::new(self.store, self.secrets, self.now, self.told) }
    }

    /// The record of whoever has this number, made at first sight.
    pub fn load_or_create<'l>(&self, slot: &'l mut Option<Loaded>, place: Option<Place>) -> Result<&'l mut Loaded> {
        match slot {
            Some(loaded) => {
                // Under the id alone there may be something, for whoever comes.
                loaded.record.hash = loaded.record.hash.or(place.map(|place| place.hash));
                Ok(loaded)
            }
            None => Ok(slot.insert(Loaded::new(place.ok_or_else(|| fault("a record for nobody's number"))?))),
        }
    }

    /// Applies what time alone has changed.
    pub fn catch_up(&self, loaded: &mut Loaded) -> Result<()> {
        self.store.forget_proofs(self.now)?;
        let changes = subject::due(&loaded.record.state, loaded.record.number.is_some(), self.now);
        // Who was stored before there was a directory is listed now.
        let known = changes.is_empty() && loaded.record.listed_at.is_some();
        if known {
            return self.forget_when_void(loaded).map(|_| ());
        }
        self.commit(loaded, &changes, Acted::default())
    }

    pub fn command(&self, loaded: &mut Loaded, command: Command, acted: Acted) -> Result<Option<Refusal>> {
        match subject::decide(&loaded.record.state, command, self.now) {
            Ok(changes) if changes.is_empty() => Ok(None),
            Ok(changes) => self.commit(loaded, &changes, acted).map(|()| None),
            Err(refusal) => Ok(Some(refusal)),
        }
    }

    pub fn commit(&self, loaded: &mut Loaded, changes: &[Change], mut acted: Acted) -> Result<()> {
        // Of who is a hash alone nothing is kept that would have to be sealed.
        if loaded.record.key.is_none() {
            acted.values.clear();
        }
        let before = Listing::of(&loaded.record);
        let agreed = changes.iter().filter_map(|change| match change {
            Change::Gave(gave) => Some(gave.purpose.id.clone()),
            _ => None,
        });
        let agreed: Vec<_> = agreed.collect();
        let had = loaded.record.state.in_force(self.now);
        for change in changes {
            match change {
                Change::Forgotten(link) => self.store.forget_request(link)?,
                Change::Gave(gave) => self.gave(loaded, gave, &agreed, &acted)?,
                Change::Took { purpose, ending } => {
                    let given = matches!(loaded.record.state.standings.get(purpose), Some(Standing::Given(_)));
                    let (said, values) = acted.said(*ending);
                    self.append(loaded, purpose, Happened::ended(*ending, said), values)?;
                    // KV holds only what was given; an erasure takes no chances.
                    if given || matches!(ending, Ending::Erased(_)) {
                        self.project(purpose)?;
                    }
                    let reference = self.reference(loaded, purpose)?;
                    self.tell_owner_of(loaded, &Payload::ended(purpose.clone(), *ending), reference.as_ref())?;
                    self.store.forget_orders(purpose)?;
                    self.end_waiting(loaded, purpose)?;
                }
                Change::Used(purpose, message) => {
                    // Part of the chain at once; KV learns of it with the next change that matters there.
                    let used = Happened::Used {
                        message: *message,
                        actor: self.store.message(*message)?.and_then(|message| message.actor),
                        template: acted.template.clone(),
                        commitments: commitments(&acted.values),
                    };
                    self.append(loaded, purpose, used, &acted.values)?;
                }
                Change::Ordered(purpose) => self.count_order(loaded, purpose)?,
                Change::Rewarded(purpose) => {
                    self.count_order(loaded, purpose)?;
                    let item = OutboxItem::Reward { purpose: purpose.clone() };
                    self.store.post(&format!("reward/{purpose}"), self.now, &item)?;
                }
                Change::Released(link) => self.release(loaded, link)?,
                Change::FreshLink(_) => self.post_fresh_link(loaded)?,
                Change::NotUnderstood => self.post_not_understood(loaded)?,
                Change::Help => self.post_help(loaded)?,
                Change::Agreed(agreed) => self.acknowledge_yes(loaded, agreed)?,
                Change::Started => self.post_started(loaded)?,
                Change::Acknowledge(stop) => self.acknowledge(loaded, stop, &had, None)?,
                Change::AcknowledgeWayOut(stop) => {
                    let back = self.new_link(loaded, "/c/", LinkKind::WayOut)?;
                    self.acknowledge(loaded, stop, &had, Some(&back))?;
                }
                Change::LockedAway(purpose) => self.lock_away(loaded, purpose)?,
                Change::KeyDestroyed => self.erase(loaded)?,
                Change::Expunged(purpose) => self.expunge(loaded, purpose)?,
                Change::Emptied => self.empty(loaded)?,
                Change::Inbox(change) => self.inbox(change)?,
                // `Closed`: below, when its generation is known. The others alter the state alone.
                Change::Closed(..)
                | Change::Requested(..)
                | Change::Repeated(_)
                | Change::NeverArrived(_)
                | Change::Suppressed(_)
                | Change::Reached(_)
                | Change::Missed(_)
                | Change::Held(_)
                | Change::ToldAlready
                | Change::LeftLate(_)
                | Change::NumberGivenUp => {}
            }
            loaded.record.state.apply(change, self.now);
        }
        for change in changes {
            if let Change::Closed(link, end) = change {
                self.store.end_link(link, *end, loaded.record.state.generation)?;
                self.store.forget_words(link)?;
                if *end == subject::End::Confirmed {
                    // It is part of the chain now.
                    self.store.forget_request(link)?;
                }
            }
        }
        self.list_after(loaded, &before)?;
        self.store.save(loaded)
    }

    fn gave(&self, loaded: &mut Loaded, gave: &Gave, agreed: &[PurposeId], acted: &Acted) -> Result<()> {
        let by = acted.by.clone().ok_or_else(|| Error::from("a consent without an act"))?;
        let act = Act { by, purposes: agreed.to_vec(), commitments: commitments(&acted.values) };
        let (kept, sms) = self.store.request(loaded, &gave.link)?;
        // A request of before `jawort/2` committed in another way.
        let request = kept.request.committed(&kept.erasables);
        loaded.record.note_confirmed(Source::of(&request, kept.campaign.clone()));
        self.tell_owner_of(
            loaded,
            &Payload::ConsentConfirmed(ConsentConfirmed {
                purpose: gave.purpose.id.clone(),
                form: request.form.clone(),
                campaign: kept.campaign,
            }),
            Reference::among(&kept.erasables).as_ref(),
        )?;
        let given = GivenRecord::new(&kept.controller, &gave.purpose, request, sms.sent, act);
        let erasables = [&kept.erasables[..], &acted.values].concat();
        self.append(loaded, &gave.purpose.id, Happened::Given(Box::new(given)), &erasables)?;
        self.project(&gave.purpose.id)?;
        loaded.record.contact = Some(kept.contact);
        Ok(())
    }

    /// The day on which an SMS leaves that is ordered now: what was promised is what arrives.
    pub fn leaves_on(&self, loaded: &Loaded, given: &Given) -> Result<LocalDay> {
        let (terms, number) = (&given.terms, loaded.number()?);
        let wait = terms.wait(|| intl::clocks(self.now, &number, &terms.time_zone.0));
        Ok(intl::day(wait.map_or(self.now, |wait| self.now + wait), &terms.time_zone))
    }

    /// Whether one more SMS today keeps what was promised: one that was ordered then, and was counted on its own day.
    pub fn today(&self, loaded: &Loaded, purpose: &PurposeId, ordered_at: Timestamp) -> Result<Today> {
        let Some(given) = loaded.record.state.given(purpose, self.now) else {
            return Ok(Today::HasRoom);
        };
        let today = intl::day(self.now, &given.terms.time_zone);
        let others = self.store.others(purpose, ordered_at, today.begin_of(given.frequency.period), today)?;
        Ok(if others < given.frequency.max as usize { Today::HasRoom } else { Today::IsFull })
    }

    /// Counts an SMS against what was promised.
    fn count_order(&self, loaded: &Loaded, purpose: &PurposeId) -> Result<()> {
        match loaded.record.state.given(purpose, self.now) {
            Some(given) => {
                let day = self.leaves_on(loaded, given)?;
                self.store.count_order(purpose, day.begin_of(given.frequency.period), day, self.now)
            }
            None => Ok(()),
        }
    }

    /// Orders the projection of a purpose to KV.
    pub fn project(&self, purpose: &PurposeId) -> Result<()> {
        // One row a purpose: a projection that waits already takes the newest state.
        self.store.post(&format!("record/{purpose}"), self.now, &OutboxItem::Projection { purpose: purpose.clone() })
    }

    fn append(&self, loaded: &Loaded, purpose: &PurposeId, happened: Happened, erasables: &[Erasable]) -> Result<()> {
        let last = self.store.tip(purpose)?;
        let event = Event {
            schema: SCHEMA.to_owned(),
            id: new_id(),
            subject: loaded.record.id.to_string(),
            purpose: purpose.clone(),
            seq: last.as_ref().map_or(1, |last| last.seq.saturating_add(1)),
            previous: last.map(|last| last.hash),
            time: self.now,
            happened,
        };
        let signed = event.sign(&self.secrets.sign).map_err(fault)?;
        self.store.append(loaded, &signed, erasables)
    }

    /// Makes a link and gives its address. A token can't be had again, so each SMS has its own.
    pub fn new_link(&self, loaded: &Loaded, path: &str, kind: LinkKind) -> Result<String> {
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
        Ok(self.letterhead(contact).links_to.to_owned() + path + &token.text())
    }

    /// Orders an SMS. Without the number, erased, nothing can be sent.
    pub fn post_sms(
        &self,
        loaded: &Loaded,
        sender: &Sender,
        outgoing: Outgoing,
        text: &str,
    ) -> Result<Option<MessageId>> {
        self.post_sms_of(loaded, sender, outgoing, text, None)
    }

    /// The same, of a template.
    pub fn post_sms_of(
        &self,
        loaded: &Loaded,
        sender: &Sender,
        outgoing: Outgoing,
        text: &str,
        template: Option<TextHash>,
    ) -> Result<Option<MessageId>> {
        if loaded.record.number.is_none() {
            return Ok(None);
        }
        let id = MessageId::new(loaded.record.id, random());
        let sms = SmsItem {
            outgoing,
            sender: sender.clone(),
            via: Via::First,
            text: loaded.seal("sms", text)?,
            template,
            ordered_at: self.now,
        };
        self.store.post(&id.to_string(), self.now, &OutboxItem::Sms(Box::new(sms)))?;
        Ok(Some(id))
    }
}
