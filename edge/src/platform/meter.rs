//! Counts what the platform bills, so that a benchmark can say what a consent costs. Simulator builds only;
//! elsewhere it is nothing.

#[derive(Clone, Copy)]
pub enum Billed {
    KvRead,
    /// A write or a deletion in KV.
    KvWrite,
    /// A list of at most a thousand keys.
    KvList,
    /// A request to a Durable Object, alarms included.
    ObjectRequest,
    RowRead,
    /// A row written by SQLite; setting an alarm is one.
    RowWritten,
}

#[cfg(not(feature = "simulator"))]
pub fn count(_: Billed, _: usize) {}

#[cfg(feature = "simulator")]
pub use counters::{count, read};

/// On this machine worker and objects share one isolate, so statics see everything.
#[cfg(feature = "simulator")]
mod counters {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use serde::Serialize;

    use super::Billed;

    #[derive(Serialize)]
    pub struct Counted {
        kv_reads: usize,
        kv_writes: usize,
        kv_lists: usize,
        object_requests: usize,
        rows_read: usize,
        rows_written: usize,
    }

    static COUNTS: [AtomicUsize; 6] = [const { AtomicUsize::new(0) }; 6];

    pub fn count(what: Billed, times: usize) {
        if let Some(count) = COUNTS.get(what as usize) {
            count.fetch_add(times, Ordering::Relaxed);
        }
    }

    /// All that was counted since the start.
    pub fn read() -> Counted {
        let [kv_reads, kv_writes, kv_lists, object_requests, rows_read, rows_written] =
            COUNTS.each_ref().map(|count| count.load(Ordering::Relaxed));
        Counted { kv_reads, kv_writes, kv_lists, object_requests, rows_read, rows_written }
    }
}
