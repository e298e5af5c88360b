//! The owner's messages.

use axum::{
    Json as Answered,
    http::{HeaderMap, StatusCode},
};
use shared::{
    form::{Asked, confirmation_values},
    lang::Lang,
    lint,
    message::{Message, MessageId},
    settings::{Purpose, Sender, Settings},
    sms,
    template::TemplateError,
    violation::Violation,
    way_out::{Frame, room, sample_link, sample_way_out},
    wire::{MessageAccepted, MessageRequest, Preview, PreviewKind, PreviewRequest},
};

use crate::{
    platform::context::App,
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

/// What a text takes as it leaves, and which rules it breaks. Nothing is sent.
#[worker::send]
pub async fn preview(Owner(app, _): Owner, Json(request): Json<PreviewRequest>) -> Result<Answered<Preview>, Problem> {
    let settings = app.settings().await?;
    let Previewed { text, begin, way_out, room, violations } = match request.kind {
        PreviewKind::Message => preview_message(&app, &settings, &request).await?,
        PreviewKind::Confirmation => preview_confirmation(&app, &settings, request).await?,
    };
    let measure = sms::measure(&text);
    Ok(Answered(Preview {
        text,
        begin,
        way_out,
        room_in_one_part: room,
        encoding: measure.encoding,
        units: measure.units,
        segments: measure.segments,
        violations,
    }))
}

struct Previewed {
    text: String,
    begin: Option<String>,
    way_out: Option<String>,
    room: Option<usize>,
    violations: Vec<Violation>,
}

async fn preview_message(app: &App, settings: &Settings, request: &PreviewRequest) -> Result<Previewed, Problem> {
    if let Some(purpose) = &request.purpose {
        lookup::declared(app, purpose).await?;
    }
    let wanted = |sender: &&Sender| match (&request.sender, &request.purpose) {
        (Some(id), Some(purpose)) => sender.id == *id && sender.serves(purpose),
        (Some(id), None) => sender.id == *id,
        (None, Some(purpose)) => sender.serves(purpose),
        (None, None) => true,
    };
    let senders: Vec<_> = settings.senders.iter().filter(wanted).collect();
    if senders.is_empty() {
        let detail = "No such sender serves this. See `senders` in the settings.";
        return Err(Problem::field("sender", "purpose_not_served", detail));
    }
    let purpose = request.purpose.as_ref().and_then(|purpose| settings.purpose(purpose));
    let has = |lang: &Lang| purpose.is_none_or(|purpose| purpose.label.get(*lang).is_some());
    let langs = request.lang.map_or_else(|| Lang::ALL.into_iter().filter(has).collect(), |lang| vec![lang]);
    let text = fill(settings, &request.text, &request.values, request.normalize);
    let shown = text.as_ref().map_or(request.text.as_str(), String::as_str);
    let links_to = app.links_to(settings);
    // Without a purpose it may be any.
    let (free, link) = (sample_way_out(&links_to), sample_link(&links_to));
    let frame = if purpose.is_none_or(Purpose::advertises) {
        Frame::Advertising { controller: &settings.controller, link: &free }
    } else {
        Frame::Service { link: &link }
    };
    let begin = frame.begin(shown);
    let way_out = frame.longest(shown, &senders, &langs);
    let room = way_out.as_ref().map(|way_out| room(&begin, way_out));
    let leaves = |text: &str| way_out.as_ref().map_or_else(|| text.to_owned(), |way_out| frame.with(text, way_out));
    let (text, violations) = filled(text, &request.text, |text| lint::message(&leaves(text)));
    let text = leaves(&text);
    Ok(Previewed { text, begin: (!begin.is_empty()).then_some(begin), way_out, room, violations })
}

async fn preview_confirmation(app: &App, settings: &Settings, request: PreviewRequest) -> Result<Previewed, Problem> {
    let missing = || Problem::field("form", "present", "Say which form the confirmation belongs to.");
    let form = lookup::newest(app, &request.form.ok_or_else(missing)?).await?.ok_or(Problem::NotFound)?;
    let link = sample_link(&app.links_to(settings));
    let purposes: Vec<_> = form.purposes.iter().collect();
    let lang = form.lang(request.lang);
    let asked = Asked { purposes: &purposes, lang, link: &link, reply_code: None, keyword: None, handed_in: None };
    let facts = form.confirmation_facts(&asked);
    let values = confirmation_values(&facts).into_iter().chain(request.values).collect();
    let text = fill(settings, &request.text, &values, request.normalize);
    let (text, violations) = filled(text, &request.text, |text| form.lint_confirmation(text, &asked));
    Ok(Previewed { text, begin: None, way_out: None, room: None, violations })
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
