//! Lets a development build tell webhooks of what has not happened, and take codes for nobody: so an owner's program
//! can be tried, as our tests do.

use axum::{Json, Router, http::StatusCode, routing::post};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use shared::{ids::PurposeId, reference::Reference, settings::WebhookEvent, wire::FieldError};

use crate::{
    objects::{pool, webhook},
    platform::{context::App, secrets::random},
    problem::Problem,
    request::Json as Body,
};

/// Its calls, of the simulated phone's router.
pub fn router() -> Router {
    Router::new().route("/simulator/event", post(event)).route("/simulator/reward", post(reward))
}

#[derive(Deserialize)]
struct Rehearsed {
    id: String,
    kind: WebhookEvent,
    subject: String,
    #[serde(default)]
    data: Map<String, Value>,
    number: Option<String>,
    reference: Option<String>,
}

#[worker::send]
async fn event(app: App, Body(rehearsed): Body<Rehearsed>) -> Result<StatusCode, Problem> {
    let Rehearsed { id, kind, subject, data, number, reference } = rehearsed;
    let bad = |why| Problem::Fields(vec![FieldError::bad_reference("reference", why)]);
    let reference = Reference::given(reference.as_deref()).map_err(bad)?;
    let sealed = reference.map(|reference| reference.seal(&app.secrets().seal, random())).transpose();
    let reference = sealed.map_err(|_| Problem::Fault)?;
    let event = webhook::Event { id, kind, time: app.now(), subject, data, number, reference };
    webhook::tell(app.env(), &*app.settings().await?, &event).await?;
    Ok(StatusCode::ACCEPTED)
}

#[derive(Deserialize)]
struct Taker {
    purpose: PurposeId,
    subject: String,
}

#[derive(Serialize)]
struct Code {
    code: Option<String>,
}

#[worker::send]
async fn reward(app: App, Body(taker): Body<Taker>) -> Result<Json<Code>, Problem> {
    let code = pool::take_for(app.env(), &*app.settings().await?, &taker.purpose, &taker.subject).await?;
    let code = match code {
        pool::Code::Theirs(code) => Some(code),
        pool::Code::Empty | pool::Code::HadOne => None,
    };
    Ok(Json(Code { code }))
}
