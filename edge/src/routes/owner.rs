//! What the owner calls, with their token.

use axum::{
    Json as Answered,
    extract::{Path, Query},
    http::StatusCode,
};
use futures_util::future::try_join_all;
use serde::{Deserialize, Serialize};
use shared::{
    form::FormDraft,
    ids::{FormId, PurposeId},
    keys::SubjectId,
    phone::{NumberError, RegexLite, all_rules, parse},
    settings::{Basis, Settings},
    subject::Reason,
    time::Timestamp,
    wire::{CheckRequest, MessageAccepted, MessageRequest, SubjectAnswer, SubjectRequest, Whom},
};
use utoipa::{IntoParams, ToSchema};

use super::submit::{SHARDS, shard_name};
use crate::{
    app::App,
    forms,
    objects::{
        ask,
        limiter::{self, Day},
        subject::{Answer, Ask, Overview, SendRefusal, Verdict, Who},
    },
    problem::Problem,
    request::{Json, Owner},
};

/// The settings in force.
#[utoipa::path(get, path = "/v1/settings", responses((status = 200, body = Settings)))]
#[worker::send]
pub async fn settings(app: App, _: Owner) -> Result<Answered<Settings>, Problem> {
    Ok(Answered((*app.settings().await?).clone()))
}

/// Puts settings in force.
#[utoipa::path(
    put, path = "/v1/settings", request_body = Settings,
    responses((status = 200, body = Settings), (status = 422, description = "What to correct, in `violations`"))
)]
#[worker::send]
pub async fn put_settings(app: App, _: Owner, Json(settings): Json<Settings>) -> Result<Answered<Settings>, Problem> {
    forms::put_settings(&app, settings).await.map(Answered)
}

/// A published version of a form.
#[derive(Serialize, ToSchema)]
pub struct Published {
    /// The form.
    form: FormId,
    /// Its version.
    version: u32,
    /// When it was published.
    published_at: Timestamp,
}

/// Publishes the next version of a form. What is published already stays as it is.
#[utoipa::path(
    put, path = "/v1/forms/{form}", params(("form" = String, Path)), request_body = FormDraft,
    responses((status = 200, body = Published), (status = 422, description = "What to correct, in `violations`"))
)]
#[worker::send]
pub async fn put_form(
    app: App,
    _: Owner,
    Path(form): Path<String>,
    Json(draft): Json<FormDraft>,
) -> Result<Answered<Published>, Problem> {
    let form = form
        .parse()
        .map_err(|error: shared::ids::IdError| Problem::field("form", "id", error.to_string()))?;
    let version = forms::publish(&app, form, draft).await?;
    Ok(Answered(Published {
        form: version.form,
        version: version.version,
        published_at: version.published_at,
    }))
}

/// Asks the object of whom a call is about.
async fn ask_about(app: &App, whom: &Whom, question: Ask) -> Result<Answer, Problem> {
    match (&whom.number, &whom.subject) {
        (Some(number), None) => app.person(&by_number(app, number).await?, question).await,
        (None, Some(subject)) => app.subject(by_id(subject)?, question).await,
        _ => Err(Problem::field("number", "one_of", "Give either `number` or `subject`.")),
    }
}

fn by_id(subject: &str) -> Result<SubjectId, Problem> {
    SubjectId::try_from(subject.to_owned()).map_err(|_| Problem::NotFound("subject"))
}

async fn by_number(app: &App, number: &str) -> Result<Who, Problem> {
    // No country to guess from: owners write numbers out.
    let abroad = all_rules().first().filter(|_| number.trim_start().starts_with('+'));
    let parsed = abroad.map_or(Err(NumberError::UnknownCountry), |any| {
        parse(number, any.country, all_rules(), &RegexLite)
    });
    let number = parsed.map_err(|why| {
        let detail = "Give a mobile number with + and its country code, such as +4917612345678.";
        Problem::field("number", why.reason(), detail)
    })?;
    app.who(&number).await
}

/// Whether an SMS may be sent.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
pub enum Checked {
    /// It may.
    Allowed {
        /// Always true.
        allowed: bool,
        /// Why.
        basis: Basis,
        /// Since when.
        since: Timestamp,
        /// The event that proves it.
        event: String,
    },
    /// It may not.
    Denied {
        /// Always false.
        allowed: bool,
        /// Why not.
        reason: Reason,
    },
}

