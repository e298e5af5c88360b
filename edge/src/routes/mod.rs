//! The calls, over HTTP.

mod api;
#[cfg(feature = "simulator")]
mod dev;
mod page;
mod person;
mod provider;

use axum::{
    Json, Router,
    extract::Request,
    http::{HeaderValue, StatusCode, Uri, header},
    middleware::{Next, from_fn},
    response::{IntoResponse as _, Response},
    routing::{get, post},
};
use shared::{
    lang::Lang,
    paths::is_for_people,
    wire::{Health, HealthStatus},
};

use self::{
    api::{batch, forms, invite, keys, messages, owner, pause, rewards, subjects, texts, webhooks},
    person::{
        hosted,
        input::{no_method, nowhere},
        link, number,
    },
    provider::gateways,
};
use crate::{
    assets, pages,
    platform::context::App,
    problem::Problem,
    request::Caller,
    service::{
        deployment::Deployment,
        health::{self, health},
    },
};

/// What `shared::openapi` says, written when the edge was built.
static OPENAPI: &str = include_str!(concat!(env!("OUT_DIR"), "/openapi.json"));

pub fn router() -> Router {
    let router = Router::new()
        .route("/v1/forms/{form}", get(forms::form).put(owner::put_form).options(forms::preflight))
        .route("/v1/challenge", get(forms::challenge).options(forms::preflight))
        .route("/v1/consents", post(forms::consents).options(forms::preflight))
        .route("/f/{form}", get(hosted::show).post(hosted::submit).fallback(no_method))
        .route("/f/{form}/qr.svg", get(invite::svg))
        .route("/f/{form}/qr.png", get(invite::png))
        .route("/v1/forms/{form}/invite", get(invite::invite))
        .route("/c/{token}", get(link::show).post(link::act).fallback(no_method))
        .route("/m", get(number::show).post(number::send).fallback(no_method))
        .route("/m/{token}", get(link::stored).post(link::act_on_stored).fallback(no_method))
        .route("/v1/texts/{hash}", get(texts::text))
        .route("/texts/{name}", get(texts::stylesheet))
        .route("/v1/keys", get(keys::keys))
        .route("/v1/settings", get(owner::settings).put(owner::put_settings))
        .route("/v1/check", post(owner::check))
        .route("/v1/messages", post(messages::send))
        .route("/v1/messages/preview", post(messages::preview))
        .route("/v1/messages/{message}", get(messages::life))
        .route("/gateway/{gateway}/inbound", post(gateways::inbound))
        .route("/gateway/{gateway}/status", post(gateways::status))
        .route("/v1/messages/batch", post(batch::begin))
        .route("/v1/messages/batch/{id}", get(batch::progress))
        .route("/v1/subjects", get(subjects::list).post(owner::subject_of))
        .route("/v1/subjects/{subject}", get(owner::subject))
        .route("/v1/subjects/{subject}/proofs", post(subjects::open_proofs))
        .route("/v1/pause", get(pause::show).post(pause::put))
        .route("/v1/stats", get(owner::stats))
        .route("/v1/rewards/{purpose}", get(rewards::state).post(rewards::add))
        .route("/v1/webhooks/{webhook}", get(webhooks::health))
        .route("/v1/webhooks/{webhook}/replay", post(webhooks::replay))
        .route("/healthz", get(healthz))
        .route("/openapi.json", get(async || ([(header::CONTENT_TYPE, "application/json")], OPENAPI)));
    #[cfg(feature = "simulator")]
    let router = router.merge(dev::simulator::router());
    router.fallback(other).layer(from_fn(harden))
}

/// Whether the edge answers, and can work: 503 where something is missing, stopped, parked or can't be read.
#[worker::send]
async fn healthz(app: App) -> Result<(StatusCode, Json<Health>), Problem> {
    Ok(with_status(health(&app).await?))
}

fn with_status(health: Health) -> (StatusCode, Json<Health>) {
    let code = match health.status {
        HealthStatus::Ok => StatusCode::OK,
        HealthStatus::Degraded | HealthStatus::Stopped => StatusCode::SERVICE_UNAVAILABLE,
    };
    (code, Json(health))
}

/// All that a deploy says that may do nothing: to people, that it can't be done now; to programs, why.
pub fn stopped(uri: &Uri, languages: &str, deployment: &Deployment, problem: Problem) -> Response {
    let response = match uri.path() {
        "/healthz" => with_status(health::of_deploy(deployment)).into_response(),
        path if is_for_people(path) => {
            stopped_page(Lang::negotiate(languages, &Lang::ALL).unwrap_or_default(), &problem)
        }
        _ => problem.into_response(),
    };
    hardened(response)
}

fn stopped_page(lang: Lang, problem: &Problem) -> Response {
    let words = lang.problems();
    let html = pages::problem(&page::shell(lang, None), words.title, words.stopped);
    (problem.status(), page::page(html, page::Script::None)).into_response()
}

/// The widget's files, else a problem: to people as a page.
async fn other(uri: Uri, caller: Caller, request: Request) -> Response {
    if uri.path() == "/embed.js" || uri.path().starts_with("/assets/") {
        return assets::serve(uri.path(), request.headers());
    }
    let accepts = request.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    // Whoever mistypes an address reads a page, too.
    if is_for_people(uri.path()) || (accepts.contains("text/html") && !uri.path().starts_with("/v1/")) {
        return nowhere(&caller, &uri);
    }
    Problem::NotFound.into_response()
}

/// What no answer of ours ever needs.
async fn harden(request: Request, next: Next) -> Response {
    hardened(next.run(request).await)
}

fn hardened(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}
