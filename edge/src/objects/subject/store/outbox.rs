//! The rows of the outbox.

use shared::{
    backoff,
    deletion::PARKED,
    ids::PurposeId,
    message::{MessageId, WaitReason, Waiting},
    stored::{KeptSms, OutboxItem, Parked, ParkedItem, SmsItem},
    subject::Outgoing,
    time::{Span, Timestamp},
    token::TokenHash,
};
use worker::{Result, SqlStorageValue};

use super::Store;
use crate::platform::{secrets::random, sql::fault, stored};

/// An entry that failed so often by a fault of ours is parked.
const FAULTS: u32 = 8;
/// What is parked is tried again so often: another build may have come that can.
const PARKED_AGAIN: Span = Span::hours(1);

/// Entries that tell webhooks, in the order of what happened. A range: `LIKE` would read the whole table.
const WEBHOOKS: &str = "id >= 'hook/' AND id < 'hook0'";

/// What an entry of the outbox is.
pub struct OutboxEntry {
    /// Its id, which is also our reference at the gateway.
    pub id: String,
    pub item: OutboxItem,
    /// How often it was ordered.
    version: i64,
    /// Attempts begun.
    pub attempts: u32,
    /// An attempt began and nobody knows how it ended.
    pub cut_off: bool,
    /// When the latest attempt began.
    pub tried_at: Option<Timestamp>,
    /// How often in a row the provider said that it had not taken it.
    pub negatives: u32,
    /// How often it failed by a fault of ours.
    faults: u32,
    /// The turn that its gateway gave it.
    pub turn: Option<Timestamp>,
}

impl OutboxEntry {
    /// How long to wait after the attempt that follows those begun.
    pub fn pause(&self) -> Span {
        pause(self.attempts.saturating_add(1))
    }

    /// Whether one more fault leaves it parked, or it is already.
    pub const fn parks(&self) -> bool {
        self.faults.saturating_add(1) >= FAULTS
    }

    /// When it is tried next: at `due`, or at its own end if that comes first, so that the end is noted.
    fn at(&self, due: Timestamp, now: Timestamp) -> SqlStorageValue {
        self.item.ends().filter(|end| now < *end).map_or(due, |end| due.min(end)).millis().into()
    }
}

fn pause(failures: u32) -> Span {
    let [jitter] = random();
    backoff::OUTBOX.pause(failures, jitter)
}

impl Store {
    /// Puts something into the outbox. What waits under the same id is not put twice: it is as it was ordered last, and
    /// an attempt that is on its way doesn't take it out.
    pub fn post(&self, id: &str, due: Timestamp, item: &OutboxItem) -> Result<()> {
        self.run(
            "INSERT INTO outbox (id, due, item, attempts, trying) VALUES (?1, ?2, ?3, 0, 0) ON CONFLICT (id) DO UPDATE SET
             item = ?3, version = version + 1, faults = 0, due = CASE WHEN parked IS NULL THEN due ELSE ?2 END",
            vec![id.into(), due.millis().into(), stored::write(item)?.into()],
        )
    }

    /// Puts something into the outbox that webhooks are told: after all that waits for that already.
    pub fn post_webhook(&self, now: Timestamp, item: &OutboxItem) -> Result<()> {
        let last = format!("SELECT id, due FROM outbox WHERE {WEBHOOKS} AND parked IS NULL ORDER BY id DESC LIMIT 1");
        let last = self.texts::<2>(&last, Vec::new())?.into_iter().next();
        let (id, due) = match last {
            Some([id, due]) => (after(&id, now), due.parse().map_or(now, |due| now.max(Timestamp::from_millis(due)))),
            None => (after("", now), now),
        };
        self.post(&id, due, item)
    }

