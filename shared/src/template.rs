//! Owners' texts with named values: `{company}`. `\{` is a brace, `\\` a backslash.

use std::collections::BTreeMap;

use leon::{Item, Template};

/// Why a template can't be filled.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    /// It names a value that there is none of.
    #[error("there is no value {{{0}}}")]
    UnknownValue(String),
    /// It can't be read.
    #[error("a brace has no partner, or is empty; write \\{{ for a brace that is meant as such, \\\\ for a backslash")]
    Malformed,
}

fn parse(template: &str) -> Result<Template<'_>, TemplateError> {
    Template::parse(template).map_err(|_| TemplateError::Malformed)
}

/// The text with its values filled in. What a value holds is never read as a template.
///
/// # Errors
/// A malformed template, and a name without a value.
pub fn fill(template: &str, values: &BTreeMap<String, String>) -> Result<String, TemplateError> {
    parse(template)?
        .items
        .iter()
        .map(|item| match item {
            Item::Text(text) => Ok(*text),
            Item::Key(name) => {
                values.get(*name).map(String::as_str).ok_or_else(|| TemplateError::UnknownValue((*name).to_owned()))
            }
        })
        .collect()
}

/// A text as a template without names: what it holds stays as it is.
pub fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace('{', "\\{").replace('}', "\\}")
}

/// The names in a template, each once, in their order.
///
/// # Errors
/// A malformed template.
pub fn names(template: &str) -> Result<Vec<String>, TemplateError> {
    let mut names: Vec<String> = Vec::new();
    for name in parse(template)?.keys() {
        if !names.iter().any(|known| known == name) {
            names.push((*name).to_owned());
        }
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn values() -> BTreeMap<String, String> {
        [("code", "A{b}\\"), ("name", "Ada")].map(|(name, value)| (name.to_owned(), value.to_owned())).into()
    }

    #[test]
    fn a_value_is_filled_in_as_it_is() {
        assert_eq!(fill("Hi { name }: {code} \\{x\\}", &values()).as_deref(), Ok("Hi Ada: A{b}\\ {x}"));
        assert_eq!(names("{a} {b}{a}"), Ok(vec!["a".to_owned(), "b".to_owned()]));
    }

    #[test]
    fn what_cannot_be_filled_says_why() {
        assert_eq!(fill("{nmae}", &values()), Err(TemplateError::UnknownValue("nmae".into())));
        for text in ["{", "}", "{}", "a{name", "\\n", "{na\\me}"] {
            assert_eq!(fill(text, &values()), Err(TemplateError::Malformed), "{text}");
        }
        assert_eq!(TemplateError::UnknownValue("x".into()).to_string(), "there is no value {x}");
        assert!(TemplateError::Malformed.to_string().contains("\\{"));
    }

    proptest! {
        #[test]
        fn a_text_without_braces_is_itself_and_no_text_panics(text in ".{0,60}") {
            let filled = fill(&text, &values());
            prop_assert_eq!(fill(&escape(&text), &values()), Ok(text.clone()));
            if !text.contains(['{', '}', '\\']) {
                prop_assert_eq!(filled, Ok(text));
            }
        }
    }
}
