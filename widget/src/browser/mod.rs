//! The browser's half: hydrates the form and does what the person asks for.

mod actions;
mod challenge;
mod check;
mod js;
mod send;

pub(crate) use actions::Actions;

use js_sys::{Function, WeakSet};
use leptos::{mount::hydrate_from, prelude::*};
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

use crate::{
    fixed::Fixed,
    form::{Form, Shown},
};
use actions::App;
use js::{Host, Json};

/// Brings the form in `root` (the element that the edge rendered) to life.
///
/// `host` is its `<jawort-form>`; `ticked` holds the boxes that the person ticked; `outdated` says
/// that this form replaces one whose text has changed. Gives the element's `checkNumber`.
#[wasm_bindgen]
pub fn start(host: Host, root: HtmlElement, ticked: WeakSet, outdated: bool) -> Function {
    let data = js::query(&root, ".jw-data").and_then(|script| script.text_content()).unwrap_or_default();
    let data = js::parse(&data);
    let app_data = data.clone();
    hydrate_from(root.clone(), move || {
        let shown = RwSignal::new(Shown { stage: js::stage(&app_data.get("stage")), status: String::new() });
        let actions = Actions::new(App::new(host, root, app_data, ticked, shown));
        if outdated {
            actions.ask_again();
        }
        move || view! { <Form shown=shown.get() fixed=Fixed::default() actions/> }
    })
    .forget();
    let check = Closure::<dyn Fn(String) -> Json>::new(move |text: String| check::answer(&text, &data));
    check.into_js_value().unchecked_into()
}
