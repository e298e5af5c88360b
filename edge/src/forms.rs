//! Published forms and settings, as the public calls read them: from this isolate, else from KV, else from
//! the registry, which knows all.

use std::{cell::RefCell, collections::HashMap, rc::Rc};

use shared::{
    form::FormVersion,
    ids::FormId,
    settings::{Settings, Webhook},
    time::{Span, Timestamp},
};

use worker::Env;

use crate::{
    app::App,
    clock, gateway,
    objects::{
        ask,
        registry::{Answer, Ask, NAME},
        webhook,
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

async fn registry(env: &Env, question: &Ask) -> Result<Answer, Problem> {
    Ok(ask(env, "REGISTRY", NAME, question).await?)
}

async fn from_kv<T: serde::de::DeserializeOwned>(env: &Env, key: &str) -> Result<Option<T>, Problem> {
    let text = storage::open(env, Namespace::Forms)?.get(key).await?;
    Ok(text.map(|text| serde_json::from_str(&text)).transpose()?)
}

/// The newest version of a form.
pub async fn newest(app: &App, form: &FormId) -> Result<Option<Rc<FormVersion>>, Problem> {
    let now = app.now();
    let cached = NEWEST.with_borrow(|cache| cache.get(form).cloned());
    if let Some((_, version)) = cached.filter(|(at, _)| now < *at + FRESH) {
        return Ok(Some(version));
    }
    let found = match from_kv(app.env(), &newest_key(form)).await? {
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
    let found = match from_kv(app.env(), &version_key(form, version)).await? {
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
    match registry(app.env(), &Ask::Form(form.clone(), version)).await? {
        Answer::Form(found) => Ok(found.map(|found| *found)),
        _ => Err(Problem::Fault),
    }
}

/// The settings in force.
pub async fn settings(app: &App) -> Result<Option<Rc<Settings>>, Problem> {
    settings_in(app.env()).await
}

/// The same, where there is no call at hand: in an object.
pub async fn settings_in(env: &Env) -> Result<Option<Rc<Settings>>, Problem> {
    let now = clock::now();
    let cached = SETTINGS.with_borrow(Clone::clone);
    if let Some((_, settings)) = cached.filter(|(at, _)| now < *at + FRESH) {
        return Ok(Some(settings));
    }
    let found = match from_kv(env, SETTINGS_KEY).await? {
        Some(found) => Some(found),
        None => from_the_registry(env).await?,
    };
    Ok(found.map(|found| {
        let found = Rc::new(found);
        let before = SETTINGS.replace(Some((now, found.clone())));
        if before.is_none_or(|(_, before)| before != found) {
            complain(env, &found);
        }
        found
    }))
}

/// Says at the start of an isolate, and when settings change, what they can't work without.
fn complain(env: &Env, settings: &Settings) {
    for name in missing_secrets(env, settings) {
        worker::console_error!("the secret {name} is missing: what needs it waits. Set it with `wrangler secret put`");
    }
}

/// The secrets that the gateways and webhooks of the settings need and the platform lacks, by name.
pub fn missing_secrets(env: &Env, settings: &Settings) -> Vec<String> {
    let of_gateways = settings.gateways.iter().flat_map(|gateway| gateway::missing_secrets(env, gateway));
    let of_webhooks = settings.webhooks.iter().filter(|webhook| !webhook::can_sign(env, webhook));
    of_gateways.chain(of_webhooks.map(Webhook::secret_name)).collect()
}

/// The settings by the word of whoever knows first: for what ends when something is no longer in them.
pub async fn from_the_registry(env: &Env) -> Result<Option<Settings>, Problem> {
    match registry(env, &Ask::Settings).await? {
        Answer::Settings(found) => Ok(found.map(|found| *found)),
        _ => Err(Problem::Fault),
    }
}

/// Puts settings in force, and copies them to KV.
pub async fn put_settings(app: &App, settings: Settings) -> Result<Settings, Problem> {
    match registry(app.env(), &Ask::PutSettings(Box::new(settings))).await? {
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
    let version = match registry(app.env(), &Ask::Publish(form, Box::new(draft))).await? {
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

/// The newest versions of the forms that own keywords of that sender. Not from KV, which may not know the newest.
pub async fn with_keywords_for(app: &App, from: &str) -> Result<Vec<FormVersion>, Problem> {
    match registry(app.env(), &Ask::WithKeywords(from.to_owned())).await? {
        Answer::Forms(forms) => Ok(forms),
        _ => Err(Problem::Fault),
    }
}

/// The countries whose numbers may be stored here: those of every form.
pub async fn countries(app: &App) -> Result<Vec<shared::phone::Country>, Problem> {
    match registry(app.env(), &Ask::Countries).await? {
        Answer::Countries(countries) => Ok(countries),
        _ => Err(Problem::Fault),
    }
}
