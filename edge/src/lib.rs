//! The edge: a Cloudflare Worker with its Durable Objects.
//!
//! `routes` are doors, `service` is what several of them share, `objects` holds what must be consistent, `pages`
//! renders, `platform` is what Cloudflare gives. Everything that decides is in `shared`.
#![deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod assets;
mod gateway;
mod objects;
mod pages;
mod platform;
mod problem;
mod request;
mod routes;
mod service;

use tower_service::Service as _;
use worker::{Context, Env, HttpRequest, Response, event};

thread_local! {
    /// Built once an isolate: it takes a tenth of a millisecond.
    static ROUTER: axum::Router = routes::router();
}

#[event(fetch)]
async fn fetch(request: HttpRequest, env: Env, _context: Context) -> worker::Result<Response> {
    platform::clock::start(&env);
    let deployment = service::deployment::of(&env).await;
    if let Some(problem) = deployment.stopped() {
        let languages = request.headers().get("accept-language").and_then(|value| value.to_str().ok());
        return respond(routes::stopped(request.uri(), languages.unwrap_or_default(), &deployment, problem)).await;
    }
    let mut request = request.map(axum::body::Body::new);
    let app = platform::context::App::new(env.clone(), request.uri())?;
    request.extensions_mut().insert(app);
    let mut router = ROUTER.with(Clone::clone);
    // The router's error type is `Infallible`.
    let Ok(response) = router.call(request).await;
    service::health::tell_unreadable(&env).await;
    respond(response).await
}

/// Hands a response over in one piece: a Rust stream costs CPU for each chunk.
async fn respond(response: axum::response::Response) -> worker::Result<Response> {
    let (head, body) = response.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await.map_err(platform::sql::fault)?;
    let encoded = head.headers.contains_key("content-encoding");
    let builder = Response::builder().with_status(head.status.as_u16()).with_headers(head.headers.into());
    // What is compressed already goes out as it is.
    let builder = if encoded { builder.with_encode_body(worker::EncodeBody::Manual) } else { builder };
    Ok(if body.is_empty() { builder.empty() } else { builder.fixed(body.to_vec()) })
}
