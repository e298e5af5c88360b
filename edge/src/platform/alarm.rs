//! Alarms of objects. The platform has one for each object, repeats a failed one six times, and then forgets it.

use std::cell::Cell;

use shared::{backoff, time::Timestamp};
use worker::{Error, Result, State, wasm_bindgen::JsCast as _, wasm_bindgen_futures::JsFuture};

use super::{
    clock,
    faults::{self, Kind},
    meter::{self, Billed},
    secrets::random,
    transaction::call_storage,
};

const ALARM: &str = "alarm";

/// Orders the alarm: at once, so that it is a part of a transaction that runs. The future is the platform's word that
/// it has it.
pub fn arm(state: &State, due: Timestamp) -> Result<impl Future<Output = Result<()>> + use<>> {
    meter::count(Billed::RowWritten, 1);
    let nth = faults::before(Kind::Alarm, ALARM)?;
    let at = worker::Date::now().as_millis() as f64 + clock::until(due).as_millis() as f64;
    let armed = JsFuture::from(call_storage(state, "setAlarm", &at.into())?.dyn_into::<worker::js_sys::Promise>()?);
    Ok(async move {
        let armed = armed.await.map(|_| ()).map_err(Error::from);
        faults::after(Kind::Alarm, nth, ALARM)?;
        armed
    })
}

pub async fn wake_at(state: &State, due: Timestamp) -> Result<()> {
    arm(state, due)?.await
}

/// The alarms of an object that works something off.
#[derive(Default)]
pub struct Alarms {
    /// How many have failed in a row.
    failures: Cell<u32>,
    /// For when the next one was ordered last, as far as this instance knows.
    ordered: Cell<Option<Timestamp>>,
}

impl Alarms {
    /// As [`arm`]; nothing where it stands so already: each order is a row written.
    pub fn arm(&self, state: &State, due: Timestamp) -> Result<Option<impl Future<Output = Result<()>> + use<>>> {
        if self.ordered.get() == Some(due) && clock::now() < due {
            return Ok(None);
        }
        let armed = arm(state, due)?;
        self.ordered.set(Some(due));
        Ok(Some(armed))
    }

    /// Nobody knows for when the next one stands: a transaction was rolled back, or it may be lost.
    pub fn forget(&self) {
        self.ordered.set(None);
    }

    /// Begins one, before anything that can fail: should it die on the way, the next one comes by itself.
    ///
    /// # Errors
    /// The next one can't be ordered: the platform then repeats this one.
    pub async fn begin(&self, state: &State) -> Result<()> {
        meter::count(Billed::ObjectRequest, 1);
        self.forget();
        let [jitter] = random();
        wake_at(state, clock::now() + backoff::ALARM.pause(self.failures.get().saturating_add(1), jitter)).await
    }

    /// Ends it: the next one comes when something is due, or after a pause that grows with each that fails.
    pub async fn end(&self, state: &State, due: Result<Option<Timestamp>>) -> Result<()> {
        match due {
            Ok(Some(due)) => {
                self.failures.set(0);
                self.forget();
                wake_at(state, due).await?;
                self.ordered.set(Some(due));
                Ok(())
            }
            Ok(None) => state.storage().delete_alarm().await,
            Err(error) => {
                worker::console_error!("an alarm: {error}");
                self.failures.set(self.failures.get().saturating_add(1));
                Ok(())
            }
        }
    }
}
