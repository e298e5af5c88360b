use serde::Deserialize;
use shared::{
    ids::FormId,
    query::{self, NoParameters},
    time::Day,
};

use crate::lines::text;

/// Parameters of every kind that a call takes.
#[derive(Debug, Default, PartialEq, Eq, Deserialize)]
struct Asked {
    lang: Option<String>,
    cursor: Option<String>,
    limit: Option<u32>,
    form: Option<FormId>,
    from: Option<Day>,
    #[serde(default)]
    quiet: bool,
}

#[derive(Debug, PartialEq, Eq, Deserialize)]
struct Required {
    form: String,
}

const KNOWN: [&str; 6] = ["lang", "cursor", "limit", "form", "from", "quiet"];

/// What stands after the question mark.
pub fn query(data: &[u8]) {
    let given = text(data);
    let pairs: Vec<(String, String)> = form_urlencoded::parse(given.as_bytes()).into_owned().collect();
    let lenient = query::lenient::<Asked>(&given);
    match query::strict::<Asked>(&given) {
        Ok(asked) => {
            assert_eq!(lenient, asked, "{given}");
            assert!(pairs.iter().all(|(name, _)| KNOWN.contains(&name.as_str())), "{given}");
            let value = |name: &str| pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone());
            assert_eq!(pairs.iter().filter(|(name, _)| name == "lang").count(), usize::from(asked.lang.is_some()));
            assert_eq!(asked.lang, value("lang"));
            assert_eq!(asked.form.map(|form| form.to_string()), value("form"));
        }
        Err(error) => {
            let there = pairs.iter().any(|(name, _)| *name == error.field);
            assert!(there && !error.detail.is_empty() && !error.reason.is_empty(), "{error:?}");
        }
    }
    let asked = query::strict::<Required>(&given);
    let forms: Vec<_> = pairs.iter().filter(|(name, _)| name == "form").collect();
    if let Ok(Required { form }) = asked {
        assert!(pairs.len() == 1 && forms[0].1 == form, "{given}");
    }
    assert_eq!(query::strict::<NoParameters>(&given).is_ok(), pairs.is_empty(), "{given}");
}
