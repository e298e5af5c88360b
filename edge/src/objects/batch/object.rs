use std::iter::repeat;

use axum::http::Uri;
use futures_util::future::join_all;
use shared::{
    actor::Actor,
    backoff,
    deletion::{self, BATCH_AT_MOST},
    hex,
    key_ring::SealedBy,
    lang::Lang,
    reference::Reference,
    stored::{BatchMessage, BatchOutcomes, BatchRecipients, BatchReferences, Sealing},
    text_hash::TextHash,
    time::{Span, Timestamp},
    wire::{BatchOutcome, BatchRequest, BatchResult, Recipient},
};
use worker::{
    DurableObject, Env, Error, Request, Response, Result, SqlStorage, SqlStorageValue, State, durable_object,
};

use super::protocol::{Begin, Begun, Call, Command, Query, ReadProgress};
use crate::{
    objects::registry::Client as Registry,
    platform::{
        alarm::{Alarms, wake_at},
        clock,
        context::App,
        object::{read, reply, respond},
        secrets::{Secrets, random},
        sql::{add_columns, fault, has_table, rows, run, value},
        stored::{self, LOOK_AGAIN},
        transaction::commit,
    },
    problem::Problem,
    service::{deployment, health, send::accept_one},
};

/// Recipients of one run: each takes two requests or more, and the platform's free plan allows 50.
const AT_ONCE: usize = 20;
/// A fault of ours is tried again for so long.
const PATIENCE: Span = Span::days(1);
/// What came of it is kept for so long after its end.
const KEPT: Span = deletion::BATCH;

#[durable_object]
pub struct Batch {
    state: State,
    env: Env,
    alarms: Alarms,
}

impl DurableObject for Batch {
    fn new(state: State, env: Env) -> Self {
        clock::start(&env);
        Self { state, env, alarms: Alarms::default() }
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        let call = read(&mut request).await?;
        let reply = self.answer(call).await;
        health::tell_unreadable(&self.env).await;
        respond(reply)
    }

    async fn alarm(&self) -> Result<Response> {
        self.alarms.begin(&self.state).await?;
        let due = self.work().await;
        self.alarms.end(&self.state, due).await?;
        health::tell_unreadable(&self.env).await;
        Response::empty()
    }
}

/// A chunk is what one run works off: its recipients, sealed until all of them are answered, what came of each, and,
/// sealed, the references that the call gave them.
const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS batch (one INTEGER PRIMARY KEY, id TEXT, message TEXT, generation INTEGER, mac TEXT,
    begun INTEGER, ended INTEGER);
CREATE TABLE IF NOT EXISTS chunks (first INTEGER PRIMARY KEY, sealed TEXT, outcomes TEXT, attempts INTEGER, due INTEGER,
    refs TEXT);";

/// What `chunks` had not before there were references.
const LATER: &[(&str, &str)] = &[("refs", "TEXT")];

struct Chunk {
    first: usize,
    sealed: SealedBy,
    outcomes: Vec<BatchOutcome>,
    attempts: u32,
}

struct Head {
    id: String,
    message: BatchMessage,
    begun: Timestamp,
    ended: Option<Timestamp>,
}

impl Batch {
    fn sql(&self) -> SqlStorage {
        self.state.storage().sql()
    }

    /// Whether anything was ever stored here: asking for a guessed id leaves nothing behind.
    fn exists(&self) -> Result<bool> {
        let sql = self.sql();
        let exists = has_table(&sql, "batch")?;
        if exists {
            add_columns(&sql, "chunks", LATER)?;
        }
        Ok(exists)
    }

    async fn answer(&self, call: Call) -> Result<String> {
        match call {
            Call::Command(Command::Begin(Begin { id, request, outcomes, actor })) => {
                let begin = || {
                    let begun = self.begin(&id, *request, &outcomes, actor)?;
                    Ok((begun, (begun == Begun::Yes).then(clock::now)))
                };
                reply::<Begin>(commit(&self.state, &self.alarms, begin).await?)
            }
            Call::Query(Query::ReadProgress(_)) => {
                let progress = self.progress()?;
                // Who asks also wakes up what is overdue.
                if progress.is_some() && self.next_due()?.is_some_and(|due| due <= clock::now()) {
                    wake_at(&self.state, clock::now()).await?;
                }
                reply::<ReadProgress>(progress)
            }
        }
    }

