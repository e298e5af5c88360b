//! SMS through a provider: what is tried again, what never is, and by whom.

use serde_json::json;
use tests::{AUTH_TOKEN, Behaviour, DAY, HOUR, Jawort, Provider, number, until_hour};

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
async fn a_crash_between_the_providers_answer_and_our_note_sends_nothing_twice() {
    let provider = Provider::start().await;
    let mut jawort = provider.edge().await;
    provider.plan([Behaviour::TakeAndHang]);
    jawort.ask("newsletter", &number(1)).await;
    let sms = provider.sms(1).await;
    jawort.crash();
    jawort.later(&number(1), 1).await;
    provider.no_more_than(1).await;
    jawort.tap(&sms.link(), &[("action", "confirm")]).await.page(200);
    assert_eq!(jawort.standing(&number(1), "marketing").await, "allowed");
    assert_eq!(provider.calls(), 1);
}

#[tokio::test]
async fn an_sms_is_given_up_when_it_is_too_late() {
    let provider = Provider::start().await;
    let jawort = provider.edge().await;
    provider.consent(&jawort, &number(1)).await;
    provider.plan((0..50).map(|_| Behaviour::Refuse(500, 20500)));
    let id = jawort.order(&number(1), "marketing", "Heute neu").await;
    provider.asked(2).await;
    jawort.later(&number(1), 25 * HOUR).await;
    let life = jawort.reaches(&id, "failed").await;
    assert_eq!(life["reason"], "expired");
    provider.no_more_than(1).await;
}

/// Promised is one a day, and yesterday's could not leave yesterday.
#[tokio::test]
async fn what_was_to_leave_yesterday_takes_no_room_from_today() {
    let provider = Provider::start().await;
    let jawort = Jawort::start_with(&[Provider::VAR]).await;
    jawort
        .put_settings(|settings| {
            provider.serve(settings);
            let mut daily = settings["purposes"][0].clone();
            (daily["id"], daily["frequency"]) = (json!("daily"), json!({ "max": 1, "period": "day" }));
            settings["purposes"].as_array_mut().unwrap().push(daily);
        })
        .await;
    jawort.put_form("newsletter", |draft| draft["purposes"] = json!(["daily"])).await;
    provider.consent(&jawort, &number(1)).await;
    jawort.turn(until_hour(22)).await;
    provider.does(Behaviour::Refuse(500, 20500));
    let late = jawort.message(&number(1), "daily", "Gestern").await.expect(202).json();
    provider.asked(2).await;
    jawort.later(&number(1), 12 * HOUR).await;
    jawort.message(&number(1), "daily", "Heute").await.expect(202);
    jawort.message(&number(1), "daily", "Zu viel").await.problem(403, "frequency-exceeded");
    provider.does(Behaviour::Take);
    jawort.later(&number(1), 2 * HOUR).await;
    assert!(provider.sms(2).await.text.contains("Heute"));
    provider.no_more_than(2).await;
    let id = late["id"].as_str().unwrap();
    let life = jawort.life(id).await;
    assert_eq!((&life["state"], &life["waiting"]["reason"]), (&json!("queued"), &json!("frequency")), "{life}");
    jawort.later(&number(1), 11 * HOUR).await;
    assert_eq!(jawort.reaches(id, "failed").await["reason"], "expired");
    provider.no_more_than(2).await;
}

#[tokio::test]
async fn an_opt_out_at_the_provider_is_a_withdrawal() {
    let provider = Provider::start().await;
    let jawort = provider.edge().await;
    provider.consent(&jawort, &number(1)).await;
    provider.plan([Behaviour::Refuse(400, 21610)]);
    let id = jawort.order(&number(1), "marketing", "Heute neu").await;
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
    jawort.later(&number(1), HOUR).await;
    provider.no_more_than(0).await;
    assert_eq!(jawort.standing(&number(1), "marketing").await, "pending");
    jawort.bring("SMin1", &number(1), "START").await.expect(200);
    let sms = provider.sms(1).await;
    assert_eq!(jawort.standing(&number(1), "marketing").await, "pending", "START is no consent");
    jawort.bring("SMin2", &number(1), "START").await.expect(200);
    assert!(provider.sms(2).await.text.contains("START allein"), "there is nothing more to ask");
    provider.no_more_than(2).await;
    jawort.tap(&sms.link(), &[("action", "confirm")]).await.page(200);
    assert_eq!(jawort.standing(&number(1), "marketing").await, "allowed");
}

#[tokio::test]
async fn another_gateway_sends_where_the_first_surely_cannot() {
    let (first, second) = (Provider::start().await, Provider::start().await);
    let secrets = [Provider::VAR, ("JAWORT_SPARE_AUTH_TOKEN", AUTH_TOKEN)];
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
    // A person's opt-out is respected by every gateway, and the first one is asked again after a while.
    jawort.turn(HOUR).await;
    first.plan([Behaviour::Refuse(400, 21610)]);
    let id = jawort.order(&number(1), "marketing", "Heute neu").await;
    jawort.reaches(&id, "failed").await;
    second.no_more_than(1).await;
}

#[tokio::test]
async fn what_waited_for_the_outbox_at_a_stop_never_leaves() {
    let provider = Provider::start().await;
    let jawort = provider.edge().await;
    provider.consent(&jawort, &number(1)).await;
    provider.plan([Behaviour::Refuse(500, 20500), Behaviour::Refuse(500, 20500)]);
    let id = jawort.order(&number(1), "marketing", "Heute neu").await;
    provider.asked(2).await;
    jawort.bring("SMin", &number(1), "STOP").await.expect(200);
    let last = provider.sms(2).await;
    assert!(last.text.contains("keine"), "{}", last.text);
    jawort.later(&number(1), HOUR).await;
    provider.no_more_than(2).await;
    let life = jawort.reaches(&id, "failed").await;
    assert_eq!(life["reason"], "no_consent");
    jawort.later(&number(1), DAY).await;
    provider.no_more_than(2).await;
}
