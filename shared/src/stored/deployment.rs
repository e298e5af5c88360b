use super::{Stored, Upgrade};
use crate::deployment::Marker;

impl Stored for Marker {
    const NAME: &'static str = "marker of a deploy";
    const UPGRADES: &'static [Upgrade] = &[];
}
