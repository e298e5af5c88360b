//! The secrets that the platform binds to the Worker.

use std::{cell::RefCell, rc::Rc};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use shared::key_ring::{KeyError, KeyRing};
use worker::Env;

pub struct Secrets {
    /// Which object is a number's.
    pub index: KeyRing,
    /// Wraps each subject's data key.
    pub seal: KeyRing,
    /// Copies of consents in KV, and rows for exports.
    pub export: KeyRing,
    /// Signs events.
    pub sign: KeyRing,
    /// What owner calls carry.
    pub owner_token: String,
}

/// A secret that is missing or malformed, by its name.
#[derive(Debug)]
pub struct BadSecret(&'static str, Option<KeyError>);

impl std::fmt::Display for BadSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.1 {
            None => write!(f, "the secret {} is missing", self.0),
            Some(error) => write!(f, "the secret {} can't be used: {error}", self.0),
        }
    }
}

thread_local! {
    static SECRETS: RefCell<Option<Rc<Secrets>>> = const { RefCell::new(None) };
}

impl Secrets {
    /// Reads them, once an isolate: the platform starts new ones when they change.
    pub fn of(env: &Env) -> Result<Rc<Self>, BadSecret> {
        if let Some(secrets) = SECRETS.with_borrow(Clone::clone) {
            return Ok(secrets);
        }
        let secrets = Rc::new(Self::read(env)?);
        SECRETS.set(Some(secrets.clone()));
        Ok(secrets)
    }

    fn read(env: &Env) -> Result<Self, BadSecret> {
        let text =
            |name: &'static str| env.secret(name).map(|secret| secret.to_string()).map_err(|_| BadSecret(name, None));
        let ring = |name, parse: fn(&str) -> Result<KeyRing, KeyError>| {
            parse(&text(name)?).map_err(|error| BadSecret(name, Some(error)))
        };
        Ok(Self {
            index: ring("JAWORT_INDEX_KEYS", KeyRing::parse_index)?,
            seal: ring("JAWORT_SEAL_KEYS", KeyRing::parse)?,
            export: ring("JAWORT_EXPORT_KEYS", KeyRing::parse)?,
            sign: ring("JAWORT_SIGN_KEYS", KeyRing::parse)?,
            owner_token: text("JAWORT_OWNER_TOKEN")?,
        })
    }
}

/// A new id: 96 random bits, base64url.
pub fn new_id() -> String {
    URL_SAFE_NO_PAD.encode(random::<12>())
}

pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    // On the platform this can't fail; if it ever did, nothing sealed or linked may leave.
    if getrandom::fill(&mut bytes).is_err() {
        worker::console_error!("no randomness");
        std::process::abort();
    }
    bytes
}
