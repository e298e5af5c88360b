//! What goes wrong, as RFC 9457 says it: a stable type, a status, and what to do.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use problem_details::ProblemDetails;
use serde::Serialize;
use shared::{gateway::BadInbound, lang::Lang, violation::Violation, wire::FieldError};

/// Everything that a call can answer instead of what was asked for.
#[derive(Debug)]
pub enum Problem {
    /// A body that isn't what the call takes.
    Malformed(String),
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
    /// Fields to correct.
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
            Self::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Inbound(BadInbound::Malformed) => StatusCode::BAD_REQUEST,
            Self::Inbound(BadInbound::Unsigned | BadInbound::Stale) | Self::Unauthorized => StatusCode::UNAUTHORIZED,
            Self::MissingSecrets(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Fields(..) | Self::Refused(_) | Self::KeyReused => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Outdated(_) | Self::NotSetUp | Self::Collision => StatusCode::CONFLICT,
            Self::Challenge(_) | Self::ChallengeUsed(_) | Self::Origin | Self::NoConsent | Self::FrequencyExceeded => {
                StatusCode::FORBIDDEN
            }
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Fault => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Its stable name, the end of its type.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Malformed(_) => "malformed",
            Self::MediaType(_) => "media-type",
            Self::TooLarge(_) => "too-large",
            Self::Inbound(_) => "webhook",
            Self::MissingSecrets(_) => "missing-secrets",
            Self::KeyReused => "idempotency-key-reused",
            Self::Fields(..) => "fields",
            Self::Outdated(_) => "outdated-form",
            Self::Challenge(_) => "challenge",
            Self::ChallengeUsed(_) => "challenge-used",
            Self::Origin => "origin",
            Self::NotFound => "not-found",
            Self::Unauthorized => "unauthorized",
            Self::Refused(_) => "refused",
            Self::NotSetUp => "not-set-up",
            Self::NoConsent => "no-consent",
            Self::FrequencyExceeded => "frequency-exceeded",
            Self::Collision => "collision",
            Self::Fault => "fault",
        }
    }

    /// The language of whoever meets it, where that is known.
    const fn lang(&self) -> Option<Lang> {
        match self {
            Self::Outdated(lang) | Self::Challenge(lang) | Self::ChallengeUsed(lang) => Some(*lang),
            _ => None,
        }
    }

    /// What to do, in words that a person understands.
    pub fn detail(&self, lang: Lang) -> String {
        let (de, en): (&str, &str) = match self {
            Self::Malformed(why) => return format!("The body can't be read: {why}."),
            Self::MediaType(wanted) => return format!("Send the body as {wanted}."),
            Self::TooLarge(most) => {
                let most = most / 1024;
                return match lang {
                    Lang::De => {
                        format!("Das ist zu viel auf einmal, mehr als {most} KiB. Schicken Sie bitte weniger.")
                    }
                    Lang::En => format!("That is too much at once, more than {most} KiB. Please send less."),
                };
            }
            Self::Fields(errors) => {
                return errors.iter().map(|error| error.detail.as_str()).collect::<Vec<_>>().join(" ");
            }
            Self::Refused(violations) => {
                return format!("Nothing was changed: {} to correct, see `violations`.", violations.len());
            }
            Self::Inbound(why) => return format!("Nothing was changed: {why}."),
            Self::MissingSecrets(names) => {
                return format!("This gateway can't work before the secrets {} are set.", names.join(", "));
            }
            Self::KeyReused => (
                "Mit diesem Idempotency-Key wurde schon eine andere Nachricht angenommen. Nehmen Sie einen neuen.",
                "Another message was accepted under this idempotency key. Use a new one.",
            ),
            Self::Outdated(_) => (
                "Der Text hat sich inzwischen geändert. Lesen Sie ihn bitte noch einmal.",
                "The text has changed since. Please read it again.",
            ),
            Self::Challenge(_) => (
                "Die Sicherheitsprüfung fehlt, ist abgelaufen oder gilt hier nicht. Schicken Sie das Formular bitte noch einmal ab.",
                "The security check is missing, has expired or is not for this form. Please send the form again.",
            ),
            Self::ChallengeUsed(_) => (
                "Diese Sicherheitsprüfung wurde schon benutzt. Schicken Sie das Formular bitte noch einmal ab.",
                "This security check was used before. Please send the form again.",
            ),
            Self::Origin => (
                "Diese Seite darf das Formular nicht benutzen. Wem sie gehört, der trägt ihre Adresse bei `origins` ein.",
                "This page may not use the form. Its owner can add the page's origin to the form's `origins`.",
            ),
            Self::NotFound => (
                "Unter dieser Adresse gibt es nichts. Prüfen Sie sie bitte.",
                "There is nothing at this address. Please check it.",
            ),
            Self::Unauthorized => (
                "Dieser Aufruf braucht das Token des Betreibers: `Authorization: Bearer …`.",
                "This call needs the owner's token: `Authorization: Bearer …`.",
            ),
            Self::NotSetUp => (
                "Hier ist noch nichts eingerichtet. Zuerst kommt `PUT /v1/settings`.",
                "Nothing is set up here yet. `PUT /v1/settings` comes first.",
            ),
            Self::NoConsent => (
                "Diese Person hat dem Zweck nicht zugestimmt, oder nicht mehr. Es wurde nichts gesendet.",
                "This person has not agreed to that purpose, or not any more. Nothing was sent.",
            ),
            Self::FrequencyExceeded => (
                "Das wären mehr SMS zu diesem Zweck, als zugesagt sind. Es wurde nichts gesendet.",
                "That would be more SMS of this purpose than was promised. Nothing was sent.",
            ),
            Self::Collision => (
                "Die Kennung dieser Nummer gehört einer anderen. Es wurde nichts getan.",
                "This number's id belongs to another number. Nothing was done.",
            ),
            Self::Fault => (
                "Bei uns ist etwas schiefgegangen. Versuchen Sie es bitte gleich noch einmal.",
                "Something went wrong on our side. Please try again in a moment.",
            ),
        };
        match lang {
            Lang::De => de,
            Lang::En => en,
        }
        .to_owned()
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = self.status();
        let details = ProblemDetails::new()
            .with_status(status)
            .with_title(status.canonical_reason().unwrap_or_default())
            .with_detail(self.detail(self.lang().unwrap_or(Lang::En)));
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
