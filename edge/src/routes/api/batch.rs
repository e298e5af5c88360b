//! A text to many people at once.

use axum::{
    Json as Answered,
    http::{HeaderMap, StatusCode},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest as _, Sha256};
use shared::{
    reference::Reference,
    wire::{BatchAccepted, BatchOutcome, BatchProgress, BatchRequest, FieldError},
};

use super::messages::idempotency_key;
use crate::{
    objects::batch::{self, Begun},
    platform::{context::App, secrets::random},
    problem::Problem,
    request::{List, Owner, Path},
    service::send,
};

/// Bytes of a batch's id.
const ID: usize = 16;

#[worker::send]
pub async fn begin(
    Owner(app, actor): Owner,
    headers: HeaderMap,
    List(request): List<BatchRequest>,
) -> Result<(StatusCode, Answered<BatchAccepted>), Problem> {
    // The same key is the same batch.
    let id = URL_SAFE_NO_PAD.encode(match idempotency_key(&headers)? {
        Some(key) => {
            let hash = Sha256::new_with_prefix("batch/").chain_update(key).finalize();
            hash.first_chunk::<ID>().copied().ok_or(Problem::Fault)?
        }
        None => random(),
    });
    check(&app, &request).await?;
    let recipients = request.recipients.len();
    match batch::Client::of(app.env(), &id).begin(request, actor).await? {
        Begun::Yes => Ok((StatusCode::ACCEPTED, Answered(BatchAccepted { id, recipients }))),
        Begun::Another => Err(Problem::KeyReused),
    }
}

/// What is wrong with the whole of it is said at once; what is wrong with one number is that recipient's answer.
async fn check(app: &App, request: &BatchRequest) -> Result<(), Problem> {
    let message = request.message();
    send::check(app, &message).await?;
    let recipients = &request.recipients;
    if !(1..=BatchRequest::MOST).contains(&recipients.len()) {
        let detail = format!("Give 1 to {} recipients; call again for more.", BatchRequest::MOST);
        return Err(Problem::field("recipients", "count", detail));
    }
    let settings = app.settings().await?;
    for (at, recipient) in recipients.iter().enumerate() {
        if recipient.number.is_some() == recipient.subject.is_some() {
            let field = format!("recipients[{at}]");
            return Err(Problem::field(&field, "one_of", "Give either `number` or `subject`."));
        }
        Reference::given(recipient.reference.as_deref()).map_err(|why| {
            Problem::Fields(vec![FieldError::bad_reference(&format!("recipients[{at}].reference"), why)])
        })?;
        let field = if recipient.values.is_empty() { "text".to_owned() } else { format!("recipients[{at}].values") };
        send::fill_in(&settings, &message, &recipient.values, &field)?;
    }
    Ok(())
}

#[worker::send]
pub async fn progress(Owner(app, _): Owner, Path(id): Path<String>) -> Result<Answered<BatchProgress>, Problem> {
    if !URL_SAFE_NO_PAD.decode(&id).is_ok_and(|bytes| bytes.len() == ID) {
        return Err(Problem::NotFound);
    }
    let results = batch::Client::of(app.env(), &id).progress().await?.ok_or(Problem::NotFound)?;
    let done = results.iter().filter(|result| result.outcome != BatchOutcome::Waiting).count();
    Ok(Answered(BatchProgress { id, total: results.len(), done, results }))
}
