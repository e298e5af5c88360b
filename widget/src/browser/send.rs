//! From the button to the answer.

use std::rc::Rc;

use shared::{reference::Reference, subject::Again, wire::Source};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlInputElement;

use super::{
    app::App,
    check,
    js::{self, Answer, Json},
};
use crate::state::{Done, Field, Problem, Stage};

/// Checks the form and sends it. Sooner than a request with the same number can be made anew, nothing would come of it,
/// and that is said instead.
pub async fn send(app: &Rc<App>) {
    let (request, number) = match filled(app) {
        Ok(filled) => filled,
        Err(problems) => return refuse(app, problems),
    };
    let texts = app.data.get("again");
    let pressed = app.is_done();
    let same = pressed || app.asked.was(&number);
    let again = app.asked.offered();
    if same && matches!(again, Again::In(_)) {
        if !pressed {
            return app.fail(js::note(&texts, again));
        }
        // Said anew, so that it is read out as often as somebody asks.
        app.say(String::new());
        js::pause(100).await;
        return app.say([texts.text("early"), js::note(&texts, again)].join(" "));
    }
    app.say(app.data.text("sending"));
    let answer = match attempt(app, &request).await {
        // The challenge grew old meanwhile, or there was none: another one, by itself.
        Ok(answer) if matches!(kind(&answer.body).as_str(), "challenge" | "challenge-used") => {
            attempt(app, &request).await
        }
        answer => answer,
    };
    let Ok(Answer { ok, body }) = answer else {
        emit_error(app, "offline");
        return app.fail(app.data.text("offline"));
    };
    if ok {
        return taken(app, &body, number, same, pressed);
    }
    let kind = kind(&body);
    if kind == "outdated-form" {
        app.say(String::new());
        return app.host.renew();
    }
    if kind == "form-closed" {
        emit_error(app, &kind);
        return app.fail(body.text("detail"));
    }
    let mut problems = js::problems(&body.get("errors"), "detail");
    problems.retain(|problem| problem.field != Field::Form);
    if problems.is_empty() {
        // What else there is, is the page's or the edge's to mend: its own words say nothing to a person.
        emit_error(app, &kind);
        app.fail(app.data.text("refused"));
    } else {
        refuse(app, problems);
    }
}

/// Says that it was taken: with the number as before, and by the button that asks again or by the form's own.
fn taken(app: &Rc<App>, body: &Json, number: String, same: bool, pressed: bool) {
    let detail = Json::object();
    for key in ["confirm", "expires_at"] {
        detail.set(key, &body.get(key));
    }
    app.host.emit("submitted", &detail);
    // Who went back to the form meanwhile finds the news at its heading.
    let pressed = pressed && app.is_done();
    let times = app.asked.times(same);
    app.asked.note(number, times);
    // In the shop's zone, as the page of the link says it.
    let (ends, until) = (body.text("number_ends"), body.text("until"));
    let done = Done::new(&app.data.text("next"), &ends, &until, times);
    let sent = app.data.get("again").text("sent");
    let done = if pressed { done.sent(&sent, &body.text("clock")) } else { done };
    let gone = pressed && done.is_spent();
    app.show(Stage::Done(done));
    app.count();
    if gone {
        // The button had the focus.
        app.focus(".jw-told");
    }
}

async fn attempt(app: &App, request: &Json) -> Result<Answer, JsValue> {
    let solution = JsFuture::from(app.solution()).await?;
    if solution.is_undefined() {
        app.forget_solution();
    }
    request.set("challenge", &solution);
    let answer = js::request(&[&app.data.text("edge"), "/v1/consents"].concat(), Some(request)).await?;
    // Where none comes it may have arrived: the same once more, with the same solution, is taken once.
    app.forget_solution();
    Ok(answer)
}

/// What is sent, and its number in one spelling; or all that is wrong with it.
fn filled(app: &App) -> Result<(Json, String), Vec<Problem>> {
    let mut problems = Vec::new();
    let errors = app.data.get("errors");
    let mut problem = |field, reason| problems.push(Problem { field, text: errors.text(reason) });

    let number = input(app, "#jw-number").map(|input| input.value()).unwrap_or_default();
    let e164 = match check::number(&number, &app.data) {
        Ok(number) => number.e164().to_owned(),
        Err(error) => {
            if error.is_final() {
                problem(Field::Number, error.reason());
            }
            number.clone()
        }
    };
    let purposes = js_sys::Array::new();
    for at in 0.. {
        let Some(box_) = input(app, &["#jw-purpose-", &at.to_string()].concat()) else { break };
        if ticked(app, &box_) {
            purposes.push(&box_.value().into());
        }
    }
    if purposes.length() == 0 {
        problem(Field::Purposes, "no_purpose");
    }
    // Where there is no box for the age, the purpose's own says it.
    let age = input(app, "#jw-age").is_none_or(|box_| ticked(app, &box_));
    if !age {
        problem(Field::Age, "no_age");
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let request = app.data.get("request").copy();
    request.set("number", &number.into());
    request.set("purposes", &purposes);
    request.set("age_confirmed", &age.into());
    request.set("source", &source(app));
    Ok((request, e164))
}

fn input(app: &App, selector: &str) -> Option<HtmlInputElement> {
    js::query(&app.root, selector).map(JsCast::unchecked_into)
}

/// Whether the person ticked it. A box that a script set doesn't count, and is set back (L1).
fn ticked(app: &App, box_: &HtmlInputElement) -> bool {
    let by_person = app.ticked.has(box_);
    if box_.checked() != by_person {
        box_.set_checked(false);
    }
    box_.checked()
}

/// The name of a problem's type.
fn kind(problem: &Json) -> String {
    problem.text("type").rsplit('/').next().unwrap_or_default().to_owned()
}

/// Shows problems, and tells the page which fields they are at.
fn refuse(app: &App, problems: Vec<Problem>) {
    let fields = js_sys::Array::new();
    for problem in &problems {
        fields.push(&problem.field.name().into());
    }
    let detail = Json::object();
    detail.set("fields", &fields);
    app.host.emit("invalid", &detail);
    app.show(Stage::Asking(problems));
}

fn emit_error(app: &App, kind: &str) {
    let detail = Json::object();
    detail.set("type", &kind.into());
    app.host.emit("error", &detail);
}

/// The page, without what the edge shall not learn, the campaign and the reference.
fn source(app: &App) -> Json {
    let campaign = input(app, "[name=campaign]").map(|input| input.value()).filter(|text| !text.is_empty());
    let source = Source { page: Some(js::page()), campaign, reference: reference(app) }.trimmed();
    let json = Json::object();
    for (key, value) in [("page", source.page), ("campaign", source.campaign), ("reference", source.reference)] {
        if let Some(value) = value {
            json.set(key, &value.into());
        }
    }
    json
}

/// The owner's reference. One that is none, such as somebody's number, stays on the page: its developer reads why, and
/// the person, who could mend nothing, signs up without.
pub fn reference(app: &App) -> Option<String> {
    let text = input(app, "[name=reference]")?.value();
    let reference = Reference::given(Some(&text)).unwrap_or_else(|why| {
        js::warn(&["jawort: the reference is left out. ", why.detail()].concat());
        None
    });
    reference.map(|reference| reference.as_str().to_owned())
}
