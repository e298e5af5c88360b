//! The links in SMS: a GET shows, and only a POST by the person's tap changes anything.

use std::rc::Rc;

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use serde::Deserialize;
use shared::{
    form::{FormVersion, PageValues},
    ids::PurposeId,
    lang::Lang,
    links::{Just, LinkAct},
    settings::Settings,
    stored::{FormRef, LinkRecord},
    subject::{End, PurposeState},
    texts::pages::{Milestone, Notice},
    time::Timestamp,
    token::LinkToken,
    wire::{StateLine, Tapped},
};

use super::input::problem_page;
use crate::{
    objects::{
        pool,
        subject::{LinkView, Managed, Question, Stored},
    },
    pages::{self, HistoryLine, LinkPage, Manage, PurposeLine, Shell},
    platform::{
        context::App,
        intl::{self, Exact},
    },
    problem::Problem,
    request::{Caller, Form, PageQuery, Path},
    routes::page::{Script, page, shell},
    service::{lookup, submit},
};

/// A link of a confirmation SMS, or the way out of any other.
#[worker::send]
pub async fn show(app: App, caller: Caller, Path(token): Path<String>) -> Response {
    answer(&app, &caller, &token, Kind::WayOut, Shape::Page, None).await
}

#[worker::send]
pub async fn act(
    app: App,
    caller: Caller,
    Path(token): Path<String>,
    tapped: Result<Form<Tapped>, Problem>,
) -> Response {
    tap(&app, &caller, &token, Kind::WayOut, tapped).await
}

#[derive(Default, Deserialize)]
pub struct Wanted {
    /// `json` for a copy (GDPR 20).
    format: Option<String>,
}

/// What is stored, by a fresh link (GDPR 15).
#[worker::send]
pub async fn stored(
    app: App,
    caller: Caller,
    Path(token): Path<String>,
    PageQuery(wanted): PageQuery<Wanted>,
) -> Response {
    let shape = if wanted.format.as_deref() == Some("json") { Shape::Json } else { Shape::Page };
    answer(&app, &caller, &token, Kind::Fresh, shape, None).await
}

#[worker::send]
pub async fn act_on_stored(
    app: App,
    caller: Caller,
    Path(token): Path<String>,
    tapped: Result<Form<Tapped>, Problem>,
) -> Response {
    tap(&app, &caller, &token, Kind::Fresh, tapped).await
}

async fn tap(app: &App, caller: &Caller, token: &str, kind: Kind, tapped: Result<Form<Tapped>, Problem>) -> Response {
    match tapped {
        Ok(Form(tapped)) => answer(app, caller, token, kind, Shape::Page, Some(tapped)).await,
        Err(problem) => problem_page(caller, &problem),
    }
}

/// Under which address a link stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    WayOut,
    Fresh,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Page,
    Json,
}

async fn answer(app: &App, caller: &Caller, token: &str, kind: Kind, shape: Shape, tapped: Option<Tapped>) -> Response {
    let view = match LinkToken::parse(token) {
        Ok(token) => view_after(app, caller, &token, tapped).await,
        Err(_) => Ok((LinkView::Dead, None)),
    };
    let response = match view {
        // A link works under its own address only.
        Ok((view, early))
            if matches!(view, LinkView::Dead)
                || matches!(view, LinkView::Stored(_) | LinkView::Erased { .. }) == (kind == Kind::Fresh) =>
        {
            render(app, caller, view, early, shape).await
        }
        Ok(_) => Ok(dead(caller)),
        Err(problem) => Err(problem),
    };
    response.unwrap_or_else(|problem| problem_page(caller, &problem))
}

/// The view after what was tapped, if anything; with a notice where nothing was done.
async fn view_after(
    app: &App,
    caller: &Caller,
    token: &LinkToken,
    tapped: Option<Tapped>,
) -> Result<(LinkView, Option<Notice>), Problem> {
    let (act, notice) = match tapped.map_or(Ok(None), LinkAct::of) {
        Ok(act) => (act, None),
        Err(notice) => (None, Some(notice)),
    };
    let person = app.subject(token.subject()).await?;
    let settings = app.settings().await?;
    let view = match act {
        Some(act) => person.act_by_link(token.hash(), act, submit::tap(caller, &settings)).await?,
        None => person.view_link(token.hash(), settings.time_zone.clone()).await?,
    };
    Ok((view, notice))
}

pub(super) fn dead(caller: &Caller) -> Response {
    let lang = caller.lang(None, &Lang::ALL).unwrap_or_default();
    let html = pages::dead_link(&shell(lang, None));
    (StatusCode::NOT_FOUND, page(html, Script::None)).into_response()
}

