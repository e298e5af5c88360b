//! Errors are found on the device, said once, and cost no input.

use serde_json::json;
use tests::{browser::Form, number, typed};

use crate::shop::Shop;

/// Sends the form and looks that this, and only this, is said to be wrong at that field.
async fn refused(shop: &Shop, form: &Form<'_>, field: &str, words: &str) {
    form.click(".jw-submit").await;
    shop.browser.until_focused("jw-summary").await;
    let summary = form.text(".jw-summary").await;
    assert!(summary.contains("Bitte noch einmal prüfen") && summary.contains(words), "{words}: {summary}");
    let links = "const root = document.querySelector('jawort-form').shadowRoot;
        return [...root.querySelectorAll('.jw-summary a')].map((link) => link.getAttribute('href'))";
    assert_eq!(shop.browser.js(links).await, json!([format!("#{field}")]), "{words}: {summary}");
    form.click(".jw-summary a").await;
    shop.browser.until_focused(field).await;
}

#[tokio::test]
async fn each_wrong_number_is_named_on_the_device_and_nothing_leaves_it() {
    let shop = Shop::open(&[]).await;
    shop.goto("/").await;
    let form = shop.browser.form().await;
    form.click("#jw-purpose-0").await;
    for (entered, words) in [
        ("", "Geben Sie Ihre Handynummer ein"),
        ("meine Nummer", "nur mit Ziffern"),
        ("0176 1", "fehlen Ziffern"),
        ("0176 040690123456", "zu viele Ziffern"),
        ("030 1234567", "keine SMS schicken"),
        ("+999 176 04069001", "Ländervorwahl gibt es nicht"),
        ("+33 6 12 34 56 78", "In dieses Land schicken wir keine SMS"),
    ] {
        form.type_number(entered).await;
        refused(&shop, &form, "jw-number", words).await;
        assert!(form.text("#jw-number-error").await.contains(words));
        let field = form.find("#jw-number").await;
        assert_eq!(field.attr("aria-invalid").await.unwrap().as_deref(), Some("true"));
        assert!(field.attr("aria-describedby").await.unwrap().unwrap().contains("jw-number-error"));
        assert_eq!(form.number().await, entered, "kept");
        assert!(form.ticked("#jw-purpose-0").await, "kept");
    }
    let sent =
        "return performance.getEntriesByType('resource').filter(({ name }) => name.includes('/v1/consents')).length";
    assert_eq!(shop.browser.js(sent).await, 0);
    // Mended, it is taken.
    form.type_number(&typed(&number(1))).await;
    form.click(".jw-submit").await;
    form.see("#jw-done-title").await;
    assert!(!form.shows(".jw-summary").await);
    shop.jawort.sms(&number(1), 1).await;
}

#[tokio::test]
async fn a_box_that_is_not_ticked_is_asked_for() {
    let shop = Shop::open(&[]).await;
    shop.goto("/booking.html").await;
    let form = shop.browser.form().await;
    form.type_number(&typed(&number(1))).await;
    form.click("#jw-age").await;
    refused(&shop, &form, "jw-purpose-0", "Kreuzen Sie an").await;
    form.click("#jw-age").await;
    form.click("#jw-purpose-1").await;
    refused(&shop, &form, "jw-age", "Bestätigen Sie bitte Ihr Alter").await;
    assert_eq!(form.number().await, typed(&number(1)), "kept");
    assert!(form.ticked("#jw-purpose-1").await && !form.ticked("#jw-purpose-0").await, "kept");
    shop.jawort.knows_nothing_of(&number(1)).await;
}

#[tokio::test]
async fn without_a_connection_all_stays_as_it_was() {
    let mut shop = Shop::open(&[]).await;
    shop.goto("/").await;
    {
        let form = shop.browser.form().await;
        form.type_number(&typed(&number(1))).await;
        form.click("#jw-purpose-0").await;
    }
    shop.jawort.stop();
    let form = shop.browser.form().await;
    form.click(".jw-submit").await;
    shop.browser.until_focused("jw-summary").await;
    assert!(form.text(".jw-summary").await.contains("Wir haben keine Verbindung"));
    assert_eq!(form.number().await, typed(&number(1)));
    assert!(form.ticked("#jw-purpose-0").await);
    assert_eq!(shop.browser.until_heard("error").await["type"], "offline");
    drop(form);
    shop.jawort.restart();
    let form = shop.browser.form().await;
    form.click(".jw-submit").await;
    form.see("#jw-done-title").await;
    shop.jawort.sms(&number(1), 1).await;
}
