//! What stands in an address after the question mark, for calls that take certain parameters and no others.

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{self, DeserializeOwned, DeserializeSeed, MapAccess, Visitor, value::StrDeserializer},
    forward_to_deserialize_any,
};

use crate::wire::FieldError;

/// Reads exactly the parameters that `T` has, each at most once.
///
/// # Errors
/// The first one that is unknown, stands there twice, is missing, or whose value can't be read.
pub fn strict<T: DeserializeOwned>(query: &str) -> Result<T, FieldError> {
    read(query, Others::Refused).map_err(|BadQuery { field, reason, detail }| FieldError {
        field,
        reason: reason.to_owned(),
        detail,
    })
}

/// Reads what is known of a page's address. Whoever shared or advertised it may have added anything: all else is left
/// out, and of what stands there twice the first counts.
pub fn lenient<T: DeserializeOwned + Default>(query: &str) -> T {
    read(query, Others::LeftOut).unwrap_or_default()
}

/// What becomes of parameters that can't be taken.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Others {
    Refused,
    LeftOut,
}

fn read<T: DeserializeOwned>(query: &str, others: Others) -> Result<T, BadQuery> {
    let pairs = form_urlencoded::parse(query.as_bytes()).map(|(name, value)| (name.into_owned(), value.into_owned()));
    T::deserialize(Query { pairs: pairs.collect(), others })
}

#[derive(Debug)]
struct BadQuery {
    field: String,
    reason: &'static str,
    detail: String,
}

impl fmt::Display for BadQuery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.detail)
    }
}

impl std::error::Error for BadQuery {}

impl de::Error for BadQuery {
    fn custom<T: fmt::Display>(why: T) -> Self {
        Self { field: String::new(), reason: "value", detail: why.to_string() }
    }

    fn missing_field(field: &'static str) -> Self {
        Self { field: field.to_owned(), reason: "missing", detail: format!("Give the parameter `{field}`.") }
    }
}

struct Query {
    pairs: Vec<(String, String)>,
    others: Others,
}

impl Query {
    /// The pairs that `known` names, each once.
    fn known(self, known: &[&str]) -> Result<Vec<(String, String)>, BadQuery> {
        let mut kept = Vec::<(String, String)>::new();
        for (field, value) in self.pairs {
            let twice = kept.iter().any(|(before, _)| *before == field);
            let (reason, detail) = if !known.contains(&field.as_str()) {
                ("unknown_parameter", unknown(&field, known))
            } else if twice {
                ("twice", format!("Give the parameter `{field}` once."))
            } else if value.contains(char::REPLACEMENT_CHARACTER) {
                ("value", format!("The value of `{field}` is no UTF-8."))
            } else {
                kept.push((field, value));
                continue;
            };
            if self.others == Others::Refused {
                return Err(BadQuery { field, reason, detail });
            }
        }
        Ok(kept)
    }
}

fn unknown(name: &str, known: &[&str]) -> String {
    if known.is_empty() {
        return format!("This call takes no parameters, and `{name}` is none.");
    }
    format!("There is no parameter `{name}`. Known here: `{}`.", known.join("`, `"))
}

