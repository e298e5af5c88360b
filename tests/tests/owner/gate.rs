//! The one door of every SMS.

use serde_json::json;
use tests::{DAY, Jawort, number};

#[tokio::test]
async fn a_message_leaves_with_the_way_out_and_only_with_consent() {
    let jawort = Jawort::start().await;
    jawort.message(&number(1), "marketing", "Hallo").await.problem(403, "no-consent");
    let link = jawort.consent("newsletter", &number(1)).await;
    let accepted = jawort.message(&number(1), "marketing", "Heute 20 % auf Farne").await.expect(202).json();
    assert_eq!(accepted["segments"], 1);
    assert!(accepted["id"].is_string());
    let sms = jawort.sms(&number(1), 2).await;
    assert!(sms.text.starts_with("Blattwerk: Heute 20 % auf Farne\n") && sms.text.contains("STOP"), "{}", sms.text);
    jawort.message(&number(1), "booking", "Bis morgen").await.problem(403, "no-consent");

    jawort.tap(&link, &[("action", "withdraw")]).await.page(200);
    jawort.message(&number(1), "marketing", "Doch noch?").await.problem(403, "no-consent");
    jawort.no_more_than(&number(1), 2).await;
}

#[tokio::test]
async fn no_more_is_sent_than_was_promised() {
    let jawort = Jawort::start().await;
    jawort.consent("newsletter", &number(1)).await;
    for n in 1..=4 {
        jawort.message(&number(1), "marketing", &format!("Angebot {n}")).await.expect(202);
        jawort.sms(&number(1), n + 1).await;
        jawort.turn(6 * DAY).await;
    }
    jawort.message(&number(1), "marketing", "Angebot 5").await.problem(403, "frequency-exceeded");
    jawort.no_more_than(&number(1), 5).await;
    // From the first one's date in the next month on there is room for one more; no month has more than 31 days.
    jawort.turn(7 * DAY).await;
    jawort.message(&number(1), "marketing", "Angebot 5").await.expect(202);
    jawort.message(&number(1), "marketing", "Angebot 6").await.problem(403, "frequency-exceeded");
    jawort.no_more_than(&number(1), 6).await;
}

/// By the calendar: a week later is a week later, a few seconds earlier in the day too.
#[tokio::test]
async fn a_steady_rhythm_is_never_refused() {
    let jawort = Jawort::start().await;
    jawort.declare("tips", json!({ "max": 1, "period": "week" })).await;
    jawort.put_form("newsletter", |draft| draft["purposes"] = json!(["tips"])).await;
    jawort.consent("newsletter", &number(1)).await;
    for n in 1..=5 {
        jawort.message(&number(1), "tips", &format!("Tipp {n}")).await.expect(202);
        jawort.sms(&number(1), n + 1).await;
        jawort.turn(5 * DAY).await;
        jawort.message(&number(1), "tips", "Zu früh").await.problem(403, "frequency-exceeded");
        jawort.turn(2 * DAY - 5).await;
    }
    jawort.no_more_than(&number(1), 6).await;
}

#[tokio::test]
async fn messages_ordered_at_the_same_time_keep_to_the_promise() {
    let jawort = Jawort::start().await;
    jawort.consent("newsletter", &number(1)).await;
    let number = number(1);
    let send = || jawort.message(&number, "marketing", "Angebot");
    let (a, b, c, d, e, f) = tokio::join!(send(), send(), send(), send(), send(), send());
    let statuses = [a, b, c, d, e, f].map(|answer| answer.status);
    assert_eq!(statuses.iter().filter(|status| **status == 202).count(), 4, "{statuses:?}");
    assert_eq!(statuses.iter().filter(|status| **status == 403).count(), 2, "{statuses:?}");
    jawort.no_more_than(&number, 5).await;
}

#[tokio::test]
async fn a_renewed_consent_does_not_renew_the_allowance_of_a_consent_in_force() {
    let jawort = Jawort::start().await;
    jawort.consent("newsletter", &number(1)).await;
    for n in 1..=4 {
        jawort.message(&number(1), "marketing", &format!("Angebot {n}")).await.expect(202);
    }
    jawort.turn(90).await;
    jawort.ask("newsletter", &number(1)).await;
    jawort.message(&number(1), "marketing", "Angebot 5").await.problem(403, "frequency-exceeded");
}

#[tokio::test]
async fn nothing_leaves_after_the_acknowledgement_of_a_stop() {
    let jawort = Jawort::start().await;
    jawort.consent("shop", &number(1)).await;
    let number = number(1);
    let send = |purpose| jawort.message(&number, purpose, "Noch schnell");
    tokio::join!(send("marketing"), send("booking"), jawort.reply(&number, "STOP"), send("marketing"), send("booking"));
    tests::eventually("the acknowledgement", || async {
        let inbox = jawort.inbox(&number).await;
        inbox.iter().any(|sms| sms.text.contains("Abgemeldet")).then_some(())
    })
    .await;
    tokio::time::sleep(std::time::Duration::from_millis(700)).await;
    let inbox = jawort.inbox(&number).await;
    assert!(inbox.last().unwrap().text.contains("Abgemeldet"), "{inbox:?}");
    assert_eq!(inbox.iter().filter(|sms| sms.text.contains("Abgemeldet")).count(), 1, "{inbox:?}");
}

#[tokio::test]
async fn a_consent_that_nobody_uses_lapses() {
    let jawort = Jawort::start().await;
    jawort.consent("newsletter", &number(1)).await;
    jawort.turn(530 * DAY).await;
    assert_eq!(jawort.standing(&number(1), "marketing").await, "allowed");
    let id = jawort.order(&number(1), "marketing", "Angebot").await;
    jawort.reaches(&id, "sent").await;
    jawort.turn(530 * DAY).await;
    assert_eq!(jawort.standing(&number(1), "marketing").await, "allowed", "18 months since it was used");
    jawort.turn(30 * DAY).await;
    assert_eq!(jawort.standing(&number(1), "marketing").await, "lapsed");
    jawort.message(&number(1), "marketing", "Angebot").await.problem(403, "no-consent");
    let kinds: Vec<_> =
        jawort.chain(&number(1), "marketing").await.iter().map(|it| json!(it.event.happened)["kind"].clone()).collect();
    assert_eq!(kinds, ["given", "used", "lapsed"]);
}

#[tokio::test]
async fn a_text_that_is_empty_or_too_long_is_refused() {
    let jawort = Jawort::start().await;
    jawort.consent("newsletter", &number(1)).await;
    for (text, reason) in [(" ", "present"), (&*"lang ".repeat(500), "too_long")] {
        let problem = jawort.message(&number(1), "marketing", text).await.problem(422, "fields");
        assert_eq!(problem["errors"][0]["field"], "text");
        assert_eq!(problem["errors"][0]["reason"], reason);
    }
    let problem = jawort.message(&number(1), "lottery", "Hallo").await.problem(422, "fields");
    assert_eq!(
        problem["errors"][0],
        json!({
            "field": "purpose", "reason": "unknown_purpose", "detail": problem["errors"][0]["detail"],
        })
    );
    jawort.no_more_than(&number(1), 1).await;
}
