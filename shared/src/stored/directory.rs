use serde::{Deserialize, Serialize};

use super::{Stored, Upgrade};
use crate::{
    directory::{ConsentInForce, ExportRow, Listing, Sweep},
    key_ring::SealedBy,
};

/// A consent in force in KV: a [`ConsentInForce`] under the `export` key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SealedConsent(pub SealedBy);

impl Stored for SealedConsent {
    const NAME: &'static str = "consent in KV";
    /// Formats 1 and 2 were a whole chain under the person's own key, which nothing reads: the sweep replaces them.
    const UPGRADES: &'static [Upgrade] = &[Upgrade::Same, Upgrade::Same];
}

impl Stored for ConsentInForce {
    const NAME: &'static str = "consent in force";
    /// Format 2 has the reference.
    const UPGRADES: &'static [Upgrade] = &[Upgrade::Same];
}

impl Stored for ExportRow {
    const NAME: &'static str = "row for exports";
    /// Format 2 has the references.
    const UPGRADES: &'static [Upgrade] = &[Upgrade::Same];
}

impl Stored for Listing {
    const NAME: &'static str = "listing";
    /// Format 2 has the replies that wait for a human.
    const UPGRADES: &'static [Upgrade] = &[Upgrade::Same];
}

impl Stored for Sweep {
    const NAME: &'static str = "sweep";
    const UPGRADES: &'static [Upgrade] = &[];
}
