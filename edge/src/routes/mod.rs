//! The calls, over HTTP.

mod batch;
mod forms;
mod gateways;
mod hosted;
mod invite;
mod links;
pub mod messages;
mod number;
mod owner;
#[cfg(feature = "simulator")]
mod rehearsal;
mod rewards;
#[cfg(feature = "simulator")]
mod simulator;
mod submit;
mod webhooks;

use axum::{
    Json, Router,
    extract::Request,
    http::{HeaderValue, StatusCode, Uri, header},
    middleware::{Next, from_fn},
    response::{Html, IntoResponse as _, Response},
    routing::{get, post},
};
use shared::{
    gateway::Gateway,
    lang::Lang,
    settings::Controller,
    wire::{GatewayHealth, Health, HealthStatus},
};

use crate::{app::App, assets, gateway::missing_secrets, pages::Shell, problem::Problem};

/// What `shared::openapi` says, written when the edge was built.
static OPENAPI: &str = include_str!(concat!(env!("OUT_DIR"), "/openapi.json"));

/// All calls.
pub fn router() -> Router {
    let router = Router::new()
        .route("/v1/forms/{form}", get(forms::form).put(owner::put_form).options(forms::preflight))
        .route("/v1/challenge", get(forms::challenge).options(forms::preflight))
        .route("/v1/consents", post(forms::consents).options(forms::preflight))
        .route("/f/{form}", get(hosted::show).post(hosted::submit))
        .route("/f/{form}/qr.svg", get(invite::svg))
        .route("/f/{form}/qr.png", get(invite::png))
        .route("/v1/forms/{form}/invite", get(invite::invite))
        .route("/c/{token}", get(links::show).post(links::act))
        .route("/m", get(number::show).post(number::send))
        .route("/m/{token}", get(links::stored).post(links::act_on_stored))
        .route("/v1/settings", get(owner::settings).put(owner::put_settings))
        .route("/v1/check", post(owner::check))
        .route("/v1/messages", post(messages::send))
        .route("/v1/messages/preview", post(messages::preview))
        .route("/v1/messages/{message}", get(messages::life))
        .route("/gateway/{gateway}/inbound", post(gateways::inbound))
        .route("/gateway/{gateway}/status", post(gateways::status))
        .route("/v1/messages/batch", post(batch::begin))
        .route("/v1/messages/batch/{id}", get(batch::progress))
        .route("/v1/subjects", post(owner::subject_of))
        .route("/v1/subjects/{subject}", get(owner::subject))
        .route("/v1/stats", get(owner::stats))
        .route("/v1/rewards/{purpose}", get(rewards::state).post(rewards::add))
        .route("/v1/webhooks/{webhook}", get(webhooks::health))
        .route("/v1/webhooks/{webhook}/replay", post(webhooks::replay))
        .route("/healthz", get(health))
        .route("/openapi.json", get(async || ([(header::CONTENT_TYPE, "application/json")], OPENAPI)));
    #[cfg(feature = "simulator")]
    let router = router.merge(simulator::router());
    router.fallback(other).layer(from_fn(harden))
}

/// Whether the edge answers, its secrets can be read, it is set up, and its gateways can send.
#[worker::send]
async fn health(app: App) -> Result<(StatusCode, Json<Health>), Problem> {
    let settings = crate::forms::settings(&app).await?;
    let set_up = settings.is_some();
    let (gateways, missing_secrets) = settings.map_or_else(Default::default, |settings| {
        let ready = |gateway: &Gateway| missing_secrets(app.env(), gateway).is_empty();
        let health = |gateway: &Gateway| GatewayHealth { id: gateway.id().clone(), ready: ready(gateway) };
        let gateways = settings.gateways.iter().map(health).collect();
        (gateways, crate::forms::missing_secrets(app.env(), &settings))
    });
    let (code, status) = match missing_secrets.as_slice() {
        [] => (StatusCode::OK, HealthStatus::Ok),
        _ => (StatusCode::SERVICE_UNAVAILABLE, HealthStatus::Degraded),
    };
    Ok((code, Json(Health { status, set_up, gateways, missing_secrets })))
}

/// The widget's files, else a problem.
async fn other(uri: Uri, request: Request) -> Response {
    if uri.path() == "/embed.js" || uri.path().starts_with("/assets/") {
        return assets::serve(uri.path(), request.headers());
    }
    Problem::NotFound.into_response()
}

/// What no answer of ours ever needs.
async fn harden(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// The shell of a page.
fn shell(lang: Lang, controller: Option<&Controller>) -> Shell<'_> {
    Shell { lang, css: assets::path("pages.css"), controller }
}

/// A page: nobody may frame it, keep it, or learn from its links where they were followed.
fn page(html: String, script: Script) -> Response {
    let own = "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; \
               frame-ancestors 'none'; base-uri 'none'";
    let policy = match script {
        Script::None => own.to_owned(),
        Script::Own => format!("{own}; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'"),
    };
    let mut response = Html(html).into_response();
    let headers = response.headers_mut();
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    response
}

/// Whether a page runs a script of ours.
#[derive(Clone, Copy)]
enum Script {
    /// None.
    None,
    /// The widget, or the simulated phone's.
    Own,
}
