//! The public halves of the keys that sign: those of the secret, and those that were once in it.

use shared::evidence::PublicKeys;
use worker::Env;

use crate::{
    objects::registry::Client as Registry,
    platform::{
        context::App,
        kv::{self, Key},
        secrets::Secrets,
        sql::fault,
        stored,
    },
    problem::Problem,
};

/// The keys of this build's secret, followed by those that were in it before. Nobody's call of it reaches an object.
///
/// # Errors
/// KV doesn't say which were there before: a list that lacks them would make good evidence look forged.
pub async fn published(app: &App) -> Result<PublicKeys, Problem> {
    let kept = kv::get(app.env(), Key::SigningKeys).await?;
    let earlier: Option<PublicKeys> = kept.map(|json| stored::read(&json)).transpose()?;
    Ok(PublicKeys::of(&app.secrets().sign).with(earlier.unwrap_or_default().keys))
}

/// Keeps the public keys of the secret for good. Each isolate looks at its first call, and again until they are kept.
///
/// # Errors
/// The registry, which has the last word, doesn't answer.
pub async fn keep(env: &Env) -> worker::Result<()> {
    let here = PublicKeys::of(&Secrets::of(env).map_err(fault)?.sign);
    let found = kv::get(env, Key::SigningKeys).await;
    let kept: Option<PublicKeys> = found.as_ref().ok().and_then(|found| stored::read(found.as_deref()?).ok());
    let kept = kept.unwrap_or_default();
    if here.keys.iter().all(|key| kept.by_kid(&key.kid).is_some()) {
        return Ok(());
    }
    let all = Registry::of(env).keep_signing_keys(here).await?;
    // What can't be read is not written either; the next isolate tries again.
    if found.is_ok()
        && let Err(error) = kv::put(env, Key::SigningKeys, &stored::write(&all)?).await
    {
        worker::console_error!("KV: {error}");
    }
    Ok(())
}
