//! After the form was sent: the wrong number, or no SMS.

use fantoccini::key::Key;
use tests::{
    browser::{Browser, Form, Setting},
    number, typed,
};

use crate::shop::Shop;

/// How often the form was sent.
const SUBMITTED: &str = "return heard.filter(({ name }) => name == 'submitted').length";

/// From now on, what is read out: each change of what says so.
const LISTEN: &str = "window.said = [];
const root = document.querySelector('jawort-form').shadowRoot;
new MutationObserver((changes) => changes.forEach(({ target }) => {
    const region = target.parentElement?.closest('[role=status], [role=alert], [aria-live]');
    if (region) said.push(region.textContent.trim());
})).observe(root, { subtree: true, childList: true, characterData: true });";

/// Lets time pass at the edge, and on the page by the clock that nobody sets.
async fn pass(shop: &Shop, seconds: u64) {
    shop.jawort.turn(seconds).await;
    let ahead =
        format!("const now = performance.now.bind(performance); performance.now = () => now() + {};", seconds * 1000);
    shop.browser.js(&ahead).await;
}

async fn waits(form: &Form<'_>) -> bool {
    form.find(".jw-again").await.attr("aria-disabled").await.expect("an answer").as_deref() == Some("true")
}

async fn said(browser: &Browser) -> Vec<String> {
    serde_json::from_value(browser.js("return said.splice(0)").await).expect("texts")
}

/// The seconds that the countdown shows.
async fn seconds(form: &Form<'_>) -> u32 {
    let note = form.text(".jw-note").await;
    let number = note.strip_prefix("In ").and_then(|rest| rest.split_once(" Sekunden können Sie die SMS"));
    number.and_then(|(number, _)| number.parse().ok()).unwrap_or_else(|| panic!("{note}"))
}

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
    assert!(waits(&form).await, "the new number has a pause of its own");
    pass(&shop, 61).await;
    form.click(".jw-again").await;
    jawort.sms(&number(2), 2).await;
    assert!(form.shows(".jw-again").await, "and its own three");
}

/// With the keyboard alone, and with all that is read out.
#[tokio::test]
async fn it_counts_down_and_says_when_it_was_sent_and_when_that_was_all() {
    let shop = Shop::open(&[]).await;
    let (jawort, browser) = (&shop.jawort, &shop.browser);
    shop.goto("/").await;
    let form = browser.form().await;
    form.fill_and_send(&typed(&number(1))).await;
    browser.until_focused("jw-done-title").await;
    jawort.sms(&number(1), 1).await;

    // Scrolling takes time then, so not earlier.
    browser.prefer("prefers-reduced-motion", "no-preference").await;
    form.find_saying(".jw-note", " Sekunden können Sie").await;
    browser.js(LISTEN).await;
    let first = seconds(&form).await;
    assert!((40..=60).contains(&first), "{first}");
    browser.tab_to("jw-again").await;
    assert!(waits(&form).await);
    browser.press_key(Key::Enter).await;
    form.find_saying(".jw-status", "Noch zu früh: Es wurde nichts gesendet.").await;
    while seconds(&form).await > first - 4 {
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    }
    let heard = said(browser).await;
    assert_eq!(heard.len(), 1, "no second is read out by itself: {heard:?}");
    assert!(
        heard[0].starts_with("Noch zu früh: Es wurde nichts gesendet. In ") && heard[0].contains("Sekunden"),
        "{heard:?}"
    );
    assert_eq!(browser.js(SUBMITTED).await, 1);

    for count in 2..=3 {
        pass(&shop, 61).await;
        form.find_saying(".jw-status", "Jetzt können Sie die SMS noch einmal anfordern.").await;
        assert!(!waits(&form).await);
        assert_eq!(form.find(".jw-note").await.text().await.unwrap(), "");
        assert!(browser.focused().await.contains("jw-again"), "it keeps the focus");
        browser.press(" ").await;
        // What was said the last time still stands there.
        browser.until(&format!("{SUBMITTED} == {count}")).await;
        form.find_saying(".jw-sent", "noch einmal gesendet").await;
        jawort.sms(&number(1), count).await;
        let sent = form.text(".jw-sent").await;
        let time = sent.strip_prefix("Ihre Anfrage wurde um ").and_then(|rest| rest.split_once(" Uhr (ME"));
        assert!(time.is_some_and(|(time, _)| time.len() == 5 && time.contains(':')), "{sent}");
        let all = said(browser).await;
        let words: Vec<_> = all.iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
        assert_eq!(words, ["Jetzt können Sie die SMS noch einmal anfordern.", "Einen Moment …", &sent]);
        if count == 2 {
            assert!(seconds(&form).await >= 40 && waits(&form).await, "it counts down anew");
            assert!(browser.focused().await.contains("jw-again"));
        }
    }
    browser.until_focused("jw-told").await;
    let spent = form.text(".jw-note").await;
    assert!(spent.starts_with("Sie haben die SMS dreimal angefordert.") && spent.contains("ändern Sie sie"), "{spent}");
    assert!(!form.shows(".jw-again").await && form.shows(".jw-change").await);
    pass(&shop, 3600).await;
    assert!(!form.shows(".jw-again").await);
    assert_eq!(said(browser).await, Vec::<String>::new());
    jawort.no_more_than(&number(1), 3).await;
}

