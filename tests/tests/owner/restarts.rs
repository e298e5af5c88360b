//! What was acknowledged stays, whatever happens to the machine.

use tests::{Jawort, number};

#[tokio::test]
async fn a_restart_loses_nothing() {
    let mut jawort = Jawort::start().await;
    let given = jawort.consent("newsletter", &number(1)).await;
    let waiting = jawort.ask_and_get("shop", &number(2), 1).await;
    jawort.reply(&number(3), "STOP").await;
    jawort.sms(&number(3), 1).await;
    let before = jawort.overview(&number(1)).await;

    jawort.restart();
    assert_eq!(jawort.overview(&number(1)).await, before);
    jawort.tap(&waiting, &[("action", "confirm")]).await.page(200);
    assert_eq!(jawort.standing(&number(2), "booking").await, "allowed");
    jawort.ask("newsletter", &number(3)).await;
    jawort.no_more_than(&number(3), 1).await;
    jawort.tap(&given, &[("action", "withdraw")]).await.page(200);
    assert_eq!(jawort.chain(&number(1), "marketing").await.len(), 2);
}

#[tokio::test]
async fn a_crash_after_the_answer_loses_no_request_and_sends_it_once() {
    let mut jawort = Jawort::start().await;
    for n in 0..6 {
        let body = jawort.submission("newsletter", &number(n)).await;
        // Somewhere between the answer and the SMS, or after it.
        jawort.submit(&body).await.expect(202);
        tokio::time::sleep(std::time::Duration::from_millis(u64::from(n) * 15)).await;
        jawort.crash();
        let link = jawort.sms(&number(n), 1).await.link();
        jawort.tap(&link, &[("action", "confirm")]).await.page(200);
        assert_eq!(jawort.standing(&number(n), "marketing").await, "allowed");
    }
    for n in 0..6 {
        jawort.no_more_than(&number(n), 1).await;
    }
}

#[tokio::test]
async fn a_yes_that_was_acknowledged_survives_a_crash() {
    let mut jawort = Jawort::start().await;
    jawort.consent("newsletter", &number(1)).await;
    jawort.crash();
    assert_eq!(jawort.standing(&number(1), "marketing").await, "allowed");
    assert_eq!(jawort.chain(&number(1), "marketing").await.len(), 1);
}