    /// What is due, the earliest first, at most `most` of it. What can't be read comes as its id alone.
    pub fn due(&self, now: Timestamp, most: i64) -> Result<Vec<std::result::Result<OutboxEntry, String>>> {
        let rows = self.texts(
            "SELECT id, item, version, attempts, trying, COALESCE(tried, ''), negatives, faults, COALESCE(turn, '')
             FROM outbox WHERE due <= ? ORDER BY due, id LIMIT ?",
            vec![now.millis().into(), most.into()],
        )?;
        let entry = |[id, item, version, attempts, trying, tried, negatives, faults, turn]: [String; 9]| {
            let count = |text: &str| text.parse().unwrap_or(u32::MAX);
            match stored::read(&item) {
                Ok(item) => Ok(OutboxEntry {
                    item,
                    version: version.parse().unwrap_or_default(),
                    attempts: count(&attempts),
                    cut_off: trying == "1",
                    tried_at: tried.parse().ok().map(Timestamp::from_millis),
                    negatives: count(&negatives),
                    faults: count(&faults),
                    turn: turn.parse().ok().map(Timestamp::from_millis),
                    id,
                }),
                Err(_) => Err(id),
            }
        };
        Ok(rows.into_iter().map(entry).collect())
    }

    /// Notes that an attempt begins.
    pub fn try_now(&self, entry: &OutboxEntry, now: Timestamp) -> Result<()> {
        self.run(
            "UPDATE outbox SET attempts = attempts + 1, trying = 1, tried = ?, negatives = 0, waits = NULL WHERE id = ?",
            vec![now.millis().into(), entry.id.as_str().into()],
        )
    }

    /// Lets it wait, and counts nothing: it was not its turn.
    pub fn wait(&self, entry: &OutboxEntry, due: Timestamp, now: Timestamp) -> Result<()> {
        let values = vec![entry.at(due, now), entry.id.as_str().into()];
        self.run("UPDATE outbox SET trying = 0, turn = NULL, waits = NULL, due = ? WHERE id = ?", values)
    }

    /// The same, with why: whoever ordered it can read that.
    pub fn wait_for(&self, entry: &OutboxEntry, why: WaitReason, due: Timestamp, now: Timestamp) -> Result<()> {
        let values = vec![why.name().into(), entry.at(due, now), entry.id.as_str().into()];
        self.run("UPDATE outbox SET trying = 0, turn = NULL, waits = ?, due = ? WHERE id = ?", values)
    }

    /// Notes which turn it was given at its gateway, and why then: it comes back then.
    pub fn wait_for_turn(&self, entry: &OutboxEntry, why: WaitReason, turn: Timestamp, now: Timestamp) -> Result<()> {
        let values = vec![turn.millis().into(), why.name().into(), entry.at(turn, now), entry.id.as_str().into()];
        self.run("UPDATE outbox SET turn = ?, waits = ?, due = ? WHERE id = ?", values)
    }

    /// What an SMS waits for.
    pub fn waiting(&self, id: MessageId) -> Result<Option<Waiting>> {
        let waits = "SELECT COALESCE(waits, CASE WHEN faults > 0 THEN 'retry' END), due FROM outbox WHERE id = ? AND trying = 0";
        let row = self.texts::<2>(waits, vec![id.to_string().into()])?.into_iter().next();
        Ok(row.and_then(|[reason, due]| {
            let until = Timestamp::from_millis(due.parse().ok()?);
            Some(Waiting { reason: WaitReason::named(&reason)?, until })
        }))
    }

    /// Messages of a purpose that were not handed over, those just being tried left out.
    pub fn waiting_of(&self, purpose: &PurposeId) -> Result<Vec<MessageId>> {
        let mut all = Vec::new();
        for [id, item] in self.texts("SELECT id, item FROM outbox WHERE trying = 0", Vec::new())? {
            if let (Ok(id), Ok(OutboxItem::Sms(sms))) = (id.parse(), stored::read(&item))
                && sms.outgoing.purpose() == Some(purpose)
            {
                all.push(id);
            }
        }
        Ok(all)
    }

