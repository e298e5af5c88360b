//! Stamps of pages that work without JavaScript.

use shared::stamp;

use crate::{
    platform::{context::App, secrets::random},
    problem::Problem,
    request::Caller,
};

/// A stamp for a page that this visitor sees now; `page` is a form's id or an address of ours.
pub fn new_stamp(app: &App, page: &str, caller: &Caller) -> Result<String, Problem> {
    let (_, key) = app.secrets().index.current().map_err(|_| Problem::Fault)?;
    Ok(stamp::stamp(key, random(), page, &caller.network, app.now()))
}
