//! How SMS leave: at the provider's pace, within the day's budget, and not while it is down or the owner has paused
//! all.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};
use tests::{AUTH_TOKEN, Answer, Behaviour, DAY, HOUR, Jawort, MINUTE, Provider, Receiver, eventually, number};

const CREDENTIALS: Behaviour = Behaviour::Refuse(401, 20003);

/// An edge that sends by the provider, so much a second and a day, and tells the receiver of stopped gateways.
async fn edge(provider: &Provider, receiver: &Receiver, limits: Value) -> Jawort {
    let jawort = Jawort::start_with(&[Provider::VAR, Receiver::VAR, ("JAWORT_SPARE_AUTH_TOKEN", AUTH_TOKEN)]).await;
    jawort.put_settings(|settings| set(settings, provider, receiver, &limits)).await;
    jawort
}

fn set(settings: &mut Value, provider: &Provider, receiver: &Receiver, limits: &Value) {
    provider.serve(settings);
    for (name, limit) in limits.as_object().expect("limits") {
        settings["gateways"][0][name] = limit.clone();
    }
    settings["webhooks"] = json!([receiver.webhook()]);
    settings["webhooks"][0]["events"] = json!(["gateway.stopped"]);
}

/// So many people who have consented.
async fn people(provider: &Provider, jawort: &Jawort, count: u8) -> Vec<String> {
    let people: Vec<_> = (1..=count).map(number).collect();
    for person in &people {
        provider.consent(jawort, person).await;
    }
    people
}

/// Orders a message for each.
async fn order(jawort: &Jawort, people: &[String]) -> Vec<String> {
    join_all(people.iter().map(|person| jawort.order(person, "marketing", "Heute neu"))).await
}

/// Turns the clock, and wakes all of them as a platform's alarms would.
async fn later(jawort: &Jawort, people: &[String], seconds: u64) {
    jawort.turn(seconds).await;
    join_all(people.iter().map(|person| jawort.check(person, "marketing"))).await;
}

async fn stands(jawort: &Jawort, state: Value) {
    eventually("the gateway's state", || async {
        let health = Answer::of(jawort.get("/healthz")).await.json();
        let gateway = &health["gateways"][0];
        let stopped = gateway["state"] == "stopped";
        assert_eq!(health["status"] == "degraded", stopped, "{health}");
        (json!({ "state": gateway["state"], "reason": gateway["reason"] }) == state).then_some(())
    })
    .await;
}

async fn pause(jawort: &Jawort, paused: bool) -> Value {
    jawort.owner(Method::POST, "/v1/pause", Some(json!({ "paused": paused }))).await.expect(200).json()
}

/// Looks so long after the last call that another one would have come.
async fn no_more_calls_than(provider: &Provider, calls: usize) {
    tokio::time::sleep(Duration::from_millis(1200)).await;
    assert_eq!(provider.calls(), calls, "calls of the provider");
}

#[tokio::test]
async fn messages_leave_no_faster_than_the_provider_takes_them() {
    let (provider, receiver) = (Provider::start().await, Receiver::start().await);
    let jawort = edge(&provider, &receiver, json!({ "per_second": 50 })).await;
    let people = people(&provider, &jawort, 30).await;
    jawort.try_settings(|settings| set(settings, &provider, &receiver, &json!({ "per_second": 5 }))).await.expect(200);
    let ordered = Instant::now();
    order(&jawort, &people).await;
    provider.sms(60).await;
    let mut times: Vec<_> = provider.taken()[30..].iter().map(|sms| sms.at.duration_since(ordered)).collect();
    times.sort_unstable();
    for (n, at) in (0..).zip(&times) {
        // A busy machine makes a call late, and never early.
        assert!(*at + Duration::from_millis(10) >= Duration::from_millis(200) * n, "{n}: {times:?}");
    }
    assert_eq!(receiver.ids(), Vec::<String>::new());
}

