//! Gateways whose providers list what came in are read each hour.

use shared::settings::Settings;
use worker::Env;

use super::former;
use crate::{gateway::missing_secrets, objects::gateway::Client as Gateway};

/// Lets those of the settings begin, as far as people can answer there. What fails is done by the next night's sweep.
pub async fn begin(env: &Env, settings: &Settings) {
    let Ok(former) = former::former(env).await else { return };
    for gateway in settings.gateways.iter().filter(|gateway| gateway.lists_inbound()) {
        let receives = settings.is_received_by(gateway.id(), &former);
        if receives
            && missing_secrets(env, gateway).is_empty()
            && let Err(error) = Gateway::of(env, gateway.id()).watch().await
        {
            worker::console_error!("gateway {}: what comes in is not looked for yet: {error}", gateway.id());
        }
    }
}
