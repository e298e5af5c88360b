//! The rows of the outbox.

use shared::{
    backoff,
    stored::{KeptSms, OutboxItem, Record},
    subject::{Outgoing, next_due},
    time::{Span, Timestamp},
    token::TokenHash,
};
use worker::Result;

use super::Store;
use crate::platform::{secrets::random, stored};

impl Store {
    /// Puts something into the outbox. What waits under the same id is not put twice.
    pub fn post(&self, id: &str, due: Timestamp, item: &OutboxItem) -> Result<()> {
        self.unreadable.borrow_mut().remove(&id.to_owned());
        self.run(
            "INSERT INTO outbox (id, due, item, attempts, trying) VALUES (?, ?, ?, 0, 0)
             ON CONFLICT (id) DO UPDATE SET item = excluded.item",
            vec![id.into(), due.millis().into(), stored::write(item)?.into()],
        )
    }

    /// What is due, the earliest first, at most `most` of it. What can't be read stays, and holds up nobody.
    pub fn due(&self, now: Timestamp, most: i64) -> Result<Vec<OutboxEntry>> {
        let mut unreadable = self.unreadable.borrow_mut();
        let rows = self.texts(
            "SELECT id, item, attempts, trying, turn FROM outbox
             WHERE due <= ? AND id NOT IN (SELECT value FROM json_each(?)) ORDER BY due, id LIMIT ?",
            vec![now.millis().into(), unreadable.json()?.into(), most.into()],
        )?;
        let mut due = Vec::new();
        for [id, item, attempts, trying, turn] in rows {
            match stored::read(&item) {
                Ok(item) => due.push(OutboxEntry {
                    item,
                    attempts: attempts.parse().unwrap_or(u32::MAX),
                    cut_off: trying == "1",
                    turn: turn.parse().ok().map(Timestamp::from_millis),
                    id,
                }),
                Err(_) => {
                    unreadable.insert(id);
                }
            }
        }
        Ok(due)
    }

    /// Passes an entry over that leads to something unreadable.
    pub fn pass_over(&self, id: String) {
        self.unreadable.borrow_mut().insert(id);
    }

    /// Notes that an attempt begins.
    pub fn try_now(&self, id: &str) -> Result<()> {
        self.run("UPDATE outbox SET attempts = attempts + 1, trying = 1 WHERE id = ?", vec![id.into()])
    }

    /// Notes that it failed for sure, and when to try again.
    pub fn try_later(&self, id: &str, due: Timestamp) -> Result<()> {
        self.run(
            "UPDATE outbox SET trying = 0, turn = NULL, due = ? WHERE id = ?",
            vec![due.millis().into(), id.into()],
        )
    }

    /// Notes which turn it was given at its gateway, and when to come back.
    pub fn wait_for_turn(&self, id: &str, turn: Timestamp, due: Timestamp) -> Result<()> {
        let values = vec![turn.millis().into(), due.millis().into(), id.into()];
        self.run("UPDATE outbox SET turn = ?, due = ? WHERE id = ?", values)
    }

    /// Notes that nobody knows how an attempt ended, and when to ask.
    pub fn ask_later(&self, id: &str, due: Timestamp) -> Result<()> {
        self.run("UPDATE outbox SET due = ? WHERE id = ?", vec![due.millis().into(), id.into()])
    }

    pub fn waits(&self, id: &str) -> Result<bool> {
        Ok(self.text("SELECT id FROM outbox WHERE id = ?", vec![id.into()])?.is_some())
    }

    /// Takes something out of the outbox.
    pub fn done(&self, id: &str) -> Result<()> {
        self.run("DELETE FROM outbox WHERE id = ?", vec![id.into()])
    }

    pub fn next_due(&self, record: &Record) -> Result<Option<Timestamp>> {
        let mut unreadable = self.unreadable.borrow_mut();
        let entry = self
            .text(
                "SELECT MIN(due) FROM outbox WHERE id NOT IN (SELECT value FROM json_each(?))",
                vec![unreadable.json()?.into()],
            )?
            .and_then(|text| text.parse().ok())
            .map(Timestamp::from_millis);
        let again = unreadable.look_again();
        let kept = self
            .text("SELECT MIN(until) FROM kept", Vec::new())?
            .and_then(|text| text.parse().ok())
            .map(Timestamp::from_millis);
        let proofs = record.proofs.iter().map(|proof| proof.until);
        Ok(entry.into_iter().chain(again).chain(kept).chain(next_due(&record.state)).chain(proofs).min())
    }

    /// Requests whose SMS nobody can have got yet: not handed over, nor just being tried.
    pub fn unsent(&self) -> Result<Vec<TokenHash>> {
        let mut trying = Vec::new();
        for [json] in self.texts("SELECT item FROM outbox WHERE trying = 1", Vec::new())? {
            if let Ok(OutboxItem::Sms(sms)) = stored::read(&json)
                && let Outgoing::Confirmation { link } = sms.outgoing
            {
                trying.push(link);
            }
        }
        // Nobody knows whether an SMS has left that can't be read: then no yes counts for it.
        let sent = |sms: Result<KeptSms>| sms.is_ok_and(|sms| sms.sent.sent_at.is_some());
        let unsent = self.all_sms()?.into_iter().filter_map(|(link, sms)| (!sent(sms)).then_some(link));
        Ok(unsent.filter(|link| !trying.contains(link)).collect())
    }

    /// Lets all that tells the owner wait, in its order.
    pub fn delay_webhooks(&self, due: Timestamp) -> Result<()> {
        self.run(
            "UPDATE outbox SET due = ?1, attempts = attempts + 1 WHERE id LIKE 'hook/%' AND due < ?1",
            vec![due.millis().into()],
        )
    }
}

pub struct OutboxEntry {
    /// Its id, which is also our reference at the gateway.
    pub id: String,
    pub item: OutboxItem,
    /// Attempts begun.
    pub attempts: u32,
    /// An attempt began and nobody knows how it ended.
    pub cut_off: bool,
    /// The turn that its gateway gave it.
    pub turn: Option<Timestamp>,
}

impl OutboxEntry {
    /// How long to wait after the attempt that follows those begun.
    pub fn pause(&self) -> Span {
        let [jitter] = random();
        backoff::OUTBOX.pause(self.attempts.saturating_add(1), jitter)
    }
}
