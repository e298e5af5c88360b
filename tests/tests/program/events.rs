//! What the owner's program is told of real people.

use serde_json::{Value, json};
use tests::{Behaviour, DAY, Jawort, Provider, Receiver, number};

use crate::api_description::{assert_described, described};

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
    let secrets = [Receiver::VAR, Provider::VAR];
    let jawort = Jawort::start_with(&secrets).await;
    jawort
        .put_settings(|settings| {
            provider.serve(settings);
            settings["webhooks"] = json!([receiver.webhook()]);
        })
        .await;
    provider.consent(&jawort, &number(1)).await;
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
    let api = described(&jawort).await;
    for it in receiver.received() {
        assert_described(&api, &it);
        assert!(!tests::has_number(&it.body), "{}", it.body);
        assert_eq!(it.json()["data"]["subject"], jawort.overview(&number(1)).await["subject"], "{}", it.body);
    }
}

#[tokio::test]
async fn the_number_is_told_only_where_the_owner_asks_for_it() {
    let receiver = Receiver::start().await;
    let jawort = Jawort::start_with(&[Receiver::VAR]).await;
    jawort
        .put_settings(|settings| {
            settings["webhooks"] = json!([receiver.webhook()]);
            settings["webhooks"][0]["include_number"] = json!(true);
            settings["webhooks"][0]["events"] = json!(["consent.confirmed", "consent.lapsed"]);
        })
        .await;
    jawort.consent("newsletter", &number(1)).await;
    receiver.wait_for(1).await;
    assert_eq!(told(&receiver, "number"), [("consent.confirmed".to_owned(), json!(number(1)))]);
    jawort.later(&number(1), 600 * DAY).await;
    receiver.wait_for(2).await;
    assert_eq!(told(&receiver, "purpose")[1], ("consent.lapsed".to_owned(), json!("marketing")));
    let api = described(&jawort).await;
    receiver.received().iter().for_each(|it| assert_described(&api, it));
}
