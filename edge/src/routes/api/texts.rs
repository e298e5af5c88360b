//! Texts that people saw, by the hashes that evidence names.

use axum::{
    http::header,
    response::{IntoResponse as _, Response},
};
use shared::text_hash::TextHash;

use crate::{
    assets,
    platform::context::App,
    problem::Problem,
    request::{Owner, Path},
    service::lookup,
};

/// A text, as it is kept.
#[worker::send]
pub async fn text(Owner(app, _): Owner, Path(hash): Path<String>) -> Result<Response, Problem> {
    let text =
        lookup::text(app.env(), &TextHash::parse(&hash).ok_or(Problem::NotFound)?).await?.ok_or(Problem::NotFound)?;
    Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response())
}

/// The stylesheet of a frozen page.
#[worker::send]
pub async fn stylesheet(app: App, Path(name): Path<String>) -> Result<Response, Problem> {
    let hash = name.strip_suffix(".css").and_then(TextHash::parse).ok_or(Problem::NotFound)?;
    let current = assets::text("pages.css");
    let css = if TextHash::of(current) == hash {
        current.to_owned()
    } else {
        // Any frozen text whose hash somebody knows comes out here; all of them were published or sent.
        lookup::public_text(app.env(), &hash).await?.ok_or(Problem::NotFound)?
    };
    let headers = [
        (header::CONTENT_TYPE, "text/css; charset=utf-8"),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    Ok((headers, css).into_response())
}
