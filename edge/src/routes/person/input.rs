//! What goes wrong under the addresses that people see, as a page.

use axum::{
    http::{HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse as _, Response},
};
use shared::{lang::Lang, paths::without_slashes};

use crate::{
    pages,
    problem::Problem,
    request::Caller,
    routes::page::{Script, page, shell},
};

/// Answers under an address of theirs at which there is no page.
pub fn nowhere(caller: &Caller, uri: &Uri) -> Response {
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    let there = without_slashes(uri.path()).and_then(|path| HeaderValue::from_str(&format!("{path}{query}")).ok());
    match there {
        Some(there) => (StatusCode::PERMANENT_REDIRECT, [(header::LOCATION, there)]).into_response(),
        None => problem_page(caller, &Problem::NotFound),
    }
}

/// What went wrong, as a page.
pub fn problem_page(caller: &Caller, problem: &Problem) -> Response {
    let lang = caller.lang(None, &Lang::ALL).unwrap_or_default();
    match problem {
        // What exactly is wrong with it tells people nothing.
        Problem::Malformed { .. } | Problem::MediaType(_) => said(lang, problem.status(), lang.problems().unreadable),
        problem => said(lang, problem.status(), &problem.detail(lang)),
    }
}

fn said(lang: Lang, status: StatusCode, detail: &str) -> Response {
    let html = pages::problem(&shell(lang, None), lang.problems().title, detail);
    (status, page(html, Script::None)).into_response()
}
