//! What the types alone don't say of the calls: patterns and limits, answers that every call can give, and links.

use serde_json::{Map, Value, json};

use crate::{
    paths::is_for_people,
    wire::{BatchRequest, HandInRequest, OpenProofs, RewardCodes, SubjectList},
};

const ID: &str = "^[a-z][a-z0-9-]{0,31}$";
const HASH: &str = "^sha256-[A-Za-z0-9_-]{43}$";
const SUBJECT: &str = "^[A-Za-z0-9_-]{12}$";
const MESSAGE: &str = "^[A-Za-z0-9_-]{28}$";
const BATCH: &str = "^[A-Za-z0-9_-]{21}[AQgw]$";
/// A day: no month has more than it has; of February's 29th the year decides.
macro_rules! day {
    () => {
        "(000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|\
         (0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|[12][0-9]))"
    };
}

/// A time, or a day.
const RECEIVED: &str = concat!(
    "^",
    day!(),
    "([Tt ]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]+)?([Zz]|[+-]([01][0-9]|2[0-3]):[0-5][0-9]))?$"
);
const ENTRY: &str = "^([A-Za-z0-9_-]{28}|[a-z][a-z0-9-]{0,31}\\.[0-9]{1,20})$";
const INBOX_KEY: &str = "^[0-9]{15}\\.([A-Za-z0-9_-]{28}|[a-z][a-z0-9-]{0,31}\\.[0-9]{20})$";
const DAY: &str = concat!("^", day!(), "$");

/// Texts of a form of their own.
const SCHEMAS: &[(&str, &str)] = &[
    ("FormId", ID),
    ("PurposeId", ID),
    ("SenderId", ID),
    ("GatewayId", ID),
    ("WebhookId", ID),
    ("TextHash", HASH),
    ("MessageId", MESSAGE),
    ("TimeOfDay", "^([01][0-9]|2[0-3]):[0-5][0-9]$"),
];

/// The same where they stand in an address.
const PARAMETERS: &[(&str, &str)] = &[
    ("form", ID),
    ("purpose", ID),
    ("webhook", ID),
    ("gateway", ID),
    ("subject", SUBJECT),
    ("message", MESSAGE),
    ("id", BATCH),
    ("hash", HASH),
    ("cursor", SUBJECT),
    ("from", DAY),
    ("to", DAY),
    ("Idempotency-Key", "^[!-~]{1,255}$"),
];

/// What HTML forms post: nothing in it is null.
const POSTED: &[&str] = &["FormPosted", "Tapped", "NumberPosted"];

/// Members of schemas, with what else is true of them.
fn members() -> [(&'static str, &'static str, Value); 29] {
    let number = json!({ "pattern": "^\\+[0-9 ()/-]{6,24}$" });
    let country = json!({ "items": { "type": "string", "pattern": "^[A-Z]{2}$" }, "minItems": 1 });
    let text = json!({ "pattern": "\\S", "maxLength": 1530 });
    [
        ("CheckRequest", "number", number.clone()),
        ("CheckRequest", "subject", json!({ "pattern": SUBJECT })),
        ("MessageRequest", "number", number.clone()),
        ("MessageRequest", "subject", json!({ "pattern": SUBJECT })),
        ("MessageRequest", "text", text.clone()),
        ("SubjectRequest", "number", number),
        ("Frequency", "max", json!({ "maximum": u16::MAX })),
        ("BatchRequest", "text", text),
        ("BatchRequest", "recipients", json!({ "minItems": 1, "maxItems": BatchRequest::MOST })),
        ("FormPosted", "again", json!({ "maximum": u8::MAX })),
        ("FormDraft", "countries", country),
        ("FormDraft", "purposes", json!({ "minItems": 1, "uniqueItems": true })),
        ("FormDraft", "languages", json!({ "minItems": 1, "uniqueItems": true })),
        ("FormDraft", "age", json!({ "minimum": 13, "maximum": 255 })),
        ("OpenProofs", "reason", json!({ "pattern": "\\S", "minLength": 1, "maxLength": OpenProofs::LONGEST })),
        (
            "RewardCodes",
            "codes",
            json!({ "items": { "type": "string", "pattern": "^[!-~]{1,40}$" }, "minItems": 1, "maxItems": RewardCodes::MOST }),
        ),
        ("ReplayRequest", "subject", json!({ "pattern": SUBJECT })),
        ("InboxList", "cursor", json!({ "pattern": INBOX_KEY })),
        ("InboxEntry", "id", json!({ "pattern": ENTRY })),
        ("InboxAnswered", "id", json!({ "pattern": ENTRY })),
        ("ReplyUnclear", "id", json!({ "pattern": ENTRY })),
        ("InboxEntry", "subject", json!({ "pattern": SUBJECT })),
        ("ConsentRequest", "country", json!({ "pattern": "^[A-Z]{2}$" })),
        ("HandInRequest", "country", json!({ "pattern": "^[A-Z]{2}$" })),
        ("HandInRequest", "purposes", json!({ "minItems": 1, "uniqueItems": true })),
        ("HandInRequest", "campaign", json!({ "maxLength": HandInRequest::LONGEST_CAMPAIGN })),
        ("WithdrawHeard", "received_at", json!({ "pattern": RECEIVED })),
        ("WordHeard", "received_at", json!({ "pattern": RECEIVED })),
        ("PassedOn", "received_at", json!({ "pattern": RECEIVED })),
    ]
}

