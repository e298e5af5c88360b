use std::borrow::Cow;

use leon::{Template, vals};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use super::{
    super::{
        Call, Envelope, Method, Secrets,
        call::{digits, referring},
    },
    BodyTemplate, Escape, Http,
};

/// All that RFC 3986 doesn't leave unreserved.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// What `{secret.NAME}` begins with.
pub(super) const SECRET: &str = "secret.";

/// The values of templates, secrets aside.
pub(super) const VALUES: [&str; 7] = ["from", "to", "to_digits", "text", "reference", "status_url", "valid_for"];

/// What ends a value that is a JSON number.
pub(super) const NUMBER: &str = ":number";

pub(super) fn percent(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// XML has no control characters but three, escaped or not.
fn xml(text: &str) -> String {
    let known = |c: &char| !c.is_ascii_control() || matches!(c, '\t' | '\n' | '\r');
    text.chars().filter(known).fold(String::new(), |mut escaped, c| {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&apos;"),
            other => escaped.push(other),
        }
        escaped
    })
}

struct Filler<'a> {
    sms: &'a Envelope<'a>,
    secrets: &'a dyn Secrets,
}

impl Filler<'_> {
    fn value(&self, key: &str) -> Option<String> {
        Some(match key {
            "from" => self.sms.from.to_owned(),
            "to" => self.sms.to.to_owned(),
            "to_digits" => digits(self.sms.to).to_owned(),
            "text" => self.sms.text.to_owned(),
            "reference" => self.sms.reference.to_owned(),
            "status_url" => referring(self.sms),
            "valid_for" => self.sms.valid_for.to_string(),
            _ => self.secrets.get(key.strip_prefix(SECRET)?),
        })
    }

    /// What the lint has passed can be filled; what it hasn't is left empty, and the provider refuses it.
    fn fill(&self, template: &str, escape: impl Fn(&str) -> String) -> String {
        let values = vals(|key| self.value(key).map(|value| Cow::Owned(escape(&value))));
        Template::parse(template).ok().and_then(|template| template.render(&values).ok()).unwrap_or_default()
    }

    fn plain(&self, template: &str) -> String {
        self.fill(template, str::to_owned)
    }

    fn json(&self, tree: &Value) -> Value {
        match tree {
            Value::String(template) => self.number(template).unwrap_or_else(|| self.plain(template).into()),
            Value::Array(items) => items.iter().map(|item| self.json(item)).collect(),
            Value::Object(fields) => fields.iter().map(|(name, value)| (name.clone(), self.json(value))).collect(),
            other => other.clone(),
        }
    }

    fn number(&self, template: &str) -> Option<Value> {
        let key = template.strip_prefix('{')?.strip_suffix('}')?.strip_suffix(NUMBER)?;
        self.value(key)?.parse::<u64>().ok().map(Value::from)
    }
}

impl Http {
    pub(in super::super) fn send(&self, sms: &Envelope, secrets: &dyn Secrets) -> Call {
        let filler = Filler { sms, secrets };
        let url = filler.fill(&self.send.url, percent);
        let mut call = match (&self.send.body, self.send.method) {
            (Some(BodyTemplate::Json(tree)), Method::Post) => Call::json(url, &filler.json(tree)),
            (Some(BodyTemplate::Form(fields)), Method::Post) => {
                let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), filler.plain(value))).collect();
                let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
                Call::form(url, &fields)
            }
            (Some(BodyTemplate::Text { content_type, escape, template }), Method::Post) => {
                let body = match escape {
                    Escape::Xml => filler.fill(template, xml),
                    Escape::Percent => filler.fill(template, percent),
                };
                Call { method: Method::Post, url, headers: Vec::new(), body }.with("content-type", content_type)
            }
            (_, method) => Call { method, ..Call::get(url) },
        };
        for (name, value) in &self.send.headers {
            call.headers.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
            call = call.with(name, &filler.plain(value));
        }
        match &self.send.basic {
            Some(basic) => call.basic(&filler.plain(&basic.user), &filler.plain(&basic.password)),
            None => call,
        }
    }
}
