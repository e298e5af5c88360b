//! The codes of one purpose's reward: everybody gets one, and always the same one.

use serde::{Deserialize, Serialize};
use shared::{
    ids::PurposeId,
    settings::{RewardCode, Settings, WebhookEvent},
};
use worker::{DurableObject, Env, Request, Response, Result, SqlStorage, SqlStorageValue, State, durable_object};

use super::{
    answer, ask, question, rows, run,
    webhook::{Event, tell},
};
use crate::clock;

/// A question to the pool of a purpose, whose object has the purpose's name.
#[derive(Serialize, Deserialize)]
pub enum Ask {
    /// Adds codes; what is known already stays as it is.
    Add(Vec<String>),
    /// Takes a code for a subject.
    Take {
        /// The purpose.
        purpose: PurposeId,
        /// Who gets it.
        subject: String,
        /// So few left, and the owner is told.
        warn_at: u32,
    },
    /// What is left.
    State,
    /// Forgets who got a code; nobody else ever gets it.
    Forget {
        /// Who.
        subject: String,
    },
}

/// Its answer.
#[derive(Serialize, Deserialize)]
pub enum Answer {
    /// So many were new, and so many are left.
    Added {
        /// New ones.
        added: u32,
        /// Codes that nobody has.
        left: u32,
    },
    /// What was taken.
    Taken(Taken),
    /// What is left.
    State {
        /// Codes that nobody has.
        left: u32,
        /// Codes that somebody has.
        taken: u32,
    },
    /// Forgotten.
    Forgotten,
}

/// What a subject got.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken {
    /// The code; none where the pool is empty.
    pub code: Option<String>,
    /// Codes that nobody has.
    pub left: u32,
    /// The id of the event to tell the owner of, where the pool ran low by this for the first time since codes were
    /// added. Whoever asks again for the same subject is told again, so that no crash swallows it.
    pub warn: Option<String>,
}

/// Takes a code for a subject, and tells the owner where the pool runs low by it. Whoever can't have a code lost
/// repeats this until it succeeds: it is the same code.
///
/// # Errors
/// The pool or a webhook's object did not answer.
pub async fn take(env: &Env, settings: &Settings, purpose: &PurposeId, subject: &str) -> Result<Option<String>> {
    let reward = settings.purpose(purpose).and_then(|purpose| purpose.reward.as_ref());
    let warn_at = match reward.map(|reward| &reward.code) {
        Some(RewardCode::Pool { warn_at }) => *warn_at,
        Some(RewardCode::Fixed(code)) => return Ok(Some(code.clone())),
        None => return Ok(None),
    };
    let take = Ask::Take { purpose: purpose.clone(), subject: subject.to_owned(), warn_at };
    let Answer::Taken(Taken { code, left, warn }) = ask(env, "POOL", purpose.as_str(), &take).await? else {
        return Err(worker::Error::RustError("the pool gave no code".to_owned()));
    };
    if let Some(id) = warn {
        let data = [("purpose", purpose.as_str().into()), ("left", left.into()), ("warn_at", warn_at.into())];
        let event = Event {
            id,
            kind: WebhookEvent::RewardLow,
            time: clock::now(),
            subject: purpose.to_string(),
            data: data.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
            number: None,
        };
        tell(env, settings, &event).await?;
    }
    Ok(code)
}

/// Forgets who has which code; it stays taken.
///
/// # Errors
/// The pool did not answer.
pub async fn forget(env: &Env, purpose: &PurposeId, subject: &str) -> Result<()> {
    let forget = Ask::Forget { subject: subject.to_owned() };
    ask::<_, Answer>(env, "POOL", purpose.as_str(), &forget).await.map(|_| ())
}

/// The codes of one reward.
#[durable_object]
pub struct Pool {
    state: State,
}

impl DurableObject for Pool {
    fn new(state: State, env: Env) -> Self {
        clock::start(&env);
        Self { state }
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        let ask = question(&mut request).await?;
        answer(self.answer(ask))
    }

