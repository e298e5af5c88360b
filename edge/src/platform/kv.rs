//! KV behind a trait, so that tests also run against one that lags.
//!
//! KV shows a write elsewhere after a minute, and remembers for as long that a key was missing. So nothing
//! that decides about a person reads from it: it is for what never changes, and for copies of consents. A marker in it
//! can stop a deploy.

use std::{cell::RefCell, collections::HashMap, fmt};

use shared::{
    deployment::Jurisdiction,
    ids::{FormId, PurposeId},
    key_ring::SubjectId,
    text_hash::TextHash,
    time::{Span, Timestamp},
};
use worker::{Env, kv::KvStore};

use super::{
    faults::{self, Kind},
    meter::{self, Billed},
};

/// A key of KV: what it is of says which namespace it is in.
#[derive(Clone, Copy)]
pub enum Key<'a> {
    /// What deploys in a jurisdiction have noted of themselves.
    Deploy(Jurisdiction),
    /// The settings as last published.
    Settings,
    /// What the settings once had.
    Former,
    /// Which forms there are.
    Index,
    /// For builds that know no index: they read it after a roll-back.
    NewestForm(&'a FormId),
    /// A version of a form, which never changes.
    FormVersion(&'a FormId, u32),
    /// The public keys that sign, or did.
    SigningKeys,
    /// A disclosure that an older build kept.
    Disclosure(&'a TextHash),
    /// A text that people saw.
    Text(&'a TextHash),
    /// A consent in force.
    Consent(&'a PurposeId, SubjectId),
}

impl Key<'_> {
    fn binding(self) -> &'static str {
        match self {
            Self::Deploy(_)
            | Self::Settings
            | Self::Former
            | Self::SigningKeys
            | Self::Index
            | Self::NewestForm(_)
            | Self::FormVersion(..)
            | Self::Disclosure(_)
            | Self::Text(_) => "FORMS",
            Self::Consent(..) => "CONSENT",
        }
    }
}

impl fmt::Display for Key<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Deploy(jurisdiction) => write!(f, "deploy/{jurisdiction}"),
            Self::Settings => write!(f, "settings"),
            Self::Former => write!(f, "former"),
            Self::SigningKeys => write!(f, "keys"),
            Self::Index => write!(f, "index"),
            Self::NewestForm(form) => write!(f, "form/{form}/newest"),
            Self::FormVersion(form, version) => write!(f, "form/{form}/{version}"),
            Self::Disclosure(hash) => write!(f, "disclosure/{}", hash.0),
            Self::Text(hash) => write!(f, "text/{}", hash.0),
            Self::Consent(purpose, subject) => write!(f, "consent/{purpose}/{subject}"),
        }
    }
}

/// The value of a key, if this place has heard of it.
pub async fn get(env: &Env, key: Key<'_>) -> worker::Result<Option<String>> {
    open(env, key)?.get(&key.to_string()).await
}

pub async fn put(env: &Env, key: Key<'_>, value: &str) -> worker::Result<()> {
    open(env, key)?.put(&key.to_string(), value).await
}

pub async fn delete(env: &Env, key: Key<'_>) -> worker::Result<()> {
    open(env, key)?.delete(&key.to_string()).await
}

/// Some keys of consents, in the order of KV's list.
pub struct ConsentKeys {
    /// Each as it is written, and whose it is.
    pub keys: Vec<(String, PurposeId, SubjectId)>,
    /// Where the list goes on.
    pub next: Option<String>,
}

/// The keys of consents from a place of the list on, at most a thousand.
pub async fn consents(env: &Env, cursor: Option<String>) -> worker::Result<ConsentKeys> {
    meter::count(Billed::KvList, 1);
    let list = env.kv("CONSENT")?.list().prefix("consent/".to_owned());
    let list = match cursor {
        Some(cursor) => list.cursor(cursor),
        None => list,
    };
    let page = faults::around(Kind::Kv, "list", async { Ok::<_, worker::Error>(list.execute().await?) }).await?;
    let keys = page.keys.into_iter().filter_map(|key| {
        let (purpose, subject) = key.name.strip_prefix("consent/")?.split_once('/')?;
        let (purpose, subject) = (purpose.parse().ok()?, subject.to_owned().try_into().ok()?);
        Some((key.name, purpose, subject))
    });
    Ok(ConsentKeys { keys: keys.collect(), next: page.cursor.filter(|_| !page.list_complete) })
}

