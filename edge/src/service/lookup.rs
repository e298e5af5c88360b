//! Published forms and settings, as the public calls read them: from this isolate, else from KV, else from
//! the registry, which knows all.

use std::{
    cell::{Cell, RefCell},
    collections::HashMap,
    rc::Rc,
};

use shared::{
    actor::Actor,
    form::{FormDraft, FormState, FormTexts, FormVersion},
    ids::{FormId, PurposeId},
    key_ring::SubjectId,
    lang::Lang,
    limits::Allowance,
    phone::{Country, MobileNumber, NumberError, RegexLite, all_rules, parse, rules_of},
    settings::Settings,
    stored::{FrozenText, PublishedForm, PublishedSettings, Stored},
    text_hash::TextHash,
    time::Timestamp,
    violation::Violation,
    whereabouts::Places,
    wire::{FieldError, FormView},
};
use worker::Env;

use super::{
    former,
    fresh::{NOTHING_YET, OWNERS, is_fresh},
    index,
    missing_secrets::log_missing_secrets,
    watch,
};
use crate::{
    assets,
    objects::{
        registry::{Client as Registry, NotPublished, SettingsPut},
        subject::{self, Named},
    },
    platform::{
        clock,
        context::App,
        kv::{self, Key},
        stored,
    },
    problem::Problem,
};

/// Texts that KV doesn't have and anybody asks for: an isolate asks the registry for so many within [`OWNERS`].
const TEXTS_ASKED: u32 = 10;

type Versions = HashMap<(FormId, u32), Rc<FormVersion>>;

thread_local! {
    static VERSIONS: RefCell<Versions> = RefCell::default();
    static SETTINGS: RefCell<Option<(Timestamp, Option<Rc<Settings>>)>> = const { RefCell::new(None) };
    static TEXTS: Cell<Allowance> = Cell::default();
}

/// What KV has. Where it fails, or another build wrote what this one can't read, the registry is asked.
pub async fn from_kv<T: Stored>(env: &Env, key: Key<'_>) -> Option<T> {
    let found = kv::get(env, key).await.inspect_err(|error| worker::console_error!("KV: {error}"));
    found.ok().flatten().and_then(|text| stored::read(&text).ok())
}

/// A version of before texts were kept is left to the registry, which freezes it.
async fn form_from_kv(env: &Env, key: Key<'_>) -> Option<FormVersion> {
    from_kv::<PublishedForm>(env, key).await.map(|published| published.form).filter(FormVersion::is_frozen)
}

pub async fn newest(app: &App, form: &FormId) -> Result<Option<Rc<FormVersion>>, Problem> {
    let Some((number, turns)) = index::newest(app, form).await? else {
        return Ok(None);
    };
    // A version says the same for ever; whether its form is open, the index knows.
    let version = version(app, form, number).await?;
    Ok(version.map(|it| if it.turns == turns { it } else { remember(FormVersion { turns, ..(*it).clone() }) }))
}

/// The newest version of the form of that name, as addresses have it.
///
/// # Errors
/// There is none, or it is closed.
pub async fn named(app: &App, form: &str) -> Result<Rc<FormVersion>, Problem> {
    open(app, &form.parse().map_err(|_| Problem::NotFound)?, None).await
}

/// The newest version of a form that takes requests; what is wrong is said in that language, where one was asked for.
///
/// # Errors
/// There is none, or it is closed.
pub async fn open(app: &App, form: &FormId, lang: Option<Lang>) -> Result<Rc<FormVersion>, Problem> {
    let form = newest(app, form).await?.ok_or(Problem::NotFound)?;
    match form.state() {
        FormState::Open => Ok(form),
        FormState::Closed => Err(Problem::FormClosed(lang)),
    }
}

/// Closes a form, and tells KV. Other places know within a minute or two.
pub async fn close(app: &App, form: FormId, actor: Actor) -> Result<FormVersion, Problem> {
    let closed = Registry::of(app.env()).close(form, actor).await?.ok_or(Problem::NotFound)?;
    kv::put(app.env(), Key::NewestForm(&closed.form.form), &stored::write(&closed)?).await?;
    index::publish(app).await?;
    Ok(closed.form)
}

/// The newest version of each form, by the word of whoever knows first.
pub async fn forms(app: &App) -> Result<Vec<FormVersion>, Problem> {
    Ok(Registry::of(app.env()).forms().await?)
}

/// A version of a form as it was published, the newest where none is named.
pub async fn published(app: &App, form: &str, version: Option<u32>) -> Result<FormVersion, Problem> {
    let form: FormId = form.parse().map_err(|_| Problem::NotFound)?;
    Registry::of(app.env()).form(form, version).await?.ok_or(Problem::NotFound)
}

pub fn view(form: &FormVersion, lang: Lang) -> FormView {
    FormView::new(form, lang, rules_of(&form.draft.countries))
}

