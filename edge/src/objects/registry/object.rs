use std::{
    cell::Cell,
    collections::{BTreeMap, BTreeSet},
};

use shared::{
    actor::Actor,
    deployment::{DeployTrouble, Here, Marker, World},
    evidence::PublicKeys,
    ids::GatewayId,
    key_ring::SubjectId,
    settings::{Former, Platform, Settings},
    stored::{Parked, ParkedItem, Pause, PublishedSettings, Stored},
    time::Span,
    violation::Violation,
    wire::ParkedHealth,
};
use worker::{DurableObject, Env, Request, Response, Result, SqlStorage, State, durable_object};

use super::{
    forms,
    protocol::{
        Call, CloseForm, Command, CountParked, JoinDeploy, KeepSigningKeys, KeepText, KnownPause, ListForms,
        ListUnreadable, NoteParked, NoteUnreadable, PausePut, PublishForm, PutPause, PutSettings, Query, REACH,
        ReadForm, ReadFormer, ReadIndex, ReadPause, ReadSettings, ReadText, SettingsPut,
    },
    texts,
};
use crate::platform::{
    clock, configuration, intl,
    object::{read, reply, respond},
    sql::{fault, rows, run, value},
    stored,
    transaction::transaction,
};

#[durable_object]
pub struct Registry {
    state: State,
    env: Env,
    /// Whether this instance has looked for versions without texts.
    all_frozen: Cell<bool>,
}

impl DurableObject for Registry {
    fn new(state: State, env: Env) -> Self {
        clock::start(&env);
        Self { state, env, all_frozen: Cell::new(false) }
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        let call = read(&mut request).await?;
        let frozen = self.freeze_once();
        let reply = frozen.and_then(|()| transaction(&self.state, || self.answer(call)));
        for what in stored::to_tell() {
            transaction(&self.state, || note_unreadable(&self.state.storage().sql(), &what))?;
            stored::told(&what);
        }
        respond(reply)
    }

    async fn alarm(&self) -> Result<Response> {
        Response::empty()
    }
}

