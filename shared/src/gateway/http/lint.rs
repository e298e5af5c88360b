use leon::Template;
use serde_json::Value;

use super::{
    super::{Method, lint::Lint},
    Answers, BodyFormat, BodyTemplate, Http, Place, Verify,
    place::Spot,
    send::{NUMBER, SECRET, VALUES},
};

/// A template and where it stands.
struct At<'a> {
    field: String,
    template: &'a str,
    /// It stands in JSON, where numbers can be.
    json: bool,
}

/// The texts of a JSON tree, each with its place.
fn texts<'a>(field: String, tree: &'a Value, found: &mut Vec<At<'a>>) {
    match tree {
        Value::String(template) => found.push(At { field, template, json: true }),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(at, item)| texts(format!("{field}[{at}]"), item, found));
        }
        Value::Object(fields) => {
            fields.iter().for_each(|(name, value)| texts(format!("{field}.{name}"), value, found));
        }
        _ => {}
    }
}

fn keys(template: &str) -> Vec<String> {
    Template::parse(template).map(|template| template.keys().map(|&key| key.to_owned()).collect()).unwrap_or_default()
}

/// A secret's short name: `secret_name` makes an environment variable's of it.
fn is_name(name: &str) -> bool {
    (1..=32).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// RFC 9110, 5.6.2.
fn is_header(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b))
}

