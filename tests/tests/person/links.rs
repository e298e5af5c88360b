//! The one link in an SMS: asks while the request waits, and is the way out after it.

use reqwest::Method;
use shared::evidence::Happened;
use tests::{Answer, DAY, HOUR, Jawort, Link, hidden, number};

#[tokio::test]
async fn a_link_scanner_confirms_nothing() {
    let jawort = Jawort::start().await;
    let link = jawort.ask_and_get("newsletter", &number(1), 1).await;
    let path = format!("/c/{}", link.token());
    for _ in 0..10 {
        for method in [Method::GET, Method::HEAD] {
            Answer::of(jawort.request(method, &path)).await.expect(200);
            for query in ["?action=confirm", "?confirm", "#confirm"] {
                Answer::of(jawort.get(&format!("{path}{query}"))).await.expect(200);
            }
        }
    }
    for method in [Method::PUT, Method::DELETE, Method::PATCH, Method::OPTIONS] {
        let status = Answer::of(jawort.request(method, &path)).await.status;
        assert!(status >= 400, "{status}");
    }
    // A scanner that posts what it finds knows no action.
    jawort.tap(&link, &[]).await.page(200);
    jawort.tap(&link, &[("purpose", "marketing")]).await.page(200);
    assert_eq!(jawort.standing(&number(1), "marketing").await, "pending");
    assert_eq!(jawort.overview(&number(1)).await["events"], serde_json::json!([]));
    let page = jawort.open(&link).await.page(200);
    assert!(page.contains("Ja, ich möchte diese SMS"), "{page}");
}

#[tokio::test]
async fn a_page_that_asks_shows_the_full_text_and_runs_no_script() {
    let jawort = Jawort::start().await;
    let link = jawort.ask_and_get("newsletter", &number(12), 1).await;
    let answer = jawort.open(&link).await;
    let page = answer.page(200);
    let form = Answer::of(jawort.get("/v1/forms/newsletter?lang=de")).await.json();
    for text in
        [&form["purposes"][0]["text"], &form["purposes"][0]["label"], &form["privacy_url"], &form["imprint_url"]]
    {
        assert!(page.contains(text.as_str().unwrap()), "{text} in {page}");
    }
    for note in form["notes"].as_array().unwrap() {
        assert!(page.contains(note.as_str().unwrap()), "{note} in {page}");
    }
    assert!(page.contains("endet") && page.contains("12"), "the number's last two digits: {page}");
    assert!(!page.contains(&number(12)[4..]), "no more of it: {page}");
    // A yes and a no of equal weight.
    for (action, words) in [("confirm", "Ja, ich möchte diese SMS"), ("refuse", "Nein, keine SMS")] {
        let button = format!("<button name=\"action\" value=\"{action}\" class=\"main\">{words}</button>");
        assert!(page.contains(&button), "{button}: {page}");
    }
    assert!(!page.contains("<script"), "{page}");
    assert!(!answer.header("content-security-policy").contains("script-src"));
}

#[tokio::test]
async fn a_second_tap_says_that_it_is_confirmed_already_and_changes_nothing() {
    let jawort = Jawort::start().await;
    let link = jawort.consent("newsletter", &number(1)).await;
    let given = jawort.check(&number(1), "marketing").await;
    jawort.turn(HOUR).await;
    for _ in 0..2 {
        let page = jawort.tap(&link, &[("action", "confirm")]).await.page(200);
        assert!(page.contains("Sie sind schon angemeldet"), "{page}");
    }
    jawort.tap(&link, &[("action", "refuse")]).await.page(200);
    assert_eq!(jawort.check(&number(1), "marketing").await, given);
    assert_eq!(jawort.chain(&number(1), "marketing").await.len(), 1);
    jawort.no_more_than(&number(1), 1).await;
}

#[tokio::test]
async fn taps_at_the_same_time_confirm_once() {
    let jawort = Jawort::start().await;
    let link = jawort.ask_and_get("shop", &number(1), 1).await;
    let tap = || jawort.tap(&link, &[("action", "confirm")]);
    let (a, b, c) = tokio::join!(tap(), tap(), tap());
    for answer in [a, b, c] {
        answer.page(200);
    }
    assert_eq!(jawort.chain(&number(1), "marketing").await.len(), 1);
    assert_eq!(jawort.chain(&number(1), "booking").await.len(), 1);
}

