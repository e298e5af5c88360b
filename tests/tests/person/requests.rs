//! What a request leads to: one SMS that says all, at most three a day, and evidence only after the yes.

use serde_json::json;
use shared::{
    evidence::{self, ActBy, BoxesServed, Happened},
    ids::PurposeId,
    sms,
    token::LinkToken,
};
use tests::{DAY, Jawort, SENDER, number};

#[tokio::test]
async fn the_confirmation_sms_says_who_asks_what_how_often_from_which_age_and_how_to_leave() {
    let jawort = Jawort::start().await;
    jawort.ask("newsletter", &number(1)).await;
    let sms = jawort.sms(&number(1), 1).await;
    assert_eq!(sms.from, SENDER);
    for part in ["Blattwerk", "Angebote zu Zimmerpflanzen", "max. 4 SMS im Monat", "Ab 16 Jahren", "kostenlos", "STOP"]
    {
        assert!(sms.text.contains(part), "{part}: {}", sms.text);
    }
    let link = sms.link();
    assert_eq!(link.token().len(), 29);
    let measure = sms::measure(&sms.text);
    assert!(measure.encoding == sms::Encoding::Gsm7 && measure.segments <= 2, "{measure:?}: {}", sms.text);
}

#[tokio::test]
async fn only_the_purposes_that_were_ticked_are_asked_for_and_given() {
    let jawort = Jawort::start().await;
    let mut body = jawort.submission("shop", &number(1)).await;
    body["purposes"] = json!(["booking"]);
    jawort.submit(&body).await.expect(202);
    let sms = jawort.sms(&number(1), 1).await;
    assert!(sms.text.contains("Terminen") && !sms.text.contains("Zimmerpflanzen"), "{}", sms.text);
    let page = jawort.open(&sms.link()).await.page(200);
    assert!(page.contains("Terminen") && !page.contains("Rabattcodes"), "{page}");
    jawort.tap(&sms.link(), &[("action", "confirm")]).await.page(200);
    assert_eq!(jawort.standing(&number(1), "booking").await, "allowed");
    assert_eq!(jawort.standing(&number(1), "marketing").await, "unknown");
    jawort.message(&number(1), "marketing", "Alles halb so teuer").await.problem(403, "no-consent");
}

#[tokio::test]
async fn without_a_yes_there_is_no_consent_and_no_event() {
    let jawort = Jawort::start().await;
    jawort.ask("newsletter", &number(1)).await;
    jawort.sms(&number(1), 1).await;
    assert_eq!(jawort.standing(&number(1), "marketing").await, "pending");
    assert_eq!(jawort.overview(&number(1)).await["events"], json!([]));
    jawort.message(&number(1), "marketing", "Hallo").await.problem(403, "no-consent");
    jawort.no_more_than(&number(1), 1).await;
}

#[tokio::test]
async fn the_evidence_holds_what_was_shown_asked_sent_and_tapped() {
    let jawort = Jawort::start().await;
    let form = jawort.submission("newsletter", &number(1)).await;
    let link = jawort.consent("newsletter", &number(1)).await;
    let check = jawort.check(&number(1), "marketing").await;
    assert_eq!((&check["allowed"], &check["basis"]), (&json!(true), &json!("consent")));

    let chain = jawort.chain(&number(1), "marketing").await;
    assert_eq!(chain.len(), 1);
    assert_eq!(check["event"], json!(chain[0].event.id));
    let Happened::Given(given) = &chain[0].event.happened else { panic!("{chain:?}") };
    assert_eq!(given.controller.name, "Blattwerk");
    assert_eq!(given.wording, "Angebote und Rabattcodes zu Zimmerpflanzen");
    assert_eq!(given.frequency.max, 4);
    assert_eq!(given.request.form.as_str(), "newsletter");
    assert_eq!(json!(given.request.version), form["version"]);
    assert_eq!(json!(given.request.disclosure), form["disclosure"]);
    let ActBy::Link { page, link_sha256 } = &given.act.by else { panic!("{chain:?}") };
    assert_eq!(Some(link_sha256), given.sms.link_sha256.as_ref(), "the tap was on the link of this SMS");
    assert_eq!(*link_sha256, LinkToken::parse(link.token()).unwrap().hash());
    assert_eq!(page.time_zone, "Europe/Berlin");
    assert_eq!(given.request.age_declared, 16);
    assert_eq!(given.request.boxes_served, Some(BoxesServed::Unticked));
    let ids = |list: &[PurposeId]| list.iter().map(PurposeId::to_string).collect::<Vec<_>>();
    assert_eq!(
        (ids(&given.request.offered), ids(&given.request.asked)),
        (vec!["marketing".into()], vec!["marketing".into()])
    );
    let named = |list: &[shared::evidence::Named]| list.iter().map(|it| it.name.clone()).collect::<Vec<_>>();
    assert_eq!(named(&given.request.commitments), ["network", "user_agent", "number", "page", "campaign"]);
    assert_eq!(named(&given.act.commitments), ["network", "user_agent", "number_ends"]);
    assert!(given.sms.text.starts_with("Blattwerk:") && given.sms.text.contains("STOP"));
    assert!(given.sms.message_id.is_some() && given.sms.sent_at.is_some());

    // Whoever reads the evidence can neither call the person nor use the link.
    let all = serde_json::to_string(&chain).unwrap();
    assert!(!all.contains(link.token()) && !all.contains(&number(1)[3..]), "{all}");
}

