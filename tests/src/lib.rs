//! What the tests share: an edge of their own, calls to it, and a browser.
//!
//! Everything is real: the Worker as `demo` builds it, in workerd; a shop on another origin; Chromium, driven by
//! WebDriver. Two things stand in for others: the simulated phone of development builds for the
//! mobile network, and `Provider` for an SMS provider. What goes wrong here
//! panics: that is how a test fails.

mod answer;
pub mod browser;
mod dice;
mod edge;
pub mod faults;
mod form;
pub mod kept;
mod owner;
mod phone;
mod provider;
mod receiver;
mod stored;
mod update;
mod years;

pub use answer::Answer;
pub use dice::Dice;
pub use edge::{Jawort, SENDER};
pub use form::{Hosted, hidden};
pub use phone::{Link, Sms, fictional, has_number, number, typed, until_hour};
pub use provider::{ACCOUNT, AUTH_TOKEN, Behaviour, Provider, Taken, signature};
pub use receiver::{Received, Receiver, Reply};
pub use years::{Row, Years};

use std::{future::Future, time::Duration};

/// In seconds, as the edge's clock is turned.
pub const MINUTE: u64 = 60;
pub const HOUR: u64 = 60 * MINUTE;
pub const DAY: u64 = 24 * HOUR;

/// How long something may take that happens by itself, such as the arrival of an SMS.
const PATIENCE: Duration = Duration::from_secs(15);

/// Waits until `look` gives something.
///
/// # Panics
/// When it never does; `what` says what was waited for.
pub async fn eventually<T, F: Future<Output = Option<T>>>(what: &str, mut look: impl FnMut() -> F) -> T {
    let deadline = tokio::time::Instant::now() + PATIENCE;
    loop {
        if let Some(found) = look().await {
            return found;
        }
        assert!(tokio::time::Instant::now() < deadline, "{what} did not come within {PATIENCE:?}");
        tokio::time::sleep(Duration::from_millis(30)).await;
    }
}
