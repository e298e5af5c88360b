use std::cell::OnceCell;

use shared::{actor::Actor, ids::PurposeId, time::Timestamp};
use worker::{DurableObject, Env, Request, Response, Result, SqlStorage, SqlStorageValue, State, durable_object};

use super::protocol::{
    AddCodes, Added, Call, Code, Command, CountCodes, Counted, ForgetSubject, Query, TakeCode, Taken,
};
use crate::{
    platform::{
        alarm::Alarms,
        clock,
        object::{read, reply, respond},
        sql::{add_columns, fault, has_table, known_format, rows, run, value},
        transaction::transaction,
    },
    service::health,
};

#[durable_object]
pub struct Pool {
    state: State,
    env: Env,
    tables: OnceCell<SqlStorage>,
    alarms: Alarms,
}

impl DurableObject for Pool {
    fn new(state: State, env: Env) -> Self {
        clock::start(&env);
        Self { state, env, tables: OnceCell::new(), alarms: Alarms::default() }
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        let call = read(&mut request).await?;
        let reply = self.tables().and_then(|sql| {
            transaction(&self.state, || {
                let reply = answer(sql, call)?;
                // In the transaction: what has a date is never without an alarm.
                let armed = next(sql)?.map(|due| self.alarms.arm(&self.state, due)).transpose()?;
                Ok((reply, armed.flatten()))
            })
        });
        health::tell_unreadable(&self.env).await;
        match reply {
            Ok((reply, armed)) => {
                if let Some(armed) = armed {
                    armed.await?;
                }
                respond(Ok(reply))
            }
            Err(error) => {
                self.alarms.forget();
                respond(Err(error))
            }
        }
    }

    async fn alarm(&self) -> Result<Response> {
        self.alarms.begin(&self.state).await?;
        let due = self.tables().and_then(|sql| {
            run(sql, "DELETE FROM had WHERE until <= ?", vec![clock::now().millis().into()])?;
            next(sql)
        });
        self.alarms.end(&self.state, due).await?;
        Response::empty()
    }
}

/// The counts stand beside the codes: counting these would read them all.
const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS codes (seq INTEGER PRIMARY KEY, code TEXT UNIQUE, taken INTEGER, subject TEXT UNIQUE,
    format INTEGER DEFAULT 1, added_by TEXT);
CREATE INDEX IF NOT EXISTS left_over ON codes (seq) WHERE taken = 0;
CREATE TABLE IF NOT EXISTS pool (one INTEGER PRIMARY KEY, left_over INTEGER, taken INTEGER, filled INTEGER, warned_by TEXT,
    format INTEGER DEFAULT 1);
CREATE TABLE IF NOT EXISTS had (subject TEXT PRIMARY KEY, until INTEGER) WITHOUT ROWID;
INSERT OR IGNORE INTO pool (one, left_over, taken, filled, format) VALUES (1, 0, 0, 0, 2);";

/// The format of rows that this build writes; those of before say nothing of it.
const FORMAT: i32 = 2;

struct Counts {
    left: u32,
    taken: u32,
    filled: u32,
    warned_by: String,
}

impl Pool {
    fn tables(&self) -> Result<&SqlStorage> {
        if let Some(sql) = self.tables.get() {
            return Ok(sql);
        }
        let sql = self.state.storage().sql();
        if has_table(&sql, "codes")? {
            add_columns(&sql, "codes", &[("format", "INTEGER DEFAULT 1"), ("added_by", "TEXT")])?;
            add_columns(&sql, "pool", &[("format", "INTEGER DEFAULT 1")])?;
            known_format(&sql, "pool", FORMAT)?;
        }
        run(&sql, SCHEMA, Vec::new())?;
        Ok(self.tables.get_or_init(|| sql))
    }
}

