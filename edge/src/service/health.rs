//! Whether this edge can do its work.

use shared::{
    gateway::Gateway,
    settings::{Settings, Webhook},
    wire::{GatewayHealth, Health, HealthStatus},
};
use worker::Env;

use super::lookup;
use crate::{gateway, objects::webhook, platform::context::App, problem::Problem};

/// Whether it is set up, and its gateways and webhooks have their secrets.
pub async fn health(app: &App) -> Result<Health, Problem> {
    let settings = lookup::settings(app.env()).await?;
    let set_up = settings.is_some();
    let (gateways, missing_secrets) = settings.map_or_else(Default::default, |settings| {
        let ready = |gateway: &Gateway| gateway::missing_secrets(app.env(), gateway).is_empty();
        let health = |gateway: &Gateway| GatewayHealth { id: gateway.id().clone(), ready: ready(gateway) };
        (settings.gateways.iter().map(health).collect(), missing_secrets(app.env(), &settings))
    });
    let status = if missing_secrets.is_empty() { HealthStatus::Ok } else { HealthStatus::Degraded };
    Ok(Health { status, set_up, gateways, missing_secrets })
}

/// The secrets that the gateways and webhooks of the settings need and the platform lacks, by name.
fn missing_secrets(env: &Env, settings: &Settings) -> Vec<String> {
    let of_gateways = settings.gateways.iter().flat_map(|gateway| gateway::missing_secrets(env, gateway));
    let of_webhooks = settings.webhooks.iter().filter(|webhook| !webhook::can_sign(env, webhook));
    of_gateways.chain(of_webhooks.map(Webhook::secret_name)).collect()
}

/// Says at the start of an isolate, and when settings change, what they can't work without.
pub fn log_missing_secrets(env: &Env, settings: &Settings) {
    for name in missing_secrets(env, settings) {
        worker::console_error!("the secret {name} is missing: what needs it waits. Set it with `wrangler secret put`");
    }
}
