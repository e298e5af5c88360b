//! What the owner's program is told of real people, and the thank-you that they get.

use reqwest::Method;
use serde_json::{Value, json};
use tests::{Behaviour, Jawort, Provider, Receiver, number};

const SECRET: (&str, &str) = ("JAWORT_WEBHOOK_SHOP_SECRET", Receiver::SECRET);

fn webhook(receiver: &Receiver) -> Value {
    json!([{ "id": "shop", "url": receiver.url() }])
}

/// What the program was told, of each its type and a part of its data.
fn told(receiver: &Receiver, part: &str) -> Vec<(String, Value)> {
    let all = receiver.received();
    let json = all.iter().map(|it| it.json());
    json.map(|it| (it["type"].as_str().unwrap().to_owned(), it["data"][part].clone())).collect()
}

#[tokio::test]
async fn a_program_is_told_what_happens_in_its_order_and_without_the_number() {
    let receiver = Receiver::start().await;
    let provider = Provider::start().await;
    let secrets = [SECRET, ("JAWORT_TWILIO_AUTH_TOKEN", tests::AUTH_TOKEN)];
    let jawort = Jawort::start_with(&secrets).await;
    jawort
        .put_settings(|settings| {
            provider.serve(settings);
            settings["webhooks"] = webhook(&receiver);
        })
        .await;
    jawort.ask("newsletter", &number(1)).await;
    let link = provider.sms(1).await.link();
    jawort.tap(&link, &[("action", "confirm")]).await.page(200);
    provider.plan([Behaviour::Take, Behaviour::Refuse(400, 21614)]);
    jawort.message(&number(1), "marketing", "Neues 1").await.expect(202);
    jawort.report(&provider.sms(2).await, "delivered", None).await.expect(200);
    jawort.message(&number(1), "marketing", "Neues 2").await.expect(202);
    receiver.wait_for(4).await;
    jawort.bring("SM1", &number(1), "STOP").await.expect(200);
    receiver.wait_for(5).await;
    let kinds: Vec<_> = told(&receiver, "purpose").into_iter().map(|(kind, _)| kind).collect();
    let expected =
        ["consent.requested", "consent.confirmed", "message.delivered", "message.failed", "consent.withdrawn"];
    assert_eq!(kinds[..5], expected);
    assert!(told(&receiver, "reason").contains(&("message.failed".to_owned(), json!("not_mobile"))));
    // "booking" was never agreed to and is stopped all the same.
    receiver.wait_for(6).await;
    let withdrawn: Vec<_> = told(&receiver, "purpose").into_iter().skip(4).map(|(_, purpose)| purpose).collect();
    assert!(withdrawn.contains(&json!("marketing")) && withdrawn.contains(&json!("booking")), "{withdrawn:?}");
    for it in receiver.received() {
        assert!(!tests::has_number(&it.body), "{}", it.body);
        assert_eq!(it.json()["data"]["subject"], jawort.overview(&number(1)).await["subject"], "{}", it.body);
    }
}

#[tokio::test]
async fn the_number_is_told_only_where_the_owner_asks_for_it() {
    let receiver = Receiver::start().await;
    let jawort = Jawort::start_with(&[SECRET]).await;
    jawort
        .put_settings(|settings| {
            settings["webhooks"] = webhook(&receiver);
            settings["webhooks"][0]["include_number"] = json!(true);
            settings["webhooks"][0]["events"] = json!(["consent.confirmed", "consent.lapsed"]);
        })
        .await;
    jawort.consent("newsletter", &number(1)).await;
    receiver.wait_for(1).await;
    assert_eq!(told(&receiver, "number"), [("consent.confirmed".to_owned(), json!(number(1)))]);
    jawort.turn(600 * 24 * 3600).await;
    jawort.check(&number(1), "marketing").await;
    receiver.wait_for(2).await;
    assert_eq!(told(&receiver, "purpose")[1], ("consent.lapsed".to_owned(), json!("marketing")));
}

fn reward(code: Value) -> Value {
    json!({
        "text": { "de": "Danke! Ihr Code: {code}", "en": "Thank you! Your code: {code}" },
        "conditions": {
            "de": "10 % Rabatt auf einen Einkauf bis Ende 2027.", "en": "10 % off one purchase until the end of 2027.",
        },
        "code": code,
    })
}

