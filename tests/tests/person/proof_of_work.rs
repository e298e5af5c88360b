//! The proof of work before a submission: it counts once, at its own form and page, for a while.

use base64::{Engine as _, prelude::BASE64_STANDARD};
use reqwest::Method;
use serde_json::{Value, json};
use tests::{
    Jawort,
    faults::{Fault, How, Kind, When},
    number,
};

async fn refused(jawort: &Jawort, body: &Value, challenge: &str, name: &str) {
    let mut body = body.clone();
    body["challenge"] = json!(challenge);
    jawort.submit(&body).await.problem(403, name);
}

fn changed(challenge: &str, change: impl Fn(&mut Value)) -> String {
    let mut solution = serde_json::from_slice(&BASE64_STANDARD.decode(challenge).unwrap()).unwrap();
    change(&mut solution);
    BASE64_STANDARD.encode(solution.to_string())
}

#[tokio::test]
async fn a_proof_counts_only_for_what_it_was_made_for() {
    let jawort = Jawort::start().await;
    let body = jawort.submission("newsletter", &number(1)).await;
    let good = body["challenge"].as_str().unwrap();
    let shop = jawort.shop_origin();

    refused(&jawort, &body, "", "challenge").await;
    refused(&jawort, &body, "bm8=", "challenge").await;
    refused(&jawort, &body, &changed(good, |it| it["number"] = json!(it["number"].as_u64().unwrap() + 1)), "challenge")
        .await;
    refused(&jawort, &body, &changed(good, |it| it["signature"] = json!("AAAA")), "challenge").await;
    let longer = |it: &mut Value| it["salt"] = json!(it["salt"].as_str().unwrap().replace("expires=1", "expires=9"));
    refused(&jawort, &body, &changed(good, longer), "challenge").await;
    refused(&jawort, &body, &jawort.challenge("shop", Some(&shop)).await, "challenge").await;
    refused(&jawort, &body, &jawort.challenge("newsletter", None).await, "challenge").await;

    jawort.knows_nothing_of(&number(1)).await;
    jawort.submit(&body).await.expect(202);
}

/// An answer that was lost, a reload, a second click.
#[tokio::test]
async fn the_same_submission_again_is_answered_as_at_first_and_sends_nothing_more() {
    let jawort = Jawort::start().await;
    let mut body = jawort.submission("shop", &number(1)).await;
    let first = jawort.submit(&body).await.expect(202).json();
    let link = jawort.sms(&number(1), 1).await.link();
    body["purposes"].as_array_mut().unwrap().reverse();
    // Longer than a request that is made anew has to wait.
    for _ in 0..3 {
        jawort.turn(2 * 60).await;
        let mut again = jawort.submit(&body).await.expect(202).json();
        for time in ["expires_at", "until", "clock"] {
            again[time] = first[time].clone();
        }
        assert_eq!(again, first);
    }
    jawort.no_more_than(&number(1), 1).await;
    jawort.tap(&link, &[("action", "confirm")]).await.page(200);
    jawort.submit(&body).await.expect(202);
    jawort.no_more_than(&number(1), 1).await;
    let stats = jawort.owner(Method::GET, "/v1/stats?form=shop", None).await.expect(200).json();
    assert_eq!((&stats["days"][0]["submitted"], &stats["days"][0]["limited"]), (&json!(1), &json!(0)), "{stats}");
}

#[tokio::test]
async fn what_was_held_back_at_first_is_held_back_again() {
    let jawort = Jawort::start().await;
    let changed = |limit: u64| jawort.try_settings(move |all| all["limits"]["network_per_hour"] = json!(limit));
    changed(1).await.expect(200);
    jawort.ask_and_get("newsletter", &number(9), 1).await;
    let body = jawort.submission("newsletter", &number(1)).await;
    jawort.submit(&body).await.expect(202);
    changed(20).await.expect(200);
    for _ in 0..3 {
        jawort.submit(&body).await.expect(202);
    }
    jawort.no_more_than(&number(1), 0).await;
    jawort.knows_nothing_of(&number(1)).await;
}

#[tokio::test]
async fn a_proof_counts_for_one_submission_alone() {
    let jawort = Jawort::start().await;
    let body = jawort.submission("shop", &number(1)).await;
    jawort.submit(&body).await.expect(202);
    jawort.sms(&number(1), 1).await;
    jawort.turn(2 * 60).await;
    let proof = body["challenge"].as_str().unwrap();
    for (field, value) in [("number", json!(number(2))), ("purposes", json!(["booking"]))] {
        let mut other = body.clone();
        other[field] = value;
        refused(&jawort, &other, proof, "challenge-used").await;
    }
    jawort.no_more_than(&number(1), 1).await;
    jawort.knows_nothing_of(&number(2)).await;
}

#[tokio::test]
async fn a_submission_sent_many_times_at_once_counts_once() {
    let jawort = Jawort::start().await;
    let body = jawort.submission("newsletter", &number(1)).await;
    let mut other = body.clone();
    other["number"] = json!(number(2));
    let (a, b, c, d) =
        tokio::join!(jawort.submit(&body), jawort.submit(&body), jawort.submit(&body), jawort.submit(&body));
    assert_eq!([a, b, c, d].map(|answer| answer.status), [202; 4]);
    jawort.submit(&other).await.problem(403, "challenge-used");
    jawort.sms(&number(1), 1).await;
    jawort.no_more_than(&number(1), 1).await;
    jawort.knows_nothing_of(&number(2)).await;
}

/// Whatever fails on the way, from the proof to the person: who sends the same once more gets one SMS.
#[tokio::test]
async fn a_submission_that_failed_on_its_way_is_passed_on_when_it_comes_again() {
    let jawort = Jawort::start().await;
    for nth in 1..=5 {
        for when in [When::Before, When::After] {
            let number = number(u8::try_from(nth).unwrap() * 2 + u8::from(when == When::After));
            let body = jawort.submission("newsletter", &number).await;
            jawort.arm(Fault { kind: Kind::Question, nth, how: How::Error, when, once: true }).await;
            jawort.submit(&body).await.problem(500, "fault");
            assert!(jawort.seen().await.fired.is_some(), "{nth}");
            jawort.disarm().await;
            jawort.turn(2 * 60).await;
            jawort.submit(&body).await.expect(202);
            jawort.sms(&number, 1).await;
            jawort.no_more_than(&number, 1).await;
        }
    }
}

#[tokio::test]
async fn a_proof_expires() {
    let jawort = Jawort::start().await;
    let body = jawort.submission("newsletter", &number(1)).await;
    jawort.turn(31 * 60).await;
    refused(&jawort, &body, body["challenge"].as_str().unwrap(), "challenge").await;
    jawort.knows_nothing_of(&number(1)).await;
}
