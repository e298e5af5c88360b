//! The hosted page as a browser without JavaScript posts it.

use shared::evidence::{BoxesServed, Happened};
use tests::{Answer, Hosted, Jawort, hidden, number, typed};

#[tokio::test]
async fn a_form_without_javascript_goes_all_the_way() {
    let jawort = Jawort::start().await;
    let answer = Hosted::fill(&jawort, "newsletter", &number(42)).await.post(&jawort).await;
    let page = answer.page(200);
    assert!(page.contains("Fast geschafft") && page.contains("die auf 42 endet"), "{page}");
    assert!(!page.contains(&number(42)[4..]), "nothing more of the number: {page}");
    let link = jawort.sms(&number(42), 1).await.link();
    jawort.tap(&link, &[("action", "confirm")]).await.page(200);
    assert_eq!(jawort.standing(&number(42), "marketing").await, "allowed");
    let chain = serde_json::to_string(&jawort.chain(&number(42), "marketing").await).unwrap();
    assert!(chain.contains("\"way\":\"without_script\""), "{chain}");
}

#[tokio::test]
async fn the_page_speaks_the_visitors_language() {
    let jawort = Jawort::start().await;
    let ask = |language: &str| Answer::of(jawort.get("/f/newsletter").header("accept-language", language));
    assert!(ask("en-GB,en;q=0.9,de;q=0.5").await.page(200).contains("<html lang=\"en\""));
    assert!(ask("fr, de;q=0.5").await.page(200).contains("<html lang=\"de\""));
    let asked = jawort.get("/f/newsletter?lang=en").header("accept-language", "de");
    assert!(Answer::of(asked).await.page(200).contains("Send me the confirmation text"));
}

#[tokio::test]
async fn no_box_is_ticked_whatever_the_link_says() {
    let jawort = Jawort::start().await;
    for query in ["", "?purpose=marketing&age_confirmed=yes", "?marketing=on&checked=1&number=0176"] {
        let page = Answer::of(jawort.get(&format!("/f/shop{query}"))).await.page(200);
        assert!(page.matches("type=\"checkbox\"").count() == 3 && !page.contains(" checked"), "{page}");
    }
}

#[tokio::test]
async fn errors_come_back_with_all_that_was_entered() {
    let jawort = Jawort::start().await;
    let filled = Hosted::fill(&jawort, "shop", &number(1)).await;
    let page = filled.with("number", "030 1234567").without("age_confirmed").post(&jawort).await.page(422);
    assert!(page.contains("keine SMS schicken") && page.contains("Bestätigen Sie bitte Ihr Alter"), "{page}");
    assert!(page.contains("value=\"030 1234567\""), "{page}");
    assert_eq!(page.matches(" checked").count(), 2, "both purposes, and not the age: {page}");
    assert!(page.contains("href=\"#jw-number\"") && page.contains("href=\"#jw-age\""), "{page}");

    let filled = Hosted::fill(&jawort, "shop", &number(1)).await;
    let page = filled.without("purpose").post(&jawort).await.page(422);
    assert!(page.contains("Kreuzen Sie an"), "{page}");
    jawort.knows_nothing_of(&number(1)).await;
}

#[tokio::test]
async fn a_purpose_that_is_named_twice_is_asked_for_not_at_all() {
    let jawort = Jawort::start().await;
    let mut filled = Hosted::fill(&jawort, "shop", &number(1)).await;
    filled.fields.extend((0..300).map(|_| ("purpose".to_owned(), "marketing".to_owned())));
    let page = filled.post(&jawort).await.page(422);
    assert!(page.contains("<html lang=\"de\"") && page.contains("kam doppelt an"), "{page}");
    jawort.knows_nothing_of(&number(1)).await;
}

#[tokio::test]
async fn ticks_come_back_from_our_own_page_alone() {
    let jawort = Jawort::start().await;
    let shop = jawort.shop_origin();
    for (headers, status, ticks) in [
        (&[("origin", shop.as_str()), ("sec-fetch-site", "cross-site")][..], 200, 0),
        (&[("origin", "null")], 422, 0),
        (&[], 422, 0),
        (&[("origin", "null"), ("sec-fetch-site", "same-origin")], 422, 3),
    ] {
        let filled = Hosted::fill(&jawort, "shop", &number(1)).await.with("number", "");
        let page = filled.post_from(&jawort, headers).await.page(status);
        assert_eq!(page.matches(" checked").count(), ticks, "{headers:?}: {page}");
    }
    // Those that came back are evidence of another kind than those that the person set.
    let page = Hosted::fill(&jawort, "shop", &number(1)).await.with("number", "").post(&jawort).await.page(422);
    let boxes = hidden(&page, "boxes").expect("a word on the boxes");
    let again = Hosted::fill(&jawort, "shop", &number(1)).await.with("boxes", &boxes);
    again.post(&jawort).await.page(200);
    let link = jawort.sms(&number(1), 1).await.link();
    jawort.tap(&link, &[("action", "confirm")]).await.page(200);
    let chain = jawort.chain(&number(1), "booking").await;
    let Happened::Given(given) = &chain[0].event.happened else { panic!("{chain:?}") };
    assert_eq!(given.request.boxes_served, Some(BoxesServed::AsSent));
}

