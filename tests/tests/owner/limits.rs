//! Limits against floods: to whoever reaches one all looks well, and only the owner learns of it.

use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::{Value, json};
use tests::{Answer, Hosted, Jawort, hidden, number};

async fn limited(limits: Value) -> Jawort {
    let jawort = Jawort::start().await;
    let changed = jawort.try_settings(|settings| {
        for (name, value) in limits.as_object().unwrap() {
            settings["limits"][name] = value.clone();
        }
    });
    changed.await.expect(200);
    jawort
}

async fn today(jawort: &Jawort) -> (u64, u64) {
    let stats = jawort.owner(Method::GET, "/v1/stats?form=newsletter", None).await.expect(200).json();
    let days = stats["days"].as_array().unwrap();
    assert_eq!(days.len(), 1, "{stats}");
    (days[0]["submitted"].as_u64().unwrap(), days[0]["limited"].as_u64().unwrap())
}

#[tokio::test]
async fn a_network_gets_no_more_than_its_share_of_an_hour() {
    let jawort = limited(json!({ "network_per_hour": 2 })).await;
    for n in [1, 2] {
        jawort.ask_and_get("newsletter", &number(n), 1).await;
    }
    jawort.ask("newsletter", &number(3)).await;
    jawort.knows_nothing_of(&number(3)).await;
    jawort.no_more_than(&number(3), 0).await;
    jawort.turn(3600).await;
    jawort.ask_and_get("newsletter", &number(3), 1).await;
}

#[tokio::test]
async fn stats_are_of_the_days_that_were_asked_for() {
    let jawort = Jawort::start().await;
    jawort.ask_and_get("newsletter", &number(1), 1).await;
    jawort.turn(tests::DAY).await;
    jawort.ask_and_get("newsletter", &number(2), 1).await;
    let stats = async |query: &str| {
        let path = format!("/v1/stats?form=newsletter{query}");
        let stats = jawort.owner(Method::GET, &path, None).await.expect(200).json();
        let days = stats["days"].as_array().unwrap().iter();
        days.map(|day| day["day"].as_str().unwrap()[..10].to_owned()).collect::<Vec<_>>()
    };
    let all = stats("").await;
    let [first, second] = all.as_slice() else { panic!("{all:?}") };
    assert_eq!(stats(&format!("&from={first}&to={second}")).await, all);
    assert_eq!(stats(&format!("&from={second}")).await, std::slice::from_ref(second));
    assert_eq!(stats(&format!("&to={first}")).await, std::slice::from_ref(first));
    assert_eq!(stats("&to=2020-01-01").await, [""; 0]);
    for (query, field, reason) in [
        ("form=newsletter&campaign=nosuch", "campaign", "unknown_parameter"),
        ("form=newsletter&from=2026-13-01", "from", "value"),
        ("form=newsletter&from=yesterday", "from", "value"),
        ("form=newsletter&from=2026-02-01&to=2026-01-31", "to", "order"),
        ("form=newsletter&form=shop", "form", "twice"),
        ("", "form", "missing"),
    ] {
        let problem = jawort.owner(Method::GET, &format!("/v1/stats?{query}"), None).await.problem(422, "fields");
        let error = &problem["errors"][0];
        assert_eq!((&error["field"], &error["reason"]), (&json!(field), &json!(reason)), "{query}");
    }
    jawort.owner(Method::GET, "/v1/stats?form=raffle", None).await.problem(404, "not-found");
}

#[tokio::test]
async fn neighbouring_numbers_get_no_more_than_their_share_and_others_are_not_touched() {
    let jawort = limited(json!({ "prefix_per_hour": 2 })).await;
    for n in [1, 2] {
        jawort.ask_and_get("newsletter", &number(n), 1).await;
    }
    jawort.ask("newsletter", &number(3)).await;
    jawort.no_more_than(&number(3), 0).await;
    jawort.ask_and_get("newsletter", "+4915228817386", 1).await;
}

#[tokio::test]
async fn beyond_a_forms_day_all_looks_well_and_the_owner_sees_it() {
    let jawort = limited(json!({ "form_per_day": 0 })).await;
    for n in 1..=3 {
        jawort.ask("newsletter", &number(n)).await;
        jawort.knows_nothing_of(&number(n)).await;
    }
    let page = Hosted::fill(&jawort, "newsletter", &number(4)).await.post(&jawort).await.page(200);
    assert!(page.contains("Fast geschafft"), "{page}");
    jawort.no_more_than(&number(4), 0).await;
    assert_eq!(today(&jawort).await, (0, 4));
}

#[tokio::test]
async fn forms_without_javascript_have_a_share_of_their_own() {
    let jawort = limited(json!({ "without_script_percent": 0 })).await;
    Hosted::fill(&jawort, "newsletter", &number(1)).await.post(&jawort).await.page(200);
    jawort.no_more_than(&number(1), 0).await;
    jawort.ask_and_get("newsletter", &number(2), 1).await;
    assert_eq!(today(&jawort).await, (1, 1));
}

