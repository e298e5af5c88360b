//! What the browser offers, as thin as can be: one getter for all of JSON instead of a type for each
//! answer, since every import is downloaded by somebody's phone.

use js_sys::Promise;
use shared::subject::Again;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, HtmlElement};

use crate::state::{self, Done, Field, NoteText, Problem, Stage};

#[wasm_bindgen]
extern "C" {
    /// A value that came from JSON, or becomes it.
    #[derive(Clone)]
    pub type Json;
    /// `undefined` where there is none; the value itself must not be `undefined` or `null`.
    #[wasm_bindgen(method, structural, indexing_getter)]
    pub fn get(this: &Json, key: &str) -> Json;
    #[wasm_bindgen(method, structural, indexing_setter)]
    pub fn set(this: &Json, key: &str, value: &JsValue);

    #[wasm_bindgen(js_namespace = JSON)]
    pub fn parse(text: &str) -> Json;
    #[wasm_bindgen(js_namespace = JSON)]
    pub fn stringify(value: &Json) -> String;

    /// For the page's developer.
    #[wasm_bindgen(js_namespace = console)]
    pub fn warn(text: &str);

    type Response;
    #[wasm_bindgen(method, getter)]
    fn ok(this: &Response) -> bool;
    #[wasm_bindgen(method)]
    fn json(this: &Response) -> Promise;

    fn fetch(url: &str, init: &Json) -> Promise;
    fn btoa(text: &str) -> String;
    /// Milliseconds by a clock that nobody sets, since the page was opened. It may stand still while the device sleeps.
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    pub fn clock() -> f64;
    #[wasm_bindgen(js_name = matchMedia)]
    fn match_media(query: &str) -> Json;
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(then: &JsValue, milliseconds: i32);

    /// The page's address.
    #[wasm_bindgen(js_name = location, thread_local_v2)]
    static LOCATION: Json;

    /// The custom element, which `embed.js` defines.
    pub type Host;
    /// Dispatches `jawort:{name}`.
    #[wasm_bindgen(method)]
    pub fn emit(this: &Host, name: &str, detail: &Json);
    /// Fetches the form anew and starts it, as one whose text has changed.
    #[wasm_bindgen(method)]
    pub fn renew(this: &Host);
}

impl Json {
    /// `{}`.
    pub fn object() -> Self {
        js_sys::Object::new().unchecked_into()
    }

    /// A copy, all the way down.
    pub fn copy(&self) -> Self {
        parse(&stringify(self))
    }

    /// The text of that name, empty where there is none.
    pub fn text(&self, key: &str) -> String {
        self.get(key).as_string().unwrap_or_default()
    }

    /// The members of an array; nothing for anything else.
    pub fn items(&self) -> Vec<Self> {
        if !js_sys::Array::is_array(self) {
            return Vec::new();
        }
        self.unchecked_ref::<js_sys::Array>().iter().map(JsCast::unchecked_into).collect()
    }
}

pub struct Answer {
    /// Whether it is 2xx and JSON.
    pub ok: bool,
    /// Its JSON; empty where it has none.
    pub body: Json,
}

/// GETs JSON, or POSTs `body` as such.
///
/// # Errors
/// No connection.
pub async fn request(url: &str, body: Option<&Json>) -> Result<Answer, JsValue> {
    let init =
        parse(if body.is_some() { r#"{"method":"POST","headers":{"Content-Type":"application/json"}}"# } else { "{}" });
    if let Some(body) = body {
        init.set("body", &stringify(body).into());
    }
    let response: Response = JsFuture::from(fetch(url, &init)).await?.unchecked_into();
    let body = JsFuture::from(response.json()).await;
    Ok(Answer { ok: response.ok() && body.is_ok(), body: body.map_or_else(|_| Json::object(), JsCast::unchecked_into) })
}

/// The address of the page.
pub fn page() -> String {
    LOCATION.with(|location| location.text("href"))
}

/// ALTCHA's envelope: base64 of JSON, which is ASCII here.
pub fn envelope(value: &Json) -> String {
    btoa(&stringify(value))
}

/// Whether the person wants little to move.
pub fn is_calm() -> bool {
    match_media("(prefers-reduced-motion:reduce)").get("matches").is_truthy()
}

/// Lets the page breathe, for so many milliseconds.
pub async fn pause(milliseconds: i32) {
    let pause = Promise::new(&mut |resolve, _| set_timeout(&resolve, milliseconds));
    // It is never rejected.
    let _ = JsFuture::from(pause).await;
}

/// The first element inside `root` that fits.
pub fn query(root: &Element, selector: &str) -> Option<HtmlElement> {
    root.query_selector(selector).ok().flatten().map(JsCast::unchecked_into)
}

/// The stage in which the edge rendered the form.
pub fn stage(json: &Json) -> Stage {
    let done = json.get("done");
    if !done.is_truthy() {
        return Stage::Asking(problems(&json.get("asking"), "text"));
    }
    Stage::Done(Done {
        next: done.text("next"),
        asked: done.get("asked").as_f64().unwrap_or_default() as u8,
        pressed: done.get("pressed").is_truthy(),
        waits: false,
        note: done.text("note"),
        sent: done.text("sent"),
    })
}

/// Problems, whose sentences stand under `text`.
pub fn problems(json: &Json, text: &str) -> Vec<Problem> {
    json.items()
        .iter()
        .map(|problem| Problem { field: Field::of_request(&problem.text("field")), text: problem.text(text) })
        .collect()
}

/// What is said of asking again, in the words of `texts`.
pub fn note(texts: &Json, again: Again) -> String {
    state::note(again, |text| {
        texts.text(match text {
            NoteText::Seconds => "seconds",
            NoteText::Second => "second",
            NoteText::Spent => "spent",
        })
    })
}
