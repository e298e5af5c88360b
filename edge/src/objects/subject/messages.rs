//! The owner's messages, from their acceptance to the handset.

use serde_json::json;
use shared::{
    evidence::{DeliveryReport, Erasable, SentSms},
    gateway::{Delivery, Failure},
    ids::PurposeId,
    links::LinkKind,
    message::{Message, MessageId},
    sending::{self, NotSent},
    settings::Sender,
    sms::{MOST_SEGMENTS, measure},
    stored::{Answered, KeptAnswer, SendRefusal, SmsItem},
    subject::{Command, Outgoing},
    token::{TokenHash, without_tokens},
    way_out::{self, Frame, sample_link},
    webhook::Payload,
    wire::MessageAccepted,
};
use worker::Result;

use super::{
    acted::Acted,
    commit::Transaction,
    protocol::{Around, NewMessage, Report},
    record::Loaded,
    store::Kept,
};
use crate::platform::{intl, secrets::random, sql::fault, stored};

/// Which link leads out of a text that doesn't advertise.
#[derive(Clone, Copy)]
enum WayOut {
    /// One as long as any, since the text is only counted: a refused message leaves no link behind.
    Sample,
    /// Its own.
    Own,
}

impl Transaction<'_> {
    /// Accepts a text of the owner's for sending; the gate is asked again when it leaves.
    pub fn send(&self, loaded: &mut Loaded, new: NewMessage) -> Result<Answered> {
        let call = json!([new.purpose, new.text, new.sender]).to_string();
        let Some(key) = new.key.clone() else {
            return self.accept(loaded, new);
        };
        if let Some(kept) = self.store.kept(Kept::Answer, &key)? {
            let KeptAnswer(earlier, answer) = stored::read(&kept)?;
            return Ok(if earlier == call { answer } else { Answered::Refused(SendRefusal::KeyReused) });
        }
        let answer = self.accept(loaded, new)?;
        let kept = stored::write(&KeptAnswer(call, answer.clone()))?;
        self.store.keep(Kept::Answer, &key, &kept, self.now)?;
        Ok(answer)
    }

    fn accept(&self, loaded: &mut Loaded, new: NewMessage) -> Result<Answered> {
        let NewMessage { purpose, text, template, sender, senders, actor, around, .. } = new;
        let Some(given) = loaded.record.state.given(&purpose, self.now) else {
            return Ok(Answered::Refused(SendRefusal::NoConsent));
        };
        let known = &given.terms.from;
        let sender = match sender {
            Some(id) => senders.into_iter().find(|sender| sender.id == id),
            // What the person has seen before; its settings may have changed since.
            None => senders.into_iter().find(|sender| sender.from == *known),
        };
        let Some(sender) = sender else {
            return Ok(Answered::Refused(SendRefusal::Sender));
        };
        let counted = self.framed(loaded, &purpose, &sender, &text, &around, WayOut::Sample)?;
        let segments = measure(&counted).segments;
        if segments > MOST_SEGMENTS {
            return Ok(Answered::Refused(SendRefusal::TooLong));
        }
        let day = self.leaves_on(loaded, given)?;
        let sent = self.store.orders(&purpose, day.begin_of(given.frequency.period))?;
        if let Some(refusal) =
            self.command(loaded, Command::Send { purpose: purpose.clone(), sent }, Acted::default())?
        {
            return Ok(Answered::Refused(refusal.into()));
        }
        let text = self.framed(loaded, &purpose, &sender, &text, &around, WayOut::Own)?;
        let outgoing = Outgoing::Message { purpose: purpose.clone() };
        let Some(id) = self.post_sms_of(loaded, &sender, outgoing, &text, template)? else {
            return Ok(Answered::Refused(SendRefusal::NoConsent));
        };
        self.store.put_message(&Message::new(id, purpose, segments, Some(actor), self.now), self.now)?;
        Ok(Answered::Accepted(MessageAccepted { id, segments }))
    }

    /// A text as it leaves. Where it advertises, with whose it is (L20) and the free way out, whose code is made anew
    /// for each and always the same; else, too, with a way out, which no message lacks (L8).
    fn framed(
        &self,
        loaded: &Loaded,
        purpose: &PurposeId,
        sender: &Sender,
        text: &str,
        around: &Around,
        way_out: WayOut,
    ) -> Result<String> {
        let contact = loaded.contact()?;
        let given = loaded.record.state.given(purpose, self.now);
        if around.advertises || given.is_some_and(|given| given.terms.advertises) {
            let link = way_out::link(&around.links_to, loaded.record.id, &self.secrets.index);
            let link = link.ok_or_else(|| fault("an id of a generation that the ring lacks"))?;
            let frame = Frame::Advertising { controller: &around.controller, link: &link };
            return Ok(frame.around(text, sender, contact.lang));
        }
        let link = match way_out {
            WayOut::Sample => sample_link(&contact.links_to),
            WayOut::Own if sender.receives => String::new(),
            WayOut::Own => self.new_link(loaded, "/c/", LinkKind::WayOut)?,
        };
        Ok(Frame::Service { link: &link }.around(text, sender, contact.lang))
    }

    /// Orders the first message after a consent.
    pub fn welcome(&self, loaded: &Loaded, purpose: &PurposeId, text: &str, around: &Around) -> Result<()> {
        let sender = loaded.contact()?.sender.clone();
        let text = self.framed(loaded, purpose, &sender, text, around, WayOut::Own)?;
        let outgoing = Outgoing::Welcome { purpose: purpose.clone() };
        if let Some(id) = self.post_sms(loaded, &sender, outgoing, &text)? {
            let segments = measure(&text).segments;
            self.store.put_message(&Message::new(id, purpose.clone(), segments, None, self.now), self.now)?;
        }
        Ok(())
    }

    /// Notes that the provider took an SMS of the outbox, under that id, or may have.
    pub fn handed_over(
        &self,
        loaded: &mut Loaded,
        id: MessageId,
        sms: &SmsItem,
        provider_id: Option<String>,
    ) -> Result<()> {
        let gateway = sms.gateway().clone();
        if let Outgoing::Confirmation { link } = &sms.outgoing {
            self.keep_sms(sms, link, |sent| {
                sent.gateway = gateway;
                sent.message_id = provider_id.or(sent.message_id.take());
                sent.sent_at = Some(self.now);
            })?;
        } else if let Some(mut message) = self.store.message(id)? {
            message.handed_over(gateway, provider_id, self.now);
            self.store.put_message(&message, self.now)?;
            // What can't be read any more has left all the same.
            let words = loaded.open("sms", &sms.text).ok();
            let acted = Acted {
                values: words
                    .map(|words| Erasable::new("text", without_tokens(&words), random()))
                    .into_iter()
                    .collect(),
                template: sms.template.clone(),
                ..Acted::default()
            };
            if let Some(given) = loaded.record.state.given(&message.purpose, self.now) {
                let today = intl::day(self.now, &given.terms.time_zone);
                self.store.move_order(&message.purpose, sms.ordered_at, today)?;
            }
            self.command(loaded, Command::HandedOver { purpose: message.purpose, message: id }, acted)?;
        }
        self.store.end_sms(id, self.now)
    }

    /// Notes what became of the SMS of a request.
    fn keep_sms(&self, sms: &SmsItem, link: &TokenHash, note: impl FnOnce(&mut SentSms)) -> Result<()> {
        let Some(mut kept) = self.store.sms(link)? else {
            return Ok(());
        };
        note(&mut kept.sent);
        // An older build kept the words only now.
        kept.held.get_or_insert_with(|| sms.text.clone());
        self.store.put_sms(link, &kept)
    }

    /// Notes that the provider holds back the SMS of a request.
    pub fn hold(&self, loaded: &mut Loaded, id: MessageId, sms: &SmsItem, link: TokenHash) -> Result<()> {
        self.keep_sms(sms, &link, |_| {})?;
        self.command(loaded, Command::Hold { link }, Acted::default())?;
        self.store.end_sms(id, self.now)
    }

    /// Notes that an SMS of the outbox won't be handed over.
    pub fn not_sent(&self, loaded: &mut Loaded, id: MessageId, why: NotSent) -> Result<()> {
        self.store.end_sms(id, self.now)?;
        let Some(mut message) = self.store.message(id)? else {
            return self.never_arrived(loaded, id);
        };
        message.failed(why.reason(), self.now);
        self.store.put_message(&message, self.now)?;
        self.tell(loaded, &message)?;
        match why.command(message.purpose) {
            Some(command) => self.command(loaded, command, Acted::default()).map(|_| ()),
            None => Ok(()),
        }
    }

    /// Messages of a purpose that wait never leave any more: their consent has ended. What is just being tried says
    /// so when its end is known.
    pub fn end_waiting(&self, loaded: &mut Loaded, purpose: &PurposeId) -> Result<()> {
        for id in self.store.waiting_of(purpose)? {
            // What can't be read holds up no STOP: the gate keeps it in at its next attempt.
            if self.store.message(id).is_ok() {
                self.not_sent(loaded, id, NotSent::Withheld)?;
            }
        }
        Ok(())
    }

    pub fn report(&self, loaded: &mut Loaded, report: Report) -> Result<()> {
        let Report { message: id, delivery, gateway, provider_id } = report;
        // Whatever the provider says of it, it took it: it is not sent again.
        if let Some(sms) = self.store.tried(id)? {
            self.handed_over(loaded, id, &sms, provider_id.clone())?;
        }
        let Some(mut message) = self.store.message(id)? else {
            return self.report_confirmation(loaded, id, delivery, provider_id);
        };
        if !message.report(delivery, self.now) {
            return Ok(());
        }
        message.gateway.get_or_insert(gateway);
        message.provider_id = message.provider_id.or(provider_id);
        self.store.put_message(&message, self.now)?;
        self.tell(loaded, &message)?;
        match delivery {
            Delivery::Sent => Ok(()),
            Delivery::Delivered => {
                self.command(loaded, Command::Delivered { purpose: message.purpose }, Acted::default()).map(|_| ())
            }
            Delivery::Failed(failure) => match sending::undelivered(failure, message.purpose) {
                Some(command) => self.command(loaded, command, Acted::default()).map(|_| ()),
                None => Ok(()),
            },
        }
    }

    fn report_confirmation(
        &self,
        loaded: &mut Loaded,
        id: MessageId,
        delivery: Delivery,
        provider_id: Option<String>,
    ) -> Result<()> {
        let Some((link, mut sms)) = self.store.request_of(id)? else {
            return Ok(());
        };
        let arrived = sms.sent.delivery.as_ref().is_some_and(|report| report.state == Delivery::Delivered);
        let repeated = sms.sent.delivery.as_ref().is_some_and(|report| report.state == delivery);
        if arrived || repeated {
            return Ok(());
        }
        sms.sent.delivery = Some(DeliveryReport { state: delivery, at: self.now });
        sms.sent.message_id = sms.sent.message_id.or(provider_id);
        self.store.put_sms(&link, &sms)?;
        let command = match delivery {
            Delivery::Failed(Failure::OptedOut) => Command::Hold { link },
            Delivery::Failed(_) => Command::NeverArrived { link },
            Delivery::Sent | Delivery::Delivered => return Ok(()),
        };
        self.command(loaded, command, Acted::default()).map(|_| ())
    }

    /// Notes that the SMS of a request, if it is one, surely did not arrive.
    pub fn never_arrived(&self, loaded: &mut Loaded, id: MessageId) -> Result<()> {
        match self.store.request_of(id)? {
            Some((link, _)) => self.command(loaded, Command::NeverArrived { link }, Acted::default()).map(|_| ()),
            None => Ok(()),
        }
    }

    /// Tells the owner how a message ended.
    fn tell(&self, loaded: &Loaded, message: &Message) -> Result<()> {
        match Payload::of_message(message) {
            Some(payload) => self.tell_owner(loaded, &payload),
            None => Ok(()),
        }
    }
}
