//! Whether this deploy goes on with what the one before it left, looked at once an isolate. Where it doesn't, nothing
//! is decided and nothing is sent: every call answers 503, so that providers bring a STOP again, and every alarm waits.

use std::{cell::RefCell, rc::Rc};

use futures_util::future::join_all;
use shared::{
    deployment::{Configuration, DeployFault, DeployTrouble, Found, Here, Jurisdiction, Rings, Verdict, unsure},
    time::{Span, Timestamp},
};
use worker::{Env, Result};

use super::signing_keys;
use crate::{
    objects::registry::Client as Registry,
    platform::{
        clock, configuration,
        kv::{self, Key},
        secrets::Secrets,
        stored,
    },
    problem::Problem,
};

/// What stops a deploy is looked at again so often: KV may not have heard yet, and calls must not all ask.
const STOPPED_AGAIN: Span = Span::seconds(10);
/// Where KV had no marker of ours, it may have had another one that it did not show yet: it does by then.
const LAG: Span = Span::minutes(2);

/// How this deploy stands.
#[derive(Clone)]
pub struct Deployment {
    pub configuration: Option<Rc<Configuration>>,
    pub troubles: Vec<DeployTrouble>,
}

struct Known {
    deployment: Rc<Deployment>,
    /// When to look again, if ever.
    again: Option<Timestamp>,
}

thread_local! {
    static KNOWN: RefCell<Option<Known>> = const { RefCell::new(None) };
}

impl Deployment {
    /// Whether nobody could be asked, which says nothing against it.
    fn is_unsure(&self) -> bool {
        self.troubles.iter().any(|trouble| trouble.what == DeployFault::Unsure)
    }

    /// Why nothing may be done, if so.
    pub fn stopped(&self) -> Option<Problem> {
        let stops: Vec<_> = self.troubles.iter().filter(|trouble| trouble.what.stops()).collect();
        let details: Vec<_> = stops.iter().map(|trouble| trouble.detail.as_str()).collect();
        (!stops.is_empty()).then(|| Problem::Deploy(details.join(" ")))
    }
}

/// Looks how this deploy stands, or remembers it.
pub async fn of(env: &Env) -> Rc<Deployment> {
    let fresh = |known: &Known| known.again.is_none_or(|again| clock::now() < again);
    let known = KNOWN.with_borrow(|known| known.as_ref().filter(|it| fresh(it)).map(|it| it.deployment.clone()));
    if let Some(known) = known {
        return known;
    }
    let mut known = look(env).await;
    // What was well a while ago is so still.
    let before = KNOWN.with_borrow(|known| known.as_ref().map(|it| it.deployment.clone()));
    if let Some(before) = before.filter(|before| known.deployment.is_unsure() && before.stopped().is_none()) {
        known.deployment = before;
    }
    let deployment = known.deployment.clone();
    let before = KNOWN.replace(Some(known));
    if before.is_none_or(|before| before.deployment.troubles != deployment.troubles) {
        for DeployTrouble { detail, .. } in &deployment.troubles {
            worker::console_error!("this deploy: {detail}");
        }
    }
    deployment
}

/// Looks before an alarm does anything.
///
/// # Errors
/// Nothing may be done.
pub async fn check(env: &Env) -> Result<()> {
    of(env).await.stopped().map_or(Ok(()), |problem| Err(problem.into_error()))
}

async fn look(env: &Env) -> Known {
    let configuration = match configuration::of(env) {
        Ok(configuration) => configuration,
        Err(troubles) => {
            return Known { deployment: Rc::new(Deployment { configuration: None, troubles }), again: None };
        }
    };
    let looked = match Secrets::of(env) {
        Ok(secrets) => {
            let rings = Rings { index: &secrets.index, seal: &secrets.seal, export: &secrets.export };
            goes_on(env, &Here::new((*configuration).clone(), rings)).await
        }
        Err(error) => Err(DeployFault::Secret.because(format!("{error}. Set it with `npx wrangler secret put`."))),
    };
    let (troubles, again) = match looked {
        Ok((warnings, again)) => match signing_keys::keep(env).await {
            Ok(()) => (warnings, again),
            Err(error) => {
                worker::console_error!("the signing keys can't be kept yet: {error}");
                (warnings, Some(clock::now() + STOPPED_AGAIN))
            }
        },
        Err(trouble) => (vec![trouble], Some(clock::now() + STOPPED_AGAIN)),
    };
    Known { deployment: Rc::new(Deployment { configuration: Some(configuration), troubles }), again }
}

type GoesOn = (Vec<DeployTrouble>, Option<Timestamp>);

/// Compares this deploy with what KV shows, and with the registry where that says too little.
async fn goes_on(env: &Env, here: &Here) -> Result<GoesOn, DeployTrouble> {
    let found = markers(env).await.inspect_err(|error| worker::console_error!("KV: {error}")).ok();
    match found.as_deref().map(|found| here.judge(found)) {
        // KV says that all is well; whether people are still there, the registry alone knows: objects belong to the
        // name of the Worker, too. Where it doesn't answer, KV's word counts until it does.
        Some(Verdict::GoesOn(warnings)) => match join(env, here, found.as_deref()).await {
            Ok((warnings, _)) => Ok((warnings, None)),
            Err(trouble) if trouble.what == DeployFault::Unsure => Ok((warnings, Some(clock::now() + STOPPED_AGAIN))),
            Err(trouble) => Err(trouble),
        },
        Some(Verdict::Refused(trouble)) => Err(trouble),
        Some(Verdict::AskRegistry) | None => join(env, here, found.as_deref()).await,
    }
}

/// The markers that KV shows.
async fn markers(env: &Env) -> Result<Vec<Found>> {
    let all = Jurisdiction::ALL.map(|jurisdiction| async move {
        let text = kv::get(env, Key::Deploy(jurisdiction)).await?;
        Ok(text.map(|text| Found { jurisdiction, marker: stored::read(&text).ok() }))
    });
    let all: Result<Vec<_>> = join_all(all).await.into_iter().collect();
    Ok(all?.into_iter().flatten().collect())
}

/// Notes this deploy in the registry, whose word is then copied to KV. KV is never written without it, nor while it
/// can't be read.
async fn join(env: &Env, here: &Here, in_kv: Option<&[Found]>) -> Result<GoesOn, DeployTrouble> {
    let published = match in_kv {
        Some(_) => kv::get(env, Key::Settings).await.ok().map(|found| found.is_some()),
        None => None,
    };
    let joined = Registry::of(env).join_deploy(here.clone(), published).await;
    let marker = joined.map_err(|error| {
        worker::console_error!("the registry can't note this deploy: {error}");
        unsure()
    })??;
    let warnings = here.warnings(&marker);
    let jurisdiction = here.configuration.jurisdiction;
    let is_there = |found: &Found| found.jurisdiction == jurisdiction && found.marker.as_ref() == Some(&marker);
    let copy = async { kv::put(env, Key::Deploy(jurisdiction), &stored::write(&marker)?).await };
    if in_kv.is_some_and(|found| !found.iter().any(is_there))
        && let Err(error) = copy.await
    {
        worker::console_error!("KV: {error}");
    }
    Ok((warnings, Some(clock::now() + LAG)))
}
