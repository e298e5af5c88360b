//! Who is to be left alone by web pages, for how long, and how the person ends that.

use tests::{DAY, HOUR, Jawort, number};

/// Asks by the form and waits until the request is decided: the page answers alike.
async fn ask_in_vain(jawort: &Jawort, sms: usize) {
    jawort.ask("newsletter", &number(1)).await;
    jawort.no_more_than(&number(1), sms).await;
}

#[tokio::test]
async fn a_withdrawal_by_tap_is_followed_by_the_silence_of_a_stop() {
    let jawort = Jawort::start().await;
    let link = jawort.consent("newsletter", &number(1)).await;
    jawort.tap(&link, &[("action", "withdraw")]).await.page(200);
    jawort.later(&number(1), HOUR).await;
    ask_in_vain(&jawort, 1).await;
    jawort.later(&number(1), 29 * DAY).await;
    ask_in_vain(&jawort, 1).await;
    jawort.later(&number(1), 2 * DAY).await;
    jawort.ask("newsletter", &number(1)).await;
    jawort.sms(&number(1), 2).await;
}

#[tokio::test]
async fn the_person_ends_the_silence_on_the_page_of_an_earlier_link() {
    let jawort = Jawort::start().await;
    let link = jawort.consent("newsletter", &number(1)).await;
    jawort.tap(&link, &[("action", "withdraw")]).await.page(200);
    jawort.later(&number(1), HOUR).await;
    ask_in_vain(&jawort, 1).await;
    jawort.tap(&link, &[("action", "allow")]).await.page(200);
    let asked = jawort.sms(&number(1), 2).await;
    jawort.tap(&asked.link(), &[("action", "confirm")]).await.page(200);
    assert_eq!(jawort.standing(&number(1), "marketing").await, "allowed");
}

/// P2 of the findings: the page says to text START, and then START must do something.
#[tokio::test]
async fn a_start_asks_what_was_typed_within_48_hours() {
    let jawort = Jawort::start().await;
    jawort.consent("newsletter", &number(1)).await;
    jawort.reply(&number(1), "STOP").await;
    jawort.sms(&number(1), 2).await;
    ask_in_vain(&jawort, 2).await;
    assert_eq!(jawort.standing(&number(1), "marketing").await, "withdrawn", "a stranger's request shows nowhere");
    jawort.reply(&number(1), "JA").await;
    jawort.no_more_than(&number(1), 2).await;
    assert_eq!(jawort.standing(&number(1), "marketing").await, "withdrawn", "nobody was asked yet");
    jawort.later(&number(1), 47 * HOUR).await;
    jawort.reply(&number(1), "START").await;
    let asked = jawort.sms(&number(1), 3).await;
    assert!(asked.text.contains("Möchten Sie"), "{}", asked.text);
    jawort.later(&number(1), 40 * HOUR).await;
    jawort.tap(&asked.link(), &[("action", "confirm")]).await.page(200);
    assert_eq!(jawort.standing(&number(1), "marketing").await, "allowed");
}

#[tokio::test]
async fn a_start_with_nothing_to_ask_is_answered_and_consents_to_nothing() {
    let jawort = Jawort::start().await;
    jawort.consent("newsletter", &number(1)).await;
    jawort.reply(&number(1), "STOP").await;
    jawort.sms(&number(1), 2).await;
    ask_in_vain(&jawort, 2).await;
    jawort.later(&number(1), 49 * HOUR).await;
    jawort.reply(&number(1), "START").await;
    let answer = jawort.sms(&number(1), 3).await.text;
    assert!(answer.starts_with("Blattwerk:") && answer.contains("START allein"), "{answer}");
    assert_eq!(jawort.standing(&number(1), "marketing").await, "withdrawn");
    jawort.reply(&number(1), "START").await;
    jawort.no_more_than(&number(1), 3).await;
    jawort.ask("newsletter", &number(1)).await;
    jawort.sms(&number(1), 4).await;
}

/// P4 of the findings.
#[tokio::test]
async fn each_sms_of_one_request_confirms() {
    let jawort = Jawort::start().await;
    jawort.ask("newsletter", &number(1)).await;
    let first = jawort.sms(&number(1), 1).await;
    jawort.later(&number(1), 90).await;
    jawort.ask("newsletter", &number(1)).await;
    let second = jawort.sms(&number(1), 2).await;
    assert_eq!(first.text, second.text);
    jawort.tap(&first.link(), &[("action", "confirm")]).await.page(200);
    assert_eq!(jawort.standing(&number(1), "marketing").await, "allowed");
}

#[tokio::test]
async fn two_requests_that_nobody_answered_are_followed_by_silence() {
    let jawort = Jawort::start().await;
    for n in 1..=2 {
        jawort.ask("newsletter", &number(1)).await;
        jawort.sms(&number(1), n).await;
        jawort.later(&number(1), 49 * HOUR).await;
    }
    ask_in_vain(&jawort, 2).await;
    jawort.later(&number(1), 28 * DAY).await;
    ask_in_vain(&jawort, 2).await;
    jawort.later(&number(1), 2 * DAY).await;
    jawort.ask("newsletter", &number(1)).await;
    jawort.sms(&number(1), 3).await;
    jawort.later(&number(1), 80 * DAY).await;
    ask_in_vain(&jawort, 3).await;
    jawort.later(&number(1), 12 * DAY).await;
    jawort.ask("newsletter", &number(1)).await;
    let asked = jawort.sms(&number(1), 4).await;
    jawort.tap(&asked.link(), &[("action", "confirm")]).await.page(200);
    assert_eq!(jawort.standing(&number(1), "marketing").await, "allowed");
}
