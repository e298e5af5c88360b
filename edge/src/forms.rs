//! Published forms and settings, as the public calls read them: from this isolate, else from KV, else from
//! the registry, which knows all.

use std::{cell::RefCell, collections::HashMap, rc::Rc};

use shared::{
    form::FormVersion,
    ids::FormId,
    settings::Settings,
    time::{Span, Timestamp},
};

use crate::{
    app::App,
    objects::{
        ask,
        registry::{Answer, Ask, NAME},
    },
    problem::Problem,
    storage::{self, Namespace, Storage as _},
};

/// How long an isolate goes on with what may have been replaced meanwhile.
const FRESH: Span = Span::seconds(30);

type Versions = HashMap<(FormId, u32), Rc<FormVersion>>;
type Newest = HashMap<FormId, (Timestamp, Rc<FormVersion>)>;

thread_local! {
    static VERSIONS: RefCell<Versions> = RefCell::default();
    static NEWEST: RefCell<Newest> = RefCell::default();
    static SETTINGS: RefCell<Option<(Timestamp, Rc<Settings>)>> = const { RefCell::new(None) };
}

fn newest_key(form: &FormId) -> String {
    format!("form/{form}/newest")
}

fn version_key(form: &FormId, version: u32) -> String {
    format!("form/{form}/{version}")
}

const SETTINGS_KEY: &str = "settings";

async fn registry(app: &App, question: &Ask) -> Result<Answer, Problem> {
    Ok(ask(app.env(), "REGISTRY", NAME, question).await?)
}

async fn from_kv<T: serde::de::DeserializeOwned>(app: &App, key: &str) -> Result<Option<T>, Problem> {
    let text = storage::open(app.env(), Namespace::Forms)?.get(key).await?;
    Ok(text.map(|text| serde_json::from_str(&text)).transpose()?)
}

/// The newest version of a form.
pub async fn newest(app: &App, form: &FormId) -> Result<Option<Rc<FormVersion>>, Problem> {
    let now = app.now();
    let cached = NEWEST.with_borrow(|cache| cache.get(form).cloned());
    if let Some((_, version)) = cached.filter(|(at, _)| now < *at + FRESH) {
        return Ok(Some(version));
    }
    let found = match from_kv(app, &newest_key(form)).await? {
        Some(version) => Some(version),
        None => from_registry(app, form, None).await?,
    };
    Ok(found.map(|version| remember(version, now)))
}

/// Keeps the newest version, or the newer one that is known here: KV may not have heard of it yet.
fn remember(version: FormVersion, now: Timestamp) -> Rc<FormVersion> {
    NEWEST.with_borrow_mut(|cache| {
        let newest = match cache.remove(&version.form) {
            Some((_, known)) if known.version > version.version => known,
            _ => Rc::new(version),
        };
        cache.insert(newest.form.clone(), (now, newest.clone()));
        newest
    })
}

/// A certain version of a form, which never changes.
pub async fn version(app: &App, form: &FormId, version: u32) -> Result<Option<Rc<FormVersion>>, Problem> {
    let key = (form.clone(), version);
    if let Some(found) = VERSIONS.with_borrow(|cache| cache.get(&key).cloned()) {
        return Ok(Some(found));
    }
    let found = match from_kv(app, &version_key(form, version)).await? {
        Some(found) => Some(found),
        None => from_registry(app, form, Some(version)).await?,
    };
    Ok(found.map(|found: FormVersion| {
        let found = Rc::new(found);
        VERSIONS.with_borrow_mut(|cache| cache.insert(key, found.clone()));
        found
    }))
}

async fn from_registry(app: &App, form: &FormId, version: Option<u32>) -> Result<Option<FormVersion>, Problem> {
    match registry(app, &Ask::Form(form.clone(), version)).await? {
        Answer::Form(found) => Ok(found.map(|found| *found)),
        _ => Err(Problem::Fault),
    }
}

/// The settings in force.
pub async fn settings(app: &App) -> Result<Option<Rc<Settings>>, Problem> {
    let now = app.now();
    let cached = SETTINGS.with_borrow(Clone::clone);
    if let Some((_, settings)) = cached.filter(|(at, _)| now < *at + FRESH) {
        return Ok(Some(settings));
    }
    let found = match from_kv(app, SETTINGS_KEY).await? {
        Some(found) => Some(found),
        None => match registry(app, &Ask::Settings).await? {
            Answer::Settings(found) => found.map(|found| *found),
            _ => return Err(Problem::Fault),
        },
    };
    Ok(found.map(|found: Settings| {
        let found = Rc::new(found);
        SETTINGS.set(Some((now, found.clone())));
        found
    }))
}

/// Puts settings in force, and copies them to KV.
pub async fn put_settings(app: &App, settings: Settings) -> Result<Settings, Problem> {
    match registry(app, &Ask::PutSettings(Box::new(settings))).await? {
        Answer::Settings(Some(settings)) => {
            let kv = storage::open(app.env(), Namespace::Forms)?;
            kv.put(SETTINGS_KEY, &serde_json::to_string(&settings)?, None).await?;
            SETTINGS.set(Some((app.now(), Rc::new((*settings).clone()))));
            Ok(*settings)
        }
        Answer::Refused(violations) => Err(Problem::Refused(violations)),
        _ => Err(Problem::Fault),
    }
}

/// Publishes the next version of a form, and copies it and its disclosures to KV.
pub async fn publish(app: &App, form: FormId, draft: shared::form::FormDraft) -> Result<FormVersion, Problem> {
    let version = match registry(app, &Ask::Publish(form, Box::new(draft))).await? {
        Answer::Form(Some(version)) => *version,
        Answer::Refused(violations) => return Err(Problem::Refused(violations)),
        Answer::NoSettings => return Err(Problem::NotSetUp),
        _ => return Err(Problem::Fault),
    };
    let kv = storage::open(app.env(), Namespace::Forms)?;
    let json = serde_json::to_string(&version)?;
    kv.put(&version_key(&version.form, version.version), &json, None).await?;
    for lang in &version.draft.languages {
        let disclosure = version.disclosure(*lang);
        kv.put(&format!("disclosure/{}", disclosure.hash().0), &disclosure.text(), None).await?;
    }
    // Last, so that whoever reads of this version finds it.
    kv.put(&newest_key(&version.form), &json, None).await?;
    remember(version.clone(), app.now());
    Ok(version)
}

/// The countries whose numbers may be stored here: those of every form.
pub async fn countries(app: &App) -> Result<Vec<shared::phone::Country>, Problem> {
    match registry(app, &Ask::Countries).await? {
        Answer::Countries(countries) => Ok(countries),
        _ => Err(Problem::Fault),
    }
}
