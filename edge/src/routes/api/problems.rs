//! What each problem's `type` leads to.

use axum::response::Response;
use shared::{lang::Lang, problem_kind::ProblemKind};

use crate::{
    pages,
    problem::Problem,
    request::Path,
    routes::page::{Script, page, shell},
};

/// What a kind of problem means, and what to do.
pub async fn show(Path(name): Path<String>) -> Result<Response, Problem> {
    let kind = ProblemKind::named(&name).ok_or(Problem::NotFound)?;
    Ok(page(pages::problem_kind(&shell(Lang::En, None), kind), Script::None))
}

/// All of them.
pub async fn list() -> Response {
    page(pages::problem_kinds(&shell(Lang::En, None)), Script::None)
}
