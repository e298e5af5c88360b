//! The thank-you after a yes, where the owner promises one.

use reqwest::Method;
use serde_json::{Value, json};
use tests::{Behaviour, HOUR, Jawort, Provider, Receiver, number};

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
    assert!(welcome.starts_with("Blattwerk: Danke! Ihr Code: FARN10\n") && welcome.contains("STOP"), "{welcome}");
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
    jawort.add_codes("marketing", &["EINS", "ZWEI"]).await;
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
    jawort.sms(&number(1), 4).await;
    jawort.turn(90).await;
    let link = jawort.ask_and_get("newsletter", &number(1), 5).await;
    jawort.tap(&link, &[("action", "confirm")]).await.page(200);
    jawort.no_more_than(&number(1), 5).await;
    let state = jawort.owner(Method::GET, "/v1/rewards/marketing", None).await.expect(200).json();
    assert_eq!((&state["left"], &state["taken"]), (&json!(0), &json!(2)));
}

#[tokio::test]
async fn no_erasure_brings_a_second_code() {
    let jawort = Jawort::start().await;
    let pool = reward(json!({ "pool": { "warn_at": 0 } }));
    jawort.put_settings(|settings| settings["purposes"][0]["reward"] = pool).await;
    jawort.add_codes("marketing", &["EINS", "ZWEI", "DREI"]).await;
    jawort.consent("newsletter", &number(1)).await;
    assert!(jawort.sms(&number(1), 2).await.text.contains("EINS"));
    let mut count = 2;
    for round in 0..2 {
        jawort.reply(&number(1), "INFO").await;
        let fresh = jawort.sms(&number(1), count + 1).await.link();
        let erased = jawort.tap(&fresh, &[("action", "erase"), ("understood", "yes")]).await.page(200);
        assert!(erased.contains("gelöscht"), "{erased}");
        jawort.quiet().await;
        jawort.reply(&number(1), "START").await;
        jawort.sms(&number(1), count + 2).await;
        let link = jawort.ask_and_get("newsletter", &number(1), count + 3).await;
        let page = jawort.tap(&link, &[("action", "confirm")]).await.page(200);
        assert!(["EINS", "ZWEI", "DREI"].iter().all(|code| !page.contains(code)), "round {round}: {page}");
        jawort.no_more_than(&number(1), count + 3).await;
        // A refilled pool is another pool of the same reward.
        jawort.add_codes("marketing", &[format!("VIER-{round}")]).await;
        count += 3;
        // A START is answered once a day.
        jawort.later(&number(1), 25 * HOUR).await;
    }
    let state = jawort.owner(Method::GET, "/v1/rewards/marketing", None).await.expect(200).json();
    assert_eq!((&state["left"], &state["taken"]), (&json!(4), &json!(1)));
    jawort.consent("newsletter", &number(2)).await;
    assert!(jawort.sms(&number(2), 2).await.text.contains("ZWEI"), "others get theirs");
}

#[tokio::test]
async fn an_empty_pool_makes_the_welcome_wait_and_stops_no_consent() {
    let receiver = Receiver::start().await;
    let jawort = Jawort::start_with(&[Receiver::VAR]).await;
    jawort
        .put_settings(|settings| {
            settings["purposes"][0]["reward"] = reward(json!({ "pool": { "warn_at": 1 } }));
            settings["webhooks"] = json!([receiver.webhook()]);
            settings["webhooks"][0]["events"] = json!(["reward.low"]);
        })
        .await;
    jawort.add_codes("marketing", &["EINS"]).await;
    jawort.consent("newsletter", &number(1)).await;
    jawort.sms(&number(1), 2).await;
    receiver.wait_for(1).await;
    let told: Vec<_> = receiver.received().iter().map(|it| it.json()).collect();
    assert_eq!(told.len(), 1);
    assert_eq!((&told[0]["type"], &told[0]["data"]["purpose"]), (&json!("reward.low"), &json!("marketing")));
    jawort.consent("newsletter", &number(2)).await;
    jawort.no_more_than(&number(2), 1).await;
    assert_eq!(jawort.standing(&number(2), "marketing").await, "allowed");
    jawort.add_codes("marketing", &["ZWEI"]).await;
    jawort.later(&number(2), 3700).await;
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
    jawort.later(&number(1), HOUR).await;
    provider.no_more_than(1).await;
}