impl Http {
    /// All templates of the call.
    fn templates(&self) -> Vec<At<'_>> {
        let at = |field: &str, template| At { field: field.to_owned(), template, json: false };
        let mut found = vec![at("send.url", self.send.url.as_str())];
        found.extend(self.send.headers.iter().map(|(name, value)| at(&format!("send.headers.{name}"), value)));
        if let Some(basic) = &self.send.basic {
            found.push(at("send.basic.user", &basic.user));
            found.push(at("send.basic.password", &basic.password));
        }
        match &self.send.body {
            Some(BodyTemplate::Json(tree)) => texts("send.body.json".to_owned(), tree, &mut found),
            Some(BodyTemplate::Form(fields)) => {
                found.extend(fields.iter().map(|(name, value)| at(&format!("send.body.form.{name}"), value)));
            }
            Some(BodyTemplate::Text { template, .. }) => found.push(at("send.body.text.template", template)),
            None => {}
        }
        found
    }

    /// The secrets that the description names, each once.
    pub(in super::super) fn secrets(&self) -> Vec<String> {
        let used = self.templates().into_iter().flat_map(|at| keys(at.template));
        let used = used.filter_map(|key| key.strip_prefix(SECRET).map(str::to_owned));
        let named = used.chain(self.verify.iter().map(|verify| verify.secret().to_owned()));
        named.fold(Vec::new(), |mut names, name| {
            if !names.contains(&name) {
                names.push(name);
            }
            names
        })
    }

    pub(in super::super) fn lint(&self, found: &mut Lint) {
        self.lint_url(found);
        let templates = self.templates();
        for at in &templates {
            lint_template(at, found);
        }
        let used: Vec<_> = templates.iter().flat_map(|at| keys(at.template)).collect();
        let uses = |names: &[&str]| used.iter().any(|key| names.contains(&key.trim_end_matches(NUMBER)));
        if !uses(&["to", "to_digits"]) || !uses(&["text"]) {
            found.push("send", "template", "The call has to carry {to} or {to_digits}, and {text}.");
        }
        if !used.iter().any(|key| key.starts_with(SECRET)) {
            found.push("send", "secret", "Write the key as {secret.NAME}: in the settings it would be read by many.");
        }
        match (&self.send.body, self.send.method) {
            (Some(_), Method::Get) => found.push("send.body", "body", "A GET has no body: use POST, or the address."),
            (Some(BodyTemplate::Text { content_type, .. }), _) if !content_type.contains('/') => {
                found.push("send.body.text.content_type", "header", "A content type is such as text/xml.");
            }
            _ => {}
        }
        for name in self.send.headers.keys().filter(|name| !is_header(name)) {
            found.push(&format!("send.headers.{name}"), "header", "This is no name of a header.");
        }
        self.lint_answer(found);
        self.lint_inbound(&used, found);
    }

    fn lint_url(&self, found: &mut Lint) {
        let url = &self.send.url;
        found.url("send.url", url.split('{').next().unwrap_or_default());
        let rest = url.split_once("://").map_or("", |(_, rest)| rest);
        if rest.find('{').is_some_and(|value| !rest.get(..value).is_some_and(|before| before.contains(['/', '?']))) {
            found.push(
                "send.url",
                "host",
                "No value stands in the host: who chose it would get the number and the key.",
            );
        }
        if !url.bytes().all(|b| b.is_ascii_graphic()) {
            found.push("send.url", "host", "An address has no space and no letters beyond ASCII.");
        }
        let personal = keys(url).iter().any(|key| ["to", "to_digits", "text"].contains(&key.as_str()));
        if personal && !self.send.number_in_url {
            found.push(
                "send.url",
                "number-in-url",
                "Addresses end up in logs. Send the number and the text in the body of a POST; if the provider takes no other way, set `number_in_url` to true.",
            );
        }
    }

    fn lint_answer(&self, found: &mut Lint) {
        match &self.answer {
            Answers::Json { id, code, success, failures } => {
                for (field, place) in [("answer.id", id), ("answer.code", code)] {
                    if !matches!(place.as_ref().map(Place::spot), None | Some(Spot::Pointer(_))) {
                        found.push(field, "place", "In a JSON answer a place is a pointer such as /messages/0/id.");
                    }
                }
                if code.is_none() && !(success.is_empty() && failures.is_empty()) {
                    found.push("answer.code", "place", "Say where the codes of `success` and `failures` stand.");
                }
            }
            Answers::Text { success, failure, failures } => {
                if success.is_empty() {
                    found.push("answer.success", "pattern", "Say what a success looks like, such as OK:{id}.");
                }
                for (field, patterns, known) in
                    [("answer.success", success, &["id", "code"][..]), ("answer.failure", failure, &["code"])]
                {
                    for pattern in patterns {
                        let parsed = Template::parse(pattern);
                        let fits = |keys: &Template| keys.keys().all(|key| known.contains(key));
                        if pattern.trim().is_empty() || !parsed.as_ref().is_ok_and(fits) {
                            let names = known.join("}, {");
                            found.push(
                                field,
                                "pattern",
                                format!("A pattern is a text with {{{names}}}: {pattern:?} is none."),
                            );
                        }
                    }
                }
                if failures.keys().any(|code| code.trim().is_empty()) {
                    found.push("answer.failures", "pattern", "A code is never empty.");
                }
            }
        }
    }

    fn lint_inbound(&self, used: &[String], found: &mut Lint) {
        let hooks = self.inbound.is_some() || self.status.is_some();
        match &self.verify {
            None if hooks => found.push(
                "verify",
                "verify",
                "Say how a webhook proves that it is the provider's. Where it signs nothing, use a secret in the address (`query`) or Basic authentication.",
            ),
            Some(verify) => lint_verify(verify, found),
            None => {}
        }
        if let Some(Verify::Query { parameter, secret }) = &self.verify {
            let told = |key: &str| used.iter().any(|used| used == key);
            if told("status_url") && !told(&format!("{SECRET}{secret}")) {
                found.push(
                    "verify",
                    "reference",
                    format!(
                        "A report would come without the secret: write {{status_url}}&{parameter}={{{SECRET}{secret}}}."
                    ),
                );
            }
        }
        if let Some(inbound) = &self.inbound {
            let places = [
                ("when.at", inbound.when.as_ref().map(|when| &when.at)),
                ("id", inbound.id.as_ref()),
                ("from", Some(&inbound.from)),
                ("to", Some(&inbound.to)),
                ("text", Some(&inbound.text)),
            ];
            lint_places("inbound", inbound.format, &places, found);
        }
        let Some(status) = &self.status else { return };
        let places = [
            ("when.at", status.when.as_ref().map(|when| &when.at)),
            ("reference", Some(&status.reference)),
            ("id", status.id.as_ref()),
            ("state", Some(&status.state)),
            ("code", status.code.as_ref()),
        ];
        lint_places("status", status.format, &places, found);
        let asked = if matches!(status.reference.spot(), Spot::Query("ref")) { "status_url" } else { "reference" };
        if !used.iter().any(|key| key == asked) {
            found.push(
                "status.reference",
                "reference",
                format!("The provider can't bring back what it never got: put {{{asked}}} into the call."),
            );
        }
        let states = [&status.sent, &status.delivered, &status.failed].into_iter().flatten();
        let states: Vec<_> = states.collect();
        let twice = states.iter().enumerate().any(|(at, state)| states.iter().take(at).any(|other| other == state));
        if twice || status.delivered.is_empty() || status.failed.is_empty() {
            found.push("status", "states", "Name the states for `delivered` and for `failed`, each state once.");
        }
    }
}

