//! The yes by SMS.

use reqwest::Method;
use serde_json::json;
use shared::evidence::{ActBy, Happened};
use tests::{Behaviour, HOUR, Jawort, Provider, SENDER, number};

async fn asked(confirm: &str) -> Jawort {
    let jawort = Jawort::start().await;
    jawort.put_form("newsletter", |draft| draft["confirm"] = json!(confirm)).await;
    jawort.put_form("shop", |draft| draft["confirm"] = json!(confirm)).await;
    jawort
}

/// "27" of "JA 27".
fn word(text: &str) -> String {
    let after = text.split("JA ").nth(1).unwrap_or_else(|| panic!("no word: {text}"));
    after.chars().take_while(char::is_ascii_digit).collect()
}

#[tokio::test]
async fn a_yes_by_reply_is_consent_with_its_evidence() {
    for (n, text) in ["Ja!", "ja bitte", "👍 JA", "OK", "Yes", "oui", "Sì", "Evet"].into_iter().enumerate() {
        let (jawort, number) = (asked("reply").await, number(u8::try_from(n).unwrap()));
        jawort.ask("newsletter", &number).await;
        let sms = jawort.sms(&number, 1).await.text;
        assert!(sms.contains("JA") && sms.contains("STOP") && !sms.contains("/c/"), "{sms}");
        jawort.reply(&number, text).await;
        assert_eq!(jawort.standing(&number, "marketing").await, "allowed", "{text}");
        let chain = jawort.chain(&number, "marketing").await;
        let Happened::Given(given) = &chain[0].event.happened else { panic!("{chain:?}") };
        let ActBy::Reply(reply) = &given.act.by else { panic!("{given:?}") };
        assert_eq!((reply.to.as_str(), reply.gateway.as_str()), (SENDER, "simulator"));
        assert_eq!(given.act.commitments[0].name, "reply", "its words, as a commitment");
        assert_eq!(given.sms.text, sms);
        // What was agreed, and the way out, once.
        let agreed = jawort.sms(&number, 2).await.text;
        for part in ["Blattwerk: ", "Angebote zu Zimmerpflanzen", "max. 4 SMS im Monat", "/a/", "STOP"] {
            assert!(agreed.contains(part), "{part}: {agreed}");
        }
        jawort.reply(&number, text).await;
        jawort.no_more_than(&number, 2).await;
    }
}

#[tokio::test]
async fn a_sender_that_receives_takes_a_yes_whatever_way_the_sms_named() {
    for (n, confirm) in [Some("link"), Some("both"), Some("reply"), None].into_iter().enumerate() {
        let (jawort, number) = (Jawort::start().await, number(u8::try_from(n).unwrap()));
        jawort
            .put_form("newsletter", |draft| {
                draft.as_object_mut().unwrap().remove("confirm");
                if let Some(confirm) = confirm {
                    draft["confirm"] = json!(confirm);
                }
            })
            .await;
        jawort.ask("newsletter", &number).await;
        let asks = jawort.sms(&number, 1).await.text;
        assert_eq!(asks.contains("JA"), confirm != Some("link"), "both ways are the usual: {asks}");
        assert_eq!(asks.contains("/c/"), confirm != Some("reply"), "{asks}");
        jawort.reply(&number, "Ja").await;
        assert_eq!(jawort.standing(&number, "marketing").await, "allowed", "{confirm:?}");
        assert!(jawort.sms(&number, 2).await.text.contains("Angebote zu Zimmerpflanzen"));
    }
}

#[tokio::test]
async fn an_answer_that_is_not_understood_brings_the_link_again() {
    for confirm in ["link", "both"] {
        let jawort = asked(confirm).await;
        let link = jawort.ask_and_get("newsletter", &number(1), 1).await;
        jawort.reply(&number(1), "Jacke wie Hose").await;
        let answer = jawort.sms(&number(1), 2).await;
        assert_eq!(answer.link(), link, "{confirm}: {}", answer.text);
        jawort.tap(&answer.link(), &[("action", "confirm")]).await.page(200);
        assert_eq!(jawort.standing(&number(1), "marketing").await, "allowed");
    }
}

#[tokio::test]
async fn of_what_was_taken_back_meanwhile_nobody_is_told_that_they_have_it() {
    let provider = Provider::start().await;
    let jawort = provider.edge().await;
    let pause = async |paused: bool| {
        jawort.owner(Method::POST, "/v1/pause", Some(json!({ "paused": paused }))).await.expect(200);
    };
    jawort.ask("newsletter", &number(1)).await;
    provider.asked(1).await;
    pause(true).await;
    jawort.bring("SM1", &number(1), "ja").await.expect(200);
    assert_eq!(jawort.standing(&number(1), "marketing").await, "allowed");
    jawort.bring("SM2", &number(1), "STOP").await.expect(200);
    provider.asked(2).await;
    pause(false).await;
    jawort.turn(90).await;
    provider.no_more_than(2).await;
    assert!(provider.taken()[1].text.contains("Abgemeldet"), "{:?}", provider.taken());
}

