//! The page that takes a number and sends a fresh link to it.

use axum::{
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use shared::{
    confirm::ConfirmBy,
    lang::Lang,
    limits::Proof,
    phone::{NumberError, RegexLite, parse_for},
    stamp,
    wire::NumberPosted,
};

use super::{input::problem_page, link::known};
use crate::{
    pages::{self, AskNumber},
    platform::context::App,
    problem::Problem,
    request::{Caller, Form},
    routes::page::{Script, page},
    service::{lookup, stamp::new_stamp, submit},
};

/// The page that sends a fresh link to a handset.
#[worker::send]
pub async fn show(app: App, caller: Caller) -> Response {
    number_page(&app, &caller, "", None).await.unwrap_or_else(|problem| problem_page(&caller, &problem))
}

/// Sends a fresh link. The answer is the same for every number.
#[worker::send]
pub async fn send(app: App, caller: Caller, posted: Result<Form<NumberPosted>, Problem>) -> Response {
    let answer = async {
        let Form(posted) = posted?;
        link_sent(&app, &caller, posted).await
    };
    answer.await.unwrap_or_else(|problem| problem_page(&caller, &problem))
}

async fn number_page(app: &App, caller: &Caller, value: &str, error: Option<&str>) -> Result<Response, Problem> {
    let settings = app.settings().await?;
    let lang = caller.lang(None, &Lang::ALL).unwrap_or_default();
    let stamp = new_stamp(app, submit::NUMBER_PAGE)?;
    let html = pages::ask_number(&known(&settings, lang), &AskNumber { stamp: &stamp, value, error });
    let page = page(html, Script::None);
    Ok(if error.is_some() { (StatusCode::UNPROCESSABLE_ENTITY, page).into_response() } else { page })
}

async fn link_sent(app: &App, caller: &Caller, posted: NumberPosted) -> Result<Response, Problem> {
    let now = app.now();
    // Nobody is asked anything before it counts.
    let stamp = stamp::verify(&app.secrets().index, &posted.stamp, submit::NUMBER_PAGE, now);
    let settings = app.settings().await?;
    let lang = caller.lang(None, &Lang::ALL).unwrap_or_default();
    let countries = lookup::countries(app).await?;
    let home = countries.first().copied().ok_or(Problem::NotSetUp)?;
    let sender = settings.senders.first().ok_or(Problem::NotSetUp)?;
    let labels = lang.texts().labels(&countries, sender, &settings.controller.name, ConfirmBy::Link);
    let Ok(proof) = stamp else {
        return number_page(app, caller, &posted.number, Some(&labels.refused)).await;
    };
    let number = match parse_for(&posted.number, home, &countries, &RegexLite) {
        Ok(number) => Some(number),
        // A number that no form takes has nothing stored; that is nothing to tell.
        Err(NumberError::UnlistedCountry) => None,
        Err(why) => return number_page(app, caller, &posted.number, Some(labels.errors.number(why))).await,
    };
    if let Some(number) = number.filter(|_| posted.website.is_empty()) {
        let proof = Proof { name: proof, until: now + stamp::AT_MOST };
        match submit::fresh_link(app, &settings, caller, &number, proof, lang).await {
            Err(Problem::ChallengeUsed(_)) => {
                return number_page(app, caller, &posted.number, Some(&labels.refused)).await;
            }
            other => other?,
        }
    }
    Ok(page(pages::link_sent(&known(&settings, lang)), Script::None))
}
