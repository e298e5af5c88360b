//! An update of the software changes nothing that was said: people go on reading what was published, and evidence names
//! texts that are kept. The owner takes new words over by publishing again.

use reqwest::Method;
use serde_json::{Value, json};
use shared::evidence::{ActBy, Happened};
use tests::{Answer, Jawort, Link, hidden, number};

/// What the later build says in place of what this one says: in the form, in the SMS, on the page of the yes, beside a
/// keyword, and how the page looks.
const SENTENCES: &[(&str, &str)] = &[
    ("Ihre Einwilligung ist freiwillig", "Ihre Einwilligung ist aus Wunsch"),
    ("Bestätigungs-SMS anfordern", "Bestätigungs-SMS bestellen"),
    (" Nicht von Ihnen? Dann tun Sie nichts", " Nicht von Ihnen? Weg klicken genügt"),
    ("Ja, ich möchte diese SMS", "Ja, ich wünsche jene SMS"),
    ("Bitte vorher lesen", "Bitte vorher ahnen"),
    ("fragt dann nach", "hofft dann sehr"),
    ("#f3f2ee", "#f3f2ef"),
];

async fn form(jawort: &Jawort) -> Value {
    Answer::of(jawort.get("/v1/forms/newsletter?lang=de")).await.expect(200).json()
}

async fn beside(jawort: &Jawort) -> String {
    let invite = jawort.owner(Method::GET, "/v1/forms/newsletter/invite", None).await.expect(200).json();
    invite["keywords"][0]["text"].as_str().expect("a text").to_owned()
}

/// A text that evidence names.
async fn kept(jawort: &Jawort, hash: &str) -> String {
    jawort.owner(Method::GET, &format!("/v1/texts/{hash}"), None).await.expect(200).text()
}

fn stylesheet(page: &str) -> String {
    let (_, rest) = page.split_once("<link rel=\"stylesheet\" href=\"").expect("a stylesheet");
    rest.split_once('"').expect("its end").0.to_owned()
}

async fn confirm(jawort: &Jawort, link: &Link, shown: &str) -> String {
    let fields = [("action", "confirm"), ("shown", shown)];
    Answer::of(jawort.post(&format!("/c/{}", link.token())).form(&fields)).await.page(200)
}

