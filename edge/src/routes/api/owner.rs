//! What the owner calls, with their token.

use axum::{Json as Answered, extract::Path};
use futures_util::future::try_join_all;
use serde::Deserialize;
use shared::{
    form::FormDraft,
    ids::FormId,
    limits::{Day, form_counter},
    settings::Settings,
    shard::SHARDS,
    time::Timestamp,
    wire::{
        CheckRequest, Checked, DayStats, Overview, Published, SettingsAnswer, Stats, SubjectAnswer, SubjectRequest,
    },
};

use crate::{
    objects::limiter,
    problem::Problem,
    request::{Json, Owner, Query},
    service::lookup,
};

#[worker::send]
pub async fn settings(Owner(app, _): Owner) -> Result<Answered<Settings>, Problem> {
    Ok(Answered((*app.settings().await?).clone()))
}

#[worker::send]
pub async fn put_settings(
    Owner(app, actor): Owner,
    Json(settings): Json<Settings>,
) -> Result<Answered<SettingsAnswer>, Problem> {
    let (settings, warnings) = lookup::put_settings(&app, settings, actor).await?;
    Ok(Answered(SettingsAnswer { settings, warnings }))
}

/// Publishes the next version of a form. What is published already stays as it is.
#[worker::send]
pub async fn put_form(
    Owner(app, actor): Owner,
    Path(form): Path<String>,
    Json(draft): Json<FormDraft>,
) -> Result<Answered<Published>, Problem> {
    let form = form.parse().map_err(|error: shared::ids::IdError| Problem::field("form", "id", error.to_string()))?;
    let version = lookup::publish(&app, form, draft, actor).await?;
    Ok(Answered(Published { form: version.form, version: version.version, published_at: version.published_at }))
}

/// Whether an SMS may be sent to a person for a purpose, by the person's own, strongly consistent state.
#[worker::send]
pub async fn check(Owner(app, _): Owner, Json(request): Json<CheckRequest>) -> Result<Answered<Checked>, Problem> {
    lookup::declared(&app, &request.purpose).await?;
    app.about(request.number, request.subject).await?.check(request.purpose).await.map(Answered)
}

/// The id that stands for a number, so that no number stands in an address.
#[worker::send]
pub async fn subject_of(
    Owner(app, _): Owner,
    Json(request): Json<SubjectRequest>,
) -> Result<Answered<SubjectAnswer>, Problem> {
    let subject = app.person(&lookup::read_number(&request.number)?).await?.id().await?;
    Ok(Answered(SubjectAnswer { subject: subject.to_string() }))
}

/// A person's states and events.
#[worker::send]
pub async fn subject(Owner(app, _): Owner, Path(subject): Path<String>) -> Result<Answered<Overview>, Problem> {
    app.subject(lookup::by_id(subject)?).await?.overview().await.map(Answered)
}

#[derive(Deserialize)]
pub struct ForForm {
    form: String,
}

/// What a form's limit let through and held back, by day.
#[worker::send]
pub async fn stats(Owner(app, _): Owner, Query(asked): Query<ForForm>) -> Result<Answered<Stats>, Problem> {
    let form: FormId = asked.form.parse().map_err(|_| Problem::NotFound)?;
    let names: Vec<_> = (0..SHARDS).map(|shard| form_counter(form.as_str(), shard)).collect();
    let shards = names.iter().map(|name| limiter::Client::of(app.env(), name).days());
    let mut days = std::collections::BTreeMap::<i64, Day>::new();
    for day in try_join_all(shards).await?.into_iter().flatten() {
        let sum = days.entry(day.day).or_default();
        sum.taken += day.taken;
        sum.limited += day.limited;
    }
    let days = days
        .into_iter()
        .map(|(day, sum)| DayStats {
            day: Timestamp::from_millis(day * 86_400_000),
            submitted: sum.taken,
            limited: sum.limited,
        })
        .collect();
    Ok(Answered(Stats { days }))
}
