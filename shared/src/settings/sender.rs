use serde::{Deserialize, Serialize};

use crate::ids::{GatewayId, PurposeId, SenderId};

/// What an SMS comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Sender {
    /// Its name in forms.
    pub id: SenderId,
    /// A name of at most 11 characters, an E.164 number, or a short code.
    pub from: String,
    /// Whether people can reply to it. A name can't be replied to.
    pub receives: bool,
    /// The gateway that sends for it: one of the settings', or `simulator`.
    pub gateway: GatewayId,
    /// The gateway that sends where the first one surely can't: out of credit, credentials refused, SMS refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fallback: Option<GatewayId>,
    /// The purposes that it serves; all of them by default. A STOP to it ends these.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purposes: Option<Vec<PurposeId>>,
}

impl Sender {
    /// Whether a gateway sends for it, be it as the fallback: SMS to it may come in by either.
    pub fn is_by(&self, gateway: &GatewayId) -> bool {
        self.gateway == *gateway || self.fallback.as_ref() == Some(gateway)
    }

    /// Whether SMS of that purpose come from it.
    pub fn serves(&self, purpose: &PurposeId) -> bool {
        self.purposes.as_ref().is_none_or(|served| served.contains(purpose))
    }
}
