//! The public halves of the keys that sign: those of the secret, and those that were once in it.

use shared::evidence::PublicKeys;
use worker::{Env, Result};

use super::lookup::from_kv;
use crate::{
    objects::registry::Client as Registry,
    platform::{
        context::App,
        kv::{self, Key},
        secrets::Secrets,
        sql::fault,
        stored,
    },
};

/// The keys of this build's secret, followed by those that were in it before. Nobody's call of it reaches an object.
pub async fn published(app: &App) -> PublicKeys {
    let earlier = from_kv::<PublicKeys>(app.env(), Key::SigningKeys).await.unwrap_or_default();
    PublicKeys::of(&app.secrets().sign).with(earlier.keys)
}

/// Keeps the public keys of the secret for good: once an isolate, before it signs anything.
pub async fn keep(env: &Env) -> Result<()> {
    let here = PublicKeys::of(&Secrets::of(env).map_err(fault)?.sign);
    let kept = from_kv::<PublicKeys>(env, Key::SigningKeys).await.unwrap_or_default();
    if here.keys.iter().all(|key| kept.by_kid(&key.kid).is_some()) {
        return Ok(());
    }
    let all = Registry::of(env).keep_signing_keys(here).await?;
    kv::put(env, Key::SigningKeys, &stored::write(&all)?).await
}
