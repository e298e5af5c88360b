//! The simulated phone, which no deploy has.

use std::{collections::BTreeMap, fs};

use demo::{
    build::{self, Kind},
    secrets::Secrets,
    serve::{Edge, EdgeOptions},
};
use serde_json::json;
use tests::{Answer, Jawort, number};

const PATHS: [&str; 3] = ["/simulator", "/simulator/messages?to=%2B4915228817386", "/simulator/anything"];

#[tokio::test]
async fn the_page_shows_the_handset_with_its_sms_and_their_links() {
    let jawort = Jawort::start().await;
    let link = jawort.ask_and_get("newsletter", &number(1), 1).await;
    jawort.reply(&number(1), "Hallo?").await;
    let page = Answer::of(jawort.get("/simulator")).await.page(200);
    assert!(page.contains(&number(1)) && page.contains("Hallo?"), "{page}");
    assert!(page.contains(&format!("<a href=\"{0}\">{0}</a>", link.0)), "{page}");
}

#[tokio::test]
async fn behind_a_public_address_there_is_no_phone() {
    for origin in ["https://ja.example.de", "http://127.0.0.1.example.de", "http://localhost.example:8787"] {
        let jawort = Jawort::empty(&[("JAWORT_ORIGIN", origin)]);
        for path in PATHS {
            Answer::of(jawort.get(path)).await.problem(404, "not-found");
        }
        for path in ["/simulator/clock", "/simulator/reply"] {
            Answer::of(jawort.post(path).json(&json!({ "seconds": 1 }))).await.problem(404, "not-found");
        }
        Answer::of(jawort.get("/healthz")).await.expect(200);
    }
}

#[tokio::test]
async fn a_deploy_has_neither_the_phone_nor_its_clock() {
    let built = build::build(Kind::Deploy).unwrap_or_else(|error| panic!("{error:#}"));
    let mut modules = 0;
    for file in fs::read_dir(&built.dir).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_some_and(|it| it == "wasm" || it == "js") {
            modules += 1;
            let bytes = fs::read(&path).unwrap();
            for trace in ["/simulator", "simulator.css", "Handy zum Ausprobieren"] {
                let found = bytes.windows(trace.len()).any(|part| part == trace.as_bytes());
                assert!(!found, "{trace} in {}", path.display());
            }
        }
    }
    assert!(modules >= 2, "a script and its wasm");

    let state = tempfile::tempdir().unwrap();
    let mut vars: BTreeMap<_, _> = Secrets::generate().unwrap().vars();
    vars.insert("JAWORT_ORIGIN".to_owned(), "https://ja.example.de".to_owned());
    // The local runtime knows no other.
    vars.insert("JAWORT_JURISDICTION".to_owned(), "none".to_owned());
    let state_dir = state.path().to_owned();
    let options = EdgeOptions { kind: Kind::Deploy, port: 0, state_dir, vars, sibling: None, internet: false };
    let edge = Edge::start(&options).unwrap_or_else(|error| panic!("{error:#}"));
    // workerd closes a connection whose body nobody read.
    let http = reqwest::Client::builder().pool_max_idle_per_host(0).build().unwrap();
    for path in PATHS {
        Answer::of(http.get(format!("{}{path}", edge.url()))).await.problem(404, "not-found");
    }
    let clock = http.post(format!("{}/simulator/clock", edge.url())).json(&json!({ "seconds": 1 }));
    Answer::of(clock).await.problem(404, "not-found");
    Answer::of(http.get(format!("{}/healthz", edge.url()))).await.expect(200);
}

#[tokio::test]
async fn an_answer_to_a_sender_that_takes_none_is_an_error() {
    let jawort = Jawort::start().await;
    let body = json!({ "from": number(1), "to": "Blattwerk", "text": "STOP" });
    Answer::of(jawort.post("/simulator/reply").json(&body)).await.problem(422, "fields");
}
