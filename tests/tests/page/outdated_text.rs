//! A page that was left open while the owner published another text.

use serde_json::json;
use tests::{number, typed};

use crate::shop::Shop;

#[tokio::test]
async fn the_new_text_is_shown_and_asked_again_with_the_number_kept() {
    let shop = Shop::open(&[]).await;
    let (jawort, browser) = (&shop.jawort, &shop.browser);
    shop.goto("/").await;
    let form = browser.form().await;
    form.type_number(&typed(&number(1))).await;
    form.click("#jw-purpose-0").await;

    jawort.put_form("newsletter", |draft| draft["age"] = json!(18)).await;

    form.click(".jw-submit").await;
    browser.until_focused("jw-summary").await;
    assert!(form.text(".jw-summary").await.contains("Der Text hat sich gerade geändert"));
    let label = form.text("label[for=jw-purpose-0]").await;
    assert!(label.contains("18 Jahre"), "{label}");
    assert!(!form.ticked("#jw-purpose-0").await, "nobody has agreed to the new text");
    assert_eq!(form.number().await, typed(&number(1)));
    jawort.knows_nothing_of(&number(1)).await;

    form.click("#jw-purpose-0").await;
    form.click(".jw-submit").await;
    form.see("#jw-done-title").await;
    assert!(jawort.sms(&number(1), 1).await.text.contains("Ab 18 Jahren"));
}
