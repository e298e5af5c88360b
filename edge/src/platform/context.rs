//! What every call needs at hand.

use std::rc::Rc;

use axum::http::Uri;
use shared::{settings::Settings, time::Timestamp};
use worker::{Env, send::SendWrapper};

use super::{
    clock,
    secrets::{BadSecret, Secrets},
};

/// The environment of a call. Workers have one thread, so what is not `Send` is only wrapped.
#[derive(Clone)]
pub struct App(SendWrapper<Rc<Inner>>);

struct Inner {
    env: Env,
    secrets: Rc<Secrets>,
    origin: String,
}

/// On this machine people write `localhost` or `127.0.0.1`, and mean the same.
fn other_name_of_this_machine(origin: &str, asked: &Uri) -> String {
    let (ours, theirs) = ("//127.0.0.1", "//localhost");
    if asked.host() == Some("localhost") { origin.replace(ours, theirs) } else { origin.to_owned() }
}

impl App {
    /// `asked` is the address of the call.
    pub fn new(env: Env, asked: &Uri) -> Result<Self, BadSecret> {
        let secrets = Secrets::of(&env)?;
        // Links are built from here and never from a request's `Host`, which anybody can write.
        let origin = env.var("JAWORT_ORIGIN").map(|origin| origin.to_string()).unwrap_or_default();
        let origin = origin.trim_end_matches('/').to_owned();
        let origin = if cfg!(feature = "simulator") { other_name_of_this_machine(&origin, asked) } else { origin };
        Ok(Self(SendWrapper::new(Rc::new(Inner { env, secrets, origin }))))
    }

    pub fn env(&self) -> &Env {
        &self.0.env
    }

    pub fn secrets(&self) -> &Secrets {
        &self.0.secrets
    }

    /// The edge's public origin, without a slash at the end.
    pub fn origin(&self) -> &str {
        &self.0.origin
    }

    /// Scheme and host of the links in SMS.
    pub fn links_to(&self, settings: &Settings) -> String {
        match &settings.link_domain {
            Some(domain) => format!("https://{domain}"),
            None => self.origin().to_owned(),
        }
    }

    pub fn now(&self) -> Timestamp {
        clock::now()
    }
}
