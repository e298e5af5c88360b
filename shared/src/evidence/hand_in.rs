use serde::{Deserialize, Serialize};

use crate::actor::Actor;

/// A request that another system of the owner's took. The edge saw nothing of it: what stands in the request is what
/// the owner says that the system showed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HandedIn {
    /// Who handed it in.
    pub actor: Actor,
    /// Where the number was given.
    pub channel: HandInChannel,
    /// By whose word the text and its boxes were shown.
    pub shown: Witness,
}

impl HandedIn {
    pub const fn new(actor: Actor, channel: HandInChannel) -> Self {
        Self { actor, channel, shown: Witness::Owner }
    }
}

/// Whose word something rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Witness {
    /// The owner says so; the edge has not seen it.
    Owner,
}

/// Where a number was given that the owner hands in. The confirmation SMS says it (L22).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum HandInChannel {
    /// In the checkout of a shop.
    Checkout,
    /// In a booking system.
    Booking,
    /// At the till.
    Till,
    /// On a paper form.
    Paper,
    /// By phone.
    Phone,
    /// Elsewhere.
    Other,
}

impl HandInChannel {
    pub const ALL: [Self; 6] = [Self::Checkout, Self::Booking, Self::Till, Self::Paper, Self::Phone, Self::Other];
}
