//! Whether this edge can do its work.

use std::cell::RefCell;

use futures_util::future::try_join;
use shared::{
    gateway::Gateway,
    time::{Span, Timestamp},
    wire::{GatewayHealth, Health, HealthStatus, ParkedHealth},
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

/// What the registry was told of lately.
#[derive(Clone, Default)]
struct Trouble {
    /// What is stored and could not be read.
    unreadable: Vec<String>,
    /// What could not leave.
    parked: Vec<ParkedHealth>,
}

thread_local! {
    static TROUBLE: RefCell<Option<(Timestamp, Trouble)>> = const { RefCell::new(None) };
}

/// Whether it is set up, its gateways and webhooks have their secrets, all that is stored can be read, and nothing is
/// parked.
pub async fn health(app: &App) -> Result<Health, Problem> {
    let settings = lookup::settings(app.env()).await?;
    let set_up = settings.is_some();
    let (gateways, missing_secrets) = settings.map_or_else(Default::default, |settings| {
        let ready = |gateway: &Gateway| gateway::missing_secrets(app.env(), gateway).is_empty();
        let health = |gateway: &Gateway| GatewayHealth { id: gateway.id().clone(), ready: ready(gateway) };
        (settings.gateways.iter().map(health).collect(), missing_secrets(app.env(), &settings))
    });
    let Trouble { unreadable, parked } = trouble(app.env()).await;
    let well = missing_secrets.is_empty() && unreadable.is_empty() && parked.is_empty();
    let status = if well { HealthStatus::Ok } else { HealthStatus::Degraded };
    Ok(Health { status, set_up, gateways, missing_secrets, unreadable, parked })
}

/// Anybody may ask, so the registry is not asked each time.
async fn trouble(env: &Env) -> Trouble {
    let now = clock::now();
    let known = TROUBLE.with_borrow(Clone::clone);
    if let Some((_, known)) = known.clone().filter(|(at, _)| now < *at + FRESH) {
        return known;
    }
    let registry = Registry::of(env);
    let found = match try_join(registry.unreadable(), registry.parked()).await {
        Ok((unreadable, parked)) => Trouble { unreadable, parked },
        Err(error) => {
            worker::console_error!("the registry does not answer: {error}");
            known.map(|(_, known)| known).unwrap_or_default()
        }
    };
    TROUBLE.set(Some((now, found.clone())));
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