    fn progress(&self) -> Result<Option<Vec<BatchResult>>> {
        // Its alarm deletes it; if that is late, nobody sees it any more.
        if !self.exists()? || self.head()?.ended.is_some_and(|ended| ended + KEPT <= clock::now()) {
            return Ok(None);
        }
        let secrets = Secrets::of(&self.env).map_err(fault)?;
        let chunks = rows(&self.sql(), "SELECT outcomes, COALESCE(refs, '') FROM chunks ORDER BY first", Vec::new())?;
        let mut all: Vec<BatchResult> = Vec::new();
        for [outcomes, refs] in chunks {
            let references = open_references(&secrets, &refs)?.into_iter().chain(repeat(None));
            for (outcome, reference) in stored::read::<BatchOutcomes>(&outcomes)?.0.into_iter().zip(references) {
                all.push(BatchResult { n: all.len(), reference, outcome });
            }
        }
        Ok(Some(all))
    }

    fn begin(&self, id: &str, request: BatchRequest, outcomes: &[BatchOutcome], actor: Actor) -> Result<Begun> {
        let secrets = Secrets::of(&self.env).map_err(fault)?;
        let sql = self.sql();
        run(&sql, SCHEMA, Vec::new())?;
        let json = serde_json::to_string(&request)?;
        // A bare hash of a short list of numbers could be guessed.
        let mac = |generation: u8| -> Result<String> {
            let mac = secrets.index.get(generation).map_err(fault)?.mac(&[b"batch", json.as_bytes()]);
            Ok(hex::write(&mac))
        };
        let before = rows(&sql, "SELECT generation, mac FROM batch", Vec::new())?;
        if let Some([generation, known]) = before.into_iter().next() {
            let same = mac(generation.parse().map_err(fault)?)? == known;
            return Ok(if same { Begun::Yes } else { Begun::Another });
        }
        let now = clock::now();
        let (generation, _) = secrets.index.current().map_err(fault)?;
        let chunks = request.recipients.chunks(AT_ONCE).zip(outcomes.chunks(AT_ONCE));
        for (n, (recipients, outcomes)) in chunks.enumerate() {
            let list = stored::write(&BatchRecipients(recipients.to_vec()))?;
            let sealed = secrets.seal.seal(random(), "batch", list.as_bytes()).map_err(fault)?;
            let outcomes = BatchOutcomes(outcomes.to_vec());
            run(
                &sql,
                "INSERT INTO chunks (first, sealed, outcomes, attempts, due, refs) VALUES (?, ?, ?, 0, ?, ?)",
                vec![
                    i64::try_from(n * AT_ONCE).map_err(fault)?.into(),
                    stored::write(&Sealing(sealed))?.into(),
                    stored::write(&outcomes)?.into(),
                    now.millis().into(),
                    seal_references(&secrets, recipients)?,
                ],
            )?;
        }
        run(
            &sql,
            "INSERT INTO batch VALUES (1, ?, ?, ?, ?, ?, NULL)",
            vec![
                id.into(),
                stored::write(&BatchMessage { by: Some(actor), message: request.message() })?.into(),
                i64::from(generation).into(),
                mac(generation)?.into(),
                now.millis().into(),
            ],
        )?;
        Ok(Begun::Yes)
    }

