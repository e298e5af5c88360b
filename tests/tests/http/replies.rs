//! What a handset can say by SMS.

use serde_json::json;
use tests::{Answer, Jawort, number};

const DAY: u64 = 24 * 3600;

#[tokio::test]
async fn a_stop_ends_everything_with_one_acknowledgement_and_thirty_days_of_silence() {
    let jawort = Jawort::start().await;
    jawort.consent("shop", &number(1)).await;
    jawort.turn(90).await;
    jawort.reply(&number(1), "Stopp!").await;
    let acknowledgement = jawort.sms(&number(1), 2).await;
    assert!(acknowledgement.text.contains("Abgemeldet"), "{}", acknowledgement.text);
    for purpose in ["marketing", "booking"] {
        assert_eq!(jawort.standing(&number(1), purpose).await, "withdrawn");
        assert_eq!(jawort.chain(&number(1), purpose).await.len(), 2);
        jawort.message(&number(1), purpose, "Hallo").await.problem(403, "no-consent");
    }
    jawort.reply(&number(1), "STOP").await;
    jawort.reply(&number(1), "stop bitte").await;
    jawort.turn(29 * DAY).await;
    jawort.ask("newsletter", &number(1)).await;
    jawort.no_more_than(&number(1), 2).await;
    jawort.turn(2 * DAY).await;
    let link = jawort.ask_and_get("newsletter", &number(1), 3).await;
    jawort.tap(&link, &[("action", "confirm")]).await.page(200);
    assert_eq!(jawort.standing(&number(1), "marketing").await, "allowed");
}

#[tokio::test]
async fn a_stop_ends_a_request_that_waits() {
    let jawort = Jawort::start().await;
    let link = jawort.ask_and_get("newsletter", &number(1), 1).await;
    jawort.reply(&number(1), "STOP").await;
    jawort.sms(&number(1), 2).await;
    let page = jawort.tap(&link, &[("action", "confirm")]).await.page(200);
    assert!(!page.contains("Danke, Sie sind angemeldet"), "{page}");
    assert_eq!(jawort.standing(&number(1), "marketing").await, "unknown");
}

#[tokio::test]
async fn a_stop_from_a_number_that_nobody_knows_keeps_web_pages_away_too() {
    let jawort = Jawort::start().await;
    jawort.reply(&number(1), "STOP").await;
    jawort.sms(&number(1), 1).await;
    jawort.ask("newsletter", &number(1)).await;
    jawort.no_more_than(&number(1), 1).await;
}

#[tokio::test]
async fn a_start_lets_requests_through_again_and_is_no_consent() {
    let jawort = Jawort::start().await;
    jawort.consent("newsletter", &number(1)).await;
    jawort.reply(&number(1), "STOP").await;
    jawort.sms(&number(1), 2).await;
    jawort.reply(&number(1), "START").await;
    assert_eq!(jawort.standing(&number(1), "marketing").await, "withdrawn");
    jawort.turn(90).await;
    jawort.ask_and_get("newsletter", &number(1), 3).await;
}

#[tokio::test]
async fn info_brings_a_fresh_link() {
    let jawort = Jawort::start().await;
    jawort.consent("newsletter", &number(1)).await;
    jawort.reply(&number(1), "Info").await;
    let page = jawort.open(&jawort.sms(&number(1), 2).await.link()).await.page(200);
    assert!(page.contains("Das ist über Sie gespeichert"), "{page}");
}

#[tokio::test]
async fn a_wrong_number_ends_everything_without_an_answer() {
    let jawort = Jawort::start().await;
    jawort.consent("newsletter", &number(1)).await;
    jawort.reply(&number(1), "Falsche Nummer").await;
    assert_eq!(jawort.standing(&number(1), "marketing").await, "withdrawn");
    jawort.turn(90 * DAY).await;
    jawort.ask("newsletter", &number(1)).await;
    jawort.no_more_than(&number(1), 1).await;
}

#[tokio::test]
async fn other_words_change_nothing() {
    let jawort = Jawort::start().await;
    jawort.consent("newsletter", &number(1)).await;
    for text in ["Danke!", "ja", "nicht stoppen", "👍"] {
        jawort.reply(&number(1), text).await;
    }
    assert_eq!(jawort.standing(&number(1), "marketing").await, "allowed");
    jawort.no_more_than(&number(1), 1).await;
}

#[tokio::test]
async fn an_answer_to_a_sender_that_takes_none_is_an_error() {
    let jawort = Jawort::start().await;
    let body = json!({ "from": number(1), "to": "Blattwerk", "text": "STOP" });
    Answer::of(jawort.post("/simulator/reply").json(&body)).await.problem(422, "fields");
}
