//! What people's browsers bring, however it is written: whatever is wrong with it, the answer is a page.

use std::{collections::HashSet, convert::Infallible};

use axum::{
    extract::{FromRequestParts, Path},
    http::{HeaderValue, StatusCode, Uri, header, request::Parts},
    response::{IntoResponse as _, Response},
};
use serde::de::DeserializeOwned;
use shared::{lang::Lang, paths::without_slashes};

use crate::{
    pages,
    problem::Problem,
    request::Caller,
    routes::page::{Script, page, shell},
};

/// What stands in a page's address after the question mark: the first of what stands there twice, and nothing where it
/// can't be read. It only says what is shown.
pub struct Asked<T>(pub T);

impl<T: DeserializeOwned + Default, S: Sync> FromRequestParts<S> for Asked<T> {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let mut pairs: Vec<(String, String)> =
            serde_html_form::from_str(parts.uri.query().unwrap_or_default()).unwrap_or_default();
        let mut names = HashSet::new();
        pairs.retain(|(name, _)| names.insert(name.clone()));
        let asked = serde_html_form::to_string(&pairs).ok().and_then(|query| serde_html_form::from_str(&query).ok());
        Ok(Self(asked.unwrap_or_default()))
    }
}

/// The end of an address; empty, which names nothing, where it can't be read.
pub struct Segment(pub String);

impl<S: Send + Sync> FromRequestParts<S> for Segment {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        let path = Path::<String>::from_request_parts(parts, state).await;
        Ok(Self(path.map(|Path(segment)| segment).unwrap_or_default()))
    }
}

/// Answers under an address of theirs at which there is no page.
pub fn nowhere(caller: &Caller, uri: &Uri) -> Response {
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    let there = without_slashes(uri.path()).and_then(|path| HeaderValue::from_str(&format!("{path}{query}")).ok());
    match there {
        Some(there) => (StatusCode::PERMANENT_REDIRECT, [(header::LOCATION, there)]).into_response(),
        None => problem_page(caller, Problem::NotFound),
    }
}

/// Answers to a method that a page doesn't have.
pub async fn no_method(caller: Caller) -> Response {
    let lang = caller.lang(None, &Lang::ALL).unwrap_or_default();
    said(lang, StatusCode::METHOD_NOT_ALLOWED, lang.problems().unreadable)
}

/// What went wrong, as a page.
pub fn problem_page(caller: &Caller, problem: Problem) -> Response {
    let lang = caller.lang(None, &Lang::ALL).unwrap_or_default();
    match problem {
        // What exactly is wrong with it tells people nothing.
        Problem::Malformed(_) | Problem::MediaType(_) => said(lang, problem.status(), lang.problems().unreadable),
        problem => said(lang, problem.status(), &problem.detail(lang)),
    }
}

fn said(lang: Lang, status: StatusCode, detail: &str) -> Response {
    let html = pages::problem(&shell(lang, None), lang.problems().title, detail);
    (status, page(html, Script::None)).into_response()
}