#[tokio::test]
async fn wrong_credentials_cost_one_call_and_all_wait_until_they_are_right() {
    let (provider, receiver) = (Provider::start().await, Receiver::start().await);
    let mut jawort = edge(&provider, &receiver, json!({ "per_second": 1 })).await;
    let people = people(&provider, &jawort, 4).await;
    provider.does(CREDENTIALS);
    order(&jawort, &people).await;
    let told = receiver.wait_for(1).await[0].json();
    assert_eq!(
        (&told["type"], &told["data"]),
        (&json!("gateway.stopped"), &json!({ "gateway": "twilio", "reason": "credentials" }),)
    );
    no_more_calls_than(&provider, 5).await;
    stands(&jawort, json!({ "state": "stopped", "reason": "credentials" })).await;
    jawort.crash();
    order(&jawort, &people[..1]).await;
    no_more_calls_than(&provider, 5).await;

    later(&jawort, &people, 20).await;
    provider.asked(6).await;
    no_more_calls_than(&provider, 6).await;
    assert_eq!(receiver.ids().len(), 1, "told once");

    provider.does(Behaviour::Take);
    later(&jawort, &people, 2 * MINUTE).await;
    provider.sms(9).await;
    assert_eq!(provider.calls(), 11, "no call but the two probes failed");
    stands(&jawort, json!({ "state": "ok", "reason": null })).await;
    assert_eq!(receiver.ids().len(), 1);
}

#[tokio::test]
async fn a_provider_that_fails_again_and_again_is_left_alone_but_for_a_probe() {
    let (provider, receiver) = (Provider::start().await, Receiver::start().await);
    let jawort = edge(&provider, &receiver, json!({ "per_second": 4 })).await;
    let people = people(&provider, &jawort, 8).await;
    // An odd one stops nothing.
    provider.plan([Behaviour::Refuse(500, 20500)]);
    let odd = jawort.order(&people[0], "marketing", "Heute neu").await;
    jawort.reaches(&odd, "sent").await;
    jawort.turn(MINUTE).await;
    provider.does(Behaviour::Refuse(500, 20500));
    order(&jawort, &people).await;
    receiver.wait_for(1).await;
    stands(&jawort, json!({ "state": "stopped", "reason": "failing" })).await;
    let calls = provider.calls();
    assert!((13..=16).contains(&calls), "three, and those under way: {calls}");
    no_more_calls_than(&provider, calls).await;
    later(&jawort, &people, 20).await;
    provider.asked(calls + 1).await;
    no_more_calls_than(&provider, calls + 1).await;
    provider.does(Behaviour::Take);
    later(&jawort, &people, 2 * MINUTE).await;
    provider.sms(17).await;
    provider.no_more_than(17).await;
    assert_eq!(receiver.ids().len(), 1);
}

#[tokio::test]
async fn the_fallback_takes_over_without_another_call_of_the_first() {
    let (first, second, receiver) = (Provider::start().await, Provider::start().await, Receiver::start().await);
    let jawort = edge(&first, &receiver, json!({ "per_second": 1 })).await;
    jawort
        .put_settings(|settings| {
            set(settings, &first, &receiver, &json!({ "per_second": 1 }));
            settings["gateways"].as_array_mut().unwrap().push(second.gateway("spare"));
            settings["senders"][0]["fallback"] = json!("spare");
        })
        .await;
    first.does(Behaviour::Refuse(400, 20005)); // the account is empty
    for n in 1..=4 {
        jawort.ask("newsletter", &number(n)).await;
        second.sms(usize::from(n)).await;
    }
    assert_eq!(first.calls(), 1);
    let told = receiver.wait_for(1).await[0].json();
    assert_eq!(told["data"], json!({ "gateway": "twilio", "reason": "out_of_credit" }));
}

#[tokio::test]
async fn an_sms_that_the_provider_dislikes_stops_the_others_for_seconds_and_once() {
    let (provider, receiver) = (Provider::start().await, Receiver::start().await);
    let jawort = edge(&provider, &receiver, json!({})).await;
    let people = people(&provider, &jawort, 1).await;
    provider.plan([CREDENTIALS]);
    order(&jawort, &people).await;
    receiver.wait_for(1).await;
    jawort.ask("newsletter", &number(2)).await;
    no_more_calls_than(&provider, 2).await;
    later(&jawort, &[people[0].clone(), number(2)], 18).await;
    assert_eq!(provider.sms(2).await.to, number(2), "who was never tried goes first");
    stands(&jawort, json!({ "state": "ok", "reason": null })).await;

    provider.does(CREDENTIALS);
    later(&jawort, &people, 2 * MINUTE).await;
    provider.asked(4).await;
    provider.does(Behaviour::Take);
    stands(&jawort, json!({ "state": "ok", "reason": null })).await;
    jawort.ask("newsletter", &number(3)).await;
    assert_eq!(provider.sms(3).await.to, number(3));
    assert_eq!(receiver.ids().len(), 1, "told once");
}

