//! What the widget calls.

use axum::{
    extract::Request,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use shared::{
    evidence::Channel,
    form::FormVersion,
    lang::Lang,
    limits::Proof,
    phone::{MobileNumber, RegexLite},
    proof_of_work, query,
    reference::Reference,
    subject::CONFIRM_WITHIN,
    submission::{self, Filled},
    text_hash::TextHash,
    time::Timestamp,
    wire::{Accepted, ConsentAccepted, ConsentRequest, FieldError},
};
use widget::{FormState, Options, Place};

use crate::{
    platform::{
        context::App,
        intl::{self, Exact},
        secrets::random,
    },
    problem::{Problem, Told},
    request::{Caller, Json, Path, Query},
    service::{
        lookup,
        submit::{self, Submission},
    },
};

/// Lets a page of an allowed origin read an answer.
fn share(form: &FormVersion, caller: &Caller, answer: impl IntoResponse) -> Response {
    let mut response = answer.into_response();
    let headers = response.headers_mut();
    headers.append(header::VARY, HeaderValue::from_static("Origin"));
    if let Some(origin) = caller.origin.as_deref().filter(|origin| form.allows(origin))
        && let Ok(origin) = HeaderValue::from_str(origin)
    {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    }
    response
}

/// Lets any page read what went wrong before a form was known, in its visitor's language: nothing in that is secret.
pub async fn tell_the_page(caller: Caller, request: Request, next: Next) -> Response {
    let asked = query::lenient::<Asked>(request.uri().query().unwrap_or_default());
    let response = next.run(request).await;
    let Some(Told(problem)) = response.extensions().get::<Told>().cloned() else {
        return response;
    };
    let lang = caller.lang(asked.lang.as_deref(), &Lang::ALL).unwrap_or(Lang::En);
    let mut told = Problem::told(problem.clone(), lang);
    let headers = told.headers_mut();
    headers.append(header::VARY, HeaderValue::from_static("Origin, Accept-Language"));
    // Who may not use the form is told by [`share`] or not at all.
    let shared = response.headers().get(header::ACCESS_CONTROL_ALLOW_ORIGIN).cloned();
    let any = || caller.origin.as_deref().and_then(|origin| HeaderValue::from_str(origin).ok());
    let origin = if matches!(*problem, Problem::Origin) { shared } else { shared.or_else(any) };
    headers.extend(origin.map(|origin| (header::ACCESS_CONTROL_ALLOW_ORIGIN, origin)));
    headers.extend(response.headers().get(header::ALLOW).map(|allow| (header::ALLOW, allow.clone())));
    told
}

/// A page of an origin that is not listed may not use the form; who sends none is no page.
fn check_origin(form: &FormVersion, caller: &Caller) -> Result<(), Problem> {
    match &caller.origin {
        Some(origin) if !form.allows(origin) => Err(Problem::Origin),
        _ => Ok(()),
    }
}

/// The answer to a preflight says what may be asked; whether a page may is decided with the form at hand.
pub async fn preflight(caller: Caller) -> Response {
    let mut headers = HeaderMap::new();
    headers.insert(header::VARY, HeaderValue::from_static("Origin"));
    if let Some(origin) = caller.origin.as_deref().and_then(|origin| HeaderValue::from_str(origin).ok()) {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, POST"));
        headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static("Content-Type"));
        headers.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("86400"));
    }
    (StatusCode::NO_CONTENT, headers).into_response()
}

#[derive(Default, Deserialize)]
pub struct Asked {
    /// BCP 47; else by `Accept-Language`, else the form's first.
    lang: Option<String>,
}

