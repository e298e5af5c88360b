use shared::{
    form::{FormDraft, FormVersion},
    ids::FormId,
    phone::Country,
    settings::Settings,
    violation::Violation,
};
use worker::{DurableObject, Env, Request, Response, Result, SqlStorage, State, durable_object};

use super::protocol::{
    Call, Command, ListCountries, ListFormsWithKeywords, NotPublished, PublishForm, PutSettings, Query, REACH,
    ReadForm, ReadSettings,
};
use crate::platform::{
    clock,
    object::{read, reply, respond},
    sql::{rows, run},
};

/// Settings and forms.
#[durable_object]
pub struct Registry {
    state: State,
}

impl DurableObject for Registry {
    fn new(state: State, env: Env) -> Self {
        clock::start(&env);
        Self { state }
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        let call = read(&mut request).await?;
        respond(self.answer(call))
    }

    async fn alarm(&self) -> Result<Response> {
        Response::empty()
    }
}

const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS settings (seq INTEGER PRIMARY KEY, at INTEGER, settings TEXT);
CREATE TABLE IF NOT EXISTS forms (form TEXT, version INTEGER, json TEXT, PRIMARY KEY (form, version));";

impl Registry {
    fn answer(&self, call: Call) -> Result<String> {
        let sql = self.state.storage().sql();
        run(&sql, SCHEMA, Vec::new())?;
        match call {
            Call::Command(Command::PutSettings(PutSettings { settings })) => {
                reply::<PutSettings>(put_settings(&sql, settings)?)
            }
            Call::Command(Command::PublishForm(PublishForm { form, draft })) => {
                reply::<PublishForm>(publish(&sql, form, *draft)?)
            }
            Call::Query(Query::ReadSettings(_)) => reply::<ReadSettings>(settings(&sql)?.map(Box::new)),
            Call::Query(Query::ReadForm(ReadForm { form, version })) => {
                reply::<ReadForm>(version_of(&sql, &form, version)?.map(Box::new))
            }
            Call::Query(Query::ListCountries(_)) => reply::<ListCountries>(countries(&sql)?),
            Call::Query(Query::ListFormsWithKeywords(ListFormsWithKeywords { from })) => {
                let owns = |form: &FormVersion| form.sender.from == from && !form.draft.keywords.is_empty();
                reply::<ListFormsWithKeywords>(newest(&sql)?.into_iter().filter(owns).collect())
            }
        }
    }
}

fn put_settings(sql: &SqlStorage, new: Box<Settings>) -> Result<Result<Box<Settings>, Vec<Violation>>> {
    let violations = new.lint(declared(sql)?.as_ref(), REACH);
    if !violations.is_empty() {
        return Ok(Err(violations));
    }
    if settings(sql)?.as_ref() != Some(&*new) {
        run(
            sql,
            "INSERT INTO settings (at, settings) VALUES (?, ?)",
            vec![clock::now().millis().into(), serde_json::to_string(&new)?.into()],
        )?;
    }
    Ok(Ok(new))
}

fn settings(sql: &SqlStorage) -> Result<Option<Settings>> {
    let found = rows(sql, "SELECT settings FROM settings ORDER BY seq DESC LIMIT 1", Vec::new())?;
    first(found)
}

/// The settings in force, with every purpose that was ever declared, as it was last: people may have agreed to it.
fn declared(sql: &SqlStorage) -> Result<Option<Settings>> {
    let mut all = Vec::<Settings>::new();
    for json in rows(sql, "SELECT settings FROM settings ORDER BY seq DESC", Vec::new())?.into_iter().flatten() {
        all.push(serde_json::from_str(&json)?);
    }
    let mut all = all.into_iter();
    let mut newest = all.next();
    if let Some(newest) = &mut newest {
        for purpose in all.flat_map(|older| older.purposes) {
            if newest.purpose(&purpose.id).is_none() {
                newest.purposes.push(purpose);
            }
        }
    }
    Ok(newest)
}

fn version_of(sql: &SqlStorage, form: &FormId, version: Option<u32>) -> Result<Option<FormVersion>> {
    first(match version {
        None => rows(
            sql,
            "SELECT json FROM forms WHERE form = ? ORDER BY version DESC LIMIT 1",
            vec![form.as_str().into()],
        )?,
        Some(version) => rows(
            sql,
            "SELECT json FROM forms WHERE form = ? AND version = ?",
            vec![form.as_str().into(), i64::from(version).into()],
        )?,
    })
}

/// The newest version of each form, the oldest form first.
fn newest(sql: &SqlStorage) -> Result<Vec<FormVersion>> {
    let forms = rows(
        sql,
        "SELECT json FROM forms AS f WHERE version = (SELECT MAX(version) FROM forms WHERE form = f.form) ORDER BY rowid",
        Vec::new(),
    )?;
    forms.into_iter().flatten().map(|json| Ok(serde_json::from_str(&json)?)).collect()
}

fn countries(sql: &SqlStorage) -> Result<Vec<Country>> {
    let mut all = Vec::new();
    for country in newest(sql)?.into_iter().flat_map(|form| form.draft.countries) {
        if !all.contains(&country) {
            all.push(country);
        }
    }
    Ok(all)
}

/// Keywords that another form owns already: nobody would know what an SMS with one asks for.
fn taken_keywords(sql: &SqlStorage, new: &FormVersion) -> Result<Vec<Violation>> {
    let others: Vec<_> = newest(sql)?
        .into_iter()
        .filter(|other| other.form != new.form && other.sender.from == new.sender.from)
        .collect();
    let taken = new.draft.keywords.iter().enumerate().filter_map(|(at, keyword)| {
        let owner = others.iter().find(|other| other.keyword(&keyword.word).is_some())?;
        let detail = format!("The form `{}` owns the keyword {} at this sender.", owner.form, keyword.word);
        Some(Violation::new(format!("keywords[{at}]"), "keyword-taken", detail))
    });
    Ok(taken.collect())
}

fn first<T: serde::de::DeserializeOwned>(rows: Vec<Vec<String>>) -> Result<Option<T>> {
    let json = rows.into_iter().next().and_then(|row| row.into_iter().next());
    json.map(|json| Ok(serde_json::from_str(&json)?)).transpose()
}

/// Publishing what is published already changes nothing, so that a deploy can repeat it.
fn publish(sql: &SqlStorage, form: FormId, draft: FormDraft) -> Result<Result<Box<FormVersion>, NotPublished>> {
    let Some(settings) = settings(sql)? else {
        return Ok(Err(NotPublished::NoSettings));
    };
    let last = version_of(sql, &form, None)?;
    let next = last.as_ref().map_or(1, |last| last.version.saturating_add(1));
    let new = match FormVersion::publish(form, draft, &settings, next, clock::now()) {
        Err(violations) => return Ok(Err(NotPublished::Refused(violations))),
        Ok(new) => new,
    };
    let same = last
        .filter(|last| FormVersion { version: last.version, published_at: last.published_at, ..new.clone() } == *last);
    if let Some(last) = same {
        return Ok(Ok(Box::new(last)));
    }
    let taken = taken_keywords(sql, &new)?;
    if !taken.is_empty() {
        return Ok(Err(NotPublished::Refused(taken)));
    }
    run(
        sql,
        "INSERT INTO forms VALUES (?, ?, ?)",
        vec![new.form.as_str().into(), i64::from(new.version).into(), serde_json::to_string(&new)?.into()],
    )?;
    Ok(Ok(Box::new(new)))
}
