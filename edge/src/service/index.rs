//! Which forms there are: from this isolate, else from KV, else from the registry, which an isolate asks at most once
//! in half a minute, however many names somebody makes up.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
    time::Duration,
};

use shared::{
    form::{FormIndex, FormTurn, IndexCopy},
    ids::FormId,
    time::Timestamp,
};
use worker::{Delay, Env};

use super::{
    fresh::{OWNERS, is_fresh},
    lookup::from_kv,
};
use crate::{
    objects::registry::Client as Registry,
    platform::{
        context::App,
        kv::{self, Key},
        stored,
    },
    problem::Problem,
};

/// KV takes one write a second to a key.
const NEXT_WRITE: Duration = Duration::from_millis(1_100);
const TRIES: u32 = 4;

thread_local! {
    static INDEX: RefCell<Option<(Timestamp, Rc<FormIndex>)>> = const { RefCell::new(None) };
    /// When the registry was last asked.
    static ASKED: Cell<Option<Timestamp>> = const { Cell::new(None) };
}

/// All forms, as they were known half a minute ago at the earliest.
pub async fn index(app: &App) -> Result<Rc<FormIndex>, Problem> {
    let cached = INDEX.with_borrow(Clone::clone);
    match cached.filter(|(at, _)| is_fresh(*at, OWNERS)) {
        Some((_, index)) => Ok(index),
        None => match from_kv::<FormIndex>(app.env(), Key::Index).await {
            Some(index) => Ok(remember(index, app.now())),
            None => by_registry(app, true).await,
        },
    }
}

/// The newest version of a form; nothing where there is no such form.
pub async fn newest(app: &App, form: &FormId) -> Result<Option<(u32, Vec<FormTurn>)>, Problem> {
    match index(app).await?.newest(form) {
        // KV may not have heard of it yet.
        None => Ok(by_registry(app, false).await?.newest(form)),
        known => Ok(known),
    }
}

/// The registry's word, unless it was asked a moment ago. Where it doesn't answer, what was known last counts for as
/// long: one that fails is asked no more often than one that answers.
async fn by_registry(app: &App, missing_in_kv: bool) -> Result<Rc<FormIndex>, Problem> {
    let now = app.now();
    let known = INDEX.with_borrow(Clone::clone).filter(|_| ASKED.get().is_some_and(|at| is_fresh(at, OWNERS)));
    if let Some((_, index)) = known {
        return Ok(index);
    }
    ASKED.set(Some(now));
    let index = match Registry::of(app.env()).index().await {
        Ok(index) => index,
        Err(error) => {
            let known = INDEX.with_borrow(Clone::clone);
            if known.is_none() {
                ASKED.set(None);
            }
            worker::console_error!("the registry can't say which forms there are: {error}");
            return known.map(|(_, index)| index).ok_or_else(|| error.into());
        }
    };
    // Once, from a build on that writes it; without a form it is nothing to write.
    if missing_in_kv
        && index.changes > 0
        && let Err(error) = kv::put(app.env(), Key::Index, &stored::write(&index)?).await
    {
        worker::console_error!("KV: {error}");
    }
    Ok(remember(index, now))
}

/// Keeps the index, or the newer one that is known here: KV may not have heard of it yet.
fn remember(index: FormIndex, now: Timestamp) -> Rc<FormIndex> {
    INDEX.with_borrow_mut(|slot| {
        let index = Rc::new(index.or_newer(slot.as_ref().map(|(_, known)| &**known)));
        *slot = Some((now, index.clone()));
        index
    })
}

/// Writes down what has just been published. Of two who publish at once, the last one to write has read last.
pub async fn publish(app: &App) -> Result<(), Problem> {
    let mut index = Registry::of(app.env()).index().await?;
    loop {
        put(app.env(), &index).await?;
        let now = Registry::of(app.env()).index().await?;
        if now.changes == index.changes {
            remember(index, app.now());
            return Ok(());
        }
        index = now;
    }
}

/// Writes the index anew where KV's copy is not the registry's: an older build, which knows no index, may have
/// published meanwhile.
pub async fn mend(app: &App) -> Result<(), Problem> {
    let copy = kv::get(app.env(), Key::Index).await?;
    match Registry::of(app.env()).index().await?.compare(copy.as_deref()) {
        IndexCopy::AsItIs => Ok(()),
        IndexCopy::Amiss => publish(app).await,
        IndexCopy::Newer(unreadable) => {
            stored::note(&unreadable);
            Ok(())
        }
    }
}

async fn put(env: &Env, index: &FormIndex) -> Result<(), Problem> {
    let json = stored::write(index)?;
    for _ in 1..TRIES {
        if kv::put(env, Key::Index, &json).await.is_ok() {
            return Ok(());
        }
        Delay::from(NEXT_WRITE).await;
    }
    Ok(kv::put(env, Key::Index, &json).await?)
}
