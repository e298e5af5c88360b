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

#[tokio::test]
async fn asked_again_the_page_says_what_came_of_it_and_keeps_all() {
    let shop = Shop::open(&[Setting::WithoutScript]).await;
    let (jawort, browser) = (&shop.jawort, &shop.browser);
    shop.goto_edge("/f/shop?reference=K-1").await;
    let form = browser.form_as_it_is().await;
    form.type_number(&typed(&number(1))).await;
    for css in ["#jw-purpose-1", "#jw-age"] {
        form.click(css).await;
    }
    jawort.turn(4).await;
    form.click(".jw-submit").await;
    assert_eq!(form.text(".jw-note").await, "Nach einer Minute können Sie die SMS noch einmal anfordern.");
    let link = jawort.sms(&number(1), 1).await.link();

    // However often it is pressed too soon, the minute is the first one.
    for seconds in [0, 20, 20] {
        jawort.turn(seconds).await;
        form.click(".jw-again").await;
        form.find_saying(".jw-sent", "Noch zu früh: Es wurde nichts gesendet.").await;
        let note = form.text(".jw-note").await;
        assert!(note.starts_with("In ") && note.ends_with(" können Sie die SMS noch einmal anfordern."), "{note}");
        assert!(form.text(".jw-next").await.contains("die auf 01 endet"));
    }
    for count in 2..=3 {
        jawort.turn(if count == 2 { 21 } else { 61 }).await;
        form.click(".jw-again").await;
        form.find_saying(".jw-sent", "noch einmal gesendet").await;
        assert_eq!(jawort.sms(&number(1), count).await.link(), link);
        assert_eq!(form.number().await, typed(&number(1)));
        assert!(
            !form.ticked("#jw-purpose-0").await && form.ticked("#jw-purpose-1").await && form.ticked("#jw-age").await
        );
    }
    assert!(form.text(".jw-note").await.contains("dreimal angefordert"));
    assert!(!form.shows(".jw-again").await);
    jawort.no_more_than(&number(1), 3).await;

    // Another number: the form anew, by the same link.
    form.click(".jw-change").await;
    let form = browser.form_as_it_is().await;
    form.see("#jw-number").await;
    assert!(browser.client.current_url().await.unwrap().as_str().ends_with("/f/shop?reference=K-1"));
}
