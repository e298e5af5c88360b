//! What must be consistent: one Durable Object class a file.

pub mod batch;
pub mod limiter;
#[cfg(feature = "simulator")]
pub mod phone;
pub mod pool;
pub mod registry;
pub mod subject;
pub mod webhook;

use serde::{Serialize, de::DeserializeOwned};
use shared::time::Timestamp;
use worker::{
    Env, Headers, Method, Request, RequestInit, Response, Result, SqlStorage, SqlStorageValue, State,
    wasm_bindgen::JsValue,
};

use crate::{
    clock,
    meter::{self, Billed},
};

/// Sends a question to an object by its name. Both sides speak one enum.
pub async fn ask<Q: Serialize, A: DeserializeOwned>(env: &Env, binding: &str, name: &str, question: &Q) -> Result<A> {
    meter::count(Billed::ObjectRequest, 1);
    let stub = namespace(env, binding)?.id_from_name(name)?.get_stub()?;
    let mut init = RequestInit::new();
    init.with_method(Method::Post)
        .with_headers(Headers::new())
        .with_body(Some(JsValue::from_str(&serde_json::to_string(question)?)));
    let request = Request::new_with_init("https://object/", &init)?;
    let mut response = stub.fetch_with_request(request).await?;
    let text = response.text().await?;
    if response.status_code() != 200 {
        return Err(worker::Error::RustError(text));
    }
    Ok(serde_json::from_str(&text)?)
}

/// Objects stay in the EU where the deploy says so; a local runtime can't.
fn namespace(env: &Env, binding: &str) -> Result<worker::ObjectNamespace> {
    let namespace = env.durable_object(binding)?;
    match env.var("JAWORT_JURISDICTION") {
        Ok(jurisdiction) => within(&namespace, &jurisdiction.to_string()),
        Err(_) => Ok(namespace),
    }
}

/// `namespace.jurisdiction(name)`, which the `worker` crate doesn't know yet.
fn within(namespace: &worker::ObjectNamespace, jurisdiction: &str) -> Result<worker::ObjectNamespace> {
    use worker::{EnvBinding as _, js_sys, wasm_bindgen::JsCast as _};
    let raw: &JsValue = namespace.as_ref();
    let method = js_sys::Reflect::get(raw, &"jurisdiction".into())?.dyn_into::<js_sys::Function>()?;
    worker::ObjectNamespace::get(method.call1(raw, &jurisdiction.into())?)
}

/// Reads a question.
pub async fn question<Q: DeserializeOwned>(request: &mut Request) -> Result<Q> {
    Ok(serde_json::from_str(&request.text().await?)?)
}

/// Answers it.
pub fn answer<A: Serialize>(answer: Result<A>) -> Result<Response> {
    match answer.and_then(|answer| Ok(serde_json::to_string(&answer)?)) {
        Ok(json) => Response::ok(json),
        // The caller turns this into a fault of ours. It names no number.
        Err(error) => Response::error(error.to_string(), 500),
    }
}

/// Runs a statement.
pub fn run(sql: &SqlStorage, statement: &str, values: Vec<SqlStorageValue>) -> Result<()> {
    rows(sql, statement, values).map(|_| ())
}

/// Runs a statement; text columns of the rows that it gives, where a number comes as text.
pub fn rows(sql: &SqlStorage, statement: &str, values: Vec<SqlStorageValue>) -> Result<Vec<Vec<String>>> {
    let text = |value| match value {
        SqlStorageValue::String(text) => text,
        SqlStorageValue::Integer(number) => number.to_string(),
        SqlStorageValue::Float(number) => (number as i64).to_string(), // none of ours is broken
        _ => String::new(),
    };
    let cursor = sql.exec(statement, values)?;
    let rows = cursor.raw().map(|row| Ok(row?.into_iter().map(text).collect())).collect();
    meter::count(Billed::RowRead, cursor.rows_read());
    meter::count(Billed::RowWritten, cursor.rows_written());
    rows
}

/// Whether a table was ever made: asking leaves nothing behind.
pub fn has_table(sql: &SqlStorage, name: &str) -> Result<bool> {
    Ok(!rows(sql, "SELECT 1 FROM sqlite_master WHERE name = ?", vec![name.into()])?.is_empty())
}

/// What went wrong, as the platform's error.
pub fn fault(error: impl std::fmt::Display) -> worker::Error {
    worker::Error::RustError(error.to_string())
}

/// Sets the alarm of an object.
pub async fn wake_at(state: &State, due: Timestamp) -> Result<()> {
    meter::count(Billed::RowWritten, 1);
    state.storage().set_alarm(clock::until(due)).await
}