async fn form_of(app: &App, link: &LinkRecord) -> Result<Rc<FormVersion>, Problem> {
    let FormRef { form, version } = link.form.as_ref().ok_or(Problem::Fault)?;
    lookup::version(app, form, *version).await?.ok_or(Problem::Fault)
}

async fn render(
    app: &App,
    caller: &Caller,
    view: LinkView,
    notice: Option<Notice>,
    shape: Shape,
) -> Result<Response, Problem> {
    let settings = app.settings().await?;
    let html = match view {
        LinkView::Dead => return Ok(dead(caller)),
        LinkView::Asks { link, question, number_ends, just } => {
            let form = form_of(app, &link).await?;
            question_page(&form, &link, &question, &number_ends, just)?
        }
        LinkView::Refused { link } => pages::link(&known(&settings, link.lang), &LinkPage::Refused),
        LinkView::WithdrawOnly { link } => {
            pages::link(&known(&settings, link.lang), &LinkPage::WithdrawOnly { done: false })
        }
        LinkView::WithdrawOnlyDone { link } => {
            pages::link(&known(&settings, link.lang), &LinkPage::WithdrawOnly { done: true })
        }
        LinkView::Manages(managed) => managed_page(app, &settings, &managed).await?,
        LinkView::Stored(stored) if shape == Shape::Json => return Ok(copy(&stored)),
        LinkView::Stored(stored) => stored_page(&settings, &stored, notice),
        LinkView::Erased { link, until } => {
            let until = until.map(|until| intl::time(until, link.lang, &settings.time_zone, Exact::Day));
            pages::erased(&known(&settings, link.lang), until.as_deref())
        }
    };
    Ok(page(html, Script::None))
}

/// The page that asks, as it was published.
fn question_page(
    form: &FormVersion,
    link: &LinkRecord,
    question: &Question,
    number_ends: &str,
    just: Option<Just>,
) -> Result<String, Problem> {
    let lang = link.lang;
    let texts = form.texts.get(&lang).ok_or(Problem::Fault)?;
    // A request of before pages were frozen has the text of its form, which may have said something else.
    let before = question.disclosure.as_ref() == Some(&question.page.template);
    let same = if before { texts.disclosure.hash() } else { texts.page.hash() };
    if question.page.template != same {
        return Err(Problem::Outdated(lang));
    }
    let page = texts.page.fill(PageValues {
        purposes: &question.purposes,
        number_ends,
        until: &intl::time(question.page.until, lang, &question.page.time_zone, Exact::Minute),
        shown: &question.shown(),
        notice: &just.and_then(|just| just.notice(false)).map(|it| pages::notice(lang, it)).unwrap_or_default(),
    });
    page.map_err(|_| Problem::Fault)
}

pub(super) fn known(settings: &Settings, lang: Lang) -> Shell<'_> {
    shell(lang, Some(&settings.controller))
}

/// A purpose's state with its times in words.
struct Line<'a> {
    line: &'a StateLine,
    label: String,
    since: String,
}

impl Line<'_> {
    fn shown(&self) -> PurposeLine<'_> {
        PurposeLine { id: &self.line.purpose, label: &self.label, state: self.line.state, since: Some(&self.since) }
    }
}

fn label(settings: &Settings, purpose: &PurposeId, lang: Lang) -> String {
    let declared = settings.purpose(purpose).map(|purpose| purpose.label.or_german(lang).to_owned());
    declared.unwrap_or_else(|| purpose.to_string())
}

/// Whether an objection would end something, or keep something away: some advertising that is declared has none yet.
fn may_object(settings: &Settings, lines: &[StateLine]) -> bool {
    let over = |id: &PurposeId| {
        let state = lines.iter().find(|line| line.purpose == *id).map(|line| line.state);
        matches!(state, Some(PurposeState::Objected | PurposeState::Erased))
    };
    settings.advertising().iter().any(|id| !over(id))
}

fn lines<'a>(settings: &Settings, lines: &'a [StateLine], lang: Lang) -> Vec<Line<'a>> {
    lines
        .iter()
        .map(|line| {
            let label = label(settings, &line.purpose, lang);
            let since = intl::time(line.since, lang, &settings.time_zone, Exact::Second);
            Line { line, label, since }
        })
        .collect()
}

