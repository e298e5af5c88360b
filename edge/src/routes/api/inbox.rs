//! What people wrote that no program understands (L34).

use axum::Json as Answered;
use serde::Deserialize;
use shared::{
    inbox::InboxKey,
    wire::{InboxAnswer, InboxAnswered, InboxList},
};

use crate::{
    problem::Problem,
    request::{Json, Owner, Path, Query},
    service::inbox,
};

#[derive(Deserialize)]
pub struct Asked {
    cursor: Option<String>,
}

#[worker::send]
pub async fn list(Owner(app, _): Owner, Query(asked): Query<Asked>) -> Result<Answered<InboxList>, Problem> {
    let after = asked.cursor.map(|cursor| cursor.parse::<InboxKey>()).transpose();
    let after = after.map_err(|_| Problem::field("cursor", "cursor", "Give the `cursor` of the answer before."))?;
    inbox::list(&app, after).await.map(Answered)
}

#[worker::send]
pub async fn answer(
    Owner(app, actor): Owner,
    Path(id): Path<String>,
    Json(answer): Json<InboxAnswer>,
) -> Result<Answered<InboxAnswered>, Problem> {
    let entry = id.parse().map_err(|_| Problem::NotFound)?;
    inbox::answer(&app, entry, answer, actor).await.map(Answered)
}
