//! The calls, over HTTP.

mod forms;
mod health;
mod hosted;
mod links;
mod owner;
#[cfg(feature = "simulator")]
mod simulator;
mod submit;

use axum::{
    Router,
    extract::Request,
    http::{HeaderValue, Uri, header},
    middleware::{Next, from_fn},
    response::{Html, IntoResponse as _, Response},
};
use shared::{lang::Lang, settings::Controller};
use utoipa::OpenApi;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{assets, pages::Shell, problem::Problem};

#[derive(OpenApi)]
#[openapi(info(
    title = "Jawort",
    description = "SMS consent that you can prove.",
))]
struct Api;

/// All calls. What `/openapi.json` says is made from them.
pub fn router() -> Router {
    let (router, api) = OpenApiRouter::with_openapi(Api::openapi())
        .routes(routes!(forms::form, forms::form_options))
        .routes(routes!(forms::challenge, forms::challenge_options))
        .routes(routes!(forms::consents, forms::consents_options))
        .routes(routes!(hosted::show, hosted::submit))
        .routes(routes!(links::show, links::act))
        .routes(routes!(links::ask_number, links::send_link))
        .routes(routes!(links::stored, links::act_on_stored))
        .routes(routes!(owner::settings, owner::put_settings))
        .routes(routes!(owner::put_form))
        .routes(routes!(owner::check))
        .routes(routes!(owner::messages))
        .routes(routes!(owner::subject_of))
        .routes(routes!(owner::subject))
        .routes(routes!(owner::stats))
        .routes(routes!(health::health))
        .split_for_parts();
    let router = router.route("/openapi.json", axum::routing::get(async move || axum::Json(api)));
    #[cfg(feature = "simulator")]
    let router = router.merge(simulator::router());
    router.fallback(other).layer(from_fn(harden))
}

/// The widget's files, else a problem.
async fn other(uri: Uri, request: Request) -> Response {
    if uri.path() == "/embed.js" || uri.path().starts_with("/assets/") {
        return assets::serve(uri.path(), request.headers());
    }
    Problem::NotFound("address").into_response()
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