async fn managed_page(app: &App, settings: &Settings, managed: &Managed) -> Result<String, Problem> {
    let Managed { link, subject, purposes, number_ends, suppressed, rewarded, just } = managed;
    let shell = known(settings, link.lang);
    let given = || purposes.iter().filter(|line| line.state == PurposeState::Given);
    let again = matches!(just, Some(Just::Nothing)) && link.end == Some(End::Confirmed);
    if (*just == Some(Just::Confirmed) || again) && given().next().is_some() {
        let form = form_of(app, link).await?;
        let disclosed: Vec<_> = form
            .disclosure(link.lang)
            .into_owned()
            .purposes
            .into_iter()
            .filter(|shown| given().any(|line| line.purpose == shown.id))
            .collect();
        let at = given().map(|line| line.since).max().unwrap_or(app.now());
        let at = intl::time(at, link.lang, &settings.time_zone, Exact::Second);
        let mut rewards = Vec::new();
        for shown in disclosed.iter().filter(|shown| rewarded.contains(&shown.id)) {
            let reward = settings.purpose(&shown.id).and_then(|purpose| purpose.reward.as_ref());
            // Where the pool can't be asked, or is empty, the SMS brings the code later.
            if let Some(reward) = reward
                && let Ok(pool::Text::Filled(text)) =
                    pool::text(app.env(), settings, &shown.id, reward, *subject, link.lang).await
            {
                rewards.push(text);
            }
        }
        let page = LinkPage::Confirmed { purposes: &disclosed, at: &at, already: again, rewards: &rewards };
        return Ok(pages::link(&shell, &page));
    }
    let unsigned = given().next().is_none() && !matches!(just, Some(Just::Withdrawn | Just::Objected | Just::Allowed));
    match link.end {
        Some(End::Expired) if unsigned => {
            let form = form_of(app, link).await?;
            let form_url = format!("{}/f/{}?lang={}", app.origin(), form.form, link.lang.tag());
            return Ok(pages::link(&shell, &LinkPage::Expired { form_url: &form_url }));
        }
        Some(End::Superseded) if unsigned => return Ok(pages::link(&shell, &LinkPage::Superseded)),
        _ => {}
    }
    let form = link.form.as_ref().filter(|_| given().next().is_none() && !suppressed && !number_ends.is_empty());
    let form_url = form.map(|FormRef { form, .. }| format!("{}/f/{form}?lang={}", app.origin(), link.lang.tag()));
    let may_object = may_object(settings, purposes);
    let lines = lines(settings, purposes, link.lang);
    let shown: Vec<_> = lines.iter().map(Line::shown).collect();
    Ok(pages::link(
        &shell,
        &LinkPage::Manage(Manage {
            company: &settings.controller.name,
            number_ends,
            purposes: &shown,
            suppressed: *suppressed,
            may_object,
            form_url: form_url.as_deref(),
            notice: just.and_then(|just| just.notice(given().next().is_some())),
        }),
    ))
}

/// The part of an event that a history shows.
#[derive(Deserialize)]
struct Moment {
    purpose: PurposeId,
    time: Timestamp,
    kind: Milestone,
}

fn stored_page(settings: &Settings, stored: &Stored, notice: Option<Notice>) -> String {
    let lang = stored.link.lang;
    let zone = &settings.time_zone;
    let familiar = |purpose: &PurposeId| stored.familiar.contains(purpose);
    let state: Vec<_> = stored.purposes.iter().filter(|line| familiar(&line.purpose)).cloned().collect();
    let state = lines(settings, &state, lang);
    let purposes: Vec<_> = state.iter().map(Line::shown).collect();
    let history: Vec<_> = stored
        .events
        .iter()
        .rev()
        .filter_map(|event| serde_json::from_str::<Moment>(event.get()).ok())
        .filter(|moment| familiar(&moment.purpose))
        .map(|Moment { purpose, time, kind }| {
            (intl::time(time, lang, zone, Exact::Second), label(settings, &purpose, lang), kind)
        })
        .collect();
    let history: Vec<_> = history.iter().map(|(at, label, what)| HistoryLine { at, label, what: *what }).collect();
    let given = stored.purposes.iter().any(|line| line.state == PurposeState::Given);
    pages::stored(
        &known(settings, lang),
        &pages::Stored {
            company: &settings.controller.name,
            may_object: may_object(settings, &stored.purposes),
            number: &stored.number,
            purposes: &purposes,
            history: &history,
            notice: notice.or_else(|| stored.just.and_then(|just| just.notice(given))),
            erase_until: stored.erase_until.map(|until| intl::time(until, lang, zone, Exact::Day)).as_deref(),
        },
    )
}

/// A copy of what is stored, for the person to keep.
fn copy(stored: &Stored) -> Response {
    let copy = serde_json::json!({
        "number": stored.number,
        "purposes": stored.purposes,
        "events": stored.events,
        "replies": stored.replies,
    });
    let mut response = axum::Json(copy).into_response();
    response
        .headers_mut()
        .insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"jawort.json\""));
    response
}
