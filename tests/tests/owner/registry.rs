//! The one registry can't be loaded at will: whoever makes up names is answered without it.

use reqwest::{Method, RequestBuilder};
use serde_json::json;
use tests::{
    Answer, Jawort,
    faults::{Fault, How, Kind, When},
    hidden, number,
};

/// How many questions to objects the calls come to, each with its status.
async fn questions(jawort: &Jawort, calls: Vec<(RequestBuilder, u16)>) -> u32 {
    jawort.disarm().await;
    for (call, status) in calls {
        let answer = Answer::of(call).await;
        assert_eq!(answer.status, status, "{}", answer.text());
    }
    jawort.quiet().await.of(Kind::Question)
}

fn gets(jawort: &Jawort, status: u16, path: impl Fn(u32) -> String) -> Vec<(RequestBuilder, u16)> {
    (0..40).map(|n| (jawort.get(&path(n)), status)).collect()
}

#[tokio::test]
async fn made_up_names_reach_no_object() {
    let jawort = Jawort::start().await;
    Answer::of(jawort.get("/f/newsletter")).await.page(200);
    Answer::of(jawort.get("/f/raffle")).await.page(404);
    assert_eq!(questions(&jawort, gets(&jawort, 404, |n| format!("/f/raffle-{n}"))).await, 0);
    assert_eq!(questions(&jawort, gets(&jawort, 404, |n| format!("/v1/forms/raffle-{n}"))).await, 0);
    assert_eq!(questions(&jawort, gets(&jawort, 404, |n| format!("/v1/challenge?form=raffle-{n}"))).await, 0);
    assert_eq!(questions(&jawort, gets(&jawort, 404, |n| format!("/f/raffle-{n}/qr.svg"))).await, 0);
    let posts = (0..40).map(|n| (jawort.post(&format!("/f/raffle-{n}")).form(&[("number", "1")]), 404)).collect();
    assert_eq!(questions(&jawort, posts).await, 0);
    let body = jawort.submission("newsletter", &number(1)).await;
    let posts = (0..40).map(|n| {
        let mut body = body.clone();
        body["form"] = json!(format!("raffle-{n}"));
        (jawort.post("/v1/consents").json(&body), 404)
    });
    assert_eq!(questions(&jawort, posts.collect()).await, 0);
    // Half a minute later it is asked once more, for all of them.
    jawort.turn(31).await;
    let asked = questions(&jawort, gets(&jawort, 404, |n| format!("/f/raffle-{n}"))).await;
    assert!(asked <= 1, "{asked}");
    // A hash that nobody published is asked for a few times.
    let asked = gets(&jawort, 404, |n| format!("/texts/sha256-{n:A>43}.css"));
    let asked = questions(&jawort, asked).await;
    assert!(asked <= 10, "{asked}");
    assert_eq!(questions(&jawort, gets(&jawort, 404, |n| format!("/texts/sha256-{n}.css"))).await, 0);
}

#[tokio::test]
async fn a_registry_that_fails_is_asked_no_more_often_than_one_that_answers() {
    let jawort = Jawort::start().await;
    Answer::of(jawort.get("/f/newsletter")).await.page(200);
    jawort.turn(31).await;
    let fails = Fault { kind: Kind::Question, nth: 1, how: How::Error, when: When::Before, once: false };
    jawort.arm(fails).await;
    for n in 0..20 {
        Answer::of(jawort.get(&format!("/f/raffle-{n}"))).await.page(404);
    }
    Answer::of(jawort.get("/f/newsletter")).await.page(200);
    let asked = jawort.seen().await.of(Kind::Question);
    jawort.disarm().await;
    assert_eq!(asked, 1);
}

#[tokio::test]
async fn who_has_no_stamp_and_no_proof_reaches_no_object() {
    let jawort = Jawort::start().await;
    let page = Answer::of(jawort.get("/m")).await.page(200);
    let early = hidden(&page, "stamp").unwrap();
    let body = jawort.submission("newsletter", &number(1)).await;
    let typed = number(1);
    let stamps = ["", "1.2.3", &early, "x"];
    let posts = stamps.map(|stamp| (jawort.post("/m").form(&[("number", &*typed), ("stamp", stamp)]), 422));
    assert_eq!(questions(&jawort, posts.into()).await, 0);
    let form = Answer::of(jawort.get("/f/newsletter?lang=de")).await.page(200);
    let posts = stamps.map(|stamp| {
        let field = |name| hidden(&form, name).unwrap();
        let fields = [
            ("number", typed.clone()),
            ("purpose", "marketing".to_owned()),
            ("version", field("version")),
            ("disclosure", field("disclosure")),
            ("lang", field("lang")),
            ("stamp", stamp.to_owned()),
        ];
        (jawort.post("/f/newsletter").header("origin", jawort.url()).form(&fields), 422)
    });
    assert_eq!(questions(&jawort, posts.into()).await, 0);
    let mut unproven = body.clone();
    unproven["challenge"] = json!("bm8=");
    let posts = (0..4).map(|_| (jawort.post("/v1/consents").json(&unproven), 403)).collect();
    assert_eq!(questions(&jawort, posts).await, 0);
}

/// Keywords and countries are known where the form was published, at once.
#[tokio::test]
async fn what_is_published_is_known_at_once_though_it_was_asked_for_before() {
    let jawort = Jawort::start_with(&[("JAWORT_KV_LAG_SECONDS", "60")]).await;
    Answer::of(jawort.get("/f/raffle")).await.page(404);
    jawort.reply(&number(1), "FARN").await;
    let mut draft = jawort.draft("newsletter");
    draft["keywords"] = json!([{ "word": "FARN" }]);
    jawort.owner(Method::PUT, "/v1/forms/raffle", Some(draft)).await.expect(200);
    for _ in 0..3 {
        Answer::of(jawort.get("/f/raffle")).await.page(200);
        jawort.turn(35).await;
    }
    jawort.reply(&number(2), "FARN").await;
    let sms = jawort.sms(&number(2), 1).await;
    assert!(sms.text.contains("/c/"), "{}", sms.text);
}

/// An edge whose KV has no index yet, or has lost it.
#[tokio::test]
async fn without_an_index_the_registry_knows_and_writes_one() {
    let mut jawort = Jawort::start().await;
    jawort.set_kv("FORMS", &[("index", None)]);
    assert_eq!(jawort.value_in_kv("FORMS", "index").await, None);
    Answer::of(jawort.get("/f/newsletter")).await.page(200);
    let index = jawort.value_in_kv("FORMS", "index").await.expect("an index");
    assert!(index.contains("\"newsletter\"") && index.starts_with("{\"format\":1,"), "{index}");
}
