//! Each secret can be rotated: what was stored, signed or sent under an older one goes on.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use demo::secrets::KeyUse;
use futures_util::future::join;
use serde_json::json;
use tests::{Answer, DAY, Jawort, SENDER, number};

/// The generation of the index secret that a number is known under.
async fn generation(jawort: &Jawort, number: &str) -> u8 {
    let subject = jawort.overview(number).await["subject"].as_str().expect("a subject").to_owned();
    BASE64_URL_SAFE_NO_PAD.decode(subject).expect("base64")[0]
}

/// What must go on working after a secret was rotated.
async fn goes_on(secret: KeyUse) {
    let mut jawort = Jawort::start().await;
    let given = jawort.consent("newsletter", &number(1)).await;
    let waiting = jawort.ask_and_get("newsletter", &number(2), 1).await;
    jawort.reply(&number(3), "STOP").await;
    jawort.sms(&number(3), 1).await;
    let subject = jawort.overview(&number(1)).await["subject"].clone();

    if secret == KeyUse::Index {
        // Known, and not yet used.
        jawort.rotate(secret);
        jawort.restart();
        assert_eq!(jawort.overview(&number(1)).await["subject"], subject);
        jawort.ask("newsletter", &number(5)).await;
        jawort.sms(&number(5), 1).await;
        assert_eq!(generation(&jawort, &number(5)).await, 1);
    }
    jawort.rotate(secret);
    jawort.restart();

    // A known number stays where it is, with all that is sealed and signed.
    assert_eq!(jawort.overview(&number(1)).await["subject"], subject);
    assert_eq!(jawort.standing(&number(1), "marketing").await, "allowed");
    jawort.message(&number(1), "marketing", "Hallo").await.expect(202);
    jawort.sms(&number(1), 2).await;
    jawort.turn(90).await;
    jawort.ask("newsletter", &number(1)).await;
    assert!(jawort.sms(&number(1), 3).await.text.contains("schon angemeldet"));
    jawort.ask("newsletter", &number(3)).await;
    jawort.no_more_than(&number(3), 1).await;

    // Links from before work.
    jawort.tap(&waiting, &[("action", "confirm")]).await.page(200);
    assert_eq!(jawort.standing(&number(2), "marketing").await, "allowed");
    jawort.tap(&given, &[("action", "withdraw")]).await.page(200);
    let chain = jawort.chain(&number(1), "marketing").await;
    let public = jawort.public_keys();
    let keys = chain.iter().map(|event| public.by_kid(&event.kid).expect("a key that is published").generation);
    let keys: Vec<_> = keys.collect();
    // Given, used, withdrawn.
    assert_eq!(keys, if secret == KeyUse::Sign { [1, 2, 2] } else { [1, 1, 1] });

    // Who comes now is known under the new generation, and found again.
    jawort.consent("newsletter", &number(4)).await;
    assert_eq!(jawort.standing(&number(4), "marketing").await, "allowed");
    assert_eq!(generation(&jawort, &number(4)).await, if secret == KeyUse::Index { 2 } else { 1 });
    jawort.rotate(secret);
    jawort.restart();
    for n in [2, 4] {
        assert_eq!(jawort.standing(&number(n), "marketing").await, "allowed");
        jawort.chain(&number(n), "marketing").await;
    }
}

#[tokio::test]
async fn the_index_secret_can_be_rotated() {
    goes_on(KeyUse::Index).await;
}

#[tokio::test]
async fn the_seal_secret_can_be_rotated() {
    goes_on(KeyUse::Seal).await;
}

#[tokio::test]
async fn the_export_secret_can_be_rotated() {
    goes_on(KeyUse::Export).await;
}

#[tokio::test]
async fn the_sign_secret_can_be_rotated() {
    goes_on(KeyUse::Sign).await;
}

#[tokio::test]
async fn an_open_form_survives_a_rotation() {
    let mut jawort = Jawort::start().await;
    let body = jawort.submission("newsletter", &number(1)).await;
    jawort.rotate(KeyUse::Index);
    jawort.rotate(KeyUse::Index);
    jawort.restart();
    jawort.submit(&body).await.expect(202);
    jawort.sms(&number(1), 1).await;
}

