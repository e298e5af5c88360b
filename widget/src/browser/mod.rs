//! The browser's half: hydrates the form and does what the person asks for.

mod app;
mod asked;
mod challenge;
mod check;
mod js;
mod send;

use js_sys::{Function, WeakSet};
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

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
    let app = App::start(host, root, data.clone(), ticked);
    if outdated {
        app.fail(data.text("outdated"));
    }
    // Said at once, since developers look at their page more often than they sign up.
    send::reference(&app);
    let check = Closure::<dyn Fn(String) -> Json>::new(move |text: String| check::answer(&text, &data));
    check.into_js_value().unchecked_into()
}
