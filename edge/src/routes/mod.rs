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
    http::{HeaderValue, Method, StatusCode, Uri, header},
    middleware::{Next, from_fn},
    response::{IntoResponse as _, Response},
    routing::{get, post, put},
};
use shared::{
    lang::Lang,
    paths::is_for_people,
    query::NoParameters,
    wire::{Health, HealthStatus},
};

use self::{
    api::{
        batch, forms, inbox, invite, keys, messages, owner, pause, problems, rewards, subjects, texts, webhooks, words,
    },
    person::{
        hosted,
        input::{nowhere, problem_page},
        leave, link, number,
    },
    provider::gateways,
};
use crate::{
    assets, pages,
    platform::context::App,
    problem::{Problem, Told},
    request::{Caller, Query},
    service::{
        deployment::Deployment,
        health::{self, health},
    },
};

/// What `shared::openapi` says, written when the edge was built.
static OPENAPI: &str = include_str!(concat!(env!("OUT_DIR"), "/openapi.json"));

pub fn router() -> Router {
    let router = people().merge(widgets()).merge(owners()).merge(others());
    #[cfg(feature = "simulator")]
    let router = router.merge(dev::simulator::router());
    let router = router.method_not_allowed_fallback(async || Problem::MethodNotAllowed);
    router.fallback(other).layer(from_fn(harden))
}

/// Pages, whose addresses may carry anything.
fn people() -> Router {
    Router::new()
        .route("/f/{form}", get(hosted::show).post(hosted::submit))
        .route("/c/{token}", get(link::show).post(link::act))
        .route("/a/{code}", get(leave::show).post(leave::end))
        .route("/m", get(number::show).post(number::send))
        .route("/m/{token}", get(link::stored).post(link::act_on_stored))
        .route("/texts/{name}", get(texts::stylesheet))
}

/// What the widget calls from the owner's pages, which can read what goes wrong.
fn widgets() -> Router {
    let consents = post(forms::consents).options(forms::preflight).layer(from_fn(takes_no_parameters));
    Router::new()
        .route("/v1/forms/{form}", get(forms::form).options(forms::preflight))
        .route("/v1/challenge", get(forms::challenge).options(forms::preflight))
        .route("/v1/consents", consents)
        .method_not_allowed_fallback(async || Problem::MethodNotAllowed)
        .layer(from_fn(forms::tell_the_page))
        .route("/v1/forms/{form}", put(owner::put_form).layer(from_fn(takes_no_parameters)))
}

/// The owner's calls. Each takes parameters by [`request::Query`], or takes none.
fn owners() -> Router {
    let without = Router::new()
        .route("/v1/forms", get(owner::forms))
        .route("/v1/forms/{form}/close", post(owner::close_form))
        .route("/v1/texts/{hash}", get(texts::text))
        .route("/v1/settings", get(owner::settings).put(owner::put_settings))
        .route("/v1/check", post(owner::check))
        .route("/v1/messages", post(messages::send))
        .route("/v1/messages/preview", post(messages::preview))
        .route("/v1/messages/{message}", get(messages::life))
        .route("/v1/messages/batch", post(batch::begin))
        .route("/v1/messages/batch/{id}", get(batch::progress))
        .route("/v1/subjects", post(owner::subject_of))
        .route("/v1/subjects/{subject}", get(owner::subject).delete(words::erase))
        .route("/v1/subjects/{subject}/withdraw", post(words::withdraw))
        .route("/v1/subjects/{subject}/object", post(words::object))
        .route("/v1/subjects/{subject}/correct", post(words::correct))
        .route("/v1/subjects/{subject}/proofs", post(subjects::open_proofs))
        .route("/v1/requests", post(words::hand_in))
        .route("/v1/inbox/{id}", post(inbox::answer))
        .route("/v1/pause", get(pause::show).post(pause::put))
        .route("/v1/rewards/{purpose}", get(rewards::state).post(rewards::add))
        .route("/v1/webhooks/{webhook}", get(webhooks::health))
        .route("/v1/webhooks/{webhook}/replay", post(webhooks::replay))
        .layer(from_fn(takes_no_parameters));
    let with = Router::new()
        .route("/v1/forms/{form}/invite", get(invite::invite))
        .route("/v1/forms/{form}/draft", get(owner::draft))
        .route("/v1/inbox", get(inbox::list))
        .route("/v1/subjects", get(subjects::list))
        .route("/v1/stats", get(owner::stats));
    with.merge(without)
}

fn others() -> Router {
    Router::new()
        .route("/f/{form}/qr.svg", get(invite::svg))
        .route("/f/{form}/qr.png", get(invite::png))
        .route("/v1/keys", get(keys::keys).layer(from_fn(takes_no_parameters)))
        .route("/gateway/{gateway}/inbound", post(gateways::inbound))
        .route("/gateway/{gateway}/status", post(gateways::status))
        .route("/problems", get(problems::list))
        .route("/problems/{name}", get(problems::show))
        .route("/healthz", get(healthz))
        .route("/openapi.json", get(async || ([(header::CONTENT_TYPE, "application/json")], OPENAPI)))
}

/// What an owner misspells must not be left out silently.
async fn takes_no_parameters(_: Query<NoParameters>, request: Request, next: Next) -> Response {
    next.run(request).await
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
async fn other(method: Method, uri: Uri, caller: Caller, request: Request) -> Response {
    if uri.path() == "/embed.js" || uri.path().starts_with("/assets/") {
        if method != Method::GET && method != Method::HEAD {
            return ([(header::ALLOW, "GET,HEAD")], Problem::MethodNotAllowed).into_response();
        }
        return assets::serve(uri.path(), request.headers());
    }
    let accepts = request.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    // Whoever mistypes an address reads a page, too.
    if is_for_people(uri.path()) || (accepts.contains("text/html") && !uri.path().starts_with("/v1/")) {
        return nowhere(&caller, &uri);
    }
    Problem::NotFound.into_response()
}

/// What no answer of ours ever needs; and people get a page, whatever happened.
async fn harden(caller: Caller, request: Request, next: Next) -> Response {
    let for_people = is_for_people(request.uri().path());
    let response = next.run(request).await;
    let told = response.extensions().get::<Told>().filter(|_| for_people);
    hardened(match told {
        Some(Told(problem)) => {
            let mut page = problem_page(&caller, problem);
            page.headers_mut()
                .extend(response.headers().get(header::ALLOW).map(|allow| (header::ALLOW, allow.clone())));
            page
        }
        None => response,
    })
}

fn hardened(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}
