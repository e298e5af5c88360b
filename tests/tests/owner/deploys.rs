//! A deploy that doesn't go on with the one before it does nothing, and says so.

use std::collections::BTreeMap;

use demo::{
    build::{self, Kind},
    secrets::{KeyUse, Secrets},
    serve::{Edge, EdgeOptions},
};
use reqwest::Method;
use serde_json::{Value, json};
use tests::{Answer, Behaviour, Jawort, MINUTE, Provider, eventually, number};

/// What is wrong with the deploy, as `GET /healthz` names it.
async fn health(jawort: &Jawort, code: u16) -> Value {
    Answer::of(jawort.get("/healthz")).await.expect(code).json()
}

/// Looks that nothing at all is done, and gives why.
async fn does_nothing(jawort: &Jawort) -> Value {
    let health = health(jawort, 503).await;
    assert_eq!(health["status"], "stopped", "{health}");
    // A STOP is brought again after a 5xx.
    let stop = jawort.post("/gateway/twilio/inbound").form(&[("From", number(1)), ("Body", "STOP".to_owned())]);
    let problem = Answer::of(stop).await.problem(503, "deploy");
    assert_eq!(problem["detail"], health["deploy"][0]["detail"], "{problem}");
    for path in ["/", "/v1/forms/newsletter", "/embed.js", "/openapi.json"] {
        Answer::of(jawort.get(path)).await.problem(503, "deploy");
    }
    // People learn that it can't be done, and not how the deploy is set up.
    for path in ["/f/newsletter", "/c/0", "/m", "/m/0"] {
        let page = Answer::of(jawort.get(path).header("accept-language", "de")).await.page(503);
        assert!(page.contains("Es wurde nichts getan") || page.contains("es wurde nichts getan"), "{page}");
        assert!(!page.contains("JAWORT_"), "{page}");
    }
    let check = json!({ "number": number(1), "purpose": "marketing" });
    jawort.owner(Method::POST, "/v1/check", Some(check)).await.problem(503, "deploy");
    let settings = jawort.settings();
    jawort.owner(Method::PUT, "/v1/settings", Some(settings)).await.problem(503, "deploy");
    health["deploy"][0].clone()
}

#[tokio::test]
async fn a_deploy_that_does_not_say_where_it_is_does_nothing() {
    build::build(Kind::Deploy).unwrap_or_else(|error| panic!("{error:#}"));
    let good = ("https://ja.example.de", "none");
    for (origin, jurisdiction, wrong) in [
        ("", "", vec!["origin", "jurisdiction"]),
        (good.0, "", vec!["jurisdiction"]),
        (good.0, "<eu or none>", vec!["jurisdiction"]),
        ("https://<your host>", good.1, vec!["origin"]),
        ("http://ja.example.de", good.1, vec!["origin"]),
        ("https://ja.example.de/x", good.1, vec!["origin"]),
        (good.0, good.1, vec![]),
    ] {
        let state = tempfile::tempdir().unwrap();
        let mut vars: BTreeMap<_, _> = Secrets::generate().unwrap().vars();
        vars.insert("JAWORT_ORIGIN".to_owned(), origin.to_owned());
        vars.insert("JAWORT_JURISDICTION".to_owned(), jurisdiction.to_owned());
        let state_dir = state.path().to_owned();
        let options = EdgeOptions { kind: Kind::Deploy, port: 0, state_dir, vars, sibling: None, internet: false };
        let edge = Edge::start(&options).unwrap_or_else(|error| panic!("{error:#}"));
        let http = reqwest::Client::builder().pool_max_idle_per_host(0).build().unwrap();
        let get = |path: &str| Answer::of(http.get(format!("{}{path}", edge.url())));
        let health = get("/healthz").await.json();
        let named: Vec<_> =
            health["deploy"].as_array().unwrap().iter().map(|it| it["what"].as_str().unwrap()).collect();
        assert_eq!(named, wrong, "{health}");
        if wrong.is_empty() {
            assert_eq!((&health["origin"], &health["jurisdiction"]), (&json!(good.0), &json!(good.1)), "{health}");
            get("/f/newsletter").await.expect(404);
            continue;
        }
        assert_eq!(health["status"], "stopped", "{health}");
        for _ in 0..2 {
            let problem = get("/v1/forms/newsletter").await.problem(503, "deploy");
            assert!(problem["detail"].as_str().unwrap().contains("JAWORT_"), "{problem}");
        }
        let told = health["deploy"][0]["detail"].as_str().unwrap();
        // The log is behind the answers.
        let times = || edge.log().matches(told).count();
        eventually("its line", || async { (times() > 0).then_some(()) }).await;
        assert_eq!(times(), 1, "it is logged once: {}", edge.log());
    }
}

