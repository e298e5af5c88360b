//! Forms, listed, read back and closed.

use reqwest::Method;
use serde_json::{Value, json};
use tests::{Answer, Jawort, SENDER, number};

async fn close(jawort: &Jawort, form: &str) -> Value {
    jawort.owner(Method::POST, &format!("/v1/forms/{form}/close"), None).await.expect(200).json()
}

async fn listed(jawort: &Jawort) -> Vec<Value> {
    let list = jawort.owner(Method::GET, "/v1/forms", None).await.expect(200).json();
    list["forms"].as_array().unwrap().clone()
}

#[tokio::test]
async fn all_forms_are_listed_and_each_version_reads_back() {
    let jawort = Jawort::start().await;
    let keywords = json!([{ "word": "FARN" }]);
    jawort.put_form("newsletter", |draft| draft["keywords"] = keywords).await;
    let list = listed(&jawort).await;
    let names: Vec<_> = list.iter().map(|form| form["form"].as_str().unwrap()).collect();
    assert!(names.contains(&"newsletter") && names.contains(&"shop"), "{names:?}");
    let newsletter = list.iter().find(|form| form["form"] == "newsletter").unwrap();
    assert_eq!((&newsletter["version"], &newsletter["state"]), (&json!(2), &json!("open")));
    assert_eq!(newsletter["keywords"], json!(["FARN"]));
    assert_eq!(newsletter["hosted"], format!("{}/f/newsletter", jawort.url()));
    assert!(newsletter["published_at"].is_string(), "{newsletter}");

    let draft =
        async |query: &str| jawort.owner(Method::GET, &format!("/v1/forms/newsletter/draft{query}"), None).await;
    let newest = draft("").await.expect(200).json();
    assert_eq!((&newest["version"], &newest["draft"]["keywords"][0]["word"]), (&json!(2), &json!("FARN")));
    let first = draft("?version=1").await.expect(200).json();
    assert_eq!((&first["version"], &first["draft"]["keywords"]), (&json!(1), &Value::Null));
    draft("?version=3").await.problem(404, "not-found");
    draft("?version=x").await.problem(422, "fields");
    // What is read back can be put, and is what is published already.
    let put = jawort.owner(Method::PUT, "/v1/forms/newsletter", Some(newest["draft"].clone())).await.expect(200).json();
    assert_eq!(put["version"], 2);
    for path in ["/v1/forms", "/v1/forms/newsletter/draft"] {
        Answer::of(jawort.get(path)).await.problem(401, "unauthorized");
    }
    Answer::of(jawort.post("/v1/forms/newsletter/close")).await.problem(401, "unauthorized");
    jawort.owner(Method::GET, "/v1/forms/raffle/draft", None).await.problem(404, "not-found");
    jawort.owner(Method::POST, "/v1/forms/raffle/close", None).await.problem(404, "not-found");
}

#[tokio::test]
async fn a_closed_form_takes_nothing_and_what_was_asked_before_counts() {
    let jawort = Jawort::start().await;
    let keywords = json!([{ "word": "FARN" }]);
    jawort.put_form("newsletter", |draft| draft["keywords"] = keywords).await;
    let asked = jawort.ask_and_get("newsletter", &number(1), 1).await;
    let filled = jawort.submission("newsletter", &number(2)).await;
    let closed = close(&jawort, "newsletter").await;
    assert_eq!((&closed["state"], &closed["turns"][0]["by"]), (&json!("closed"), &json!("owner")), "{closed}");
    assert_eq!(close(&jawort, "newsletter").await, closed, "closed twice is closed once");

    let refused = jawort.submit(&filled).await;
    let problem = refused.problem(410, "form-closed");
    assert!(problem["detail"].as_str().unwrap().contains("Dieses Formular ist geschlossen"), "{problem}");
    for path in ["/v1/forms/newsletter?lang=de", "/v1/challenge?form=newsletter", "/f/newsletter/qr.svg"] {
        Answer::of(jawort.get(path)).await.problem(410, "form-closed");
    }
    let page = Answer::of(jawort.get("/f/newsletter").header("accept-language", "de")).await.page(410);
    assert!(page.contains("Dieses Formular ist geschlossen"), "{page}");
    jawort.reply(&number(3), "FARN").await;
    jawort.no_more_than(&number(2), 0).await;
    // To the sender it is a word like any other.
    assert!(jawort.sms(&number(3), 1).await.text.contains("nicht verstanden"));
    assert_eq!(jawort.overview(&number(3)).await["pending"], json!([]));
    jawort.knows_nothing_of(&number(2)).await;

    // Who asked before can still say yes, and gets SMS.
    assert!(jawort.tap(&asked, &[("action", "confirm")]).await.page(200).contains("Danke, Sie sind angemeldet"));
    jawort.message(&number(1), "marketing", "Angebot").await.expect(202);
    jawort.sms(&number(1), 2).await;
    let states: Vec<_> =
        listed(&jawort).await.into_iter().map(|form| (form["form"].clone(), form["state"].clone())).collect();
    assert!(
        states.contains(&(json!("newsletter"), json!("closed"))) && states.contains(&(json!("shop"), json!("open")))
    );
}

#[tokio::test]
async fn publishing_opens_a_closed_form_again() {
    let mut jawort = Jawort::start().await;
    let keywords = json!([{ "word": "FARN" }]);
    jawort.put_form("newsletter", |draft| draft["keywords"] = keywords.clone()).await;
    close(&jawort, "newsletter").await;
    // It stays closed in the store, not only in an isolate's memory.
    jawort.restart();
    Answer::of(jawort.get("/v1/forms/newsletter")).await.problem(410, "form-closed");
    // Its keyword is free, until it is open again.
    jawort.put_form("shop", |draft| draft["keywords"] = json!([{ "word": "FARN", "purpose": "marketing" }])).await;
    let again = jawort.try_form("newsletter", |draft| draft["keywords"] = keywords.clone()).await;
    assert_eq!(again.violations()[0].1, "keyword-taken");
    Answer::of(jawort.get("/v1/forms/newsletter")).await.problem(410, "form-closed");
    jawort.put_form("shop", |_| {}).await;
    let same = jawort.try_form("newsletter", |draft| draft["keywords"] = keywords.clone()).await.expect(200).json();
    assert_eq!(same["version"], 2, "what is published already is no new version");
    Answer::of(jawort.get("/v1/forms/newsletter")).await.expect(200);
    let list = listed(&jawort).await;
    let turns = list.iter().find(|form| form["form"] == "newsletter").unwrap()["turns"].clone();
    let states: Vec<_> = turns.as_array().unwrap().iter().map(|turn| turn["state"].clone()).collect();
    assert_eq!(states, ["closed", "open"]);
    jawort.reply(&number(1), "FARN").await;
    assert!(jawort.sms(&number(1), 1).await.text.contains("Blattwerk"));
    assert!(jawort.inbox(&number(1)).await[0].from == SENDER);
}
