use std::{collections::BTreeMap, sync::OnceLock, time::Duration};

use demo::{
    build::{self, Built, Kind},
    publish::{self, Places},
    secrets::{KeyUse, Secrets},
    serve::{Edge, EdgeOptions},
};
use reqwest::{Client, Method, RequestBuilder, redirect::Policy};
use serde_json::{Value, json};
use shared::{evidence, keys::KeyRing};
use tempfile::TempDir;

use crate::{Answer, has_number};

/// What SMS of the demo come from.
pub(crate) const SENDER: &str = "+4915228817386";

/// The shop's port where no shop runs.
const NO_SHOP: u16 = 8080;

/// An edge of a test's own, with nothing stored at first; it stops when dropped.
pub struct Jawort {
    edge: Option<Edge>,
    state: TempDir,
    secrets: Secrets,
    vars: BTreeMap<String, String>,
    url: String,
    shop_port: u16,
    pub(crate) http: Client,
}

/// The edge for this machine, built once a run of tests.
fn built() -> &'static Built {
    static BUILT: OnceLock<Built> = OnceLock::new();
    BUILT.get_or_init(|| build::build(Kind::Dev).unwrap_or_else(|error| panic!("{error:#}")))
}

impl Jawort {
    /// An edge with the demo's settings and forms.
    pub async fn start() -> Self {
        Self::start_with(&[]).await
    }

    /// The same, with variables of its Worker.
    pub async fn start_with(vars: &[(&str, &str)]) -> Self {
        let jawort = Self::empty(vars);
        jawort.publish().await;
        jawort
    }

    /// An edge that nobody has set up yet.
    pub fn empty(vars: &[(&str, &str)]) -> Self {
        Self::with(Secrets::generate().expect("randomness"), tempfile::tempdir().expect("a folder"), vars)
    }

    /// An edge on what another one has stored, under that one's secrets.
    pub(crate) fn with(secrets: Secrets, state: TempDir, vars: &[(&str, &str)]) -> Self {
        built();
        let http = Client::builder()
            // What the edge compresses is looked at as it is.
            .no_gzip()
            .no_brotli()
            .redirect(Policy::none())
            // workerd closes a connection whose body nobody read.
            .pool_max_idle_per_host(0)
            .timeout(Duration::from_secs(30))
            .build()
            .expect("a client");
        let mut jawort = Self {
            edge: None,
            state,
            secrets,
            vars: vars.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
            url: String::new(),
            shop_port: NO_SHOP,
            http,
        };
        jawort.run(0);
        jawort
    }

    fn run(&mut self, port: u16) {
        let mut vars = self.secrets.vars();
        vars.extend(self.vars.clone());
        let options =
            EdgeOptions { kind: Kind::Dev, port, state_dir: self.state.path().to_owned(), vars, internet: false };
        let edge = Edge::start(&options).unwrap_or_else(|error| panic!("{error:#}"));
        self.url = edge.url().to_owned();
        self.edge = Some(edge);
    }

    /// Sets a variable or a secret of its Worker; the edge knows it after a restart.
    pub fn set_var(&mut self, name: &str, value: &str) {
        self.vars.insert(name.to_owned(), value.to_owned());
    }

    /// Ends the edge; what it stored stays.
    pub fn stop(&mut self) {
        self.edge = None;
    }

    /// Where it stores.
    pub(crate) fn state_dir(&self) -> &std::path::Path {
        self.state.path()
    }

    /// Ends the edge as a loss of power would.
    pub fn pull_the_plug(&mut self) {
        if let Some(edge) = self.edge.take() {
            edge.crash();
        }
    }

    /// Ends the edge and starts it again, with all that it stored and under its old address.
    pub fn restart(&mut self) {
        let port = self.port();
        self.stop();
        self.run(port);
    }

    /// The same after a loss of power.
    pub fn crash(&mut self) {
        let port = self.port();
        self.pull_the_plug();
        self.run(port);
    }

    fn port(&self) -> u16 {
        self.url.rsplit(':').next().and_then(|port| port.parse().ok()).expect("an address with a port")
    }

    /// The owner's token.
    pub fn owner_token(&self) -> &str {
        self.secrets.owner_token()
    }

    /// Adds a generation to a secret; the edge knows it after a restart.
    pub fn rotate(&mut self, secret: KeyUse) {
        self.secrets.rotate(secret).expect("a new generation");
    }

    /// Says that the shop runs on this port; forms published from now on know it.
    pub fn set_shop_port(&mut self, port: u16) {
        self.shop_port = port;
    }

    /// Publishes the demo's settings and forms.
    pub async fn publish(&self) {
        let settings = self.settings();
        self.owner(Method::PUT, "/v1/settings", Some(settings)).await.expect(200);
        self.publish_forms().await;
    }

    /// Publishes the demo's forms, with the settings that are in force.
    pub async fn publish_forms(&self) {
        for form in ["newsletter", "shop"] {
            self.put_form(form, |_| {}).await;
        }
    }

    /// Publishes a form of the demo's with a change.
    pub async fn put_form(&self, form: &str, change: impl FnOnce(&mut Value)) {
        let mut draft = self.draft(form);
        change(&mut draft);
        self.owner(Method::PUT, &format!("/v1/forms/{form}"), Some(draft)).await.expect(200);
    }

