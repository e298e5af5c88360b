//! The proof of work before a submission: it counts once, at its own form and page, for a while.

use base64::{Engine as _, prelude::BASE64_STANDARD};
use serde_json::{Value, json};
use tests::{Jawort, number};

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

#[tokio::test]
async fn a_proof_counts_once_even_for_the_same_number() {
    let jawort = Jawort::start().await;
    let body = jawort.submission("newsletter", &number(1)).await;
    jawort.submit(&body).await.expect(202);
    jawort.sms(&number(1), 1).await;
    refused(&jawort, &body, body["challenge"].as_str().unwrap(), "challenge-used").await;

    let mut other = body.clone();
    other["number"] = json!(number(2));
    refused(&jawort, &other, body["challenge"].as_str().unwrap(), "challenge-used").await;
    jawort.no_more_than(&number(1), 1).await;
    jawort.knows_nothing_of(&number(2)).await;
}

#[tokio::test]
async fn a_proof_sent_many_times_at_once_counts_once() {
    let jawort = Jawort::start().await;
    let body = jawort.submission("newsletter", &number(1)).await;
    let (a, b, c, d) =
        tokio::join!(jawort.submit(&body), jawort.submit(&body), jawort.submit(&body), jawort.submit(&body));
    let mut statuses = [a, b, c, d].map(|answer| answer.status);
    statuses.sort_unstable();
    assert_eq!(statuses, [202, 403, 403, 403]);
}

#[tokio::test]
async fn a_proof_expires() {
    let jawort = Jawort::start().await;
    let body = jawort.submission("newsletter", &number(1)).await;
    jawort.turn(31 * 60).await;
    refused(&jawort, &body, body["challenge"].as_str().unwrap(), "challenge").await;
    jawort.knows_nothing_of(&number(1)).await;
}
