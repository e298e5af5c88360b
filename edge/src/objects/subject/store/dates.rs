//! Rows with a date of their own, and what goes with the person (L27).

use shared::{
    deletion::{INBOUND_ID, MESSAGE, came_in, drop_fleeting, fleeting_until},
    evidence::Erasable,
    ids::PurposeId,
    key_ring::Sealed,
    stored::{Erasables, InboundSeen, KeptRequest, LinkRecord, Record},
    subject::{Suppression, next_due},
    time::{Span, Timestamp},
};
use worker::{Result, SqlStorageValue};

use super::Store;
use crate::{
    objects::subject::record::Loaded,
    platform::{
        clock,
        stored::{self, LOOK_AGAIN},
    },
};

/// Ids of SMS that came in were once kept for so many seconds longer.
const INBOUND_BEFORE: i64 = Span::days(3 * 366).whole_seconds() - INBOUND_ID.whole_seconds();

/// A row with values that have had their time.
struct Fleeting<'a> {
    table: &'a str,
    column: &'a str,
    /// Which row of it.
    matches: &'a str,
    id: String,
}

/// For a column that may be empty.
pub fn millis(at: Option<Timestamp>) -> SqlStorageValue {
    at.map_or(SqlStorageValue::Null, |at| at.millis().into())
}

