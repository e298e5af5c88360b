//! The owner's messages, on their way to the objects of their recipients.

use std::collections::BTreeMap;

use shared::{
    actor::Actor,
    ids::PurposeId,
    settings::Settings,
    sms::{self, MOST_SEGMENTS},
    stored::{Answered, SendRefusal},
    template::{self, TemplateError},
    text_hash::TextHash,
    wire::{MessageAccepted, MessageDraft, Recipient},
};

use super::lookup;
use crate::{
    objects::subject::{Around, NewMessage},
    platform::context::App,
    problem::Problem,
};

/// What can be said of a message before its recipients are looked at.
pub async fn check(app: &App, message: &MessageDraft) -> Result<(), Problem> {
    if message.text.trim().is_empty() {
        return Err(Problem::field("text", "present", "Say something."));
    }
    lookup::declared(app, &message.purpose).await?;
    let settings = app.settings().await?;
    let serves = |id| settings.sender(id).is_some_and(|sender| sender.serves(&message.purpose));
    match &message.sender {
        Some(id) if !serves(id) => Err(unserved(&message.purpose)),
        _ => Ok(()),
    }
}

fn unserved(purpose: &PurposeId) -> Problem {
    let detail = format!("No such sender serves the purpose `{purpose}`. See `senders` in the settings.");
    Problem::field("sender", "purpose_not_served", detail)
}

pub fn fill(
    settings: &Settings,
    text: &str,
    values: &BTreeMap<String, String>,
    normalize: bool,
) -> Result<String, TemplateError> {
    let mut values = values.clone();
    values.entry("company".to_owned()).or_insert_with(|| settings.controller.sms_name().to_owned());
    let text = template::fill(text, &values)?;
    Ok(if normalize { sms::normalize(&text) } else { text })
}

/// A message's text for one recipient.
///
/// # Errors
/// At `field`: it can't be filled in, or is too long.
pub fn fill_in(
    settings: &Settings,
    message: &MessageDraft,
    values: &BTreeMap<String, String>,
    field: &str,
) -> Result<String, Problem> {
    let text = fill(settings, &message.text, values, message.normalize).map_err(|error| {
        let (field, reason) = match error {
            TemplateError::UnknownValue(_) => (field, "unknown_value"),
            TemplateError::Malformed => ("text", "malformed_template"),
        };
        Problem::field(field, reason, format!("The text can't be filled in: {error}."))
    })?;
    if sms::measure(&text).segments > MOST_SEGMENTS {
        return Err(too_long(field));
    }
    Ok(text)
}

/// Hands a message to the object of its recipient, of a batch with that template. The same `key` is the same SMS.
pub async fn accept_one(
    app: &App,
    to: Recipient,
    message: &MessageDraft,
    template: Option<TextHash>,
    key: Option<String>,
    actor: Actor,
) -> Result<MessageAccepted, Problem> {
    let settings = app.settings().await?;
    let text = fill_in(&settings, message, &to.values, "text")?;
    let purpose = message.purpose.clone();
    let new = NewMessage {
        actor,
        around: Around::new(&settings, &purpose, app.links_to(&settings)),
        senders: settings.senders.iter().filter(|sender| sender.serves(&purpose)).cloned().collect(),
        purpose,
        text,
        template,
        sender: message.sender.clone(),
        key,
    };
    let person = app.about(to.number, to.subject).await?;
    let refusal = match person.send_message(new).await? {
        Answered::Accepted(accepted) => return Ok(accepted),
        Answered::Refused(refusal) => refusal,
    };
    Err(match refusal {
        SendRefusal::NoConsent => Problem::NoConsent,
        SendRefusal::FrequencyExceeded => Problem::FrequencyExceeded,
        SendRefusal::Paused => Problem::Paused,
        SendRefusal::Sender => unserved(&message.purpose),
        SendRefusal::TooLong => too_long("text"),
        SendRefusal::KeyReused => Problem::KeyReused,
    })
}

pub fn too_long(field: &str) -> Problem {
    let detail = format!("With the way out the text takes more than {MOST_SEGMENTS} parts. Shorten it.");
    Problem::field(field, "too_long", detail)
}