#[tokio::test]
async fn a_page_that_was_left_open_too_long_shows_the_new_text_with_no_box_ticked() {
    let jawort = Jawort::start().await;
    let filled = Hosted::fill(&jawort, "shop", &number(1)).await;
    for (name, value) in [("version", "9"), ("disclosure", "sha256-old")] {
        let filled = Hosted { form: filled.form.clone(), fields: filled.fields.clone() };
        let page = filled.with(name, value).post(&jawort).await.page(422);
        assert!(page.contains("Der Text hat sich gerade geändert"), "{page}");
        assert!(!page.contains(" checked") && page.contains("value=\"0176 "), "{page}");
    }
    jawort.knows_nothing_of(&number(1)).await;
}

#[tokio::test]
async fn a_stamp_counts_once_and_takes_as_long_as_a_person() {
    let jawort = Jawort::start().await;
    let page = Answer::of(jawort.get("/f/newsletter?lang=de")).await.page(200);
    let filled = Hosted::fill(&jawort, "newsletter", &number(1)).await;
    let with = |stamp: &str| Hosted { form: filled.form.clone(), fields: filled.fields.clone() }.with("stamp", stamp);

    let shop = hidden(&Answer::of(jawort.get("/f/shop?lang=de")).await.text(), "stamp").unwrap();
    let fresh = hidden(&Answer::of(jawort.get("/f/newsletter")).await.text(), "stamp").unwrap();
    for stamp in ["", "1.2.3", &fresh, &shop] {
        let page = with(stamp).post(&jawort).await.page(422);
        assert!(page.contains("Das hat nicht geklappt"), "{stamp}: {page}");
        assert!(page.contains(" checked"), "all is as it was: {page}");
    }
    jawort.turn(10).await;
    with(&shop).post(&jawort).await.page(422);
    jawort.knows_nothing_of(&number(1)).await;

    filled.post(&jawort).await.page(200);
    jawort.sms(&number(1), 1).await;
    // A reload sends the same once more.
    filled.post(&jawort).await.page(200);
    jawort.turn(120).await;
    filled.post(&jawort).await.page(200);
    jawort.no_more_than(&number(1), 1).await;
    let used = filled.fields.iter().find(|(name, _)| name == "stamp").map(|(_, stamp)| stamp.clone()).unwrap();
    with(&used).with("number", &number(2)).post(&jawort).await.page(422);
    jawort.knows_nothing_of(&number(2)).await;
    with(&fresh).with("number", &number(2)).post(&jawort).await.page(200);
    jawort.sms(&number(2), 1).await;

    let old = hidden(&page, "stamp").unwrap();
    jawort.turn(2 * 3600).await;
    with(&old).with("number", &number(3)).post(&jawort).await.page(422);
    jawort.knows_nothing_of(&number(3)).await;
}

/// What the page after a submission posts by the button that asks again.
fn again(filled: &Hosted, page: &str, asked: &str) -> Hosted {
    let mut fields = filled.fields.clone();
    fields.push(("again".to_owned(), asked.to_owned()));
    let again = Hosted { form: filled.form.clone(), fields };
    ["stamp", "boxes"].into_iter().fold(again, |again, name| again.with(name, &hidden(page, name).unwrap()))
}

/// What a page says after a submission, without numbers.
fn said(page: &str) -> String {
    let (_, done) = page.split_once("part=\"done\"").unwrap_or_else(|| panic!("{page}"));
    let (done, _) = done.split_once("<script").unwrap();
    done.chars().filter(|sign| !sign.is_ascii_digit()).collect()
}

/// Who is signed up, who has left and who is unknown read the same, whenever they press.
#[tokio::test]
async fn asked_again_the_page_says_the_same_to_all_and_what_came_of_it() {
    let jawort = Jawort::start().await;
    for n in [2, 3] {
        jawort.consent("newsletter", &number(n)).await;
    }
    jawort.reply(&number(3), "STOP").await;
    let mut all = Vec::new();
    for n in 1..=3 {
        let filled = Hosted::fill(&jawort, "newsletter", &number(n)).await;
        let first = filled.post(&jawort).await.page(200);
        let once_more = again(&filled, &first, "1");
        let early = once_more.post(&jawort).await.page(200);
        assert_eq!(hidden(&early, "stamp"), hidden(&first, "stamp"), "it is unused");
        jawort.turn(61).await;
        let sent = once_more.post(&jawort).await.page(200);
        jawort.turn(61).await;
        let reloaded = once_more.post(&jawort).await.page(200);
        let third = again(&filled, &sent, "2").post(&jawort).await.page(200);
        let fourth = again(&filled, &third, "3").post(&jawort).await.page(200);
        let forged = again(&filled, &third, "3").with("stamp", "1.2.3").post(&jawort).await.page(422);
        assert!(forged.contains("Das hat nicht geklappt"), "{forged}");
        all.push([first, early, sent, reloaded, third, fourth].map(|page| said(&page)));
    }
    assert!(all[0] == all[1] && all[0] == all[2], "{all:#?}");
    for (page, words) in all[0].iter().zip([
        "Nach einer Minute können Sie",
        "Noch zu früh: Es wurde nichts gesendet.",
        "noch einmal gesendet",
        "Diese Anfrage haben wir schon bekommen.",
        "dreimal angefordert",
        "dreimal angefordert",
    ]) {
        assert!(page.contains(words), "{page}");
    }
    jawort.sms(&number(1), 3).await;
    jawort.no_more_than(&number(1), 3).await;
}

