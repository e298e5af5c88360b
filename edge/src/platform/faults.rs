//! Lets the nth use of the platform fail, or stops everything there, so that tests see what an error and a crash leave
//! behind. Simulator builds only; elsewhere it is nothing.

/// What may fail.
#[derive(Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "simulator", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "simulator", serde(rename_all = "snake_case"))]
pub enum Kind {
    /// A statement of SQL.
    Sql,
    /// A call of KV.
    Kv,
    /// A call to the world outside.
    Call,
    /// A question to an object.
    Question,
    /// The setting of an alarm.
    Alarm,
}

/// Comes before each use; `what` names it and nobody's number. Gives how many there were.
#[cfg(not(feature = "simulator"))]
pub fn before(_: Kind, _: &str) -> worker::Result<u32> {
    Ok(0)
}

/// Comes after a use that `before` counted as the nth. A statement has no "after": only the end of a turn commits it.
#[cfg(not(feature = "simulator"))]
pub fn after(_: Kind, _: u32, _: &str) -> worker::Result<()> {
    Ok(())
}

/// Does something of that kind.
#[cfg(not(feature = "simulator"))]
pub async fn around<T, E: From<worker::Error>>(
    _: Kind,
    _: &str,
    work: impl Future<Output = Result<T, E>>,
) -> Result<T, E> {
    work.await
}

#[cfg(feature = "simulator")]
pub use armed::{Armed, Seen, after, arm, around, before, outside, seen};

/// On this machine worker and objects share one isolate, so one static knows them all.
#[cfg(feature = "simulator")]
mod armed {
    use std::cell::{Cell, RefCell};

    use serde::{Deserialize, Serialize};
    use worker::{Error, Result, js_sys, wasm_bindgen::JsValue};

    use super::Kind;

    #[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum How {
        Error,
        /// An error of which the platform says that it may be tried again.
        Retryable,
        /// The same, where it has too much to do.
        Overloaded,
        /// Prints [`KILL`] and comes to nothing more: whoever reads the log ends the process.
        Kill,
    }

    #[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum When {
        Before,
        /// It was done, and nobody learns it.
        After,
    }

    /// The fault that waits.
    #[derive(Clone, Copy, Deserialize)]
    #[serde(deny_unknown_fields)]
    pub struct Armed {
        kind: Kind,
        /// From 1; 0 never comes, and only counts.
        nth: u32,
        how: How,
        when: When,
        /// The nth only; else all from there on.
        once: bool,
    }

    /// What was seen since the fault was armed.
    #[derive(Clone, Default, PartialEq, Eq, Serialize)]
    pub struct Seen {
        sql: u32,
        kv: u32,
        call: u32,
        question: u32,
        alarm: u32,
        /// What failed.
        fired: Option<String>,
    }

    impl Seen {
        fn count(&mut self, kind: Kind) -> u32 {
            let count = match kind {
                Kind::Sql => &mut self.sql,
                Kind::Kv => &mut self.kv,
                Kind::Call => &mut self.call,
                Kind::Question => &mut self.question,
                Kind::Alarm => &mut self.alarm,
            };
            *count = count.saturating_add(1);
            *count
        }
    }

    /// The object that stands for every handset: a question to it is none to an object of ours.
    const PHONE: &str = "PHONE";

    /// What the log says where everything stops.
    const KILL: &str = "a fault stops everything here";

    thread_local! {
        static ARMED: Cell<Option<Armed>> = const { Cell::new(None) };
        static SEEN: RefCell<Seen> = RefCell::default();
        static OUTSIDE: Cell<bool> = const { Cell::new(false) };
    }

    pub fn arm(armed: Armed) {
        SEEN.take();
        ARMED.set(Some(armed));
    }

    pub fn seen() -> Seen {
        SEEN.with_borrow(Clone::clone)
    }

    /// What stands for the world outside is not counted.
    pub fn outside<T>(work: impl FnOnce() -> T) -> T {
        OUTSIDE.set(true);
        let done = work();
        OUTSIDE.set(false);
        done
    }

    fn count(kind: Kind, what: &str) -> u32 {
        if OUTSIDE.get() || what == PHONE { 0 } else { SEEN.with_borrow_mut(|seen| seen.count(kind)) }
    }

    fn come(kind: Kind, nth: u32, when: When, what: &str) -> Result<()> {
        let due = |armed: &Armed| {
            let reached = if armed.once { armed.nth == nth } else { armed.nth <= nth };
            reached && armed.nth > 0 && nth > 0 && armed.kind == kind && armed.when == when
        };
        let Some(armed) = ARMED.get().filter(due) else {
            return Ok(());
        };
        let what: String = what.split_whitespace().take(4).collect::<Vec<_>>().join(" ");
        if armed.how == How::Kill {
            worker::console_error!("{KILL}: {what}");
            loop {
                std::hint::spin_loop();
            }
        }
        SEEN.with_borrow_mut(|seen| seen.fired.get_or_insert(what).truncate(60));
        Err(error(armed.how)?)
    }

    /// As the platform throws it.
    fn error(how: How) -> Result<Error> {
        let (text, yes) = ("a fault that a test ordered", JsValue::TRUE);
        let thrown: JsValue = js_sys::Error::new(text).into();
        match how {
            How::Error | How::Kill => return Ok(Error::RustError(text.to_owned())),
            How::Retryable => {}
            How::Overloaded => drop(js_sys::Reflect::set(&thrown, &"overloaded".into(), &yes)?),
        }
        js_sys::Reflect::set(&thrown, &"retryable".into(), &yes)?;
        Ok(Error::from(thrown))
    }

    pub fn before(kind: Kind, what: &str) -> Result<u32> {
        let nth = count(kind, what);
        come(kind, nth, When::Before, what).map(|()| nth)
    }

    pub fn after(kind: Kind, nth: u32, what: &str) -> Result<()> {
        come(kind, nth, When::After, what)
    }

    pub async fn around<T, E: From<Error>>(
        kind: Kind,
        what: &str,
        work: impl Future<Output = Result<T, E>>,
    ) -> Result<T, E> {
        let nth = before(kind, what)?;
        let done = work.await;
        after(kind, nth, what)?;
        done
    }
}