/// A form: as JSON, or, for `Accept: text/html`, as the HTML that the widget puts into a page.
#[worker::send]
pub async fn form(
    app: App,
    caller: Caller,
    Path(form): Path<String>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let form = lookup::named(&app, &form).await?;
    let lang = form.lang(caller.lang(asked.lang.as_deref(), &form.draft.languages));
    let view = lookup::view(&form, lang);
    let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let (mut response, cache) = if accept.starts_with("text/html") {
        let options = Options { edge: app.origin(), place: Place::Embed, campaign: "", reference: None };
        let html = widget::render(&view, &FormState::default(), options);
        // What people are shown is what is in force, at once: a new text, or that the form is closed.
        (share(&form, &caller, axum::response::Html(html)), "no-cache")
    } else {
        (share(&form, &caller, axum::Json(view)), "public, max-age=60")
    };
    let headers = response.headers_mut();
    headers.append(header::VARY, HeaderValue::from_static("Accept, Accept-Language"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    Ok(response)
}

#[derive(Deserialize)]
pub struct ForForm {
    form: String,
}

/// A proof of work to do before a submission: ALTCHA's protocol, version 1.
#[worker::send]
pub async fn challenge(app: App, caller: Caller, Query(asked): Query<ForForm>) -> Result<Response, Problem> {
    let form = lookup::named(&app, &asked.form).await?;
    check_origin(&form, &caller)?;
    let most = app.settings().await?.limits.proof_of_work;
    let number = u32::from_be_bytes(random()) % most.saturating_add(1);
    let (_, key) = app.secrets().index.current().map_err(|_| Problem::Fault)?;
    let origin = caller.origin.as_deref().unwrap_or_default();
    let challenge = proof_of_work::challenge(key, random(), number, most, &form.form, origin, app.now());
    Ok(share(&form, &caller, axum::Json(challenge)))
}

/// A person asks for the confirmation SMS. The answer is alike whether the number is known or not.
#[worker::send]
pub async fn consents(app: App, caller: Caller, Json(request): Json<ConsentRequest>) -> Result<Response, Problem> {
    let form = lookup::open(&app, &request.form, Some(request.lang)).await?;
    let answer = submit(&app, &caller, &form, request).await;
    Ok(share(&form, &caller, answer))
}

async fn submit(
    app: &App,
    caller: &Caller,
    form: &FormVersion,
    request: ConsentRequest,
) -> Result<(StatusCode, axum::Json<ConsentAccepted>), Problem> {
    check_origin(form, caller)?;
    let lang = request.lang;
    if request.version != form.version {
        return Err(Problem::Outdated(form.lang(Some(lang))));
    }
    let filled = Filled {
        number: &request.number,
        country: request.country,
        purposes: &request.purposes,
        age_confirmed: request.age_confirmed,
    };
    let number = filled_in(form, lang, &request.disclosure, filled)?;
    let origin = caller.origin.as_deref().unwrap_or_default();
    let now = app.now();
    let proof = proof_of_work::verify(&app.secrets().index, &request.challenge, &form.form, origin, now)
        .map_err(|_| Problem::Challenge(lang))?;
    let settings = app.settings().await?;
    let number_ends = number.last_two_digits().to_owned();
    // The person could mend no reference: their request counts without.
    let (reference, left_out) = match Reference::given(request.source.reference.as_deref()) {
        Ok(reference) => (reference, Vec::new()),
        Err(why) => (None, vec![FieldError::bad_reference("source.reference", why)]),
    };
    let submission = Submission {
        form,
        lang,
        number,
        purposes: request.purposes,
        source: request.source,
        reference,
        channel: Channel::Widget,
        boxes: request.boxes,
        proof: Proof { name: proof, until: now + proof_of_work::GOOD_FOR },
    };
    submit::take(app, &settings, caller, submission).await?;
    let accepted = ConsentAccepted { left_out, ..accepted(form, lang, number_ends, now, &settings.time_zone) };
    Ok((StatusCode::ACCEPTED, axum::Json(accepted)))
}

/// The number of a form that was filled in where its text was shown, by its hash, in that language.
///
/// # Errors
/// Another text is in force, or fields are to be corrected.
pub fn filled_in(
    form: &FormVersion,
    shown_in: Lang,
    disclosure: &TextHash,
    filled: Filled<'_>,
) -> Result<MobileNumber, Problem> {
    let lang = form.lang(Some(shown_in));
    if lang != shown_in || *disclosure != form.disclosure(lang).hash() {
        return Err(Problem::Outdated(lang));
    }
    submission::check(form, lang, filled, &RegexLite).map_err(Problem::Fields)
}

/// What is answered to a request of `now`, whatever is known of the number.
pub fn accepted(form: &FormVersion, lang: Lang, number_ends: String, now: Timestamp, zone: &str) -> ConsentAccepted {
    let expires_at = now + CONFIRM_WITHIN;
    ConsentAccepted {
        status: Accepted::Accepted,
        confirm: form.confirm(),
        number_ends,
        expires_at,
        until: intl::time(expires_at, lang, zone, Exact::Minute),
        clock: intl::time(now, lang, zone, Exact::Clock),
        left_out: Vec::new(),
    }
}
