//! Whether this deploy goes on with what the one before it left. An object's identity holds its jurisdiction, and a
//! number's place the generations of the `index` key: a deploy that lacks one opens an empty world, in which nobody
//! ever said STOP. So a deploy says where it answers and where its objects are, notes it beside what it stores
//! ([`Marker`]), and does nothing at all where it differs.

mod configuration;
mod marker;
#[cfg(test)]
mod tests;

pub use configuration::{Build, Configuration, Jurisdiction, Origin, is_placeholder};
pub use marker::{Fingerprint, Found, Generations, Here, Marker, Rings, Verdict, World, unsure};

use serde::{Deserialize, Serialize};

/// What is wrong with a deploy, as `GET /healthz` names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeployTrouble {
    pub what: DeployFault,
    /// What to do about it, in a sentence.
    pub detail: String,
}

/// What can be wrong with a deploy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DeployFault {
    /// `JAWORT_ORIGIN` is missing or no origin.
    Origin,
    /// `JAWORT_JURISDICTION` is missing or unknown.
    Jurisdiction,
    /// An entry of `JAWORT_FORMER_ORIGINS` is no origin.
    FormerOrigins,
    /// A secret of the edge's own is missing or malformed.
    Secret,
    /// The objects are in another jurisdiction.
    AnotherJurisdiction,
    /// KV has published settings, and the registry of this jurisdiction has none.
    EmptyWorld,
    /// The `index` ring lacks a generation under which people are stored.
    MissingGeneration,
    /// A generation of the `index` ring has another key than people are stored under.
    ChangedGeneration,
    /// Neither KV nor the registry could be asked.
    Unsure,
    /// SMS that were sent link to an origin that the configuration doesn't name any more. The edge works.
    FormerOrigin,
}

impl DeployFault {
    /// Whether the edge does nothing at all.
    pub const fn stops(self) -> bool {
        !matches!(self, Self::FormerOrigin)
    }

    pub fn because(self, detail: impl Into<String>) -> DeployTrouble {
        DeployTrouble { what: self, detail: detail.into() }
    }
}
