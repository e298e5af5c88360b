//! Calls to the world outside.

use std::{pin::pin, time::Duration};

use futures_util::future::{Either, select};
use worker::{
    AbortController, Delay, Fetch, Headers, Method, Request, RequestInit, RequestRedirect, wasm_bindgen::JsValue,
};

use super::faults::{self, Kind};

/// The most of an answer that is read.
const MOST: usize = 64 * 1024;

pub struct Answer {
    pub status: u16,
    /// Seconds of `Retry-After`.
    pub retry_after: Option<u32>,
    pub body: String,
}

/// Why there is none.
pub enum NoAnswer {
    /// It took too long: nobody knows whether the call arrived.
    Late,
    /// The connection failed: nobody knows either.
    Lost,
    /// It surely never left: no address, or no header, can be made of what was given.
    Unsendable,
}

impl From<worker::Error> for NoAnswer {
    /// What the runtime says may hold the address, and that may hold a number.
    fn from(_: worker::Error) -> Self {
        Self::Lost
    }
}

/// Calls, and waits so long for the whole answer. Redirects are not followed: they would carry what is sent to somebody
/// else.
pub async fn call(
    method: Method,
    url: &str,
    headers: &[(String, String)],
    body: &str,
    patience: Duration,
) -> Result<Answer, NoAnswer> {
    let request = request(method, url, headers, body).map_err(|_| NoAnswer::Unsendable)?;
    let abort = AbortController::default();
    let signal = abort.signal();
    let answer = async {
        let fetch = Fetch::Request(request);
        let mut response = fetch.send_with_signal(&signal).await?;
        let retry_after = response.headers().get("retry-after")?.and_then(|text| text.parse().ok());
        let mut body = response.text().await?;
        if body.len() > MOST {
            body = String::new(); // no answer that we ask for is that long
        }
        Ok(Answer { status: response.status_code(), retry_after, body })
    };
    let answer = faults::around(Kind::Call, "call", answer);
    match select(pin!(answer), pin!(Delay::from(patience))).await {
        Either::Left((answer, _)) => answer,
        Either::Right(_) => {
            abort.abort();
            Err(NoAnswer::Late)
        }
    }
}

fn request(method: Method, url: &str, headers: &[(String, String)], body: &str) -> worker::Result<Request> {
    let all = Headers::new();
    for (name, value) in headers {
        all.set(name, value)?;
    }
    let mut init = RequestInit::new();
    init.with_method(method).with_headers(all).with_redirect(RequestRedirect::Manual);
    if !body.is_empty() {
        init.with_body(Some(JsValue::from_str(body)));
    }
    Request::new_with_init(url, &init)
}
