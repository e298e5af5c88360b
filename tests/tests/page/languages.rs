//! The whole way in English.

use tests::{number, typed};

use crate::shop::Shop;

#[tokio::test]
async fn the_whole_way_speaks_english() {
    let shop = Shop::open(&[]).await;
    let (jawort, browser) = (&shop.jawort, &shop.browser);
    shop.goto("/en.html").await;
    let form = browser.form().await;
    form.click(".jw-submit").await;
    browser.until_focused("jw-summary").await;
    assert!(form.text(".jw-summary").await.contains("Enter your mobile number"));
    form.fill_and_send(&typed(&number(42))).await;
    form.see("#jw-done-title").await;
    assert_eq!(form.text("#jw-done-title").await, "Almost done");
    assert!(form.text(".jw-next").await.contains("ending in 42"));
    let sms = jawort.sms(&number(42), 1).await;
    assert!(sms.text.contains("Would you like offers on house plants"), "{}", sms.text);

    browser.goto(&sms.link().0).await;
    assert_eq!(browser.js("return document.documentElement.lang").await, "en");
    browser.find(".answer button.main").await.click().await.unwrap();
    browser.find("h1.done").await;
    assert_eq!(jawort.standing(&number(42), "marketing").await, "allowed");
    jawort.message(&number(42), "marketing", "Ferns today").await.expect(202);
    jawort.sms(&number(42), 2).await;
    let events = jawort.overview(&number(42)).await["events"].to_string();
    assert!(events.contains("offers and discount codes for house plants"), "{events}");
}
