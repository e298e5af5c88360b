//! What webhooks are told, beside the calls.

use serde_json::Value;
use utoipa::{
    Modify, PartialSchema, ToSchema,
    openapi::{
        AllOfBuilder, Content, HttpMethod, ObjectBuilder, OpenApi, PathItem, PathsBuilder, Ref, RefOr, Required,
        ResponseBuilder, Type,
        path::{Operation, OperationBuilder, Parameter, ParameterBuilder, ParameterIn},
        request_body::RequestBodyBuilder,
        schema::Schema,
    },
};

use crate::{
    settings::WebhookEvent,
    time::Timestamp,
    webhook::{
        ConsentConfirmed, ConsentLapsed, ConsentRequested, ConsentWithdrawn, GatewayStopped, MessageDelivered,
        MessageFailed, OutboxParked, ReplyUnclear, RewardLow,
    },
};

const OPEN: &str = "Members, values and types may be added: pass over what you don't know, and answer 2xx.";

const HEADERS: [(&str, &str, Type); 3] = [
    ("webhook-id", "The same in each attempt and replay.", Type::String),
    ("webhook-timestamp", "Of this attempt, in seconds since 1970-01-01T00:00:00Z.", Type::Integer),
    (
        "webhook-signature",
        "By the webhook's secret, as Standard Webhooks say: `v1,` and the base64 of the HMAC-SHA256 of \
         `{webhook-id}.{webhook-timestamp}.{body}`.",
        Type::String,
    ),
];

const ANSWERS: [(&str, &str); 3] = [
    ("2XX", "It has arrived."),
    ("410", "Nobody is there any more: nothing is told until the settings change or a replay is asked for."),
    ("default", "Tried again, for three days. Redirects are not followed."),
];

/// Whom an event is about.
#[derive(ToSchema)]
struct WebhookSubject {
    /// As `POST /v1/subjects` gives it.
    subject: String,
    /// E.164. Only for a webhook with `include_number`; neither in a replay nor after an erasure.
    #[schema(required = false)]
    number: String,
}

/// What the owner calls whoever an event is about.
#[derive(ToSchema)]
struct ConsentReference {
    /// The owner's reference of the request, where it had one. After an erasure only the event that tells of it has
    /// one; a replay has none.
    #[schema(required = false)]
    reference: String,
}

/// Adds them to the description.
pub(super) struct Webhooks;

impl Modify for Webhooks {
    fn modify(&self, api: &mut OpenApi) {
        let events = [
            Event::about_consent::<ConsentRequested>(WebhookEvent::ConsentRequested),
            Event::about_consent::<ConsentConfirmed>(WebhookEvent::ConsentConfirmed),
            Event::about_consent::<ConsentWithdrawn>(WebhookEvent::ConsentWithdrawn),
            Event::about_consent::<ConsentLapsed>(WebhookEvent::ConsentLapsed),
            Event::about_somebody::<MessageDelivered>(WebhookEvent::MessageDelivered),
            Event::about_somebody::<MessageFailed>(WebhookEvent::MessageFailed),
            Event::about_somebody::<ReplyUnclear>(WebhookEvent::ReplyUnclear),
            Event::of::<RewardLow>(WebhookEvent::RewardLow),
            Event::about_somebody::<OutboxParked>(WebhookEvent::OutboxParked),
            Event::of::<GatewayStopped>(WebhookEvent::GatewayStopped),
        ];
        let schemas = &mut api.components.get_or_insert_default().schemas;
        schemas.extend([
            (WebhookSubject::name().into_owned(), WebhookSubject::schema()),
            (ConsentReference::name().into_owned(), ConsentReference::schema()),
        ]);
        let mut paths = PathsBuilder::new();
        for event in events {
            let post = event.operation();
            schemas.extend(event.schemas);
            paths = paths.path(event.kind, PathItem::new(HttpMethod::Post, post));
        }
        api.webhooks = Some(paths.build());
    }
}

struct Event {
    kind: String,
    /// What the payload's own description says.
    summary: Option<String>,
    data: RefOr<Schema>,
    /// What `data` names.
    schemas: Vec<(String, RefOr<Schema>)>,
}

impl Event {
    fn of<T: ToSchema>(kind: WebhookEvent) -> Self {
        let schema = T::schema();
        let summary = match &schema {
            RefOr::T(Schema::Object(object)) => object.description.clone(),
            _ => None,
        };
        let mut schemas = vec![(T::name().into_owned(), schema)];
        T::schemas(&mut schemas);
        let kind = serde_json::to_value(kind).ok().as_ref().and_then(Value::as_str).unwrap_or_default().to_owned();
        Self { kind, summary, data: Ref::from_schema_name(T::name()).into(), schemas }
    }

