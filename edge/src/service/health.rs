//! Whether this edge can do its work.

use std::cell::RefCell;

use shared::{
    gateway::Gateway,
    time::{Span, Timestamp},
    wire::{GatewayHealth, Health, HealthStatus},
};
use worker::Env;

use super::{lookup, missing_secrets::missing_secrets};
use crate::{
    gateway,
    objects::registry::Client as Registry,
    platform::{clock, context::App, stored},
    problem::Problem,
};

const FRESH: Span = Span::seconds(10);

thread_local! {
    static UNREADABLE: RefCell<Option<(Timestamp, Vec<String>)>> = const { RefCell::new(None) };
}

/// Whether it is set up, its gateways and webhooks have their secrets, and all that is stored can be read.
pub async fn health(app: &App) -> Result<Health, Problem> {
    let settings = lookup::settings(app.env()).await?;
    let set_up = settings.is_some();
    let (gateways, missing_secrets) = settings.map_or_else(Default::default, |settings| {
        let ready = |gateway: &Gateway| gateway::missing_secrets(app.env(), gateway).is_empty();
        let health = |gateway: &Gateway| GatewayHealth { id: gateway.id().clone(), ready: ready(gateway) };
        (settings.gateways.iter().map(health).collect(), missing_secrets(app.env(), &settings))
    });
    let unreadable = unreadable(app.env()).await;
    let well = missing_secrets.is_empty() && unreadable.is_empty();
    let status = if well { HealthStatus::Ok } else { HealthStatus::Degraded };
    Ok(Health { status, set_up, gateways, missing_secrets, unreadable })
}

/// What is stored here that this build could not read lately. Anybody may ask, so the registry is not asked each time.
async fn unreadable(env: &Env) -> Vec<String> {
    let now = clock::now();
    let known = UNREADABLE.with_borrow(Clone::clone);
    if let Some((_, known)) = known.clone().filter(|(at, _)| now < *at + FRESH) {
        return known;
    }
    let found = match Registry::of(env).unreadable().await {
        Ok(found) => found,
        Err(error) => {
            worker::console_error!("the registry does not answer: {error}");
            known.map(|(_, known)| known).unwrap_or_default()
        }
    };
    UNREADABLE.set(Some((now, found.clone())));
    found
}

/// Tells the owner what this isolate could not read.
pub async fn tell_unreadable(env: &Env) {
    for what in stored::to_tell() {
        match Registry::of(env).note_unreadable(what.clone()).await {
            Ok(()) => stored::told(&what),
            Err(error) => worker::console_error!("the registry can't be told: {error}"),
        }
    }
}
