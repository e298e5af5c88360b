//! How much work a reading takes, for the tests: steps, not time.

#[cfg(test)]
thread_local! {
    static STEPS: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// Notes steps.
#[cfg_attr(not(test), expect(clippy::missing_const_for_fn, reason = "it counts in the tests"))]
pub fn done(steps: usize) {
    #[cfg(test)]
    STEPS.set(STEPS.get() + steps);
    #[cfg(not(test))]
    let _ = steps;
}

/// The steps that something takes.
#[cfg(test)]
pub fn of(act: impl FnOnce()) -> usize {
    STEPS.set(0);
    act();
    STEPS.get()
}
