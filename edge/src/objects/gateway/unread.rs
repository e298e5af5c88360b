//! What a gateway brought and nobody could read, until a human has looked at it (L34).

use shared::{
    actor::Actor,
    deletion::UNREAD,
    ids::GatewayId,
    inbox::{Answering, EntryId, HumanAnswer, InboxAct, InboxKey},
    stored::{Sealing, Unread},
    time::Timestamp,
    wire::{InboxAnswered, InboxEntry},
};
use worker::Result;

use super::{
    protocol::UnreadPage,
    store::{SCHEMA, Store},
};
use crate::platform::{
    secrets::{Secrets, random},
    sql::{add_columns, fault, rows, run, value},
    stored,
};

/// The most that wait; the oldest go first.
const MOST_UNREAD: i64 = 500;

impl Store {
    /// Whether anything was ever kept here. A table of before knew nothing of answers.
    fn has_unread(&self) -> Result<bool> {
        let made = self.is_made()?;
        if made {
            add_columns(&self.0, "unread", &[("answer", "TEXT")])?;
        }
        Ok(made)
    }

    /// Keeps it under a number that is never another one's: the time, or the next one.
    pub fn keep_unread(&self, unread: &Unread, secrets: &Secrets, now: Timestamp) -> Result<()> {
        let plain = stored::write(unread)?;
        let sealed = secrets.seal.seal(random(), "unread", plain.as_bytes()).map_err(fault)?;
        run(&self.0, SCHEMA, Vec::new())?;
        self.has_unread()?;
        self.forget_by_date(now)?;
        run(
            &self.0,
            "INSERT INTO unread (id, until, record)
             VALUES (MAX(?, (SELECT COALESCE(MAX(id), 0) + 1 FROM unread)), ?, ?)",
            vec![now.millis().into(), (now + UNREAD).millis().into(), stored::write(&Sealing(sealed))?.into()],
        )?;
        let newest = "DELETE FROM unread WHERE answer IS NULL
                      AND id NOT IN (SELECT id FROM unread WHERE answer IS NULL ORDER BY id DESC LIMIT ?)";
        run(&self.0, newest, vec![MOST_UNREAD.into()])
    }

    pub fn count_unread(&self) -> Result<u32> {
        if !self.has_unread()? {
            return Ok(0);
        }
        let count = value(&self.0, "SELECT COUNT(*) FROM unread WHERE answer IS NULL", Vec::new())?;
        Ok(count.and_then(|count| count.parse().ok()).unwrap_or_default())
    }

    /// What waits, the oldest first after that place, at most `most`.
    pub fn unread(
        &self,
        gateway: &GatewayId,
        after: Option<&InboxKey>,
        most: u32,
        secrets: &Secrets,
    ) -> Result<UnreadPage> {
        let open = self.count_unread()?;
        if open == 0 {
            return Ok(UnreadPage { entries: Vec::new(), open });
        }
        let mut page = Vec::new();
        for [number, until] in rows(&self.0, "SELECT id, until FROM unread WHERE answer IS NULL", Vec::new())? {
            let id = EntryId::Unread(gateway.clone(), number.parse().map_err(fault)?);
            let received_at = Timestamp::from_millis(until.parse().map_err(fault)?) - UNREAD;
            let key = InboxKey::new(received_at, &id);
            if after.is_none_or(|after| key > *after) {
                page.push((key, id, number, received_at));
            }
        }
        page.sort_by(|(one, ..), (other, ..)| one.cmp(other));
        page.truncate(usize::try_from(most).unwrap_or(usize::MAX));
        let entries = page.into_iter().map(|(key, id, number, received_at)| {
            let entry = InboxEntry {
                id,
                subject: None,
                gateway: Some(gateway.clone()),
                received_at,
                // What this build can't read is told by `GET /healthz`, and holds up no other.
                text: self.words(&number, secrets).ok(),
                guess: None,
                paused: false,
                to: None,
                lang: None,
            };
            (key, entry)
        });
        Ok(UnreadPage { entries: entries.collect(), open })
    }

    fn words(&self, number: &str, secrets: &Secrets) -> Result<String> {
        let record = "SELECT record FROM unread WHERE id = CAST(? AS INTEGER)";
        let record = value(&self.0, record, vec![number.into()])?.unwrap_or_default();
        let Sealing(sealed) = stored::read(&record)?;
        let plain = secrets.seal.open("unread", &sealed).map_err(fault)?;
        Ok(stored::read::<Unread>(std::str::from_utf8(&plain).map_err(fault)?)?.text())
    }

    /// Puts it away, once: who did it and when stays for its time, and its words go.
    pub fn put_away(
        &self,
        gateway: &GatewayId,
        number: u64,
        actor: Actor,
        now: Timestamp,
    ) -> Result<Answering<InboxAnswered>> {
        if !self.has_unread()? {
            return Ok(Answering::NoEntry);
        }
        let id = number.to_string();
        let known = "SELECT answer FROM unread WHERE id = CAST(? AS INTEGER)";
        let Some(answer) = value(&self.0, known, vec![id.as_str().into()])? else {
            return Ok(Answering::NoEntry);
        };
        let answer = if answer.is_empty() {
            let answer = HumanAnswer { act: InboxAct::Nothing, purpose: None, actor, at: now };
            run(
                &self.0,
                "UPDATE unread SET record = NULL, answer = ? WHERE id = CAST(? AS INTEGER)",
                vec![stored::write(&answer)?.into(), id.into()],
            )?;
            answer
        } else {
            stored::read(&answer)?
        };
        let entry = EntryId::Unread(gateway.clone(), number);
        Ok(Answering::Done(InboxAnswered::new(entry, None, answer, Vec::new(), false)))
    }
}
