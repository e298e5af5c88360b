//! What every call needs at hand.

use std::rc::Rc;

use axum::http::Uri;
use shared::{
    keys::{NumberHash, SubjectId},
    phone::MobileNumber,
    settings::Settings,
    time::Timestamp,
};
use worker::{Env, send::SendWrapper};

use crate::{
    clock, forms,
    objects::{
        self,
        subject::{Answer, Ask, Question, Who},
    },
    problem::Problem,
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
    /// Reads the environment. `asked` is the address of the call.
    pub fn new(env: Env, asked: &Uri) -> Result<Self, BadSecret> {
        let secrets = Secrets::of(&env)?;
        // Links are built from here and never from a request's `Host`, which anybody can write.
        let origin = env.var("JAWORT_ORIGIN").map(|origin| origin.to_string()).unwrap_or_default();
        let origin = origin.trim_end_matches('/').to_owned();
        let origin = if cfg!(feature = "simulator") { other_name_of_this_machine(&origin, asked) } else { origin };
        Ok(Self(SendWrapper::new(Rc::new(Inner { env, secrets, origin }))))
    }

    /// The bindings.
    pub fn env(&self) -> &Env {
        &self.0.env
    }

    /// The secrets.
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

    /// Now.
    pub fn now(&self) -> Timestamp {
        clock::now()
    }

    /// The settings, or a problem that says that there are none yet.
    pub async fn settings(&self) -> Result<Rc<Settings>, Problem> {
        forms::settings(self).await?.ok_or(Problem::NotSetUp)
    }

    /// Whose number this is. After a rotation of the index key, whoever is known under an older generation
    /// stays there: a number has one object for ever.
    pub async fn who(&self, number: &MobileNumber) -> Result<Who, Problem> {
        let who = |(generation, key)| {
            let (id, hash) = SubjectId::of(number, generation, key);
            Who { id, hash, number: number.e164().to_owned() }
        };
        let mut generations = self.secrets().index.newest_first().map(who);
        let newest = generations.next().ok_or(Problem::Fault)?;
        for older in generations {
            if let Answer::Known(true) = self.ask(older.id, Some(older.hash), Ask::Known).await? {
                return Ok(older);
            }
        }
        Ok(newest)
    }

    /// Asks the object of a number, which refuses if its id is another number's too.
    pub async fn person(&self, who: &Who, ask: Ask) -> Result<Answer, Problem> {
        match self.ask(who.id, Some(who.hash), ask).await? {
            Answer::Collision => Err(Problem::Collision),
            answer => Ok(answer),
        }
    }

    /// Asks an object by its id.
    pub async fn subject(&self, id: SubjectId, ask: Ask) -> Result<Answer, Problem> {
        self.ask(id, None, ask).await
    }

    async fn ask(&self, id: SubjectId, hash: Option<NumberHash>, ask: Ask) -> Result<Answer, Problem> {
        let told = forms::settings(self).await?.is_some_and(|settings| !settings.webhooks.is_empty());
        Ok(objects::ask(self.env(), "SUBJECT", &id.to_string(), &Question { hash, told, ask }).await?)
    }
}
