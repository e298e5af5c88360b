use shared::time::Timestamp;
use worker::{DurableObject, Env, Request, Response, Result, State, durable_object};

use super::protocol::{Call, Command, ListHandsets, ListSms, LookUp, Query, Sms, TakeSms};
use crate::platform::{
    clock, faults,
    object::{read, reply, respond},
    sql::{rows, run, value},
};

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
        let call = read(&mut request).await?;
        respond(faults::outside(|| self.answer(call)))
    }

    async fn alarm(&self) -> Result<Response> {
        Response::empty()
    }
}

const SCHEMA: &str = "CREATE TABLE IF NOT EXISTS sms
(seq INTEGER PRIMARY KEY, reference TEXT UNIQUE, id TEXT, sender TEXT, recipient TEXT, text TEXT, at INTEGER)";

impl Phone {
    fn answer(&self, call: Call) -> Result<String> {
        let sql = self.state.storage().sql();
        run(&sql, SCHEMA, Vec::new())?;
        let look = |reference: String| -> Result<Option<String>> {
            value(&sql, "SELECT id FROM sms WHERE reference = ?", vec![reference.into()])
        };
        match call {
            Call::Command(Command::TakeSms(TakeSms { reference, sms })) => {
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
                reply::<TakeSms>(look(reference)?)
            }
            Call::Query(Query::LookUp(LookUp { reference })) => reply::<LookUp>(look(reference)?),
            Call::Query(Query::ListSms(ListSms { number })) => reply::<ListSms>(
                rows(
                    &sql,
                    "SELECT id, sender, recipient, text, at FROM sms WHERE sender = ?1 OR recipient = ?1 ORDER BY seq",
                    vec![number.into()],
                )?
                .into_iter()
                .filter_map(|[id, from, to, text, at]| {
                    let sent_at = Timestamp::from_millis(at.parse().ok()?);
                    Some(Sms { id, from, to, text, sent_at })
                })
                .collect(),
            ),
            Call::Query(Query::ListHandsets(_)) => reply::<ListHandsets>(
                rows::<1>(
                    &sql,
                    "SELECT recipient FROM sms WHERE reference NOT LIKE 'reply-%' GROUP BY recipient ORDER BY MAX(seq) DESC",
                    Vec::new(),
                )?
                .into_iter()
                .flatten()
                .collect(),
            ),
        }
    }
}