#[tokio::test]
async fn who_fills_in_what_nobody_sees_is_told_that_all_is_well() {
    let jawort = Jawort::start().await;
    let filled = Hosted::fill(&jawort, "newsletter", &number(1)).await;
    let page = filled.with("website", "https://spam.example").post(&jawort).await.page(200);
    assert!(page.contains("Fast geschafft"), "{page}");
    jawort.knows_nothing_of(&number(1)).await;
}

/// Whoever's page it is, and whatever stamp it has got hold of.
#[tokio::test]
async fn what_a_foreign_page_posts_is_only_a_way_to_ours() {
    let jawort = Jawort::start().await;
    let shop = jawort.shop_origin();
    let typed = typed(&number(1));
    for (lang, words) in [("de", "Es ist noch nichts abgeschickt."), ("en", "Nothing has been sent yet.")] {
        for headers in [
            &[("origin", shop.as_str()), ("sec-fetch-site", "cross-site")][..],
            &[("origin", "https://evil.example")],
            &[("origin", "https://evil.example"), ("sec-fetch-site", "same-origin")],
            &[("origin", "null"), ("sec-fetch-site", "cross-site")],
            &[("origin", "null"), ("sec-fetch-site", "same-site")],
            &[("sec-fetch-site", "cross-site")],
        ] {
            let filled = Hosted::fill(&jawort, "shop", &number(1)).await.with("lang", lang);
            let page = filled.post_from(&jawort, headers).await.page(200);
            assert!(page.contains(words) && page.contains(&format!("<html lang=\"{lang}\"")), "{page}");
            assert!(page.contains(&format!("value=\"{typed}\"")) && !page.contains(" checked"), "{page}");
            assert!(hidden(&page, "stamp").is_some_and(|stamp| !stamp.is_empty()), "{page}");
        }
    }
    jawort.knows_nothing_of(&number(1)).await;
    // There the person reads, ticks, and sends it.
    let filled = Hosted::fill(&jawort, "newsletter", &number(1)).await;
    let page = filled.post_from(&jawort, &[("origin", &shop)]).await.page(200);
    let fresh = ["version", "disclosure", "lang", "boxes", "stamp"].map(|name| (name, hidden(&page, name).unwrap()));
    let again = fresh.into_iter().fold(filled, |filled, (name, value)| filled.with(name, &value));
    jawort.turn(4).await;
    again.post(&jawort).await.page(200);
    jawort.sms(&number(1), 1).await;
}

#[tokio::test]
async fn stamps_are_on_pages_of_ours_alone() {
    let jawort = Jawort::start().await;
    for form in ["newsletter", "shop"] {
        let html = jawort.get(&format!("/v1/forms/{form}")).header("accept", "text/html");
        let html = Answer::of(html.header("origin", jawort.shop_origin())).await.expect(200).text();
        assert!(html.contains("name=\"version\"") && !html.contains("stamp"), "{html}");
    }
}

/// A phone that leaves the WLAN, or whose network gives each call another address.
#[tokio::test]
async fn another_address_between_page_and_post_changes_nothing() {
    let jawort = Jawort::start().await;
    let filled = Hosted::fill(&jawort, "newsletter", &number(1)).await;
    let own = [("origin", jawort.url()), ("sec-fetch-site", "same-origin"), ("cf-connecting-ip", "198.51.100.7")];
    filled.post_from(&jawort, &own).await.page(200);
    jawort.sms(&number(1), 1).await;
}

#[tokio::test]
async fn a_browser_that_hides_its_origin_or_says_nothing_is_believed_by_its_stamp() {
    let jawort = Jawort::start().await;
    let headers: [&[(&str, &str)]; 4] = [
        &[],
        &[("origin", "null")],
        &[("origin", "null"), ("sec-fetch-site", "same-origin")],
        &[("sec-fetch-site", "none")],
    ];
    for (n, headers) in (1..).zip(headers) {
        let filled = Hosted::fill(&jawort, "newsletter", &number(n)).await;
        filled.post_from(&jawort, headers).await.page(200);
        jawort.sms(&number(n), 1).await;
    }
}

#[tokio::test]
async fn a_body_that_is_no_form_or_too_large_is_a_page_too() {
    let jawort = Jawort::start().await;
    let post = || jawort.post("/f/newsletter");
    Answer::of(post().json(&serde_json::json!({}))).await.page(415);
    Answer::of(post().form(&[("number", "1".repeat(17_000))])).await.page(413);
    Answer::of(post().form(&[("version", "one")])).await.page(400);
    Answer::of(jawort.get("/f/raffle")).await.page(404);
}
