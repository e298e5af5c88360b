//! The code in every advertising SMS: a GET shows what can be ended, and only a POST by the person's tap ends it.
//! Whether a code is ours its own digits tell, so that nobody's object is asked by who makes one up.

use axum::response::{IntoResponse as _, Response};
use shared::{
    lang::Lang,
    settings::Settings,
    subject::Scope,
    way_out::{self, WayOutCode},
    wire::Tapped,
};

use super::{
    input::problem_page,
    link::{dead, known},
};
use crate::{
    objects::subject::NewEnd,
    pages::{self, Left},
    platform::context::App,
    problem::Problem,
    request::{Caller, Form, Path},
    routes::page::{Script, page},
    service::submit,
};

#[worker::send]
pub async fn show(app: App, caller: Caller, Path(code): Path<String>) -> Response {
    if WayOutCode::read(&code, &app.secrets().index).is_none() {
        return dead(&caller);
    }
    match app.settings().await {
        Ok(settings) => offer(&caller, &settings),
        Err(problem) => problem_page(&caller, &problem),
    }
}

#[worker::send]
pub async fn end(
    app: App,
    caller: Caller,
    Path(code): Path<String>,
    tapped: Result<Form<Tapped>, Problem>,
) -> Response {
    let ended = match tapped {
        Ok(Form(tapped)) => end_by(&app, &caller, &code, tapped).await,
        Err(problem) => Err(problem),
    };
    ended.unwrap_or_else(|problem| problem_page(&caller, &problem))
}

async fn end_by(app: &App, caller: &Caller, code: &str, tapped: Tapped) -> Result<Response, Problem> {
    let Some(subject) = WayOutCode::read(code, &app.secrets().index) else {
        return Ok(dead(caller));
    };
    let settings = app.settings().await?;
    let Some(leave) = way_out::Leave::of(tapped) else {
        return Ok(offer(caller, &settings));
    };
    let new = NewEnd {
        subject,
        leave: leave.clone(),
        purposes: settings.purposes.clone(),
        tap: submit::tap(caller, &settings),
    };
    app.subject(subject).await?.end_by_code(new).await?;
    let lang = lang(caller);
    let left = match &leave {
        way_out::Leave::Object => Left::Advertising,
        way_out::Leave::Withdraw(Scope::All) => Left::All,
        way_out::Leave::Withdraw(Scope::Purpose(id)) => {
            Left::Single(settings.purpose(id).map(|purpose| purpose.label.or_german(lang)))
        }
    };
    Ok(page(pages::left(&known(&settings, lang), &settings.controller.name, &left), Script::None).into_response())
}

/// Nobody's language is looked up: the page is the same for everybody.
fn lang(caller: &Caller) -> Lang {
    caller.lang(None, &Lang::ALL).unwrap_or_default()
}

fn offer(caller: &Caller, settings: &Settings) -> Response {
    let lang = lang(caller);
    let advertising = settings.purposes.iter().filter(|purpose| purpose.advertises());
    let purposes: Vec<_> = advertising.map(|purpose| (&purpose.id, purpose.label.or_german(lang))).collect();
    let serves = settings.purposes.iter().any(|purpose| !purpose.advertises());
    let offered = pages::Leave { company: &settings.controller.name, purposes: &purposes, serves };
    page(pages::leave(&known(settings, lang), &offered), Script::None)
}
