//! What decides is `shared::pace`. This object keeps it in memory and writes down, before it answers, what a crash must
//! not forget. Whether the owner has paused all is the registry's to say: it is asked when this object wakes up.

use std::cell::{Cell, RefCell};

use shared::{
    ids::GatewayId,
    pace::{Class, Noted, Pace, PaceRecord, Turn, Untold},
    time::Timestamp,
    webhook::{GatewayStopped, Payload},
};
use worker::{Delay, DurableObject, Env, Request, Response, Result, SqlStorage, State, durable_object};

use super::{
    look_back::{EVERY, look_back},
    protocol::{
        Call, Command, FindTaken, KeepUnread, NoteOutcome, NotePause, NoteTaken, PutAway, Query, ReadState, ReadUnread,
        Standing, TakeTurn, Watch,
    },
    store::Store,
};
use crate::{
    objects::{
        registry::{self, KnownPause},
        webhook::{Event, tell},
    },
    platform::{
        alarm::{Alarms, wake_at},
        clock,
        object::{read, reply, respond},
        secrets::{Secrets, random},
        sql::{fault, has_table, rows, run},
        stored,
        transaction::{commit, transaction},
    },
    problem::Problem,
    service::{
        deployment,
        fresh::{OWNERS, is_fresh},
        health, lookup,
    },
};

const SCHEMA: &str = "CREATE TABLE IF NOT EXISTS pace (one INTEGER PRIMARY KEY, gateway TEXT, record TEXT);";

#[durable_object]
pub struct Gateway {
    state: State,
    env: Env,
    pace: RefCell<Option<Pace>>,
    /// What is known of the owner's pause, and since when.
    pause: RefCell<Option<(Timestamp, KnownPause)>>,
    /// Whether an alarm is set that tells the owner.
    tells_soon: Cell<bool>,
    /// When it looks for what came in; nothing where that was not read yet.
    looks_at: Cell<Option<Option<Timestamp>>>,
    alarms: Alarms,
}