    /// Notes that an attempt, begun or not, failed for sure, and lets it wait for a pause that grows.
    pub fn try_later(&self, entry: &OutboxEntry, now: Timestamp) -> Result<()> {
        self.run(
            "UPDATE outbox SET attempts = attempts + 1, due = ? WHERE id = ?",
            vec![entry.at(now + entry.pause(), now), entry.id.as_str().into()],
        )
    }

    /// Notes that nobody knows how an attempt ended, and when to ask, after so many answers that it was not taken.
    pub fn ask_later(&self, entry: &OutboxEntry, due: Timestamp, negatives: u32) -> Result<()> {
        self.run(
            "UPDATE outbox SET due = ?, negatives = ? WHERE id = ?",
            vec![due.millis().into(), i64::from(negatives).into(), entry.id.as_str().into()],
        )
    }

    /// Changes what an entry is.
    pub fn replace(&self, entry: &OutboxEntry, item: &OutboxItem) -> Result<()> {
        self.run("UPDATE outbox SET item = ? WHERE id = ?", vec![stored::write(item)?.into(), entry.id.as_str().into()])
    }

    /// Whether it still waits: an erasure or a delivery report may have come between.
    pub fn waits(&self, id: &str) -> Result<bool> {
        Ok(self.text("SELECT id FROM outbox WHERE id = ?", vec![id.into()])?.is_some())
    }

    /// An SMS that was tried and whose end is not noted yet.
    pub fn tried(&self, id: MessageId) -> Result<Option<Box<SmsItem>>> {
        let tried = "SELECT item FROM outbox WHERE id = ? AND attempts > 0";
        let json = self.text(tried, vec![id.to_string().into()])?;
        Ok(match json.map(|json| stored::read(&json)) {
            Some(Ok(OutboxItem::Sms(sms))) => Some(sms),
            _ => None,
        })
    }

    /// Whether an SMS was tried and nobody knows yet how that ended.
    pub fn is_unknown(&self, id: MessageId) -> Result<bool> {
        let trying = "SELECT 1 FROM outbox WHERE id = ? AND trying = 1";
        Ok(self.text(trying, vec![id.to_string().into()])?.is_some())
    }

    /// Takes out what is done, unless it was ordered anew meanwhile.
    pub fn done(&self, entry: &OutboxEntry, now: Timestamp) -> Result<()> {
        let deleted = "DELETE FROM outbox WHERE id = ? AND version = ? RETURNING parked IS NOT NULL";
        let parked = self.text(deleted, vec![entry.id.as_str().into(), entry.version.into()])?;
        self.unpark(&entry.id, parked, now)
    }

    /// Takes out an SMS whose end was noted.
    pub fn end_sms(&self, id: MessageId, now: Timestamp) -> Result<()> {
        self.take_out(&id.to_string(), now)
    }

    fn take_out(&self, id: &str, now: Timestamp) -> Result<()> {
        let deleted = "DELETE FROM outbox WHERE id = ? RETURNING parked IS NOT NULL";
        let parked = self.text(deleted, vec![id.into()])?;
        self.unpark(id, parked, now)
    }

    fn unpark(&self, id: &str, parked: Option<String>, now: Timestamp) -> Result<()> {
        if parked.as_deref() == Some("1") { self.note_parked(id, None, now) } else { Ok(()) }
    }

    /// Notes a fault of ours; says as what, if that parked it: the owner is to be told then.
    pub fn failed(&self, entry: &OutboxEntry, now: Timestamp) -> Result<Option<ParkedItem>> {
        let faults = entry.faults.saturating_add(1);
        if entry.parks() {
            let new = self.park(&entry.id, entry.item.parked_as(), entry.at(now + PARKED_AGAIN, now), now)?;
            return Ok(new.then_some(entry.item.parked_as()));
        }
        let due = now + pause(faults);
        self.run(
            "UPDATE outbox SET faults = ?, due = ? WHERE id = ?",
            vec![i64::from(faults).into(), entry.at(due, now), entry.id.as_str().into()],
        )?;
        if matches!(entry.item, OutboxItem::Webhook { .. }) {
            // What happened later must not overtake it.
            self.delay_webhooks(due)?;
        }
        Ok(None)
    }

