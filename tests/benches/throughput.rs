//! Requests a second through Miniflare, beside a Worker of the same shape in Hono, in turn in the same run.
//!
//! `cargo bench -p tests --bench throughput`. Both get the same number of requests over the same number of
//! connections. Jawort's answers wait for the next line of a grid of 100 ms, so that their time tells nothing:
//! that bounds it to ten answers a second and connection, and is part of the figure.

mod common;

use std::{
    collections::BTreeMap,
    future::Future,
    path::Path,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use demo::{
    build::Kind,
    serve::{Edge, EdgeOptions},
};
use reqwest::Method;
use serde_json::{Value, json};
use tests::Jawort;
use tokio::task::JoinSet;

const REQUESTS: usize = 600;
const CONNECTIONS: usize = 64;
const ROUNDS: usize = 5;

#[tokio::main]
async fn main() -> Result<()> {
    let jawort = Jawort::start().await;
    // The proof of work is the visitor's, not the edge's: it is made cheap, and done before the clock runs.
    let mut settings = jawort.settings();
    settings["limits"]["proof_of_work"] = json!(10);
    jawort.owner(Method::PUT, "/v1/settings", Some(settings)).await.expect(200);
    let peer = Peer::start()?;
    // Workerd closes connections that nobody uses for some seconds.
    let http = reqwest::Client::builder().pool_idle_timeout(Duration::from_secs(1)).build()?;

    println!("{REQUESTS} requests over {CONNECTIONS} connections; requests a second, and Jawort to Hono\n");
    let (mut asked, mut confirmed) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        let numbers: Vec<_> =
            (0..REQUESTS).map(|n| format!("+49176{:08}", 40_000_000 + round * REQUESTS + n)).collect();
        let bodies = bodies(&jawort, &numbers).await;

        let ours = rate(bodies, |body| {
            let request = http.post(format!("{}/v1/consents", jawort.url())).header("origin", jawort.shop_origin());
            let request = request.json(&body);
            async move { Ok(request.send().await?.error_for_status()?.text().await?) }
        })
        .await?;
        let theirs = rate(numbers.clone(), |number| {
            let body = json!({ "number": number, "country": "DE", "purposes": ["marketing"], "age_confirmed": true });
            let request = http.post(format!("{}/v1/consents", peer.url())).json(&body);
            async move { Ok(request.send().await?.error_for_status()?.text().await?) }
        })
        .await?;
        show("POST /v1/consents", &ours, &theirs);
        asked.push(ours.a_second / theirs.a_second);

        let mut links = Vec::new();
        for number in &numbers {
            links.push(jawort.sms(number, 1).await.link().0);
        }
        let ours = rate(links, |link| {
            let request = http.post(link).form(&[("action", "confirm")]);
            async move { Ok(request.send().await?.error_for_status()?.text().await?) }
        })
        .await?;
        ensure!(ours.answers.iter().all(|page| page.contains("Danke")), "a tap confirmed nothing");
        let tokens = theirs.answers.iter().map(|answer| {
            let answer: Value = serde_json::from_str(answer)?;
            Ok(answer["token"].as_str().context("a token")?.to_owned())
        });
        let theirs = rate(tokens.collect::<Result<_>>()?, |token| {
            let request = http.post(format!("{}/c/{token}", peer.url()));
            async move { Ok(request.send().await?.error_for_status()?.text().await?) }
        })
        .await?;
        show("POST /c/{token}", &ours, &theirs);
        confirmed.push(ours.a_second / theirs.a_second);
    }
    println!("\nmedian ratio of POST /v1/consents: {:.2}", median(asked));
    println!("median ratio of POST /c/{{token}}:   {:.2}", median(confirmed));
    Ok(())
}

struct Rate {
    a_second: f64,
    answers: Vec<String>,
}

/// Sends one request for each input, so many at a time.
async fn rate<T, F>(inputs: Vec<T>, mut send: impl FnMut(T) -> F) -> Result<Rate>
where
    F: Future<Output = Result<String>> + Send + 'static,
{
    let count = inputs.len();
    let mut inputs = inputs.into_iter();
    let mut flying: JoinSet<Result<String>> = JoinSet::new();
    let mut answers = Vec::with_capacity(count);
    let began = Instant::now();
    for input in inputs.by_ref().take(CONNECTIONS) {
        flying.spawn(send(input));
    }
    while let Some(answer) = flying.join_next().await {
        answers.push(answer??);
        if let Some(input) = inputs.next() {
            flying.spawn(send(input));
        }
    }
    Ok(Rate { a_second: count as f64 / began.elapsed().as_secs_f64(), answers })
}

async fn bodies(jawort: &Jawort, numbers: &[String]) -> Vec<Value> {
    let model = jawort.submission("newsletter", &numbers[0]).await;
    let mut bodies = Vec::new();
    for number in numbers {
        let challenge = jawort.challenge("newsletter", Some(&jawort.shop_origin())).await;
        let mut body = model.clone();
        body["number"] = json!(number);
        body["challenge"] = json!(challenge);
        bodies.push(body);
    }
    bodies
}

fn show(what: &str, ours: &Rate, theirs: &Rate) {
    println!("{what:20} {:7.0} {:7.0}  {:.2}", ours.a_second, theirs.a_second, ours.a_second / theirs.a_second);
}

fn median(mut ratios: Vec<f64>) -> f64 {
    ratios.sort_by(f64::total_cmp);
    ratios[ratios.len() / 2]
}

/// The Hono Worker, in the same Miniflare.
struct Peer {
    edge: Edge,
    _state: tempfile::TempDir,
}

impl Peer {
    fn start() -> Result<Self> {
        common::peers()?;
        // Beside the edge's builds: Miniflare takes nothing from outside of its own folder.
        let dir = Kind::Dev.dir().with_file_name("peer");
        common::bundle("./worker.js", &dir.join("index.js"), &[])?;
        let options = json!({
            "name": "peer",
            "compatibilityDate": "2026-04-01",
            "kvNamespaces": { "CONSENT": "peer" },
            "durableObjects": {},
        });
        std::fs::write(Path::new(&dir).join("miniflare.json"), options.to_string())?;
        let state = tempfile::tempdir()?;
        let edge = Edge::start_worker(
            &dir,
            &EdgeOptions {
                kind: Kind::Deploy,
                sibling: None,
                port: 0,
                state_dir: state.path().to_owned(),
                vars: BTreeMap::from([("SECRET".to_owned(), "of a benchmark".to_owned())]),
                internet: false,
            },
        )?;
        Ok(Self { edge, _state: state })
    }

    fn url(&self) -> &str {
        self.edge.url()
    }
}
