//! The owner's reference, from a page into the consent.

use serde_json::Value;
use tests::{browser::Setting, number, typed};

use crate::shop::Shop;

const REFERENCE: &str = "K-1234567";

/// A shop whose page embeds the form with these attributes, and keeps what is written to its console.
async fn shop(attributes: &str) -> Shop {
    let page = |edge: &str| {
        format!(
            "<!doctype html><html lang=de><title>Konto</title><body>
             <script async src=\"{edge}/embed.js\" data-form=newsletter {attributes}></script>"
        )
    };
    let shop = Shop::open_with(&[], demo::shop::content_security_policy, |pages, edge| {
        pages.with("/account.html", page(edge))
    })
    .await;
    shop.goto("/account.html").await;
    shop
}

/// What the owner reads of the request that waits.
async fn kept(shop: &Shop, n: u8) -> Value {
    shop.jawort.overview(&number(n)).await["pending"][0]["reference"].take()
}

async fn sign_up(shop: &Shop, n: u8) {
    let form = shop.browser.form().await;
    form.fill_and_send(&typed(&number(n))).await;
    form.see("#jw-done-title").await;
    shop.jawort.sms(&number(n), 1).await;
}

#[tokio::test]
async fn a_pages_reference_comes_with_the_request() {
    let shop = shop(&format!("data-reference={REFERENCE}")).await;
    sign_up(&shop, 1).await;
    assert_eq!(kept(&shop, 1).await, REFERENCE);
    assert!(!shop.browser.js("return heard").await.to_string().contains(REFERENCE));

    // A page may learn later who it is that signs up.
    shop.goto("/account.html").await;
    shop.browser.form().await;
    shop.browser.js("document.querySelector('jawort-form').setAttribute('reference', 'order-2026-000123')").await;
    sign_up(&shop, 2).await;
    assert_eq!(kept(&shop, 2).await, "order-2026-000123");
}

#[tokio::test]
async fn a_number_stays_on_the_page_and_the_person_signs_up_without() {
    let shop = shop("").await;
    let browser = &shop.browser;
    browser.form().await;
    browser
        .js("window.warned = []; console.warn = (text) => warned.push(text);
             const send = window.fetch; window.sent = [];
             window.fetch = (url, init) => { sent.push(String(init?.body)); return send(url, init); };
             document.querySelector('jawort-form').setAttribute('reference', '+49 176 04069002')")
        .await;
    sign_up(&shop, 1).await;
    assert_eq!(kept(&shop, 1).await, Value::Null);
    let warned = browser.js("return warned").await;
    assert!(warned[0].as_str().unwrap().contains("may be a phone number"), "{warned}");
    assert!(!tests::has_number(&warned.to_string()), "{warned}");
    let sent = browser.js("return sent").await.to_string();
    assert!(sent.contains("consents") || sent.contains("disclosure"), "{sent}");
    assert!(!sent.contains("04069002"), "{sent}");
    assert!(browser.heard("error").await.is_empty());
}

#[tokio::test]
async fn where_a_page_forbids_wasm_it_comes_by_the_form() {
    let page = |edge: &str| {
        format!(
            "<!doctype html><html lang=de><title>Konto</title>
             <script async src=\"{edge}/embed.js\"></script>
             <jawort-form form=newsletter reference={REFERENCE}></jawort-form>"
        )
    };
    let policy = |edge: &str| demo::shop::content_security_policy(edge).replace(" 'wasm-unsafe-eval'", "");
    let shop = Shop::open_with(&[], policy, |pages, edge| pages.with("/account.html", page(edge))).await;
    shop.goto("/account.html").await;
    let form = shop.browser.form_as_it_is().await;
    shop.browser.until_heard("error").await;
    form.type_number(&typed(&number(42))).await;
    form.click("#jw-purpose-0").await;
    shop.jawort.turn(4).await;
    form.click(".jw-submit").await;
    shop.browser.until(&format!("return location.href.startsWith('{}/f/newsletter')", shop.jawort.url())).await;
    // It comes along to the page that asks once more.
    let form = shop.browser.form().await;
    form.click("#jw-purpose-0").await;
    form.click(".jw-submit").await;
    form.see("#jw-done-title").await;
    shop.jawort.sms(&number(42), 1).await;
    assert_eq!(kept(&shop, 42).await, REFERENCE);
}

#[tokio::test]
async fn a_links_reference_comes_by_the_hosted_page_with_and_without_script() {
    for (settings, n) in [(&[][..], 1), (&[Setting::WithoutScript][..], 2)] {
        let shop = Shop::open(settings).await;
        shop.goto_edge(&format!("/f/newsletter?reference={REFERENCE}")).await;
        let form = match settings {
            [] => shop.browser.form().await,
            _ => shop.browser.form_as_it_is().await,
        };
        form.type_number("030 1234567").await;
        form.click("#jw-purpose-0").await;
        shop.jawort.turn(4).await;
        form.click(".jw-submit").await;
        form.see(".jw-summary a").await;
        form.type_number(&typed(&number(n))).await;
        shop.jawort.turn(4).await;
        form.click(".jw-submit").await;
        form.see("#jw-done-title").await;
        shop.jawort.sms(&number(n), 1).await;
        assert_eq!(kept(&shop, n).await, REFERENCE);
    }
}
