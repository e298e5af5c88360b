//! SMS that a provider brings: repeated, out of order, forged.

use serde_json::json;
use tests::{AUTH_TOKEN, Answer, Provider, SENDER, number, signature};

#[tokio::test]
async fn a_stop_counts_before_the_webhook_is_answered_and_once() {
    let provider = Provider::start().await;
    let jawort = provider.edge().await;
    provider.consent(&jawort, &number(1)).await;
    jawort.bring("SM1", &number(1), "Bitte stopp!").await.expect(200);
    assert_eq!(jawort.standing(&number(1), "marketing").await, "withdrawn");
    provider.sms(2).await;
    let before = jawort.overview(&number(1)).await;
    for _ in 0..3 {
        jawort.bring("SM1", &number(1), "Bitte stopp!").await.expect(200);
    }
    assert_eq!(jawort.overview(&number(1)).await, before);
    provider.no_more_than(2).await;
}

#[tokio::test]
async fn the_same_yes_twice_is_one_consent() {
    let provider = Provider::start().await;
    let jawort = provider.edge().await;
    jawort.put_form("newsletter", |draft| draft["confirm"] = json!("reply")).await;
    jawort.ask("newsletter", &number(1)).await;
    provider.sms(1).await;
    jawort.bring("SM1", &number(1), "Ja!").await.expect(200);
    jawort.bring("SM1", &number(1), "Ja!").await.expect(200);
    assert_eq!(jawort.chain(&number(1), "marketing").await.len(), 1);
    // A yes that comes again after a STOP is not said again.
    jawort.bring("SM2", &number(1), "STOP").await.expect(200);
    jawort.bring("SM1", &number(1), "Ja!").await.expect(200);
    assert_eq!(jawort.standing(&number(1), "marketing").await, "withdrawn");
}

#[tokio::test]
async fn what_is_not_signed_by_the_provider_changes_nothing() {
    let provider = Provider::start().await;
    let jawort = provider.edge().await;
    provider.consent(&jawort, &number(1)).await;
    let path = "/gateway/twilio/inbound";
    let fields = [("MessageSid", "SM1"), ("From", &*number(1)), ("To", SENDER), ("Body", "STOP")];
    let post = |signed: Option<String>| {
        let post = jawort.post(path).form(&fields);
        match signed {
            Some(signed) => post.header("x-twilio-signature", signed),
            None => post,
        }
    };
    let url = format!("{}{path}", jawort.url());
    let mut other = fields;
    other[3].1 = "JA";
    for signed in [
        None,
        Some("not base64!".to_owned()),
        Some(signature("another token", &url, &fields)),
        Some(signature(AUTH_TOKEN, &url.replace("inbound", "status"), &fields)),
        Some(signature(AUTH_TOKEN, &url, &other)),
    ] {
        Answer::of(post(signed)).await.problem(401, "webhook");
    }
    assert_eq!(jawort.standing(&number(1), "marketing").await, "allowed");
    Answer::of(post(Some(signature(AUTH_TOKEN, &url, &fields)))).await.expect(200);
    assert_eq!(jawort.standing(&number(1), "marketing").await, "withdrawn");
}

#[tokio::test]
async fn a_webhook_that_is_too_large_or_for_nobody_changes_nothing() {
    let provider = Provider::start().await;
    let jawort = provider.edge().await;
    let large = "x".repeat(70 * 1024);
    jawort.bring("SM1", &number(1), &large).await.problem(413, "too-large");
    jawort.post_signed("/gateway/nobody/inbound", &[("Body", "STOP")]).await.problem(404, "not-found");
    // What nobody can read, and a landline, which can't be asked: the provider need not repeat it.
    jawort.post_signed("/gateway/twilio/inbound", &[("Body", "STOP")]).await.expect(200);
    jawort.bring("SM2", "+4930123456", "RABATT").await.expect(200);
    // At a number that nobody knows only an end counts, and it is not answered.
    for (id, text) in [("SM3", "JA"), ("SM4", "INFO"), ("SM5", "START"), ("SM6", "RABATT"), ("SM7", "STOP")] {
        let fields = [("MessageSid", id), ("From", &*number(1)), ("To", "+4915228817399"), ("Body", text)];
        jawort.post_signed("/gateway/twilio/inbound", &fields).await.expect(200);
    }
    jawort.knows_nothing_of(&number(1)).await;
    provider.no_more_than(0).await;
}