    /// Works off one chunk; at its very end, deletes all. Says when to come back.
    async fn work(&self) -> Result<Option<Timestamp>> {
        deployment::check(&self.env).await?;
        if !self.exists()? {
            return Ok(None);
        }
        // One that this build can't read, or that never ended.
        if self.begun()? + BATCH_AT_MOST <= clock::now() {
            self.state.storage().delete_all().await?;
            return Ok(None);
        }
        let head = self.head()?;
        if head.ended.is_some_and(|ended| ended + KEPT <= clock::now()) {
            self.state.storage().delete_all().await?;
            return Ok(None);
        }
        if let Some(chunk) = self.due(clock::now())? {
            let (first, attempts) = (chunk.first, chunk.attempts);
            if let Err(error) = self.work_off(&head, chunk).await {
                self.failed(&head, first, attempts, &error)?;
            }
        }
        Ok(Some(match (self.next_due()?, head.ended) {
            (Some(due), _) => due,
            (None, Some(ended)) => ended + KEPT,
            (None, None) => {
                let now = clock::now();
                run(&self.sql(), "UPDATE batch SET ended = ?", vec![now.millis().into()])?;
                now + KEPT
            }
        }))
    }

    /// What one chunk failed by holds up no other: it waits for a pause that grows, and is given up after a day.
    fn failed(&self, head: &Head, first: usize, attempts: u32, error: &Error) -> Result<()> {
        worker::console_error!("batch: {error}");
        let first: SqlStorageValue = i64::try_from(first).map_err(fault)?.into();
        let now = clock::now();
        if now < head.begun + PATIENCE || stored::is_unreadable(error) {
            let pause = if stored::is_unreadable(error) { LOOK_AGAIN } else { pause(attempts) };
            let statement = "UPDATE chunks SET attempts = attempts + 1, due = ? WHERE first = ?";
            return run(&self.sql(), statement, vec![(now + pause).millis().into(), first]);
        }
        let json = value(&self.sql(), "SELECT outcomes FROM chunks WHERE first = ?", vec![first.clone()])?;
        let BatchOutcomes(outcomes) = stored::read(&json.unwrap_or_default())?;
        let given_up = outcomes.into_iter().map(|outcome| match outcome {
            BatchOutcome::Waiting => refused(Problem::Fault),
            known => known,
        });
        let outcomes = stored::write(&BatchOutcomes(given_up.collect()))?;
        run(&self.sql(), "UPDATE chunks SET outcomes = ?, sealed = NULL WHERE first = ?", vec![outcomes.into(), first])
    }

    fn next_due(&self) -> Result<Option<Timestamp>> {
        let next = value(&self.sql(), "SELECT MIN(due) FROM chunks WHERE sealed IS NOT NULL", Vec::new())?;
        Ok(next.and_then(|due| due.parse().ok()).map(Timestamp::from_millis))
    }

    fn begun(&self) -> Result<Timestamp> {
        let begun = value(&self.sql(), "SELECT begun FROM batch", Vec::new())?;
        begun.unwrap_or_default().parse().map(Timestamp::from_millis).map_err(fault)
    }

    fn head(&self) -> Result<Head> {
        let row = rows(&self.sql(), "SELECT id, message, begun, COALESCE(ended, '') FROM batch", Vec::new())?;
        let [id, message, begun, ended] = row.into_iter().next().ok_or_else(|| fault("batch"))?;
        let ended = (!ended.is_empty()).then(|| ended.parse().map(Timestamp::from_millis)).transpose();
        Ok(Head {
            id,
            message: stored::read(&message)?,
            begun: begun.parse().map(Timestamp::from_millis).map_err(fault)?,
            ended: ended.map_err(fault)?,
        })
    }

    /// The first chunk that is due and can be read; what can't be waits.
    fn due(&self, now: Timestamp) -> Result<Option<Chunk>> {
        let found = rows(
            &self.sql(),
            "SELECT first, sealed, outcomes, attempts FROM chunks WHERE sealed IS NOT NULL AND due <= ?
             ORDER BY due, first",
            vec![now.millis().into()],
        )?;
        for [first, sealed, outcomes, attempts] in found {
            match (stored::read::<Sealing>(&sealed), stored::read::<BatchOutcomes>(&outcomes)) {
                (Ok(Sealing(sealed)), Ok(BatchOutcomes(outcomes))) => {
                    let (first, attempts) = (first.parse().map_err(fault)?, attempts.parse().map_err(fault)?);
                    return Ok(Some(Chunk { first, sealed, outcomes, attempts }));
                }
                _ => {
                    let again = (now + LOOK_AGAIN).millis().into();
                    run(&self.sql(), "UPDATE chunks SET due = ? WHERE first = ?", vec![again, first.into()])?;
                }
            }
        }
        Ok(None)
    }

