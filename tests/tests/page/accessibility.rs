//! axe finds nothing wrong with any page, in light and in dark.

use serde_json::Value;
use tests::{browser::Setting, number, typed};

use crate::shop::Shop;

async fn every_page(settings: &[Setting]) {
    let shop = Shop::open(settings).await;
    let (jawort, browser) = (&shop.jawort, &shop.browser);
    let nothing = Vec::<Value>::new();

    shop.goto("/booking.html").await;
    let form = browser.form().await;
    assert_eq!(browser.violations().await, nothing, "the form");
    form.click(".jw-submit").await;
    browser.until_focused("jw-summary").await;
    assert_eq!(browser.violations().await, nothing, "errors");
    form.fill_and_send(&typed(&number(1))).await;
    form.see("#jw-done-title").await;
    assert_eq!(browser.violations().await, nothing, "success");

    shop.goto_edge("/f/newsletter").await;
    browser.form().await;
    assert_eq!(browser.violations().await, nothing, "the hosted form");

    let link = jawort.sms(&number(1), 1).await.link();
    browser.goto(&link.0).await;
    browser.find_saying("button", "Ja, ich möchte").await;
    assert_eq!(browser.violations().await, nothing, "the question");
    browser.click_saying("button", "Ja, ich möchte").await;
    browser.find_saying("h1", "Danke").await;
    assert_eq!(browser.violations().await, nothing, "the yes");
    browser.goto(&link.0).await;
    browser.find_saying("button", "Abmelden").await;
    assert_eq!(browser.violations().await, nothing, "the way out");

    jawort.order(&number(1), "marketing", "Neue Farne").await;
    browser.goto(&jawort.sms(&number(1), 2).await.link().0).await;
    browser.find_saying("h1", "Keine SMS mehr").await;
    assert_eq!(browser.violations().await, nothing, "the way out of advertising");
    browser.click_saying("button", "Keine Werbung mehr").await;
    browser.find_saying("h1", "Erledigt").await;
    assert_eq!(browser.violations().await, nothing, "after it");
    jawort.sms(&number(1), 3).await;

    jawort.reply(&number(1), "INFO").await;
    browser.goto(&jawort.sms(&number(1), 4).await.link().0).await;
    browser.find_saying("h1", "Das ist über Sie gespeichert").await;
    assert_eq!(browser.violations().await, nothing, "what is stored");

    shop.goto_edge("/m").await;
    assert_eq!(browser.violations().await, nothing, "the page that takes a number");
    shop.goto_edge("/c/nothing").await;
    assert_eq!(browser.violations().await, nothing, "a broken link");
    shop.goto_edge("/simulator").await;
    browser.find(".bubble").await;
    assert_eq!(browser.violations().await, nothing, "the phone");
}

#[tokio::test]
async fn nothing_is_wrong_in_light_colours() {
    every_page(&[]).await;
}

#[tokio::test]
async fn nothing_is_wrong_in_dark_colours() {
    every_page(&[Setting::Dark]).await;
}

#[tokio::test]
async fn axe_looks_into_the_form_itself() {
    let shop = Shop::open(&[]).await;
    shop.goto("/").await;
    shop.browser.form().await;
    let spoil = "document.querySelector('jawort-form').shadowRoot.querySelector('label[for=jw-number]').remove()";
    shop.browser.js(spoil).await;
    let found = shop.browser.violations().await;
    assert!(found.iter().any(|violation| violation["id"] == "label"), "{found:?}");
}
