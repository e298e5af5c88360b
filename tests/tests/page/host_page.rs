//! What a host page can see and do, and what it can't.

use serde_json::{Value, json};
use tests::{number, typed};

use crate::shop::Shop;

#[tokio::test]
async fn the_page_learns_what_happens_and_never_the_number() {
    let shop = Shop::open(&[]).await;
    let browser = &shop.browser;
    shop.goto("/").await;
    let form = browser.form().await;
    form.type_number(&typed(&number(1))).await;
    form.click(".jw-submit").await;
    assert_eq!(browser.until_heard("invalid").await, json!({ "fields": ["purposes"] }));
    form.click("#jw-purpose-0").await;
    form.click(".jw-submit").await;
    let submitted = browser.until_heard("submitted").await;
    assert_eq!(submitted["confirm"], "both");
    assert!(submitted["expires_at"].is_string(), "{submitted}");
    let all = browser.js("return heard").await;
    assert!(!tests::has_number(&all.to_string()), "{all}");
    let names: Vec<_> = all.as_array().unwrap().iter().map(|event| event["name"].clone()).collect();
    assert_eq!(names, ["ready", "invalid", "submitted"]);
}

#[tokio::test]
async fn a_closed_form_says_so_in_the_pages_language() {
    let shop = Shop::open(&[]).await;
    let (jawort, browser) = (&shop.jawort, &shop.browser);
    shop.goto("/").await;
    let form = browser.form().await;
    form.type_number(&typed(&number(1))).await;
    form.click("#jw-purpose-0").await;
    jawort.owner(reqwest::Method::POST, "/v1/forms/newsletter/close", None).await.expect(200);
    // Whoever had it open is told when they send it.
    form.click(".jw-submit").await;
    assert_eq!(browser.until_heard("error").await["type"], "form-closed");
    let text = "return document.querySelector('jawort-form').shadowRoot.textContent";
    let shown = browser.js(text).await;
    assert!(shown.as_str().unwrap().contains("Dieses Formular ist geschlossen"), "{shown}");
    shop.goto("/").await;
    assert_eq!(browser.until_heard("error").await["type"], "form-closed");
    let shown = browser.js(text).await;
    assert!(shown.as_str().unwrap().starts_with("Dieses Formular ist geschlossen"), "{shown}");
    jawort.knows_nothing_of(&number(1)).await;
}

#[tokio::test]
async fn a_page_can_check_a_number_without_sending_it() {
    let shop = Shop::open(&[]).await;
    shop.goto("/").await;
    shop.browser.form().await;
    for (text, answer) in [
        ("0176 04069001", json!({ "valid": true, "e164": "+4917604069001", "country": "DE" })),
        ("+41 79 123 45 67", json!({ "valid": true, "e164": "+41791234567", "country": "CH" })),
        ("0176 1", json!({ "valid": false, "reason": "too_short" })),
        ("030 1234567", json!({ "valid": false, "reason": "not_mobile" })),
        ("+33 6 12 34 56 78", json!({ "valid": false, "reason": "unlisted_country" })),
    ] {
        let script = format!("return document.querySelector('jawort-form').checkNumber('{text}')");
        assert_eq!(shop.browser.js(&script).await, answer, "{text}");
    }
}