#[tokio::test]
async fn where_the_fallback_is_stopped_too_the_first_that_works_again_sends() {
    let (first, second, receiver) = (Provider::start().await, Provider::start().await, Receiver::start().await);
    let jawort = edge(&first, &receiver, json!({})).await;
    jawort
        .put_settings(|settings| {
            set(settings, &first, &receiver, &json!({}));
            settings["gateways"].as_array_mut().unwrap().push(second.gateway("spare"));
            settings["senders"][0]["fallback"] = json!("spare");
        })
        .await;
    first.does(CREDENTIALS);
    second.does(CREDENTIALS);
    jawort.ask("newsletter", &number(1)).await;
    receiver.wait_for(2).await;
    jawort.ask("newsletter", &number(2)).await;
    no_more_calls_than(&first, 1).await;
    no_more_calls_than(&second, 1).await;
    first.does(Behaviour::Take);
    jawort.later(&number(2), 20).await;
    assert_eq!(first.sms(1).await.to, number(2));
    assert_eq!(second.calls(), 1);
}

#[tokio::test]
async fn a_pause_stops_all_but_the_acknowledgement_of_a_stop_and_survives_a_crash() {
    let (provider, second, receiver) = (Provider::start().await, Provider::start().await, Receiver::start().await);
    let mut jawort = edge(&provider, &receiver, json!({})).await;
    let people = people(&provider, &jawort, 2).await;
    let never = jawort.owner(Method::GET, "/v1/pause", None).await.expect(200).json();
    assert_eq!(never, json!({ "paused": false, "since": null, "by": null }));

    let paused = jawort.owner(Method::POST, "/v1/pause", None).await.expect(200).json();
    assert_eq!((&paused["paused"], &paused["by"]), (&json!(true), &json!("owner")));
    let ids = order(&jawort, &people).await;
    jawort.ask("newsletter", &number(3)).await;
    no_more_calls_than(&provider, 2).await;
    stands(&jawort, json!({ "state": "paused", "reason": null })).await;
    jawort.bring("SMin", &people[1], "STOP").await.expect(200);
    assert!(provider.sms(3).await.text.contains("keine"), "the acknowledgement");

    jawort.crash();
    assert_eq!(pause(&jawort, true).await, paused, "what is so already stays as it is");
    jawort.ask("newsletter", &number(4)).await;
    // A gateway that comes into the settings meanwhile.
    jawort
        .put_settings(|settings| {
            set(settings, &provider, &receiver, &json!({}));
            settings["gateways"].as_array_mut().unwrap().push(second.gateway("spare"));
            settings["senders"][0]["gateway"] = json!("spare");
        })
        .await;
    jawort.ask("newsletter", &number(5)).await;
    no_more_calls_than(&provider, 3).await;
    assert_eq!(second.calls(), 0);

    assert_eq!(pause(&jawort, false).await["paused"], false);
    let waiting: Vec<_> = [1, 2, 3, 4, 5].map(number).into();
    later(&jawort, &waiting, 3 * MINUTE).await;
    provider.sms(6).await;
    second.sms(1).await;
    provider.no_more_than(6).await;
    jawort.reaches(&ids[0], "sent").await;
    assert_eq!(jawort.reaches(&ids[1], "failed").await["reason"], "no_consent");
    assert_eq!(receiver.ids(), Vec::<String>::new(), "a pause is no fault");
}

