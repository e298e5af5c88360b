//! The free link in every advertising SMS: it ends, shows nothing, and works for ever.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use demo::secrets::KeyUse;
use reqwest::Method;
use serde_json::{Value, json};
use shared::evidence::{Happened, SaidScope};
use tests::{Answer, DAY, Jawort, Link, eventually, number};

/// Somebody who has agreed to everything, and the code in the advertising that they got.
async fn subscriber(jawort: &Jawort, n: u8) -> Link {
    jawort.consent("shop", &number(n)).await;
    advertising(jawort, n).await
}

/// The code in another advertising SMS.
async fn advertising(jawort: &Jawort, n: u8) -> Link {
    let before = jawort.inbox(&number(n)).await.len();
    jawort.order(&number(n), "marketing", "Neue Farne").await;
    let sms = jawort.sms(&number(n), before + 1).await;
    let link = sms.link();
    assert!(link.0.contains("/a/") && link.token().len() <= 20, "{}", sms.text);
    assert!(sms.text.starts_with("Blattwerk: Neue Farne\nAbmelden:\n") && sms.text.ends_with("\noder STOP"));
    link
}

async fn post(jawort: &Jawort, link: &Link, fields: &[(&str, &str)]) -> Answer {
    Answer::of(jawort.post(&format!("/a/{}", link.token())).form(fields)).await
}

async fn open(jawort: &Jawort, link: &Link) -> Answer {
    Answer::of(jawort.get(&format!("/a/{}", link.token()))).await
}

async fn standings(jawort: &Jawort, n: u8) -> (String, String) {
    (jawort.standing(&number(n), "marketing").await, jawort.standing(&number(n), "booking").await)
}

fn both(marketing: &str, booking: &str) -> (String, String) {
    (marketing.to_owned(), booking.to_owned())
}

#[tokio::test]
async fn a_look_at_it_changes_nothing() {
    let jawort = Jawort::start().await;
    let link = subscriber(&jawort, 1).await;
    let path = format!("/a/{}", link.token());
    for _ in 0..5 {
        for method in [Method::GET, Method::HEAD] {
            for query in ["", "?action=withdraw", "?action=object&purpose=marketing"] {
                let answer = Answer::of(jawort.request(method.clone(), &format!("{path}{query}"))).await;
                assert_eq!((answer.status, answer.bytes.is_empty()), (200, method == Method::HEAD));
                assert_eq!(answer.header("referrer-policy"), "no-referrer");
            }
        }
    }
    for method in [Method::PUT, Method::DELETE, Method::PATCH, Method::OPTIONS] {
        let status = Answer::of(jawort.request(method, &path)).await.status;
        assert!(status >= 400, "{status}");
    }
    // A scanner that posts what it finds knows no action, and what doesn't end is no action here.
    post(&jawort, &link, &[]).await.page(200);
    for action in ["confirm", "refuse", "allow", "fresh_link", "correct", "erase"] {
        let page = post(&jawort, &link, &[("action", action), ("understood", "yes")]).await.page(200);
        assert!(page.contains("Keine SMS mehr von Blattwerk?"), "{page}");
    }
    post(&jawort, &link, &[("action", "withdraw"), ("purpose", "nosuch")]).await.page(200);
    assert_eq!(standings(&jawort, 1).await, both("allowed", "allowed"));
    jawort.no_more_than(&number(1), 2).await;
    assert!(!open(&jawort, &link).await.page(200).contains("<script"));
}