#[tokio::test]
async fn a_box_that_a_script_ticked_does_not_count() {
    let shop = Shop::open(&[]).await;
    let (jawort, browser) = (&shop.jawort, &shop.browser);
    let box_ = "document.querySelector('jawort-form').shadowRoot.querySelector('#jw-purpose-0')";
    let label = "document.querySelector('jawort-form').shadowRoot.querySelector('label[for=jw-purpose-0]')";
    shop.goto("/").await;
    let form = browser.form().await;
    form.type_number(&typed(&number(1))).await;
    for script in [
        format!("{box_}.checked = true"),
        format!("{box_}.click()"),
        format!("{label}.click()"),
        format!("{box_}.setAttribute('checked', '')"),
        format!("{box_}.dispatchEvent(new MouseEvent('click', {{ bubbles: true, composed: true, cancelable: true }}))"),
        format!("{box_}.checked = true; {box_}.dispatchEvent(new Event('change', {{ bubbles: true }}))"),
        format!("{box_}.checked = true; {box_}.dispatchEvent(new Event('input', {{ bubbles: true }}))"),
    ] {
        browser.js(&script).await;
        form.click(".jw-submit").await;
        browser.until_focused("jw-summary").await;
        assert!(form.text(".jw-summary").await.contains("Kreuzen Sie an"), "{script}");
        assert!(!form.ticked("#jw-purpose-0").await, "{script}: shown as it counts");
        form.click("#jw-number").await;
    }
    jawort.knows_nothing_of(&number(1)).await;
    // The person's own click does, also after all that.
    form.click("#jw-purpose-0").await;
    form.click(".jw-submit").await;
    form.see("#jw-done-title").await;
}

#[tokio::test]
async fn no_attribute_ticks_a_box_or_sends_the_form() {
    let attributes = "checked purposes=\"marketing\" purpose=\"marketing\" value=\"marketing\" number=\"0176 04069001\" \
                      age-confirmed auto autosubmit";
    let page = |edge: &str| {
        format!(
            "<!doctype html><html lang=de><title>Fremd</title>
             <jawort-form form=newsletter lang=de {attributes}></jawort-form>
             <script async src=\"{edge}/embed.js\"></script>"
        )
    };
    let shop =
        Shop::open_with(&[], demo::shop::content_security_policy, |pages, edge| pages.with("/all.html", page(edge)))
            .await;
    shop.goto("/all.html").await;
    let form = shop.browser.form().await;
    assert!(!form.ticked("#jw-purpose-0").await);
    assert_eq!(form.number().await, "");
    shop.jawort.knows_nothing_of(&number(1)).await;
}

#[tokio::test]
async fn nothing_is_kept_on_the_device_and_nothing_fetched_from_elsewhere() {
    let shop = Shop::open(&[]).await;
    let browser = &shop.browser;
    shop.goto("/").await;
    let form = browser.form().await;
    form.fill_and_send(&typed(&number(1))).await;
    form.see("#jw-done-title").await;
    let kept = browser.js("return [document.cookie, localStorage.length, sessionStorage.length]").await;
    assert_eq!(kept, json!(["", 0, 0]));
    let hosts =
        browser.js("return performance.getEntriesByType('resource').map(({ name }) => new URL(name).origin)").await;
    let allowed = [json!(shop.jawort.url()), json!(shop.site.url())];
    let hosts: Vec<Value> = hosts.as_array().unwrap().clone();
    assert!(hosts.iter().all(|host| allowed.contains(host)), "{hosts:?}");
}

#[tokio::test]
async fn two_forms_live_on_one_page() {
    let page = |edge: &str| {
        format!(
            "<!doctype html><html lang=de><title>Zwei</title>
             <script async src=\"{edge}/embed.js\" data-form=newsletter></script>
             <jawort-form form=shop lang=en theme=dark></jawort-form>"
        )
    };
    let shop =
        Shop::open_with(&[], demo::shop::content_security_policy, |pages, edge| pages.with("/two.html", page(edge)))
            .await;
    shop.goto("/two.html").await;
    shop.browser.until("return heard.filter(({ name }) => name == 'ready').length == 2").await;
    let texts = "return [...document.querySelectorAll('jawort-form')].map((it) => it.shadowRoot.querySelector('.jw-submit').textContent)";
    let mut texts: Vec<_> =
        shop.browser.js(texts).await.as_array().unwrap().iter().map(|it| it.as_str().unwrap().to_owned()).collect();
    texts.sort();
    assert_eq!(texts, ["Bestätigungs-SMS anfordern", "Send me the confirmation text"]);
}
