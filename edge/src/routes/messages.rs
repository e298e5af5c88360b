//! The owner's messages.

use std::collections::BTreeMap;

use axum::{
    Json as Answered,
    extract::Path,
    http::{HeaderMap, StatusCode},
};
use shared::{
    form::{Asked, confirmation_values},
    lint,
    message::{Message, MessageId},
    settings::Settings,
    sms::{self, MOST_SEGMENTS},
    template::{self, TemplateError},
    token::LinkToken,
    wire::{MessageAccepted, MessageDraft, MessageRequest, Preview, PreviewKind, PreviewRequest, Recipient, Violation},
};

use super::owner::{ask_about, known};
use crate::{
    app::App,
    forms,
    objects::subject::{Answer, Ask, NewMessage, SendRefusal},
    problem::Problem,
    request::{Json, Owner},
};

/// Sends a text, if the person agreed to its purpose and as often as was promised at the most.
#[worker::send]
pub async fn send(
    Owner(app): Owner,
    headers: HeaderMap,
    Json(request): Json<MessageRequest>,
) -> Result<(StatusCode, Answered<MessageAccepted>), Problem> {
    let key = idempotency_key(&headers)?;
    let (to, message) = request.parts();
    check(&app, &message).await?;
    let accepted = accept_one(&app, to, &message, key).await?;
    Ok((StatusCode::ACCEPTED, Answered(accepted)))
}

/// The key that makes a repeated call send once.
pub fn idempotency_key(headers: &HeaderMap) -> Result<Option<String>, Problem> {
    let Some(value) = headers.get("idempotency-key") else {
        return Ok(None);
    };
    let text = value.to_str().unwrap_or_default();
    if (1..=255).contains(&text.len()) {
        return Ok(Some(text.to_owned()));
    }
    let detail = "An idempotency key has 1 to 255 plain characters; a UUID is a good one.";
    Err(Problem::field("Idempotency-Key", "length", detail))
}

/// What can be said of a message before its recipients are looked at.
pub async fn check(app: &App, message: &MessageDraft) -> Result<(), Problem> {
    if message.text.trim().is_empty() {
        return Err(Problem::field("text", "present", "Say something."));
    }
    known(app, &message.purpose).await?;
    let settings = app.settings().await?;
    let serves = |id| settings.sender(id).is_some_and(|sender| sender.serves(&message.purpose));
    match &message.sender {
        Some(id) if !serves(id) => Err(unserved(&message.purpose)),
        _ => Ok(()),
    }
}

fn unserved(purpose: &shared::ids::PurposeId) -> Problem {
    let detail = format!("No such sender serves the purpose `{purpose}`. See `senders` in the settings.");
    Problem::field("sender", "purpose_not_served", detail)
}

/// A text with its values filled in.
fn fill(
    settings: &Settings,
    text: &str,
    values: &BTreeMap<String, String>,
    normalize: bool,
) -> Result<String, TemplateError> {
    let mut values = values.clone();
    values.entry("company".to_owned()).or_insert_with(|| settings.controller.name.clone());
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

/// Hands a message to the object of its recipient. The same `key` is the same SMS.
pub async fn accept_one(
    app: &App,
    to: Recipient,
    message: &MessageDraft,
    key: Option<String>,
) -> Result<MessageAccepted, Problem> {
    let settings = app.settings().await?;
    let text = fill_in(&settings, message, &to.values, "text")?;
    let purpose = message.purpose.clone();
    let new = NewMessage {
        senders: settings.senders.iter().filter(|sender| sender.serves(&purpose)).cloned().collect(),
        purpose,
        text,
        sender: message.sender.clone(),
        key,
    };
    match ask_about(app, (to.number, to.subject), Ask::Send(Box::new(new))).await? {
        Answer::Accepted(accepted) => Ok(accepted),
        Answer::Refused(refusal) => Err(match refusal {
            SendRefusal::NoConsent => Problem::NoConsent,
            SendRefusal::FrequencyExceeded => Problem::FrequencyExceeded,
            SendRefusal::Sender => unserved(&message.purpose),
            SendRefusal::TooLong => too_long("text"),
            SendRefusal::KeyReused => Problem::KeyReused,
        }),
        _ => Err(Problem::Fault),
    }
}

fn too_long(field: &str) -> Problem {
    let detail = format!("With the way out the text takes more than {MOST_SEGMENTS} parts. Shorten it.");
    Problem::field(field, "too_long", detail)
}

/// What became of a message.
#[worker::send]
pub async fn life(Owner(app): Owner, Path(id): Path<String>) -> Result<Answered<Message>, Problem> {
    let id: MessageId = id.parse().map_err(|_| Problem::NotFound)?;
    match app.subject(id.subject(), Ask::Message(id)).await? {
        Answer::Message(message) => message.map(Answered).ok_or(Problem::NotFound),
        _ => Err(Problem::Fault),
    }
}

/// What a text would take, and which rules it breaks. Nothing is sent.
#[worker::send]
pub async fn preview(Owner(app): Owner, Json(request): Json<PreviewRequest>) -> Result<Answered<Preview>, Problem> {
    let settings = app.settings().await?;
    let (text, violations) = match request.kind {
        PreviewKind::Message => {
            let text = fill(&settings, &request.text, &request.values, request.normalize);
            filled(text, &request.text, lint::message)
        }
        PreviewKind::Confirmation => {
            let missing = || Problem::field("form", "present", "Say which form the confirmation belongs to.");
            let form = forms::newest(&app, &request.form.ok_or_else(missing)?).await?.ok_or(Problem::NotFound)?;
            let link = format!("{}/c/{}", app.links_to(&settings), "0".repeat(LinkToken::LENGTH));
            let purposes: Vec<_> = form.purposes.iter().collect();
            let lang = form.lang(request.lang);
            let asked = Asked { purposes: &purposes, lang, link: &link, word: None, keyword: None };
            let facts = form.confirmation_facts(&asked);
            let values = confirmation_values(&facts).into_iter().chain(request.values).collect();
            let text = fill(&settings, &request.text, &values, request.normalize);
            filled(text, &request.text, |text| lint::confirmation(text, &facts))
        }
    };
    let measure = sms::measure(&text);
    Ok(Answered(Preview {
        text,
        encoding: measure.encoding,
        units: measure.units,
        segments: measure.segments,
        violations,
    }))
}

/// A text and what is wrong with it; one that can't be filled in is shown as it is.
fn filled(
    text: Result<String, TemplateError>,
    draft: &str,
    lint: impl FnOnce(&str) -> Vec<Violation>,
) -> (String, Vec<Violation>) {
    match text {
        Ok(text) => {
            let violations = lint(&text);
            (text, violations)
        }
        Err(error) => (draft.to_owned(), vec![Violation::new("text", "template", error.to_string())]),
    }
}