#[tokio::test]
async fn it_ends_one_purpose_all_advertising_or_everything() {
    let jawort = Jawort::start().await;
    for (n, fields, after, scope) in [
        (1, &[("action", "withdraw"), ("purpose", "marketing")][..], both("withdrawn", "allowed"), SaidScope::Purposes),
        (2, &[("action", "object")], both("objected", "allowed"), SaidScope::Advertising),
        (3, &[("action", "withdraw")], both("withdrawn", "withdrawn"), SaidScope::Everything),
    ] {
        let link = subscriber(&jawort, n).await;
        let page = post(&jawort, &link, fields).await.page(200);
        assert!(page.contains("Erledigt") && page.contains("ab sofort"), "{page}");
        assert_eq!(standings(&jawort, n).await, after);
        let chain = jawort.chain(&number(n), "marketing").await;
        let (Happened::Withdrawn { said, way } | Happened::Objected { said, way }) = &chain[2].event.happened else {
            panic!("{chain:?}")
        };
        assert_eq!((said.scope, json!(way)), (Some(scope), json!("way_out")));
        // One SMS says so, and shows the way back; the same once more ends nothing, and says nothing.
        let told = jawort.sms(&number(n), 3).await;
        assert!(told.text.starts_with("Blattwerk: Abgemeldet") && told.link().0.contains("/c/"), "{}", told.text);
        post(&jawort, &link, fields).await.page(200);
        jawort.no_more_than(&number(n), 3).await;
        // No web page brings it back by itself.
        jawort.turn(90).await;
        jawort.ask("newsletter", &number(n)).await;
        jawort.no_more_than(&number(n), 3).await;
    }
}

#[tokio::test]
async fn what_a_stranger_ended_has_a_way_back() {
    let jawort = Jawort::start().await;
    for (n, action) in [(1, "withdraw"), (2, "object")] {
        let link = subscriber(&jawort, n).await;
        post(&jawort, &link, &[("action", action)]).await.page(200);
        let back = jawort.sms(&number(n), 3).await.link();
        let page = jawort.open(&back).await.page(200);
        assert!(page.contains("value=\"allow\""), "{page}");
        let page = jawort.tap(&back, &[("action", "allow")]).await.page(200);
        assert_eq!(page.contains("/f/shop"), action == "withdraw", "nothing else is in force: {page}");
        jawort.turn(90).await;
        let link = jawort.ask_and_get("newsletter", &number(n), 4).await;
        jawort.tap(&link, &[("action", "confirm")]).await.page(200);
        assert_eq!(jawort.standing(&number(n), "marketing").await, "allowed");
    }
}

#[tokio::test]
async fn its_page_is_the_same_whatever_is_stored() {
    let jawort = Jawort::start().await;
    let (link, other) = (subscriber(&jawort, 1).await, subscriber(&jawort, 2).await);
    let page = open(&jawort, &link).await.page(200);
    assert!(page.contains("Angebote zu Zimmerpflanzen") && page.contains("Keine Werbung mehr von Blattwerk"), "{page}");
    assert!(!page.contains("Infos zu Terminen") && !page.contains("aktiv") && !page.contains("endet"), "{page}");
    assert_eq!(open(&jawort, &other).await.page(200), page);
    let done = post(&jawort, &link, &[("action", "withdraw")]).await.page(200);
    assert_eq!(open(&jawort, &link).await.page(200), page, "nothing is left to end");
    assert_eq!(post(&jawort, &link, &[("action", "withdraw")]).await.page(200), done, "nothing was ended");
    let english =
        Answer::of(jawort.get(&format!("/a/{}", link.token())).header("accept-language", "en")).await.page(200);
    assert!(
        english.contains("No more texts from Blattwerk?") && english.contains("offers on house plants"),
        "{english}"
    );
}

#[tokio::test]
async fn a_wrong_digit_is_a_link_like_any_other_and_nobody_is_asked() {
    let jawort = Jawort::start().await;
    let link = subscriber(&jawort, 1).await;
    let unknown = Answer::of(jawort.get("/c/nothing")).await.page(404);
    let asked = jawort.objects("Subject").len();
    let code = link.token();
    for at in 0..code.len() {
        let digit = if code.as_bytes()[at] == b'7' { "8" } else { "7" };
        let wrong = format!("/a/{}{digit}{}", &code[..at], &code[at + 1..]);
        assert_eq!(Answer::of(jawort.get(&wrong)).await.page(404), unknown, "{wrong}");
        let tapped = jawort.post(&wrong).form(&[("action", "withdraw")]);
        assert_eq!(Answer::of(tapped).await.page(404), unknown, "{wrong}");
    }
    for wrong in ["/a/", "/a/x", &format!("/a/{code}0"), &format!("/a/{}", "z".repeat(19)), "/a/%F0%9F%8C%B1"] {
        Answer::of(jawort.get(wrong)).await.page(404);
    }
    assert_eq!(jawort.objects("Subject").len(), asked);
    assert_eq!(standings(&jawort, 1).await, both("allowed", "allowed"));
    // Whoever is asked leaves a file: the look above would have seen it.
    jawort.standing(&number(2), "marketing").await;
    assert_eq!(jawort.objects("Subject").len(), asked + 1);
}

