//! `/m`: a fresh link to the handset, and the same page for every number.

use serde_json::json;
use tests::{Answer, DAY, Jawort, MINUTE, hidden, number};

#[tokio::test]
async fn the_page_says_the_same_for_a_known_and_an_unknown_number() {
    let jawort = Jawort::start().await;
    jawort.consent("newsletter", &number(1)).await;
    let known = jawort.type_on_number_page(&number(1)).await;
    let unknown = jawort.type_on_number_page(&number(2)).await;
    assert_eq!(known, unknown);
    assert!(known.contains("Schauen Sie jetzt auf Ihr Handy"), "{known}");
    let sms = jawort.sms(&number(1), 2).await;
    assert!(sms.link().0.contains("/m/"), "{}", sms.text);
    jawort.no_more_than(&number(2), 0).await;
}

#[tokio::test]
async fn a_fresh_link_shows_all_that_is_stored_for_a_quarter_of_an_hour() {
    let jawort = Jawort::start().await;
    jawort.consent("newsletter", &number(1)).await;
    jawort.type_on_number_page(&number(1)).await;
    let link = jawort.sms(&number(1), 2).await.link();
    let page = jawort.open(&link).await.page(200);
    for text in [&*number(1), "Angebote zu Zimmerpflanzen", "aktiv seit", "Sie haben zugestimmt"] {
        assert!(page.contains(text), "{text}: {page}");
    }
    jawort.turn(14 * MINUTE).await;
    jawort.open(&link).await.page(200);
    jawort.turn(MINUTE).await;
    jawort.open(&link).await.page(404);
    jawort.tap(&link, &[("action", "withdraw")]).await.page(404);
    assert_eq!(jawort.standing(&number(1), "marketing").await, "allowed");
}

#[tokio::test]
async fn a_number_gets_three_fresh_links_a_day() {
    let jawort = Jawort::start().await;
    let link = jawort.consent("newsletter", &number(1)).await;
    jawort.type_on_number_page(&number(1)).await;
    jawort.sms(&number(1), 2).await;
    let page = jawort.tap(&link, &[("action", "fresh_link")]).await.page(200);
    assert!(page.contains("Gleich kommt eine SMS mit dem Link"), "{page}");
    jawort.sms(&number(1), 3).await;
    jawort.reply(&number(1), "INFO").await;
    jawort.sms(&number(1), 4).await;
    let said = jawort.type_on_number_page(&number(1)).await;
    assert!(said.contains("Schauen Sie jetzt auf Ihr Handy"), "{said}");
    jawort.reply(&number(1), "INFO").await;
    let help = jawort.sms(&number(1), 5).await.text;
    assert!(help.contains("/c/") && !help.contains("/m/"), "answered all the same, by a link that lasts: {help}");
    jawort.no_more_than(&number(1), 5).await;
    jawort.turn(DAY).await;
    jawort.type_on_number_page(&number(1)).await;
    jawort.sms(&number(1), 6).await;
}

#[tokio::test]
async fn after_a_stop_nobody_can_send_a_link_by_typing_the_number() {
    let jawort = Jawort::start().await;
    jawort.consent("newsletter", &number(1)).await;
    jawort.reply(&number(1), "STOP").await;
    jawort.sms(&number(1), 2).await;
    jawort.type_on_number_page(&number(1)).await;
    jawort.no_more_than(&number(1), 2).await;
}