#[tokio::test]
async fn an_empty_world_behind_kv_that_has_everything_does_nothing() {
    let mut jawort = Jawort::start().await;
    jawort.consent("newsletter", &number(1)).await;
    jawort.lose_objects();
    let trouble = does_nothing(&jawort).await;
    assert_eq!(trouble["what"], "empty_world", "{trouble}");
}

#[tokio::test]
async fn a_seal_secret_that_was_begun_anew_does_nothing() {
    let mut jawort = Jawort::start().await;
    jawort.consent("newsletter", &number(1)).await;
    for (secret, keys) in [
        ("JAWORT_SEAL_KEYS", "1:CQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQk="),
        ("JAWORT_EXPORT_KEYS", "2:CQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQk="),
    ] {
        let good = jawort.secret(secret);
        jawort.set_var(secret, keys);
        jawort.restart();
        let trouble = does_nothing(&jawort).await;
        assert!(trouble["detail"].as_str().unwrap().contains(secret), "{trouble}");
        jawort.set_var(secret, &good);
        jawort.restart();
    }
    assert_eq!(jawort.standing(&number(1), "marketing").await, "allowed");
}

#[tokio::test]
async fn a_deploy_in_another_jurisdiction_does_nothing_and_what_waits_leaves_later() {
    let mut jawort = Jawort::start().await;
    let link = jawort.consent("newsletter", &number(1)).await;
    let body = jawort.submission("newsletter", &number(2)).await;
    jawort.submit(&body).await.expect(202);
    jawort.pull_the_plug();
    jawort.set_var("JAWORT_JURISDICTION", "eu");
    jawort.restart();
    let why = does_nothing(&jawort).await;
    assert_eq!(why["what"], "another_jurisdiction");
    let detail = why["detail"].as_str().unwrap();
    assert!(detail.contains("\"eu\"") && detail.contains("\"none\""), "{detail}");
    Answer::of(jawort.post("/simulator/clock").json(&json!({ "seconds": 60 }))).await.problem(503, "deploy");

    jawort.set_var("JAWORT_JURISDICTION", "none");
    jawort.restart();
    assert_eq!(health(&jawort, 200).await["jurisdiction"], "none");
    jawort.later(&number(2), MINUTE).await;
    jawort.sms(&number(2), 1).await;
    jawort.tap(&link, &[("action", "withdraw")]).await.page(200);
    assert_eq!(jawort.standing(&number(1), "marketing").await, "withdrawn");
}

#[tokio::test]
async fn an_alarm_of_a_deploy_that_may_do_nothing_sends_nothing() {
    let provider = Provider::start().await;
    let mut jawort = Jawort::start_with(&[Provider::VAR]).await;
    jawort.put_settings(|settings| provider.serve(settings)).await;
    let first = jawort.secret("JAWORT_INDEX_KEYS");
    jawort.rotate(KeyUse::Index);
    jawort.rotate(KeyUse::Index);
    jawort.restart();
    provider.plan([Behaviour::Refuse(429, 20429)]);
    jawort.ask("newsletter", &number(1)).await;
    provider.asked(1).await;
    eventually("its answer", || async { jawort.log().contains("answered 429").then_some(()) }).await;
    let both = jawort.secret("JAWORT_INDEX_KEYS");
    jawort.set_var("JAWORT_INDEX_KEYS", &first);
    jawort.alter("Subject", "UPDATE outbox SET due = 0");
    jawort.ring_alarms("Subject");
    eventually("the alarm", || async { jawort.log().contains("an alarm: Generation 2").then_some(()) }).await;
    assert_eq!(provider.calls(), 1);
    jawort.set_var("JAWORT_INDEX_KEYS", &both);
    jawort.restart();
    jawort.later(&number(1), MINUTE).await;
    provider.sms(1).await;
}

