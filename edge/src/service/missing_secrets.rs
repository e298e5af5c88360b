//! What the settings need and the platform lacks.

use shared::settings::{Settings, Webhook};
use worker::Env;

use crate::{gateway, objects::webhook};

/// The secrets that the gateways and webhooks of the settings need and the platform lacks, by name.
pub fn missing_secrets(env: &Env, settings: &Settings) -> Vec<String> {
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