#[tokio::test]
async fn a_changed_event_is_found_out() {
    let jawort = Jawort::start().await;
    jawort.consent("newsletter", &number(1)).await;
    let mut events = jawort.overview(&number(1)).await["events"].take();
    let keys = jawort.public_keys();
    assert_eq!(evidence::verify(events.as_array().unwrap(), &keys), Ok(()));
    events[0]["frequency"]["max"] = json!(40);
    let changed = evidence::verify(events.as_array().unwrap(), &keys);
    assert_eq!(changed, Err(evidence::EvidenceError::Changed(1)));
}

#[tokio::test]
async fn a_new_request_takes_the_place_of_the_old_one() {
    let jawort = Jawort::start().await;
    let old = jawort.ask_and_get("newsletter", &number(1), 1).await;
    jawort.turn(61).await;
    // By another text: the same one would be the same request once more.
    jawort.put_form("newsletter", |draft| draft["confirm"] = json!("both")).await;
    let new = jawort.ask_and_get("newsletter", &number(1), 2).await;
    assert_ne!(old, new);
    let page = jawort.tap(&old, &[("action", "confirm")]).await.page(200);
    assert!(page.contains("Es gibt eine neuere SMS von uns"), "{page}");
    assert_eq!(jawort.standing(&number(1), "marketing").await, "pending");
    jawort.tap(&new, &[("action", "confirm")]).await.page(200);
    assert_eq!(jawort.standing(&number(1), "marketing").await, "allowed");
}

#[tokio::test]
async fn asked_again_within_a_minute_no_second_sms_comes() {
    let jawort = Jawort::start().await;
    let link = jawort.ask_and_get("newsletter", &number(1), 1).await;
    jawort.turn(50).await;
    jawort.ask("newsletter", &number(1)).await;
    jawort.no_more_than(&number(1), 1).await;
    jawort.tap(&link, &[("action", "confirm")]).await.page(200);
    assert_eq!(jawort.standing(&number(1), "marketing").await, "allowed", "the first link still counts");
}

#[tokio::test]
async fn a_number_gets_three_requests_a_day_over_all_forms() {
    let jawort = Jawort::start().await;
    for (count, form) in [(1, "newsletter"), (2, "shop"), (3, "newsletter")] {
        jawort.ask_and_get(form, &number(1), count).await;
        jawort.turn(90).await;
    }
    for form in ["newsletter", "shop"] {
        jawort.ask(form, &number(1)).await;
    }
    jawort.no_more_than(&number(1), 3).await;
    jawort.ask_and_get("newsletter", &number(2), 1).await;
    jawort.turn(DAY).await;
    jawort.ask_and_get("newsletter", &number(1), 4).await;
}

#[tokio::test]
async fn who_is_signed_up_already_is_told_so_at_most_once_a_day() {
    let jawort = Jawort::start().await;
    jawort.consent("newsletter", &number(1)).await;
    let before = jawort.check(&number(1), "marketing").await;
    jawort.turn(90).await;
    jawort.ask("newsletter", &number(1)).await;
    let told = jawort.sms(&number(1), 2).await;
    assert!(told.text.contains("schon angemeldet"), "{}", told.text);
    for _ in 0..3 {
        jawort.turn(90).await;
        jawort.ask("newsletter", &number(1)).await;
    }
    jawort.no_more_than(&number(1), 2).await;
    assert_eq!(jawort.check(&number(1), "marketing").await, before);
    let page = jawort.tap(&told.link(), &[("action", "withdraw")]).await.page(200);
    assert!(page.contains("von allem abgemeldet"), "{page}");
    assert_eq!(jawort.standing(&number(1), "marketing").await, "withdrawn");
}

#[tokio::test]
async fn a_strangers_request_never_changes_what_a_person_agreed_to() {
    let jawort = Jawort::start().await;
    jawort.consent("newsletter", &number(1)).await;
    let given = jawort.check(&number(1), "marketing").await;
    jawort.turn(90).await;
    // With the other form: asks for bookings only, since marketing is given.
    let link = jawort.ask_and_get("shop", &number(1), 2).await;
    assert_eq!(jawort.check(&number(1), "marketing").await, given);
    jawort.tap(&link, &[("action", "refuse")]).await.page(200);
    assert_eq!(jawort.check(&number(1), "marketing").await, given);
    assert_eq!(jawort.standing(&number(1), "booking").await, "unknown");
}
