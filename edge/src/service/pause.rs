//! The owner's pause of all SMS.

use futures_util::future::try_join_all;
use shared::{actor::Actor, wire::PauseAnswer};
use worker::Env;

use crate::{
    objects::{
        gateway::Client as Gateway,
        registry::{Client as Registry, KnownPause, PausePut},
    },
    problem::Problem,
};

/// Pauses all SMS but acknowledgements, or ends that. The registry keeps it, and the answer comes after all
/// gateways have heard of it.
///
/// # Errors
/// The registry or a gateway's object did not answer. A gateway that did not hear of it asks the registry when it wakes
/// up, or half a minute later.
pub async fn put_pause(env: &Env, paused: bool, actor: Actor) -> Result<PauseAnswer, Problem> {
    let PausePut { pause, gateways } = Registry::of(env).put_pause(paused, actor).await?;
    try_join_all(gateways.iter().map(|gateway| Gateway::of(env, gateway).note_pause(pause.clone()))).await?;
    Ok(answer(pause))
}

pub async fn pause(env: &Env) -> Result<PauseAnswer, Problem> {
    Ok(answer(Registry::of(env).pause().await?))
}

fn answer(KnownPause { pause, .. }: KnownPause) -> PauseAnswer {
    match pause {
        Some(pause) => PauseAnswer { paused: pause.paused, since: Some(pause.since), by: Some(pause.by) },
        None => PauseAnswer { paused: false, since: None, by: None },
    }
}
