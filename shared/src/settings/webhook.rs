use serde::{Deserialize, Serialize};

use crate::ids::WebhookId;

/// A program of the owner's that is told what happens, by the Standard Webhooks specification. It is signed with the
/// secret `JAWORT_WEBHOOK_{ID}_SECRET`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Webhook {
    /// Its name.
    pub id: WebhookId,
    /// Its address, with `https://` and a host name.
    pub url: String,
    /// What it is told; everything by default.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<WebhookEvent>,
    /// Whether it is told the number too.
    #[serde(default)]
    pub include_number: bool,
}

/// So many webhooks at the most: a person's object tells each of them by a request, of which the platform's free
/// plan allows 50 at once.
pub(super) const MOST: usize = 5;

impl Webhook {
    /// The name of the secret that signs for it: `whsec_` and base64, as the specification writes it.
    pub fn secret_name(&self) -> String {
        format!("JAWORT_WEBHOOK_{}_SECRET", self.id).to_ascii_uppercase().replace('-', "_")
    }

    /// Whether it wants to be told of that.
    pub fn wants(&self, event: WebhookEvent) -> bool {
        self.events.is_empty() || self.events.contains(&event)
    }
}

/// What a webhook can be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum WebhookEvent {
    /// A request waits for its confirmation.
    #[serde(rename = "consent.requested")]
    ConsentRequested,
    /// Consent was given.
    #[serde(rename = "consent.confirmed")]
    ConsentConfirmed,
    /// Consent was taken back, objected to, erased or suspended.
    #[serde(rename = "consent.withdrawn")]
    ConsentWithdrawn,
    /// Consent lapsed.
    #[serde(rename = "consent.lapsed")]
    ConsentLapsed,
    /// A message reached the handset.
    #[serde(rename = "message.delivered")]
    MessageDelivered,
    /// A message never will.
    #[serde(rename = "message.failed")]
    MessageFailed,
    /// A person wrote what no program understands, and a human must read it.
    #[serde(rename = "reply.unclear")]
    ReplyUnclear,
    /// The codes of a reward run out.
    #[serde(rename = "reward.low")]
    RewardLow,
    /// Something that was to leave could not in several attempts.
    #[serde(rename = "outbox.parked")]
    OutboxParked,
    /// SMS wait at a gateway, since its provider doesn't take them or its budget is used up.
    #[serde(rename = "gateway.stopped")]
    GatewayStopped,
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::{
        address::Reach,
        settings::{Platform, Settings},
    };

    fn settings(webhooks: Value) -> Settings {
        serde_json::from_value(json!({
            "controller": {
                "name": "Blattwerk",
                "address": "Hauptstraße 1, 10115 Berlin",
                "email": "hallo@blattwerk.example",
                "imprint_url": "https://blattwerk.example/impressum",
                "privacy_url": "https://blattwerk.example/datenschutz",
            },
            "purposes": [],
            "senders": [],
            "webhooks": webhooks,
        }))
        .unwrap()
    }

    fn broken(webhooks: Value) -> Vec<(String, String)> {
        let found = settings(webhooks).lint(None, &Platform { reach: Reach::Internet, knows_zone: &|_| true });
        found.into_iter().map(|violation| (violation.field, violation.rule)).collect()
    }

    #[test]
    fn a_webhook_leads_to_the_internet_under_an_id_of_its_own() {
        let shop = json!({ "id": "shop", "url": "https://hooks.example.de/in" });
        assert_eq!(broken(json!([shop])), []);
        assert_eq!(broken(json!([shop, shop])), [("webhooks[1].id".to_owned(), "unique".to_owned())]);
        let inside = json!({ "id": "shop", "url": "https://127.0.0.1/" });
        assert_eq!(broken(json!([inside])), [("webhooks[0].url".to_owned(), "url".to_owned())]);
        let many: Vec<_> =
            (0..6).map(|n| json!({ "id": format!("shop-{n}"), "url": "https://hooks.example.de/in" })).collect();
        assert_eq!(broken(json!(many)), [("webhooks".to_owned(), "count".to_owned())]);
    }

    #[test]
    fn a_secret_is_named_after_its_webhook() {
        let settings = settings(json!([{ "id": "shop-2", "url": "https://hooks.example.de/in" }]));
        assert_eq!(settings.webhooks[0].secret_name(), "JAWORT_WEBHOOK_SHOP_2_SECRET");
    }
}
