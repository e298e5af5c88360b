//! The browser's half: hydrates the form and does what the person asks for.

mod app;
mod challenge;
mod check;
mod js;
mod send;

use std::rc::Rc;

use js_sys::{Function, WeakSet};
use leptos::{
    prelude::*,
    tachys::{hydration::Cursor, view::PositionState},
};
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

use crate::{
    fixed::Fixed,
    form::{Form, Shown},
};
use app::App;
use js::{Host, Json};

/// Brings the form in `root` (the element that the edge rendered) to life.
///
/// `host` is its `<jawort-form>`; `ticked` holds the boxes that the person ticked; `outdated` says
/// that this form replaces one whose text has changed. Gives the element's `checkNumber`.
#[wasm_bindgen]
pub fn start(host: Host, root: HtmlElement, ticked: WeakSet, outdated: bool) -> Function {
    let data = js::query(&root, ".jw-data").and_then(|script| script.text_content()).unwrap_or_default();
    let data = js::parse(&data);
    let shown = Shown { stage: js::stage(&data.get("stage")), status: String::new() };
    let app = Rc::new(App::new(host, root, data.clone(), ticked, shown.clone()));
    app.draw_with(hydrate(&app.root, shown));
    app::listen(&app);
    if outdated {
        app.fail(data.text("outdated"));
    }
    let check = Closure::<dyn Fn(String) -> Json>::new(move |text: String| check::answer(&text, &data));
    check.into_js_value().unchecked_into()
}

/// Takes over the HTML in `root`, which shows `shown`, and gives what shows something else there.
///
/// One state and one view of it: signals and effects, which Leptos would watch them by, are a quarter
/// of the download of a form that changes as a whole or not at all.
fn hydrate(root: &HtmlElement, shown: Shown) -> impl FnMut(Shown) + 'static {
    let view = |shown| view! { <Form shown fixed=Fixed::default()/> };
    let root = Cursor::new(root.clone().unchecked_into());
    let mut drawn = view(shown).hydrate::<true>(&root, &PositionState::default());
    move |shown| view(shown).rebuild(&mut drawn)
}
