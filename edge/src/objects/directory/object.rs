//! A share of the directory, and its nightly sweep.

use std::cell::{Cell, OnceCell};

use shared::{
    directory::{Sweep, SweepAt},
    key_ring::SubjectId,
    shard,
    time::Timestamp,
};
use worker::{DurableObject, Env, Request, Response, Result, State, durable_object};

use super::{
    protocol::{Call, Command, Forget, Page, Put, Query, ReadInbox, ReadPage},
    store::Store,
};
use crate::{
    platform::{
        alarm::{Alarms, wake_at},
        clock,
        context::App,
        kv::{self, ConsentKeys},
        object::{read, reply, respond},
        secrets::random,
        sql::{fault, tables},
        transaction::{commit, transaction},
    },
    service::{
        deployment, health, index, lookup,
        sweep::{self, Found},
        watch,
    },
};

/// People that one alarm asks: each takes a call, and one more for each consent.
const PEOPLE: u32 = 20;
/// Keys without a consent that one alarm asks about.
const STRAYS: usize = 20;

#[durable_object]
pub struct Directory {
    state: State,
    env: Env,
    store: OnceCell<Store>,
    alarms: Alarms,
    /// Whether the alarm was seen to be set.
    armed: Cell<bool>,
}

impl DurableObject for Directory {
    fn new(state: State, env: Env) -> Self {
        clock::start(&env);
        Self { state, env, store: OnceCell::new(), alarms: Alarms::default(), armed: Cell::new(false) }
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        let call = read(&mut request).await?;
        let reply = self.answer(call).await;
        if let Err(error) = self.arm().await {
            worker::console_error!("directory: {error}");
        }
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

impl Directory {
    /// The tables; made only for `making`.
    fn store(&self, making: bool) -> Result<Option<&Store>> {
        tables(&self.store, &self.state, making)
    }

    async fn answer(&self, call: Call) -> Result<String> {
        match call {
            Call::Command(Command::Put(Put { row })) => {
                let store = self.store(true)?.ok_or_else(|| fault("no tables"))?;
                commit(&self.state, &self.alarms, || Ok((store.put(&row)?, self.begin(store, row.subject)?))).await?;
                reply::<Put>(())
            }
            Call::Command(Command::Forget(Forget { subject, listed })) => {
                let store = self.store(true)?.ok_or_else(|| fault("no tables"))?;
                let forget = || {
                    store.forget(subject, listed, clock::now())?;
                    Ok(((), self.begin(store, subject)?))
                };
                commit(&self.state, &self.alarms, forget).await?;
                reply::<Forget>(())
            }
            Call::Query(Query::ReadPage(ReadPage { after, most })) => reply::<ReadPage>(match self.store(false)? {
                Some(store) => store.page(after, most)?,
                None => Page { rows: Vec::new(), last: None },
            }),
            Call::Query(Query::ReadInbox(ReadInbox { after, most })) => {
                let page = self.store(false)?.map(|store| store.inbox(after.as_ref(), most)).transpose()?;
                reply::<ReadInbox>(page.unwrap_or_default())
            }
        }
    }

    /// Lets the sweeps of a new share begin; gives when the first one does.
    fn begin(&self, store: &Store, subject: SubjectId) -> Result<Option<Timestamp>> {
        // One that this build can't read goes on with another build.
        if self.armed.get() || !matches!(store.sweep(), Ok(None)) {
            return Ok(None);
        }
        let sweep = Sweep::new(shard::of_directory(subject), clock::now(), night());
        store.put_sweep(&sweep)?;
        Ok(Some(sweep.due))
    }

    /// Sets the alarm where it is lost or has overslept.
    async fn arm(&self) -> Result<()> {
        let Some(sweep) = self.store(false)?.map(Store::sweep).transpose()?.flatten() else {
            return Ok(());
        };
        let overslept = sweep.due <= clock::now();
        if overslept || (!self.armed.get() && self.state.storage().get_alarm().await?.is_none()) {
            wake_at(&self.state, sweep.due).await?;
        }
        self.armed.set(true);
        Ok(())
    }

    /// Works off the next part of the sweep, once it is night; says when to come back.
    async fn work(&self) -> Result<Option<Timestamp>> {
        deployment::check(&self.env).await?;
        let Some(store) = self.store(false)? else {
            return Ok(None);
        };
        let Some(sweep) = store.sweep()? else {
            return Ok(None);
        };
        if clock::now() < sweep.due {
            return Ok(Some(sweep.due));
        }
        let sweep = sweep.try_now(clock::now());
        store.put_sweep(&sweep)?;
        let next = match &sweep.at {
            SweepAt::Waiting => SweepAt::Waiting,
            SweepAt::People { after: None } => {
                store.forget_forgotten(clock::now())?;
                // Whoever was set up before there was such a thing.
                if let Ok(Some(settings)) = lookup::settings(&self.env).await {
                    watch::begin(&self.env, &settings).await;
                }
                let app = App::new(self.env.clone(), &Default::default())?;
                if let Err(problem) = index::mend(&app).await {
                    worker::console_error!("sweep of the index: {}", problem.into_error());
                }
                self.sweep_people(store, None, !sweep.is_in_vain()).await?
            }
            SweepAt::People { after } => self.sweep_people(store, *after, !sweep.is_in_vain()).await?,
            SweepAt::Keys { .. } if sweep.is_in_vain() => SweepAt::Waiting,
            SweepAt::Keys { cursor, after } => {
                self.sweep_keys(store, sweep.shard, cursor.clone(), after.clone()).await?
            }
        };
        let sweep = sweep.go_on(next, clock::now(), night());
        store.put_sweep(&sweep)?;
        Ok(Some(sweep.due))
    }

    /// Asks the next people, unless they were asked in vain too often; gives how the sweep goes on.
    async fn sweep_people(&self, store: &Store, after: Option<SubjectId>, ask: bool) -> Result<SweepAt> {
        let Page { rows, last } = store.page(after, PEOPLE)?;
        if ask {
            let app = App::new(self.env.clone(), &Default::default())?;
            for row in rows {
                match sweep::person(&app, row.subject, row.changed_at).await {
                    Ok(Found::Somebody) => {}
                    // Whoever comes back meanwhile has a newer row.
                    Ok(Found::Nobody) => {
                        transaction(&self.state, || store.forget(row.subject, row.changed_at, clock::now()))?
                    }
                    Err(problem) => {
                        worker::console_error!("sweep of {}: {}", row.subject, problem.into_error());
                    }
                }
            }
        }
        Ok(match last {
            Some(last) => SweepAt::People { after: Some(last) },
            None => SweepAt::Keys { cursor: None, after: None },
        })
    }

    /// Looks for keys of KV without a consent; gives how the sweep goes on.
    async fn sweep_keys(
        &self,
        store: &Store,
        shard: u32,
        cursor: Option<String>,
        mut after: Option<String>,
    ) -> Result<SweepAt> {
        let app = App::new(self.env.clone(), &Default::default())?;
        let ConsentKeys { keys, next } = kv::consents(&self.env, cursor.clone()).await?;
        let mut strays = 0;
        for (name, purpose, subject) in keys {
            // What was worked off stays in the list for a minute.
            if shard::of_directory(subject) != shard || after.as_ref().is_some_and(|after| name <= *after) {
                continue;
            }
            let row = store.row(subject)?;
            if row.as_ref().is_some_and(|row| row.listing.is_given(&purpose)) {
                continue;
            }
            if strays == STRAYS {
                return Ok(SweepAt::Keys { cursor, after });
            }
            strays += 1;
            if let Err(problem) = sweep::stray(&app, &purpose, subject, row.map(|row| row.changed_at)).await {
                worker::console_error!("sweep of {subject}: {}", problem.into_error());
            }
            after = Some(name);
        }
        Ok(match next {
            Some(next) => SweepAt::Keys { cursor: Some(next), after },
            None => SweepAt::Waiting,
        })
    }
}

/// Spreads the sweeps over the night.
fn night() -> u16 {
    u16::from_be_bytes(random())
}