trait Storage {
    async fn get(&self, key: &str) -> worker::Result<Option<String>>;
    async fn put(&self, key: &str, value: &str) -> worker::Result<()>;
    async fn delete(&self, key: &str) -> worker::Result<()>;
}

struct Kv(KvStore);

impl Storage for Kv {
    async fn get(&self, key: &str) -> worker::Result<Option<String>> {
        meter::count(Billed::KvRead, 1);
        faults::around(Kind::Kv, "get", async { Ok(self.0.get(key).text().await?) }).await
    }

    async fn put(&self, key: &str, value: &str) -> worker::Result<()> {
        meter::count(Billed::KvWrite, 1);
        let put = self.0.put(key, value)?;
        faults::around(Kind::Kv, "put", async { Ok(put.execute().await?) }).await
    }

    async fn delete(&self, key: &str) -> worker::Result<()> {
        meter::count(Billed::KvWrite, 1);
        faults::around(Kind::Kv, "delete", async { Ok(self.0.delete(key).await?) }).await
    }
}

/// KV as another place of the world sees it: what was read once, missing keys included, stays so for a while.
struct Lagging<S> {
    inner: S,
    lag: Span,
}

type Seen = HashMap<String, (Timestamp, Option<String>)>;

thread_local! {
    static SEEN: RefCell<Seen> = RefCell::default();
}

impl<S: Storage> Storage for Lagging<S> {
    async fn get(&self, key: &str) -> worker::Result<Option<String>> {
        let now = super::clock::now();
        let seen = SEEN.with_borrow(|seen| seen.get(key).cloned());
        if let Some((_, value)) = seen.filter(|(at, _)| now < *at + self.lag) {
            return Ok(value);
        }
        let value = self.inner.get(key).await?;
        SEEN.with_borrow_mut(|seen| seen.insert(key.to_owned(), (now, value.clone())));
        Ok(value)
    }

    async fn put(&self, key: &str, value: &str) -> worker::Result<()> {
        self.inner.put(key, value).await
    }

    async fn delete(&self, key: &str) -> worker::Result<()> {
        self.inner.delete(key).await
    }
}

/// One of the two, as the environment says.
enum AnyStorage {
    Kv(Kv),
    /// Lagging KV, in tests.
    Lagging(Lagging<Kv>),
}

impl Storage for AnyStorage {
    async fn get(&self, key: &str) -> worker::Result<Option<String>> {
        match self {
            Self::Kv(kv) => kv.get(key).await,
            Self::Lagging(kv) => kv.get(key).await,
        }
    }

    async fn put(&self, key: &str, value: &str) -> worker::Result<()> {
        match self {
            Self::Kv(kv) => kv.put(key, value).await,
            Self::Lagging(kv) => kv.put(key, value).await,
        }
    }

    async fn delete(&self, key: &str) -> worker::Result<()> {
        match self {
            Self::Kv(kv) => kv.delete(key).await,
            Self::Lagging(kv) => kv.delete(key).await,
        }
    }
}

fn open(env: &Env, key: Key<'_>) -> worker::Result<AnyStorage> {
    let kv = Kv(env.kv(key.binding())?);
    let lag = env.var("JAWORT_KV_LAG_SECONDS").ok().and_then(|text| text.to_string().parse().ok());
    Ok(match lag {
        Some(seconds) => AnyStorage::Lagging(Lagging { inner: kv, lag: Span::seconds(seconds) }),
        None => AnyStorage::Kv(kv),
    })
}
