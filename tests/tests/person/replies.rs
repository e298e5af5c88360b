//! What a handset can say by SMS.

use serde_json::json;
use shared::{
    evidence::{Happened, SaidScope},
    subject::Way,
};
use tests::{DAY, Jawort, SENDER, number};

#[tokio::test]
async fn a_stop_ends_everything_with_one_acknowledgement_and_thirty_days_of_suppression() {
    let jawort = Jawort::start().await;
    jawort.consent("shop", &number(1)).await;
    jawort.turn(90).await;
    jawort.reply(&number(1), "Stopp!").await;
    let acknowledgement = jawort.sms(&number(1), 2).await;
    assert!(acknowledgement.text.contains("Abgemeldet"), "{}", acknowledgement.text);
    for purpose in ["marketing", "booking"] {
        assert_eq!(jawort.standing(&number(1), purpose).await, "withdrawn");
        assert_eq!(jawort.chain(&number(1), purpose).await.len(), 2);
        jawort.message(&number(1), purpose, "Hallo").await.problem(403, "no-consent");
    }
    jawort.reply(&number(1), "STOP").await;
    jawort.reply(&number(1), "stop bitte").await;
    jawort.turn(29 * DAY).await;
    jawort.ask("newsletter", &number(1)).await;
    jawort.no_more_than(&number(1), 2).await;
    jawort.turn(2 * DAY).await;
    let link = jawort.ask_and_get("newsletter", &number(1), 3).await;
    jawort.tap(&link, &[("action", "confirm")]).await.page(200);
    assert_eq!(jawort.standing(&number(1), "marketing").await, "allowed");
}

#[tokio::test]
async fn a_stop_names_what_the_person_had_and_after_the_last_one_comes_none() {
    let jawort = Jawort::start().await;
    let link = jawort.consent("newsletter", &number(1)).await;
    jawort.reply(&number(1), "STOP").await;
    let acknowledgement = jawort.sms(&number(1), 2).await.text;
    assert!(!acknowledgement.contains("Termine") && !acknowledgement.contains("Bestellungen"), "{acknowledgement}");
    let label = "Angebote zu Zimmerpflanzen";
    assert!(acknowledgement.contains(label), "{acknowledgement}");
    assert_eq!(jawort.standing(&number(1), "booking").await, "withdrawn", "a STOP counts from every standing");
    let page = jawort.open(&link).await.page(200);
    assert!(page.contains(label) && !page.contains("Termine"), "{page}");
    for reply in ["Danke!", "Ok, alles klar", "Was?"] {
        jawort.reply(&number(1), reply).await;
        jawort.turn(25 * 3600).await;
    }
    jawort.no_more_than(&number(1), 2).await;
}

#[tokio::test]
async fn after_the_end_of_one_purpose_a_thank_you_is_not_answered_either() {
    let jawort = Jawort::start().await;
    jawort.consent("shop", &number(1)).await;
    jawort.reply(&number(1), "STOP WERBUNG").await;
    jawort.sms(&number(1), 2).await;
    jawort.reply(&number(1), "Danke!").await;
    jawort.no_more_than(&number(1), 2).await;
    assert_eq!(jawort.standing(&number(1), "booking").await, "allowed");
}

#[tokio::test]
async fn a_stop_ends_a_request_that_waits() {
    let jawort = Jawort::start().await;
    let link = jawort.ask_and_get("newsletter", &number(1), 1).await;
    jawort.reply(&number(1), "STOP").await;
    jawort.sms(&number(1), 2).await;
    let page = jawort.tap(&link, &[("action", "confirm")]).await.page(200);
    assert!(!page.contains("Danke, Sie sind angemeldet"), "{page}");
    assert_eq!(jawort.standing(&number(1), "marketing").await, "withdrawn", "a STOP counts from every standing");
}

#[tokio::test]
async fn a_stop_from_a_number_that_nobody_knows_keeps_web_pages_away_too() {
    let jawort = Jawort::start().await;
    jawort.reply(&number(1), "STOP").await;
    jawort.sms(&number(1), 1).await;
    jawort.ask("newsletter", &number(1)).await;
    jawort.no_more_than(&number(1), 1).await;
}

#[tokio::test]
async fn a_start_lets_requests_through_again_and_is_no_consent() {
    let jawort = Jawort::start().await;
    jawort.consent("newsletter", &number(1)).await;
    jawort.reply(&number(1), "STOP").await;
    jawort.sms(&number(1), 2).await;
    jawort.reply(&number(1), "START").await;
    assert!(jawort.sms(&number(1), 3).await.text.contains("START allein"));
    assert_eq!(jawort.standing(&number(1), "marketing").await, "withdrawn");
    jawort.turn(90).await;
    jawort.ask_and_get("newsletter", &number(1), 4).await;
}