#[tokio::test]
async fn a_reward_is_announced_with_its_conditions_and_comes_after_the_yes_only() {
    let jawort = Jawort::start().await;
    jawort.put_settings(|settings| settings["purposes"][0]["reward"] = reward(json!({ "fixed": "FARN10" }))).await;
    let form = jawort.get("/v1/forms/newsletter?lang=de").send().await.unwrap().text().await.unwrap();
    assert!(form.contains("10 % Rabatt auf einen Einkauf bis Ende 2027.") && !form.contains("FARN10"), "{form}");
    let link = jawort.ask_and_get("newsletter", &number(1), 1).await;
    let asking = jawort.sms(&number(1), 1).await.text;
    assert!(!asking.contains("FARN10") && !asking.contains("Rabatt"), "{asking}");
    let page = jawort.open(&link).await.page(200);
    assert!(page.contains("10 % Rabatt auf einen Einkauf") && !page.contains("FARN10"), "{page}");
    let page = jawort.tap(&link, &[("action", "confirm")]).await.page(200);
    assert!(page.contains("Danke! Ihr Code: FARN10"), "{page}");
    let welcome = jawort.sms(&number(1), 2).await.text;
    assert!(welcome.starts_with("Danke! Ihr Code: FARN10\n") && welcome.contains("STOP"), "{welcome}");
    // It is one of the four a month that were promised.
    for _ in 0..3 {
        jawort.message(&number(1), "marketing", "Neues").await.expect(202);
    }
    jawort.message(&number(1), "marketing", "Neues").await.problem(403, "frequency-exceeded");
}

#[tokio::test]
async fn everybody_gets_one_code_of_the_pool_and_nobody_two() {
    let jawort = Jawort::start().await;
    let pool = reward(json!({ "pool": { "warn_at": 1 } }));
    jawort.put_settings(|settings| settings["purposes"][0]["reward"] = pool).await;
    let codes = json!({ "codes": ["EINS", "ZWEI"] });
    jawort.owner(Method::POST, "/v1/rewards/marketing", Some(codes)).await.expect(200);
    let mut got = Vec::new();
    for n in 1..=2 {
        let link = jawort.ask_and_get("newsletter", &number(n), 1).await;
        let page = jawort.tap(&link, &[("action", "confirm")]).await.page(200);
        let welcome = jawort.sms(&number(n), 2).await.text;
        let code = ["EINS", "ZWEI"].into_iter().find(|code| welcome.contains(code)).unwrap();
        assert!(page.contains(code), "the page shows what the SMS brings: {page}");
        got.push(code);
    }
    assert_ne!(got[0], got[1]);
    // Whoever leaves and comes back has had theirs.
    let link = jawort.sms(&number(1), 2).await;
    assert!(link.text.contains("STOP"));
    jawort.reply(&number(1), "STOP").await;
    jawort.sms(&number(1), 3).await;
    jawort.reply(&number(1), "START").await;
    jawort.turn(90).await;
    let link = jawort.ask_and_get("newsletter", &number(1), 4).await;
    jawort.tap(&link, &[("action", "confirm")]).await.page(200);
    jawort.no_more_than(&number(1), 4).await;
    let state = jawort.owner(Method::GET, "/v1/rewards/marketing", None).await.expect(200).json();
    assert_eq!((&state["left"], &state["taken"]), (&json!(0), &json!(2)));
}

#[tokio::test]
async fn an_empty_pool_makes_the_welcome_wait_and_stops_no_consent() {
    let receiver = Receiver::start().await;
    let jawort = Jawort::start_with(&[SECRET]).await;
    jawort
        .put_settings(|settings| {
            settings["purposes"][0]["reward"] = reward(json!({ "pool": { "warn_at": 1 } }));
            settings["webhooks"] = webhook(&receiver);
            settings["webhooks"][0]["events"] = json!(["reward.low"]);
        })
        .await;
    let add = |code: &str| json!({ "codes": [code] });
    jawort.owner(Method::POST, "/v1/rewards/marketing", Some(add("EINS"))).await.expect(200);
    jawort.consent("newsletter", &number(1)).await;
    jawort.sms(&number(1), 2).await;
    receiver.wait_for(1).await;
    assert_eq!(told(&receiver, "purpose"), [("reward.low".to_owned(), json!("marketing"))]);
    jawort.consent("newsletter", &number(2)).await;
    jawort.no_more_than(&number(2), 1).await;
    assert_eq!(jawort.standing(&number(2), "marketing").await, "allowed");
    jawort.owner(Method::POST, "/v1/rewards/marketing", Some(add("ZWEI"))).await.expect(200);
    jawort.turn(3700).await;
    jawort.check(&number(2), "marketing").await;
    assert!(jawort.sms(&number(2), 2).await.text.contains("ZWEI"));
}

#[tokio::test]
async fn a_withdrawal_before_the_welcome_keeps_it_in() {
    let provider = Provider::start().await;
    let jawort = provider.edge().await;
    jawort
        .put_settings(|settings| {
            provider.serve(settings);
            settings["purposes"][0]["reward"] = reward(json!({ "fixed": "FARN10" }));
        })
        .await;
    jawort.ask("newsletter", &number(1)).await;
    let link = provider.sms(1).await.link();
    provider.plan((0..9).map(|_| Behaviour::Refuse(500, 20500)));
    jawort.tap(&link, &[("action", "confirm")]).await.page(200);
    provider.asked(2).await;
    jawort.tap(&link, &[("action", "withdraw")]).await.page(200);
    provider.plan([]);
    jawort.turn(3600).await;
    jawort.check(&number(1), "marketing").await;
    provider.no_more_than(1).await;
}
