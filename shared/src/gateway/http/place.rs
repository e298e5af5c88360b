use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    super::{BadInbound, InboundCall, call},
    BodyFormat, When,
};

/// Where a value stands: `/messages/0/id` in JSON (a pointer, RFC 6901), `?ref` in the address's query, `MessageSid` in
/// a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(try_from = "String")]
pub struct Place(String);

/// A place, by kind.
pub(super) enum Spot<'a> {
    /// A pointer into JSON.
    Pointer(&'a str),
    /// A parameter of the query.
    Query(&'a str),
    /// A field of a form.
    Field(&'a str),
}

/// Why a text is no place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "a place is a JSON pointer such as /messages/0/id, a query parameter such as ?ref, or the name of a form's field"
)]
pub struct PlaceError;

impl TryFrom<String> for Place {
    type Error = PlaceError;
    fn try_from(text: String) -> Result<Self, PlaceError> {
        (!text.is_empty() && text != "?").then_some(Self(text)).ok_or(PlaceError)
    }
}

impl Place {
    pub(super) fn spot(&self) -> Spot<'_> {
        match self.0.strip_prefix('?') {
            Some(name) => Spot::Query(name),
            None if self.0.starts_with('/') => Spot::Pointer(&self.0),
            None => Spot::Field(&self.0),
        }
    }
}

/// A webhook, taken apart.
pub(super) struct Parts<'a> {
    call: &'a InboundCall<'a>,
    json: Value,
    form: Vec<(String, String)>,
}

impl<'a> Parts<'a> {
    pub(super) fn of(call: &'a InboundCall<'a>, format: BodyFormat) -> Result<Self, BadInbound> {
        let (json, form) = match format {
            BodyFormat::Json => (call.json()?, Vec::new()),
            BodyFormat::Form => (Value::Null, form_urlencoded::parse(call.body).into_owned().collect()),
        };
        Ok(Self { call, json, form })
    }

    /// Whether it is of the kind that is meant.
    pub(super) fn are(&self, when: Option<&When>) -> bool {
        when.is_none_or(|when| self.get(&when.at).is_some_and(|value| value == when.is))
    }

    /// The text or number there; an empty text is one too.
    pub(super) fn get(&self, place: &Place) -> Option<String> {
        match place.spot() {
            Spot::Pointer(pointer) => match self.json.pointer(pointer)? {
                Value::String(text) => Some(text.clone()),
                other => call::text_of(other),
            },
            Spot::Query(name) => self.call.query(name),
            Spot::Field(name) => self.form.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone()),
        }
    }
}
