//! Counts what the public calls use up, a small object for each thing counted.

use std::cell::Cell;

use serde::{Deserialize, Serialize};
use shared::time::{Span, Timestamp};
use worker::{DurableObject, Env, Request, Response, Result, SqlStorage, State, durable_object};

use super::{answer, question, rows, run, wake_at};
use crate::clock;

/// Takes from an allowance, and marks a proof as used.
#[derive(Serialize, Deserialize)]
pub enum Ask {
    /// Takes one.
    Take {
        /// What is counted, within this object.
        counter: String,
        /// So many at the most.
        limit: u32,
        /// In so many seconds.
        window: i64,
        /// A proof that counts once: its name, and until when to remember it.
        once: Option<(String, Timestamp)>,
        /// Whether the owner sees it, by day.
        by_day: bool,
    },
    /// Counts one that another limit held back.
    HeldBack,
    /// Reads what was counted, by day.
    Days,
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Taken {
    /// Within the allowance.
    Yes,
    /// Used up.
    Limited,
    /// The proof was used before.
    Used,
}

/// What one day brought.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Day {
    /// Days since 1970.
    pub day: i64,
    /// Within the allowance.
    pub taken: u32,
    /// Beyond it.
    pub limited: u32,
}

/// Counters of one network, destination, or shard of a form.
#[durable_object]
pub struct Limiter {
    state: State,
    /// Whether the tables are there and an alarm is set that cleans up.
    ready: Cell<bool>,
}

impl DurableObject for Limiter {
    fn new(state: State, _env: Env) -> Self {
        Self { state, ready: Cell::new(false) }
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        let ask = question(&mut request).await?;
        if !self.ready.replace(true) {
            run(&self.sql(), SCHEMA, Vec::new())?;
            self.rest().await?;
        }
        match ask {
            Ask::Take { counter, limit, window, once, by_day } => {
                answer(self.take(&counter, limit, window, once, by_day))
            }
            Ask::HeldBack => answer(self.count(true)),
            Ask::Days => answer(self.days()),
        }
    }

    /// A day later only the days' sums are left, and after 90 days nothing.
    async fn alarm(&self) -> Result<Response> {
        let sql = self.sql();
        let now = clock::now();
        run(&sql, SCHEMA, Vec::new())?;
        run(&sql, "DELETE FROM counters WHERE ends <= ?", vec![now.millis().into()])?;
        run(&sql, "DELETE FROM used WHERE until < ?", vec![now.millis().into()])?;
        run(&sql, "DELETE FROM days WHERE day < ?", vec![(now.day() - 90).into()])?;
        let left = rows(&sql, "SELECT 1 FROM counters UNION SELECT 1 FROM days UNION SELECT 1 FROM used", Vec::new())?;
        if left.is_empty() {
            self.ready.set(false);
            self.state.storage().delete_all().await?;
        } else {
            self.rest().await?;
        }
        Response::empty()
    }
}

const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS counters (counter TEXT PRIMARY KEY, ends INTEGER, taken INTEGER) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS used (proof TEXT PRIMARY KEY, until INTEGER) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS days (day INTEGER PRIMARY KEY, taken INTEGER, limited INTEGER);";

impl Limiter {
    fn sql(&self) -> SqlStorage {
        self.state.storage().sql()
    }

    async fn rest(&self) -> Result<()> {
        wake_at(&self.state, clock::now() + Span::days(1)).await
    }

    fn take(
        &self,
        counter: &str,
        limit: u32,
        window: i64,
        once: Option<(String, Timestamp)>,
        by_day: bool,
    ) -> Result<Taken> {
        let sql = self.sql();
        let now = clock::now();
        if let Some((proof, until)) = once {
            let new = rows(
                &sql,
                "INSERT INTO used VALUES (?, ?) ON CONFLICT DO NOTHING RETURNING 1",
                vec![proof.into(), until.millis().into()],
            )?;
            if new.is_empty() {
                return Ok(Taken::Used);
            }
        }
        let window = window * 1000;
        let ends = (now.millis().div_euclid(window) + 1) * window;
        let taken: u32 = rows(
            &sql,
            "INSERT INTO counters VALUES (?1, ?2, 1) ON CONFLICT (counter) DO UPDATE
             SET taken = CASE ends WHEN ?2 THEN taken + 1 ELSE 1 END, ends = ?2 RETURNING taken",
            vec![counter.into(), ends.into()],
        )?
        .first()
        .and_then(|row| row.first()?.parse().ok())
        // Fails closed: what can't be counted isn't spent.
        .unwrap_or(u32::MAX);
        let limited = taken > limit;
        if by_day {
            self.count(limited)?;
        }
        Ok(if limited { Taken::Limited } else { Taken::Yes })
    }

    fn count(&self, limited: bool) -> Result<()> {
        run(
            &self.sql(),
            "INSERT INTO days VALUES (?1, ?2, ?3) ON CONFLICT (day) DO UPDATE
             SET taken = taken + ?2, limited = limited + ?3",
            vec![clock::now().day().into(), i64::from(!limited).into(), i64::from(limited).into()],
        )
    }

    fn days(&self) -> Result<Vec<Day>> {
        let number = |row: &Vec<String>, at: usize| row.get(at).and_then(|text| text.parse::<i64>().ok()).unwrap_or(0);
        Ok(rows(&self.sql(), "SELECT day, taken, limited FROM days ORDER BY day", Vec::new())?
            .iter()
            .map(|row| Day { day: number(row, 0), taken: number(row, 1) as u32, limited: number(row, 2) as u32 })
            .collect())
    }
}