/// A certain version of a form, which never changes.
pub async fn version(app: &App, form: &FormId, version: u32) -> Result<Option<Rc<FormVersion>>, Problem> {
    let key = (form.clone(), version);
    if let Some(found) = VERSIONS.with_borrow(|cache| cache.get(&key).cloned()) {
        return Ok(Some(found));
    }
    let found = match form_from_kv(app.env(), Key::FormVersion(form, version)).await {
        Some(found) => Some(found),
        None => Registry::of(app.env()).form(form.clone(), Some(version)).await?,
    };
    Ok(found.map(remember))
}

fn remember(version: FormVersion) -> Rc<FormVersion> {
    let version = Rc::new(version);
    VERSIONS.with_borrow_mut(|cache| cache.insert((version.form.clone(), version.version), version.clone()));
    version
}

pub async fn settings(env: &Env) -> Result<Option<Rc<Settings>>, Problem> {
    let now = clock::now();
    let cached = SETTINGS.with_borrow(Clone::clone);
    let within = |found: &Option<_>| if found.is_some() { OWNERS } else { NOTHING_YET };
    if let Some((_, settings)) = cached.filter(|(at, found)| is_fresh(*at, within(found))) {
        return Ok(settings);
    }
    let found = match from_kv::<PublishedSettings>(env, Key::Settings).await {
        Some(published) => Some(published.settings),
        None => newest_settings(env).await?,
    };
    let found = found.map(Rc::new);
    let before = SETTINGS.replace(Some((now, found.clone()))).and_then(|(_, before)| before);
    if let Some(found) = found.as_ref().filter(|found| before.as_ref() != Some(*found)) {
        log_missing_secrets(env, found);
    }
    Ok(found)
}

/// The settings by the word of whoever knows first: for what ends when something is no longer in them.
pub async fn newest_settings(env: &Env) -> Result<Option<Settings>, Problem> {
    Ok(Registry::of(env).settings().await?)
}

/// The settings, or where nobody can be asked for them, those that this isolate knew last: a STOP must come in.
pub async fn last_known_settings(env: &Env) -> Result<Option<Rc<Settings>>, Problem> {
    match settings(env).await {
        Err(problem) => {
            let known = SETTINGS.with_borrow(|cache| cache.as_ref().map(|(_, settings)| settings.clone()));
            known.ok_or(problem)
        }
        found => found,
    }
}

/// Puts settings in force, and copies them to KV. Gives what people lose by them as well.
pub async fn put_settings(app: &App, settings: Settings, actor: Actor) -> Result<(Settings, Vec<Violation>), Problem> {
    let put = Registry::of(app.env()).put_settings(settings, actor).await?.map_err(Problem::Refused)?;
    let SettingsPut { published, former, warnings } = put;
    // First, so that whoever reads of settings that lack something finds it there.
    former::remember(app.env(), former).await?;
    kv::put(app.env(), Key::Settings, &stored::write(&published)?).await?;
    SETTINGS.set(Some((app.now(), Some(Rc::new(published.settings.clone())))));
    watch::begin(app.env(), &published.settings).await;
    Ok((published.settings, warnings))
}

/// Publishes the next version of a form, and copies it and its texts to KV.
pub async fn publish(app: &App, form: FormId, draft: FormDraft, actor: Actor) -> Result<FormVersion, Problem> {
    let published = Registry::of(app.env()).publish(form, draft, actor).await?;
    let published = published.map_err(|not| match not {
        NotPublished::Refused(violations) => Problem::Refused(violations),
        NotPublished::NoSettings => Problem::NotSetUp,
    })?;
    let (json, version) = (stored::write(&published)?, published.form);
    for text in version.texts.values().flat_map(FormTexts::all) {
        put_text(app.env(), &text).await?;
    }
    put_text(app.env(), assets::text("pages.css")).await?;
    kv::put(app.env(), Key::FormVersion(&version.form, version.version), &json).await?;
    kv::put(app.env(), Key::NewestForm(&version.form), &json).await?;
    remember(version.clone());
    // Last, so that whoever reads of this version finds it.
    index::publish(app).await?;
    Ok(version)
}

async fn put_text(env: &Env, text: &str) -> Result<(), Problem> {
    Ok(kv::put(env, Key::Text(&TextHash::of(text)), &stored::write(&FrozenText(text.to_owned()))?).await?)
}

/// A text that people saw, by its hash, for anybody. One that KV doesn't have, since it is new or made up, is asked of
/// the registry a few times only.
pub async fn public_text(env: &Env, hash: &TextHash) -> Result<Option<String>, Problem> {
    if let Some(text) = from_kv::<FrozenText>(env, Key::Text(hash)).await {
        return Ok(Some(text.0));
    }
    let mut allowance = TEXTS.get();
    let asks = allowance.take(TEXTS_ASKED, OWNERS, clock::now());
    TEXTS.set(allowance);
    if asks { text(env, hash).await } else { Ok(None) }
}

