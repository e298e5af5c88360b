//! What the settings once had. Handsets answer to numbers of years ago, and providers call addresses of then.

use std::{cell::RefCell, rc::Rc};

use shared::{settings::Former, time::Timestamp};
use worker::Env;

use super::fresh::{OWNERS, is_fresh};
use crate::{
    objects::registry::Client as Registry,
    platform::{
        clock,
        kv::{self, Key},
        stored,
    },
    problem::Problem,
};

#[derive(Clone)]
struct Known {
    at: Timestamp,
    former: Rc<Former>,
}

thread_local! {
    static KNOWN: RefCell<Option<Known>> = const { RefCell::new(None) };
    /// When the registry was last asked.
    static ASKED: RefCell<Option<Timestamp>> = const { RefCell::new(None) };
}

fn keep(former: Former) -> Rc<Former> {
    let former = Rc::new(former);
    KNOWN.set(Some(Known { at: clock::now(), former: former.clone() }));
    former
}

/// As this isolate or KV has it; where neither has, as the registry does.
///
/// # Errors
/// Nobody can say.
pub async fn former(env: &Env) -> Result<Rc<Former>, Problem> {
    let known = KNOWN.with_borrow(Clone::clone);
    if let Some(known) = known.as_ref().filter(|known| is_fresh(known.at, OWNERS)) {
        return Ok(known.former.clone());
    }
    let in_kv = kv::get(env, Key::Former).await.inspect_err(|error| worker::console_error!("KV: {error}"));
    if let Some(former) = in_kv.ok().flatten().and_then(|json| stored::read(&json).ok()) {
        return Ok(keep(former));
    }
    match (by_the_registry(env).await, known) {
        (Err(_), Some(known)) => Ok(known.former),
        (asked, _) => asked,
    }
}

/// The same by the registry's word, which is copied to KV: settings of before there was a copy have none.
async fn by_the_registry(env: &Env) -> Result<Rc<Former>, Problem> {
    ASKED.set(Some(clock::now()));
    let former = Registry::of(env).former().await?;
    if let Err(error) = copy(env, &former).await {
        worker::console_error!("KV: {error}");
    }
    Ok(keep(former))
}

/// What KV did not know, since it lags: nothing where the registry was asked just now.
pub async fn newest(env: &Env) -> Result<Option<Rc<Former>>, Problem> {
    let lately = ASKED.with_borrow(|asked| asked.is_some_and(|at| is_fresh(at, OWNERS)));
    if lately { Ok(None) } else { by_the_registry(env).await.map(Some) }
}

async fn copy(env: &Env, former: &Former) -> worker::Result<()> {
    kv::put(env, Key::Former, &stored::write(former)?).await
}

/// Takes over what new settings left.
pub async fn remember(env: &Env, former: Former) -> worker::Result<()> {
    copy(env, &former).await?;
    keep(former);
    Ok(())
}
