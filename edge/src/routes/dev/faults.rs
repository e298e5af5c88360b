//! Arms faults and shows what is in KV, for tests.

use axum::{Json, Router, http::StatusCode, routing::get};
use serde::Deserialize;

use crate::{
    platform::{
        context::App,
        faults::{self, Armed, Seen},
    },
    problem::Problem,
    request::{Json as Body, Query},
};

/// Its calls, of the simulated phone's router.
pub fn router() -> Router {
    Router::new().route("/simulator/faults", get(seen).post(arm)).route("/simulator/kv", get(kv))
}

async fn arm(Body(armed): Body<Armed>) -> StatusCode {
    faults::arm(armed);
    StatusCode::NO_CONTENT
}

/// What was used of the platform since a fault was armed, and what failed.
async fn seen() -> Json<Seen> {
    Json(faults::seen())
}

#[derive(Deserialize)]
struct Place {
    binding: String,
    key: String,
}

/// What KV has under a key.
#[worker::send]
async fn kv(app: App, Query(Place { binding, key }): Query<Place>) -> Result<Json<Option<String>>, Problem> {
    let kv = app.env().kv(&binding).map_err(|_| Problem::NotFound)?;
    Ok(Json(kv.get(&key).text().await.map_err(|_| Problem::Fault)?))
}