/// Whether anybody is stored, and whether by their number's hash.
fn records(jawort: &mut Jawort) -> Vec<bool> {
    let records: Vec<String> = jawort.stored("Subject", "SELECT record FROM subject");
    let value = |record: &String| serde_json::from_str::<Value>(record).expect("JSON")["value"].clone();
    records.iter().map(|record| !value(record)["hash"].is_null()).collect()
}

/// Somebody who was erased, all of whose traces have had their time; the code is left in an old SMS.
async fn forgotten(jawort: &mut Jawort, n: u8) -> Link {
    let link = subscriber(jawort, n).await;
    jawort.reply(&number(n), "INFO").await;
    let fresh = jawort.sms(&number(n), 3).await.link();
    jawort.tap(&fresh, &[("action", "erase"), ("understood", "yes")]).await.page(200);
    jawort.later(&number(n), 5 * 366 * DAY).await;
    eventually("the proof's end", || async {
        (jawort.standing(&number(n), "marketing").await == "unknown").then_some(())
    })
    .await;
    jawort.quiet().await;
    assert_eq!(records(jawort), [false; 0], "nobody is stored");
    link
}

#[tokio::test]
async fn when_nobody_is_left_it_keeps_strangers_away_under_the_id_alone() {
    let mut jawort = Jawort::start().await;
    let link = forgotten(&mut jawort, 1).await;
    let before = jawort.inbox(&number(1)).await.len();
    open(&jawort, &link).await.page(200);
    assert_eq!(records(&mut jawort), [false; 0], "a look leaves nothing");
    post(&jawort, &link, &[("action", "withdraw"), ("purpose", "nosuch")]).await.page(200);
    assert_eq!(records(&mut jawort), [false; 0], "nor does what was made up");

    post(&jawort, &link, &[("action", "withdraw")]).await.page(200);
    assert_eq!(records(&mut jawort), [false], "nothing but the id is known");
    assert_eq!(jawort.overview(&number(1)).await["silenced"], true);
    jawort.ask("newsletter", &number(1)).await;
    jawort.no_more_than(&number(1), before).await;
    assert_eq!(records(&mut jawort), [true], "whoever comes takes it over");
    jawort.turn(31 * DAY).await;
    jawort.ask_and_get("newsletter", &number(1), before + 1).await;
}

#[tokio::test]
async fn an_objection_of_nobody_stays_until_the_handset_lifts_it() {
    let mut jawort = Jawort::start().await;
    let link = forgotten(&mut jawort, 1).await;
    let before = jawort.inbox(&number(1)).await.len();
    post(&jawort, &link, &[("action", "object")]).await.page(200);
    jawort.turn(400 * DAY).await;
    jawort.ask("newsletter", &number(1)).await;
    jawort.no_more_than(&number(1), before).await;
    jawort.reply(&number(1), "START").await;
    // Of nobody nothing is kept that a START could ask.
    jawort.sms(&number(1), before + 1).await;
    let link = jawort.ask_and_get("newsletter", &number(1), before + 2).await;
    jawort.tap(&link, &[("action", "confirm")]).await.page(200);
    assert_eq!(jawort.standing(&number(1), "marketing").await, "allowed");
}

#[tokio::test]
async fn a_silence_under_the_id_alone_ends_and_leaves_nothing() {
    let mut jawort = Jawort::start().await;
    let link = forgotten(&mut jawort, 1).await;
    post(&jawort, &link, &[("action", "withdraw")]).await.page(200);
    jawort.later(&number(1), 31 * DAY).await;
    jawort.quiet().await;
    assert_eq!(records(&mut jawort), [false; 0]);
}

