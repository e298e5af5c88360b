//! The hosted page of a form, which works with JavaScript off.

use axum::{
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use serde::Deserialize;
use shared::{
    evidence::Channel,
    form::FormVersion,
    lang::Lang,
    limits::Proof,
    phone::{MobileNumber, RegexLite},
    poster::Poster,
    reference::Reference,
    settings::Settings,
    stamp::{self, BadStamp},
    submission::{self, Filled},
    texts::pages::Notice,
    wire::{FormPosted, Source},
};
use widget::{Answers, Field, FormState, Options, Place, Problem as Mistake, Stage};

use super::{
    input::problem_page,
    press::{Press, Said},
};
use crate::{
    assets,
    pages::{self, Hosted},
    platform::context::App,
    problem::Problem,
    request::{Caller, Form, PageQuery, Path},
    routes::page::{Script, page, shell},
    service::{
        lookup,
        stamp::new_stamp,
        submit::{self, Came, Submission},
    },
};

/// What the link that led here says.
#[derive(Default, Deserialize)]
pub struct ByLink {
    lang: Option<String>,
    utm_campaign: Option<String>,
    reference: Option<String>,
}

/// What the page keeps of that, through errors too.
#[derive(Clone, Copy)]
struct Kept<'a> {
    campaign: &'a str,
    /// One that is none is left out: it is no mistake of the person's.
    reference: Option<&'a Reference>,
    /// The stamp, where it was not used.
    stamp: Option<&'a str>,
}

fn render(
    app: &App,
    form: &FormVersion,
    lang: Lang,
    state: &FormState,
    kept: Kept,
    notice: Option<Notice>,
) -> Result<Response, Problem> {
    let Kept { campaign, reference, stamp } = kept;
    let stamp = stamp.map_or_else(|| new_stamp(app, form.form.as_str()), |stamp| Ok(stamp.to_owned()))?;
    let view = lookup::view(form, lang);
    let options = Options { edge: app.origin(), place: Place::Page { stamp: &stamp }, campaign, reference };
    let html = pages::hosted(
        &shell(lang, Some(&form.controller)),
        &Hosted {
            title: &view.text.title,
            form: &widget::render(&view, state, options),
            css: Some(assets::path("form.css")),
            script: assets::path("embed.js"),
            notice,
        },
    );
    Ok(page(html, Script::Own))
}

#[worker::send]
pub async fn show(app: App, caller: Caller, Path(form): Path<String>, PageQuery(asked): PageQuery<ByLink>) -> Response {
    let form = match lookup::named(&app, &form).await {
        Ok(form) => form,
        Err(problem) => return problem_page(&caller, &problem),
    };
    let lang = form.lang(caller.lang(asked.lang.as_deref(), &form.draft.languages));
    let campaign = asked.utm_campaign.unwrap_or_default();
    let reference = Reference::given(asked.reference.as_deref()).unwrap_or_default();
    let kept = Kept { campaign: &campaign, reference: reference.as_ref(), stamp: None };
    render(&app, &form, lang, &FormState::default(), kept, None)
        .unwrap_or_else(|problem| problem_page(&caller, &problem))
}

/// A form posted without JavaScript, by the hosted page or by a page that embeds it. The latter is only a way here.
#[worker::send]
pub async fn submit(
    app: App,
    caller: Caller,
    Path(form): Path<String>,
    posted: Result<Form<FormPosted>, Problem>,
) -> Response {
    let answer = async {
        let form = lookup::named(&app, &form).await?;
        let Form(posted) = posted?;
        taken(&app, &caller, &form, posted).await
    };
    answer.await.unwrap_or_else(|problem| problem_page(&caller, &problem))
}

