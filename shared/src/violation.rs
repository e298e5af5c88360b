//! What a lint finds.

use serde::{Deserialize, Serialize};

/// A rule that settings, a form or a text break.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Violation {
    /// Where.
    pub field: String,
    /// The rule's stable name.
    pub rule: String,
    /// Why, and what to do.
    pub detail: String,
}

impl Violation {
    /// A violation of `rule` at `field`.
    pub fn new(field: impl Into<String>, rule: &str, detail: impl Into<String>) -> Self {
        Self { field: field.into(), rule: rule.to_owned(), detail: detail.into() }
    }
}
