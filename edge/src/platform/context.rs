//! What every call needs at hand.

use std::rc::Rc;

use axum::http::Uri;
use shared::{
    deployment::{Configuration, Origin},
    settings::Settings,
    time::Timestamp,
};
use worker::{Env, Error, Result, send::SendWrapper};

use super::{clock, configuration, secrets::Secrets, sql::fault};

/// The environment of a call. Workers have one thread, so what is not `Send` is only wrapped.
#[derive(Clone)]
pub struct App(SendWrapper<Rc<Inner>>);

struct Inner {
    env: Env,
    secrets: Rc<Secrets>,
    configuration: Rc<Configuration>,
    origin: String,
}

/// On this machine people write `localhost` or `127.0.0.1`, and mean the same.
fn other_name_of_this_machine(origin: &str, asked: &Uri) -> String {
    let (ours, theirs) = ("//127.0.0.1", "//localhost");
    if asked.host() == Some("localhost") { origin.replace(ours, theirs) } else { origin.to_owned() }
}

impl App {
    /// `asked` is the address of the call.
    ///
    /// # Errors
    /// A secret or a variable is missing or malformed; whoever looked at the deploy before never meets that.
    pub fn new(env: Env, asked: &Uri) -> Result<Self> {
        let secrets = Secrets::of(&env).map_err(fault)?;
        let configuration = configuration::of(&env).map_err(|_| Error::from("a deploy without an origin"))?;
        // Links are built from here and never from a request's `Host`, which anybody can write.
        let origin = configuration.origin.as_str();
        let origin =
            if cfg!(feature = "simulator") { other_name_of_this_machine(origin, asked) } else { origin.to_owned() };
        Ok(Self(SendWrapper::new(Rc::new(Inner { env, secrets, configuration, origin }))))
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

    /// Where the edge may be called: now, and by whoever still knows a former origin.
    pub fn origins(&self) -> impl Iterator<Item = &str> {
        let former = self.0.configuration.former_origins.iter().map(Origin::as_str);
        std::iter::once(self.origin()).chain(former)
    }

    /// Scheme and host of the links in SMS.
    pub fn links_to(&self, settings: &Settings) -> String {
        settings.links_to(self.origin())
    }

    pub fn now(&self) -> Timestamp {
        clock::now()
    }
}