#[tokio::test]
async fn info_brings_a_fresh_link() {
    let jawort = Jawort::start().await;
    jawort.consent("newsletter", &number(1)).await;
    jawort.reply(&number(1), "Info").await;
    let page = jawort.open(&jawort.sms(&number(1), 2).await.link()).await.page(200);
    assert!(page.contains("Das ist über Sie gespeichert"), "{page}");
}

#[tokio::test]
async fn a_wrong_number_ends_everything_without_an_answer() {
    let jawort = Jawort::start().await;
    jawort.consent("newsletter", &number(1)).await;
    jawort.reply(&number(1), "Falsche Nummer").await;
    assert_eq!(jawort.standing(&number(1), "marketing").await, "withdrawn");
    jawort.turn(90 * DAY).await;
    jawort.ask("newsletter", &number(1)).await;
    jawort.no_more_than(&number(1), 1).await;
}

#[tokio::test]
async fn other_words_change_nothing() {
    let jawort = Jawort::start().await;
    jawort.consent("newsletter", &number(1)).await;
    for text in ["ja", "nicht stoppen", "Danke!", "👍", "Nonstop"] {
        jawort.reply(&number(1), text).await;
    }
    assert_eq!(jawort.standing(&number(1), "marketing").await, "allowed");
    let help = jawort.sms(&number(1), 2).await.text;
    assert!(help.starts_with("Blattwerk:") && help.contains("STOP"), "{help}");
    jawort.no_more_than(&number(1), 2).await;
}

#[tokio::test]
async fn a_stop_of_one_kind_ends_just_that_and_names_it() {
    for (text, gone, stays, named) in [
        ("STOP WERBUNG", "marketing", "booking", "Werb"),
        ("stop termine", "booking", "marketing", "Termine"),
        ("Bitte keine Werbung mehr", "marketing", "booking", "Werb"),
    ] {
        let jawort = Jawort::start().await;
        jawort.consent("shop", &number(1)).await;
        jawort.reply(&number(1), text).await;
        let acknowledgement = jawort.sms(&number(1), 2).await.text;
        assert!(acknowledgement.contains(named) && !acknowledgement.contains('?'), "{text}: {acknowledgement}");
        assert_eq!(jawort.standing(&number(1), gone).await, "withdrawn", "{text}");
        assert_eq!(jawort.standing(&number(1), stays).await, "allowed", "{text}");
        jawort.reply(&number(1), text).await;
        jawort.no_more_than(&number(1), 2).await;
        // What was not stopped can still be asked for, what was stopped can't.
        jawort.turn(90).await;
        jawort.ask("newsletter", &number(1)).await;
        jawort.no_more_than(&number(1), if gone == "marketing" { 2 } else { 3 }).await;
    }
}

#[tokio::test]
async fn a_stop_reaches_what_its_sender_serves_and_nothing_else() {
    let jawort = Jawort::start().await;
    let desk = json!({
        "id": "desk", "from": "+4915228817387", "receives": true, "gateway": "simulator", "purposes": ["booking"],
    });
    let changed = jawort.try_settings(|settings| {
        settings["senders"][0]["purposes"] = json!(["marketing"]);
        settings["senders"].as_array_mut().unwrap().push(desk);
    });
    changed.await.expect(200);
    jawort.put_form("newsletter", |_| {}).await;
    jawort
        .put_form("shop", |draft| {
            draft["purposes"] = json!(["booking"]);
            draft["sender"] = json!("desk");
        })
        .await;
    jawort.consent("newsletter", &number(1)).await;
    jawort.turn(90).await;
    jawort.consent("shop", &number(1)).await;
    jawort.reply(&number(1), "STOP").await;
    assert_eq!(jawort.standing(&number(1), "marketing").await, "withdrawn");
    assert_eq!(jawort.standing(&number(1), "booking").await, "allowed");
    let acknowledgement = jawort.sms(&number(1), 3).await.text;
    assert!(acknowledgement.contains("Angebote zu Zimmerpflanzen"), "not everything has ended: {acknowledgement}");
}

