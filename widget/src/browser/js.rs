//! What the browser offers, as thin as can be: one getter for all of JSON instead of a type for each
//! answer, since every import is downloaded by somebody's phone.

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, HtmlElement};

use crate::state::{Field, Problem, Stage};

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

/// Lets the page breathe.
pub async fn pause() {
    let pause = Promise::new(&mut |resolve, _| set_timeout(&resolve, 0));
    // It is never rejected.
    let _ = JsFuture::from(pause).await;
}

/// The first element inside `root` that fits.
pub fn query(root: &Element, selector: &str) -> Option<HtmlElement> {
    root.query_selector(selector).ok().flatten().map(JsCast::unchecked_into)
}

/// The stage in which the edge rendered the form.
pub fn stage(json: &Json) -> Stage {
    match json.get("done").as_string() {
        Some(next) => Stage::Done(next),
        None => Stage::Asking(problems(&json.get("asking"), "text")),
    }
}

/// Problems, whose sentences stand under `text`.
pub fn problems(json: &Json, text: &str) -> Vec<Problem> {
    json.items()
        .iter()
        .map(|problem| Problem { field: Field::of_request(&problem.text("field")), text: problem.text(text) })
        .collect()
}