    async fn alarm(&self) -> Result<Response> {
        Response::empty()
    }
}

/// The counts stand beside the codes: counting these would read them all.
const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS codes (seq INTEGER PRIMARY KEY, code TEXT UNIQUE, taken INTEGER, subject TEXT UNIQUE);
CREATE INDEX IF NOT EXISTS left_over ON codes (seq) WHERE taken = 0;
CREATE TABLE IF NOT EXISTS pool (one INTEGER PRIMARY KEY, left_over INTEGER, taken INTEGER, filled INTEGER, warned_by TEXT);
INSERT OR IGNORE INTO pool VALUES (1, 0, 0, 0, NULL);";

/// What stands beside the codes.
struct Counts {
    left: u32,
    taken: u32,
    filled: u32,
    warned_by: String,
}

impl Pool {
    fn answer(&self, ask: Ask) -> Result<Answer> {
        let sql = self.state.storage().sql();
        run(&sql, SCHEMA, Vec::new())?;
        match ask {
            Ask::Add(codes) => add(&sql, &codes),
            Ask::Take { purpose, subject, warn_at } => take_one(&sql, &purpose, &subject, warn_at).map(Answer::Taken),
            Ask::State => {
                let Counts { left, taken, .. } = counts(&sql)?;
                Ok(Answer::State { left, taken })
            }
            Ask::Forget { subject } => {
                run(&sql, "UPDATE codes SET subject = NULL WHERE subject = ?1", vec![subject.as_str().into()])?;
                // Whoever it was, the owner has been told.
                run(&sql, "UPDATE pool SET warned_by = '' WHERE warned_by = ?", vec![subject.into()])?;
                Ok(Answer::Forgotten)
            }
        }
    }
}

fn counts(sql: &SqlStorage) -> Result<Counts> {
    let row = rows(sql, "SELECT left_over, taken, filled, COALESCE(warned_by, '-') FROM pool", Vec::new())?;
    let [left, taken, filled, warned_by] = row
        .into_iter()
        .next()
        .and_then(|row| <[String; 4]>::try_from(row).ok())
        .ok_or_else(|| worker::Error::RustError("the pool's counts".to_owned()))?;
    let number = |text: String| text.parse().unwrap_or_default();
    Ok(Counts { left: number(left), taken: number(taken), filled: number(filled), warned_by })
}

/// In one statement: it binds a hundred values at the most.
fn add(sql: &SqlStorage, codes: &[String]) -> Result<Answer> {
    let new = rows(
        sql,
        "INSERT INTO codes (code, taken) SELECT value, 0 FROM json_each(?) WHERE true ON CONFLICT (code) DO NOTHING
         RETURNING seq",
        vec![serde_json::to_string(codes)?.into()],
    )?;
    let added = u32::try_from(new.len()).unwrap_or(u32::MAX);
    if added > 0 {
        run(
            sql,
            "UPDATE pool SET left_over = left_over + ?, filled = filled + 1, warned_by = NULL",
            vec![i64::from(added).into()],
        )?;
    }
    Ok(Answer::Added { added, left: counts(sql)?.left })
}

fn take_one(sql: &SqlStorage, purpose: &PurposeId, subject: &str, warn_at: u32) -> Result<Taken> {
    let one = |statement: &str, values: Vec<SqlStorageValue>| -> Result<Option<String>> {
        Ok(rows(sql, statement, values)?.into_iter().flatten().next())
    };
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
    let Counts { left, filled, mut warned_by, .. } = counts(sql)?;
    if left <= warn_at && warned_by == "-" {
        run(sql, "UPDATE pool SET warned_by = ?", vec![subject.into()])?;
        warned_by = subject.to_owned();
    }
    let warn = (warned_by == subject).then(|| format!("reward-low-{purpose}-{filled}"));
    Ok(Taken { code, left, warn })
}