    /// What became of a message.
    pub async fn life(&self, id: &str) -> Value {
        self.owner(Method::GET, &format!("/v1/messages/{id}"), None).await.expect(200).json()
    }

    /// Waits until a message has come so far.
    pub async fn reaches(&self, id: &str, state: &str) -> Value {
        crate::eventually(state, || async {
            let life = self.life(id).await;
            (life["state"] == state).then_some(life)
        })
        .await
    }

    /// Where things run.
    pub fn places(&self) -> Places {
        Places { edge: self.url.clone(), shop_port: self.shop_port }
    }

    /// The demo's settings.
    pub fn settings(&self) -> Value {
        publish::settings(&self.places()).expect("settings")
    }

    /// The demo's draft of a form, without hours of rest: tests run at night, too.
    pub fn draft(&self, form: &str) -> Value {
        let mut draft = publish::form(form, &self.places()).expect("a draft");
        draft["quiet_hours"] = json!({ "from": "00:00", "until": "00:00" });
        draft
    }

    /// Its address, without a slash at the end.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The shop's origin.
    pub fn shop_origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.shop_port)
    }

    /// A GET.
    pub fn get(&self, path: &str) -> RequestBuilder {
        self.request(Method::GET, path)
    }

    /// A GET of a whole address.
    pub fn http_get(&self, url: &str) -> RequestBuilder {
        self.http.get(url)
    }

    /// A POST.
    pub fn post(&self, path: &str) -> RequestBuilder {
        self.request(Method::POST, path)
    }

    /// Any request.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}{path}", self.url))
    }

    /// A request of the owner's.
    pub async fn owner(&self, method: Method, path: &str, body: Option<Value>) -> Answer {
        let mut request = self.request(method, path).bearer_auth(self.secrets.owner_token());
        if let Some(body) = body {
            request = request.json(&body);
        }
        Answer::of(request).await
    }

    /// A POST of the owner's under an idempotency key.
    pub async fn owner_with_key(&self, path: &str, key: &str, body: &Value) -> Answer {
        let request = self.post(path).bearer_auth(self.secrets.owner_token()).header("idempotency-key", key);
        Answer::of(request.json(body)).await
    }

    /// Asks, as the owner, whether an SMS may be sent.
    pub async fn check(&self, number: &str, purpose: &str) -> Value {
        let asked = json!({ "number": number, "purpose": purpose });
        self.owner(Method::POST, "/v1/check", Some(asked)).await.expect(200).json()
    }

    /// Why none may be sent; `allowed` where one may.
    pub async fn standing(&self, number: &str, purpose: &str) -> String {
        let check = self.check(number, purpose).await;
        match check["allowed"].as_bool() {
            Some(true) => "allowed".to_owned(),
            _ => check["reason"].as_str().expect("a reason").to_owned(),
        }
    }

    /// Sends a text, as the owner.
    pub async fn message(&self, number: &str, purpose: &str, text: &str) -> Answer {
        let message = json!({ "number": number, "purpose": purpose, "text": text });
        self.owner(Method::POST, "/v1/messages", Some(message)).await
    }

    /// Everything about a number, as the owner sees it.
    pub async fn overview(&self, number: &str) -> Value {
        let asked = json!({ "number": number });
        let subject = self.owner(Method::POST, "/v1/subjects", Some(asked)).await.expect(200).json();
        let subject = subject["subject"].as_str().expect("a subject").to_owned();
        self.owner(Method::GET, &format!("/v1/subjects/{subject}"), None).await.expect(200).json()
    }

    /// Looks that the edge knows nothing of a number and has sent it nothing.
    pub async fn knows_nothing_of(&self, number: &str) {
        let overview = self.overview(number).await;
        assert_eq!(overview["pending"], json!([]), "{overview}");
        assert_eq!(overview["states"], json!([]), "{overview}");
        assert_eq!(self.inbox(number).await, []);
    }

    /// The chain of a number's purpose, checked with the public keys alone.
    ///
    /// # Panics
    /// When it doesn't hold.
    pub async fn chain(&self, number: &str, purpose: &str) -> Vec<evidence::SignedEvent> {
        let events = self.overview(number).await["events"].take();
        let events: Vec<evidence::SignedEvent> = serde_json::from_value(events).expect("events");
        let chain: Vec<_> = events.into_iter().filter(|event| event.event.purpose.as_str() == purpose).collect();
        let keys = KeyRing::parse(&self.secrets.vars()["JAWORT_SIGN_KEYS"]).expect("keys");
        evidence::verify(&chain, |id| keys.get(id).ok().map(evidence::public_key)).expect("the chain holds");
        chain
    }

    /// What the edge has logged.
    pub fn log(&self) -> String {
        self.edge.as_ref().map(Edge::log).unwrap_or_default()
    }

    /// Looks that no number of a test stands in the log, in no spelling, and that nothing broke.
    ///
    /// # Panics
    /// When one does.
    pub fn assert_log_is_clean(&self) {
        let log = self.log();
        assert!(!has_number(&log), "a number in the log: {log}");
        assert!(!log.contains("panicked"), "{log}");
    }
}

impl Drop for Jawort {
    /// Whatever a test does: nobody's number gets into the log.
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("The edge's log:\n{}", self.log());
        } else {
            self.assert_log_is_clean();
        }
    }
}
