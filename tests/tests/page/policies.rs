//! Host pages that forbid something.

use demo::shop::content_security_policy;
use serde_json::json;
use tests::{number, typed};

use crate::shop::Shop;

#[tokio::test]
async fn where_a_page_forbids_wasm_the_form_stays_and_leads_to_the_hosted_one() {
    let without_wasm = |edge: &str| {
        let policy = content_security_policy(edge);
        assert!(policy.contains(" 'wasm-unsafe-eval'"));
        policy.replace(" 'wasm-unsafe-eval'", "")
    };
    let shop = Shop::open_with(&[], without_wasm, |pages, _| pages).await;
    let (jawort, browser) = (&shop.jawort, &shop.browser);
    shop.goto("/").await;
    let form = browser.form_as_it_is().await;
    browser.until_heard("error").await;
    form.type_number(&typed(&number(42))).await;
    form.click("#jw-purpose-0").await;
    jawort.turn(4).await;
    form.click(".jw-submit").await;
    // The edge's own page takes over: nothing is ordered yet, and no box is ticked.
    browser.until(&format!("return location.href.startsWith('{}/f/newsletter')", jawort.url())).await;
    browser.find_saying(".notice", "Es ist noch nichts abgeschickt").await;
    jawort.knows_nothing_of(&number(42)).await;
    let form = browser.form().await;
    assert_eq!(form.number().await, typed(&number(42)));
    assert!(!form.ticked("#jw-purpose-0").await);
    form.click("#jw-purpose-0").await;
    form.click(".jw-submit").await;
    form.see("#jw-done-title").await;
    assert!(form.text(".jw-next").await.contains("die auf 42 endet"));
    let link = jawort.sms(&number(42), 1).await.link();
    jawort.tap(&link, &[("action", "confirm")]).await.page(200);
    assert_eq!(jawort.standing(&number(42), "marketing").await, "allowed");
}

#[tokio::test]
async fn where_it_forbids_sending_too_a_link_leads_to_the_hosted_form() {
    let bare = |edge: &str| {
        content_security_policy(edge)
            .replace(" 'wasm-unsafe-eval'", "")
            .replace(&format!("form-action {edge}"), "form-action 'none'")
    };
    let shop = Shop::open_with(&[], bare, |pages, _| pages).await;
    let (jawort, browser) = (&shop.jawort, &shop.browser);
    shop.goto("/").await;
    let form = browser.form_as_it_is().await;
    browser.until_heard("error").await;
    form.type_number(&typed(&number(1))).await;
    form.click("#jw-purpose-0").await;
    form.click(".jw-submit").await;
    form.click(".jw-hosted a").await;
    browser.until(&format!("return location.href.startsWith('{}/f/newsletter')", jawort.url())).await;
    let form = browser.form().await;
    form.fill_and_send(&typed(&number(1))).await;
    form.see("#jw-done-title").await;
    jawort.sms(&number(1), 1).await;
}

#[tokio::test]
async fn where_it_lets_no_form_be_fetched_its_address_is_shown() {
    let no_connections =
        |edge: &str| content_security_policy(edge).replace(&format!("connect-src {edge}"), "connect-src 'none'");
    let shop = Shop::open_with(&[], no_connections, |pages, _| pages).await;
    let browser = &shop.browser;
    shop.goto("/").await;
    browser.until_heard("error").await;
    let shown = "return document.querySelector('jawort-form').shadowRoot.querySelector('a')?.href";
    let href = browser.until(shown).await;
    assert_eq!(href, format!("{}/f/newsletter", shop.jawort.url()));
}

#[tokio::test]
async fn a_page_that_is_not_listed_gets_no_form_of_its_own() {
    let shop = Shop::open(&[]).await;
    shop.jawort.put_form("newsletter", |draft| draft["origins"] = json!(["https://other.example"])).await;
    shop.goto("/").await;
    shop.browser.until_heard("error").await;
    let shown = "return document.querySelector('jawort-form').shadowRoot.querySelector('a')?.href";
    assert_eq!(shop.browser.until(shown).await, format!("{}/f/newsletter", shop.jawort.url()));
}
