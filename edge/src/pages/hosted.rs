//! `/f/{form}`: the form on a page of the edge's own.

use leptos::prelude::*;

use shared::texts::pages::Notice;

use super::{Heading, Page, Shell, parts::html};

pub struct Hosted<'a> {
    /// Title of the document. The form brings the heading.
    pub title: &'a str,
    /// The form as HTML, as `widget::render` makes it.
    pub form: &'a str,
    /// Address of the form's stylesheet, if it has one.
    pub css: Option<&'a str>,
    /// Address of the script that brings the form to life.
    pub script: &'a str,
    pub notice: Option<Notice>,
}

/// `GET /f/{form}`, and `POST` with an error or after success: the form shows both.
pub fn hosted(shell: &Shell, page: &Hosted) -> String {
    let content = html(view! { <div inner_html=page.form></div> });
    let Hosted { title, css, script, notice, .. } = *page;
    shell.render(Page { heading: Heading::Inside, css, script: Some(script), notice, ..Page::new(title, content) })
}
