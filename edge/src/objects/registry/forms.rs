//! The versions of every form, and which of them are open.

use shared::{
    actor::Actor,
    form::{FormDraft, FormIndex, FormState, FormVersion, IndexedForm},
    ids::FormId,
    stored::{PublishedForm, PublishedSettings},
    violation::Violation,
};
use worker::{Result, SqlStorage};

use super::{
    object::{first, settings},
    protocol::NotPublished,
    texts,
};
use crate::platform::{
    clock,
    sql::{rows, run, value},
    stored,
};

pub(super) fn version_of(sql: &SqlStorage, form: &FormId, version: Option<u32>) -> Result<Option<PublishedForm>> {
    first(match version {
        None => value(
            sql,
            "SELECT json FROM forms WHERE form = ? ORDER BY version DESC LIMIT 1",
            vec![form.as_str().into()],
        )?,
        Some(version) => value(
            sql,
            "SELECT json FROM forms WHERE form = ? AND version = ?",
            vec![form.as_str().into(), i64::from(version).into()],
        )?,
    })
}

/// What was published before texts were kept is frozen at first sight: from then on no update changes it.
pub(super) fn freeze_all(sql: &SqlStorage) -> Result<()> {
    for [json] in rows(sql, "SELECT json FROM forms WHERE json NOT LIKE '%\"texts\":{%'", Vec::new())? {
        // What can't be read is named by whoever asks for it.
        let Ok(PublishedForm { by, form }) = shared::stored::read(&json) else {
            continue;
        };
        put_version(sql, &PublishedForm { by, form: texts::freeze(form) })?;
    }
    Ok(())
}

fn put_version(sql: &SqlStorage, published: &PublishedForm) -> Result<()> {
    let form = &published.form;
    texts::keep_all(sql, form)?;
    run(
        sql,
        "INSERT INTO forms VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET json = ?3",
        vec![form.form.as_str().into(), i64::from(form.version).into(), stored::write(published)?.into()],
    )
}

/// The newest version of each form: its name, its number and what it says, the oldest form first.
const NEWEST: &str = "SELECT form, version, json FROM forms AS f
    WHERE version = (SELECT MAX(version) FROM forms WHERE form = f.form) ORDER BY rowid";

/// The newest version of each form, the oldest form first. One that can't be read stops nobody's STOP.
pub(super) fn newest(sql: &SqlStorage) -> Result<Vec<FormVersion>> {
    let forms = rows::<3>(sql, NEWEST, Vec::new())?;
    Ok(forms.into_iter().filter_map(|[_, _, json]| Some(stored::read::<PublishedForm>(&json).ok()?.form)).collect())
}

pub(super) fn index(sql: &SqlStorage) -> Result<FormIndex> {
    let changes = "SELECT COUNT(*) + COALESCE(SUM(json_array_length(json, '$.value.form.turns')), 0) FROM forms";
    let changes = value(sql, changes, Vec::new())?.and_then(|count| count.parse().ok());
    let forms = rows::<3>(sql, NEWEST, Vec::new())?;
    let forms = forms.into_iter().filter_map(|[form, version, json]| {
        Some(match stored::read::<PublishedForm>(&json) {
            Ok(published) => IndexedForm::of(&published.form),
            Err(_) => IndexedForm::unreadable(form.parse().ok()?, version.parse().ok()?),
        })
    });
    Ok(FormIndex { changes: changes.unwrap_or_default(), forms: forms.collect() })
}

/// Keywords that another form owns already: nobody would know what an SMS with one asks for.
fn taken_keywords(sql: &SqlStorage, new: &FormVersion) -> Result<Vec<Violation>> {
    let others: Vec<_> = newest(sql)?
        .into_iter()
        .filter(|other| other.form != new.form && other.sender.from == new.sender.from)
        .filter(|other| other.state() == FormState::Open)
        .collect();
    let taken = new.draft.keywords.iter().enumerate().filter_map(|(at, keyword)| {
        let owner = others.iter().find(|other| other.keyword(&keyword.word).is_some())?;
        let detail = format!("The form `{}` owns the keyword {} at this sender.", owner.form, keyword.word);
        Some(Violation::new(format!("keywords[{at}]"), "keyword-taken", detail))
    });
    Ok(taken.collect())
}

pub(super) fn close(sql: &SqlStorage, form: &FormId, actor: Actor) -> Result<Option<Box<PublishedForm>>> {
    let Some(published) = version_of(sql, form, None)? else {
        return Ok(None);
    };
    let Some(form) = published.form.turned(FormState::Closed, clock::now(), actor) else {
        return Ok(Some(Box::new(published)));
    };
    let closed = PublishedForm { form, ..published };
    put_version(sql, &closed)?;
    Ok(Some(Box::new(closed)))
}

/// Publishing what is published already changes nothing, so that a deploy can repeat it; but a form that was closed is
/// open again.
pub(super) fn publish(
    sql: &SqlStorage,
    form: FormId,
    draft: FormDraft,
    actor: Actor,
    origin: &str,
) -> Result<Result<Box<PublishedForm>, NotPublished>> {
    let Some(PublishedSettings { settings, .. }) = settings(sql)? else {
        return Ok(Err(NotPublished::NoSettings));
    };
    let last = version_of(sql, &form, None)?;
    let next = last.as_ref().map_or(1, |last| last.form.version.saturating_add(1));
    let new = match FormVersion::publish(form, draft, &settings, origin, next, clock::now()) {
        Err(violations) => return Ok(Err(NotPublished::Refused(violations))),
        Ok(new) => texts::freeze(new),
    };
    let same = last.filter(|PublishedForm { form: last, .. }| {
        let FormVersion { version, published_at, turns, .. } = last;
        FormVersion { version: *version, published_at: *published_at, turns: turns.clone(), ..new.clone() } == *last
    });
    let opened = same.as_ref().and_then(|last| last.form.turned(FormState::Open, clock::now(), actor.clone()));
    let new = match (same, opened) {
        (Some(last), None) => return Ok(Ok(Box::new(last))),
        (Some(last), Some(form)) => PublishedForm { form, ..last },
        (None, _) => PublishedForm { by: Some(actor), form: new },
    };
    let taken = taken_keywords(sql, &new.form)?;
    if !taken.is_empty() {
        return Ok(Err(NotPublished::Refused(taken)));
    }
    put_version(sql, &new)?;
    Ok(Ok(Box::new(new)))
}