#[tokio::test]
async fn a_yes_without_the_page_or_to_another_one_does_not_count() {
    let jawort = Jawort::start().await;
    let link = jawort.ask_and_get("newsletter", &number(1), 1).await;
    let shop = jawort.ask_and_get("shop", &number(1), 2).await;
    let page_of = async |link: &Link| hidden(&jawort.open(link).await.text(), "shown").unwrap();
    let (shown, of_shop) = (page_of(&link).await, page_of(&shop).await);
    for other in [None, Some(""), Some("sha256-another"), Some(of_shop.as_str())] {
        let fields = [("action", "confirm")].into_iter().chain(other.map(|shown| ("shown", shown)));
        let fields: Vec<_> = fields.collect();
        let page = Answer::of(jawort.post(&format!("/c/{}", link.token())).form(&fields)).await.page(200);
        assert!(page.contains("Ihr Ja ist noch nicht angekommen") && page.contains(&shown), "{other:?}: {page}");
        assert_eq!(jawort.standing(&number(1), "marketing").await, "pending", "{other:?}");
    }
    assert_eq!(jawort.overview(&number(1)).await["events"], serde_json::json!([]), "nothing is done");
}

#[tokio::test]
async fn a_no_ends_it_and_keeps_web_pages_away_until_the_person_allows_it() {
    let jawort = Jawort::start().await;
    let link = jawort.ask_and_get("newsletter", &number(1), 1).await;
    let page = jawort.tap(&link, &[("action", "refuse")]).await.page(200);
    assert!(page.contains("die Anfrage ist beendet"), "{page}");
    assert_eq!(jawort.standing(&number(1), "marketing").await, "unknown");
    let page = jawort.tap(&link, &[("action", "confirm")]).await.page(200);
    assert!(!page.contains("Danke, Sie sind angemeldet"), "{page}");

    jawort.turn(60 * DAY).await;
    for form in ["newsletter", "shop"] {
        jawort.ask(form, &number(1)).await;
    }
    jawort.no_more_than(&number(1), 1).await;
    assert_eq!(jawort.standing(&number(1), "marketing").await, "unknown");

    // What was typed in vain is over by then.
    jawort.turn(49 * HOUR).await;
    let page = jawort.tap(&link, &[("action", "allow")]).await.page(200);
    assert!(page.contains("Die Sperre ist aufgehoben"), "{page}");
    let link = jawort.ask_and_get("newsletter", &number(1), 2).await;
    jawort.tap(&link, &[("action", "confirm")]).await.page(200);
    assert_eq!(jawort.standing(&number(1), "marketing").await, "allowed");
}

#[tokio::test]
async fn a_request_can_be_confirmed_for_48_hours() {
    let jawort = Jawort::start().await;
    let early = jawort.ask_and_get("newsletter", &number(1), 1).await;
    let late = jawort.ask_and_get("newsletter", &number(2), 1).await;
    jawort.turn(48 * HOUR - 60).await;
    let page = jawort.tap(&early, &[("action", "confirm")]).await.page(200);
    assert!(page.contains("Danke, Sie sind angemeldet"), "{page}");
    jawort.turn(61).await;
    let page = jawort.open(&late).await.page(200);
    assert!(page.contains("Sie sind nicht angemeldet"), "{page}");
    let page = jawort.tap(&late, &[("action", "confirm")]).await.page(200);
    assert!(page.contains("Sie sind nicht angemeldet"), "{page}");
    assert_eq!(jawort.standing(&number(2), "marketing").await, "unknown");
}

#[tokio::test]
async fn the_link_is_a_way_out_for_ever() {
    let jawort = Jawort::start().await;
    let link = jawort.consent("newsletter", &number(7)).await;
    jawort.turn(400 * DAY).await;
    let page = jawort.open(&link).await.page(200);
    assert!(page.contains("endet") && page.contains("07") && page.contains("Abmelden"), "{page}");
    let page = jawort.tap(&link, &[("action", "withdraw")]).await.page(200);
    assert!(page.contains("von allem abgemeldet"), "{page}");
    assert_eq!(jawort.standing(&number(7), "marketing").await, "withdrawn");
    let chain = jawort.chain(&number(7), "marketing").await;
    assert!(matches!(chain[1].event.happened, Happened::Withdrawn { .. }));
}