#[tokio::test]
async fn who_wants_little_to_move_reads_of_the_minute() {
    let shop = Shop::open(&[]).await;
    shop.goto("/").await;
    let form = shop.browser.form().await;
    form.fill_and_send(&typed(&number(1))).await;
    assert_eq!(form.text(".jw-note").await, "Nach einer Minute können Sie die SMS noch einmal anfordern.");
    assert!(waits(&form).await);
    pass(&shop, 61).await;
    form.find_saying(".jw-status", "Jetzt können Sie").await;
}

/// The device's clock is set, the tab was hidden or the device slept, so that nothing counted.
#[tokio::test]
async fn no_clock_that_is_set_shortens_the_pause_and_no_tab_that_slept_prolongs_it() {
    let shop = Shop::open(&[]).await;
    let (jawort, browser) = (&shop.jawort, &shop.browser);
    shop.goto("/").await;
    let form = browser.form().await;
    form.fill_and_send(&typed(&number(1))).await;
    jawort.sms(&number(1), 1).await;
    form.see(".jw-note").await;
    let ahead = "const now = Date.now; Date.now = () => now() + 3.6e6;";
    browser.js(ahead).await;
    form.click(".jw-again").await;
    tokio::time::sleep(std::time::Duration::from_secs(3)).await;
    assert_eq!(browser.js(SUBMITTED).await, 1);

    // The press before still waits for a timer, as one does in a tab that is asleep.
    shop.goto("/").await;
    let form = browser.form().await;
    form.fill_and_send(&typed(&number(2))).await;
    jawort.sms(&number(2), 1).await;
    form.see(".jw-note").await;
    browser.js("const start = setTimeout; window.setTimeout = (then, ms) => ms > 200 ? 0 : start(then, ms)").await;
    // One tick may be on its way.
    tokio::time::sleep(std::time::Duration::from_millis(1500)).await;
    pass(&shop, 61).await;
    assert!(waits(&form).await, "nothing has counted");
    form.click(".jw-again").await;
    jawort.sms(&number(2), 2).await;
    form.find_saying(".jw-sent", "noch einmal gesendet").await;
}