impl<'de> Deserializer<'de> for Query {
    type Error = BadQuery;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, BadQuery> {
        self.deserialize_struct("", &[], visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, BadQuery> {
        visitor.visit_map(Pairs { left: self.known(fields)?.into_iter(), value: None })
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

struct Pairs {
    left: std::vec::IntoIter<(String, String)>,
    value: Option<(String, String)>,
}

impl<'de> MapAccess<'de> for Pairs {
    type Error = BadQuery;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, BadQuery> {
        let Some(pair) = self.left.next() else {
            return Ok(None);
        };
        let key = seed.deserialize(StrDeserializer::<BadQuery>::new(&pair.0));
        self.value = Some(pair);
        key.map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, BadQuery> {
        let (field, value) = self.value.take().unwrap_or_default();
        seed.deserialize(Text(value)).map_err(|why| BadQuery {
            detail: format!("The value of `{field}` can't be read: {}.", why.detail),
            field,
            ..why
        })
    }
}

/// A value: a text, or what stands in it.
struct Text(String);

impl<'de> Deserializer<'de> for Text {
    type Error = BadQuery;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, BadQuery> {
        visitor.visit_string(self.0)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, BadQuery> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, BadQuery> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, BadQuery> {
        match self.0.parse() {
            Ok(number) => visitor.visit_u32(number),
            Err(_) => Err(de::Error::custom("it is no whole number")),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, BadQuery> {
        match self.0.as_str() {
            "true" => visitor.visit_bool(true),
            "false" => visitor.visit_bool(false),
            _ => Err(de::Error::custom("it is neither true nor false")),
        }
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i64 i128 u8 u16 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// The parameters of a call that takes none.
#[derive(Debug, Default, PartialEq, Eq, Deserialize)]
pub struct NoParameters {}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::time::Day;

    #[derive(Debug, Default, PartialEq, Eq, Deserialize)]
    struct Asked {
        form: Option<String>,
        limit: Option<u32>,
        from: Option<Day>,
    }

    fn refused(query: &str) -> (String, String) {
        let error = strict::<Asked>(query).unwrap_err();
        assert!(error.detail.len() > 10, "{error:?}");
        (error.field, error.reason)
    }

    #[test]
    fn what_is_unknown_doubled_or_unreadable_is_refused_by_its_name() {
        for (query, field, reason) in [
            ("campaign=x", "campaign", "unknown_parameter"),
            ("form=a&Form=b", "Form", "unknown_parameter"),
            ("form=a&form=a", "form", "twice"),
            ("limit=abc", "limit", "value"),
            ("limit=", "limit", "value"),
            ("limit=-1", "limit", "value"),
            ("limit=4294967296", "limit", "value"),
            ("from=2026-13-01", "from", "value"),
            ("from=2026-1-1", "from", "value"),
            ("form=%FF", "form", "value"),
            ("=x", "", "unknown_parameter"),
        ] {
            assert_eq!(refused(query), (field.to_owned(), reason.to_owned()), "{query}");
        }
        let known = strict::<Asked>("campaign=x").unwrap_err().detail;
        assert!(known.contains("`form`, `limit`, `from`"), "{known}");
        assert_eq!(strict::<NoParameters>("a").unwrap_err().field, "a");
        assert_eq!(strict::<NoParameters>(""), Ok(NoParameters {}));
    }

    #[test]
    fn what_is_missing_is_named() {
        #[derive(Debug, Deserialize)]
        #[expect(dead_code, reason = "it is never read")]
        struct Needed {
            form: String,
        }
        let error = strict::<Needed>("").unwrap_err();
        assert_eq!((error.field.as_str(), error.reason.as_str()), ("form", "missing"));
    }

    proptest! {
        #[test]
        fn a_page_opens_with_whatever_stands_behind_its_address(query in ".*") {
            lenient::<Asked>(&query);
        }

        #[test]
        fn what_is_read_strictly_is_read_alike_leniently(form: String, limit: u32, more in "utm_[a-z]{1,5}=[a-z]*") {
            let query: String =
                form_urlencoded::Serializer::new(String::new()).append_pair("form", &form).finish() + &format!("&limit={limit}");
            let wanted = Asked { form: Some(form.clone()), limit: Some(limit), from: None };
            if !form.contains(char::REPLACEMENT_CHARACTER) {
                prop_assert_eq!(strict::<Asked>(&query), Ok(Asked { form: Some(form.clone()), limit: Some(limit), from: None }));
                prop_assert_eq!(lenient::<Asked>(&format!("{query}&{more}&form=other")), wanted);
            }
            let more = format!("{query}&{more}");
            prop_assert!(strict::<Asked>(&more).is_err());
        }
    }
}