#[tokio::test]
async fn a_copy_holds_everything_as_json() {
    let jawort = Jawort::start().await;
    jawort.consent("shop", &number(1)).await;
    let words = "Was kostet der Farn im Topf?";
    jawort.reply(&number(1), words).await;
    jawort.sms(&number(1), 2).await;
    jawort.reply(&number(1), "INFO").await;
    let link = jawort.sms(&number(1), 3).await.link();
    let copy = Answer::of(jawort.get(&format!("/m/{}?format=json", link.token()))).await.expect(200);
    assert!(copy.header("content-disposition").starts_with("attachment"));
    assert_eq!(copy.header("cache-control"), "no-store");
    let copy = copy.json();
    assert_eq!(copy["number"], json!(number(1)));
    assert_eq!(copy["events"].as_array().unwrap().len(), 2);
    assert_eq!(copy["events"], jawort.overview(&number(1)).await["events"]);
    assert_eq!(copy["replies"][0]["text"], words, "what waits for a human is stored, too");
}

#[tokio::test]
async fn a_number_that_was_given_up_stands_in_the_history_in_the_words_of_the_button() {
    let jawort = Jawort::start().await;
    jawort.consent("newsletter", &number(1)).await;
    jawort.reply(&number(1), "INFO").await;
    let link = jawort.sms(&number(1), 2).await.link();
    let page = jawort.open(&link).await.page(200);
    let told =
        |page: &str| page.split("<ol class=\"history\">").nth(1).unwrap().split("</ol>").next().unwrap().to_owned();
    assert!(!told(&page).contains("Diese Nummer gehört mir nicht mehr"), "{page}");
    let page = jawort.tap(&link, &[("action", "correct")]).await.page(200);
    assert!(told(&page).contains("Diese Nummer gehört mir nicht mehr"), "{page}");
}

#[tokio::test]
async fn each_purpose_can_be_withdrawn_by_a_fresh_link_too() {
    let jawort = Jawort::start().await;
    jawort.consent("shop", &number(1)).await;
    jawort.reply(&number(1), "INFO").await;
    let link = jawort.sms(&number(1), 2).await.link();
    let page = jawort.tap(&link, &[("action", "withdraw"), ("purpose", "booking")]).await.page(200);
    assert!(page.contains("Das ist ab sofort beendet"), "{page}");
    assert_eq!(jawort.standing(&number(1), "booking").await, "withdrawn");
    assert_eq!(jawort.standing(&number(1), "marketing").await, "allowed");
}

#[tokio::test]
async fn a_number_that_cannot_be_one_is_named_and_kept() {
    let jawort = Jawort::start().await;
    let page = Answer::of(jawort.get("/m")).await.page(200);
    let stamp = hidden(&page, "stamp").unwrap();
    jawort.turn(4).await;
    for (typed, words) in
        [("030 1234567", "eine Handynummer an"), ("0176 1", "fehlen Ziffern"), ("", "Handynummer ein")]
    {
        let page = Answer::of(jawort.post("/m").form(&[("number", typed), ("stamp", &stamp)])).await.page(422);
        assert!(page.contains(words), "{page}");
        assert!(page.contains(&format!("value=\"{typed}\"")) && page.contains("aria-invalid"), "{page}");
    }
}

#[tokio::test]
async fn the_page_takes_nothing_without_a_fresh_stamp_of_its_own() {
    let jawort = Jawort::start().await;
    jawort.consent("newsletter", &number(1)).await;
    let page = Answer::of(jawort.get("/m")).await.page(200);
    let stamp = hidden(&page, "stamp").unwrap();
    let number = number(1);
    let post = |stamp: &str, website: &str| {
        let fields = [("number", &*number), ("stamp", stamp), ("website", website)];
        Answer::of(jawort.post("/m").form(&fields))
    };
    post("", "").await.page(422);
    post(&stamp, "").await.page(422); // no person is so fast
    let form = hidden(&Answer::of(jawort.get("/f/newsletter")).await.text(), "stamp").unwrap();
    jawort.turn(4).await;
    post(&form, "").await.page(422);
    post(&stamp, "https://spam.example").await.page(200);
    jawort.no_more_than(&number, 1).await;
    post(&stamp, "").await.page(200);
    jawort.sms(&number, 2).await;
    post(&stamp, "").await.page(200);
    jawort.no_more_than(&number, 2).await;
}
