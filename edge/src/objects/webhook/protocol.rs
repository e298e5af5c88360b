use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use shared::{
    actor::Actor,
    ids::WebhookId,
    key_ring::SealedBy,
    settings::{self, WebhookEvent},
    time::Timestamp,
    wire::WebhookError,
};

use crate::platform::object::protocol;

protocol! {
    commands {
        Deliver {
            webhook: WebhookId,
            event: Box<Event>,
        } -> ();
        /// Delivers what was delivered or given up before once more, and says how many events that are. A disabled
        /// webhook is tried again.
        Replay {
            from: Timestamp,
            /// Those before this.
            until: Option<Timestamp>,
            /// Those about this subject only.
            subject: Option<String>,
            actor: Actor,
        } -> u32;
    }
    queries {
        ReadHealth {} -> Health;
    }
}

#[derive(Serialize, Deserialize)]
pub struct Event {
    /// Its id, the same over all retries and replays: whoever tells of it twice tells it once.
    pub id: String,
    pub kind: WebhookEvent,
    pub time: Timestamp,
    /// Whom or what it is about; what is about the same subject arrives in order.
    pub subject: String,
    /// What else a webhook is told. Neither number nor reference stands in it.
    pub data: Map<String, Value>,
    /// The number, E.164, for the webhooks that ask for it.
    pub number: Option<String>,
    /// The owner's reference, sealed from its order to its delivery.
    pub reference: Option<SealedBy>,
}

/// How a share of a webhook fares.
#[derive(Default, Serialize, Deserialize)]
pub struct Health {
    pub waiting: u32,
    /// Events given up.
    pub failed: u32,
    /// Under which settings the webhook answered 410.
    pub disabled: Option<settings::Webhook>,
    pub missing_secret: bool,
    pub last_error: Option<WebhookError>,
}
