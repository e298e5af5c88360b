//! The people that are stored, for the owner's program.

use axum::Json as Answered;
use serde::Deserialize;
use shared::{
    key_ring::SubjectId,
    time::Timestamp,
    wire::{StateLine, SubjectLine, SubjectList},
};

use crate::{
    objects::directory::{Client as Directory, Row},
    problem::Problem,
    request::{Owner, Query},
};

#[derive(Deserialize)]
pub struct Asked {
    cursor: Option<String>,
    limit: Option<String>,
}

/// A page of all people, by the directory.
#[worker::send]
pub async fn list(Owner(app, _): Owner, Query(asked): Query<Asked>) -> Result<Answered<SubjectList>, Problem> {
    let after = asked.cursor.map(SubjectId::try_from).transpose();
    let after = after.map_err(|_| Problem::field("cursor", "cursor", "Give the `cursor` of the answer before."))?;
    let limit = asked.limit.map_or(Ok(SubjectList::USUAL), |text| text.parse());
    let limit = limit
        .ok()
        .filter(|limit| (1..=SubjectList::MOST).contains(limit))
        .ok_or_else(|| Problem::field("limit", "range", format!("Give a number from 1 to {}.", SubjectList::MOST)))?;
    let (rows, next) = Directory::of(app.env()).page(after, limit).await?;
    let now = app.now();
    let subjects = rows.into_iter().map(|row| line(row, now)).collect();
    Ok(Answered(SubjectList { subjects, cursor: next.map(|id| id.to_string()) }))
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
