//! The keys that signed, for whoever checks evidence.

use axum::{
    Json,
    http::header,
    response::{IntoResponse as _, Response},
};

use crate::{platform::context::App, problem::Problem, service::signing_keys};

/// All of them: a key is published as long as something that it signed may be shown.
#[worker::send]
pub async fn keys(app: App) -> Result<Response, Problem> {
    let keys = signing_keys::published(&app).await?;
    Ok(([(header::CACHE_CONTROL, "public, max-age=300")], Json(keys)).into_response())
}