/// A text that people saw, by its hash.
pub async fn text(env: &Env, hash: &TextHash) -> Result<Option<String>, Problem> {
    if let Some(text) = from_kv::<FrozenText>(env, Key::Text(hash)).await {
        return Ok(Some(text.0));
    }
    if let Some(text) = Registry::of(env).text(hash.clone()).await? {
        return Ok(Some(text));
    }
    let kept = kv::get(env, Key::Disclosure(hash)).await?;
    // The first of them were the text alone.
    let text = kept.map(|kept| stored::read::<FrozenText>(&kept).map_or(kept, |text| text.0));
    let text = text.filter(|text| TextHash::of(text) == *hash);
    if let Some(text) = &text {
        Registry::of(env).keep_text(text.clone()).await?;
    }
    Ok(text)
}

/// The newest versions of the forms that own keywords of that sender. One that can't be read stops nobody's STOP.
pub async fn with_keywords_for(app: &App, from: &str) -> Result<Vec<FormVersion>, Problem> {
    let index = index::index(app).await?;
    let mut forms = Vec::new();
    for (form, number) in index.with_keywords_at(from) {
        match version(app, form, number).await {
            Ok(found) => forms.extend(found.as_deref().cloned()),
            Err(_) => worker::console_error!("the form {form}: its keywords can't be read"),
        }
    }
    Ok(forms)
}

/// The countries whose numbers may be stored here: those of every form.
pub async fn countries(app: &App) -> Result<Vec<Country>, Problem> {
    Ok(index::index(app).await?.countries())
}

/// A purpose that the settings declare.
///
/// # Errors
/// They don't.
pub async fn declared(app: &App, purpose: &PurposeId) -> Result<(), Problem> {
    if app.settings().await?.purpose(purpose).is_some() {
        return Ok(());
    }
    Err(unknown_purpose(purpose.as_str()))
}

pub fn unknown_purpose(purpose: &str) -> Problem {
    Problem::field("purpose", "unknown_purpose", format!("The settings declare no purpose `{purpose}`."))
}

pub fn by_id(subject: String) -> Result<SubjectId, Problem> {
    SubjectId::try_from(subject).map_err(|_| Problem::NotFound)
}

/// A number as an owner writes it.
pub fn read_number(number: &str) -> Result<MobileNumber, Problem> {
    self::number(number).map_err(|error| Problem::Fields(vec![error]))
}

/// The same, with what is wrong as `number`'s error.
pub fn number(number: &str) -> Result<MobileNumber, FieldError> {
    let wrong = |reason: &str, detail: &str| FieldError {
        field: "number".to_owned(),
        reason: reason.to_owned(),
        detail: detail.to_owned(),
    };
    // What a spreadsheet makes of a number: its last 0 is no digit of it.
    if number.trim_end().trim_end_matches('0').ends_with('.') {
        return Err(wrong(
            "decimal",
            "This is a decimal fraction, as spreadsheets write them. Export the column as text.",
        ));
    }
    // No country to guess from: owners write numbers out.
    let abroad = all_rules().first().filter(|_| number.trim_start().starts_with('+'));
    let parsed =
        abroad.map_or(Err(NumberError::UnknownCountry), |any| parse(number, any.country, all_rules(), &RegexLite));
    parsed.map_err(|why| {
        let detail = "Give a mobile number with + and its country code, such as +4917612345678.";
        wrong(why.reason(), detail)
    })
}

impl App {
    /// The object of whom an owner's call is about: by a number, or by the subject id that stands for it.
    pub async fn about(&self, number: Option<String>, subject: Option<String>) -> Result<subject::Client<'_>, Problem> {
        match (number, subject) {
            (Some(number), None) => self.person(&read_number(&number)?).await,
            (None, Some(subject)) => self.subject(by_id(subject)?).await,
            _ => Err(Problem::field("number", "one_of", "Give either `number` or `subject`.")),
        }
    }

    /// The settings, or a problem that says that there are none yet.
    pub async fn settings(&self) -> Result<Rc<Settings>, Problem> {
        settings(self.env()).await?.ok_or(Problem::NotSetUp)
    }

    /// The object of a number. After a rotation of the index key, whoever is known under an older generation stays
    /// there: a number has one object for ever.
    pub async fn person(&self, number: &MobileNumber) -> Result<subject::Client<'_>, Problem> {
        let places = Places::of(number, &self.secrets().index).ok_or(Problem::Fault)?;
        Ok(subject::Client::of(self.env(), Named::ByNumber(places), self.tells().await?))
    }

    pub async fn subject(&self, id: SubjectId) -> Result<subject::Client<'_>, Problem> {
        Ok(subject::Client::of(self.env(), Named::ById(id), self.tells().await?))
    }

    /// Whether the owner wants to be told what happens.
    async fn tells(&self) -> Result<bool, Problem> {
        Ok(last_known_settings(self.env()).await?.is_some_and(|settings| !settings.webhooks.is_empty()))
    }
}