/// Calls of which one answer's member is what another call takes: the answer's status, and the way there.
const LINKS: &[Link] = &[
    Link("post", "/v1/subjects", "200", "subject", "subject", "$response.body#/subject"),
    Link("post", "/v1/subjects", "200", "withdraw", "subject", "$response.body#/subject"),
    Link("post", "/v1/subjects", "200", "object", "subject", "$response.body#/subject"),
    Link("post", "/v1/subjects", "200", "correct", "subject", "$response.body#/subject"),
    Link("post", "/v1/subjects", "200", "erase", "subject", "$response.body#/subject"),
    Link("post", "/v1/messages", "202", "message", "message", "$response.body#/id"),
    Link("post", "/v1/messages/batch", "202", "batch_progress", "id", "$response.body#/id"),
    Link("put", "/v1/forms/{form}", "200", "form", "form", "$response.body#/form"),
    Link("put", "/v1/forms/{form}", "200", "draft", "form", "$response.body#/form"),
    Link("put", "/v1/forms/{form}", "200", "invite", "form", "$response.body#/form"),
    Link("put", "/v1/forms/{form}", "200", "stats", "form", "$response.body#/form"),
    Link("put", "/v1/forms/{form}", "200", "close_form", "form", "$response.body#/form"),
    Link("put", "/v1/forms/{form}", "200", "hosted", "form", "$response.body#/form"),
    Link("get", "/v1/forms", "200", "form", "form", "$response.body#/forms/0/form"),
    Link("get", "/v1/forms", "200", "draft", "form", "$response.body#/forms/0/form"),
    Link("get", "/v1/forms/{form}", "200", "challenge", "form", "$response.body#/form"),
    Link("get", "/v1/forms/{form}", "200", "text", "hash", "$response.body#/disclosure"),
    Link("get", "/v1/subjects", "200", "subject", "subject", "$response.body#/subjects/0/subject"),
    Link("get", "/v1/inbox", "200", "answer_inbox", "id", "$response.body#/entries/0/id"),
    Link("get", "/v1/inbox", "200", "inbox", "cursor", "$response.body#/cursor"),
    Link("get", "/v1/subjects", "200", "list_subjects", "cursor", "$response.body#/cursor"),
];

/// Method and path of a call, the status of its answer, and the call that takes a member of it, under which name.
struct Link(&'static str, &'static str, &'static str, &'static str, &'static str, &'static str);