/// What would change nothing is not sent, by whatever button, and says so.
#[tokio::test]
async fn the_same_number_within_the_pause_is_told_how_long() {
    let shop = Shop::open(&[]).await;
    let (jawort, browser) = (&shop.jawort, &shop.browser);
    shop.goto("/booking.html").await;
    let form = browser.form().await;
    form.fill_and_send(&typed(&number(1))).await;
    form.see("#jw-done-title").await;
    jawort.sms(&number(1), 1).await;
    form.click(".jw-change").await;
    form.click("#jw-purpose-1").await;
    // The same, spelled in another way.
    form.type_number(&number(1)).await;
    form.click(".jw-submit").await;
    let summary = form.text(".jw-summary").await;
    assert!(summary.contains(" Sekunden können Sie die SMS noch einmal anfordern."), "{summary}");
    assert!(!form.ticked("#jw-purpose-1").await && form.number().await == number(1), "all is as it was left");
    assert_eq!(browser.js(SUBMITTED).await, 1);

    pass(&shop, 61).await;
    form.click(".jw-submit").await;
    form.see("#jw-done-title").await;
    let sms = jawort.sms(&number(1), 2).await;
    assert!(!sms.text.contains("Zimmerpflanzen"), "what was unticked meanwhile counts: {}", sms.text);
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
    pass(&shop, 61).await;
    form.click(".jw-again").await;
    assert_eq!(jawort.sms(&number(1), 2).await.link(), old);
    assert_eq!(form.text("#jw-done-title").await, "Fast geschafft");
    browser.goto(&old.0).await;
    browser.click_saying("button", "Ja, ich möchte").await;
    browser.find_saying("h1", "Danke").await;
    browser.goto(&old.0).await;
    assert_eq!(jawort.standing(&number(1), "marketing").await, "allowed");
}

/// Who is signed up reads what a stranger reads, and gets no second SMS.
#[tokio::test]
async fn the_page_says_to_whoever_is_signed_up_what_it_says_to_all() {
    let shop = Shop::open(&[]).await;
    let (jawort, browser) = (&shop.jawort, &shop.browser);
    jawort.consent("newsletter", &number(21)).await;
    let before = jawort.inbox(&number(21)).await.len();
    let mut said = Vec::new();
    for n in [11, 21] {
        shop.goto("/").await;
        let form = browser.form().await;
        form.fill_and_send(&typed(&number(n))).await;
        form.see("#jw-done-title").await;
        let first = form.text(".jw-done").await;
        pass(&shop, 61).await;
        form.click(".jw-again").await;
        form.find_saying(".jw-sent", "noch einmal gesendet").await;
        let second = form.text(".jw-done").await;
        let like_all = |text: String| {
            let words = text.replace(&format!("die auf {n} endet"), "die auf 11 endet");
            words.chars().filter(|sign| !sign.is_ascii_digit()).collect::<String>()
        };
        said.push((like_all(first), like_all(second)));
    }
    assert_eq!(said[0], said[1]);
    assert!(said[0].0.contains("Vielleicht sind Sie schon angemeldet, oder heute kamen schon drei SMS."), "{said:?}");
    jawort.sms(&number(11), 2).await;
    jawort.no_more_than(&number(21), before + 1).await;
}

#[tokio::test]
async fn with_text_twice_as_large_nothing_leaves_a_small_screen() {
    let shop = Shop::open(&[Setting::Narrow]).await;
    let browser = &shop.browser;
    shop.goto_edge("/f/newsletter").await;
    let form = browser.form().await;
    form.fill_and_send(&typed(&number(1))).await;
    browser.js("document.documentElement.style.fontSize = '200%'").await;
    let beyond = "const { clientWidth } = document.documentElement;
        return [...document.querySelectorAll('.jw-done, .jw-done *')]
            .filter((it) => it.getBoundingClientRect().right > clientWidth || it.scrollWidth > it.clientWidth + 1 && it.clientWidth)
            .map((it) => it.outerHTML)";
    for _ in 0..2 {
        form.see(".jw-again").await;
        assert_eq!(browser.js(beyond).await, serde_json::json!([]));
        pass(&shop, 61).await;
        form.find_saying(".jw-status", "Jetzt können Sie").await;
        form.click(".jw-again").await;
        form.find_saying(".jw-sent", "noch einmal gesendet").await;
        shop.jawort.turn(1).await;
    }
    form.find_saying(".jw-note", "dreimal").await;
    assert_eq!(browser.js(beyond).await, serde_json::json!([]));
}
