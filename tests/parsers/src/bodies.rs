//! Bodies that the owner's program sends.

use std::fmt::Debug;

use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use shared::{
    batch::taken,
    form::FormDraft,
    key_ring::SubjectId,
    malformed::{self, Malformed},
    reference::Reference,
    settings::Settings,
    sms, template,
    wire::{
        BatchRequest, CheckRequest, ConsentRequest, FieldError, MessageRequest, OpenProofs, PauseRequest,
        PreviewRequest, ReplayRequest, RewardCodes, SubjectRequest,
    },
};

use crate::lines::line;

/// What was read is written, and read again as the same.
pub fn again<T: Serialize + DeserializeOwned + PartialEq + Debug>(body: &[u8]) -> Option<T> {
    let read = malformed::read::<T>(body).ok()?;
    let written = serde_json::to_vec(&read).expect("JSON");
    let twice = malformed::read::<T>(&written);
    assert_eq!(twice.as_ref(), Ok(&read), "{}", String::from_utf8_lossy(&written));
    Some(read)
}

/// A body, after a line that says of which call.
pub fn messages(data: &[u8]) {
    let (call, body) = line(data);
    match call.as_str() {
        "check" => drop(again::<CheckRequest>(body)),
        "preview" => {
            if let Some(PreviewRequest { text, values, .. }) = again(body) {
                said(&text, &values);
            }
        }
        "subject" => drop(again::<SubjectRequest>(body)),
        "reward" => {
            if let Some(codes) = again::<RewardCodes>(body) {
                let bad =
                    |code: &String| !(1..=40).contains(&code.len()) || code.contains(|c: char| !c.is_ascii_graphic());
                assert_eq!(codes.first_bad(), codes.codes.iter().position(bad));
            }
        }
        "pause" => drop(again::<PauseRequest>(body)),
        "replay" => drop(again::<ReplayRequest>(body)),
        "proofs" => drop(malformed::read::<OpenProofs>(body)),
        "batch" => {
            if let Some(request) = again::<BatchRequest>(body) {
                batch(&request);
            }
        }
        _ => {
            if let Some(request) = again::<MessageRequest>(body) {
                said(&request.text, &request.values);
            }
        }
    }
}

fn said(text: &str, values: &std::collections::BTreeMap<String, String>) -> bool {
    let Ok(text) = template::fill(text, values) else { return false };
    let text = sms::normalize(&text);
    assert_eq!(sms::split(&text).len(), sms::measure(&text).segments);
    true
}

/// Rows by themselves: a wrong one stops no other.
fn batch(request: &BatchRequest) {
    let row = |row: &shared::wire::Recipient| {
        let wrong = |field: &str| FieldError { field: field.into(), reason: "value".into(), detail: "no".into() };
        Reference::given(row.reference.as_deref()).map_err(|why| FieldError::bad_reference("reference", why))?;
        if !said(&request.text, &row.values) {
            return Err(wrong("values"));
        }
        let subject = row.subject.clone().ok_or_else(|| wrong("subject"))?;
        Ok(vec![SubjectId::try_from(subject).map_err(|_| wrong("subject"))?])
    };
    let rows: Vec<_> = request.recipients.iter().map(row).collect();
    let right = rows.iter().filter(|row| row.is_ok()).count();
    match taken(rows) {
        Ok(outcomes) => assert_eq!(outcomes.len(), request.recipients.len()),
        Err(errors) => assert!(right == 0 && errors.len() == request.recipients.len()),
    }
}

/// Where a body is not what a call takes: the place that is named exists.
pub fn malformed(data: &[u8]) {
    named::<Settings>(data);
    named::<FormDraft>(data);
    named::<BatchRequest>(data);
    named::<ConsentRequest>(data);
    named::<MessageRequest>(data);
}

fn named<T: DeserializeOwned>(data: &[u8]) {
    let Err(Malformed::Field(FieldError { field, reason, detail })) = malformed::read::<T>(data) else { return };
    assert!(!detail.is_empty() && !detail.contains(" at line "), "{detail}");
    // What follows the place may be no JSON at all.
    let Ok(body) = serde_json::from_slice::<Value>(data) else { return };
    let there = match reason.as_str() {
        // Its parent is there.
        "missing" => match field.rsplit_once('.') {
            Some((parent, _)) => exists(&body, parent),
            None => true,
        },
        _ => exists(&body, &field),
    };
    assert!(there, "no {field} ({reason}: {detail}) in {body}");
}

/// Whether something stands at a place such as `recipients[3].values`. A name may have any characters.
fn exists(value: &Value, place: &str) -> bool {
    if place.is_empty() {
        return true;
    }
    match value {
        Value::Object(members) => members.iter().any(|(name, value)| {
            let rest = place.strip_prefix(name.as_str());
            rest.is_some_and(|rest| exists(value, rest.strip_prefix('.').unwrap_or(rest)))
        }),
        Value::Array(items) => {
            let at = place.strip_prefix('[').and_then(|rest| rest.split_once(']'));
            at.and_then(|(at, rest)| Some((items.get(at.parse::<usize>().ok()?)?, rest)))
                .is_some_and(|(item, rest)| exists(item, rest.strip_prefix('.').unwrap_or(rest)))
        }
        _ => false,
    }
}
