//! KV behind a trait, so that tests also run against one that lags.
//!
//! KV shows a write elsewhere after a minute, and remembers for as long that a key was missing. So nothing
//! that decides reads from it: it is for what never changes, and for exports.

use std::cell::RefCell;
use std::collections::HashMap;

use shared::time::{Span, Timestamp};
use worker::{Env, kv::KvStore};

use crate::meter::{self, Billed};

/// A namespace of KV.
pub enum Namespace {
    /// Form versions, disclosures, and the settings as last published.
    Forms,
    /// The evidence of each consent, for exports.
    Consent,
}

/// Text by key, as KV keeps it.
pub trait Storage {
    /// The value of a key, if this place has heard of it.
    async fn get(&self, key: &str) -> worker::Result<Option<String>>;
    /// Writes a value, with metadata of at most 1,024 bytes.
    async fn put(&self, key: &str, value: &str, metadata: Option<&str>) -> worker::Result<()>;
    /// Deletes a key.
    async fn delete(&self, key: &str) -> worker::Result<()>;
}

/// KV as it is.
pub struct Kv(KvStore);

impl Storage for Kv {
    async fn get(&self, key: &str) -> worker::Result<Option<String>> {
        meter::count(Billed::KvRead, 1);
        Ok(self.0.get(key).text().await?)
    }

    async fn put(&self, key: &str, value: &str, metadata: Option<&str>) -> worker::Result<()> {
        meter::count(Billed::KvWrite, 1);
        let put = self.0.put(key, value)?;
        let put = match metadata {
            Some(metadata) => put.metadata(metadata)?,
            None => put,
        };
        Ok(put.execute().await?)
    }

    async fn delete(&self, key: &str) -> worker::Result<()> {
        meter::count(Billed::KvWrite, 1);
        Ok(self.0.delete(key).await?)
    }
}

/// KV as another place of the world sees it: what was read once, missing keys included, stays so for a while.
pub struct Lagging<S> {
    inner: S,
    lag: Span,
}

type Seen = HashMap<String, (Timestamp, Option<String>)>;

thread_local! {
    static SEEN: RefCell<Seen> = RefCell::default();
}

impl<S: Storage> Storage for Lagging<S> {
    async fn get(&self, key: &str) -> worker::Result<Option<String>> {
        let now = crate::clock::now();
        let seen = SEEN.with_borrow(|seen| seen.get(key).cloned());
        if let Some((_, value)) = seen.filter(|(at, _)| now < *at + self.lag) {
            return Ok(value);
        }
        let value = self.inner.get(key).await?;
        SEEN.with_borrow_mut(|seen| seen.insert(key.to_owned(), (now, value.clone())));
        Ok(value)
    }

    async fn put(&self, key: &str, value: &str, metadata: Option<&str>) -> worker::Result<()> {
        self.inner.put(key, value, metadata).await
    }

    async fn delete(&self, key: &str) -> worker::Result<()> {
        self.inner.delete(key).await
    }
}

/// One of the two, as the environment says.
pub enum AnyStorage {
    /// KV.
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

    async fn put(&self, key: &str, value: &str, metadata: Option<&str>) -> worker::Result<()> {
        match self {
            Self::Kv(kv) => kv.put(key, value, metadata).await,
            Self::Lagging(kv) => kv.put(key, value, metadata).await,
        }
    }

    async fn delete(&self, key: &str) -> worker::Result<()> {
        match self {
            Self::Kv(kv) => kv.delete(key).await,
            Self::Lagging(kv) => kv.delete(key).await,
        }
    }
}

/// Opens a namespace.
pub fn open(env: &Env, namespace: Namespace) -> worker::Result<AnyStorage> {
    let kv = Kv(env.kv(match namespace {
        Namespace::Forms => "FORMS",
        Namespace::Consent => "CONSENT",
    })?);
    let lag = env.var("JAWORT_KV_LAG_SECONDS").ok().and_then(|text| text.to_string().parse().ok());
    Ok(match lag {
        Some(seconds) => AnyStorage::Lagging(Lagging { inner: kv, lag: Span::seconds(seconds) }),
        None => AnyStorage::Kv(kv),
    })
}
