//! SMS through a provider: what is tried again, what never is, and what a failure means.

use serde_json::json;
use shared::{evidence::Happened, gateway::Delivery};
use tests::{Answer, Behaviour, Jawort, Provider, number};

const DAY: u64 = 24 * 3600;

/// Turns the clock, and wakes the person's object as a platform's alarm would.
async fn later(jawort: &Jawort, seconds: u64) {
    jawort.turn(seconds).await;
    jawort.check(&number(1), "marketing").await;
}

async fn consent(jawort: &Jawort, provider: &Provider) {
    jawort.ask("newsletter", &number(1)).await;
    let link = provider.sms(1).await.link();
    jawort.tap(&link, &[("action", "confirm")]).await.page(200);
}

/// Sends a message, and gives its id.
async fn message(jawort: &Jawort, text: &str) -> String {
    let accepted = jawort.message(&number(1), "marketing", text).await.expect(202).json();
    accepted["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn the_confirmation_leaves_by_the_provider_and_its_report_becomes_evidence() {
    let provider = Provider::start().await;
    let jawort = provider.edge().await;
    jawort.ask("newsletter", &number(1)).await;
    let sms = provider.sms(1).await;
    assert_eq!((sms.from.as_str(), &sms.to), ("+4915228817386", &number(1)));
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
async fn what_surely_was_not_taken_is_tried_again_after_growing_pauses() {
    let provider = Provider::start().await;
    let jawort = provider.edge().await;
    provider.plan([Behaviour::Refuse(429, 20429), Behaviour::Refuse(500, 20500), Behaviour::Take]);
    let began = std::time::Instant::now();
    jawort.ask("newsletter", &number(1)).await;
    provider.sms(1).await;
    assert_eq!(provider.calls(), 3);
    assert!(began.elapsed().as_secs() >= 6, "2 s and then 4 s at the least: {:?}", began.elapsed());
    provider.no_more_than(1).await;
}

#[tokio::test]
async fn a_provider_that_stays_silent_is_asked_before_anything_is_sent_again() {
    let provider = Provider::start().await;
    let jawort = provider.edge().await;
    provider.plan([Behaviour::TakeAndHang]);
    jawort.ask("newsletter", &number(1)).await;
    let sms = provider.sms(1).await;
    // It took the SMS. The edge gives up waiting after ten seconds, and looks a minute later.
    tokio::time::sleep(std::time::Duration::from_secs(11)).await;
    later(&jawort, 90).await;
    provider.no_more_than(1).await;
    assert_eq!(provider.calls(), 1);
    jawort.tap(&sms.link(), &[("action", "confirm")]).await.page(200);
    let chain = jawort.chain(&number(1), "marketing").await;
    let Happened::Given(given) = &chain[0].event.happened else { panic!("{chain:?}") };
    assert_eq!(given.sms.message_id.as_ref(), Some(&sms.sid), "found by the look-up");
}

#[tokio::test]
async fn what_the_provider_never_heard_of_is_sent_after_all() {
    let provider = Provider::start().await;
    let jawort = provider.edge().await;
    provider.plan([Behaviour::Hang]);
    jawort.ask("newsletter", &number(1)).await;
    provider.asked(1).await;
    tokio::time::sleep(std::time::Duration::from_secs(11)).await;
    provider.no_more_than(0).await;
    later(&jawort, 90).await;
    provider.sms(1).await;
}

#[tokio::test]
async fn a_crash_between_the_providers_answer_and_our_note_sends_nothing_twice() {
    let provider = Provider::start().await;
    let mut jawort = provider.edge().await;
    provider.plan([Behaviour::TakeAndHang]);
    jawort.ask("newsletter", &number(1)).await;
    let sms = provider.sms(1).await;
    jawort.crash();
    later(&jawort, 1).await;
    provider.no_more_than(1).await;
    jawort.tap(&sms.link(), &[("action", "confirm")]).await.page(200);
    assert_eq!(jawort.standing(&number(1), "marketing").await, "allowed");
    assert_eq!(provider.calls(), 1);
}

#[tokio::test]
async fn an_sms_is_given_up_when_it_is_too_late() {
    let provider = Provider::start().await;
    let jawort = provider.edge().await;
    consent(&jawort, &provider).await;
    provider.plan((0..50).map(|_| Behaviour::Refuse(500, 20500)));
    let id = message(&jawort, "Heute neu").await;
    provider.asked(2).await;
    later(&jawort, 25 * 3600).await;
    let life = jawort.reaches(&id, "failed").await;
    assert_eq!(life["reason"], "expired");
    provider.no_more_than(1).await;
}

#[tokio::test]
async fn an_opt_out_at_the_provider_is_a_withdrawal() {
    let provider = Provider::start().await;
    let jawort = provider.edge().await;
    consent(&jawort, &provider).await;
    provider.plan([Behaviour::Refuse(400, 21610)]);
    let id = message(&jawort, "Heute neu").await;
    let life = jawort.reaches(&id, "failed").await;
    assert_eq!(life["reason"], "opted_out");
    assert_eq!(jawort.standing(&number(1), "marketing").await, "withdrawn");
    let chain = jawort.chain(&number(1), "marketing").await;
    assert_eq!(json!(chain.last().unwrap().event.happened)["way"], "provider");
    provider.no_more_than(1).await;
}

#[tokio::test]
async fn a_confirmation_that_the_provider_holds_back_leaves_once_after_a_start() {
    let provider = Provider::start().await;
    let jawort = provider.edge().await;
    provider.plan([Behaviour::Refuse(400, 21610)]);
    jawort.ask("newsletter", &number(1)).await;
    provider.asked(1).await;
    later(&jawort, 3600).await;
    provider.no_more_than(0).await;
    assert_eq!(jawort.standing(&number(1), "marketing").await, "pending");
    jawort.bring("SMin1", &number(1), "START").await.expect(200);
    let sms = provider.sms(1).await;
    assert_eq!(jawort.standing(&number(1), "marketing").await, "pending", "START is no consent");
    jawort.bring("SMin2", &number(1), "START").await.expect(200);
    provider.no_more_than(1).await;
    jawort.tap(&sms.link(), &[("action", "confirm")]).await.page(200);
    assert_eq!(jawort.standing(&number(1), "marketing").await, "allowed");
}

#[tokio::test]
async fn messages_that_never_arrive_suspend_the_consent() {
    let provider = Provider::start().await;
    let jawort = provider.edge().await;
    consent(&jawort, &provider).await;
    for n in 2..=4 {
        assert_eq!(jawort.standing(&number(1), "marketing").await, "allowed");
        let id = message(&jawort, "Heute neu").await;
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
async fn one_that_arrives_between_keeps_the_consent() {
    let provider = Provider::start().await;
    let jawort = provider.edge().await;
    consent(&jawort, &provider).await;
    for (n, state) in [(2, "undelivered"), (3, "undelivered"), (4, "delivered"), (5, "undelivered")] {
        message(&jawort, "Heute neu").await;
        jawort.report(&provider.sms(n).await, state, Some("30005")).await.expect(200);
    }
    assert_eq!(jawort.standing(&number(1), "marketing").await, "allowed");
}

#[tokio::test]
async fn another_gateway_sends_where_the_first_surely_cannot() {
    let (first, second) = (Provider::start().await, Provider::start().await);
    let secrets = [("JAWORT_TWILIO_AUTH_TOKEN", tests::AUTH_TOKEN), ("JAWORT_SPARE_AUTH_TOKEN", tests::AUTH_TOKEN)];
    let jawort = Jawort::start_with(&secrets).await;
    jawort
        .put_settings(|settings| {
            first.serve(settings);
            settings["gateways"].as_array_mut().unwrap().push(second.gateway("spare"));
            settings["senders"][0]["fallback"] = json!("spare");
        })
        .await;
    first.plan([Behaviour::Refuse(401, 20003)]);
    jawort.ask("newsletter", &number(1)).await;
    let sms = second.sms(1).await;
    assert!(sms.callback.contains("/gateway/spare/status?"), "{}", sms.callback);
    first.no_more_than(0).await;
    jawort.tap(&sms.link(), &[("action", "confirm")]).await.page(200);
    let chain = jawort.chain(&number(1), "marketing").await;
    assert_eq!(json!(chain[0])["sms"]["gateway"], "spare");
    // A person's opt-out is respected by every gateway.
    first.plan([Behaviour::Refuse(400, 21610)]);
    let id = message(&jawort, "Heute neu").await;
    jawort.reaches(&id, "failed").await;
    second.no_more_than(1).await;
}

#[tokio::test]
async fn a_missing_secret_is_named_and_sends_nothing() {
    let provider = Provider::start().await;
    let jawort = Jawort::start().await;
    jawort.put_settings(|settings| provider.serve(settings)).await;
    let health = Answer::of(jawort.get("/healthz")).await.expect(503).json();
    assert_eq!(health["status"], "degraded");
    assert_eq!(health["missing_secrets"], json!(["JAWORT_TWILIO_AUTH_TOKEN"]));
    assert_eq!(health["gateways"], json!([{ "id": "twilio", "ready": false }]));
    let problem = jawort.bring("SM1", &number(1), "STOP").await.problem(503, "missing-secrets");
    assert!(problem["detail"].as_str().unwrap().contains("JAWORT_TWILIO_AUTH_TOKEN"), "{problem}");
    jawort.ask("newsletter", &number(1)).await;
    provider.no_more_than(0).await;
    assert!(jawort.log().contains("JAWORT_TWILIO_AUTH_TOKEN"), "{}", jawort.log());
    assert_eq!(jawort.standing(&number(1), "marketing").await, "pending", "it waits for the secret");
}

#[tokio::test]
async fn what_waited_for_the_outbox_at_a_stop_never_leaves() {
    let provider = Provider::start().await;
    let jawort = provider.edge().await;
    consent(&jawort, &provider).await;
    provider.plan([Behaviour::Refuse(500, 20500), Behaviour::Refuse(500, 20500)]);
    let id = message(&jawort, "Heute neu").await;
    provider.asked(2).await;
    jawort.bring("SMin", &number(1), "STOP").await.expect(200);
    let last = provider.sms(2).await;
    assert!(last.text.contains("keine"), "{}", last.text);
    later(&jawort, 3600).await;
    provider.no_more_than(2).await;
    let life = jawort.reaches(&id, "failed").await;
    assert_eq!(life["reason"], "no_consent");
    later(&jawort, DAY).await;
    provider.no_more_than(2).await;
}

#[tokio::test]
async fn settings_that_name_what_is_not_there_are_refused() {
    let provider = Provider::start().await;
    let jawort = Jawort::start().await;
    type Spoil = fn(&mut serde_json::Value);
    let cases: [(&str, Spoil); 5] = [
        ("gateway-unknown", |settings| settings["senders"][0]["gateway"] = json!("nobody")),
        ("fallback-same", |settings| settings["senders"][0]["fallback"] = json!("twilio")),
        ("processor-missing", |settings| settings["gateways"][0]["processor"] = json!("Somebody")),
        ("sid", |settings| settings["gateways"][0]["account_sid"] = json!("AC1")),
        ("purpose-unknown", |settings| settings["senders"][0]["purposes"] = json!(["lottery"])),
    ];
    for (rule, spoil) in cases {
        let mut settings = jawort.settings();
        provider.serve(&mut settings);
        spoil(&mut settings);
        let problem = jawort.owner(reqwest::Method::PUT, "/v1/settings", Some(settings)).await.problem(422, "refused");
        let rules: Vec<_> = problem["violations"].as_array().unwrap().iter().map(|it| it["rule"].clone()).collect();
        assert_eq!(rules, [rule], "{problem}");
    }
    let mut settings = jawort.settings();
    provider.serve(&mut settings);
    settings["gateways"][0]["colour"] = json!("green");
    jawort.owner(reqwest::Method::PUT, "/v1/settings", Some(settings)).await.problem(400, "malformed");
}
