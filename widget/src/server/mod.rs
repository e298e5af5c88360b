//! The edge's half: the form as HTML, with the data that its browser half needs.

mod data;
mod done;
mod pieces;

use leptos::prelude::*;
use shared::{form::Theme, reference::Reference, wire::FormView};

use crate::{
    form::{Form, Shown},
    state::FormState,
};

/// Where a form is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place<'a> {
    /// On the edge's own page, whose main heading it brings.
    Page {
        /// What the edge wants back from a form that is sent without script.
        stamp: &'a str,
    },
    /// Inside somebody's page: its headings begin at the second level, and a link leads to the edge's
    /// own page where the embedding page can't run it.
    Embed,
}

/// What a rendering needs beside the form.
#[derive(Debug, Clone, Copy)]
pub struct Options<'a> {
    /// The edge's public origin, such as `https://ja.example.de`, without a slash at the end.
    pub edge: &'a str,
    /// Where it is shown.
    pub place: Place<'a>,
    /// The campaign in the link that led here.
    pub campaign: &'a str,
    /// The owner's reference in that link.
    pub reference: Option<&'a Reference>,
}

/// The form as HTML: one element, complete without script, ready to be hydrated by `embed.js`, which
/// puts it into a `<jawort-form>` or, on the edge's own page, finds it in one.
pub fn render(view: &FormView, state: &FormState, options: Options) -> String {
    let owner = Owner::new();
    owner.with(|| {
        let shown = Shown { stage: state.stage.clone(), status: String::new() };
        let fixed = pieces::fixed(view, state, options);
        let theme = match view.theme {
            Theme::Auto => "auto",
            Theme::Light => "light",
            Theme::Dark => "dark",
        };
        let form = view! {
            <div class="jw" part="card" lang=view.lang.tag() data-theme=theme>
                <Form shown fixed/>
                <script type="application/json" class="jw-data" inner_html=data::json(view, state, options)></script>
            </div>
        };
        match options.place {
            Place::Page { .. } => view! { <jawort-form form=view.form.to_string()>{form}</jawort-form> }.to_html(),
            Place::Embed => form.to_html(),
        }
    })
}