const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS settings (seq INTEGER PRIMARY KEY, at INTEGER, settings TEXT);
CREATE TABLE IF NOT EXISTS deploy (one INTEGER PRIMARY KEY CHECK (one = 1), marker TEXT);
CREATE TABLE IF NOT EXISTS pauses (seq INTEGER PRIMARY KEY, pause TEXT);
CREATE TABLE IF NOT EXISTS forms (form TEXT, version INTEGER, json TEXT, PRIMARY KEY (form, version));
CREATE TABLE IF NOT EXISTS signing_keys (one INTEGER PRIMARY KEY CHECK (one = 1), keys TEXT);
CREATE TABLE IF NOT EXISTS texts (hash TEXT PRIMARY KEY, text TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS unreadable (what TEXT PRIMARY KEY, at INTEGER) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS parked (subject TEXT, entry TEXT, record TEXT, PRIMARY KEY (subject, entry)) WITHOUT ROWID;";

impl Registry {
    /// In a transaction of its own: what it has done stays, whatever comes of the question.
    fn freeze_once(&self) -> Result<()> {
        if !self.all_frozen.get() {
            let sql = self.state.storage().sql();
            transaction(&self.state, || run(&sql, SCHEMA, Vec::new()).and_then(|()| forms::freeze_all(&sql)))?;
            self.all_frozen.set(true);
        }
        Ok(())
    }

    fn origin(&self) -> Result<String> {
        let configuration = configuration::of(&self.env).map_err(|_| fault("a deploy without an origin"))?;
        Ok(configuration.origin.as_str().to_owned())
    }

    fn answer(&self, call: Call) -> Result<String> {
        let sql = self.state.storage().sql();
        run(&sql, SCHEMA, Vec::new())?;
        match call {
            Call::Command(Command::PutSettings(PutSettings { published })) => {
                reply::<PutSettings>(put_settings(&sql, *published, &self.origin()?)?)
            }
            Call::Command(Command::PublishForm(PublishForm { form, draft, actor })) => {
                reply::<PublishForm>(forms::publish(&sql, form, *draft, actor, &self.origin()?)?)
            }
            Call::Command(Command::CloseForm(CloseForm { form, actor })) => {
                reply::<CloseForm>(forms::close(&sql, &form, actor)?)
            }
            Call::Command(Command::PutPause(PutPause { paused, actor })) => {
                reply::<PutPause>(put_pause(&sql, paused, actor)?)
            }
            Call::Command(Command::JoinDeploy(JoinDeploy { here, published_in_kv })) => {
                reply::<JoinDeploy>(join_deploy(&sql, &here, published_in_kv)?)
            }
            Call::Command(Command::NoteUnreadable(NoteUnreadable { what })) => {
                reply::<NoteUnreadable>(note_unreadable(&sql, &what)?)
            }
            Call::Command(Command::NoteParked(NoteParked { subject, entry, parked })) => {
                reply::<NoteParked>(note_parked(&sql, subject, entry, parked)?)
            }
            Call::Command(Command::KeepSigningKeys(KeepSigningKeys { keys })) => {
                reply::<KeepSigningKeys>(keep_signing_keys(&sql, keys)?)
            }
            Call::Command(Command::KeepText(KeepText { text })) => reply::<KeepText>(texts::keep(&sql, &text)?),
            Call::Query(Query::ReadText(ReadText { hash })) => reply::<ReadText>(texts::read(&sql, &hash)?),
            Call::Query(Query::ReadSettings(_)) => {
                reply::<ReadSettings>(settings(&sql)?.map(|published| Box::new(published.settings)))
            }
            Call::Query(Query::ReadFormer(_)) => reply::<ReadFormer>(Box::new(former(&sql)?)),
            Call::Query(Query::ReadPause(_)) => reply::<ReadPause>(pause(&sql)?),
            Call::Query(Query::ReadForm(ReadForm { form, version })) => {
                reply::<ReadForm>(forms::version_of(&sql, &form, version)?.map(|published| Box::new(published.form)))
            }
            Call::Query(Query::ListForms(_)) => reply::<ListForms>(forms::newest(&sql)?),
            Call::Query(Query::ReadIndex(_)) => reply::<ReadIndex>(forms::index(&sql)?),
            Call::Query(Query::CountParked(_)) => reply::<CountParked>(count_parked(&sql)?),
            Call::Query(Query::ListUnreadable(_)) => reply::<ListUnreadable>(unreadable(&sql)?),
        }
    }
}

fn put_settings(
    sql: &SqlStorage,
    new: PublishedSettings,
    origin: &str,
) -> Result<Result<Box<SettingsPut>, Vec<Violation>>> {
    let platform = Platform { reach: REACH, knows_zone: &intl::is_zone };
    let mut violations = new.settings.lint(declared(sql)?.as_ref(), &platform);
    let old = settings(sql)?;
    let links_to = new.settings.links_to(origin);
    if old.as_ref().is_some_and(|old| old.settings.links_to(origin) != links_to) {
        violations.extend(too_long(sql, &links_to)?);
    }
    if !violations.is_empty() {
        return Ok(Err(violations));
    }
    let warnings = new.settings.warnings(old.as_ref().map(|old| &old.settings), &forms::newest(sql)?, origin);
    let published = match old.filter(|old| old.settings == new.settings) {
        Some(old) => old,
        None => {
            let values = vec![clock::now().millis().into(), stored::write(&new)?.into()];
            run(sql, "INSERT INTO settings (at, settings) VALUES (?, ?)", values)?;
            new
        }
    };
    Ok(Ok(Box::new(SettingsPut { published, former: former(sql)?, warnings })))
}

/// Of all settings that this build can read.
fn former(sql: &SqlStorage) -> Result<Former> {
    let all = rows(sql, "SELECT settings FROM settings ORDER BY seq DESC", Vec::new())?;
    Ok(Former::of(all.into_iter().filter_map(|[json]| Some(stored::read::<PublishedSettings>(&json).ok()?.settings))))
}

/// Forms whose confirmation SMS would be longer with links to there than was promised: none would ever leave.
fn too_long(sql: &SqlStorage, links_to: &str) -> Result<Vec<Violation>> {
    let found = forms::newest(sql)?.into_iter().flat_map(|form| {
        let broken = form.lint_confirmations(links_to).into_iter().filter(|broken| broken.rule == "length");
        let detail = move |broken: Violation| format!("The form `{}`: {}", form.form, broken.detail);
        broken.take(1).map(move |broken| Violation::new("link_domain", "length", detail(broken))).collect::<Vec<_>>()
    });
    Ok(found.collect())
}

fn put_pause(sql: &SqlStorage, paused: bool, by: Actor) -> Result<PausePut> {
    let is_paused = pause(sql)?.pause.is_some_and(|pause| pause.paused);
    if paused != is_paused {
        let pause = Pause { paused, since: clock::now(), by };
        run(sql, "INSERT INTO pauses (pause) VALUES (?)", vec![stored::write(&pause)?.into()])?;
    }
    Ok(PausePut { pause: pause(sql)?, gateways: gateways(sql)? })
}

fn pause(sql: &SqlStorage) -> Result<KnownPause> {
    let newest = rows(sql, "SELECT seq, pause FROM pauses ORDER BY seq DESC LIMIT 1", Vec::new())?.into_iter().next();
    let Some([change, json]) = newest else {
        return Ok(KnownPause::default());
    };
    Ok(KnownPause { change: change.parse().unwrap_or(u32::MAX), pause: Some(stored::read(&json)?) })
}

/// All gateways that ever were in the settings. Those in settings that can't be read learn of a pause by themselves.
fn gateways(sql: &SqlStorage) -> Result<Vec<GatewayId>> {
    let mut all = BTreeSet::new();
    for [json] in rows(sql, "SELECT settings FROM settings", Vec::new())? {
        if let Ok(PublishedSettings { settings, .. }) = stored::read(&json) {
            all.extend(settings.gateways.iter().map(|gateway| gateway.id().clone()));
            all.extend(settings.senders.into_iter().map(|sender| sender.gateway));
        }
    }
    Ok(all.into_iter().collect())
}

fn join_deploy(sql: &SqlStorage, here: &Here, published_in_kv: Option<bool>) -> Result<Result<Marker, DeployTrouble>> {
    let before = first(value(sql, "SELECT marker FROM deploy", Vec::new())?)?;
    // Even what this build can't read says that something was stored.
    let published_here = value(sql, "SELECT 1 FROM settings LIMIT 1", Vec::new())?.is_some();
    let world = World { published_in_kv, published_here };
    let joined = here.join(before.clone(), world, clock::now());
    if let Ok(marker) = &joined
        && before.as_ref() != Some(marker)
    {
        let statement = "INSERT INTO deploy VALUES (1, ?1) ON CONFLICT (one) DO UPDATE SET marker = ?1";
        run(sql, statement, vec![stored::write(marker)?.into()])?;
    }
    Ok(joined)
}

/// Names what can't be read; the same once more is the same. There are not many kinds of stored values.
fn note_unreadable(sql: &SqlStorage, what: &str) -> Result<()> {
    run(
        sql,
        "INSERT INTO unreadable VALUES (?1, ?2) ON CONFLICT (what) DO UPDATE SET at = ?2",
        vec![what.into(), clock::now().millis().into()],
    )?;
    let latest = "DELETE FROM unreadable WHERE what NOT IN (SELECT what FROM unreadable ORDER BY at DESC LIMIT 50)";
    run(sql, latest, Vec::new())
}

/// Whoever can't read something says so once a day; what nobody has said for two is mended.
fn unreadable(sql: &SqlStorage) -> Result<Vec<String>> {
    let since = clock::now() - Span::days(2);
    let said = "SELECT what FROM unreadable WHERE at > ? ORDER BY what";
    Ok(rows::<1>(sql, said, vec![since.millis().into()])?.into_iter().flatten().collect())
}

fn note_parked(sql: &SqlStorage, subject: SubjectId, entry: String, parked: Option<Parked>) -> Result<()> {
    let key = vec![subject.to_string().into(), entry.into()];
    match parked {
        Some(parked) => {
            let statement = "INSERT INTO parked VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET record = ?3";
            run(sql, statement, [key, vec![stored::write(&parked)?.into()]].concat())
        }
        None => run(sql, "DELETE FROM parked WHERE subject = ? AND entry = ?", key),
    }
}

fn count_parked(sql: &SqlStorage) -> Result<Vec<ParkedHealth>> {
    let mut all = BTreeMap::<ParkedItem, ParkedHealth>::new();
    for [json] in rows(sql, "SELECT record FROM parked LIMIT 10000", Vec::new())? {
        let Ok(Parked { what, since }) = stored::read(&json) else { continue };
        let kind = all.entry(what).or_insert(ParkedHealth { what, count: 0, since });
        kind.count = kind.count.saturating_add(1);
        kind.since = kind.since.min(since);
    }
    Ok(all.into_values().collect())
}

/// The newest first; whatever was once there stays.
fn keep_signing_keys(sql: &SqlStorage, keys: PublicKeys) -> Result<PublicKeys> {
    let kept: Option<PublicKeys> = first(value(sql, "SELECT keys FROM signing_keys", Vec::new())?)?;
    let all = keys.with(kept.clone().unwrap_or_default().keys);
    if kept.as_ref() != Some(&all) {
        let statement = "INSERT INTO signing_keys VALUES (1, ?1) ON CONFLICT DO UPDATE SET keys = ?1";
        run(sql, statement, vec![stored::write(&all)?.into()])?;
    }
    Ok(all)
}

pub(super) fn settings(sql: &SqlStorage) -> Result<Option<PublishedSettings>> {
    first(value(sql, "SELECT settings FROM settings ORDER BY seq DESC LIMIT 1", Vec::new())?)
}

/// The settings in force, with every purpose that was ever declared, as it was last: people may have agreed to it.
fn declared(sql: &SqlStorage) -> Result<Option<Settings>> {
    let mut all = Vec::<Settings>::new();
    for [json] in rows(sql, "SELECT settings FROM settings ORDER BY seq DESC", Vec::new())? {
        all.push(stored::read::<PublishedSettings>(&json)?.settings);
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

pub(super) fn first<T: Stored>(json: Option<String>) -> Result<Option<T>> {
    json.map(|json| stored::read(&json)).transpose()
}
