//! Faults come where a test orders them.

use reqwest::Method;
use tests::{
    Answer, Jawort,
    faults::{Fault, How, Kind, When},
    number,
};

#[tokio::test]
async fn the_nth_statement_fails_once_and_no_other() {
    let jawort = Jawort::start().await;
    jawort.consent("newsletter", &number(1)).await;
    jawort.quiet().await;
    jawort.disarm().await;
    jawort.check(&number(1), "marketing").await;
    let all = jawort.quiet().await;
    assert!(all.of(Kind::Sql) > 0 && all.of(Kind::Question) > 0 && all.fired.is_none(), "{all:?}");
    let fault = Fault { kind: Kind::Sql, nth: 1, how: How::Error, when: When::Before, once: true };
    jawort.arm(fault).await;
    let body = serde_json::json!({ "number": number(1), "purpose": "marketing" });
    jawort.owner(Method::POST, "/v1/check", Some(body)).await.problem(500, "fault");
    assert!(jawort.seen().await.fired.is_some());
    assert_eq!(jawort.standing(&number(1), "marketing").await, "allowed");
}

#[tokio::test]
async fn a_kill_stops_everything_at_once_and_what_was_not_acknowledged_is_gone() {
    let mut jawort = Jawort::start().await;
    let link = jawort.ask_and_get("newsletter", &number(1), 1).await;
    jawort.quiet().await;
    let mut watch = jawort.watch();
    jawort.arm(Fault { kind: Kind::Alarm, nth: 1, how: How::Kill, when: When::Before, once: true }).await;
    let answer = tokio::select! {
        answer = jawort.tap(&link, &[("action", "confirm")]) => Some(answer),
        what = watch.wait() => { assert_eq!(what, "alarm"); None }
    };
    assert!(answer.is_none(), "{answer:?}");
    jawort.crash();
    assert_eq!(jawort.standing(&number(1), "marketing").await, "pending");
    Answer::of(jawort.get("/healthz")).await.expect(200);
}

#[tokio::test]
async fn a_question_is_asked_again_where_the_platform_says_so_and_does_the_same_once() {
    let jawort = Jawort::start().await;
    let check = serde_json::json!({ "number": number(1), "purpose": "marketing" });
    let ask = || jawort.owner(Method::POST, "/v1/check", Some(check.clone()));
    let fault = |how, nth, once| Fault { kind: Kind::Question, nth, how, when: When::Before, once };
    jawort.quiet().await;
    jawort.arm(fault(How::Retryable, 1, true)).await;
    ask().await.expect(200);
    assert_eq!((jawort.seen().await.of(Kind::Question), jawort.seen().await.fired.is_some()), (2, true));
    // Three times in all, and none where it says otherwise.
    for (how, asked) in [(How::Retryable, 3), (How::Error, 1), (How::Overloaded, 1)] {
        jawort.arm(fault(how, 1, false)).await;
        ask().await.problem(500, "fault");
        assert_eq!(jawort.seen().await.of(Kind::Question), asked, "{how:?}");
    }
    jawort.disarm().await;

    // It was done, and nobody learned it.
    jawort.consent("newsletter", &number(1)).await;
    jawort.quiet().await;
    let lost = || fault(How::Retryable, 1, true);
    let lost = || Fault { when: When::After, ..lost() };
    jawort.arm(lost()).await;
    jawort.message(&number(1), "marketing", "Heute neu").await.expect(202);
    assert!(jawort.seen().await.fired.is_some());
    jawort.sms(&number(1), 2).await;
    jawort.no_more_than(&number(1), 2).await;
}
