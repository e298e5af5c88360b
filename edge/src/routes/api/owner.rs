//! What the owner calls, with their token.

use axum::Json as Answered;
use futures_util::future::try_join_all;
use serde::Deserialize;
use shared::{
    form::FormDraft,
    ids::FormId,
    limits::{DaySum, form_counter},
    settings::Settings,
    shard::SHARDS,
    time::{self, Timestamp},
    wire::{
        CheckRequest, Checked, DayStats, FormLine, FormList, Overview, Published, PublishedDraft, SettingsAnswer,
        Stats, SubjectAnswer, SubjectRequest,
    },
};

use crate::{
    objects::limiter,
    problem::Problem,
    request::{Json, Owner, Path, Query},
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

/// Every form.
#[worker::send]
pub async fn forms(Owner(app, _): Owner) -> Result<Answered<FormList>, Problem> {
    let forms = lookup::forms(&app).await?.into_iter().map(|form| FormLine::new(form, app.origin())).collect();
    Ok(Answered(FormList { forms }))
}

#[derive(Deserialize)]
pub struct OfVersion {
    /// The newest by default.
    version: Option<u32>,
}

/// A form as it was published.
#[worker::send]
pub async fn draft(
    Owner(app, _): Owner,
    Path(form): Path<String>,
    Query(asked): Query<OfVersion>,
) -> Result<Answered<PublishedDraft>, Problem> {
    lookup::published(&app, &form, asked.version).await.map(|form| Answered(PublishedDraft::new(form)))
}

/// Closes a form: it takes no requests until it is published again.
#[worker::send]
pub async fn close_form(Owner(app, actor): Owner, Path(form): Path<String>) -> Result<Answered<FormLine>, Problem> {
    let form = form.parse().map_err(|_| Problem::NotFound)?;
    let closed = lookup::close(&app, form, actor).await?;
    Ok(Answered(FormLine::new(closed, app.origin())))
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
pub struct Asked {
    form: FormId,
    /// The first day, in UTC.
    from: Option<time::Day>,
    /// The last day.
    to: Option<time::Day>,
}

impl Asked {
    fn wants(&self, day: i64) -> bool {
        self.from.is_none_or(|from| from.number() <= day) && self.to.is_none_or(|to| day <= to.number())
    }
}

/// What a form's limit let through and held back, by day.
#[worker::send]
pub async fn stats(Owner(app, _): Owner, Query(asked): Query<Asked>) -> Result<Answered<Stats>, Problem> {
    if asked.from.zip(asked.to).is_some_and(|(from, to)| to < from) {
        return Err(Problem::field("to", "order", "Give a `to` that is not before `from`."));
    }
    lookup::newest(&app, &asked.form).await?.ok_or(Problem::NotFound)?;
    let names: Vec<_> = (0..SHARDS).map(|shard| form_counter(asked.form.as_str(), shard)).collect();
    let shards = names.iter().map(|name| limiter::Client::of(app.env(), name).days());
    let mut days = std::collections::BTreeMap::<i64, DaySum>::new();
    for day in try_join_all(shards).await?.into_iter().flatten().filter(|day| asked.wants(day.day)) {
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
