//! The secret of a webhook, which signs what it is told.

use shared::settings;
use standardwebhooks::Webhook as Key;
use worker::Env;

/// The least that the specification lets a key have: 24 bytes, with their prefix.
const SHORTEST_SECRET: usize = "whsec_".len() + 32;

/// What signs for a webhook, if its secret is there and of use.
pub fn key(env: &Env, webhook: &settings::Webhook) -> Option<Key> {
    let secret = env.secret(&webhook.secret_name()).ok()?.to_string();
    let secret = secret.trim();
    let fits = secret.starts_with("whsec_") && secret.len() >= SHORTEST_SECRET;
    Key::new(secret).ok().filter(|_| fits)
}
