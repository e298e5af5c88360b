//! The owner's messages.

use axum::{
    Json as Answered,
    http::{HeaderMap, StatusCode},
};
use shared::{
    form::{Asked, confirmation_values},
    lint,
    message::{Message, MessageId},
    sms,
    template::TemplateError,
    token::LinkToken,
    violation::Violation,
    wire::{MessageAccepted, MessageRequest, Preview, PreviewKind, PreviewRequest},
};

use crate::{
    problem::Problem,
    request::{Json, Owner, Path},
    service::{
        lookup,
        send::{accept_one, check, fill},
    },
};

/// Sends a text, if the person agreed to its purpose and as often as was promised at the most.
#[worker::send]
pub async fn send(
    Owner(app, actor): Owner,
    headers: HeaderMap,
    Json(request): Json<MessageRequest>,
) -> Result<(StatusCode, Answered<MessageAccepted>), Problem> {
    let key = idempotency_key(&headers)?;
    let (to, message) = request.parts();
    check(&app, &message).await?;
    let accepted = accept_one(&app, to, &message, None, key, actor).await?;
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

/// What became of a message.
#[worker::send]
pub async fn life(Owner(app, _): Owner, Path(id): Path<String>) -> Result<Answered<Message>, Problem> {
    let id: MessageId = id.parse().map_err(|_| Problem::NotFound)?;
    app.subject(id.subject()).await?.message(id).await?.map(Answered).ok_or(Problem::NotFound)
}

/// What a text would take, and which rules it breaks. Nothing is sent.
#[worker::send]
pub async fn preview(Owner(app, _): Owner, Json(request): Json<PreviewRequest>) -> Result<Answered<Preview>, Problem> {
    let settings = app.settings().await?;
    let (text, violations) = match request.kind {
        PreviewKind::Message => {
            let text = fill(&settings, &request.text, &request.values, request.normalize);
            filled(text, &request.text, lint::message)
        }
        PreviewKind::Confirmation => {
            let missing = || Problem::field("form", "present", "Say which form the confirmation belongs to.");
            let form = lookup::newest(&app, &request.form.ok_or_else(missing)?).await?.ok_or(Problem::NotFound)?;
            let link = format!("{}/c/{}", app.links_to(&settings), "0".repeat(LinkToken::LENGTH));
            let purposes: Vec<_> = form.purposes.iter().collect();
            let lang = form.lang(request.lang);
            let asked = Asked { purposes: &purposes, lang, link: &link, reply_code: None, keyword: None };
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
