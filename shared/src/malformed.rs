//! A JSON body, and where it is not what a call takes.

use serde::de::DeserializeOwned;

use crate::wire::FieldError;

/// Why a body can't be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Malformed {
    /// It is no JSON object at all.
    Body(String),
    /// Something in it is not what the call takes.
    Field(FieldError),
}

/// Reads the body of a call, which is always an object.
///
/// # Errors
/// It is none, or none that the call takes.
pub fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Malformed> {
    let text = std::str::from_utf8(body).map_err(|error| Malformed::Body(error.to_string()))?;
    // Serde would also take an array of an object's members.
    if text.trim_start().starts_with('[') {
        return Err(Malformed::Body("give an object".to_owned()));
    }
    serde_json::from_str(text).map_err(|error| match field_error(text, &error) {
        Some(error) => Malformed::Field(error),
        None => Malformed::Body(error.to_string()),
    })
}

/// The field at which `body` is not what was wanted; none where it is no JSON at all.
fn field_error(body: &str, error: &serde_json::Error) -> Option<FieldError> {
    if error.classify() != serde_json::error::Category::Data {
        return None;
    }
    let why = explained(error);
    let mut read = offset(body, error);
    let named = |begin: &str| why.strip_prefix(begin).and_then(|rest| rest.split('`').next());
    let missing = named("missing field `");
    let reason = if missing.is_some() {
        "missing"
    } else if why.starts_with("unknown field") {
        "unknown_field"
    } else if why.starts_with("duplicate field") {
        "twice"
    } else if why.starts_with("invalid type") {
        "type"
    } else {
        // What refuses a value that could be read gets its place from what surrounds it: if it was the last, from
        // behind that one's end.
        let before = read.saturating_sub(1);
        if body.as_bytes().get(before).is_some_and(|last| matches!(last, b'}' | b']')) {
            read = before;
        }
        "value"
    };
    let place = place_at(body, read);
    let place = missing.map_or_else(|| place.clone(), |missing| member(&place, missing));
    let of = if place.is_empty() { "The body".to_owned() } else { format!("`{place}`") };
    Some(FieldError { field: place, reason: reason.to_owned(), detail: format!("{of}: {why}.") })
}

/// The error without its place, which bytes of a line name.
fn explained(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.rsplit_once(" at line ").map_or(text.as_str(), |(why, _)| why).to_owned()
}

/// So many bytes were read.
fn offset(body: &str, error: &serde_json::Error) -> usize {
    let before: usize = body.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    before.saturating_add(error.column())
}

fn member(place: &str, name: &str) -> String {
    if place.is_empty() { name.to_owned() } else { format!("{place}.{name}") }
}

enum Level {
    Object(Option<String>),
    /// The place of an element, once one has begun.
    Array(usize, bool),
}

/// The value within which so many bytes of a JSON text end, such as `recipients[3].values`.
fn place_at(body: &str, read: usize) -> String {
    let read = body.get(..read).unwrap_or(body);
    let mut levels = Vec::new();
    let mut rest = read;
    while let Some(next) = rest.chars().next() {
        rest = rest.get(next.len_utf8()..).unwrap_or_default();
        match next {
            ' ' | '\n' | '\r' | '\t' | ':' => {}
            '}' | ']' => {
                levels.pop();
            }
            ',' => match levels.last_mut() {
                Some(Level::Object(key)) => *key = None,
                Some(Level::Array(at, begun)) => (*at, *begun) = (at.saturating_add(1), false),
                None => {}
            },
            other => {
                let text = (other == '"').then(|| take_text(&mut rest));
                match (levels.last_mut(), text) {
                    (Some(Level::Object(key @ None)), Some(text)) => *key = Some(text),
                    (Some(Level::Array(_, begun)), _) => *begun = true,
                    _ => {}
                }
                match other {
                    '{' => levels.push(Level::Object(None)),
                    '[' => levels.push(Level::Array(0, false)),
                    _ => {}
                }
            }
        }
    }
    levels.iter().fold(String::new(), |place, level| match level {
        Level::Object(Some(key)) => member(&place, key),
        Level::Array(at, true) => format!("{place}[{at}]"),
        Level::Object(None) | Level::Array(_, false) => place,
    })
}

