use serde::{Deserialize, Serialize};

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
