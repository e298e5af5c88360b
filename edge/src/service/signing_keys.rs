//! The public halves of the keys that sign: those of the secret, and those that were once in it.

use shared::evidence::PublicKeys;

use super::lookup::from_kv;
use crate::{
    objects::registry::Client as Registry,
    platform::{
        context::App,
        kv::{self, Key},
        stored,
    },
    problem::Problem,
};

/// The keys of this build's secret, followed by those that were in it before. Nobody's call of it reaches an object.
pub async fn published(app: &App) -> PublicKeys {
    let earlier = from_kv::<PublicKeys>(app.env(), Key::SigningKeys).await.unwrap_or_default();
    PublicKeys::of(&app.secrets().sign).with(earlier.keys)
}

/// Keeps the public keys of the secret for good, before anything that they sign could lose them.
pub async fn keep(app: &App) -> Result<(), Problem> {
    let kept = Registry::of(app.env()).keep_signing_keys(PublicKeys::of(&app.secrets().sign)).await?;
    Ok(kv::put(app.env(), Key::SigningKeys, &stored::write(&kept)?).await?)
}