pub(super) fn add(api: &mut Value) {
    for (name, pattern) in SCHEMAS {
        set(api, &format!("/components/schemas/{name}"), json!({ "type": "string", "pattern": pattern }));
    }
    for (schema, member, more) in members() {
        set(api, &format!("/components/schemas/{schema}/properties/{member}"), more);
    }
    for schema in ["CheckRequest", "MessageRequest", "Recipient"] {
        let either = json!([{ "required": ["number"] }, { "required": ["subject"] }]);
        set(api, &format!("/components/schemas/{schema}"), json!({ "oneOf": either }));
    }
    for schema in POSTED {
        for (_, member) in each(api.pointer_mut(&format!("/components/schemas/{schema}/properties"))) {
            not_null(member);
        }
    }
    for (path, example) in bodies() {
        if let Some(content) =
            api.pointer_mut(&format!("/paths/{}/post/requestBody/content/application~1json", path.replace('/', "~1")))
        {
            set(content, "", json!({ "example": example }));
        }
    }
    if let Some(schemas) = api.pointer_mut("/components/schemas").and_then(Value::as_object_mut) {
        write_out_what_is_flattened(schemas);
    }
    let most = SubjectList::MOST;
    for (path, methods) in each(api.pointer_mut("/paths")) {
        for (method, call) in each(Some(methods)) {
            let Some(call) = call.as_object_mut() else { continue };
            for parameter in call.get_mut("parameters").and_then(Value::as_array_mut).into_iter().flatten() {
                describe(parameter, most, is_for_people(path));
                // Names that stand for something else elsewhere.
                match path.as_str() {
                    "/v1/inbox" => set(parameter, "/schema", json!({ "pattern": INBOX_KEY })),
                    "/v1/inbox/{id}" => set(parameter, "/schema", json!({ "pattern": ENTRY })),
                    _ => {}
                }
                // Nobody means to close a form by trying the examples.
                if !path.ends_with("/close") {
                    exemplify(parameter);
                }
            }
            if let Some(body) =
                call.get_mut("requestBody").and_then(|body| body.pointer_mut("/content/application~1json/schema"))
            {
                not_null(body);
            }
            answers(path, call);
            links(method, path, call);
        }
    }
}

fn each(object: Option<&mut Value>) -> impl Iterator<Item = (&String, &mut Value)> {
    object.and_then(Value::as_object_mut).into_iter().flatten()
}

fn set(api: &mut Value, pointer: &str, more: Value) {
    if let (Some(Value::Object(schema)), Value::Object(more)) = (api.pointer_mut(pointer), more) {
        schema.extend(more);
    }
}

/// Takes null away from what a value may be.
fn not_null(schema: &mut Value) {
    let is_null = |kind: &Value| kind.get("type").is_some_and(|kind| kind == "null");
    if let Some(kinds) = schema.get("type").and_then(Value::as_array)
        && let Some(kind) = kinds.iter().find(|kind| *kind != "null").cloned()
    {
        set(schema, "", json!({ "type": kind }));
    }
    let one = schema.get("oneOf").and_then(Value::as_array).filter(|kinds| kinds.iter().any(is_null));
    if let Some(one) = one.and_then(|kinds| kinds.iter().find(|kind| !is_null(kind))).cloned() {
        *schema = one;
    }
    if let Value::Object(schema) = schema {
        schema.retain(|name, value| name != "default" || !value.is_null());
    }
}

fn describe(parameter: &mut Value, most: u32, page: bool) {
    let name = parameter.get("name").and_then(Value::as_str).unwrap_or_default().to_owned();
    let Some(schema) = parameter.get_mut("schema") else { return };
    // What is left out is not there.
    not_null(schema);
    let Value::Object(schema) = schema else { return };
    if let Some((_, pattern)) = PARAMETERS.iter().find(|(known, _)| *known == name) {
        schema.insert("pattern".to_owned(), json!(pattern));
    }
    match name.as_str() {
        "from" | "to" => drop(schema.insert("format".to_owned(), json!("date"))),
        "limit" => schema.extend([("minimum".to_owned(), json!(1)), ("maximum".to_owned(), json!(most))]),
        "campaign" | "utm_campaign" | "utm_source" | "utm_medium" | "utm_term" | "utm_content" if !page => {
            schema.insert("maxLength".to_owned(), json!(100));
        }
        _ => {}
    }
}

/// What the demo has.
fn exemplify(parameter: &mut Value) {
    let example = match parameter.get("name").and_then(Value::as_str) {
        Some("form") => "newsletter",
        Some("purpose") => "marketing",
        _ => return,
    };
    set(parameter, "", json!({ "example": example }));
}

