//! Each secret can be rotated: what was stored, signed or sent under an older one goes on.

use demo::secrets::KeyUse;
use tests::{Jawort, number};

/// What must go on working after a secret was rotated.
async fn goes_on(secret: KeyUse) {
    let mut jawort = Jawort::start().await;
    let given = jawort.consent("newsletter", &number(1)).await;
    let waiting = jawort.ask_and_get("newsletter", &number(2), 1).await;
    jawort.reply(&number(3), "STOP").await;
    jawort.sms(&number(3), 1).await;
    let subject = jawort.overview(&number(1)).await["subject"].clone();

    jawort.rotate(secret);
    jawort.restart();

    // A known number stays where it is, with all that is sealed and signed.
    assert_eq!(jawort.overview(&number(1)).await["subject"], subject);
    assert_eq!(jawort.standing(&number(1), "marketing").await, "allowed");
    jawort.message(&number(1), "marketing", "Hallo").await.expect(202);
    jawort.sms(&number(1), 2).await;
    jawort.turn(90).await;
    jawort.ask("newsletter", &number(1)).await;
    assert!(jawort.sms(&number(1), 3).await.text.contains("bereits angemeldet"));
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
    jawort.restart();
    jawort.submit(&body).await.expect(202);
    jawort.sms(&number(1), 1).await;
}
