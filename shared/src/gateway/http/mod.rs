//! Any provider with an HTTP interface, by a description that the owner writes. `docs/gateways.md` has examples.

mod description;
mod lint;
mod parts;
mod place;
mod read;
mod send;
#[cfg(test)]
mod tests;
mod verify;

pub use description::*;
pub use place::{Place, PlaceError};
pub use verify::{Algorithm, SignatureEncoding, Verify};
