//! How a gateway is declared: the examples of the documentation work, and what is wrong is refused.

use serde_json::json;
use shared::{address::Reach, gateway::Gateway};
use tests::{Jawort, Provider};

use crate::every_provider::cases;

#[test]
fn every_example_of_the_documentation_passes_the_lint() {
    let page = include_str!("../../../docs/gateways.md");
    let blocks: Vec<_> = page.split("```json\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert!(blocks.len() >= 6, "{} examples", blocks.len());
    for block in blocks {
        let gateway: Gateway = serde_json::from_str(block).unwrap_or_else(|error| panic!("{error}\n{block}"));
        assert_eq!(gateway.lint(Reach::Internet), [], "{block}");
    }
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
        let answer = jawort.try_settings(|settings| {
            provider.serve(settings);
            spoil(settings);
        });
        let rules: Vec<_> = answer.await.violations().into_iter().map(|(_, broken)| broken).collect();
        assert_eq!(rules, [rule]);
    }
    let answer = jawort.try_settings(|settings| {
        provider.serve(settings);
        settings["gateways"][0]["colour"] = json!("green");
    });
    answer.await.problem(400, "malformed");
}

#[tokio::test]
async fn a_description_of_a_gateway_that_says_what_nobody_knows_is_refused() {
    let case = cases().pop().unwrap();
    let jawort = Jawort::start().await;
    for (path, value) in [("/colour", json!("green")), ("/send/retry", json!(3)), ("/status/when_done", json!(1))] {
        let mut gateway = case.gateway.clone();
        gateway["send"]["url"] = json!("https://gateway.example.com/sms");
        let (parent, name) = path.rsplit_once('/').unwrap();
        gateway.pointer_mut(parent).unwrap()[name] = value;
        let answer = jawort.try_settings(|settings| settings["gateways"] = json!([gateway])).await;
        let problem = answer.problem(400, "malformed");
        assert!(problem["detail"].as_str().unwrap().contains(name), "{problem}");
    }
}