fn lint_template(at: &At, found: &mut Lint) {
    let template = match Template::parse(at.template) {
        Ok(template) => template,
        Err(error) => {
            found.push(&at.field, "template", format!("Write \\{{ for a brace that begins no value. {error}"));
            return;
        }
    };
    for key in template.keys() {
        let number = key.strip_suffix(NUMBER).filter(|_| at.json && at.template == format!("{{{key}}}"));
        let known = match (key.strip_prefix(SECRET), number) {
            (Some(name), _) => is_name(name),
            (None, Some(number)) => ["to_digits", "valid_for"].contains(&number),
            (None, None) => VALUES.contains(key),
        };
        if !known {
            let values = VALUES.join("}, {");
            found.push(
                &at.field,
                "template",
                format!("{{{key}}} is no value. There are {{{values}}} and {{secret.NAME}}, with a name in small letters, digits and hyphens."),
            );
        }
        if at.field.starts_with("send.headers.") && *key == "text" {
            found.push(&at.field, "template", "The text doesn't fit into a header.");
        }
    }
}

fn lint_places(field: &str, format: BodyFormat, places: &[(&str, Option<&Place>)], found: &mut Lint) {
    for (name, place) in places {
        let (fits, example) = match (format, place.map(Place::spot)) {
            (BodyFormat::Json, Some(Spot::Field(_))) => (false, "a pointer such as /message/id"),
            (BodyFormat::Form, Some(Spot::Pointer(_))) => (false, "the name of a field"),
            _ => (true, ""),
        };
        if !fits {
            found.push(&format!("{field}.{name}"), "place", format!("In this format a place is {example}."));
        }
    }
}

fn lint_verify(verify: &Verify, found: &mut Lint) {
    if !is_name(verify.secret()) {
        found.push("verify.secret", "secret", "A secret's name has 1 to 32 small letters, digits and hyphens.");
    }
    match verify {
        Verify::Hmac { header, over, timestamp_header, .. } => {
            if !is_header(header) || timestamp_header.as_ref().is_some_and(|name| !is_header(name)) {
                found.push("verify.header", "header", "This is no name of a header.");
            }
            let keys = keys(over);
            let known = keys.iter().all(|key| ["body", "url", "timestamp"].contains(&key.as_str()));
            if Template::parse(over).is_err() || !known || !keys.iter().any(|key| key == "body") {
                found.push(
                    "verify.over",
                    "template",
                    "What is signed is a template of {body}, {url} and {timestamp}, with {body} in it.",
                );
            }
            if keys.iter().any(|key| key == "timestamp") != timestamp_header.is_some() {
                found.push(
                    "verify.timestamp_header",
                    "timestamp",
                    "A time counts only where it is signed: `timestamp_header` and {timestamp} in `over` go together.",
                );
            }
        }
        Verify::Header { header, .. } if !is_header(header) => {
            found.push("verify.header", "header", "This is no name of a header.");
        }
        Verify::Basic { user, .. } if user.is_empty() || user.contains(':') => {
            found.push("verify.user", "user", "A user is a text without a colon.");
        }
        Verify::Query { parameter, .. } if parameter.is_empty() || parameter == "ref" => {
            found.push("verify.parameter", "parameter", "A parameter has a name, and `ref` is taken by the reference.");
        }
        _ => {}
    }
}
