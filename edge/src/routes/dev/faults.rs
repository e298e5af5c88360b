//! Arms faults and shows what is in KV, for tests.

use axum::{Json, Router, http::StatusCode, routing::get};
use serde_json::{Value, json};

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

#[derive(serde::Deserialize)]
struct Namespace {
    binding: String,
}

/// Every key of a namespace, with its value.
#[worker::send]
async fn kv(app: App, Query(Namespace { binding }): Query<Namespace>) -> Result<Json<Value>, Problem> {
    let kv = app.env().kv(&binding).map_err(|_| Problem::NotFound)?;
    let mut all = serde_json::Map::new();
    let mut cursor = None;
    loop {
        let list = kv.list();
        let list = match cursor {
            Some(cursor) => list.cursor(cursor),
            None => list,
        };
        let page = list.execute().await.map_err(|_| Problem::Fault)?;
        for key in page.keys {
            let value = kv.get(&key.name).text().await.map_err(|_| Problem::Fault)?;
            all.insert(key.name, json!(value));
        }
        cursor = page.cursor.filter(|_| !page.list_complete);
        if cursor.is_none() {
            return Ok(Json(Value::Object(all)));
        }
    }
}
