//! From the form to the way out, with a mouse or a finger.

use reqwest::Method;
use serde_json::json;
use shared::evidence::{Channel, Happened};
use tests::{browser::Setting, number, typed};

use crate::shop::Shop;

#[tokio::test]
async fn a_person_says_yes_gets_what_was_promised_and_takes_it_back() {
    let shop = Shop::open(&[]).await;
    let Shop { jawort, browser, .. } = &shop;
    shop.goto("/").await;
    let form = browser.form().await;
    form.fill_and_send(&typed(&number(42))).await;
    browser.until_focused("jw-done-title").await;
    assert_eq!(form.text("#jw-done-title").await, "Fast geschafft");
    let next = form.text(".jw-next").await;
    assert!(next.contains("die auf 42 endet"), "{next}");
    // One zone, the shop's, and it is named.
    let (_, until) = next.split_once("Antworten Sie darauf bis ").unwrap();
    let until = until.split_once(" mit JA oder").unwrap().0.to_owned();
    assert!(until.ends_with(" Uhr (MEZ)") || until.ends_with(" Uhr (MESZ)"), "{until}");
    assert!(!form.shows("#jw-form").await, "the form makes room");
    assert_eq!(browser.heard("forbidden").await, Vec::<serde_json::Value>::new(), "the policy allows all of it");

    // The handset.
    let sms = jawort.sms(&number(42), 1).await;
    assert_eq!(jawort.standing(&number(42), "marketing").await, "pending");
    shop.goto_edge("/simulator").await;
    browser.click_saying(".bubble a", &sms.link().0).await;
    browser.find_saying("h1", "Möchten Sie SMS von Blattwerk?").await;
    let page = browser.text().await;
    assert!(page.contains(&until), "{until}: {page}");
    let disclosure = reqwest::get(format!("{}/v1/forms/newsletter?lang=de", jawort.url())).await.unwrap();
    let disclosure: serde_json::Value = serde_json::from_slice(&disclosure.bytes().await.unwrap()).unwrap();
    for text in disclosure["notes"].as_array().unwrap().iter().chain([&disclosure["purposes"][0]["label"]]) {
        assert!(page.contains(text.as_str().unwrap()), "{text} is not shown again: {page}");
    }
    browser.click_saying("button", "Ja, ich möchte diese SMS").await;
    browser.find_saying("h1", "Danke, Sie sind angemeldet").await;

    // The owner.
    let check = jawort.check(&number(42), "marketing").await;
    assert_eq!((&check["allowed"], &check["basis"]), (&json!(true), &json!("consent")));
    jawort.message(&number(42), "marketing", "Farne heute günstiger").await.expect(202);
    let message = jawort.sms(&number(42), 2).await;
    assert!(message.text.contains("Farne") && message.text.contains("Abmelden"), "{}", message.text);
    let chain = jawort.chain(&number(42), "marketing").await;
    let Happened::Given(given) = &chain[0].event.happened else { panic!("{chain:?}") };
    assert_eq!(given.request.channel, Channel::Widget);
    assert_eq!(json!(given.request.disclosure), disclosure["disclosure"]);

    // The way out, by the same link.
    browser.goto(&sms.link().0).await;
    browser.click_saying("button", "Abmelden").await;
    browser.find_saying(".notice", "von allem abgemeldet").await;
    assert_eq!(jawort.standing(&number(42), "marketing").await, "withdrawn");
    jawort.message(&number(42), "marketing", "Und noch etwas").await.problem(403, "no-consent");
    jawort.no_more_than(&number(42), 2).await;
    assert_eq!(jawort.chain(&number(42), "marketing").await.len(), 3, "given, used, withdrawn");
    jawort.assert_log_is_clean();
}