impl DurableObject for Gateway {
    fn new(state: State, env: Env) -> Self {
        clock::start(&env);
        Self {
            state,
            env,
            pace: RefCell::default(),
            pause: RefCell::default(),
            tells_soon: Cell::new(false),
            looks_at: Cell::new(None),
            alarms: Alarms::default(),
        }
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        let call = read(&mut request).await?;
        let reply = self.answer(call).await;
        self.wake_overslept().await?;
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

impl Gateway {
    async fn answer(&self, call: Call) -> Result<String> {
        match call {
            Call::Command(Command::TakeTurn(turn)) => {
                let turn = self.take(turn).await?;
                self.tell_soon().await?;
                reply::<TakeTurn>(turn)
            }
            Call::Command(Command::NoteOutcome(NoteOutcome { noted })) => {
                self.note(noted)?;
                self.tell_soon().await?;
                reply::<NoteOutcome>(())
            }
            Call::Command(Command::NotePause(NotePause { pause })) => {
                self.learn(pause);
                reply::<NotePause>(())
            }
            Call::Command(Command::KeepUnread(KeepUnread { unread })) => {
                let secrets = Secrets::of(&self.env).map_err(fault)?;
                self.keep(|store| store.keep_unread(&unread, &secrets, clock::now())).await?;
                reply::<KeepUnread>(())
            }
            Call::Command(Command::PutAway(PutAway { gateway, number, actor })) => {
                let put_away = self.keep(|store| store.put_away(&gateway, number, actor, clock::now())).await?;
                reply::<PutAway>(put_away)
            }
            Call::Command(Command::Watch(Watch { gateway })) => {
                if self.store().watch()?.is_none() {
                    self.keep(|store| store.put_watch(&gateway, clock::now() + EVERY)).await?;
                    self.looks_at.take();
                }
                reply::<Watch>(())
            }
            Call::Command(Command::NoteTaken(NoteTaken { id, message })) => {
                self.keep(|store| store.note_taken(&id, message, clock::now())).await?;
                reply::<NoteTaken>(())
            }
            Call::Query(Query::ReadState(ReadState { limits })) => {
                let paused = self.paused_since().await?.is_some();
                let state = self.with(|pace| pace.state(limits, paused, clock::now()))?;
                reply::<ReadState>(Standing { state, unread: self.store().count_unread()? })
            }
            Call::Query(Query::ReadUnread(ReadUnread { gateway, after, most })) => {
                let secrets = Secrets::of(&self.env).map_err(fault)?;
                reply::<ReadUnread>(self.store().unread(&gateway, after.as_ref(), most, &secrets)?)
            }
            Call::Query(Query::FindTaken(FindTaken { id })) => reply::<FindTaken>(self.store().find_taken(&id)?),
        }
    }

    async fn take(&self, TakeTurn { gateway, ask, limits }: TakeTurn) -> Result<Turn> {
        // No acknowledgement waits for the registry.
        let paused = if ask.class == Class::Acknowledgement { None } else { self.paused_since().await? };
        let turn = self.with(|pace| pace.take(ask, limits, paused, clock::now()))?;
        self.write(Some(&gateway))?;
        let Turn::Now { at, .. } = turn else {
            return Ok(turn);
        };
        if at <= clock::now() {
            return Ok(turn);
        }
        Delay::from(clock::until(at)).await;
        let paused = self.paused_since().await?;
        let turn = self.with(|pace| pace.held(ask, turn, limits, paused, clock::now()))?;
        self.write(Some(&gateway))?;
        Ok(turn)
    }

    fn note(&self, noted: Noted) -> Result<()> {
        let [jitter] = random();
        self.with(|pace| pace.note(noted, clock::now(), jitter))?;
        self.write(None)
    }

    /// Tells the owner what is to be told, and deletes what was kept long enough; says when to come back.
    async fn work(&self) -> Result<Option<Timestamp>> {
        // None waits for another: an owner who can't be told holds up no STOP, and nothing that is to be deleted.
        let told = self.tell_owner().await;
        let forgot = transaction(&self.state, || self.store().forget_by_date(clock::now()));
        let looked = self.look_back().await;
        told.and(forgot).and(looked)?;
        // Something may have stopped meanwhile.
        if self.with(|pace| pace.untold())?.is_some() { Ok(Some(clock::now())) } else { self.store().next_due() }
    }

    /// Looks for what came in, once an hour. What goes wrong is tried in the next hour.
    async fn look_back(&self) -> Result<()> {
        let store = self.store();
        let Some((gateway, due)) = store.watch()?.filter(|(_, due)| *due <= clock::now()) else {
            return Ok(());
        };
        store.put_watch(&gateway, due.max(clock::now()) + EVERY)?;
        self.looks_at.take();
        match look_back(&self.env, &store, &gateway).await {
            Ok(true) => Ok(()),
            Ok(false) => store.end_watch(),
            Err(error) => {
                worker::console_error!("gateway {gateway}: what came in can't be looked for: {error}");
                Ok(())
            }
        }
    }

    /// Sets the alarm where it is lost or has overslept.
    async fn wake_overslept(&self) -> Result<()> {
        let due = match self.looks_at.get() {
            Some(due) => due,
            None => self.store().watch()?.map(|(_, due)| due),
        };
        self.looks_at.set(Some(due));
        if due.is_some_and(|due| due <= clock::now()) {
            self.looks_at.set(Some(None));
            wake_at(&self.state, clock::now()).await?;
        }
        Ok(())
    }

    fn store(&self) -> Store {
        Store::of(self.sql())
    }

    /// Writes rows that have a date, and orders the alarm for the first of them; one that tells the owner comes before.
    async fn keep<T>(&self, write: impl FnOnce(&Store) -> Result<T>) -> Result<T> {
        commit(&self.state, &self.alarms, || {
            let store = self.store();
            let written = write(&store)?;
            let due = store.next_due()?;
            Ok((written, if self.tells_soon.get() { Some(clock::now()) } else { due }))
        })
        .await
    }

    fn sql(&self) -> SqlStorage {
        self.state.storage().sql()
    }

    /// Does something with the pace, as it was written before this object slept. Asking alone leaves nothing behind.
    fn with<T>(&self, work: impl FnOnce(&mut Pace) -> T) -> Result<T> {
        let mut slot = self.pace.borrow_mut();
        let pace = match slot.as_mut() {
            Some(pace) => pace,
            None => {
                let record = self.kept()?.map(|(_, record)| stored::read(&record)).transpose()?;
                slot.insert(Pace::new(record.unwrap_or_default()))
            }
        };
        Ok(work(pace))
    }

    /// The gateway's id, and the pace as it was written.
    fn kept(&self) -> Result<Option<(String, String)>> {
        let sql = self.sql();
        if !has_table(&sql, "pace")? {
            return Ok(None);
        }
        let row = rows(&sql, "SELECT COALESCE(gateway, ''), record FROM pace", Vec::new())?.into_iter().next();
        Ok(row.map(|[gateway, record]| (gateway, record)))
    }

    /// Writes down what a crash must not forget. It is in force only once it is written.
    fn write(&self, gateway: Option<&GatewayId>) -> Result<()> {
        let Some(record) = self.with(|pace| pace.to_write().map(stored::write::<PaceRecord>))? else {
            return Ok(());
        };
        let written = record.and_then(|record| {
            let sql = self.sql();
            if !has_table(&sql, "pace")? {
                run(&sql, SCHEMA, Vec::new())?;
            }
            let statement = "INSERT INTO pace VALUES (1, ?1, ?2)
                ON CONFLICT (one) DO UPDATE SET gateway = COALESCE(?1, gateway), record = ?2";
            run(&sql, statement, vec![gateway.map(|gateway| gateway.to_string()).into(), record.into()])
        });
        if written.is_err() {
            self.pace.take();
        }
        written
    }

    /// Since when the owner has paused all, by the registry's word.
    async fn paused_since(&self) -> Result<Option<Timestamp>> {
        let known = self.pause.borrow().clone();
        // A gateway that was not told of a pause learns of it by then.
        if !known.as_ref().is_some_and(|(at, _)| is_fresh(*at, OWNERS)) {
            match registry::Client::of(&self.env).pause().await {
                Ok(pause) => self.learn(pause),
                // It goes on with what it knows.
                Err(error) if known.is_some() => worker::console_error!("the registry does not answer: {error}"),
                Err(error) => return Err(error),
            }
        }
        let known = self.pause.borrow();
        let pause = known.as_ref().and_then(|(_, known)| known.pause.as_ref());
        Ok(pause.filter(|pause| pause.paused).map(|pause| pause.since))
    }

    fn learn(&self, new: KnownPause) {
        let mut known = self.pause.borrow_mut();
        let newer = known.take().map(|(_, known)| known).filter(|known| known.change > new.change);
        *known = Some((clock::now(), newer.unwrap_or(new)));
    }

    /// Wakes up to tell the owner, if there is something to tell.
    async fn tell_soon(&self) -> Result<()> {
        if self.with(|pace| pace.untold())?.is_some() && !self.tells_soon.get() {
            wake_at(&self.state, clock::now()).await?;
            self.tells_soon.set(true);
        }
        Ok(())
    }

    /// Tells the owner of each stop, under an id of its own, so that a repetition tells of it once.
    async fn tell_owner(&self) -> Result<()> {
        deployment::check(&self.env).await?;
        while let Some(untold) = self.with(|pace| pace.untold())? {
            let (gateway, _) = self.kept()?.ok_or_else(|| fault("a stop that nobody wrote down"))?;
            let settings = lookup::settings(&self.env).await.map_err(Problem::into_error)?;
            let settings = settings.ok_or_else(|| fault("a gateway without settings"))?;
            tell(&self.env, &settings, &event(&gateway, untold)?).await?;
            self.with(|pace| pace.told(untold))?;
            self.write(None)?;
        }
        self.tells_soon.set(false);
        Ok(())
    }
}

fn event(gateway: &str, Untold { at, reason }: Untold) -> Result<Event> {
    let payload = Payload::GatewayStopped(GatewayStopped { gateway: gateway.parse().map_err(fault)?, reason });
    Ok(Event {
        id: format!("gateway-stopped-{gateway}-{}", at.millis()),
        kind: payload.kind(),
        time: at,
        subject: gateway.to_owned(),
        data: payload.data()?,
        number: None,
        reference: None,
    })
}
