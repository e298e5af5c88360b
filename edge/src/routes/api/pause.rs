use axum::Json as Answered;
use shared::wire::{PauseAnswer, PauseRequest};

use crate::{
    problem::Problem,
    request::{MaybeJson, Owner},
    service::pause,
};

#[worker::send]
pub async fn show(Owner(app, _): Owner) -> Result<Answered<PauseAnswer>, Problem> {
    pause::pause(app.env()).await.map(Answered)
}

/// Whoever sends nothing wants all to stop.
#[worker::send]
pub async fn put(
    Owner(app, actor): Owner,
    MaybeJson(asked): MaybeJson<PauseRequest>,
) -> Result<Answered<PauseAnswer>, Problem> {
    let paused = asked.is_none_or(|asked| asked.paused);
    pause::put_pause(app.env(), paused, actor).await.map(Answered)
}
