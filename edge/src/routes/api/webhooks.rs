//! How the owner's webhooks fare, and what they missed.

use std::rc::Rc;

use axum::{Json as Answered, http::StatusCode};
use shared::{
    ids::WebhookId,
    settings::Settings,
    wire::{ReplayRequest, Replayed, WebhookHealth},
};

use crate::{
    objects::webhook::{Client, Health},
    platform::context::App,
    problem::Problem,
    request::{Json, Owner, Path},
};

async fn declared(app: &App, webhook: &str) -> Result<(Rc<Settings>, WebhookId), Problem> {
    let id: WebhookId = webhook.parse().map_err(|_| Problem::NotFound)?;
    let settings = app.settings().await?;
    settings.webhook(&id).ok_or(Problem::NotFound)?;
    Ok((settings, id))
}

/// How a webhook fares, over all its objects.
#[worker::send]
pub async fn health(Owner(app, _): Owner, Path(webhook): Path<String>) -> Result<Answered<WebhookHealth>, Problem> {
    let (settings, id) = declared(&app, &webhook).await?;
    let webhook = settings.webhook(&id).ok_or(Problem::NotFound)?;
    let mut sum = Health::default();
    let mut disabled = false;
    for share in Client::of(app.env(), &id).health().await? {
        sum.waiting += share.waiting;
        sum.failed += share.failed;
        sum.missing_secret |= share.missing_secret;
        disabled |= share.disabled.as_ref() == Some(webhook);
        sum.last_error = sum.last_error.into_iter().chain(share.last_error).max_by_key(|error| error.time);
    }
    Ok(Answered(WebhookHealth {
        waiting: sum.waiting,
        failed: sum.failed,
        disabled,
        missing_secret: sum.missing_secret.then(|| webhook.secret_name()),
        last_error: sum.last_error,
        webhook: id,
    }))
}

#[worker::send]
pub async fn replay(
    Owner(app, actor): Owner,
    Path(webhook): Path<String>,
    Json(asked): Json<ReplayRequest>,
) -> Result<(StatusCode, Answered<Replayed>), Problem> {
    let (_, id) = declared(&app, &webhook).await?;
    if asked.until.is_some_and(|until| until <= asked.from) {
        return Err(Problem::field("until", "order", "Give an `until` that is after `from`."));
    }
    let replayed = Client::of(app.env(), &id).replay(asked.from, asked.until, asked.subject, actor).await?;
    Ok((StatusCode::ACCEPTED, Answered(Replayed { replayed })))
}