#[tokio::test]
async fn a_marker_that_kv_does_not_show_is_copied_anew_and_an_empty_registry_is_another_world() {
    let mut jawort = Jawort::start().await;
    jawort.consent("newsletter", &number(1)).await;
    let marker = jawort.kv("FORMS")["deploy/none"].clone();
    assert!(!marker.contains("127.0.0.1"), "no SMS that reached anybody links to this machine: {marker}");
    let ring = &jawort.secret("JAWORT_INDEX_KEYS");
    assert!(!marker.contains(ring.split(':').nth(1).unwrap()), "a fingerprint is no secret");

    jawort.set_kv("FORMS", &[("deploy/none", None)]);
    assert_eq!(jawort.standing(&number(1), "marketing").await, "allowed");
    assert_eq!(jawort.kv("FORMS")["deploy/none"], marker);

    // As in another jurisdiction: KV is the same, and the registry is empty.
    jawort.alter("Registry", "DELETE FROM deploy");
    jawort.alter("Registry", "DELETE FROM settings");
    jawort.set_kv("FORMS", &[("deploy/none", None)]);
    assert_eq!(does_nothing(&jawort).await["what"], "empty_world");
    let kv = jawort.kv("FORMS");
    assert!(!kv.contains_key("deploy/none"), "nothing is noted: {kv:?}");
}

#[tokio::test]
async fn of_two_jurisdictions_the_older_one_counts() {
    let mut jawort = Jawort::start().await;
    let marker = jawort.kv("FORMS")["deploy/none"].clone();
    let (before, since) = marker.split_once("\"since\":\"").unwrap();
    let year: u32 = since[..4].parse().unwrap();
    let of = |year: u32| format!("{before}\"since\":\"{year}{}", &since[4..]);
    jawort.set_kv("FORMS", &[("deploy/eu", Some(&of(year + 1)))]);
    health(&jawort, 200).await;
    jawort.set_kv("FORMS", &[("deploy/eu", Some(&of(year - 1)))]);
    assert_eq!(does_nothing(&jawort).await["what"], "another_jurisdiction");
}

#[tokio::test]
async fn a_generation_that_people_are_stored_under_must_stay_as_it_is() {
    let mut jawort = Jawort::start().await;
    let first = jawort.secret("JAWORT_INDEX_KEYS");
    // Known, then in use.
    jawort.rotate(KeyUse::Index);
    jawort.rotate(KeyUse::Index);
    jawort.restart();
    jawort.consent("newsletter", &number(1)).await;
    let both = jawort.secret("JAWORT_INDEX_KEYS");
    let changed = format!("{first},2:{}", &first[2..]);
    for (ring, what) in [
        (first.clone(), "missing_generation"),
        (both.replace(",2:", ",2(next):"), "missing_generation"),
        (both.split_once(',').unwrap().1.to_owned(), "missing_generation"),
        (changed, "changed_generation"),
        (both.replace("1:", "1(next):"), "secret"),
        ("1:short".to_owned(), "secret"),
    ] {
        jawort.set_var("JAWORT_INDEX_KEYS", &ring);
        jawort.restart();
        assert_eq!(does_nothing(&jawort).await["what"], what);
    }
    jawort.set_var("JAWORT_INDEX_KEYS", &both);
    jawort.set_var("JAWORT_SEAL_KEYS", &jawort.secret("JAWORT_SEAL_KEYS").replace("1:", "0:AAAA,1(next):"));
    jawort.restart();
    assert_eq!(does_nothing(&jawort).await["what"], "secret");
    jawort.set_var("JAWORT_SEAL_KEYS", &jawort.secret("JAWORT_SEAL_KEYS"));
    jawort.restart();
    assert_eq!(jawort.standing(&number(1), "marketing").await, "allowed");
}

#[tokio::test]
async fn after_a_move_the_old_host_is_named_until_the_owner_says_that_it_goes_on() {
    let mut jawort = Jawort::start_with(&[Provider::VAR]).await;
    let provider = Provider::start().await;
    jawort.put_settings(|settings| provider.serve(settings)).await;
    jawort.set_var("JAWORT_ORIGIN", "https://alt.example.de");
    jawort.restart();
    health(&jawort, 200).await;
    jawort.set_var("JAWORT_ORIGIN", "https://ja.example.de");
    jawort.restart();
    for _ in 0..2 {
        let health = health(&jawort, 503).await;
        assert_eq!((&health["status"], &health["deploy"][0]["what"]), (&json!("degraded"), &json!("former_origin")));
        assert!(health["deploy"][0]["detail"].as_str().unwrap().contains("https://alt.example.de"), "{health}");
        // All goes on.
        Answer::of(jawort.get("/f/newsletter")).await.page(200);
        jawort.restart();
    }
    // The provider signs the address that it knows.
    jawort.bring("SM1", &number(1), "STOP").await.problem(401, "webhook");
    let (old, here) = ("https://alt.example.de", jawort.url().to_owned());
    jawort.set_var("JAWORT_FORMER_ORIGINS", &format!("{old}, {here}"));
    jawort.restart();
    assert_eq!(health(&jawort, 200).await["origin"], "https://ja.example.de");
    jawort.bring("SM2", &number(1), "STOP").await.expect(200);
}