    async fn work_off(&self, head: &Head, chunk: Chunk) -> Result<()> {
        // Evidence names the template by its hash.
        Registry::of(&self.env).keep_text(head.message.message.text.clone()).await?;
        let app = App::new(self.env.clone(), &Uri::from_static("/"))?;
        let list = app.secrets().seal.open("batch", &chunk.sealed).map_err(fault)?;
        let BatchRecipients(recipients) = stored::read(std::str::from_utf8(&list).map_err(fault)?)?;
        let all = chunk.outcomes.into_iter().zip(recipients).enumerate().map(|(n, (outcome, recipient))| {
            let (app, n) = (&app, chunk.first + n);
            async move {
                match outcome {
                    // A crash repeats what was answered and not yet noted: the key makes that the same SMS.
                    BatchOutcome::Waiting => outcome_of(app, head, recipient, n).await,
                    known => known,
                }
            }
        });
        let outcomes = join_all(all).await;
        let over = !outcomes.contains(&BatchOutcome::Waiting);
        run(
            &self.sql(),
            "UPDATE chunks SET outcomes = ?, sealed = CASE WHEN ? THEN NULL ELSE sealed END, attempts = attempts + 1,
             due = ? WHERE first = ?",
            vec![
                stored::write(&BatchOutcomes(outcomes))?.into(),
                i64::from(over).into(),
                (clock::now() + pause(chunk.attempts)).millis().into(),
                i64::try_from(chunk.first).map_err(fault)?.into(),
            ],
        )
    }
}

/// The references that a call gave these recipients. They are kept as long as the batch: its answer names them.
fn seal_references(secrets: &Secrets, recipients: &[Recipient]) -> Result<SqlStorageValue> {
    // What is none is what its recipient was refused for.
    let given = |recipient: &Recipient| Reference::given(recipient.reference.as_deref()).unwrap_or_default();
    let references: Vec<_> = recipients.iter().map(given).collect();
    if references.iter().all(Option::is_none) {
        return Ok(SqlStorageValue::Null);
    }
    let list = stored::write(&BatchReferences(references))?;
    let sealed = secrets.seal.seal(random(), "batch references", list.as_bytes()).map_err(fault)?;
    Ok(stored::write(&Sealing(sealed))?.into())
}

fn open_references(secrets: &Secrets, refs: &str) -> Result<Vec<Option<Reference>>> {
    if refs.is_empty() {
        return Ok(Vec::new());
    }
    let Sealing(sealed) = stored::read(refs)?;
    let list = secrets.seal.open("batch references", &sealed).map_err(fault)?;
    let BatchReferences(references) = stored::read(std::str::from_utf8(&list).map_err(fault)?)?;
    Ok(references)
}

async fn outcome_of(app: &App, head: &Head, recipient: Recipient, n: usize) -> BatchOutcome {
    let key = format!("{}/{n}", head.id);
    // Before batches kept who began them there was one token.
    let actor = head.message.by.clone().unwrap_or_else(Actor::owner);
    let message = &head.message.message;
    let template = Some(TextHash::of(&message.text));
    let problem = match accept_one(app, recipient, message, template, Some(key), actor).await {
        Ok(accepted) => return BatchOutcome::Accepted { message: accepted.id, segments: accepted.segments },
        Err(problem) => problem,
    };
    if problem.status().is_server_error() && clock::now() < head.begun + PATIENCE {
        return BatchOutcome::Waiting;
    }
    refused(problem)
}

/// How long to wait after the attempt that follows so many.
fn pause(attempts: u32) -> Span {
    backoff::BATCH.pause(attempts.saturating_add(1), 0)
}

fn refused(problem: Problem) -> BatchOutcome {
    let detail = problem.detail(Lang::En);
    let reason = match problem {
        Problem::Fields(errors) => errors.into_iter().next().map(|error| error.reason).unwrap_or_default(),
        other => other.kind().name().to_owned(),
    };
    BatchOutcome::Refused { reason, detail, duplicate_of: None }
}
