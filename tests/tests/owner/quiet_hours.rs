//! Hours of rest: what waits for the morning.

use serde_json::json;
use tests::{HOUR, Jawort, number};

/// Seconds from now until that hour of the day in Berlin, by the winter's offset or the summer's.
fn until_hour(hour: u64) -> u64 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    // This machine's clock says which one it is: the last Sundays of March and October are far enough for a test.
    let day_of_year = (now / 86_400) % 365;
    let offset = if (90..300).contains(&day_of_year) { 2 } else { 1 };
    let second_of_day = (now + offset * 3600) % 86_400;
    (hour * 3600 + 86_400 - second_of_day) % 86_400
}

/// Publishes a form with hours of rest from 20:00 to 8:00, which is what a form has by itself.
async fn rest(jawort: &Jawort, form: &str) {
    jawort
        .put_form(form, |draft| {
            draft.as_object_mut().unwrap().remove("quiet_hours");
        })
        .await;
}

#[tokio::test]
async fn advertising_waits_for_the_morning_and_a_booking_does_not() {
    let jawort = Jawort::start().await;
    rest(&jawort, "shop").await;
    jawort.consent("shop", &number(1)).await;
    // 22:30 in Berlin, where the number is from.
    jawort.turn(until_hour(22) + 1800).await;
    let id = jawort.order(&number(1), "marketing", "Angebot").await;
    jawort.message(&number(1), "booking", "Ihr Termin morgen um 8").await.expect(202);
    assert!(jawort.sms(&number(1), 2).await.text.starts_with("Ihr Termin"));
    jawort.no_more_than(&number(1), 2).await;
    assert_eq!(jawort.life(&id).await["state"], "queued");
    jawort.later(&number(1), 9 * HOUR).await;
    jawort.no_more_than(&number(1), 2).await;
    jawort.later(&number(1), HOUR).await;
    assert!(jawort.sms(&number(1), 3).await.text.starts_with("Angebot"));
}

#[tokio::test]
async fn what_waits_for_the_morning_asks_the_gate_again() {
    let jawort = Jawort::start().await;
    rest(&jawort, "newsletter").await;
    jawort.consent("newsletter", &number(1)).await;
    jawort.turn(until_hour(22) + 1800).await;
    let id = jawort.order(&number(1), "marketing", "Angebot").await;
    jawort.no_more_than(&number(1), 1).await;
    jawort.reply(&number(1), "STOP").await;
    jawort.sms(&number(1), 2).await;
    jawort.later(&number(1), 12 * HOUR).await;
    jawort.no_more_than(&number(1), 2).await;
    let life = jawort.life(&id).await;
    assert_eq!((&life["state"], &life["reason"]), (&json!("failed"), &json!("no_consent")));
}
