//! With JavaScript off.

use tests::{browser::Setting, number, typed};

use crate::shop::Shop;

#[tokio::test]
async fn the_whole_way_works_with_javascript_off() {
    let shop = Shop::open(&[Setting::WithoutScript]).await;
    let (jawort, browser) = (&shop.jawort, &shop.browser);
    // The shop says where the form is.
    shop.goto("/").await;
    browser.click_saying("noscript a", "Zum Formular").await;
    let form = browser.form_as_it_is().await;
    form.type_number(&typed(&number(42))).await;
    form.click("#jw-purpose-0").await;
    jawort.turn(4).await;
    form.click(".jw-submit").await;
    form.see("#jw-done-title").await;
    assert!(form.text(".jw-next").await.contains("die auf 42 endet"));

    browser.goto(&jawort.sms(&number(42), 1).await.link().0).await;
    browser.click_saying("button", "Ja, ich möchte diese SMS").await;
    browser.find_saying("h1", "Danke, Sie sind angemeldet").await;
    assert_eq!(jawort.standing(&number(42), "marketing").await, "allowed");

    browser.click_saying("a", "Meine Anmeldungen ansehen oder beenden").await;
    browser.click_saying("button", "Sicheren Link auf mein Handy schicken").await;
    browser.goto(&jawort.sms(&number(42), 2).await.link().0).await;
    browser.find_saying("h1", "Das ist über Sie gespeichert").await;
    browser.click_saying("button", "Abmelden").await;
    browser.find_saying(".notice", "abgemeldet").await;
    assert_eq!(jawort.standing(&number(42), "marketing").await, "withdrawn");
}

#[tokio::test]
async fn errors_come_back_with_what_was_entered() {
    let shop = Shop::open(&[Setting::WithoutScript]).await;
    let (jawort, browser) = (&shop.jawort, &shop.browser);
    shop.goto_edge("/f/shop").await;
    let form = browser.form_as_it_is().await;
    form.type_number("030 1234567").await;
    form.click("#jw-purpose-1").await;
    jawort.turn(4).await;
    form.click(".jw-submit").await;
    let summary = form.text(".jw-summary").await;
    assert!(summary.contains("keine SMS schicken") && summary.contains("Bestätigen Sie bitte Ihr Alter"), "{summary}");
    assert_eq!(form.number().await, "030 1234567");
    assert!(!form.ticked("#jw-purpose-0").await && form.ticked("#jw-purpose-1").await && !form.ticked("#jw-age").await);

    // All of it is mended in place.
    form.type_number(&typed(&number(1))).await;
    form.click("#jw-age").await;
    jawort.turn(4).await;
    form.click(".jw-submit").await;
    form.see("#jw-done-title").await;
    let sms = jawort.sms(&number(1), 1).await;
    assert!(sms.text.contains("Zimmerpflanzen") && !sms.text.contains("Terminen"), "{}", sms.text);
}
