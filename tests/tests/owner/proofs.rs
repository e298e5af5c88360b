//! What proves a consent: openings that are kept beside it, keys that are published, and what is locked away.

use reqwest::Method;
use serde_json::{Value, json};
use shared::{
    evidence::{self, ActBy, Erasable, Happened, Named, PublicKeys},
    text_hash::TextHash,
    token::without_tokens,
};
use tests::{Answer, Jawort, number};

async fn published(jawort: &Jawort) -> PublicKeys {
    serde_json::from_value(Answer::of(jawort.get("/v1/keys")).await.expect(200).json()).expect("a JWK set")
}

/// Whether each commitment is opened by one of the values.
fn open(commitments: &[Named], openings: &[Erasable]) -> bool {
    commitments.iter().all(|named| openings.iter().any(|opening| opening.commitment() == *named))
}

fn value<'o>(openings: &'o [Erasable], name: &str) -> &'o str {
    &openings.iter().find(|opening| opening.name == name).unwrap_or_else(|| panic!("no {name}")).value
}

#[tokio::test]
async fn every_commitment_can_be_opened_by_what_lies_beside_it() {
    let mut jawort = Jawort::start().await;
    let link = jawort.consent("newsletter", &number(1)).await;
    let batch = json!({
        "purpose": "marketing", "text": "Hallo {name}, neue Farne!",
        "recipients": [{ "number": number(1), "values": { "name": "Ada" } }],
    });
    jawort.owner(Method::POST, "/v1/messages/batch", Some(batch)).await.expect(202);
    let sms = jawort.sms(&number(1), 2).await.text;
    jawort.reply(&number(1), "STOP, es reicht").await;
    jawort.sms(&number(1), 3).await;

    let chain = jawort.chain(&number(1), "marketing").await;
    let openings = jawort.openings();
    let [given, used, withdrawn] = &chain[..] else { panic!("{chain:?}") };
    let Happened::Given(given) = &given.event.happened else { panic!("{given:?}") };
    assert!(open(&given.request.commitments, &openings) && open(&given.act.commitments, &openings));
    assert_eq!(value(&openings, "number"), number(1));
    assert!(number(1).ends_with(value(&openings, "number_ends")));
    let ActBy::Link { .. } = given.act.by else { panic!("{given:?}") };

    let Happened::Used { template: Some(template), commitments, .. } = &used.event.happened else { panic!("{used:?}") };
    assert!(open(commitments, &openings));
    assert_eq!(value(&openings, "text"), without_tokens(&sms), "the words of the SMS");
    assert_eq!(*template, TextHash::of("Hallo {name}, neue Farne!"));
    let kept = jawort.owner(Method::GET, &format!("/v1/texts/{}", template.0), None).await.expect(200).text();
    assert_eq!(kept, "Hallo {name}, neue Farne!", "the template, once");

    let Happened::Withdrawn { said, .. } = &withdrawn.event.happened else { panic!("{withdrawn:?}") };
    assert!(open(&said.commitments, &openings));
    assert_eq!(value(&openings, "reply"), "STOP, es reicht");
    assert!(said.sms.as_ref().is_some_and(|sms| sms.received_at.is_some() && !sms.id.is_empty()));
    assert!(!json!(chain).to_string().contains("Ada") && !sms.contains(link.token()));
}

#[tokio::test]
async fn a_key_that_signed_stays_published_after_it_is_gone() {
    let mut jawort = Jawort::start().await;
    jawort.consent("newsletter", &number(1)).await;
    let before = published(&jawort).await;
    assert_eq!(before, jawort.public_keys());
    let other = "2:AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI=";
    jawort.set_var("JAWORT_SIGN_KEYS", other);
    jawort.restart();
    jawort.tap(&jawort.sms(&number(1), 1).await.link(), &[("action", "withdraw")]).await.page(200);
    let after = published(&jawort).await;
    assert_eq!(after.keys.len(), 2);
    assert_eq!(after.keys[1], before.keys[0]);
    let events = jawort.overview(&number(1)).await["events"].take();
    assert_eq!(evidence::verify(events.as_array().expect("events"), &after), Ok(()));
}

#[tokio::test]
async fn a_locked_proof_is_opened_with_a_reason_that_stays_beside_it() {
    let jawort = Jawort::start().await;
    jawort.consent("newsletter", &number(1)).await;
    let subject = jawort.overview(&number(1)).await["subject"].as_str().expect("a subject").to_owned();
    let path = format!("/v1/subjects/{subject}/proofs");
    let why = |reason: &str| Some(json!({ "reason": reason }));
    jawort.owner(Method::POST, &path, why("Klage")).await.problem(404, "not-found");
    jawort.reply(&number(1), "INFO").await;
    let fresh = jawort.sms(&number(1), 2).await.link();
    jawort.tap(&fresh, &[("action", "erase"), ("understood", "yes")]).await.page(200);

    for reason in ["", "  ", &"x".repeat(501)] {
        let refused = jawort.owner(Method::POST, &path, why(reason)).await.expect(422);
        assert_eq!(refused.json()["errors"][0]["field"], "reason", "{reason}");
    }
    Answer::of(jawort.post(&path).json(&why("Klage"))).await.expect(401);
    for times in 1..=2 {
        let opened = jawort.owner(Method::POST, &path, why("Klage, Az. 1 C 2/27")).await.expect(200).json();
        let [proof] = &opened["proofs"].as_array().expect("proofs")[..] else { panic!("{opened}") };
        let events: Vec<Value> = proof["events"].as_array().expect("events").clone();
        assert_eq!(evidence::verify(&events, &published(&jawort).await), Ok(()));
        assert_eq!((&events[0]["kind"], &events[events.len() - 1]["kind"]), (&json!("given"), &json!("erased")));
        assert!(!proof.to_string().contains(&number(1)[1..]));
        let openings = proof["openings"].as_array().expect("openings");
        assert_eq!(openings.len(), times, "{openings:?}");
        assert!(openings.iter().all(|it| it["actor"] == "owner" && it["reason"] == "Klage, Az. 1 C 2/27"));
    }
}