impl Store {
    /// When something here is to be done that time alone asks for. The platform takes five terms of a `UNION` at most.
    pub fn next_due(&self, record: &Record) -> Result<Option<Timestamp>> {
        let dated = self.text(
            "SELECT MIN(at) FROM (SELECT MIN(until) AS at FROM (SELECT until FROM kept UNION ALL SELECT until FROM inbox)
             UNION ALL SELECT MIN(until) FROM proofs
             UNION ALL SELECT MIN(until) FROM links WHERE until IS NOT NULL UNION ALL SELECT MIN(fleeting) FROM requests
             UNION ALL SELECT MIN(fleeting) FROM events WHERE fleeting IS NOT NULL)",
            Vec::new(),
        )?;
        let dated = dated.and_then(|text| text.parse().ok()).map(Timestamp::from_millis);
        let state = next_due(&record.state, record.number.is_some());
        Ok([self.earliest_due()?, dated, state].into_iter().flatten().min())
    }

    /// Whether an SMS from the handset was taken under that id.
    pub fn has_inbound(&self, id: &str, now: Timestamp) -> Result<bool> {
        let kept = "SELECT 1 FROM kept WHERE kind = 'inbound' AND id = ? AND until > ?";
        Ok(self.text(kept, vec![id.into(), now.millis().into()])?.is_some())
    }

    /// Keeps that it was: providers repeat what they bring.
    pub fn keep_inbound(&self, id: &str, until: Timestamp) -> Result<()> {
        self.run(
            "INSERT OR REPLACE INTO kept VALUES ('inbound', ?, ?, ?)",
            vec![id.into(), stored::write(&InboundSeen)?.into(), until.millis().into()],
        )
    }

    /// Deletes what was kept long enough.
    pub fn forget_by_date(&self, loaded: &Loaded, now: Timestamp) -> Result<()> {
        self.run("DELETE FROM kept WHERE until <= ?", vec![now.millis().into()])?;
        self.run("DELETE FROM links WHERE until <= ?", vec![now.millis().into()])?;
        self.run("DELETE FROM inbox WHERE until <= ?", vec![now.millis().into()])?;
        self.run("DELETE FROM orders WHERE at <= ?", vec![(now - MESSAGE).millis().into()])?;
        self.give_up_parked(now)?;
        self.forget_values(loaded, now)
    }

    /// Takes values out of requests and events whose time is over.
    fn forget_values(&self, loaded: &Loaded, now: Timestamp) -> Result<()> {
        let due = || vec![now.millis().into()];
        for [id, sealed] in self.texts("SELECT link, record FROM requests WHERE fleeting <= ?", due())? {
            let row = Fleeting { table: "requests", column: "record", matches: "link = ?", id };
            let request = open::<KeptRequest>(loaded, "request", sealed);
            self.forget_values_of(row, now, request, |request| {
                let came_in = request.request.time;
                let next = without_fleeting(&mut request.erasables, Some(came_in), now);
                Ok((next, loaded.seal("request", &stored::write(request)?)?))
            })?;
        }
        let events = "SELECT row, event, erasable FROM events WHERE fleeting <= ? AND erasable IS NOT NULL";
        for [id, event, sealed] in self.texts(events, due())? {
            let row = Fleeting { table: "events", column: "erasable", matches: "row = CAST(? AS INTEGER)", id };
            let values = open::<Erasables>(loaded, "erasable", sealed);
            self.forget_values_of(row, now, values, |values| {
                let next = without_fleeting(&mut values.0, came_in(&event), now);
                Ok((next, loaded.seal("erasable", &stored::write(values)?)?))
            })?;
        }
        Ok(())
    }

    /// Writes a row anew without what has had its time. What can't be read is looked at again a day later.
    fn forget_values_of<T>(
        &self,
        row: Fleeting,
        now: Timestamp,
        opened: Result<T>,
        change: impl FnOnce(&mut T) -> Result<(Option<Timestamp>, Sealed)>,
    ) -> Result<()> {
        let Fleeting { table, column, matches, id } = row;
        let changed = opened.and_then(|mut value| change(&mut value));
        let Ok((next, sealed)) = changed else {
            let later = format!("UPDATE {table} SET fleeting = ? WHERE {matches}");
            return self.run(&later, vec![(now + LOOK_AGAIN).millis().into(), id.into()]);
        };
        let anew = format!("UPDATE {table} SET {column} = ?, fleeting = ? WHERE {matches}");
        self.run(&anew, vec![sealed.0.into(), millis(next), id.into()])
    }

    /// Deletes what goes with the person: requests, links, messages, SMS that wait. What tells KV, the directory and
    /// the owner of it stays.
    pub fn forget_person(&self, loaded: &Loaded, now: Timestamp) -> Result<()> {
        // A provider may still repeat what it brought, and a human their answer.
        for rows in ["requests", "orders", "kept WHERE kind <> 'inbound'", "inbox WHERE answer IS NULL"] {
            self.run(&format!("DELETE FROM {rows}"), Vec::new())?;
        }
        match loaded.record.state.suppression {
            Suppression::UntilAllowed => self.keep_links_that_lift(loaded.record.state.generation)?,
            Suppression::None | Suppression::Until(_) => self.run("DELETE FROM links", Vec::new())?,
        }
        self.drop_outgoing(now)
    }

    /// Leaves of each link its hash and its language alone, by which the person lifts a suppression.
    fn keep_links_that_lift(&self, generation: u32) -> Result<()> {
        for [hash, record] in self.texts("SELECT hash, record FROM links", Vec::new())? {
            // One that can't be read stays as it is.
            let Ok(link) = stored::read::<LinkRecord>(&record) else {
                continue;
            };
            match link.that_lifts(generation) {
                Some(link) => self.run(
                    "UPDATE links SET record = ? WHERE hash = ?",
                    vec![stored::write(&link)?.into(), hash.into()],
                )?,
                None => self.run("DELETE FROM links WHERE hash = ?", vec![hash.into()])?,
            }
        }
        Ok(())
    }

    pub fn forget_inbound_ids(&self) -> Result<()> {
        self.run("DELETE FROM kept WHERE kind = 'inbound'", Vec::new())
    }

    pub fn forget_events_of(&self, purpose: &PurposeId) -> Result<()> {
        self.run("DELETE FROM events WHERE purpose = ?", vec![purpose.as_str().into()])
    }

    pub fn forget_messages_of(&self, purpose: &PurposeId) -> Result<()> {
        let messages = "DELETE FROM kept WHERE kind = 'message' AND json_extract(value, '$.purpose') = ?";
        self.run(messages, vec![purpose.as_str().into()])
    }

    pub fn forget_all_events(&self) -> Result<()> {
        self.run("DELETE FROM events", Vec::new())
    }

    /// Gives what an older build stored the dates that it would have today.
    pub(super) fn take_in_dates(&self, loaded: &mut Loaded) -> Result<()> {
        let used = self.texts(
            "SELECT purpose, MAX(json_extract(event, '$.time')) FROM events
             WHERE json_extract(event, '$.kind') IN ('given', 'used') GROUP BY purpose",
            Vec::new(),
        )?;
        let used = used.into_iter().filter_map(|[purpose, at]| Some((purpose.parse().ok()?, at.try_into().ok()?)));
        loaded.record.learn_last_sms(&used.collect());
        if loaded.record.number.is_none() {
            self.forget_person(loaded, clock::now())?;
            loaded.destroy_key();
        }
        // They are looked at once, and then have their own.
        self.run("UPDATE events SET fleeting = 0 WHERE erasable IS NOT NULL", Vec::new())?;
        self.run("UPDATE requests SET fleeting = 0", Vec::new())?;
        let fresh = "SELECT hash, record FROM links WHERE record LIKE '%\"Fresh\":{%'";
        for [hash, record] in self.texts(fresh, Vec::new())? {
            let until = stored::read::<LinkRecord>(&record).ok().and_then(|link| link.kind.dead_at());
            let until = until.unwrap_or(Timestamp::from_millis(0)).millis();
            self.run("UPDATE links SET until = ? WHERE hash = ?", vec![until.into(), hash.into()])?;
        }
        let shorter = "UPDATE kept SET until = until - ? WHERE kind = 'inbound'";
        self.run(shorter, vec![(INBOUND_BEFORE * 1000).into()])
    }
}

/// Takes out what has had its time; says when the rest of it will.
fn without_fleeting(values: &mut Vec<Erasable>, came_in: Option<Timestamp>, now: Timestamp) -> Option<Timestamp> {
    drop_fleeting(values, came_in, now);
    came_in.and_then(|at| fleeting_until(values, at))
}

fn open<T: shared::stored::Stored>(loaded: &Loaded, context: &str, sealed: String) -> Result<T> {
    stored::read(&loaded.open(context, &Sealed(sealed))?)
}
