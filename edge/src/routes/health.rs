use axum::Json;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{app::App, forms, problem::Problem};

/// How the edge is.
#[derive(Serialize, ToSchema)]
pub struct Health {
    /// Always `ok`.
    status: &'static str,
    /// Whether settings are in force.
    set_up: bool,
}

/// Whether the edge answers, its secrets can be read, and it is set up.
#[utoipa::path(get, path = "/healthz", responses((status = 200, body = Health)))]
#[worker::send]
pub async fn health(app: App) -> Result<Json<Health>, Problem> {
    let set_up = forms::settings(&app).await?.is_some();
    Ok(Json(Health { status: "ok", set_up }))
}
