//! An objection ends all advertising, asked for or not, and nothing else (L26).

use serde_json::json;
use tests::{DAY, Jawort, Link, number};

/// Three purposes, two of which advertise: the person has booking and marketing, and is asked for tips.
async fn person(jawort: &Jawort) -> (Link, Link) {
    jawort.declare("tips", json!({ "max": 1, "period": "week" })).await;
    jawort.put_form("newsletter", |draft| draft["purposes"] = json!(["tips"])).await;
    let given = jawort.consent("shop", &number(1)).await;
    let asked = jawort.ask_and_get("newsletter", &number(1), 2).await;
    (given, asked)
}

async fn only_booking_is_left(jawort: &Jawort) {
    for (purpose, standing) in [("marketing", "objected"), ("tips", "objected"), ("booking", "allowed")] {
        assert_eq!(jawort.standing(&number(1), purpose).await, standing, "{purpose}");
    }
    jawort.message(&number(1), "booking", "Bis morgen!").await.expect(202);
    for purpose in ["marketing", "tips"] {
        jawort.message(&number(1), purpose, "Neu!").await.problem(403, "no-consent");
    }
}

#[tokio::test]
async fn one_button_ends_all_advertising_and_nothing_else() {
    let jawort = Jawort::start().await;
    let (given, asked) = person(&jawort).await;
    let page = jawort.open(&given).await.page(200);
    assert_eq!(page.matches("value=\"object\"").count(), 1, "{page}");
    assert!(page.contains("Keine Werbung mehr von Blattwerk"), "{page}");
    // Whatever purpose a post names.
    let page = jawort.tap(&given, &[("action", "object"), ("purpose", "booking")]).await.page(200);
    assert!(page.contains("Sie bekommen keine Werbung mehr") && !page.contains("value=\"object\""), "{page}");
    only_booking_is_left(&jawort).await;
    // What waited for a yes waits no more.
    let page = jawort.tap(&asked, &[("action", "confirm")]).await.page(200);
    assert!(!page.contains("Danke, Sie sind angemeldet"), "{page}");
    only_booking_is_left(&jawort).await;
    // A tap on their own page needs no SMS.
    jawort.sms(&number(1), 4).await;
    jawort.no_more_than(&number(1), 4).await;
}

#[tokio::test]
async fn by_a_fresh_link_it_is_the_same() {
    let jawort = Jawort::start().await;
    person(&jawort).await;
    jawort.reply(&number(1), "INFO").await;
    let fresh = jawort.sms(&number(1), 3).await.link();
    let page = jawort.open(&fresh).await.page(200);
    assert_eq!(page.matches("value=\"object\"").count(), 1, "{page}");
    let page = jawort.tap(&fresh, &[("action", "object")]).await.page(200);
    assert!(!page.contains("value=\"object\""), "{page}");
    only_booking_is_left(&jawort).await;
}

#[tokio::test]
async fn it_is_on_record_once_for_each_purpose() {
    let jawort = Jawort::start().await;
    let (given, _) = person(&jawort).await;
    for _ in 0..3 {
        jawort.tap(&given, &[("action", "object")]).await.page(200);
    }
    for (purpose, kinds) in
        [("marketing", &["given", "objected"][..]), ("tips", &["objected"]), ("booking", &["given"])]
    {
        let chain = jawort.chain(&number(1), purpose).await;
        let found: Vec<_> = chain.iter().map(|it| json!(it.event.happened)["kind"].clone()).collect();
        assert_eq!(found, kinds, "{purpose}");
    }
}

#[tokio::test]
async fn only_the_person_lifts_it() {
    let jawort = Jawort::start().await;
    let (given, _) = person(&jawort).await;
    jawort.tap(&given, &[("action", "object")]).await.page(200);
    jawort.turn(400 * DAY).await;
    // Nothing of the owner's, and nobody at a web page.
    jawort.declare("tips", json!({ "max": 1, "period": "month" })).await;
    jawort.ask("shop", &number(1)).await;
    jawort.no_more_than(&number(1), 2).await;
    jawort.tap(&given, &[("action", "allow")]).await.page(200);
    assert_eq!(jawort.standing(&number(1), "marketing").await, "objected", "that is no yes");
    let link = jawort.ask_and_get("shop", &number(1), 3).await;
    jawort.tap(&link, &[("action", "confirm")]).await.page(200);
    assert_eq!(jawort.standing(&number(1), "marketing").await, "allowed");
    // What was never given is on record for a month; what keeps it away stays as long as nobody lifts it.
    assert_eq!(jawort.standing(&number(1), "tips").await, "unknown");
}
