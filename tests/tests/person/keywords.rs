//! Words on posters, in posts and e-mails.

use serde_json::{Value, json};
use shared::evidence::{ActBy, Channel, Happened};
use tests::{DAY, Jawort, SENDER, number};

async fn with_keyword(confirm: &str) -> Jawort {
    let jawort = Jawort::start().await;
    jawort
        .put_form("newsletter", |draft| {
            draft["confirm"] = json!(confirm);
            draft["keywords"] = json!([{ "word": "FARN", "beside": "Am Plakat im Schaufenster" }]);
        })
        .await;
    jawort
}

#[tokio::test]
async fn a_keyword_asks_and_only_the_answer_to_it_is_consent() {
    let jawort = with_keyword("reply").await;
    jawort.reply(&number(1), "farn!").await;
    let sms = jawort.sms(&number(1), 1).await.text;
    for part in ["Blattwerk", "FARN", "Angebote zu Zimmerpflanzen", "max. 4 SMS im Monat", "16", "JA", "STOP"] {
        assert!(sms.contains(part), "{part}: {sms}");
    }
    assert_eq!(jawort.standing(&number(1), "marketing").await, "pending");
    jawort.reply(&number(1), "Ja").await;
    let chain = jawort.chain(&number(1), "marketing").await;
    let Happened::Given(given) = &chain[0].event.happened else { panic!("{chain:?}") };
    assert_eq!(given.request.channel, Channel::Keyword);
    let keyword = given.request.keyword.as_ref().unwrap();
    assert_eq!(keyword.word, "FARN");
    assert!(keyword.beside.starts_with("Am Plakat im Schaufenster\n"), "{}", keyword.beside);
    for part in ["FARN", SENDER, "Blattwerk", "höchstens 4 SMS im Monat", "16", "STOP", "datenschutz"] {
        assert!(keyword.beside.contains(part), "{part}: {}", keyword.beside);
    }
    assert!(matches!(given.act.by, ActBy::Reply(_)));
    assert_eq!((given.request.boxes_served, &given.request.disclosure), (None, &None), "there was no form");
    assert_eq!(given.request.asked.iter().map(|id| id.as_str()).collect::<Vec<_>>(), ["marketing"]);
}

#[tokio::test]
async fn a_keyword_that_a_link_confirms_brings_the_link() {
    let jawort = with_keyword("link").await;
    jawort.reply(&number(1), "Farn bitte").await;
    let link = jawort.sms(&number(1), 1).await.link();
    jawort.tap(&link, &[("action", "confirm")]).await.page(200);
    assert_eq!(jawort.standing(&number(1), "marketing").await, "allowed");
    jawort.turn(90).await;
    jawort.reply(&number(1), "FARN").await;
    let told = jawort.sms(&number(1), 2).await.text;
    assert!(told.contains("schon angemeldet"), "{told}");
    jawort.turn(90).await;
    jawort.reply(&number(1), "FARN").await;
    jawort.no_more_than(&number(1), 2).await;
}

#[tokio::test]
async fn a_keyword_is_the_persons_own_act_also_after_a_stop() {
    let jawort = with_keyword("reply").await;
    jawort.reply(&number(1), "STOP").await;
    jawort.sms(&number(1), 1).await;
    jawort.ask("newsletter", &number(1)).await;
    jawort.no_more_than(&number(1), 1).await;
    jawort.reply(&number(1), "FARN").await;
    jawort.sms(&number(1), 2).await;
    jawort.reply(&number(1), "JA").await;
    assert_eq!(jawort.standing(&number(1), "marketing").await, "allowed");
}

#[tokio::test]
async fn a_handset_gets_three_confirmations_a_day_whatever_it_texts() {
    let jawort = with_keyword("reply").await;
    for n in 1..=6 {
        jawort.reply(&number(1), "FARN").await;
        // Else the next request would take the place of one whose SMS has not left.
        jawort.sms(&number(1), n.min(3)).await;
        jawort.turn(90).await;
    }
    jawort.no_more_than(&number(1), 3).await;
}

#[tokio::test]
async fn a_word_that_nobody_owns_gets_one_short_answer_a_day() {
    let jawort = with_keyword("reply").await;
    for text in ["KAKTUS", "Farnkraut", "Hallo?"] {
        jawort.reply(&number(1), text).await;
    }
    let sms = jawort.sms(&number(1), 1).await.text;
    assert!(sms.starts_with("Blattwerk:"), "{sms}");
    jawort.no_more_than(&number(1), 1).await;
    jawort.turn(DAY).await;
    jawort.reply(&number(1), "KAKTUS").await;
    jawort.sms(&number(1), 2).await;
    // Not to a number of a country that no form asks, either: a keyword can't be used to send SMS around the world.
    jawort.reply("+12025550123", "FARN").await;
    jawort.no_more_than("+12025550123", 0).await;
}

async fn refused(jawort: &Jawort, form: &str, change: impl FnOnce(&mut Value)) -> Value {
    let answer = jawort.try_form(form, |draft| {
        draft["confirm"] = json!("reply");
        change(draft);
    });
    answer.await.problem(422, "refused")["violations"].clone()
}

#[tokio::test]
async fn keywords_that_would_mislead_are_refused() {
    let jawort = with_keyword("reply").await;
    let taken = refused(&jawort, "shop", |draft| {
        draft["keywords"] = json!([{ "word": "Farn", "purpose": "marketing" }]);
    })
    .await;
    assert_eq!(taken[0]["rule"], "keyword-taken", "{taken}");
    assert!(taken[0]["detail"].as_str().unwrap().contains("newsletter"), "{taken}");
    for keywords in [
        json!([{ "word": "STOP" }]),
        json!([{ "word": "JA" }]),
        json!([{ "word": "ab" }]),
        json!([{ "word": "zwei Wörter" }]),
        json!([{ "word": "Palme" }, { "word": "PALME" }]),
        json!([{ "word": "Palme", "purpose": "booking" }]),
    ] {
        let found = refused(&jawort, "newsletter", |draft| draft["keywords"] = keywords.clone()).await;
        assert!(!found.as_array().unwrap().is_empty(), "{keywords}");
    }
    let which = refused(&jawort, "shop", |draft| draft["keywords"] = json!([{ "word": "Termin" }])).await;
    assert!(!which.as_array().unwrap().is_empty(), "a form of two purposes says which one is meant");
}