#[tokio::test]
async fn an_update_changes_no_published_version_and_the_owner_takes_new_words_over() {
    let mut jawort = Jawort::start().await;
    jawort.put_form("newsletter", |draft| draft["keywords"] = json!([{ "word": "FARN" }])).await;
    let waiting = jawort.ask_and_get("newsletter", &number(1), 1).await;
    let first_sms = jawort.sms(&number(1), 1).await.text.replace(waiting.token(), "");
    let (first, first_text) = (form(&jawort).await, beside(&jawort).await);
    let page = jawort.open(&waiting).await.page(200);
    let css = Answer::of(jawort.get(&stylesheet(&page))).await.expect(200).text();

    jawort.update(SENTENCES);

    let mut now = form(&jawort).await;
    // What stands around the form is this build's.
    now["labels"] = first["labels"].clone();
    assert_eq!(now, first);
    assert_eq!(beside(&jawort).await, first_text);
    let hosted = Answer::of(jawort.get("/f/newsletter")).await.page(200);
    assert!(hosted.contains("ist freiwillig") && hosted.contains("Bestätigungs-SMS anfordern"), "{hosted}");
    assert_eq!(jawort.open(&waiting).await.page(200), page, "the page of a request that waits");
    assert_eq!(Answer::of(jawort.get(&stylesheet(&page))).await.expect(200).text(), css, "and how it looks");

    // What was read before the update is confirmed after it.
    let shown = hidden(&page, "shown").expect("the page's name");
    assert!(confirm(&jawort, &waiting, &shown).await.contains("Danke, Sie sind angemeldet"));
    let after = jawort.ask_and_get("newsletter", &number(2), 1).await;
    assert_eq!(jawort.sms(&number(2), 1).await.text.replace(after.token(), ""), first_sms);
    jawort.tap(&after, &[("action", "confirm")]).await.page(200);
    for n in [1, 2] {
        let chain = jawort.chain(&number(n), "marketing").await;
        let Happened::Given(given) = &chain[0].event.happened else { panic!("{chain:?}") };
        let disclosure = kept(&jawort, &given.request.disclosure.as_ref().expect("a form").0).await;
        assert!(disclosure.contains("ist freiwillig") && disclosure.contains("SMS anfordern"), "{disclosure}");
        let template = kept(&jawort, &given.sms.template.as_ref().expect("a template").0).await;
        assert!(template.contains("Dann tun Sie nichts") && template.contains("{link}"), "{template}");
        let ActBy::Link { page, .. } = &given.act.by else { panic!("{chain:?}") };
        let page = kept(&jawort, &page.template.0).await;
        assert!(page.contains("Ja, ich möchte diese SMS") && page.contains("Bitte vorher lesen"), "{page}");
    }

    // A request that waits while the owner publishes is asked about in the words that it was made with.
    let between = jawort.ask_and_get("newsletter", &number(3), 1).await;
    let published = jawort.try_form("newsletter", |draft| draft["keywords"] = json!([{ "word": "FARN" }])).await;
    assert_eq!(published.expect(200).json()["version"], json!(first["version"].as_u64().expect("a number") + 1));
    let new = form(&jawort).await;
    assert!(new["notes"].to_string().contains("aus Wunsch") && new["button"] == "Bestätigungs-SMS bestellen", "{new}");
    assert_ne!(new["disclosure"], first["disclosure"]);
    assert!(beside(&jawort).await.contains("hofft dann sehr"));
    assert!(jawort.open(&between).await.page(200).contains("Ja, ich möchte diese SMS"));
    let later = jawort.ask_and_get("newsletter", &number(4), 1).await;
    let sms = jawort.sms(&number(4), 1).await.text;
    assert!(sms.contains("Weg klicken genügt"), "{sms}");
    let page = jawort.open(&later).await.page(200);
    assert!(page.contains("Ja, ich wünsche jene SMS") && page.contains("Bitte vorher ahnen"), "{page}");
    let look = Answer::of(jawort.get(&stylesheet(&page))).await.expect(200).text();
    assert!(look.contains("#f3f2ef") && css.contains("#f3f2ee"));
    for (n, link) in [(3, between), (4, later)] {
        jawort.tap(&link, &[("action", "confirm")]).await.page(200);
        assert_eq!(jawort.standing(&number(n), "marketing").await, "allowed");
    }

    // Publishing what is published changes nothing, whichever build does it.
    let again = jawort.try_form("newsletter", |draft| draft["keywords"] = json!([{ "word": "FARN" }])).await;
    assert_eq!(again.expect(200).json()["version"], new["version"]);
}

/// What earlier builds published had no texts of its own: it is frozen as soon as a build sees it that can.
#[tokio::test]
async fn what_was_published_before_texts_were_kept_is_frozen_at_first_sight() {
    let mut jawort = Jawort::start().await;
    let first = form(&jawort).await;
    let without = "UPDATE forms SET json = json_remove(json_set(json, '$.format', 2), '$.value.form.texts')";
    assert!(jawort.alter("Registry", without) >= 2);
    jawort.alter("Registry", "DELETE FROM texts");
    let forms: Vec<_> = jawort.kv("FORMS").into_keys().filter(|key| !key.starts_with("settings")).collect();
    let gone: Vec<_> = forms.iter().map(|key| (key.as_str(), None)).collect();
    jawort.set_kv("FORMS", &gone);
    assert_eq!(form(&jawort).await, first);

    jawort.update(SENTENCES);

    let mut now = form(&jawort).await;
    now["labels"] = first["labels"].clone();
    assert_eq!(now, first);
    jawort.consent("newsletter", &number(1)).await;
    let chain = jawort.chain(&number(1), "marketing").await;
    let Happened::Given(given) = &chain[0].event.happened else { panic!("{chain:?}") };
    assert!(kept(&jawort, &given.request.disclosure.as_ref().expect("a form").0).await.contains("ist freiwillig"));
}