#[tokio::test]
async fn a_wrong_number_is_an_event_of_its_own() {
    let jawort = Jawort::start().await;
    jawort.consent("newsletter", &number(1)).await;
    jawort.reply(&number(1), "Das ist die falsche Nummer").await;
    let chain = jawort.chain(&number(1), "marketing").await;
    let Happened::WrongNumber { way: Way::Reply, said } = &chain[1].event.happened else { panic!("{chain:?}") };
    let sms = said.sms.as_ref().unwrap();
    assert_eq!((said.scope, sms.to.as_str()), (Some(SaidScope::Everything), SENDER));
    assert!(sms.id.starts_with("sim-") && sms.received_at.is_some());
    assert_eq!(said.commitments[0].name, "reply", "its words");
}

#[tokio::test]
async fn help_says_who_what_this_person_has_and_how_to_leave_for_good() {
    let jawort = Jawort::start().await;
    let phone = "+49 30 1234567";
    jawort.try_settings(|settings| settings["controller"]["phone"] = json!(phone)).await.expect(200);
    jawort.put_form("newsletter", |_| {}).await;
    jawort.consent("newsletter", &number(1)).await;
    let mut link = None;
    for (count, text) in (2..).zip(["HELP", "Hilfe!", "AYUDA", "Hilfe bitte", "Wer ist da?"]) {
        jawort.reply(&number(1), text).await;
        let help = jawort.sms(&number(1), count).await;
        for part in ["Blattwerk", "Angebote zu Zimmerpflanzen", "max. 4 SMS im Monat", "STOP", phone] {
            assert!(help.text.contains(part), "{part}: {}", help.text);
        }
        assert!(!help.text.contains("Termine"), "what the number serves, and this person has not: {}", help.text);
        link.get_or_insert(help.link());
    }
    let link = link.unwrap();
    // The way out lasts.
    jawort.turn(40 * DAY).await;
    jawort.tap(&link, &[("action", "withdraw")]).await.page(200);
    assert_eq!(jawort.standing(&number(1), "marketing").await, "withdrawn");
    jawort.reply(&number(1), "HILFE").await;
    let help = jawort.sms(&number(1), 7).await.text;
    assert!(help.contains("für keine SMS"), "{help}");
}

/// Also after a STOP, where nothing else is answered (L8).
#[tokio::test]
async fn help_is_answered_whoever_asks() {
    let jawort = Jawort::start().await;
    jawort.reply(&number(1), "Hilfe").await;
    let help = jawort.sms(&number(1), 1).await;
    for part in ["Blattwerk", "für keine SMS", "STOP", "hallo@blattwerk.example", "/a/"] {
        assert!(help.text.contains(part), "{part}: {}", help.text);
    }
    jawort.tap(&help.link(), &[("action", "withdraw")]).await.page(200);
    jawort.ask("newsletter", &number(1)).await;
    jawort.no_more_than(&number(1), 1).await;

    jawort.consent("newsletter", &number(2)).await;
    jawort.reply(&number(2), "STOP").await;
    jawort.sms(&number(2), 2).await;
    jawort.reply(&number(2), "Na gut, und wie geht es Ihnen?").await;
    jawort.reply(&number(2), "HILFE").await;
    assert!(jawort.sms(&number(2), 3).await.text.contains("für keine SMS"));

    // Who was asked, and does not know by whom.
    let link = jawort.ask_and_get("newsletter", &number(3), 1).await;
    jawort.reply(&number(3), "Wer ist da?").await;
    assert_eq!(jawort.sms(&number(3), 2).await.link(), link, "the question again");
}

/// Seen on the running product, where each of these was misread (L8, L26).
#[tokio::test]
async fn everyday_replies_mean_what_people_mean_by_them() {
    let jawort = Jawort::start().await;
    let reaction = "Gefällt „Blattwerk: 20 % auf alle Farne bis Samstag.\nAbmelden: STOP“";
    let replies = [
        ("STOP, das habe ich nicht bestellt", "withdrawn"),
        ("Ja, bitte abmelden", "withdrawn"),
        ("Das ist nicht mehr meine Nummer", "withdrawn"),
        ("Ich widerspreche der Nutzung meiner Daten für Werbung", "objected"),
        ("Die Nummer vom Gutschein ist falsch", "allowed"),
        (reaction, "allowed"),
        ("Bitte nicht stoppen!", "allowed"),
    ];
    for (n, (text, standing)) in (1..).zip(replies) {
        jawort.consent("newsletter", &number(n)).await;
        jawort.reply(&number(n), text).await;
        assert_eq!(jawort.standing(&number(n), "marketing").await, standing, "{text}");
    }
    // A reaction waits for no answer.
    jawort.no_more_than(&number(6), 1).await;
}