#[tokio::test]
async fn of_two_purposes_only_the_ticked_one_is_asked_for() {
    let shop = Shop::open(&[]).await;
    let Shop { jawort, browser, .. } = &shop;
    shop.goto("/booking.html").await;
    let form = browser.form().await;
    form.type_number(&typed(&number(1))).await;
    for css in ["#jw-purpose-0", "#jw-purpose-1", "#jw-age"] {
        assert!(!form.ticked(css).await, "{css}: nothing is ticked beforehand");
    }
    // A label can be clicked as well as its box.
    form.click("label[for=jw-purpose-0]").await;
    form.click("label[for=jw-age]").await;
    assert!(form.ticked("#jw-purpose-0").await && form.ticked("#jw-age").await);
    form.click(".jw-submit").await;
    form.see("#jw-done-title").await;

    let sms = jawort.sms(&number(1), 1).await;
    assert!(sms.text.contains("Terminen") && !sms.text.contains("Zimmerpflanzen"), "{}", sms.text);
    browser.goto(&sms.link().0).await;
    browser.click_saying("button", "Ja, ich möchte").await;
    browser.find_saying("h1", "Danke").await;
    assert_eq!(jawort.standing(&number(1), "booking").await, "allowed");
    assert_eq!(jawort.standing(&number(1), "marketing").await, "unknown");
}

#[tokio::test]
async fn a_no_ends_it() {
    let shop = Shop::open(&[]).await;
    let Shop { jawort, browser, .. } = &shop;
    let link = jawort.ask_and_get("newsletter", &number(1), 1).await;
    browser.goto(&link.0).await;
    browser.click_saying("button", "Nein, keine SMS").await;
    browser.find_saying("h1", "die Anfrage ist beendet").await;
    assert_eq!(jawort.standing(&number(1), "marketing").await, "unknown");
}

#[tokio::test]
async fn the_hosted_page_goes_the_same_way() {
    let shop = Shop::open(&[]).await;
    let Shop { jawort, browser, .. } = &shop;
    shop.goto_edge("/f/shop?utm_campaign=poster").await;
    let form = browser.form().await;
    form.fill_and_send(&typed(&number(7))).await;
    browser.until_focused("jw-done-title").await;
    assert!(form.text(".jw-next").await.contains("die auf 07 endet"));
    jawort.sms(&number(7), 1).await;
    assert_eq!(browser.heard("forbidden").await, Vec::<serde_json::Value>::new());
    assert_eq!(browser.until_heard("submitted").await["confirm"], "both", "sent by the widget");
    let link = jawort.sms(&number(7), 1).await.link();
    jawort.tap(&link, &[("action", "confirm")]).await.page(200);
    let Happened::Given(given) = &jawort.chain(&number(7), "marketing").await[0].event.happened else { panic!() };
    assert!(given.request.commitments.iter().any(|it| it.name == "campaign"));
    let page = jawort.owner(Method::GET, "/v1/subjects", None).await.expect(200).json();
    assert_eq!(page["subjects"][0]["campaign"], "poster", "{page}");
}

#[tokio::test]
async fn everything_fits_the_narrowest_phone() {
    let shop = Shop::open(&[Setting::Narrow]).await;
    let Shop { jawort, browser, .. } = &shop;
    let fits = "return document.documentElement.scrollWidth <= innerWidth";
    shop.goto("/booking.html").await;
    let form = browser.form().await;
    assert_eq!(browser.js(fits).await, true, "the shop");
    form.click(".jw-submit").await;
    browser.until_focused("jw-summary").await;
    assert_eq!(browser.js(fits).await, true, "errors");
    form.fill_and_send(&typed(&number(1))).await;
    form.see("#jw-done-title").await;
    assert_eq!(browser.js(fits).await, true, "success");
    let link = jawort.sms(&number(1), 1).await.link();
    browser.goto(&link.0).await;
    assert_eq!(browser.js(fits).await, true, "the question");
    browser.click_saying("button", "Ja, ich möchte").await;
    browser.find_saying("h1", "Danke").await;
    browser.goto(&link.0).await;
    assert_eq!(browser.js(fits).await, true, "the way out");
    jawort.order(&number(1), "marketing", "Neue Farne").await;
    let code = jawort.sms(&number(1), 2).await.link();
    let larger = "document.documentElement.style.fontSize = '200%'";
    for page in [&link.0, &code.0] {
        browser.goto(page).await;
        assert_eq!(browser.js(fits).await, true, "{page}");
        browser.js(larger).await;
        assert_eq!(browser.js(fits).await, true, "{page}, in large text");
    }
    shop.goto_edge("/f/shop").await;
    browser.form().await;
    assert_eq!(browser.js(fits).await, true, "the hosted form");
}
