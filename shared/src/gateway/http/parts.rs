use serde_json::Value;

use super::{
    super::{
        call,
        decode::{self, Charset},
        inbound::{BadInbound, InboundCall},
    },
    description::{BodyFormat, When},
    place::{Place, Spot},
};

/// A webhook, taken apart.
pub(super) struct Parts<'a> {
    call: &'a InboundCall<'a>,
    json: Value,
    form: Vec<(String, String)>,
    charset: Option<Charset>,
}

impl<'a> Parts<'a> {
    pub(super) fn of(
        call: &'a InboundCall<'a>,
        format: BodyFormat,
        charset: Option<Charset>,
    ) -> Result<Self, BadInbound> {
        let charset = charset.or_else(|| call.charset());
        let (json, form) = match format {
            BodyFormat::Json => (call.json_in(charset)?, Vec::new()),
            BodyFormat::Form => (Value::Null, decode::pairs(call.body, charset)),
        };
        Ok(Self { call, json, form, charset })
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
            Spot::Query(name) => self.call.query_in(name, self.charset),
            Spot::Field(name) => self.form.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone()),
        }
    }
}
