//! What goes wrong, as RFC 9457 says it: a stable type, a status, and what to do.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use problem_details::ProblemDetails;
use serde::Serialize;
use shared::{
    lang::Lang,
    wire::{FieldError, Violation},
};

/// Everything that a call can answer instead of what was asked for.
#[derive(Debug)]
pub enum Problem {
    /// A body that isn't what the call takes.
    Malformed(String),
    /// A body of another media type.
    MediaType(&'static str),
    /// A body over 16 KiB.
    TooLarge,
    /// Fields to correct.
    Fields(Vec<FieldError>),
    /// Another text is in force than the one that was shown.
    Outdated(Lang),
    /// The proof of work doesn't count.
    Challenge(Lang, shared::proof_of_work::Unproven),
    /// The proof of work was used before.
    ChallengeUsed(Lang),
    /// A page of an origin that the form doesn't list.
    Origin(String),
    /// No such form, subject or address.
    NotFound(&'static str),
    /// The owner's token is missing or wrong.
    Unauthorized,
    /// The lint refuses.
    Refused(Vec<Violation>),
    /// Settings come first.
    NotSetUp,
    /// No basis for that purpose.
    NoConsent,
    /// What was promised is used up.
    FrequencyExceeded,
    /// Two numbers with one subject id.
    Collision,
    /// Ours.
    Fault,
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
    /// One field to correct.
    pub fn field(field: &str, reason: &str, detail: impl Into<String>) -> Self {
        let error = FieldError { field: field.to_owned(), reason: reason.to_owned(), detail: detail.into() };
        Self::Fields(vec![error])
    }

    /// Its HTTP status.
    pub const fn status(&self) -> StatusCode {
        match self {
            Self::Malformed(_) => StatusCode::BAD_REQUEST,
            Self::MediaType(_) => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Fields(..) | Self::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Outdated(_) | Self::NotSetUp | Self::Collision => StatusCode::CONFLICT,
            Self::Challenge(..) | Self::ChallengeUsed(_) | Self::Origin(_) | Self::NoConsent | Self::FrequencyExceeded => {
                StatusCode::FORBIDDEN
            }
            Self::NotFound(_) => StatusCode::NOT_FOUND,
            Self::Unauthorized => StatusCode::UNAUTHORIZED,
            Self::Fault => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    const fn name(&self) -> &'static str {
        match self {
            Self::Malformed(_) => "malformed",
            Self::MediaType(_) => "media-type",
            Self::TooLarge => "too-large",
            Self::Fields(..) => "fields",
            Self::Outdated(_) => "outdated-form",
            Self::Challenge(..) => "challenge",
            Self::ChallengeUsed(_) => "challenge-used",
            Self::Origin(_) => "origin",
            Self::NotFound(_) => "not-found",
            Self::Unauthorized => "unauthorized",
            Self::Refused(_) => "refused",
            Self::NotSetUp => "not-set-up",
            Self::NoConsent => "no-consent",
            Self::FrequencyExceeded => "frequency-exceeded",
            Self::Collision => "collision",
            Self::Fault => "fault",
        }
    }

    /// A sentence that a person understands.
    pub fn detail(&self) -> String {
        let by = |lang: &Lang, de: &str, en: &str| match lang {
            Lang::De => de.to_owned(),
            Lang::En => en.to_owned(),
        };
        match self {
            Self::Malformed(why) => format!("The body can't be read: {why}."),
            Self::MediaType(wanted) => format!("Send the body as {wanted}."),
            Self::TooLarge => "The body is larger than 16 KiB. Send less.".to_owned(),
            Self::Fields(errors) => {
                errors.iter().map(|error| error.detail.as_str()).collect::<Vec<_>>().join(" ")
            }
            Self::Outdated(lang) => by(
                lang,
                "Der Text hat sich inzwischen geändert. Lesen Sie ihn bitte noch einmal.",
                "The text has changed since. Please read it again.",
            ),
            Self::Challenge(lang, why) => by(
                lang,
                "Die Sicherheitsprüfung ist abgelaufen oder fehlt. Schicken Sie das Formular bitte noch einmal ab.",
                "The security check has expired or is missing. Please send the form again.",
            ) + &format!(" ({why})"),
            Self::ChallengeUsed(lang) => by(
                lang,
                "Diese Sicherheitsprüfung wurde schon benutzt. Schicken Sie das Formular bitte noch einmal ab.",
                "This security check was used before. Please send the form again.",
            ),
            Self::Origin(origin) => format!("Pages of {origin} may not use this form. Add the origin to the form's `origins`."),
            Self::NotFound(what) => format!("There is no such {what}. Check the address."),
            Self::Unauthorized => "This call needs the owner's token: `Authorization: Bearer …`.".to_owned(),
            Self::Refused(violations) => {
                format!("Nothing was changed: {} to correct, see `violations`.", violations.len())
            }
            Self::NotSetUp => "There are no settings yet. `PUT /v1/settings` comes first.".to_owned(),
            Self::NoConsent => "This person has not agreed to that purpose, or not any more. Nothing was sent.".to_owned(),
            Self::FrequencyExceeded => "More SMS of this purpose would be more than was promised. Nothing was sent.".to_owned(),
            Self::Collision => "This number's id belongs to another number. Nothing was done.".to_owned(),
            Self::Fault => "Something went wrong on our side. Please try again in a moment.".to_owned(),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = self.status();
        let details = ProblemDetails::new()
            .with_status(status)
            .with_title(status.canonical_reason().unwrap_or_default())
            .with_detail(self.detail());
        // A reference, relative to this edge (RFC 9457 3.1.1).
        let details = match format!("/problems/{}", self.name()).parse::<axum::http::Uri>() {
            Ok(kind) => details.with_type(kind),
            Err(_) => details,
        };
        let more = match self {
            Self::Fields(errors) => More { errors, ..More::default() },
            Self::Refused(violations) => More { violations, ..More::default() },
            _ => More::default(),
        };
        details.with_extensions(more).into_response()
    }
}

impl From<worker::Error> for Problem {
    fn from(error: worker::Error) -> Self {
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