/// Whether an SMS may be sent to a person for a purpose, by the person's own, strongly consistent state.
#[utoipa::path(post, path = "/v1/check", request_body = CheckRequest, responses((status = 200, body = Checked)))]
#[worker::send]
pub async fn check(app: App, _: Owner, Json(request): Json<CheckRequest>) -> Result<Answered<Checked>, Problem> {
    known(&app, &request.purpose).await?;
    match ask_about(&app, &request.whom, Ask::Check(request.purpose)).await? {
        Answer::Check(Verdict::Allowed { basis, since, event }) => {
            Ok(Answered(Checked::Allowed { allowed: true, basis, since, event }))
        }
        Answer::Check(Verdict::Denied(reason)) => Ok(Answered(Checked::Denied { allowed: false, reason })),
        _ => Err(Problem::Fault),
    }
}

async fn known(app: &App, purpose: &PurposeId) -> Result<(), Problem> {
    if app.settings().await?.purpose(purpose).is_some() {
        return Ok(());
    }
    let detail = format!("The settings declare no purpose `{purpose}`.");
    Err(Problem::field("purpose", "unknown_purpose", detail))
}

/// Sends a text, if the person agreed to its purpose and as often as was promised at the most.
#[utoipa::path(
    post, path = "/v1/messages", request_body = MessageRequest,
    responses(
        (status = 202, body = MessageAccepted),
        (status = 403, description = "`no-consent` or `frequency-exceeded`; nothing was sent"),
    )
)]
#[worker::send]
pub async fn messages(
    app: App,
    _: Owner,
    Json(request): Json<MessageRequest>,
) -> Result<(StatusCode, Answered<MessageAccepted>), Problem> {
    if request.text.trim().is_empty() {
        return Err(Problem::field("text", "present", "Write the text of the SMS."));
    }
    let parts = shared::sms::measure(&request.text).segments;
    if parts > shared::sms::MOST_SEGMENTS {
        let detail = format!("The text takes {parts} parts; {} are the most.", shared::sms::MOST_SEGMENTS);
        return Err(Problem::field("text", "too_long", detail));
    }
    known(&app, &request.purpose).await?;
    let send = Ask::Send { purpose: request.purpose, text: request.text };
    match ask_about(&app, &request.whom, send).await? {
        Answer::Accepted { id, segments } => Ok((StatusCode::ACCEPTED, Answered(MessageAccepted { id, segments }))),
        Answer::Refused(SendRefusal::NoConsent) => Err(Problem::NoConsent),
        Answer::Refused(SendRefusal::FrequencyExceeded) => Err(Problem::FrequencyExceeded),
        _ => Err(Problem::Fault),
    }
}

/// The id that stands for a number, so that no number stands in an address.
#[utoipa::path(
    post, path = "/v1/subjects", request_body = SubjectRequest, responses((status = 200, body = SubjectAnswer))
)]
#[worker::send]
pub async fn subject_of(
    app: App,
    _: Owner,
    Json(request): Json<SubjectRequest>,
) -> Result<Answered<SubjectAnswer>, Problem> {
    let subject = by_number(&app, &request.number).await?.id.to_string();
    Ok(Answered(SubjectAnswer { subject }))
}

/// A person's states and events.
#[derive(Serialize, ToSchema)]
pub struct SubjectShown {
    /// The subject.
    subject: String,
    /// Everything about it.
    #[serde(flatten)]
    overview: Overview,
}

/// A person's states and events.
#[utoipa::path(
    get, path = "/v1/subjects/{subject}", params(("subject" = String, Path)),
    responses((status = 200, body = SubjectShown))
)]
#[worker::send]
pub async fn subject(app: App, _: Owner, Path(subject): Path<String>) -> Result<Answered<SubjectShown>, Problem> {
    match app.subject(by_id(&subject)?, Ask::Overview).await? {
        Answer::Overview(overview) => Ok(Answered(SubjectShown { subject, overview })),
        _ => Err(Problem::Fault),
    }
}

/// For which form.
#[derive(Deserialize, IntoParams)]
pub struct ForForm {
    /// The form.
    form: String,
}

/// What came in.
#[derive(Serialize, ToSchema)]
pub struct Stats {
    /// By day, the oldest first.
    days: Vec<DayStats>,
}

/// What a day brought.
#[derive(Serialize, ToSchema)]
pub struct DayStats {
    /// The day, in UTC.
    day: Timestamp,
    /// Submissions within the form's limit.
    submitted: u32,
    /// Submissions beyond it, which were told that all is well and sent nothing.
    limited: u32,
}

/// What a form's limit let through and held back, by day.
#[utoipa::path(get, path = "/v1/stats", params(ForForm), responses((status = 200, body = Stats)))]
#[worker::send]
pub async fn stats(app: App, _: Owner, Query(asked): Query<ForForm>) -> Result<Answered<Stats>, Problem> {
    let form: FormId = asked.form.parse().map_err(|_| Problem::NotFound("form"))?;
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
