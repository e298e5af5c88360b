//! With the keyboard alone.

use fantoccini::key::Key;
use tests::{number, typed};

use crate::shop::Shop;

#[tokio::test]
async fn the_keyboard_alone_goes_all_the_way() {
    let shop = Shop::open(&[]).await;
    let jawort = &shop.jawort;
    let browser = &shop.browser;
    shop.goto("/booking.html").await;
    let form = browser.form().await;
    browser.tab_to("jw-number").await;
    browser.press(&typed(&number(1))).await;
    for id in ["jw-purpose-0", "jw-purpose-1", "jw-age"] {
        browser.tab_to(id).await;
        browser.press(" ").await;
        assert!(form.ticked(&format!("#{id}")).await, "{id}");
    }
    browser.tab_to("jw-submit").await;
    browser.press_key(Key::Enter).await;
    browser.until_focused("jw-done-title").await;

    let link = jawort.sms(&number(1), 1).await.link();
    browser.goto(&link.0).await;
    browser.tab_to("main").await;
    browser.press_key(Key::Enter).await;
    browser.find_saying("h1", "Danke, Sie sind angemeldet").await;
    assert_eq!(jawort.standing(&number(1), "booking").await, "allowed");

    browser.goto(&link.0).await;
    browser.find_saying("button", "Alle SMS abbestellen").await;
    for _ in 0..20 {
        browser.press_key(Key::Tab).await;
        if browser.js("return document.activeElement.textContent").await == "Alle SMS abbestellen" {
            break;
        }
    }
    browser.press(" ").await;
    browser.find_saying(".notice", "von allem abgemeldet").await;
    assert_eq!(jawort.standing(&number(1), "booking").await, "withdrawn");
}

#[tokio::test]
async fn enter_in_the_field_sends_the_form_and_errors_lead_back_by_keyboard() {
    let shop = Shop::open(&[]).await;
    let browser = &shop.browser;
    shop.goto("/").await;
    let form = browser.form().await;
    browser.tab_to("jw-number").await;
    browser.press("0176 1").await;
    browser.press_key(Key::Enter).await;
    browser.until_focused("jw-summary").await;
    assert!(form.text(".jw-summary").await.contains("fehlen Ziffern"));
    browser.press_key(Key::Tab).await;
    browser.press_key(Key::Enter).await;
    browser.until_focused("jw-number").await;
    browser.press_key(Key::End).await;
    browser.press("2345678").await;
    assert_eq!(form.number().await, "0176 12345678");
}