fn answer(sql: &SqlStorage, call: Call) -> Result<String> {
    match call {
        Call::Command(Command::AddCodes(AddCodes { codes, actor })) => reply::<AddCodes>(add(sql, &codes, &actor)?),
        Call::Command(Command::TakeCode(TakeCode { purpose, subject, warn_at })) => {
            reply::<TakeCode>(take_one(sql, &purpose, &subject, warn_at)?)
        }
        Call::Command(Command::ForgetSubject(ForgetSubject { subject, until })) => {
            note_had(sql, &subject, until)?;
            run(sql, "UPDATE codes SET subject = NULL WHERE subject = ?1", vec![subject.as_str().into()])?;
            // Whoever it was, the owner has been told.
            run(sql, "UPDATE pool SET warned_by = '' WHERE warned_by = ?", vec![subject.into()])?;
            reply::<ForgetSubject>(())
        }
        Call::Query(Query::CountCodes(_)) => {
            let Counts { left, taken, .. } = counts(sql)?;
            reply::<CountCodes>(Counted { left, taken })
        }
    }
}

fn counts(sql: &SqlStorage) -> Result<Counts> {
    let row = rows(sql, "SELECT left_over, taken, filled, COALESCE(warned_by, '-') FROM pool", Vec::new())?;
    let [left, taken, filled, warned_by] = row.into_iter().next().ok_or_else(|| fault("the pool's counts"))?;
    let number = |text: String| text.parse().unwrap_or_default();
    Ok(Counts { left: number(left), taken: number(taken), filled: number(filled), warned_by })
}

/// In one statement: it binds a hundred values at the most.
fn add(sql: &SqlStorage, codes: &[String], actor: &Actor) -> Result<Added> {
    let new = rows::<1>(
        sql,
        "INSERT INTO codes (code, taken, format, added_by) SELECT value, 0, ?2, ?3 FROM json_each(?1) WHERE true
         ON CONFLICT (code) DO NOTHING RETURNING seq",
        vec![serde_json::to_string(codes)?.into(), FORMAT.into(), actor.as_str().into()],
    )?;
    let added = u32::try_from(new.len()).unwrap_or(u32::MAX);
    if added > 0 {
        run(
            sql,
            "UPDATE pool SET left_over = left_over + ?, filled = filled + 1, warned_by = NULL, format = ?",
            vec![i64::from(added).into(), FORMAT.into()],
        )?;
    }
    Ok(Added { added, left: counts(sql)?.left })
}

/// Who had a code and is erased gets no second one, as long as anything is kept of them.
fn note_had(sql: &SqlStorage, subject: &str, until: Option<Timestamp>) -> Result<()> {
    match until {
        Some(until) => run(
            sql,
            "INSERT INTO had SELECT subject, ?2 FROM codes WHERE subject = ?1 ON CONFLICT DO UPDATE SET until = ?2",
            vec![subject.into(), until.millis().into()],
        ),
        None => run(sql, "DELETE FROM had WHERE subject = ?", vec![subject.into()]),
    }
}

/// When the first of them has had its time.
fn next(sql: &SqlStorage) -> Result<Option<Timestamp>> {
    let until = value(sql, "SELECT MIN(until) FROM had", Vec::new())?;
    Ok(until.and_then(|until| until.parse().ok()).map(Timestamp::from_millis))
}

fn take_one(sql: &SqlStorage, purpose: &PurposeId, subject: &str, warn_at: u32) -> Result<Taken> {
    let one =
        |statement: &str, values: Vec<SqlStorageValue>| -> Result<Option<String>> { value(sql, statement, values) };
    if one("SELECT 1 FROM had WHERE subject = ?", vec![subject.into()])?.is_some() {
        return Ok(Taken { code: Code::HadOne, left: counts(sql)?.left, warn: None });
    }
    let mut code = one("SELECT code FROM codes WHERE subject = ?", vec![subject.into()])?;
    if code.is_none() {
        code = one(
            "UPDATE codes SET taken = 1, subject = ?
             WHERE seq = (SELECT seq FROM codes WHERE taken = 0 ORDER BY seq LIMIT 1) RETURNING code",
            vec![subject.into()],
        )?;
        if code.is_some() {
            run(sql, "UPDATE pool SET left_over = left_over - 1, taken = taken + 1", Vec::new())?;
        }
    }
    let code = code.map_or(Code::Empty, Code::Theirs);
    let Counts { left, filled, mut warned_by, .. } = counts(sql)?;
    if left <= warn_at && warned_by == "-" {
        run(sql, "UPDATE pool SET warned_by = ?", vec![subject.into()])?;
        warned_by = subject.to_owned();
    }
    let warn = (warned_by == subject).then(|| format!("reward-low-{purpose}-{filled}"));
    Ok(Taken { code, left, warn })
}
