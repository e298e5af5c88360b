//! The end of everything that is stored, by the person's own tap.

use tests::{Answer, DAY, Jawort, Link, eventually, number};

/// A consent, and a fresh link to what is stored of it.
async fn stored(jawort: &Jawort, number: &str) -> (Link, Link) {
    let link = jawort.consent("newsletter", number).await;
    jawort.reply(number, "INFO").await;
    (link, jawort.sms(number, 2).await.link())
}

#[tokio::test]
async fn erasing_takes_a_ticked_box() {
    let jawort = Jawort::start().await;
    let (_, fresh) = stored(&jawort, &number(1)).await;
    let page = jawort.tap(&fresh, &[("action", "erase")]).await.page(200);
    assert!(page.contains("Es ist noch nichts gelöscht"), "{page}");
    assert_eq!(jawort.standing(&number(1), "marketing").await, "allowed");
}

#[tokio::test]
async fn erased_is_erased_and_a_stranger_cannot_bring_it_back() {
    let jawort = Jawort::start().await;
    let (link, fresh) = stored(&jawort, &number(1)).await;
    let page = jawort.tap(&fresh, &[("action", "erase"), ("understood", "yes")]).await.page(200);
    assert!(page.contains("Ihre Daten sind gelöscht") && page.contains("1. Januar 2030"), "{page}");
    assert!(!page.contains(&number(1)), "{page}");

    assert_eq!(jawort.standing(&number(1), "marketing").await, "erased");
    jawort.message(&number(1), "marketing", "Hallo").await.problem(403, "no-consent");
    let overview = jawort.overview(&number(1)).await;
    assert_eq!(overview["events"], serde_json::json!([]), "the proof is locked: {overview}");
    // Links from before show nothing of the person.
    jawort.open(&fresh).await.page(404);
    let way_out = jawort.open(&link).await.text();
    assert!(!way_out.contains(&number(1)[3..]), "{way_out}");

    jawort.turn(29 * DAY).await;
    jawort.ask("newsletter", &number(1)).await;
    jawort.no_more_than(&number(1), 2).await;
    jawort.turn(2 * DAY).await;
    let link = jawort.ask_and_get("newsletter", &number(1), 3).await;
    jawort.tap(&link, &[("action", "confirm")]).await.page(200);
    assert_eq!(jawort.standing(&number(1), "marketing").await, "allowed");
    assert_eq!(jawort.chain(&number(1), "marketing").await.len(), 1, "a new chain begins");
}

#[tokio::test]
async fn a_link_in_an_older_sms_cannot_erase() {
    let jawort = Jawort::start().await;
    let (link, _) = stored(&jawort, &number(1)).await;
    for action in ["erase", "correct"] {
        jawort.tap(&link, &[("action", action), ("understood", "yes")]).await.page(200);
        assert_eq!(jawort.standing(&number(1), "marketing").await, "allowed", "{action}");
    }
}

#[tokio::test]
async fn a_number_given_up_gets_nothing_more() {
    let jawort = Jawort::start().await;
    let (_, fresh) = stored(&jawort, &number(1)).await;
    let page = jawort.tap(&fresh, &[("action", "correct")]).await.page(200);
    assert!(page.contains("an diese Nummer schicken wir nichts mehr"), "{page}");
    assert_eq!(jawort.standing(&number(1), "marketing").await, "withdrawn");
    jawort.turn(90 * DAY).await;
    jawort.ask("newsletter", &number(1)).await;
    jawort.no_more_than(&number(1), 2).await;
}

#[tokio::test]
async fn what_waits_unconfirmed_is_erased_as_well() {
    let jawort = Jawort::start().await;
    let link = jawort.ask_and_get("newsletter", &number(1), 1).await;
    jawort.reply(&number(1), "INFO").await;
    let fresh = jawort.sms(&number(1), 2).await.link();
    jawort.tap(&fresh, &[("action", "erase"), ("understood", "yes")]).await.page(200);
    let answer = jawort.tap(&link, &[("action", "confirm")]).await;
    assert!(!answer.text().contains("Danke, Sie sind angemeldet"));
    let overview = jawort.overview(&number(1)).await;
    assert_eq!(overview["pending"], serde_json::json!([]), "{overview}");
}

