//! What a provider reports of an SMS, and what a failure means for the consent.

use serde_json::json;
use shared::{evidence::Happened, gateway::Delivery};
use tests::{Answer, Provider, SENDER, number};

#[tokio::test]
async fn the_confirmation_leaves_by_the_provider_and_its_report_becomes_evidence() {
    let provider = Provider::start().await;
    let jawort = provider.edge().await;
    jawort.ask("newsletter", &number(1)).await;
    let sms = provider.sms(1).await;
    assert_eq!((sms.from.as_str(), &sms.to), (SENDER, &number(1)));
    jawort.report(&sms, "delivered", None).await.expect(200);
    jawort.report(&sms, "sent", None).await.expect(200);
    jawort.tap(&sms.link(), &[("action", "confirm")]).await.page(200);
    let chain = jawort.chain(&number(1), "marketing").await;
    let Happened::Given(given) = &chain[0].event.happened else { panic!("{chain:?}") };
    assert_eq!(given.sms.message_id.as_ref(), Some(&sms.sid));
    assert_eq!(given.sms.gateway.as_str(), "twilio");
    assert_eq!(given.sms.delivery.as_ref().unwrap().state, Delivery::Delivered, "delivered before sent is no error");
}

#[tokio::test]
async fn messages_that_never_arrive_suspend_the_consent() {
    let provider = Provider::start().await;
    let jawort = provider.edge().await;
    provider.consent(&jawort, &number(1)).await;
    for n in 2..=4 {
        assert_eq!(jawort.standing(&number(1), "marketing").await, "allowed");
        let id = jawort.order(&number(1), "marketing", "Heute neu").await;
        let sms = provider.sms(n).await;
        jawort.reaches(&id, "sent").await;
        for _ in 0..2 {
            jawort.report(&sms, "undelivered", Some("30005")).await.expect(200);
        }
        assert_eq!(jawort.life(&id).await["reason"], "not_mobile");
    }
    assert_eq!(jawort.standing(&number(1), "marketing").await, "suspended");
    jawort.message(&number(1), "marketing", "Noch da?").await.problem(403, "no-consent");
    let kinds: Vec<_> =
        jawort.chain(&number(1), "marketing").await.iter().map(|it| json!(it.event.happened)["kind"].clone()).collect();
    assert_eq!(kinds.last().unwrap(), "suspended");
    assert_eq!(kinds.iter().filter(|kind| *kind == "used").count(), 3);
}

#[tokio::test]
async fn what_a_filter_or_a_registry_refuses_suspends_nobody() {
    let provider = Provider::start().await;
    let jawort = provider.edge().await;
    provider.consent(&jawort, &number(1)).await;
    for (n, code) in [(2, "30007"), (3, "30004"), (4, "30034"), (5, "39999")] {
        let id = jawort.order(&number(1), "marketing", "Heute neu").await;
        let sms = provider.sms(n).await;
        jawort.reaches(&id, "sent").await;
        jawort.report(&sms, "undelivered", Some(code)).await.expect(200);
        assert_eq!(jawort.life(&id).await["reason"], "refused", "{code}");
    }
    assert_eq!(jawort.standing(&number(1), "marketing").await, "allowed");
}

#[tokio::test]
async fn one_that_arrives_between_keeps_the_consent() {
    let provider = Provider::start().await;
    let jawort = provider.edge().await;
    provider.consent(&jawort, &number(1)).await;
    for (n, state) in [(2, "undelivered"), (3, "undelivered"), (4, "delivered"), (5, "undelivered")] {
        jawort.order(&number(1), "marketing", "Heute neu").await;
        jawort.report(&provider.sms(n).await, state, Some("30005")).await.expect(200);
    }
    assert_eq!(jawort.standing(&number(1), "marketing").await, "allowed");
}

#[tokio::test]
async fn a_report_of_an_sms_that_nobody_knows_is_taken_and_forgotten() {
    let provider = Provider::start().await;
    let jawort = provider.edge().await;
    for reference in ["nonsense", "AAAAAAAAAAAAAAAAAAAAAAAAAAAA"] {
        let path = format!("/gateway/twilio/status?ref={reference}");
        jawort.post_signed(&path, &[("MessageSid", "SM1"), ("MessageStatus", "delivered")]).await.expect(200);
    }
    jawort.ask("newsletter", &number(1)).await;
    let sms = provider.sms(1).await;
    let path = sms.callback.strip_prefix(jawort.url()).unwrap();
    let forged = [("MessageSid", &*sms.sid), ("MessageStatus", "undelivered"), ("ErrorCode", "21610")];
    Answer::of(jawort.post(path).form(&forged)).await.problem(401, "webhook");
}
