//! Pages as responses.

use axum::{
    http::{HeaderValue, header},
    response::{Html, IntoResponse as _, Response},
};
use shared::{lang::Lang, settings::Controller};

use crate::{assets, pages::Shell};

pub fn shell(lang: Lang, controller: Option<&Controller>) -> Shell<'_> {
    Shell { lang, css: assets::path("pages.css"), controller }
}

/// A page: nobody may frame it, keep it, or learn from its links where they were followed.
pub fn page(html: String, script: Script) -> Response {
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
pub enum Script {
    None,
    /// The widget, or the simulated phone's.
    Own,
}
