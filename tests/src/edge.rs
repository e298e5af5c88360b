use std::{collections::BTreeMap, sync::OnceLock, time::Duration};

use demo::{
    build::{self, Built, Kind},
    publish::Places,
    secrets::{KeyUse, Secrets},
    serve::{Edge, EdgeOptions, SIBLING},
};
use reqwest::{Client, Method, RequestBuilder, redirect::Policy};
use tempfile::TempDir;

use crate::has_number;

/// What SMS of the demo come from, and go to.
pub const SENDER: &str = "+4915228817386";

/// The shop's port where no shop runs.
const NO_SHOP: u16 = 8080;

/// An edge of a test's own, with nothing stored at first; it stops when dropped.
pub struct Jawort {
    edge: Option<Edge>,
    state: TempDir,
    pub(crate) secrets: Secrets,
    vars: BTreeMap<String, String>,
    sibling: Option<BTreeMap<String, String>>,
    url: String,
    shop_port: u16,
    /// The Worker, where it is not the one that was built.
    worker: Option<TempDir>,
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
            sibling: None,
            url: String::new(),
            shop_port: NO_SHOP,
            worker: None,
            http,
        };
        jawort.run(0);
        jawort
    }

    fn run(&mut self, port: u16) {
        let mut vars = self.secrets.vars();
        vars.extend(self.vars.clone());
        let sibling = self.sibling.clone();
        let state_dir = self.state.path().to_owned();
        let options = EdgeOptions { kind: Kind::Dev, port, state_dir, vars, sibling, internet: false };
        let worker = self.worker.as_ref().map_or_else(|| options.kind.dir(), |worker| worker.path().to_owned());
        let edge = Edge::start_worker(&worker, &options).unwrap_or_else(|error| panic!("{error:#}"));
        self.url = edge.url().to_owned();
        self.edge = Some(edge);
    }

    /// Sets a variable or a secret of its Worker; the edge knows it after a restart.
    pub fn set_var(&mut self, name: &str, value: &str) {
        self.vars.insert(name.to_owned(), value.to_owned());
    }

    /// Keeps an isolate as it is now, with its variables and secrets, on the same objects: it is there after a restart.
    pub fn keep_an_old_isolate(&mut self) {
        let mut vars = self.secrets.vars();
        vars.extend(self.vars.clone());
        self.sibling = Some(vars);
    }

    /// A call to the isolate that was kept.
    pub fn to_the_old_isolate(&self, request: RequestBuilder) -> RequestBuilder {
        request.header("host", SIBLING)
    }

    /// Ends the edge; what it stored stays.
    pub fn stop(&mut self) {
        self.edge = None;
    }

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

    /// Starts another Worker in its place, now and after each restart.
    pub(crate) fn run_worker(&mut self, worker: TempDir) {
        self.stop();
        self.worker = Some(worker);
        let port = self.port();
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

    /// Adds a generation to a secret; the edge knows it after a restart. One of the index secret is only known at
    /// first, and used after the second call.
    pub fn rotate(&mut self, secret: KeyUse) {
        self.secrets.rotate(secret).expect("a new generation");
    }

    /// The secret that a restart gives to the edge.
    ///
    /// # Panics
    /// When there is none of that name.
    pub fn secret(&self, name: &str) -> String {
        self.secrets.vars()[name].clone()
    }

    /// Says that the shop runs on this port; forms published from now on know it.
    pub fn set_shop_port(&mut self, port: u16) {
        self.shop_port = port;
    }

    pub fn places(&self) -> Places {
        Places { edge: self.url.clone(), shop_port: self.shop_port }
    }

    /// Its address, without a slash at the end.
    pub fn url(&self) -> &str {
        &self.url
    }

    pub fn shop_origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.shop_port)
    }

    pub fn get(&self, path: &str) -> RequestBuilder {
        self.request(Method::GET, path)
    }

    pub fn http_get(&self, url: &str) -> RequestBuilder {
        self.http.get(url)
    }

    pub fn post(&self, path: &str) -> RequestBuilder {
        self.request(Method::POST, path)
    }

    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}{path}", self.url))
    }

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
