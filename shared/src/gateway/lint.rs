//! What is wrong with a gateway's settings.

use crate::{
    address::{Reach, callable},
    pace::Limits,
    violation::Violation,
};

/// The violations found so far, and who asks.
pub(super) struct Lint {
    reach: Reach,
    pub(super) found: Vec<Violation>,
}

impl Lint {
    pub(super) fn new(reach: Reach) -> Self {
        Self { reach, found: Vec::new() }
    }

    pub(super) fn push(&mut self, field: &str, rule: &str, detail: impl Into<String>) {
        self.found.push(Violation::new(field, rule, detail));
    }

    /// An address, with its host in full.
    pub(super) fn url(&mut self, field: &str, url: &str) {
        if let Err(detail) = callable(url, self.reach) {
            self.push(field, "host", detail);
        }
    }

    /// How many SMS it may be asked to send. No fractions: one a second is slow enough for every
    /// provider here.
    pub(super) fn limits(&mut self, limits: Limits) {
        if !(1..=Limits::MOST_PER_SECOND).contains(&limits.per_second) {
            self.push("per_second", "range", format!("A gateway sends 1 to {} SMS a second.", Limits::MOST_PER_SECOND));
        }
        if limits.per_day == 0 {
            self.push("per_day", "range", "At least one part a day. `POST /v1/pause` stops everything.");
        }
    }

    /// The provider's host, if it is another than usual.
    pub(super) fn base_url(&mut self, url: Option<&str>) {
        let Some(url) = url else { return };
        self.url("base_url", url);
        if url.ends_with('/') || url.contains('?') {
            self.push("base_url", "host", "The address of the host ends without a slash and has no query.");
        }
    }
}

/// Whether a text is that prefix and so many hexadecimal digits.
pub(super) fn lint_token(text: &str, prefix: &str, digits: usize) -> bool {
    text.strip_prefix(prefix).is_some_and(|rest| rest.len() == digits && rest.bytes().all(|b| b.is_ascii_hexdigit()))
}
