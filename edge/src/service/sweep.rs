//! What the nightly sweep compares: a person's own object decides, and mends what KV and the directory have of it.

use shared::{
    directory::{Held, held},
    ids::PurposeId,
    key_ring::SubjectId,
    time::{Span, Timestamp},
};

use crate::{
    platform::{
        clock,
        context::App,
        kv::{self, Key},
        stored,
    },
    problem::Problem,
};

/// KV may not show yet what is so young.
const LAG: Span = Span::minutes(5);

/// Who was found where the directory lists somebody.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Found {
    Somebody,
    /// The row is of nobody who is still stored.
    Nobody,
}

/// Asks a person's object what is in force, which also wakes what has overslept, and lets it write anew what KV lacks.
pub async fn person(app: &App, subject: SubjectId, listed: Timestamp) -> Result<Found, Problem> {
    let person = app.subject(subject).await?;
    let Some(in_force) = person.sweep(Some(listed)).await? else {
        return Ok(Found::Nobody);
    };
    let mut amiss = Vec::new();
    for (purpose, consent) in in_force {
        if clock::now() < consent.since + LAG {
            continue;
        }
        let value = kv::get(app.env(), Key::Consent(&purpose, subject)).await?;
        match held(value.as_deref(), &app.secrets().export, subject, &purpose, &consent) {
            Held::AsItIs => {}
            Held::Amiss => amiss.push(purpose),
            Held::Newer(unreadable) => drop(stored::note(&unreadable)),
        }
    }
    if !amiss.is_empty() {
        person.project_again(amiss).await?;
    }
    Ok(Found::Somebody)
}

/// Asks about a key in KV of a consent that the directory doesn't know. The question also lists who is not listed as
/// they are.
pub async fn stray(
    app: &App,
    purpose: &PurposeId,
    subject: SubjectId,
    listed: Option<Timestamp>,
) -> Result<(), Problem> {
    let person = app.subject(subject).await?;
    match person.sweep(listed).await? {
        Some(in_force) if in_force.contains_key(purpose) => Ok(()),
        Some(_) => person.project_again(vec![purpose.clone()]).await,
        None => Ok(kv::delete(app.env(), Key::Consent(purpose, subject)).await?),
    }
}