#[tokio::test]
async fn one_purpose_can_be_withdrawn_and_the_other_kept() {
    let jawort = Jawort::start().await;
    let link = jawort.consent("shop", &number(1)).await;
    let page = jawort.tap(&link, &[("action", "withdraw"), ("purpose", "marketing")]).await.page(200);
    assert!(page.contains("Das ist ab sofort beendet"), "{page}");
    assert_eq!(jawort.standing(&number(1), "marketing").await, "withdrawn");
    assert_eq!(jawort.standing(&number(1), "booking").await, "allowed");
    jawort.message(&number(1), "booking", "Bis morgen!").await.expect(202);
}

#[tokio::test]
async fn an_objection_ends_the_purpose_and_keeps_web_pages_away() {
    let jawort = Jawort::start().await;
    let link = jawort.consent("newsletter", &number(1)).await;
    jawort.tap(&link, &[("action", "object"), ("purpose", "marketing")]).await.page(200);
    assert_eq!(jawort.standing(&number(1), "marketing").await, "objected");
    jawort.turn(90 * DAY).await;
    jawort.ask("newsletter", &number(1)).await;
    jawort.no_more_than(&number(1), 1).await;
    assert_eq!(jawort.standing(&number(1), "marketing").await, "objected");
}

#[tokio::test]
async fn after_a_new_confirmation_links_from_before_only_withdraw() {
    let jawort = Jawort::start().await;
    let old = jawort.consent("newsletter", &number(34)).await;
    jawort.tap(&old, &[("action", "withdraw")]).await.page(200);
    jawort.tap(&old, &[("action", "allow")]).await.page(200);
    jawort.turn(120).await;
    jawort.consent("newsletter", &number(34)).await;

    let page = jawort.open(&old).await.page(200);
    assert!(page.contains("Möchten Sie keine SMS mehr von uns?"), "{page}");
    assert!(!page.contains("endet") && !page.contains("Zimmerpflanzen"), "shows nothing of the person: {page}");
    jawort.tap(&old, &[("action", "fresh_link")]).await.page(200);
    jawort.no_more_than(&number(34), 2).await;
    jawort.tap(&old, &[("action", "withdraw")]).await.page(200);
    assert_eq!(jawort.standing(&number(34), "marketing").await, "withdrawn");
    assert_eq!(jawort.chain(&number(34), "marketing").await.len(), 4);
}

#[tokio::test]
async fn forged_and_broken_links_get_one_friendly_page() {
    let jawort = Jawort::start().await;
    let link = jawort.ask_and_get("newsletter", &number(1), 1).await;
    let token = link.token();
    let last = if token.ends_with('0') { "1" } else { "0" };
    let forged = format!("{}{last}", &token[..token.len() - 1]);
    let short = &token[..token.len() - 1];
    let mut pages = Vec::new();
    for token in [&forged, short, &"0".repeat(29), &"z".repeat(29), "x", "%C3%BC"] {
        for kind in ["c", "m"] {
            let link = Link(format!("{}/{kind}/{token}", jawort.url()));
            pages.push(jawort.open(&link).await.page(404));
            pages.push(jawort.tap(&link, &[("action", "confirm")]).await.page(404));
        }
    }
    // A link works under its own address only.
    pages.push(jawort.open(&Link(format!("{}/m/{token}", jawort.url()))).await.page(404));
    assert!(pages[0].contains("Dieser Link führt nicht mehr weiter"), "{}", pages[0]);
    assert!(pages.iter().all(|page| *page == pages[0]), "none tells which it is");
    assert_eq!(jawort.standing(&number(1), "marketing").await, "pending");
}

#[tokio::test]
async fn a_tap_that_makes_no_sense_changes_nothing() {
    let jawort = Jawort::start().await;
    let link = jawort.ask_and_get("newsletter", &number(1), 1).await;
    let post = || jawort.post(&format!("/c/{}", link.token()));
    Answer::of(post().form(&[("action", "delete")])).await.page(400);
    Answer::of(post().form(&[("action", "withdraw"), ("purpose", "No such purpose")])).await.page(400);
    Answer::of(post().json(&serde_json::json!({ "action": "confirm" }))).await.page(415);
    Answer::of(post().form(&[("action", "x".repeat(17_000))])).await.page(413);
    assert_eq!(jawort.standing(&number(1), "marketing").await, "pending");
    // A purpose that the person was never asked about ends nothing else.
    jawort.tap(&link, &[("action", "withdraw"), ("purpose", "booking")]).await.page(200);
    assert_eq!(jawort.standing(&number(1), "marketing").await, "pending");
}
