//! A batch as it comes in: what is wrong with all of it refuses it, what is wrong with a row refuses that row.

use std::collections::BTreeMap;

use shared::{
    batch::taken,
    key_ring::SubjectId,
    reference::Reference,
    settings::Settings,
    sms::{self, MOST_SEGMENTS},
    template,
    whereabouts::Places,
    wire::{BatchOutcome, BatchRequest, FieldError, MessageDraft, Recipient},
};

use super::{lookup, send};
use crate::{platform::context::App, problem::Problem};

/// What can be said of each row at once.
///
/// # Errors
/// Something is wrong with the whole, or with every row.
pub async fn check(app: &App, request: &BatchRequest) -> Result<Vec<BatchOutcome>, Problem> {
    let message = request.message();
    send::check(app, &message).await?;
    let recipients = &request.recipients;
    if !(1..=BatchRequest::MOST).contains(&recipients.len()) {
        let detail = format!("Give 1 to {} recipients; call again for more.", BatchRequest::MOST);
        return Err(Problem::field("recipients", "count", detail));
    }
    let settings = app.settings().await?;
    check_text(&settings, &message)?;
    let rows = recipients.iter().enumerate().map(|(n, recipient)| row(app, &settings, &message, recipient, n));
    taken(rows.collect()).map_err(Problem::Fields)
}

/// What no values can mend.
fn check_text(settings: &Settings, message: &MessageDraft) -> Result<(), Problem> {
    let malformed = |why: template::TemplateError| {
        Problem::field("text", "malformed_template", format!("The text can't be filled in: {why}."))
    };
    let nothing: BTreeMap<_, _> =
        template::names(&message.text).map_err(malformed)?.into_iter().map(|name| (name, String::new())).collect();
    let least = send::fill(settings, &message.text, &nothing, message.normalize).map_err(malformed)?;
    if sms::measure(&least).segments > MOST_SEGMENTS { Err(send::too_long("text")) } else { Ok(()) }
}

/// The ids under which a recipient may be stored, or what is wrong with them.
fn row(
    app: &App,
    settings: &Settings,
    message: &MessageDraft,
    recipient: &Recipient,
    n: usize,
) -> Result<Vec<SubjectId>, FieldError> {
    let at = |name: &str| format!("recipients[{n}]{name}");
    let wrong = |field: String, reason: &str, detail: &str| FieldError {
        field,
        reason: reason.to_owned(),
        detail: detail.to_owned(),
    };
    let ids = match (&recipient.number, &recipient.subject) {
        (Some(number), None) => {
            let number = lookup::number(number).map_err(|error| FieldError { field: at(".number"), ..error })?;
            let places = Places::of(&number, &app.secrets().index);
            places.map(|places| places.ids()).unwrap_or_default()
        }
        (None, Some(subject)) => {
            let id = SubjectId::try_from(subject.clone());
            vec![id.map_err(|_| wrong(at(".subject"), "not-found", "There is no subject of that id."))?]
        }
        _ => return Err(wrong(at(""), "one_of", "Give either `number` or `subject`.")),
    };
    Reference::given(recipient.reference.as_deref())
        .map_err(|why| FieldError::bad_reference(&at(".reference"), why))?;
    send::fill_in(settings, message, &recipient.values, &at(".values")).map_err(|problem| {
        match problem {
            Problem::Fields(errors) => errors.into_iter().next(),
            _ => None,
        }
        .unwrap_or_else(|| wrong(at(""), "value", "This recipient can't be used."))
    })?;
    Ok(ids)
}
