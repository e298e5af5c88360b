//! What goes wrong, as RFC 9457 says it: a stable type, a status, and what to do.

use std::sync::Arc;

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use problem_details::ProblemDetails;
use serde::Serialize;
use shared::{gateway::BadInbound, lang::Lang, problem_kind::ProblemKind, violation::Violation, wire::FieldError};

use crate::platform::{sql::fault, stored};

/// Everything that a call can answer instead of what was asked for.
#[derive(Debug)]
pub enum Problem {
    /// A body that isn't what the call takes, and at which fields, where it has any.
    Malformed {
        why: String,
        errors: Vec<FieldError>,
    },
    /// A body of another media type.
    MediaType(&'static str),
    /// A body of more than so many bytes.
    TooLarge(usize),
    /// A webhook that no provider of ours sent, or not now.
    Inbound(BadInbound),
    /// A gateway that can't work without these secrets.
    MissingSecrets(Vec<String>),
    /// The idempotency key belongs to another message.
    KeyReused,
    Fields(Vec<FieldError>),
    /// Another text is in force than the one that was shown.
    Outdated(Lang),
    /// The proof of work doesn't count.
    Challenge(Lang),
    /// The proof of work was used before.
    ChallengeUsed(Lang),
    /// A page of an origin that the form doesn't list.
    Origin,
    /// No such form, subject or address.
    NotFound,
    /// The address takes other methods.
    MethodNotAllowed,
    /// The owner closed the form. In the language that was asked for, if any was.
    FormClosed(Option<Lang>),
    /// The owner's token is missing or wrong.
    Unauthorized,
    /// The lint refuses.
    Refused(Vec<Violation>),
    /// This deploy doesn't go on with the one before it, or lacks what it needs: nothing is done. Why, and what to do.
    Deploy(String),
    /// Settings come first.
    NotSetUp,
    /// No basis for that purpose.
    NoConsent,
    /// What was promised is used up.
    FrequencyExceeded,
    /// A human has not answered yet what the person wrote.
    Paused,
    /// Another answer was given to an entry of the inbox.
    AlreadyAnswered,
    /// Two numbers with one subject id.
    Collision,
    /// Ours.
    Fault,
    /// Ours: it takes something stored that is broken.
    Unreadable,
    /// It takes something that a newer build stored, which was rolled back.
    NewerBuild,
}

/// What a problem has beside RFC 9457's own members.
#[derive(Debug, Default, Serialize)]
pub struct More {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<FieldError>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    violations: Vec<Violation>,
}

impl Problem {
    pub fn field(field: &str, reason: &str, detail: impl Into<String>) -> Self {
        let error = FieldError { field: field.to_owned(), reason: reason.to_owned(), detail: detail.into() };
        Self::Fields(vec![error])
    }

