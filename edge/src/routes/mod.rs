//! The calls, over HTTP.

mod forms;
mod hosted;
mod links;
mod owner;
#[cfg(feature = "simulator")]
mod simulator;
mod submit;

use axum::{
    Json, Router,
    extract::Request,
    http::{HeaderValue, Uri, header},
    middleware::{Next, from_fn},
    response::{Html, IntoResponse as _, Response},
    routing::{get, post},
};
use shared::{lang::Lang, settings::Controller, wire::Health};

use crate::{app::App, assets, pages::Shell, problem::Problem};

/// What `shared::openapi` says, written when the edge was built.
static OPENAPI: &str = include_str!(concat!(env!("OUT_DIR"), "/openapi.json"));

/// All calls.
pub fn router() -> Router {
    let router = Router::new()
        .route("/v1/forms/{form}", get(forms::form).put(owner::put_form).options(forms::preflight))
        .route("/v1/challenge", get(forms::challenge).options(forms::preflight))
        .route("/v1/consents", post(forms::consents).options(forms::preflight))
        .route("/f/{form}", get(hosted::show).post(hosted::submit))
        .route("/c/{token}", get(links::show).post(links::act))
        .route("/m", get(links::ask_number).post(links::send_link))
        .route("/m/{token}", get(links::stored).post(links::act_on_stored))
        .route("/v1/settings", get(owner::settings).put(owner::put_settings))
        .route("/v1/check", post(owner::check))
        .route("/v1/messages", post(owner::messages))
        .route("/v1/subjects", post(owner::subject_of))
        .route("/v1/subjects/{subject}", get(owner::subject))
        .route("/v1/stats", get(owner::stats))
        .route("/healthz", get(health))
        .route("/openapi.json", get(async || ([(header::CONTENT_TYPE, "application/json")], OPENAPI)));
    #[cfg(feature = "simulator")]
    let router = router.merge(simulator::router());
    router.fallback(other).layer(from_fn(harden))
}

/// Whether the edge answers, its secrets can be read, and it is set up.
#[worker::send]
async fn health(app: App) -> Result<Json<Health>, Problem> {
    let set_up = crate::forms::settings(&app).await?.is_some();
    Ok(Json(Health { status: "ok".to_owned(), set_up }))
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