/// The generation of the index secret that a number is known under.
async fn generation(jawort: &Jawort, n: u8) -> u8 {
    let subject = jawort.overview(&number(n)).await["subject"].as_str().expect("a subject").to_owned();
    BASE64_URL_SAFE_NO_PAD.decode(subject).expect("base64")[0]
}

#[tokio::test]
async fn codes_of_before_a_rotation_work_for_ever() {
    let mut jawort = Jawort::start().await;
    let gone = forgotten(&mut jawort, 2).await;
    let link = subscriber(&jawort, 1).await;
    for _ in 0..4 {
        jawort.rotate(KeyUse::Index);
    }
    jawort.restart();
    open(&jawort, &link).await.page(200);
    jawort.consent("newsletter", &number(3)).await;
    let newer = advertising(&jawort, 3).await;
    assert_eq!(generation(&jawort, 3).await, 3);
    for (n, link) in [(1, &link), (3, &newer)] {
        post(&jawort, link, &[("action", "withdraw")]).await.page(200);
        assert_eq!(jawort.standing(&number(n), "marketing").await, "withdrawn", "{n}");
    }
    // Who is left alone under an older generation's id is left alone under that.
    let before = jawort.inbox(&number(2)).await.len();
    post(&jawort, &gone, &[("action", "withdraw")]).await.page(200);
    jawort.ask("newsletter", &number(2)).await;
    jawort.no_more_than(&number(2), before).await;
    assert_eq!(generation(&jawort, 2).await, 1);
}

/// Numbers get new owners: whoever had it before still has the old SMS.
#[tokio::test]
async fn a_code_outlives_what_it_was_sent_for() {
    let jawort = Jawort::start().await;
    let link = subscriber(&jawort, 1).await;
    jawort.reply(&number(1), "STOP").await;
    jawort.sms(&number(1), 3).await;
    jawort.reply(&number(1), "START").await;
    jawort.sms(&number(1), 4).await;
    jawort.turn(120).await;
    jawort.consent("shop", &number(1)).await;
    assert_eq!(advertising(&jawort, 1).await, link, "it is always the same");
    post(&jawort, &link, &[("action", "withdraw")]).await.page(200);
    assert_eq!(standings(&jawort, 1).await, both("withdrawn", "withdrawn"));
    assert!(jawort.sms(&number(1), 7).await.text.contains("Waren Sie das nicht?"));
}

#[tokio::test]
async fn only_advertising_carries_it() {
    let jawort = Jawort::start().await;
    jawort.consent("shop", &number(1)).await;
    jawort.order(&number(1), "booking", "Ihr Termin ist morgen um 9 Uhr.").await;
    assert_eq!(jawort.sms(&number(1), 2).await.text, "Ihr Termin ist morgen um 9 Uhr.\nAbmelden: STOP");
}

#[tokio::test]
async fn a_sender_that_takes_no_replies_says_nothing_of_stop() {
    let jawort = Jawort::start().await;
    jawort
        .put_settings(|settings| {
            settings["controller"]["sms_name"] = json!("Blatt & Werk");
            settings["senders"][0]["from"] = json!("Blattwerk");
            settings["senders"][0]["receives"] = json!(false);
        })
        .await;
    let link = jawort.ask_and_get("newsletter", &number(1), 1).await;
    assert!(jawort.sms(&number(1), 1).await.text.starts_with("Blatt & Werk: "));
    let page = jawort.tap(&link, &[("action", "confirm")]).await.page(200);
    assert!(page.contains("Verantwortlich: Blattwerk,"), "the full name stays on pages: {page}");
    jawort.order(&number(1), "marketing", "Neue Farne").await;
    let sms = jawort.sms(&number(1), 2).await;
    assert!(sms.text.starts_with("Blatt & Werk: Neue Farne\nAbmelden kostenlos:\n"), "{}", sms.text);
    assert!(!sms.text.contains("STOP"), "{}", sms.text);
    post(&jawort, &sms.link(), &[("action", "withdraw")]).await.page(200);
    let told = jawort.sms(&number(1), 3).await.text;
    assert!(told.starts_with("Blatt & Werk: Abgemeldet"), "{told}");
}