/// Writes and deletions in KV so far.
async fn kv_writes(jawort: &Jawort) -> u64 {
    Answer::of(jawort.get("/simulator/billed")).await.expect(200).json()["kv_writes"].as_u64().unwrap()
}

#[tokio::test]
async fn an_erasure_reaches_kv_too() {
    let jawort = Jawort::start().await;
    let before = kv_writes(&jawort).await;
    let (_, fresh) = stored(&jawort, &number(1)).await;
    eventually("the copy of the consent", || async { (kv_writes(&jawort).await == before + 1).then_some(()) }).await;
    jawort.tap(&fresh, &[("action", "erase"), ("understood", "yes")]).await.page(200);
    // Its row for exports holds the number, sealed by another key than the one that was destroyed.
    eventually("the deletion", || async { (kv_writes(&jawort).await == before + 2).then_some(()) }).await;
}

#[tokio::test]
async fn a_person_with_five_thousand_messages_can_be_erased() {
    let mut jawort = Jawort::start().await;
    let (_, fresh) = stored(&jawort, &number(1)).await;
    let id = jawort.order(&number(1), "marketing", "Heute neu").await;
    jawort.reaches(&id, "sent").await;
    let before = jawort.chain(&number(1), "marketing").await.len();
    // As many years of messages leave it: an event for each.
    let years = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
                 INSERT INTO events (purpose, seq, id, hash, given, event, erasable)
                 SELECT purpose, seq + i, id || i, hash, 0, event, NULL FROM events, n WHERE given = 0";
    assert_eq!(jawort.alter("Subject", years), 5000);
    let page = jawort.tap(&fresh, &[("action", "erase"), ("understood", "yes")]).await.page(200);
    assert!(page.contains("Ihre Daten sind gelöscht"), "{page}");
    assert_eq!(jawort.standing(&number(1), "marketing").await, "erased");
    assert_eq!(jawort.overview(&number(1)).await["events"], serde_json::json!([]));
    let locked: Vec<i64> = jawort.stored("Subject", "SELECT COUNT(*) FROM locked_events");
    assert_eq!(locked, [5000 + i64::try_from(before).unwrap() + 1], "all of them, and the erasure");
    let record: Vec<i64> = jawort.stored("Subject", "SELECT length(record) FROM subject");
    assert!(record[0] < 5_000, "the row that decides does not grow: {record:?}");
    jawort.turn(4 * 366 * DAY).await;
    jawort.later(&number(1), 1).await;
    eventually("the proof's end", || async {
        (jawort.standing(&number(1), "marketing").await == "unknown").then_some(())
    })
    .await;
    jawort.quiet().await;
    assert_eq!(jawort.stored::<i64>("Subject", "SELECT COUNT(*) FROM locked_events"), [0; 0], "nobody is stored");
}

/// Consent, its end and consent again begin a generation of links; those of it lift a suppression whatever is deleted.
#[tokio::test]
async fn a_link_lifts_an_objection_after_an_erasure_and_when_all_else_is_gone() {
    let jawort = Jawort::start().await;
    let first = jawort.consent("newsletter", &number(1)).await;
    jawort.tap(&first, &[("action", "withdraw")]).await.page(200);
    jawort.turn(90 * DAY).await;
    let link = jawort.ask_and_get("newsletter", &number(1), 2).await;
    jawort.tap(&link, &[("action", "confirm")]).await.page(200);
    jawort.tap(&link, &[("action", "object"), ("purpose", "marketing")]).await.page(200);
    jawort.reply(&number(1), "INFO").await;
    let fresh = jawort.sms(&number(1), 3).await.link();
    jawort.tap(&fresh, &[("action", "erase"), ("understood", "yes")]).await.page(200);
    for days in [0, 40] {
        jawort.turn(days * DAY).await;
        let page = jawort.open(&link).await.page(200);
        assert!(page.contains("value=\"allow\""), "{days} days: {page}");
        let page = jawort.open(&first).await.text();
        assert!(!page.contains("value=\"allow\""), "a link of an older generation may be in other hands: {page}");
    }
    let page = jawort.tap(&link, &[("action", "allow")]).await.page(200);
    assert!(page.contains("Die Sperre ist aufgehoben"), "{page}");
}
