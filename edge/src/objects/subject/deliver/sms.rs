//! SMS on their way out: through the gate to a gateway.

use shared::{
    gateway::{Envelope, Failure, Outcome},
    message::{MessageId, WaitReason},
    pace::Ended,
    sending::{self, Failed, LOOK_UP_AFTER, Next, Passed, Settled, Via, settle},
    stored::SmsItem,
    subject::{Outgoing, Today, gate},
};
use worker::Result;

use super::Dispatcher;
use crate::{
    gateway,
    objects::subject::{commit::Transaction, record::Loaded, store::OutboxEntry},
    platform::{intl, secrets::random, sql::fault},
};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Attempt {
    /// For its turn.
    Waits,
    Begins,
}

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
    /// Tries to send an SMS: each attempt asks the gate, is noted before the call, and is looked up where
    /// nobody knows how the last one ended, so that no crash sends it twice.
    pub async fn send_sms(&self, entry: &OutboxEntry, sms: &SmsItem) -> Result<()> {
        let env = self.app.env();
        if entry.cut_off {
            return self.look_up(entry, sms).await;
        }
        let Some(waiting) = self.pass(entry, sms, Attempt::Waits)? else {
            return Ok(());
        };
        let Some(turn) = self.take_turn(entry, sms, &waiting.text).await? else {
            return Ok(());
        };
        // A STOP may have come while the gateway's object was asked.
        let Some(ready) = self.pass(entry, sms, Attempt::Begins)? else {
            return Ok(());
        };
        let reference = ready.id.to_string();
        let envelope = ready.envelope(&reference, sms);
        let outcome = gateway::send(env, self.settings, sms.gateway(), &envelope).await;
        let ended = Ended::from(&outcome);
        let can_look_up = gateway::can_look_up(env, self.settings, sms.gateway(), &envelope);
        let noted = self.note(ready.id, |transaction, loaded| match outcome {
            Outcome::Accepted(provider_id) => transaction.handed_over(loaded, ready.id, sms, Some(provider_id)),
            Outcome::Unknown if can_look_up => self.store.ask_later(entry, transaction.now + LOOK_UP_AFTER, 0),
            Outcome::Unknown => transaction.handed_over(loaded, ready.id, sms, None),
            Outcome::Failed(failure) => transaction.failed(loaded, ready.id, entry, sms, failure),
        });
        self.note_end(sms, turn, ended).await;
        noted
    }

    /// Asks the gate, and notes it where an attempt begins; else what keeps it.
    fn pass(&self, entry: &OutboxEntry, sms: &SmsItem, attempt: Attempt) -> Result<Option<Ready>> {
        let id: MessageId = entry.id.parse().map_err(fault)?;
        let ready = self.with(|transaction, loaded| {
            let (now, number) = (transaction.now, loaded.number()?);
            // This alarm read the row before an erasure or a report took it out.
            if number.is_empty() || !self.store.waits(&entry.id)? {
                return self.store.end_sms(id, now).map(|()| None);
            }
            let clocks = || intl::clocks(now, &number, &self.settings.time_zone);
            let today = match &sms.outgoing {
                Outgoing::Message { purpose } => transaction.today(loaded, purpose, sms.ordered_at)?,
                _ => Today::HasRoom,
            };
            let gate = gate(&loaded.record.state, &sms.outgoing, now, clocks, today);
            match sending::passed(gate, sms.tried_until(), now) {
                Passed::Leaves { valid_for } => {
                    let text = loaded.open("sms", &sms.text)?;
                    if attempt == Attempt::Begins {
                        self.store.try_now(entry, now)?;
                    }
                    let status_url = format!("{}/gateway/{}/status", self.app.origin(), sms.gateway());
                    Ok(Some(Ready { id, number, text, status_url, valid_for }))
                }
                Passed::Waits(why, until) => self.store.wait_for(entry, why, until, now).map(|()| None),
                Passed::Stays(why) => transaction.not_sent(loaded, id, why).map(|()| None),
            }
        })?;
        Ok(ready.flatten())
    }

    /// Finds out how an attempt ended that nobody saw the end of; where nobody can tell, it counts as sent.
    async fn look_up(&self, entry: &OutboxEntry, sms: &SmsItem) -> Result<()> {
        let id: MessageId = entry.id.parse().map_err(fault)?;
        let tried_at = entry.tried_at.unwrap_or(sms.ordered_at);
        let ready = self.with(|transaction, loaded| {
            let number = loaded.number()?;
            if number.is_empty() {
                return self.store.end_sms(id, transaction.now).map(|()| None);
            }
            // After a crash nobody has waited yet.
            if transaction.now < tried_at + LOOK_UP_AFTER {
                return self.store.ask_later(entry, tried_at + LOOK_UP_AFTER, 0).map(|()| None);
            }
            match loaded.open("sms", &sms.text) {
                Ok(text) => Ok(Some(Ready { id, number, text, status_url: String::new(), valid_for: 0 })),
                Err(error) if transaction.now < sms.tried_until() => Err(error),
                // Nobody can ask for what nobody can read.
                Err(_) => transaction.handed_over(loaded, id, sms, None).map(|()| None),
            }
        })?;
        let Some(ready) = ready.flatten() else {
            return Ok(());
        };
        let envelope = ready.envelope(&entry.id, sms);
        let found = gateway::look_up(self.app.env(), self.settings, sms.gateway(), &envelope, tried_at).await;
        self.note(id, |transaction, loaded| match settle(found, entry.negatives, sms.tried_until(), transaction.now) {
            Settled::Sent(provider_id) => transaction.handed_over(loaded, id, sms, provider_id),
            Settled::NotSent => self.store.wait(entry, transaction.now, transaction.now),
            Settled::AskAt { at, negatives } => self.store.ask_later(entry, at, negatives),
        })
    }

    /// Notes how an attempt ended, unless that was noted meanwhile: by a delivery report, or an erasure.
    fn note(&self, id: MessageId, work: impl FnOnce(&Transaction, &mut Loaded) -> Result<()>) -> Result<()> {
        let noted = self.with(
            |transaction, loaded| {
                if self.store.waits(&id.to_string())? { work(transaction, loaded) } else { Ok(()) }
            },
        );
        noted.map(|_| ())
    }
}

impl Transaction<'_> {
    /// Notes that the provider surely did not take an SMS.
    fn failed(
        &self,
        loaded: &mut Loaded,
        id: MessageId,
        entry: &OutboxEntry,
        sms: &SmsItem,
        failure: Failure,
    ) -> Result<()> {
        let [jitter] = random();
        let failed = Failed {
            outgoing: &sms.outgoing,
            sender: &sms.sender,
            via: sms.via,
            failure,
            failures: entry.attempts.saturating_add(1),
            jitter,
        };
        match failed.next(self.now) {
            Next::Fallback => self.leave_by(Via::Fallback, entry, sms, self.now),
            Next::Again(at) => self.store.wait_for(entry, WaitReason::Retry, at, self.now),
            Next::Hold(link) => self.hold(loaded, id, sms, link),
            Next::Dropped => {
                self.store.end_sms(id, self.now)?;
                self.never_arrived(loaded, id)
            }
            Next::NotSent(why) => self.not_sent(loaded, id, why),
        }
    }
}