    fn about_somebody<T: ToSchema>(kind: WebhookEvent) -> Self {
        let event = Self::of::<T>(kind);
        let data = AllOfBuilder::new().item(event.data).item(Ref::from_schema_name(WebhookSubject::name()));
        Self { data: data.into(), ..event }
    }

    fn about_consent<T: ToSchema>(kind: WebhookEvent) -> Self {
        let event = Self::of::<T>(kind);
        let beside = [WebhookSubject::name(), ConsentReference::name()].map(Ref::from_schema_name);
        let data = beside.into_iter().fold(AllOfBuilder::new().item(event.data), AllOfBuilder::item);
        Self { data: data.into(), ..event }
    }

    fn operation(&self) -> Operation {
        let kind = ObjectBuilder::new().schema_type(Type::String).enum_values(Some([self.kind.clone()]));
        let body = ObjectBuilder::new()
            .property("type", kind)
            .required("type")
            .property("timestamp", Ref::from_schema_name(Timestamp::name()))
            .required("timestamp")
            .property("data", self.data.clone())
            .required("data");
        let body = RequestBodyBuilder::new()
            .content("application/json", Content::new(Some(body)))
            .required(Some(Required::True))
            .build();
        let answers = ANSWERS.map(|(status, what)| (status, ResponseBuilder::new().description(what)));
        OperationBuilder::new()
            .summary(self.summary.clone())
            .description(Some(OPEN))
            .parameters(Some(HEADERS.map(header)))
            .request_body(Some(body))
            .responses(answers.into_iter().collect::<utoipa::openapi::Responses>())
            .build()
    }
}

fn header((name, what, kind): (&str, &str, Type)) -> Parameter {
    ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Header)
        .required(Required::True)
        .description(Some(what))
        .schema(Some(ObjectBuilder::new().schema_type(kind)))
        .build()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::json;

    use super::*;
    use crate::webhook::samples;

    fn document() -> Value {
        crate::openapi::document()
    }

    /// The names of all members that a schema has, or must have.
    fn members(document: &Value, schema: &Value, list: impl Fn(&Value) -> Vec<String> + Copy) -> BTreeSet<String> {
        if let Some(reference) = schema["$ref"].as_str() {
            let schema = document.pointer(reference.trim_start_matches('#')).unwrap();
            return members(document, schema, list);
        }
        let parts = schema["allOf"].as_array().into_iter().flatten();
        parts.flat_map(|part| members(document, part, list)).chain(list(schema)).collect()
    }

    fn properties(schema: &Value) -> Vec<String> {
        schema["properties"].as_object().into_iter().flatten().map(|(name, _)| name.clone()).collect()
    }

    fn required(schema: &Value) -> Vec<String> {
        let names = schema["required"].as_array().into_iter().flatten();
        names.map(|name| name.as_str().unwrap().to_owned()).collect()
    }

    #[test]
    fn each_webhook_event_is_described() {
        let document = document();
        let described: BTreeSet<_> = document["webhooks"].as_object().unwrap().keys().map(String::as_str).collect();
        let kinds = document["components"]["schemas"]["WebhookEvent"]["enum"].as_array().unwrap();
        assert_eq!(described, kinds.iter().map(|kind| kind.as_str().unwrap()).collect());
    }

    #[test]
    fn a_webhook_payload_has_what_is_described() {
        let document = document();
        let mut told = BTreeSet::new();
        for (payload, _) in samples() {
            let kind = serde_json::to_value(payload.kind()).unwrap();
            let post = &document["webhooks"][kind.as_str().unwrap()]["post"];
            let body = &post["requestBody"]["content"]["application/json"]["schema"];
            assert_eq!(body["properties"]["type"]["enum"], json!([kind]));
            let mut expected: BTreeSet<_> = payload.data().unwrap().into_iter().map(|(name, _)| name).collect();
            let about_somebody = !matches!(payload.kind(), WebhookEvent::RewardLow | WebhookEvent::GatewayStopped);
            if about_somebody {
                expected.insert("subject".to_owned());
            }
            let data = &body["properties"]["data"];
            assert_eq!(members(&document, data, required), expected, "{kind}");
            if about_somebody {
                expected.insert("number".to_owned());
            }
            if payload.is_of_consent() {
                expected.insert("reference".to_owned());
            }
            assert_eq!(members(&document, data, properties), expected, "{kind}");
            told.insert(kind.as_str().unwrap().to_owned());
        }
        assert_eq!(told.len(), document["webhooks"].as_object().unwrap().len());
    }
}