/// Bodies that the demo takes. The number is one that the regulator keeps for films.
fn bodies() -> [(&'static str, Value); 5] {
    let (number, purpose, text) = ("+4917604069001", "marketing", "Hallo {name}, die Farne sind da.");
    let values = json!({ "name": "Ada" });
    [
        ("/v1/subjects", json!({ "number": number })),
        ("/v1/check", json!({ "number": number, "purpose": purpose })),
        ("/v1/messages", json!({ "number": number, "purpose": purpose, "text": text, "values": values })),
        (
            "/v1/messages/batch",
            json!({ "purpose": purpose, "text": text, "recipients": [{ "number": number, "values": values }] }),
        ),
        ("/v1/messages/preview", json!({ "purpose": purpose, "text": text, "values": values })),
    ]
}

/// What any call may answer.
fn answers(path: &str, call: &mut Map<String, Value>) {
    let body = if is_for_people(path) {
        json!({ "text/html": { "schema": { "type": "string" } } })
    } else {
        json!({ "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } })
    };
    let Some(Value::Object(all)) = call.get_mut("responses") else { return };
    if path == "/healthz" {
        return;
    }
    let moved = ("3XX", "To the page, without the slashes at the end.");
    for (status, what) in is_for_people(path).then_some(moved).into_iter().chain([
        ("4XX", "What is wrong with the call, and what to do."),
        ("5XX", "Ours: call again, with the same idempotency key."),
    ]) {
        let answer = all.entry(status).or_insert_with(|| json!({ "content": body }));
        if let Some(answer) = answer.as_object_mut() {
            answer.insert("description".to_owned(), json!(what));
        }
    }
}

fn links(method: &str, path: &str, call: &mut Map<String, Value>) {
    for Link(of, at, status, to, parameter, value) in LINKS {
        if *of == method
            && *at == path
            && let Some(answer) = call.get_mut("responses").and_then(|all| all.get_mut(*status))
            && let Some(answer) = answer.as_object_mut()
            && let Some(links) = answer.entry("links").or_insert_with(|| json!({})).as_object_mut()
        {
            links.insert(
                format!("{to}_by_{parameter}"),
                json!({ "operationId": to, "parameters": { *parameter: value } }),
            );
        }
    }
}

/// What has all members of another schema and more of its own can't refer to it where that allows no others: it says
/// them itself.
fn write_out_what_is_flattened(schemas: &mut Map<String, Value>) {
    let closed: Map<String, Value> = schemas
        .iter()
        .filter(|(_, schema)| schema["additionalProperties"] == false)
        .map(|(name, schema)| (format!("#/components/schemas/{name}"), schema.clone()))
        .collect();
    let parts = schemas.values_mut().filter_map(|schema| schema.get_mut("allOf")?.as_array_mut()).flatten();
    for part in parts {
        let named = part["$ref"].as_str().and_then(|name| closed.get(name)).and_then(Value::as_object);
        if let Some(named) = named {
            let mut open = named.clone();
            open.remove("additionalProperties");
            *part = Value::Object(open);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_all_members_of_another_schema_may_have_its_own() {
        let api = crate::openapi::document();
        let schemas = api["components"]["schemas"].as_object().unwrap();
        let mut checked = 0;
        for (name, schema) in schemas {
            for part in schema["allOf"].as_array().into_iter().flatten() {
                let named = part["$ref"].as_str().and_then(|it| schemas.get(it.rsplit('/').next()?));
                assert_ne!(named.unwrap_or(part)["additionalProperties"], false, "{name}");
                checked += 1;
            }
        }
        assert!(checked > 0 && schemas["Settings"]["additionalProperties"] == false);
    }

    #[test]
    fn all_that_is_detailed_is_there() {
        let api = crate::openapi::document();
        for (name, pattern) in SCHEMAS {
            assert_eq!(api["components"]["schemas"][name]["pattern"], *pattern, "{name}");
        }
        for (schema, member, more) in members() {
            let described = &api["components"]["schemas"][schema]["properties"][member];
            for (name, value) in more.as_object().unwrap() {
                assert_eq!(described[name], *value, "{schema}.{member}");
            }
        }
        let operations: Vec<_> =
            api["paths"].as_object().unwrap().values().flat_map(|path| path.as_object().unwrap().values()).collect();
        for Link(method, path, status, to, parameter, _) in LINKS {
            let links = &api["paths"][path][method]["responses"][status]["links"];
            let link = &links[format!("{to}_by_{parameter}")];
            assert!(link.is_object(), "{method} {path}: {to}");
            let target = operations.iter().find(|call| call["operationId"] == *to).unwrap();
            let takes = target["parameters"].as_array().unwrap().iter().any(|it| it["name"] == *parameter);
            assert!(takes, "{to} takes no {parameter}");
        }
    }
}
