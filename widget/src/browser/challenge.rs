//! The proof of work before a submission (ALTCHA's protocol, version 1).

use js_sys::{Date, Promise};
use sha2::{Digest, Sha256};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::future_to_promise;

use super::js::{self, Json};

/// How long the page may stand still, in milliseconds.
const SLICE: f64 = 8.0;

/// Hashes between two looks at the clock.
const BATCH: u32 = 500;

/// Asks for a challenge and solves it: a promise of what `POST /v1/consents` takes as `challenge`, or
/// of `undefined` where none was to be had; the edge then says what it thinks of that.
pub fn solve(data: &Json) -> Promise {
    let url = [&data.text("edge"), "/v1/challenge?form=", &data.get("request").text("form")].concat();
    future_to_promise(async move {
        let Ok(answer) = js::request(&url, None).await else { return Ok(JsValue::UNDEFINED) };
        let challenge = answer.body;
        let Some(number) = search(&challenge).await else { return Ok(JsValue::UNDEFINED) };
        challenge.set("number", &number.into());
        Ok(js::envelope(&challenge).into())
    })
}

async fn search(challenge: &Json) -> Option<u32> {
    let wanted = bytes(&challenge.text("challenge"))?;
    let most = challenge.get("maxnumber").as_f64()? as u32;
    let salted = Sha256::new_with_prefix(challenge.text("salt"));
    let mut number = 0;
    loop {
        let start = Date::now();
        while Date::now() - start < SLICE {
            for _ in 0..BATCH {
                let hash = salted.clone().chain_update(number.to_string()).finalize();
                if hash.as_slice() == wanted {
                    return Some(number);
                }
                number += 1;
            }
            if number > most {
                return None;
            }
        }
        js::pause(0).await;
    }
}

/// The bytes that `hex` writes.
fn bytes(hex: &str) -> Option<Vec<u8>> {
    hex.as_bytes().chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect()
}
