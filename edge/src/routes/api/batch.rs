//! A text to many people at once.

use axum::{
    Json as Answered,
    http::{HeaderMap, StatusCode},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest as _, Sha256};
use shared::{
    reference::Reference,
    wire::{BatchAccepted, BatchOutcome, BatchProgress, BatchRequest, BatchResult},
};

use super::messages::idempotency_key;
use crate::{
    objects::batch::{self, Begun},
    platform::secrets::random,
    problem::Problem,
    request::{List, Owner, Path},
    service::batch::check,
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
    let outcomes = check(&app, &request).await?;
    let (recipients, rejected) = (request.recipients.len(), rejected(&request, &outcomes));
    match batch::Client::of(app.env(), &id).begin(request, outcomes, actor).await? {
        Begun::Yes => Ok((StatusCode::ACCEPTED, Answered(BatchAccepted { id, recipients, rejected }))),
        Begun::Another => Err(Problem::KeyReused),
    }
}

/// The rows that are refused already, with what the call named them by.
fn rejected(request: &BatchRequest, outcomes: &[BatchOutcome]) -> Vec<BatchResult> {
    let rows = request.recipients.iter().zip(outcomes).enumerate();
    rows.filter(|(_, (_, outcome))| **outcome != BatchOutcome::Waiting)
        .map(|(n, (recipient, outcome))| BatchResult {
            n,
            reference: Reference::given(recipient.reference.as_deref()).unwrap_or_default(),
            outcome: outcome.clone(),
        })
        .collect()
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
