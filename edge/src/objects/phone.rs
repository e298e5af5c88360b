//! The simulated phone: every handset of the development machine, in one object. This is the one part that
//! stands for something outside, a mobile network with its phones.

use serde::{Deserialize, Serialize};
use shared::time::Timestamp;
use worker::{DurableObject, Env, Request, Response, Result, State, durable_object};

use super::{answer, question, rows, run};
use crate::clock;

/// The object's name.
pub const NAME: &str = "phone";

/// An SMS as a handset shows it. Numbers stand here in the clear: no real one ever comes here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sms {
    /// The network's id.
    pub id: String,
    /// Where it came from.
    pub from: String,
    /// Where it went.
    pub to: String,
    /// The text.
    pub text: String,
    /// When.
    pub sent_at: Timestamp,
}

/// A question to the phone.
#[derive(Serialize, Deserialize)]
pub enum Ask {
    /// An SMS under the sender's own reference; the same one twice is taken once.
    Take(String, Sms),
    /// Whether an SMS of that reference was taken.
    Look(String),
    /// All SMS from or to a number, oldest first.
    List(String),
    /// All numbers that got SMS, the latest first.
    Handsets,
}

/// Its answer.
#[derive(Serialize, Deserialize)]
pub enum Answer {
    /// The id under which the SMS was taken.
    Taken(Option<String>),
    /// SMS.
    List(Vec<Sms>),
    /// Numbers.
    Handsets(Vec<String>),
}

/// The handsets.
#[durable_object]
pub struct Phone {
    state: State,
}

impl DurableObject for Phone {
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

const SCHEMA: &str = "CREATE TABLE IF NOT EXISTS sms
(seq INTEGER PRIMARY KEY, reference TEXT UNIQUE, id TEXT, sender TEXT, recipient TEXT, text TEXT, at INTEGER)";

impl Phone {
    fn answer(&self, ask: Ask) -> Result<Answer> {
        let sql = self.state.storage().sql();
        run(&sql, SCHEMA, Vec::new())?;
        let look = |reference: String| -> Result<Answer> {
            let found = rows(&sql, "SELECT id FROM sms WHERE reference = ?", vec![reference.into()])?;
            Ok(Answer::Taken(found.into_iter().next().and_then(|row| row.into_iter().next())))
        };
        match ask {
            Ask::Take(reference, sms) => {
                run(&sql,
                    "INSERT INTO sms (reference, id, sender, recipient, text, at) VALUES (?, ?, ?, ?, ?, ?)
                     ON CONFLICT (reference) DO NOTHING",
                    vec![
                        reference.as_str().into(),
                        sms.id.into(),
                        sms.from.into(),
                        sms.to.into(),
                        sms.text.into(),
                        clock::now().millis().into(),
                    ],
                )?;
                look(reference)
            }
            Ask::Look(reference) => look(reference),
            Ask::List(number) => Ok(Answer::List(
                rows(
                    &sql,
                    "SELECT id, sender, recipient, text, at FROM sms WHERE sender = ?1 OR recipient = ?1 ORDER BY seq",
                    vec![number.into()],
                )?
                .into_iter()
                .filter_map(|row| {
                    let [id, from, to, text, at] = <[String; 5]>::try_from(row).ok()?;
                    let sent_at = Timestamp::from_millis(at.parse().ok()?);
                    Some(Sms { id, from, to, text, sent_at })
                })
                .collect(),
            )),
            Ask::Handsets => Ok(Answer::Handsets(
                rows(
                    &sql,
                    "SELECT recipient FROM sms WHERE reference NOT LIKE 'reply-%' GROUP BY recipient ORDER BY MAX(seq) DESC",
                    Vec::new(),
                )?
                .into_iter()
                .flatten()
                .collect(),
            )),
        }
    }
}
