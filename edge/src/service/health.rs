//! Whether this edge can do its work.

use std::cell::RefCell;

use futures_util::future::{join_all, try_join};
use shared::{
    pace::GatewayState,
    settings::Settings,
    time::Timestamp,
    wire::{GatewayHealth, Health, HealthStatus, ParkedHealth},
};
use worker::Env;

use super::{
    deployment::{self, Deployment},
    fresh::{HEALTH, is_fresh},
    lookup,
    missing_secrets::missing_secrets,
};
use crate::{
    gateway,
    objects::{gateway::Client as Gateway, registry::Client as Registry},
    platform::{clock, context::App, stored},
    problem::Problem,
};

/// What the registry was told of lately.
#[derive(Clone, Default)]
struct Trouble {
    /// What is stored and could not be read.
    unreadable: Vec<String>,
    /// What could not leave.
    parked: Vec<ParkedHealth>,
}

thread_local! {
    static GATEWAYS: RefCell<Option<(Timestamp, Vec<GatewayHealth>)>> = const { RefCell::new(None) };
    static TROUBLE: RefCell<Option<(Timestamp, Trouble)>> = const { RefCell::new(None) };
}

/// The health of a deploy that does nothing.
pub fn of_deploy(deployment: &Deployment) -> Health {
    let configuration = deployment.configuration.as_deref();
    Health {
        status: HealthStatus::Stopped,
        origin: configuration.map(|configuration| configuration.origin.to_string()),
        jurisdiction: configuration.map(|configuration| configuration.jurisdiction),
        deploy: deployment.troubles.clone(),
        set_up: false,
        gateways: Vec::new(),
        missing_secrets: Vec::new(),
        unreadable: Vec::new(),
        parked: Vec::new(),
    }
}

/// Whether the deploy goes on with what was, it is set up, its gateways and webhooks have their secrets, none is
/// stopped, all that is stored can be read, and nothing is parked. The owner's pause is no trouble.
pub async fn health(app: &App) -> Result<Health, Problem> {
    let (settings, set_up) = match lookup::settings(app.env()).await {
        Ok(settings) => (settings.clone(), settings.is_some()),
        // They are there, and named among what can't be read.
        Err(Problem::NewerBuild | Problem::Unreadable) => (None, true),
        Err(problem) => return Err(problem),
    };
    let (gateways, missing_secrets) = match settings {
        Some(settings) => (gateways(app.env(), &settings).await, missing_secrets(app.env(), &settings)),
        None => Default::default(),
    };
    let Trouble { unreadable, parked } = trouble(app.env()).await;
    // One whose object does not answer sends nothing either.
    let stopped = gateways.iter().any(|gateway| matches!(gateway.state, None | Some(GatewayState::Stopped { .. })));
    let deployment = deployment::of(app.env()).await;
    let health = of_deploy(&deployment);
    let well = health.deploy.is_empty()
        && missing_secrets.is_empty()
        && unreadable.is_empty()
        && parked.is_empty()
        && !stopped;
    let status = if well { HealthStatus::Ok } else { HealthStatus::Degraded };
    Ok(Health { status, set_up, gateways, missing_secrets, unreadable, parked, ..health })
}

/// How the gateways of the settings stand.
async fn gateways(env: &Env, settings: &Settings) -> Vec<GatewayHealth> {
    let now = clock::now();
    let known = GATEWAYS.with_borrow(Clone::clone).filter(|(at, _)| is_fresh(*at, HEALTH));
    let ids = || settings.gateways.iter().map(|gateway| gateway.id());
    if let Some((_, known)) = known.filter(|(_, known)| known.iter().map(|gateway| &gateway.id).eq(ids())) {
        return known;
    }
    let states = settings.gateways.iter().map(|gateway| async move {
        let state = Gateway::of(env, gateway.id()).state(gateway.limits()).await;
        if let Err(error) = &state {
            worker::console_error!("gateway {} does not answer: {error}", gateway.id());
        }
        let ready = gateway::missing_secrets(env, gateway).is_empty();
        let standing = state.ok();
        GatewayHealth {
            id: gateway.id().clone(),
            ready,
            unread: standing.as_ref().map_or(0, |standing| standing.unread),
            state: standing.map(|standing| standing.state),
        }
    });
    let found = join_all(states).await;
    GATEWAYS.set(Some((now, found.clone())));
    found
}

async fn trouble(env: &Env) -> Trouble {
    let now = clock::now();
    let known = TROUBLE.with_borrow(Clone::clone);
    if let Some((_, known)) = known.clone().filter(|(at, _)| is_fresh(*at, HEALTH)) {
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