#[tokio::test]
async fn what_another_limit_held_back_is_counted_too() {
    let jawort = limited(json!({ "network_per_hour": 1 })).await;
    jawort.ask_and_get("newsletter", &number(1), 1).await;
    jawort.ask("newsletter", &number(2)).await;
    assert_eq!(today(&jawort).await, (1, 1));
}

/// Sends a filled form from a network.
async fn post_from(jawort: &Jawort, filled: &Hosted, network: &str) {
    let headers = [("origin", jawort.url()), ("sec-fetch-site", "same-origin"), ("cf-connecting-ip", network)];
    filled.post_from(jawort, &headers).await.page(200);
}

#[tokio::test]
async fn a_flood_from_one_network_leaves_the_form_to_others() {
    // One a day for each shard of the form; which one a submission meets is random.
    let limits = json!({ "network_per_hour": 1, "prefix_per_hour": 1000, "form_per_day": 8,
        "without_script_percent": 100 });
    let jawort = limited(limits).await;
    let mut all = Vec::new();
    for n in 0..30 {
        all.push(Hosted::fill(&jawort, "newsletter", &number(n)).await);
    }
    for filled in &all {
        post_from(&jawort, filled, "192.0.2.7").await;
    }
    assert_eq!(today(&jawort).await, (1, 29));
    // Of the eight shards seven have their one left: half of these are enough to show it.
    let mut sent = 0;
    for n in 30..46 {
        let filled = Hosted::fill(&jawort, "newsletter", &number(n)).await;
        post_from(&jawort, &filled, &format!("198.51.{n}.1")).await;
        sent += usize::from(!jawort.overview(&number(n)).await["pending"].as_array().unwrap().is_empty());
    }
    assert!(sent >= 3, "{sent}");
}

/// Types a number on `/m` from a network.
async fn type_from(jawort: &Jawort, number: &str, network: &str) {
    let page = Answer::of(jawort.get("/m").header("cf-connecting-ip", network)).await.page(200);
    jawort.turn(4).await;
    let fields = [("number", number), ("stamp", &hidden(&page, "stamp").unwrap()), ("website", "")];
    let post = jawort.post("/m").header("cf-connecting-ip", network).form(&fields);
    let page = Answer::of(post).await.page(200);
    assert!(page.contains("Schauen Sie jetzt auf Ihr Handy"), "{page}");
}

#[tokio::test]
async fn numbers_that_nobody_knows_use_up_nobodys_links() {
    let limits = json!({ "links_per_day": 8, "network_per_hour": 100, "prefix_per_hour": 1000, "form_per_day": 8 });
    let jawort = limited(limits).await;
    jawort.consent("newsletter", &number(1)).await;
    for n in 50..90 {
        type_from(&jawort, &number(n), &format!("198.51.{n}.1")).await;
    }
    type_from(&jawort, &number(1), "192.0.2.7").await;
    jawort.sms(&number(1), 2).await;
}

#[tokio::test]
async fn numbers_that_are_typed_use_up_no_forms_destination() {
    let jawort = limited(json!({ "prefix_per_hour": 2 })).await;
    jawort.consent("newsletter", &number(1)).await;
    for n in 10..16 {
        type_from(&jawort, &number(n), "192.0.2.7").await;
    }
    type_from(&jawort, &number(1), "192.0.2.7").await;
    jawort.sms(&number(1), 2).await;
    jawort.ask_and_get("newsletter", &number(2), 1).await;
}

#[tokio::test]
async fn fresh_links_have_a_day_of_their_own() {
    let jawort = limited(json!({ "links_per_day": 0 })).await;
    jawort.consent("newsletter", &number(1)).await;
    type_from(&jawort, &number(1), "192.0.2.7").await;
    jawort.no_more_than(&number(1), 1).await;
    jawort.try_settings(|all| all["limits"]["links_per_day"] = json!(8)).await.expect(200);
    jawort.try_settings(|all| all["limits"]["form_per_day"] = json!(0)).await.expect(200);
    type_from(&jawort, &number(1), "192.0.2.7").await;
    jawort.sms(&number(1), 2).await;
}

#[tokio::test]
async fn a_crash_forgets_no_more_than_five_seconds_of_what_was_counted() {
    let limits = json!({ "network_per_hour": 1000, "prefix_per_hour": 1000, "without_script_percent": 100 });
    let mut jawort = limited(limits).await;
    let mut all = Vec::new();
    for n in 0..90 {
        all.push(Hosted::fill(&jawort, "newsletter", &number(n)).await);
    }
    let mut times = Vec::new();
    for filled in &all {
        filled.post(&jawort).await.page(200);
        times.push(Instant::now());
        tokio::time::sleep(Duration::from_millis(150)).await;
    }
    let crashed = Instant::now();
    jawort.crash();
    let old = times.iter().filter(|at| crashed.duration_since(**at) > Duration::from_secs(6)).count() as u64;
    assert!(old > 20, "{old}");
    let (submitted, _) = today(&jawort).await;
    assert!(submitted >= old, "{submitted} of {old}");
}