    /// Parks what leads to something that can't be read; says whether it was not before.
    pub fn park_unreadable(&self, id: &str, now: Timestamp) -> Result<bool> {
        self.park(id, ParkedItem::Unreadable, (now + PARKED_AGAIN).millis().into(), now)
    }

    fn park(&self, id: &str, what: ParkedItem, due: SqlStorageValue, now: Timestamp) -> Result<bool> {
        let before = "SELECT 1 FROM outbox WHERE id = ? AND parked IS NOT NULL";
        let new = self.text(before, vec![id.into()])?.is_none();
        self.run(
            "UPDATE outbox SET due = ?, parked = COALESCE(parked, ?) WHERE id = ?",
            vec![due, now.millis().into(), id.into()],
        )?;
        if new {
            self.note_parked(id, Some(Parked { what, since: now }), now)?;
        }
        Ok(new)
    }

    /// Orders that the registry hears of it. Nobody hears of a note that is itself parked.
    fn note_parked(&self, id: &str, parked: Option<Parked>, now: Timestamp) -> Result<()> {
        if id.starts_with("parked/") {
            return Ok(());
        }
        self.post(&format!("parked/{id}"), now, &OutboxItem::Parked { entry: id.to_owned(), parked })
    }

    /// Drops what an erasure leaves nothing of. What can't be read stays: it may tell others of the erasure, and what
    /// is sealed in it nobody can open any more.
    pub(super) fn drop_outgoing(&self, now: Timestamp) -> Result<()> {
        for [id, item] in self.texts("SELECT id, item FROM outbox", Vec::new())? {
            if stored::read::<OutboxItem>(&item).is_ok_and(|item| !item.survives_erasure()) {
                self.take_out(&id, now)?;
            }
        }
        Ok(())
    }

    /// When the last of all others is due, if there are any.
    pub fn last_due_beside(&self, id: &str) -> Result<Option<Timestamp>> {
        let due = self.text("SELECT MAX(due) FROM outbox WHERE id <> ?", vec![id.into()])?;
        Ok(due.and_then(|due| due.parse().ok()).map(Timestamp::from_millis))
    }

    /// Gives up what was parked so long ago: the nightly sweep mends what it was to mend.
    pub(super) fn give_up_parked(&self, now: Timestamp) -> Result<()> {
        let parked = (now - PARKED).millis();
        for [id] in self.texts("SELECT id FROM outbox WHERE parked <= ?", vec![parked.into()])? {
            self.take_out(&id, now)?;
        }
        Ok(())
    }

    pub fn earliest_due(&self) -> Result<Option<Timestamp>> {
        let due = self.text("SELECT MIN(due) FROM outbox", Vec::new())?;
        due.filter(|due| !due.is_empty()).map(|due| due.parse().map(Timestamp::from_millis).map_err(fault)).transpose()
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

    /// Lets all that webhooks are told wait, in its order.
    pub fn delay_webhooks(&self, due: Timestamp) -> Result<()> {
        self.run(
            &format!("UPDATE outbox SET due = ?1, attempts = attempts + 1 WHERE {WEBHOOKS} AND due < ?1"),
            vec![due.millis().into()],
        )
    }
}

/// The id of an entry that comes after `last`: within a millisecond, or while the clock of another machine is behind,
/// they are counted.
fn after(last: &str, now: Timestamp) -> String {
    let parts = last.strip_prefix("hook/").and_then(|rest| rest.split_once('/'));
    let last = parts.and_then(|(at, count)| Some((at.parse::<i64>().ok()?, count.parse::<u16>().ok()?)));
    let (at, count) = match last {
        Some((at, count)) if at >= now.millis() && count < 9999 => (at, count + 1),
        Some((at, _)) if at >= now.millis() => (at + 1, 0),
        _ => (now.millis(), 0),
    };
    format!("hook/{at:015}/{count:04}")
}
