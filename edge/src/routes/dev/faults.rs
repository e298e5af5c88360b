//! Arms faults and shows what is in KV, for tests.

use std::time::Duration;

use axum::{Json, Router, http::StatusCode, routing::get};
use serde::Deserialize;
use worker::Delay;

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

#[derive(Deserialize)]
struct Until {
    #[serde(default)]
    quiet: bool,
}

/// What was used of the platform since a fault was armed, and what failed; where asked, once nothing more happens.
#[worker::send]
async fn seen(Query(Until { quiet }): Query<Until>) -> Json<Seen> {
    let mut seen = faults::seen();
    let mut unchanged = 0;
    while quiet && unchanged < 4 {
        Delay::from(Duration::from_millis(25)).await;
        let now = faults::seen();
        unchanged = if now == seen { unchanged + 1 } else { 0 };
        seen = now;
    }
    Json(seen)
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
