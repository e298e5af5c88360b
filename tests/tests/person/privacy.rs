//! What is not kept of a person: where they came from, and their number in a log.

use serde_json::json;
use tests::{Jawort, number};

#[tokio::test]
async fn of_the_page_that_asked_only_the_campaign_is_kept() {
    let jawort = Jawort::start().await;
    jawort.consent("newsletter", &number(1)).await;
    let events = jawort.overview(&number(1)).await["events"].to_string();
    assert!(!events.contains("secret"), "{events}");
    assert!(!events.contains("utm_campaign"), "the page is a commitment: {events}");
    assert!(events.contains("\"name\":\"page\""), "{events}");
}

#[tokio::test]
async fn nobodys_number_is_in_the_log_after_the_whole_way() {
    let mut jawort = Jawort::start().await;
    let link = jawort.consent("shop", &number(1)).await;
    jawort.message(&number(1), "marketing", "Hallo").await.expect(202);
    jawort.sms(&number(1), 2).await;
    jawort.reply(&number(1), "INFO").await;
    let fresh = jawort.sms(&number(1), 3).await.link();
    jawort.tap(&link, &[("action", "withdraw")]).await.page(200);
    jawort.tap(&fresh, &[("action", "erase"), ("understood", "yes")]).await;
    let mut body = jawort.submission("newsletter", &number(2)).await;
    body["number"] = json!(format!("{}000", number(2)));
    jawort.submit(&body).await.problem(422, "fields");
    jawort.restart();
    jawort.assert_log_is_clean();
    // The look itself finds what it looks for.
    let line = format!("sent to {}", tests::typed(&number(1)));
    assert!(tests::has_number(&line) && tests::has_number(&number(2)));
}
