//! Mobile numbers: what people type, and the one set of rules that the edge and the browser read it by.
//!
//! The rules come from Google's metadata at build time (`build.rs`). They are data: patterns, run by
//! whatever regular expression engine is at hand ([`PatternEngine`]). A number is a mobile number of a
//! country where its national part matches that country's mobile pattern in full, which is what
//! Google's library calls `MOBILE` or `FIXED_LINE_OR_MOBILE`.

mod country;
mod engine;
mod number;
mod rules;
mod typed;

#[cfg(all(test, feature = "all-regions", feature = "regex"))]
mod behaviour;

pub use country::{Country, CountryError};
#[cfg(feature = "regex")]
pub use engine::RegexLite;
pub use engine::{PatternEngine, Start};
#[cfg(feature = "all-regions")]
pub use number::parse_for;
pub use number::{MobileNumber, NumberError, parse};
pub use rules::CountryRules;
#[cfg(feature = "all-regions")]
pub use rules::{all_rules, rules_for, rules_of};