    pub const fn status(&self) -> StatusCode {
        match self {
            Self::Malformed { .. } => StatusCode::BAD_REQUEST,
            Self::MediaType(_) => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Inbound(BadInbound::Malformed) => StatusCode::BAD_REQUEST,
            Self::Inbound(BadInbound::Unsigned | BadInbound::Stale) | Self::Unauthorized => StatusCode::UNAUTHORIZED,
            Self::MissingSecrets(_) | Self::Deploy(_) | Self::NewerBuild => StatusCode::SERVICE_UNAVAILABLE,
            Self::Fields(..) | Self::Refused(_) | Self::KeyReused => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Outdated(_) | Self::NotSetUp | Self::Collision | Self::AlreadyAnswered => StatusCode::CONFLICT,
            Self::Challenge(_)
            | Self::ChallengeUsed(_)
            | Self::Origin
            | Self::NoConsent
            | Self::FrequencyExceeded
            | Self::Paused => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::FormClosed(_) => StatusCode::GONE,
            Self::Fault | Self::Unreadable => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// What it is; its name is the end of its type.
    pub const fn kind(&self) -> ProblemKind {
        match self {
            Self::Malformed { .. } => ProblemKind::Malformed,
            Self::MediaType(_) => ProblemKind::MediaType,
            Self::TooLarge(_) => ProblemKind::TooLarge,
            Self::Inbound(_) => ProblemKind::Webhook,
            Self::MissingSecrets(_) => ProblemKind::MissingSecrets,
            Self::KeyReused => ProblemKind::KeyReused,
            Self::Fields(..) => ProblemKind::Fields,
            Self::Outdated(_) => ProblemKind::Outdated,
            Self::Challenge(_) => ProblemKind::Challenge,
            Self::ChallengeUsed(_) => ProblemKind::ChallengeUsed,
            Self::Origin => ProblemKind::Origin,
            Self::NotFound => ProblemKind::NotFound,
            Self::MethodNotAllowed => ProblemKind::MethodNotAllowed,
            Self::FormClosed(_) => ProblemKind::FormClosed,
            Self::Unauthorized => ProblemKind::Unauthorized,
            Self::Refused(_) => ProblemKind::Refused,
            Self::Deploy(_) => ProblemKind::Deploy,
            Self::NotSetUp => ProblemKind::NotSetUp,
            Self::NoConsent => ProblemKind::NoConsent,
            Self::FrequencyExceeded => ProblemKind::FrequencyExceeded,
            Self::Paused => ProblemKind::Paused,
            Self::AlreadyAnswered => ProblemKind::AlreadyAnswered,
            Self::Collision => ProblemKind::Collision,
            Self::NewerBuild => ProblemKind::NewerBuild,
            Self::Fault | Self::Unreadable => ProblemKind::Fault,
        }
    }

    pub fn malformed(why: impl std::fmt::Display) -> Self {
        Self::Malformed { why: format!("The body can't be read: {why}."), errors: Vec::new() }
    }

    /// The language of whoever meets it, where that is known.
    const fn lang(&self) -> Option<Lang> {
        match self {
            Self::Outdated(lang) | Self::Challenge(lang) | Self::ChallengeUsed(lang) => Some(*lang),
            Self::FormClosed(lang) => *lang,
            _ => None,
        }
    }

    /// What to do, in words that a person understands. What only programs meet is in English.
    pub fn detail(&self, lang: Lang) -> String {
        let texts = lang.problems();
        match self {
            Self::Malformed { why, .. } => why.clone(),
            Self::MediaType(wanted) => format!("Send the body as {wanted}."),
            Self::TooLarge(most) => (texts.too_large)(most / 1024),
            Self::Fields(errors) => errors.iter().map(|error| error.detail.as_str()).collect::<Vec<_>>().join(" "),
            Self::Refused(violations) => {
                format!("Nothing was changed: {} to correct, see `violations`.", violations.len())
            }
            Self::Inbound(why) => format!("Nothing was changed: {why}."),
            Self::MissingSecrets(names) => {
                format!("This gateway can't work before the secrets {} are set.", names.join(", "))
            }
            Self::KeyReused => texts.key_reused.to_owned(),
            Self::Outdated(_) => texts.outdated.to_owned(),
            Self::Challenge(_) => texts.challenge.to_owned(),
            Self::ChallengeUsed(_) => texts.challenge_used.to_owned(),
            Self::Origin => texts.origin.to_owned(),
            Self::NotFound => texts.not_found.to_owned(),
            Self::MethodNotAllowed => texts.method_not_allowed.to_owned(),
            Self::FormClosed(_) => texts.form_closed.to_owned(),
            Self::Unauthorized => texts.unauthorized.to_owned(),
            Self::Deploy(why) => why.clone(),
            Self::NotSetUp => texts.not_set_up.to_owned(),
            Self::NoConsent => texts.no_consent.to_owned(),
            Self::FrequencyExceeded => texts.frequency_exceeded.to_owned(),
            Self::Paused => texts.paused.to_owned(),
            Self::AlreadyAnswered => texts.already_answered.to_owned(),
            Self::Collision => texts.collision.to_owned(),
            Self::NewerBuild => texts.newer_build.to_owned(),
            Self::Fault | Self::Unreadable => texts.fault.to_owned(),
        }
    }
}

impl Problem {
    /// The error of an object that met it.
    pub fn into_error(self) -> worker::Error {
        match self {
            Self::Unreadable => stored::unreadable(false),
            Self::NewerBuild => stored::unreadable(true),
            other => fault(other.detail(Lang::En)),
        }
    }
}

/// The problem that an answer tells of, for whoever tells it in another way: to people, or in their language.
#[derive(Clone)]
pub struct Told(pub Arc<Problem>);

impl Problem {
    /// The answer to a program, in the language of whoever meets the problem where that is known, else in `lang`.
    pub fn told(this: Arc<Self>, lang: Lang) -> Response {
        let status = this.status();
        let details = ProblemDetails::new()
            .with_status(status)
            .with_title(status.canonical_reason().unwrap_or_default())
            .with_detail(this.detail(this.lang().unwrap_or(lang)));
        // A reference, relative to this edge (RFC 9457 3.1.1).
        let details = match format!("/problems/{}", this.kind().name()).parse::<axum::http::Uri>() {
            Ok(kind) => details.with_type(kind),
            Err(_) => details,
        };
        let more = match &*this {
            Self::Fields(errors) | Self::Malformed { errors, .. } => More { errors: errors.clone(), ..More::default() },
            Self::Refused(violations) => More { violations: violations.clone(), ..More::default() },
            _ => More::default(),
        };
        let mut response = details.with_extensions(more).into_response();
        response.extensions_mut().insert(Told(this));
        response
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        Self::told(Arc::new(self), Lang::En)
    }
}

impl From<worker::Error> for Problem {
    fn from(error: worker::Error) -> Self {
        if stored::is_of_a_newer_build(&error) {
            return Self::NewerBuild;
        }
        if stored::is_unreadable(&error) {
            return Self::Unreadable;
        }
        worker::console_error!("{error}");
        Self::Fault
    }
}

impl From<serde_json::Error> for Problem {
    fn from(error: serde_json::Error) -> Self {
        worker::console_error!("JSON of our own: {error}");
        Self::Fault
    }
}