/// A STOP that comes in by the isolate that was kept.
async fn stop_by_the_old_isolate(jawort: &Jawort, number: &str) {
    let body = json!({ "from": number, "to": SENDER, "text": "STOP" });
    let stop = jawort.to_the_old_isolate(jawort.post("/simulator/reply").json(&body));
    Answer::of(stop).await.expect(202);
}

#[tokio::test]
async fn isolates_of_different_age_make_one_object_of_a_number() {
    let mut jawort = Jawort::start().await;
    jawort.keep_an_old_isolate();
    // Even where the phase in between was skipped.
    jawort.rotate(KeyUse::Index);
    jawort.rotate(KeyUse::Index);
    jawort.restart();
    // It began before the new generation was in use.
    Answer::of(jawort.to_the_old_isolate(jawort.get("/healthz"))).await.expect(200);

    let subject = jawort.post("/v1/subjects").bearer_auth(jawort.owner_token()).json(&json!({ "number": number(9) }));
    let subject = Answer::of(jawort.to_the_old_isolate(subject)).await.expect(200).json();
    let subject = BASE64_URL_SAFE_NO_PAD.decode(subject["subject"].as_str().unwrap()).unwrap();
    assert_eq!((subject[0], generation(&jawort, &number(9)).await), (1, 2), "they are of different age");

    // Made by the younger one, and found by the older one, which lacks its key.
    let link = jawort.consent("newsletter", &number(1)).await;
    assert_eq!(generation(&jawort, &number(1)).await, 2);
    stop_by_the_old_isolate(&jawort, &number(1)).await;
    assert_eq!(jawort.standing(&number(1), "marketing").await, "withdrawn");
    assert_eq!(generation(&jawort, &number(1)).await, 2, "there is no second one");
    assert_eq!(jawort.chain(&number(1), "marketing").await.len(), 2);
    jawort.tap(&link, &[]).await.page(200);
    let check = json!({ "number": number(1), "purpose": "marketing" });
    let check = jawort.post("/v1/check").bearer_auth(jawort.owner_token()).json(&check);
    let check = Answer::of(jawort.to_the_old_isolate(check)).await.expect(200).json();
    assert_eq!(check["reason"], "withdrawn", "who only looks finds it, too");

    // Made by the older one.
    stop_by_the_old_isolate(&jawort, &number(2)).await;
    jawort.reply(&number(2), "STOP").await;
    assert_eq!(generation(&jawort, &number(2)).await, 1);

    // Both at the same time.
    for n in 10..30 {
        let number = number(n);
        join(jawort.reply(&number, "STOP"), stop_by_the_old_isolate(&jawort, &number)).await;
    }
    let made: Vec<String> = jawort.stored("Subject", "SELECT record FROM subject");
    assert_eq!(made.len(), 22);
}

#[tokio::test]
async fn a_forwarding_note_goes_by_itself_and_looking_leaves_none() {
    let mut jawort = Jawort::start().await;
    jawort.rotate(KeyUse::Index);
    jawort.rotate(KeyUse::Index);
    jawort.restart();
    jawort.knows_nothing_of(&number(1)).await;
    assert_eq!(jawort.stored::<String>("Subject", "SELECT note FROM notes"), Vec::<String>::new());
    jawort.consent("newsletter", &number(1)).await;
    let notes: Vec<String> = jawort.stored("Subject", "SELECT note FROM notes");
    assert_eq!(notes.len(), 1);
    assert_eq!(jawort.stored::<String>("Subject", "SELECT record FROM subject").len(), 1);

    let ahead = std::time::SystemTime::now() + std::time::Duration::from_secs(8 * DAY);
    let ahead = ahead.duration_since(std::time::UNIX_EPOCH).unwrap().as_millis();
    jawort.set_var("JAWORT_CLOCK", &ahead.to_string());
    jawort.ring_alarms("Subject");
    tokio::time::sleep(std::time::Duration::from_secs(2)).await;
    assert_eq!(
        jawort.stored::<String>("Subject", "SELECT name FROM sqlite_master WHERE name = 'notes'"),
        Vec::<String>::new()
    );
    assert_eq!(jawort.standing(&number(1), "marketing").await, "allowed");
}
