//! One attempt to deliver.

use std::time::Duration;

use serde_json::Value;
use shared::{
    address::callable,
    reference::Reference,
    settings,
    time::{Span, Timestamp},
};
use standardwebhooks::{HEADER_WEBHOOK_ID, HEADER_WEBHOOK_SIGNATURE, HEADER_WEBHOOK_TIMESTAMP, Webhook as Key};
use worker::{Method, Result};

use super::store::Waiting;
use crate::{
    objects::registry::REACH,
    platform::sql::fault,
    platform::{
        clock,
        fetch::{self, NoAnswer},
    },
};

/// How long a webhook may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// No webhook puts us off for longer.
const LONGEST_WAIT: i64 = 24 * 3600;

pub enum Delivered {
    Yes,
    /// Nobody is there any more (410).
    Gone,
    No {
        /// Why, without addresses.
        why: String,
        /// The webhook asks not to be tried before.
        not_before: Option<Timestamp>,
    },
}

impl Delivered {
    fn no(why: impl Into<String>) -> Self {
        Self::No { why: why.into(), not_before: None }
    }
}

/// What is sealed beside an event until it is delivered.
pub struct Opened {
    pub number: Option<String>,
    pub reference: Option<Reference>,
}

pub async fn deliver(webhook: &settings::Webhook, key: &Key, event: &Waiting, opened: Opened) -> Delivered {
    // What was settled in a build of another kind, or before a rule was, is not called either.
    if let Err(why) = callable(&webhook.url, REACH) {
        return Delivered::no(format!("Its address can't be called. {why}"));
    }
    let Ok((headers, body)) = signed(key, event, opened) else {
        return Delivered::no("The request can't be made.");
    };
    // Whatever it says in its body is not read.
    let (status, retry_after) = match fetch::call(Method::Post, &webhook.url, &headers, &body, PATIENCE).await {
        Ok(answer) => (answer.status, answer.retry_after),
        Err(NoAnswer::Unsendable) => return Delivered::no("The request can't be made."),
        Err(NoAnswer::Lost) => return Delivered::no("It can't be reached."),
        Err(NoAnswer::Late) => {
            return Delivered::no(format!("It did not answer within {} s.", PATIENCE.as_secs()));
        }
    };
    match status {
        200..=299 => Delivered::Yes,
        410 => Delivered::Gone,
        300..=399 => Delivered::no(format!("It answered {status}; redirects are not followed.")),
        _ => {
            let wait = retry_after.map(i64::from).filter(|seconds| *seconds > 0);
            let not_before = wait.map(|seconds| clock::now() + Span::seconds(seconds.min(LONGEST_WAIT)));
            Delivered::No { why: format!("It answered {status}."), not_before }
        }
    }
}

/// The headers and the body of a delivery.
fn signed(key: &Key, event: &Waiting, opened: Opened) -> Result<(Vec<(String, String)>, String)> {
    let body = opened.beside(&event.body)?;
    let seconds = clock::now().millis() / 1000;
    let signature = key.sign(&event.id, seconds, body.as_bytes()).map_err(fault)?;
    let headers = [
        ("content-type", "application/json"),
        ("user-agent", "Jawort"),
        (HEADER_WEBHOOK_ID, &event.id),
        (HEADER_WEBHOOK_TIMESTAMP, &seconds.to_string()),
        (HEADER_WEBHOOK_SIGNATURE, &signature),
    ];
    Ok((headers.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec(), body))
}

impl Opened {
    /// The body as it is sent.
    fn beside(self, body: &str) -> Result<String> {
        if self.number.is_none() && self.reference.is_none() {
            return Ok(body.to_owned());
        }
        let mut body: Value = serde_json::from_str(body)?;
        if let Some(data) = body.get_mut("data").and_then(Value::as_object_mut) {
            let reference = self.reference.map(|reference| reference.as_str().to_owned());
            for (name, value) in [("number", self.number), ("reference", reference)] {
                data.extend(value.map(|value| (name.to_owned(), value.into())));
            }
        }
        Ok(body.to_string())
    }
}