#[tokio::test]
async fn a_pause_that_nobody_can_read_pauses_nothing() {
    let jawort = Jawort::start().await;
    for body in [json!({ "paused": "yes" }), json!({ "pause": true }), json!({}), json!([]), json!(null)] {
        jawort.owner(Method::POST, "/v1/pause", Some(body)).await.problem(400, "malformed");
    }
    let form = jawort.post("/v1/pause").bearer_auth(jawort.owner_token()).form(&[("paused", "true")]);
    Answer::of(form).await.problem(415, "media-type");
    for method in [Method::GET, Method::POST] {
        Answer::of(jawort.request(method, "/v1/pause")).await.problem(401, "unauthorized");
    }
    jawort.ask_and_get("newsletter", &number(1), 1).await;
    assert_eq!(pause(&jawort, true).await["paused"], true);
    jawort.ask("newsletter", &number(2)).await;
    jawort.no_more_than(&number(2), 0).await;
}

#[tokio::test]
async fn beyond_the_budget_messages_wait_for_the_next_day() {
    let (provider, receiver) = (Provider::start().await, Receiver::start().await);
    let mut jawort = edge(&provider, &receiver, json!({})).await;
    let people = people(&provider, &jawort, 3).await;
    let parts = |sms: &tests::Taken| shared::sms::measure(&sms.text).segments;
    let spent: usize = provider.taken().iter().map(parts).sum();
    let one = jawort.order(&people[0], "marketing", "Heute neu").await;
    jawort.reaches(&one, "sent").await;
    let budget = spent + parts(&provider.sms(4).await);
    jawort
        .try_settings(|settings| set(settings, &provider, &receiver, &json!({ "per_day": budget })))
        .await
        .expect(200);
    let ids = order(&jawort, &people[1..]).await;
    let told = receiver.wait_for(1).await[0].json();
    assert_eq!(told["data"], json!({ "gateway": "twilio", "reason": "over_budget" }));
    stands(&jawort, json!({ "state": "stopped", "reason": "over_budget" })).await;
    jawort.crash();
    jawort.ask("newsletter", &number(4)).await;
    no_more_calls_than(&provider, 4).await;
    jawort.bring("SMin", &people[2], "STOP").await.expect(200);
    assert!(provider.sms(5).await.text.contains("keine"), "the acknowledgement");

    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_secs();
    later(&jawort, &[1, 2, 3, 4].map(number), DAY - now % DAY + 5).await;
    provider.sms(7).await;
    jawort.reaches(&ids[0], "sent").await;
    assert_eq!(jawort.reaches(&ids[1], "failed").await["reason"], "no_consent");
    stands(&jawort, json!({ "state": "ok", "reason": null })).await;
    assert_eq!(receiver.ids().len(), 1, "told once");
}

#[tokio::test]
async fn who_says_stop_while_waiting_gets_the_acknowledgement_alone() {
    let (provider, receiver) = (Provider::start().await, Receiver::start().await);
    let jawort = edge(&provider, &receiver, json!({ "per_second": 1 })).await;
    let people = people(&provider, &jawort, 2).await;
    provider.does(CREDENTIALS);
    let ids = order(&jawort, &people).await;
    receiver.wait_for(1).await;
    jawort.bring("SMin", &people[0], "STOP").await.expect(200);
    no_more_calls_than(&provider, 3).await;
    provider.does(Behaviour::Take);
    later(&jawort, &people, MINUTE).await;
    provider.sms(4).await;
    provider.no_more_than(4).await;
    let to_first: Vec<_> = provider.taken().into_iter().filter(|sms| sms.to == people[0]).collect();
    assert!(to_first.len() == 2 && to_first[1].text.contains("keine"), "{to_first:?}");
    assert_eq!(jawort.reaches(&ids[0], "failed").await["reason"], "no_consent");
}

#[tokio::test]
async fn what_waits_for_its_turn_too_long_is_told_as_expired() {
    let (provider, receiver) = (Provider::start().await, Receiver::start().await);
    let jawort = edge(&provider, &receiver, json!({})).await;
    let people = people(&provider, &jawort, 1).await;
    pause(&jawort, true).await;
    let ids = order(&jawort, &people).await;
    later(&jawort, &people, HOUR).await;
    later(&jawort, &people, DAY).await;
    assert_eq!(jawort.reaches(&ids[0], "failed").await["reason"], "expired");
    assert_eq!(provider.calls(), 1);
}