/// A text whose opening mark was read.
fn take_text(rest: &mut &str) -> String {
    let mut escaped = false;
    let end = rest.find(|c| match c {
        _ if escaped => {
            escaped = false;
            false
        }
        '\\' => {
            escaped = true;
            false
        }
        c => c == '"',
    });
    let (text, after) =
        end.and_then(|end| Some((rest.get(..end)?, rest.get(end.saturating_add(1)..)?))).unwrap_or((rest, ""));
    *rest = after;
    serde_json::from_str(&format!("\"{text}\"")).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;
    use crate::{form::FormDraft, wire::BatchRequest};

    fn batch() -> Value {
        json!({
            "purpose": "marketing", "text": "Hi, {name}: [x]", "recipients": [
                { "number": "+4917604069001", "values": { "name": "A \"B\" {C}" } },
                { "subject": "x", "reference": "K-1" },
            ],
        })
    }

    fn wrong(body: &str) -> (String, String) {
        let error = serde_json::from_str::<BatchRequest>(body).unwrap_err();
        let error = field_error(body, &error).unwrap();
        assert!(error.detail.len() > 10 && !error.detail.contains(" at line"), "{error:?}");
        (error.field, error.reason)
    }

    #[test]
    fn the_field_is_named_wherever_it_is() {
        for (pointer, value, field, reason) in [
            ("/purpose", json!("Ä"), "purpose", "value"),
            ("/purpose", json!(5), "purpose", "type"),
            ("/text", json!(null), "text", "type"),
            ("/text", json!({ "a": 1 }), "text", "type"),
            ("/text", json!([1]), "text", "type"),
            ("/recipients", json!("x"), "recipients", "type"),
            ("/recipients/0", json!(7), "recipients[0]", "type"),
            ("/recipients/1", json!({ "nummer": "x" }), "recipients[1].nummer", "unknown_field"),
            ("/recipients/0/values/name", json!(7), "recipients[0].values.name", "type"),
            ("/recipients/1/reference", json!(7), "recipients[1].reference", "type"),
        ] {
            let mut body = batch();
            *body.pointer_mut(pointer).unwrap() = value;
            for body in [body.to_string(), serde_json::to_string_pretty(&body).unwrap()] {
                assert_eq!(wrong(&body), (field.to_owned(), reason.to_owned()), "{body}");
            }
        }
        assert_eq!(wrong("{}"), ("purpose".to_owned(), "missing".to_owned()));
        assert_eq!(wrong(r#"{ "text": "a", "purpose": "Ä" }"#), ("purpose".to_owned(), "value".to_owned()));
        let body = r#"{ "purposes": ["a", "Ä"], "sender": "x" }"#;
        let error = serde_json::from_str::<FormDraft>(body).unwrap_err();
        assert_eq!(field_error(body, &error).unwrap().field, "purposes[1]");
        assert_eq!(wrong("[]").0, "");
        assert_eq!(wrong(r#"{"text":"a","text":"b"}"#), ("text".to_owned(), "twice".to_owned()));
        assert_eq!(wrong(r#"{"text":"a","rec\u0069pient":"b"}"#), ("recipient".to_owned(), "unknown_field".to_owned()));
    }

    #[test]
    fn what_is_missing_within_something_is_named_with_it() {
        let body = r#"{ "keywords": [{ "word": "FARN" }, { "lang": "de" }] }"#;
        let error = serde_json::from_str::<FormDraft>(body).unwrap_err();
        assert_eq!(field_error(body, &error).unwrap().field, "keywords[1].word");
    }

    #[test]
    fn what_is_no_json_has_no_field() {
        for body in ["", "{", "{\"text\":", "no"] {
            let error = serde_json::from_str::<BatchRequest>(body).unwrap_err();
            assert_eq!(field_error(body, &error).map(|error| error.field), None, "{body}");
        }
    }

    proptest! {
        #[test]
        fn any_text_has_a_place_or_none(body in ".*", read: usize) {
            place_at(&body, read);
            place_at(&body, read % 50);
        }
    }
}
