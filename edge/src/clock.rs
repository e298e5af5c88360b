//! The one clock of the edge.

use std::time::Duration;

use shared::time::Timestamp;

/// Now. In a simulator build, tests turn it (`POST /simulator/clock`).
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
pub use turned::turn;

/// On this machine worker and objects share one isolate, so one static turns all their clocks.
#[cfg(feature = "simulator")]
mod turned {
    use std::sync::atomic::{AtomicI64, Ordering};

    use shared::time::Span;

    static SECONDS: AtomicI64 = AtomicI64::new(0);

    pub fn ahead() -> Span {
        Span::seconds(SECONDS.load(Ordering::Relaxed))
    }

    /// Lets time pass.
    pub fn turn(seconds: u32) {
        SECONDS.fetch_add(i64::from(seconds), Ordering::Relaxed);
    }
}
