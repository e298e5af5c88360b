//! SMS on their way out: through the gate to a gateway.

use shared::{
    evidence::SentSms,
    gateway::{Envelope, Failure, Outcome},
    message::MessageId,
    pace::Ended,
    quiet,
    sending::{self, Failed, Next, Passed},
    stored::SmsItem,
    subject::{Command, Outgoing, gate},
    time::Span,
    token::TokenHash,
};
use worker::Result;

use super::Dispatcher;
use crate::{
    gateway::{self, Found},
    objects::subject::{commit::Transaction, record::Loaded, store::OutboxEntry},
    platform::{clock, intl, secrets::random, sql::fault},
};

/// A provider that gave no answer is asked so much later what became of the SMS.
const LOOK_UP_AFTER: Span = Span::minutes(1);

/// What an SMS that may leave is made of.
struct Ready {
    id: MessageId,
    number: String,
    text: String,
    status_url: String,
    valid_for: u32,
}

impl Ready {
    fn envelope<'a>(&'a self, reference: &'a str, sms: &'a SmsItem) -> Envelope<'a> {
        Envelope {
            reference,
            from: &sms.sender.from,
            to: &self.number,
            text: &self.text,
            status_url: &self.status_url,
            valid_for: self.valid_for,
        }
    }
}

impl Dispatcher<'_> {
    /// Asks the gate; gives what is to be sent, or notes that it stays in.
    fn pass(&self, entry: &OutboxEntry, sms: &SmsItem) -> Result<Option<Ready>> {
        let id: MessageId = entry.id.parse().map_err(fault)?;
        let now = clock::now();
        let ready = self.with(|transaction, loaded| {
            let number = loaded.number()?;
            // A row of before an erasure, which this alarm still had in its hands.
            if number.is_empty() || !self.store.waits(&entry.id)? {
                return self.store.done(&entry.id).map(|()| None);
            }
            let clocks = || match quiet::zones(&number) {
                [] => intl::time_of_day(now, &self.settings.time_zone).into_iter().collect(),
                zones => zones.iter().filter_map(|zone| intl::time_of_day(now, zone)).collect(),
            };
            let gate = gate(&loaded.record.state, &sms.outgoing, now, clocks);
            match sending::passed(gate, sms.tried_until(), now) {
                Passed::Leaves { valid_for } => Ok(Some(Ready {
                    id,
                    number,
                    text: loaded.open("sms", &sms.text)?,
                    status_url: format!("{}/gateway/{}/status", self.app.origin(), sms.gateway()),
                    valid_for,
                })),
                Passed::Waits(until) => self.store.try_later(&entry.id, until).map(|()| None),
                Passed::Stays(why) => {
                    transaction.not_sent(loaded, id, why)?;
                    self.store.done(&entry.id).map(|()| None)
                }
            }
        })?;
        Ok(ready.flatten())
    }

    /// Tries to send an SMS: each attempt asks the gate, is noted before the call, and is looked up where
    /// nobody knows how the last one ended, so that no crash sends it twice.
    pub async fn send_sms(&self, entry: &OutboxEntry, sms: &SmsItem) -> Result<()> {
        let env = self.app.env();
        if entry.cut_off {
            return self.reconcile(entry, sms).await;
        }
        let Some(waiting) = self.pass(entry, sms)? else {
            return Ok(());
        };
        let Some(turn) = self.take_turn(entry, sms, &waiting.text).await? else {
            return Ok(());
        };
        // A STOP may have come while the gateway was asked.
        let Some(ready) = self.pass(entry, sms)? else {
            return Ok(());
        };
        let reference = ready.id.to_string();
        let envelope = ready.envelope(&reference, sms);
        self.store.try_now(&entry.id)?;
        let outcome = gateway::send(env, self.settings, sms.gateway(), &envelope).await;
        let ended = Ended::from(&outcome);
        let noted = match outcome {
            Outcome::Accepted(provider_id) => self.handed_over(&ready, entry, sms, Some(provider_id)),
            Outcome::Unknown if gateway::can_look_up(env, self.settings, sms.gateway(), &envelope, sms.ordered_at) => {
                self.store.ask_later(&entry.id, clock::now() + LOOK_UP_AFTER)
            }
            Outcome::Unknown => self.handed_over(&ready, entry, sms, None),
            Outcome::Failed(failure) => self.failed(&ready, entry, sms, failure),
        };
        self.note_end(sms, turn, ended).await;
        noted
    }

    /// Finds out how a cut-off attempt ended; where nobody can tell, it counts as sent.
    async fn reconcile(&self, entry: &OutboxEntry, sms: &SmsItem) -> Result<()> {
        let id: MessageId = entry.id.parse().map_err(fault)?;
        let opened = self.with(|_, loaded| Ok((loaded.number()?, loaded.open("sms", &sms.text)?)));
        let Ok(Some((number, text))) = opened else {
            return self.store.done(&entry.id);
        };
        let ready = Ready { id, number, text, status_url: String::new(), valid_for: 0 };
        let envelope = ready.envelope(&entry.id, sms);
        match gateway::look_up(self.app.env(), self.settings, sms.gateway(), &envelope, sms.ordered_at).await {
            Found::Taken(provider_id) => self.handed_over(&ready, entry, sms, Some(provider_id)),
            Found::CantAsk => self.handed_over(&ready, entry, sms, None),
            Found::NotTaken => self.store.try_later(&entry.id, clock::now()),
            Found::Later if clock::now() < sms.tried_until() => {
                self.store.ask_later(&entry.id, clock::now() + LOOK_UP_AFTER)
            }
            Found::Later => self.handed_over(&ready, entry, sms, None),
        }
    }

    fn handed_over(
        &self,
        ready: &Ready,
        entry: &OutboxEntry,
        sms: &SmsItem,
        provider_id: Option<String>,
    ) -> Result<()> {
        let gateway = sms.gateway().clone();
        self.with(|transaction, loaded| {
            if let Outgoing::Confirmation { link } = &sms.outgoing {
                self.keep_sms(sms, link, |sent| {
                    sent.gateway = gateway;
                    sent.message_id = provider_id.or(sent.message_id.take());
                    sent.sent_at = Some(clock::now());
                })?;
            } else {
                transaction.handed_over(loaded, ready.id, gateway, provider_id)?;
            }
            self.store.done(&entry.id)
        })
        .map(|_| ())
    }

    /// Notes what became of the SMS of a request. Its text is kept for the case that the provider holds it back.
    fn keep_sms(&self, sms: &SmsItem, link: &TokenHash, note: impl FnOnce(&mut SentSms)) -> Result<()> {
        let Some(mut kept) = self.store.sms(link)? else {
            return Ok(());
        };
        note(&mut kept.sent);
        kept.held = Some(sms.text.clone());
        self.store.put_sms(link, &kept)
    }

    fn failed(&self, ready: &Ready, entry: &OutboxEntry, sms: &SmsItem, failure: Failure) -> Result<()> {
        let now = clock::now();
        let [jitter] = random();
        let failed = Failed {
            outgoing: &sms.outgoing,
            sender: &sms.sender,
            via: sms.via,
            failure,
            failures: entry.attempts.saturating_add(1),
            jitter,
        };
        match failed.next(now) {
            Next::Fallback => self.fall_back(entry, sms),
            Next::Again(at) => self.store.try_later(&entry.id, at),
            Next::Hold(link) => self.end(entry, |transaction, loaded| {
                self.keep_sms(sms, &link, |_| {})?;
                transaction.command(loaded, Command::Hold { link: link.clone() }, None).map(|_| ())
            }),
            Next::Dropped => self.store.done(&entry.id),
            Next::NotSent(why) => self.end(entry, |transaction, loaded| transaction.not_sent(loaded, ready.id, why)),
        }
    }

    fn end(&self, entry: &OutboxEntry, work: impl FnOnce(&Transaction, &mut Loaded) -> Result<()>) -> Result<()> {
        self.with(|transaction, loaded| {
            work(transaction, loaded)?;
            self.store.done(&entry.id)
        })
        .map(|_| ())
    }
}
