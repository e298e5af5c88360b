use serde::{Deserialize, Serialize};

use crate::{actor::Actor, time::Timestamp};

/// `POST /v1/pause`: stops all SMS but the acknowledgements of a STOP, or ends that. Without a body it stops them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PauseRequest {
    /// Whether they are stopped from now on.
    pub paused: bool,
}

/// The answer to it, and `GET /v1/pause`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PauseAnswer {
    /// Whether all SMS but acknowledgements are stopped.
    pub paused: bool,
    /// Since when it is so; null where nothing was ever paused.
    #[cfg_attr(feature = "openapi", schema(required = true))]
    pub since: Option<Timestamp>,
    /// By whom.
    #[cfg_attr(feature = "openapi", schema(required = true))]
    pub by: Option<Actor>,
}