#[tokio::test]
async fn with_both_ways_either_confirms() {
    let jawort = asked("both").await;
    let link = jawort.ask_and_get("newsletter", &number(1), 1).await;
    jawort.tap(&link, &[("action", "confirm")]).await.page(200);
    assert_eq!(jawort.standing(&number(1), "marketing").await, "allowed");
    let link = jawort.ask_and_get("newsletter", &number(2), 1).await;
    jawort.reply(&number(2), "ja").await;
    assert_eq!(jawort.standing(&number(2), "marketing").await, "allowed");
    let page = jawort.open(&link).await.page(200);
    assert!(page.contains("Abmelden"), "the link is the way out: {page}");
}

#[tokio::test]
async fn what_is_no_clear_yes_confirms_nothing_and_is_answered_once_a_day() {
    let jawort = asked("reply").await;
    jawort.ask("newsletter", &number(1)).await;
    jawort.sms(&number(1), 1).await;
    for text in ["ja, nicht stoppen", "vielleicht", "jain", "Jacke wie Hose", "ja oder nein?", "👍"] {
        jawort.reply(&number(1), text).await;
    }
    assert_eq!(jawort.standing(&number(1), "marketing").await, "pending");
    let help = jawort.sms(&number(1), 2).await.text;
    assert!(help.contains("Blattwerk") && help.contains("JA"), "{help}");
    jawort.no_more_than(&number(1), 2).await;
    jawort.reply(&number(1), "ja").await;
    assert_eq!(jawort.standing(&number(1), "marketing").await, "allowed");
}

#[tokio::test]
async fn a_no_ends_the_request() {
    let jawort = asked("reply").await;
    jawort.ask("newsletter", &number(1)).await;
    jawort.sms(&number(1), 1).await;
    jawort.reply(&number(1), "Nein danke").await;
    assert_eq!(jawort.standing(&number(1), "marketing").await, "unknown");
    jawort.reply(&number(1), "ja").await;
    assert_eq!(jawort.standing(&number(1), "marketing").await, "unknown", "nothing waits any more");
    jawort.turn(90).await;
    jawort.ask("newsletter", &number(1)).await;
    jawort.no_more_than(&number(1), 1).await;
}

#[tokio::test]
async fn where_two_requests_wait_a_yes_says_which() {
    let jawort = asked("reply").await;
    jawort.ask("newsletter", &number(1)).await;
    let first = jawort.sms(&number(1), 1).await.text;
    assert!(!first.contains("JA 1") && first.contains("JA"), "{first}");
    jawort.ask("shop", &number(1)).await;
    let second = word(&jawort.sms(&number(1), 2).await.text);
    jawort.reply(&number(1), "ja").await;
    for purpose in ["marketing", "booking"] {
        assert_eq!(jawort.standing(&number(1), purpose).await, "pending", "nobody knows which one is meant");
    }
    let help = jawort.sms(&number(1), 3).await.text;
    assert!(help.contains(&format!("JA {second}")), "{help}");
    jawort.reply(&number(1), &format!("ja {second}")).await;
    assert_eq!(jawort.standing(&number(1), "booking").await, "allowed");
    jawort.reply(&number(1), "ja 09").await;
    // Now one waits, so that a bare yes is enough.
    jawort.reply(&number(1), "ja").await;
    assert_eq!(jawort.standing(&number(1), "marketing").await, "allowed");
}

#[tokio::test]
async fn nobody_can_answer_an_sms_that_has_surely_not_left() {
    for (status, code) in [(429, 20429), (400, 21610), (400, 21614)] {
        let provider = Provider::start().await;
        let jawort = provider.edge().await;
        jawort.put_form("newsletter", |draft| draft["confirm"] = json!("reply")).await;
        provider.plan((0..9).map(|_| Behaviour::Refuse(status, code)));
        jawort.ask("newsletter", &number(1)).await;
        provider.asked(1).await;
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        jawort.bring("SM1", &number(1), "ja").await.expect(200);
        assert_eq!(jawort.standing(&number(1), "marketing").await, "pending", "{code}");
    }
}

#[tokio::test]
async fn what_may_have_been_sent_can_be_answered() {
    let provider = Provider::start().await;
    let jawort = provider.edge().await;
    jawort.put_form("newsletter", |draft| draft["confirm"] = json!("reply")).await;
    provider.plan([Behaviour::TakeAndHang]);
    jawort.ask("newsletter", &number(1)).await;
    let sms = provider.sms(1).await;
    // The person is faster than the provider's answer.
    jawort.bring("SM1", &number(1), "ja").await.expect(200);
    let chain = jawort.chain(&number(1), "marketing").await;
    let Happened::Given(given) = &chain[0].event.happened else { panic!("{chain:?}") };
    assert_eq!(given.sms.text, sms.text, "what was answered is in the evidence");
}

#[tokio::test]
async fn a_yes_counts_for_48_hours() {
    let jawort = asked("reply").await;
    jawort.ask("newsletter", &number(1)).await;
    jawort.sms(&number(1), 1).await;
    jawort.turn(48 * HOUR + 1).await;
    jawort.reply(&number(1), "ja").await;
    assert_eq!(jawort.standing(&number(1), "marketing").await, "unknown");
}
