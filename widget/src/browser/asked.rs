use std::cell::{Cell, RefCell};

use shared::{subject::Again, time::Span};

use super::js;

/// What was asked for last, as far as this page knows.
#[derive(Default)]
pub struct Asked {
    /// With which number, however it is spelled.
    number: RefCell<String>,
    times: Cell<u8>,
    /// When that was answered, by [`js::clock`].
    at: Cell<f64>,
}

impl Asked {
    /// What can be offered for the same number.
    pub fn offered(&self) -> Again {
        Again::offered(self.times.get(), Span::millis((js::clock() - self.at.get()) as i64))
    }

    /// Whether that was with this number.
    pub fn was(&self, number: &str) -> bool {
        *self.number.borrow() == number
    }

    /// Notes what was answered now.
    pub fn note(&self, number: String, times: u8) {
        self.number.replace(number);
        self.times.set(times);
        self.at.set(js::clock());
    }

    /// How often it was asked for with that number, this time included.
    pub fn times(&self, same: bool) -> u8 {
        if same { self.times.get().saturating_add(1) } else { 1 }
    }
}
