//! The simulated phone, as a developer uses it.

use tests::{browser::Setting, number};

use crate::shop::Shop;

#[tokio::test]
async fn sms_appear_by_themselves_and_can_be_replied_to() {
    let shop = Shop::open(&[]).await;
    let (jawort, browser) = (&shop.jawort, &shop.browser);
    shop.goto_edge("/simulator").await;
    browser.find_saying("main", "Noch keine SMS").await;
    jawort.consent("newsletter", &number(1)).await;
    browser.find_saying(".in .bubble", "Möchten Sie Angebote zu Zimmerpflanzen").await;

    let reply = browser.find("input[name=text]").await;
    reply.send_keys("Stopp, bitte").await.unwrap();
    browser.click_saying("button", "Senden").await;
    browser.find_saying(".out .bubble", "Stopp, bitte").await;
    browser.find_saying(".in .bubble", "Abgemeldet").await;
    assert_eq!(jawort.standing(&number(1), "marketing").await, "withdrawn");
    assert_eq!(browser.heard("forbidden").await.len(), 0);
}

#[tokio::test]
async fn each_handset_has_its_own_sms_also_with_javascript_off() {
    let shop = Shop::open(&[Setting::WithoutScript]).await;
    let (jawort, browser) = (&shop.jawort, &shop.browser);
    for n in [1, 2] {
        jawort.ask_and_get("newsletter", &number(n), 1).await;
    }
    shop.goto_edge("/simulator").await;
    browser.find_saying(".phone .number", &number(2)).await;
    browser.click_saying("nav a", &number(1)).await;
    browser.find_saying(".phone .number", &number(1)).await;
    let link = jawort.sms(&number(1), 1).await.link();
    browser.click_saying(".bubble a", &link.0).await;
    browser.find_saying("h1", "Möchten Sie SMS von Blattwerk?").await;
}
