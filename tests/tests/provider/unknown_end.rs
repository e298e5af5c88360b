//! SMS of which nobody knows at once whether the provider took them.

use std::time::Duration;

use serde_json::json;
use shared::evidence::Happened;
use tests::{Behaviour, DAY, HOUR, Jawort, MINUTE, Provider, number};

/// The edge gives up waiting for an answer after 25 seconds.
async fn given_up() {
    tokio::time::sleep(Duration::from_secs(26)).await;
}

async fn sms_of_the_request(jawort: &Jawort, n: u8) -> String {
    jawort.overview(&number(n)).await["pending"][0]["sms"].as_str().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_provider_that_stays_silent_is_asked_before_anything_is_sent_again() {
    let provider = Provider::start().await;
    let jawort = provider.edge().await;
    provider.plan([Behaviour::TakeAndHang]);
    jawort.ask("newsletter", &number(1)).await;
    let sms = provider.sms(1).await;
    given_up().await;
    jawort.later(&number(1), 4 * MINUTE).await;
    provider.no_more_than(1).await;
    assert_eq!(provider.calls(), 1);
    jawort.tap(&sms.link(), &[("action", "confirm")]).await.page(200);
    let chain = jawort.chain(&number(1), "marketing").await;
    let Happened::Given(given) = &chain[0].event.happened else { panic!("{chain:?}") };
    assert_eq!(given.sms.message_id.as_ref(), Some(&sms.sid), "found by the look-up");
}

#[tokio::test]
async fn what_the_provider_twice_never_heard_of_is_sent_after_all() {
    let provider = Provider::start().await;
    let jawort = provider.edge().await;
    provider.plan([Behaviour::Hang]);
    jawort.ask("newsletter", &number(1)).await;
    provider.asked(1).await;
    given_up().await;
    jawort.later(&number(1), 2 * MINUTE).await;
    provider.no_more_than(0).await;
    jawort.later(&number(1), 2 * MINUTE).await;
    provider.no_more_than(0).await;
    jawort.later(&number(1), 4 * MINUTE).await;
    provider.sms(1).await;
}

#[tokio::test]
async fn an_sms_that_arrives_at_the_provider_after_a_crash_is_not_sent_again() {
    let provider = Provider::start().await;
    let mut jawort = provider.edge().await;
    provider.plan([Behaviour::TakeLate(Duration::from_secs(4))]);
    jawort.ask("newsletter", &number(1)).await;
    provider.asked(1).await;
    jawort.crash();
    jawort.later(&number(1), 1).await;
    provider.no_more_than(0).await;
    let sms = provider.sms(1).await;
    for _ in 0..4 {
        jawort.later(&number(1), 4 * MINUTE).await;
        provider.no_more_than(1).await;
    }
    jawort.tap(&sms.link(), &[("action", "confirm")]).await.page(200);
    assert_eq!(jawort.standing(&number(1), "marketing").await, "allowed");
}

#[tokio::test]
async fn what_was_reported_is_never_sent_again_though_the_list_lags() {
    let provider = Provider::start().await;
    let jawort = provider.edge().await;
    provider.consent(&jawort, &number(2)).await;
    provider.lists(false);
    provider.plan([Behaviour::TakeAndHang, Behaviour::TakeAndHang, Behaviour::TakeAndHang]);
    // A confirmation, a message, and an acknowledgement, which nothing else is kept of.
    jawort.ask("newsletter", &number(1)).await;
    let confirmation = provider.sms(2).await;
    let id = jawort.order(&number(2), "marketing", "Heute neu").await;
    let message = provider.sms(3).await;
    jawort.bring("SMstop", &number(3), "STOP").await.expect(200);
    let acknowledgement = provider.sms(4).await;
    for sms in [&confirmation, &message, &acknowledgement] {
        jawort.report(sms, "delivered", None).await.expect(200);
    }
    assert_eq!(sms_of_the_request(&jawort, 1).await, "delivered");
    assert_eq!(jawort.life(&id).await["state"], "delivered");
    given_up().await;
    for n in [1, 2, 3] {
        for _ in 0..3 {
            jawort.later(&number(n), 4 * MINUTE).await;
        }
    }
    jawort.later(&number(1), HOUR).await;
    provider.no_more_than(4).await;
    assert_eq!(provider.calls(), 4);
}

#[tokio::test]
async fn what_surely_never_left_is_a_failure_and_the_fallback_sends() {
    let provider = Provider::start().await;
    let vars = [Provider::VAR, ("JAWORT_SEVEN_API_KEY", "key"), ("JAWORT_SEVEN_SIGNING_KEY", "key")];
    let jawort = Jawort::start_with(&vars).await;
    jawort
        .put_settings(|settings| {
            provider.serve(settings);
            // A name in a script that there is none of: `fetch` makes no address of it.
            let seven = json!({ "kind": "seven", "processor": "Twilio", "base_url": "https://xn--0.example.de" });
            settings["gateways"].as_array_mut().unwrap().push(seven);
            settings["senders"][0]["gateway"] = json!("seven");
            settings["senders"][0]["fallback"] = json!("twilio");
        })
        .await;
    jawort.ask("newsletter", &number(1)).await;
    provider.sms(1).await;
    provider.no_more_than(1).await;
}

#[tokio::test]
async fn what_stays_unknown_is_shown_and_the_person_may_ask_again() {
    let provider = Provider::start().await;
    let jawort = provider.edge().await;
    provider.breaks_list();
    provider.plan([Behaviour::TakeAndHang]);
    jawort.ask("newsletter", &number(1)).await;
    provider.sms(1).await;
    given_up().await;
    jawort.later(&number(1), 10 * MINUTE).await;
    provider.no_more_than(1).await;
    assert_eq!(sms_of_the_request(&jawort, 1).await, "outcome_unknown");
    jawort.ask("newsletter", &number(1)).await;
    provider.sms(2).await;
    assert_eq!(sms_of_the_request(&jawort, 1).await, "sent");
    jawort.later(&number(1), 3 * DAY).await;
    provider.no_more_than(2).await;
}
