//! What the owner calls, with their token.

use axum::{Json as Answered, extract::Path};
use futures_util::future::try_join_all;
use serde::Deserialize;
use shared::{
    form::FormDraft,
    ids::{FormId, PurposeId},
    keys::SubjectId,
    phone::{NumberError, RegexLite, all_rules, parse},
    settings::Settings,
    time::Timestamp,
    wire::{CheckRequest, Checked, DayStats, Overview, Published, Stats, SubjectAnswer, SubjectRequest},
};

use super::submit::{SHARDS, shard_name};
use crate::{
    app::App,
    forms,
    objects::{
        ask,
        limiter::{self, Day},
        subject::{Answer, Ask, Who},
    },
    problem::Problem,
    request::{Json, Owner, Query},
};

/// The settings in force.
#[worker::send]
pub async fn settings(Owner(app): Owner) -> Result<Answered<Settings>, Problem> {
    Ok(Answered((*app.settings().await?).clone()))
}

/// Puts settings in force.
#[worker::send]
pub async fn put_settings(Owner(app): Owner, Json(settings): Json<Settings>) -> Result<Answered<Settings>, Problem> {
    forms::put_settings(&app, settings).await.map(Answered)
}

/// Publishes the next version of a form. What is published already stays as it is.
#[worker::send]
pub async fn put_form(
    Owner(app): Owner,
    Path(form): Path<String>,
    Json(draft): Json<FormDraft>,
) -> Result<Answered<Published>, Problem> {
    let form = form.parse().map_err(|error: shared::ids::IdError| Problem::field("form", "id", error.to_string()))?;
    let version = forms::publish(&app, form, draft).await?;
    Ok(Answered(Published { form: version.form, version: version.version, published_at: version.published_at }))
}

/// Asks the object of whom a call is about: by a number, or by the subject id that stands for it.
pub(super) async fn ask_about(
    app: &App,
    whom: (Option<String>, Option<String>),
    question: Ask,
) -> Result<Answer, Problem> {
    match whom {
        (Some(number), None) => app.person(&by_number(app, &number).await?, question).await,
        (None, Some(subject)) => app.subject(by_id(subject)?, question).await,
        _ => Err(Problem::field("number", "one_of", "Give either `number` or `subject`.")),
    }
}

fn by_id(subject: String) -> Result<SubjectId, Problem> {
    SubjectId::try_from(subject).map_err(|_| Problem::NotFound)
}

async fn by_number(app: &App, number: &str) -> Result<Who, Problem> {
    // No country to guess from: owners write numbers out.
    let abroad = all_rules().first().filter(|_| number.trim_start().starts_with('+'));
    let parsed =
        abroad.map_or(Err(NumberError::UnknownCountry), |any| parse(number, any.country, all_rules(), &RegexLite));
    let number = parsed.map_err(|why| {
        let detail = "Give a mobile number with + and its country code, such as +4917612345678.";
        Problem::field("number", why.reason(), detail)
    })?;
    app.who(&number).await
}

/// Whether an SMS may be sent to a person for a purpose, by the person's own, strongly consistent state.
#[worker::send]
pub async fn check(Owner(app): Owner, Json(request): Json<CheckRequest>) -> Result<Answered<Checked>, Problem> {
    known(&app, &request.purpose).await?;
    match ask_about(&app, (request.number, request.subject), Ask::Check(request.purpose)).await? {
        Answer::Check(checked) => Ok(Answered(checked)),
        _ => Err(Problem::Fault),
    }
}

pub(super) async fn known(app: &App, purpose: &PurposeId) -> Result<(), Problem> {
    if app.settings().await?.purpose(purpose).is_some() {
        return Ok(());
    }
    let detail = format!("The settings declare no purpose `{purpose}`.");
    Err(Problem::field("purpose", "unknown_purpose", detail))
}

/// The id that stands for a number, so that no number stands in an address.
#[worker::send]
pub async fn subject_of(
    Owner(app): Owner,
    Json(request): Json<SubjectRequest>,
) -> Result<Answered<SubjectAnswer>, Problem> {
    let subject = by_number(&app, &request.number).await?.id.to_string();
    Ok(Answered(SubjectAnswer { subject }))
}

/// A person's states and events.
#[worker::send]
pub async fn subject(Owner(app): Owner, Path(subject): Path<String>) -> Result<Answered<Overview>, Problem> {
    let id = by_id(subject)?;
    match app.subject(id, Ask::Overview).await? {
        Answer::Overview(overview) => Ok(Answered(Overview { subject: id.to_string(), ..overview })),
        _ => Err(Problem::Fault),
    }
}

/// For which form.
#[derive(Deserialize)]
pub struct ForForm {
    /// The form.
    form: String,
}

/// What a form's limit let through and held back, by day.
#[worker::send]
pub async fn stats(Owner(app): Owner, Query(asked): Query<ForForm>) -> Result<Answered<Stats>, Problem> {
    let form: FormId = asked.form.parse().map_err(|_| Problem::NotFound)?;
    let names: Vec<_> = (0..SHARDS).map(|shard| shard_name(form.as_str(), shard)).collect();
    let shards = names.iter().map(|name| ask::<_, Vec<Day>>(app.env(), "LIMITER", name, &limiter::Ask::Days));
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
