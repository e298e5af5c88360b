//! After the form was sent: the wrong number, or no SMS.

use tests::{number, typed};

use crate::shop::Shop;

/// How often the form was sent.
const SUBMITTED: &str = "return heard.filter(({ name }) => name == 'submitted').length";

#[tokio::test]
async fn a_wrong_number_can_be_corrected_with_all_else_kept() {
    let shop = Shop::open(&[]).await;
    let (jawort, browser) = (&shop.jawort, &shop.browser);
    shop.goto("/").await;
    let form = browser.form().await;
    form.fill_and_send(&typed(&number(1))).await;
    form.see("#jw-done-title").await;
    form.click(".jw-change").await;
    browser.until_focused("jw-number").await;
    assert_eq!(form.number().await, typed(&number(1)));
    assert!(form.ticked("#jw-purpose-0").await);
    form.type_number(&typed(&number(2))).await;
    form.click(".jw-submit").await;
    form.see("#jw-done-title").await;
    assert!(form.text(".jw-next").await.contains("die auf 02 endet"));
    jawort.sms(&number(2), 1).await;
}

#[tokio::test]
async fn asked_again_the_same_sms_comes_once_more_and_each_confirms() {
    let shop = Shop::open(&[]).await;
    let (jawort, browser) = (&shop.jawort, &shop.browser);
    shop.goto("/").await;
    let form = browser.form().await;
    form.fill_and_send(&typed(&number(1))).await;
    form.see("#jw-done-title").await;
    let old = jawort.sms(&number(1), 1).await.link();
    jawort.turn(61).await;
    form.click(".jw-done button").await;
    assert_eq!(jawort.sms(&number(1), 2).await.link(), old);
    assert_eq!(form.text("#jw-done-title").await, "Fast geschafft");
    browser.goto(&old.0).await;
    browser.click_saying("button", "Ja, ich möchte").await;
    browser.find_saying("h1", "Danke").await;
    browser.goto(&old.0).await;
    assert_eq!(jawort.standing(&number(1), "marketing").await, "allowed");
}

#[tokio::test]
async fn beyond_three_a_day_the_page_says_the_same_and_no_sms_comes() {
    let shop = Shop::open(&[]).await;
    let (jawort, browser) = (&shop.jawort, &shop.browser);
    shop.goto("/").await;
    let form = browser.form().await;
    form.fill_and_send(&typed(&number(1))).await;
    for count in 1..=3 {
        // The SMS may come before the answer.
        browser.until(&format!("{SUBMITTED} == {count}")).await;
        jawort.sms(&number(1), count).await;
        jawort.turn(61).await;
        form.click(".jw-done button").await;
    }
    browser.until(&format!("{SUBMITTED} == 4")).await;
    assert_eq!(form.text("#jw-done-title").await, "Fast geschafft");
    assert!(form.text(".jw-next").await.contains("die auf 01 endet"));
    jawort.no_more_than(&number(1), 3).await;
    assert_eq!(browser.heard("error").await.len(), 0);
}