async fn taken(app: &App, caller: &Caller, form: &FormVersion, posted: FormPosted) -> Result<Response, Problem> {
    let lang = form.lang(caller.lang(posted.lang.map(Lang::tag), &form.draft.languages));
    let reference = Reference::given(Some(&posted.reference)).unwrap_or_default();
    let kept = Kept { campaign: &posted.campaign, reference: reference.as_ref(), stamp: None };
    if caller.poster == Poster::Foreign {
        // What it shows to people nobody knows: its number comes along, its ticks don't (L1), and nothing is done.
        let answers = Answers { number: posted.number, ..Answers::default() };
        let state = FormState { answers, ..FormState::default() };
        return render(app, form, lang, &state, kept, Some(Notice::SentElsewhere));
    }
    let labels = lookup::view(form, lang).labels;
    let single = form.purposes.len() == 1;
    // With one purpose, its box declares the age.
    let age_confirmed = posted.age_confirmed.is_some() || (single && !posted.purpose.is_empty());
    // Back to the person goes what they have just sent; ticks only for the text that they were shown, and only where it
    // was surely our own page that showed it.
    let own = caller.poster == Poster::Ours;
    let answers = |keep_ticks: bool| Answers {
        number: posted.number.clone(),
        purposes: if keep_ticks && own { posted.purpose.clone() } else { Vec::new() },
        age_confirmed: keep_ticks && own && posted.age_confirmed.is_some(),
    };
    let again = |mistakes: Vec<Mistake>, keep_ticks: bool| {
        let state = FormState { answers: answers(keep_ticks), stage: Stage::Asking(mistakes) };
        let response = render(app, form, lang, &state, kept, None)?;
        Ok((StatusCode::UNPROCESSABLE_ENTITY, response).into_response())
    };
    let general = |text: &str| vec![Mistake { field: Field::Form, text: text.to_owned() }];
    if posted.version != form.version || posted.disclosure != Some(form.disclosure(lang).hash()) {
        return again(general(&labels.outdated), false);
    }
    let filled = Filled { number: &posted.number, country: None, purposes: &posted.purpose, age_confirmed };
    let number = match submission::check(form, lang, filled, &RegexLite) {
        Ok(number) => number,
        Err(errors) => {
            let mistakes = errors
                .into_iter()
                .filter(|error| !(single && error.field == "age_confirmed"))
                .map(|error| Mistake { field: Field::of_request(&error.field), text: error.detail })
                .collect();
            return again(mistakes, true);
        }
    };
    let settings = app.settings().await?;
    let ends = number.last_two_digits().to_owned();
    let press = Press::of(app, form, &posted);
    // Who fills in what nobody sees is told that all is well.
    let came = if press.counts() && posted.website.is_empty() {
        hand_in(app, &settings, caller, form, &posted, number, reference.clone()).await?
    } else {
        Some(Came::First)
    };
    let Some(came) = came else { return again(general(&labels.refused), true) };
    let said = Said { next: &labels.next, texts: &labels.asked_again, lang, zone: &settings.time_zone, ends: &ends };
    let state = FormState { answers: answers(true), stage: Stage::Done(press.answer(said, came, app.now())) };
    let stamp = (!press.counts()).then_some(posted.stamp.as_str());
    render(app, form, lang, &state, Kept { stamp, ..kept }, None)
}

/// Nothing where the page's stamp doesn't count, or has counted for another submission.
async fn hand_in(
    app: &App,
    settings: &Settings,
    caller: &Caller,
    form: &FormVersion,
    posted: &FormPosted,
    number: MobileNumber,
    reference: Option<Reference>,
) -> Result<Option<Came>, Problem> {
    let now = app.now();
    let name = match stamp::verify(&app.secrets().index, &posted.stamp, form.form.as_str(), now) {
        Ok(name) => name,
        Err(BadStamp::Early | BadStamp::Late | BadStamp::Foreign) => return Ok(None),
    };
    let campaign = (!posted.campaign.is_empty()).then(|| posted.campaign.clone());
    let submission = Submission {
        form,
        lang: form.lang(posted.lang),
        number,
        purposes: posted.purpose.clone(),
        source: Source { campaign, ..Source::default() },
        reference,
        channel: Channel::WithoutScript,
        boxes: posted.boxes,
        proof: Proof { name, until: now + stamp::AT_MOST },
    };
    match submit::take(app, settings, caller, submission).await {
        Err(Problem::ChallengeUsed(_)) => Ok(None),
        came => came.map(Some),
    }
}
