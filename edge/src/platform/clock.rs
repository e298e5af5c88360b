//! The one clock of the edge.

use std::time::Duration;

use shared::time::Timestamp;

/// In a simulator build, tests turn it (`POST /simulator/clock`).
pub fn now() -> Timestamp {
    let now = Timestamp::from_millis(worker::Date::now().as_millis() as i64);
    #[cfg(feature = "simulator")]
    let now = now + turned::ahead();
    now
}

/// How long the platform may let an object sleep that has something due at `due`.
pub fn until(due: Timestamp) -> Duration {
    // An alarm at this very moment, set inside an alarm, is dropped.
    Duration::from_millis(due.millis().saturating_sub(now().millis()).max(1).unsigned_abs())
}

#[cfg(feature = "simulator")]
pub use turned::{start, turn};

/// Lets the clock of a simulator build begin where `JAWORT_CLOCK` says.
#[cfg(not(feature = "simulator"))]
pub fn start(_: &worker::Env) {}

/// On this machine worker and objects share one isolate, so one static turns all their clocks.
#[cfg(feature = "simulator")]
mod turned {
    use std::sync::{
        Once,
        atomic::{AtomicI64, Ordering},
    };

    use shared::time::Span;

    static MILLIS: AtomicI64 = AtomicI64::new(0);
    static STARTED: Once = Once::new();

    pub fn ahead() -> Span {
        Span::millis(MILLIS.load(Ordering::Relaxed))
    }

    /// Lets the clock begin at `JAWORT_CLOCK`, milliseconds since 1970, where the environment has it: so a state that
    /// was kept long ago is opened at its own time.
    pub fn start(env: &worker::Env) {
        STARTED.call_once(|| {
            let begin = env.var("JAWORT_CLOCK").ok().and_then(|text| text.to_string().parse::<i64>().ok());
            if let Some(begin) = begin {
                MILLIS.store(begin.saturating_sub(worker::Date::now().as_millis() as i64), Ordering::Relaxed);
            }
        });
    }

    pub fn turn(seconds: u32) {
        MILLIS.fetch_add(i64::from(seconds) * 1000, Ordering::Relaxed);
    }
}
