//! The people that are stored, for the owner's program.

use axum::Json as Answered;
use serde::Deserialize;
use shared::{
    key_ring::SubjectId,
    time::Timestamp,
    wire::{OpenProofs, OpenedProofs, StateLine, SubjectLine, SubjectList},
};

use crate::{
    objects::directory::{Client as Directory, Row},
    problem::Problem,
    request::{Json, Owner, Path, Query},
    service::lookup,
};

#[derive(Deserialize)]
pub struct Asked {
    cursor: Option<String>,
    limit: Option<u32>,
}

/// A page of all people, by the directory.
#[worker::send]
pub async fn list(Owner(app, _): Owner, Query(asked): Query<Asked>) -> Result<Answered<SubjectList>, Problem> {
    let after = asked.cursor.map(SubjectId::try_from).transpose();
    let after = after.map_err(|_| Problem::field("cursor", "cursor", "Give the `cursor` of the answer before."))?;
    let limit = asked.limit.unwrap_or(SubjectList::USUAL);
    if !(1..=SubjectList::MOST).contains(&limit) {
        return Err(Problem::field("limit", "range", format!("Give a number from 1 to {}.", SubjectList::MOST)));
    }
    let (rows, next) = Directory::of(app.env()).page(after, limit).await?;
    let now = app.now();
    let subjects = rows.into_iter().map(|row| line(row, now)).collect();
    Ok(Answered(SubjectList { subjects, cursor: next.map(|id| id.to_string()) }))
}

/// Opens what is locked away of an erased person, for a dispute.
#[worker::send]
pub async fn open_proofs(
    Owner(app, actor): Owner,
    Path(subject): Path<String>,
    Json(request): Json<OpenProofs>,
) -> Result<Answered<OpenedProofs>, Problem> {
    let reason = request.reason.trim();
    if !(1..=OpenProofs::LONGEST).contains(&reason.chars().count()) {
        let detail = format!("Say in 1 to {} characters what for. It is kept beside the proof.", OpenProofs::LONGEST);
        return Err(Problem::field("reason", "length", detail));
    }
    let person = app.subject(lookup::by_id(subject)?).await?;
    let proofs = person.open_proofs(actor, reason.to_owned()).await?;
    if proofs.is_empty() { Err(Problem::NotFound) } else { Ok(Answered(OpenedProofs { proofs })) }
}

fn line(Row { subject, changed_at, listing }: Row, now: Timestamp) -> SubjectLine {
    let states = listing.states.into_iter();
    SubjectLine {
        subject: subject.to_string(),
        states: states
            .map(|(purpose, listed)| StateLine { purpose, state: listed.state, since: listed.since, reference: None })
            .collect(),
        changed_at,
        suppressed: listing.suppression.holds(now),
        version: listing.form.as_ref().map(|form| form.version),
        form: listing.form.map(|form| form.form),
        campaign: listing.campaign,
    }
}
