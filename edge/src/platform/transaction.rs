//! All or nothing: what a command writes to its object.

use shared::time::Timestamp;
use worker::{
    Result, State,
    js_sys::{Function, Reflect},
    wasm_bindgen::{JsCast as _, JsValue, closure::ScopedClosure},
};

use super::{alarm::Alarms, sql::fault};

/// Runs a command: all that it writes stays, with the alarm for what it says is due next, or nothing of it.
pub async fn commit<T>(
    state: &State,
    alarms: &Alarms,
    command: impl FnOnce() -> Result<(T, Option<Timestamp>)>,
) -> Result<T> {
    let done = transaction(state, || {
        let (value, due) = command()?;
        Ok((value, due.map(|due| alarms.arm(state, due)).transpose()?.flatten()))
    });
    let (value, armed) = done.inspect_err(|_| alarms.forget())?;
    if let Some(armed) = armed {
        armed.await.inspect_err(|_| alarms.forget())?;
    }
    Ok(value)
}

/// Undoes on an error all SQL of `work`: by `storage.transactionSync`, which the `worker` crate doesn't know yet. That
/// an object answers with an error undoes nothing by itself.
pub fn transaction<T>(state: &State, work: impl FnOnce() -> Result<T>) -> Result<T> {
    let mut work = Some(work);
    let mut done = None;
    let mut run = || {
        done = work.take().map(|work| work());
        // Thrown, so that the platform rolls back.
        if matches!(done, Some(Ok(_))) { Ok(()) } else { Err(JsValue::from_str("rolled back")) }
    };
    let run = ScopedClosure::<dyn FnMut() -> std::result::Result<(), JsValue>>::borrow_mut_aborting(&mut run);
    let committed = call_storage(state, "transactionSync", run.as_js_value());
    drop(run);
    match (committed, done) {
        (Ok(_), Some(done)) | (Err(_), Some(done @ Err(_))) => done,
        (Err(error), _) => Err(error),
        (Ok(_), None) => Err(fault("a transaction that did not run")),
    }
}

/// Calls a method of the object's storage by its name, with what it throws as an error.
pub(super) fn call_storage(state: &State, method: &str, argument: &JsValue) -> Result<JsValue> {
    let storage = Reflect::get(state.as_raw(), &"storage".into())?;
    let method = Reflect::get(&storage, &method.into())?.dyn_into::<Function>()?;
    Ok(method.call1(&storage, argument)?)
}
