//! Stamps of pages that work without JavaScript. Only pages of ours have one.

use shared::stamp;

use crate::{
    platform::{context::App, secrets::random},
    problem::Problem,
};

/// A stamp for a page that is shown now; `page` is a form's id or an address of ours.
pub fn new_stamp(app: &App, page: &str) -> Result<String, Problem> {
    let (_, key) = app.secrets().index.current().map_err(|_| Problem::Fault)?;
    Ok(stamp::stamp(key, random(), page, app.now()))
}
