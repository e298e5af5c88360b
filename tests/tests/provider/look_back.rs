//! What came in while nobody answered: an hourly look into the provider's list finds it.

use serde_json::json;
use tests::{Answer, HOUR, Jawort, Provider, eventually, number};

const HOURS: i64 = 3600;

/// Lets time pass, and wakes the gateway's object as a platform's alarm would.
async fn hours_pass(jawort: &Jawort, hours: u64) {
    jawort.turn(hours * HOUR).await;
    Answer::of(jawort.get("/healthz")).await;
}

async fn becomes(jawort: &Jawort, number: &str, standing: &str) {
    eventually(standing, || async { (jawort.standing(number, "marketing").await == standing).then_some(()) }).await;
}

#[tokio::test]
async fn a_stop_that_came_while_nobody_answered_is_found_within_the_hour() {
    let provider = Provider::start().await;
    let jawort = provider.edge().await;
    provider.consent(&jawort, &number(1)).await;
    provider.consent(&jawort, &number(2)).await;
    provider.lists_inbound("SM1", &number(1), "Stopp bitte", HOURS);
    // On a later page than the first.
    for n in 0..45 {
        provider.lists_inbound(&format!("SM{}", 100 + n), "+493012345678", "Hallo", HOURS);
    }
    hours_pass(&jawort, 2).await;
    becomes(&jawort, &number(1), "withdrawn").await;
    // It is acknowledged once, however often it is listed.
    provider.sms(3).await;
    hours_pass(&jawort, 2).await;
    hours_pass(&jawort, 2).await;
    provider.no_more_than(3).await;
    assert_eq!(jawort.standing(&number(2), "marketing").await, "allowed");
    let chain = jawort.chain(&number(1), "marketing").await;
    let ended = json!(chain.last().unwrap().event.happened);
    assert_eq!((&ended["sms"]["id"], &ended["sms"]["signature_verified"]), (&json!("SM1"), &json!(false)));
}

#[tokio::test]
async fn what_was_wanted_after_a_stop_stays_whether_its_webhook_came_or_not() {
    let provider = Provider::start().await;
    let jawort = provider.edge().await;
    for n in [1, 2, 3] {
        provider.consent(&jawort, &number(n)).await;
    }
    jawort.turn(HOUR).await;
    // Of the first the webhook came; of the second it didn't, and of the third a START after a STOP is all that is
    // lost.
    for (n, sid) in [(1, "SM1"), (3, "SM3")] {
        jawort.bring(sid, &number(n), "STOP").await.expect(200);
    }
    provider.sms(5).await;
    provider.lists_inbound("SM1", &number(1), "STOP", HOURS);
    provider.lists_inbound("SM2", &number(2), "STOP", -60);
    provider.lists_inbound("SM4", &number(3), "START", HOURS - 60);
    jawort.bring("SM5", &number(1), "START").await.expect(200);
    provider.sms(6).await;
    jawort.turn(HOUR).await;
    jawort.ask("newsletter", &number(1)).await;
    let link = eventually("the SMS", || async { provider.taken_for(&number(1)).get(3).cloned() }).await.link();
    jawort.tap(&link, &[("action", "confirm")]).await.page(200);
    // Whoever stops now shows that the list was read.
    provider.consent(&jawort, &number(4)).await;
    provider.lists_inbound("SM6", &number(4), "STOP", 2 * HOURS + 60);
    hours_pass(&jawort, 2).await;
    becomes(&jawort, &number(4), "withdrawn").await;
    assert_eq!(jawort.standing(&number(1), "marketing").await, "allowed");
    assert_eq!(jawort.standing(&number(2), "marketing").await, "allowed");
    assert_eq!(jawort.overview(&number(3)).await["silenced"], true, "a START of before the STOP");
}

#[tokio::test]
async fn a_list_that_can_not_be_read_is_read_in_the_next_hour() {
    let provider = Provider::start().await;
    let jawort = provider.edge().await;
    provider.consent(&jawort, &number(1)).await;
    provider.lists_inbound("SM1", &number(1), "STOP", HOURS);
    provider.breaks_list();
    hours_pass(&jawort, 2).await;
    eventually("the log", || async { jawort.log().contains("can't be read; in an hour again").then_some(()) }).await;
    // It holds up nothing.
    jawort.order(&number(1), "marketing", "Heute neu").await;
    provider.sms(2).await;
    provider.lists(true);
    hours_pass(&jawort, 2).await;
    becomes(&jawort, &number(1), "withdrawn").await;
}
