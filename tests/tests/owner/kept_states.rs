//! What earlier builds stored is opened by this one: nothing is lost, and all of it goes on.

use reqwest::Method;
use serde_json::{Value, json};
use tests::{
    Answer, DAY, HOUR, Jawort, Provider, Receiver, eventually,
    kept::{self, About},
    number,
};

/// Whether all that was recorded is still said; more may be.
fn includes(now: &Value, then: &Value) -> bool {
    match (now, then) {
        (Value::Object(now), Value::Object(then)) => {
            then.iter().all(|(name, value)| now.get(name).is_some_and(|now| includes(now, value)))
        }
        (Value::Array(now), Value::Array(then)) => {
            now.len() >= then.len() && now.iter().zip(then).all(|(now, then)| includes(now, then))
        }
        (now, then) => now == then,
    }
}

#[track_caller]
fn assert_includes(what: &str, now: &Value, then: &Value) {
    assert!(includes(now, then), "{what}\nthen: {then:#}\nnow: {now:#}");
}

/// The owner gives the addresses of today's provider and program.
async fn move_in(jawort: &Jawort, provider: &Provider, receiver: &Receiver) {
    let changed = jawort.try_settings(|settings| {
        kept::settings(settings, receiver);
        provider.serve(settings);
    });
    changed.await.expect(200);
}

/// From this format on a form's texts are stored as they were published.
const FROZEN: u32 = 4;

/// What of a form stays: the words around what is agreed to are each build's own, and before texts were stored, all
/// words are.
fn stays(format: u32, form: &Value) -> Value {
    let mut stays = form.clone();
    let members = stays.as_object_mut().expect("a form");
    members.remove("labels");
    if format < FROZEN {
        members.retain(|name, _| {
            ["form", "version", "lang", "controller", "age", "countries", "confirm"].contains(&name.as_str())
        });
    }
    stays
}

/// What was said is still said: to the owner, on pages, and in evidence.
async fn says_the_same(jawort: &Jawort, about: &About, format: u32) {
    let settings = jawort.owner(Method::GET, "/v1/settings", None).await.expect(200).json();
    assert_includes("settings", &settings, &about.settings);
    for (form, then) in &about.forms {
        let now = Answer::of(jawort.get(&format!("/v1/forms/{form}?lang=de"))).await.expect(200).json();
        assert_includes(form, &now, &stays(format, then));
        let now = jawort.owner(Method::GET, &format!("/v1/stats?form={form}"), None).await.expect(200).json();
        assert_includes(&format!("stats of {form}"), &now, &about.stats[form]);
    }
    for (n, then) in about.people.iter().filter(|(n, _)| ![10, 11].contains(*n)) {
        let now = jawort.overview(&number(*n)).await;
        let mut then = then.clone();
        for pending in then["pending"].as_array_mut().expect("requests") {
            // What was under way goes on.
            pending.as_object_mut().expect("a request").remove("sms");
        }
        assert_includes(&format!("person {n}"), &now, &then);
        for state in then["states"].as_array().expect("states") {
            jawort.chain_of_any_build(&number(*n), state["purpose"].as_str().expect("a purpose")).await;
        }
    }
    for (name, then) in about.messages.iter().filter(|(name, _)| !["unanswered", "queued"].contains(&name.as_str())) {
        assert_includes(name, &jawort.life(&about.ids[name]).await, then);
    }
    for (n, reason) in [(3, "withdrawn"), (4, "objected"), (5, "erased"), (20, "suspended"), (24, "withdrawn")] {
        assert_eq!(jawort.standing(&number(n), "marketing").await, reason, "{n}");
    }
    assert_eq!(jawort.standing(&number(19), "marketing").await, "lapsed");
    // Before format 6 nobody wrote what a human must read.
    if about.people.contains_key(&17) {
        assert_eq!(jawort.standing(&number(17), "marketing").await, "paused");
        let inbox = jawort.owner(Method::GET, "/v1/inbox", None).await.expect(200).json();
        let words: Vec<_> = inbox["entries"].as_array().expect("entries").iter().map(|it| it["text"].clone()).collect();
        assert_eq!(words, ["Farne sind grün", "Mein Anwalt meldet sich bei Ihnen"]);
    }
    let again = json!({ "number": number(1), "purpose": "marketing", "text": "Neue Farne" });
    let again = jawort.owner_with_key("/v1/messages", "first", &again).await.expect(202).json();
    assert_eq!(again["id"], about.ids["sent"], "an idempotency key is still known");
}

/// Requests that waited are confirmed, by link and by reply; links that are over are.
async fn requests_go_on(jawort: &Jawort, about: &About, format: u32) {
    for (name, n, purpose) in [("waiting 2", 2, "booking"), ("waiting 16", 16, "marketing")] {
        if format < FROZEN {
            // Nobody agrees to a text that is kept nowhere: they are told that it is another one by now.
            jawort.tap(&about.link(jawort, name), &[("action", "confirm")]).await.page(409);
            assert_ne!(jawort.standing(&number(n), purpose).await, "allowed", "{name}");
            continue;
        }
        let page = jawort.tap(&about.link(jawort, name), &[("action", "confirm")]).await.page(200);
        assert!(page.contains("Danke, Sie sind angemeldet"), "{name}: {page}");
        assert_eq!(jawort.standing(&number(n), purpose).await, "allowed", "{name}");
        jawort.chain_of_any_build(&number(n), purpose).await;
    }
    jawort.bring("SMyes", &number(8), "JA").await.expect(200);
    assert_eq!(jawort.standing(&number(8), "marketing").await, "allowed");
    for (name, n) in [("expired 18", 18), ("refused 15", 15)] {
        jawort.tap(&about.link(jawort, name), &[("action", "confirm")]).await.page(200);
        assert_ne!(jawort.standing(&number(n), "marketing").await, "allowed", "{name}");
    }
    let old = jawort.open(&about.link(jawort, "superseded 16")).await.page(200);
    assert!(format < FROZEN || old.contains("Abmelden"), "the link is a way out: {old}");
    jawort.tap(&about.link(jawort, "given 1"), &[("action", "withdraw")]).await.page(200);
    assert_eq!(jawort.standing(&number(1), "marketing").await, "withdrawn");
    jawort.chain_of_any_build(&number(1), "marketing").await;
}

/// What waited in outboxes leaves, to whom it was for.
async fn outboxes_empty(jawort: &Jawort, about: &About, provider: &Provider, receiver: &Receiver) {
    jawort.add_codes("club", &(0..60).map(|n| format!("NEU-{n}")).collect::<Vec<_>>()).await;
    for _ in 0..4 {
        jawort.turn(2 * HOUR).await;
        // The runtime's alarms know nothing of our clock: whoever is asked sees that something is due.
        for n in about.people.keys() {
            jawort.check(&number(*n), "marketing").await;
        }
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    }
    jawort.reaches(&about.ids["unanswered"], "sent").await;
    jawort.reaches(&about.ids["queued"], "sent").await;
    let batch = format!("/v1/messages/batch/{}", about.ids["batch"]);
    eventually("the end of the batch", || async {
        let progress = jawort.owner(Method::GET, &batch, None).await.expect(200).json();
        (progress["done"] == progress["total"]).then_some(())
    })
    .await;
    let to = |n: u8| provider.taken().iter().filter(|sms| sms.to == number(n)).count();
    eventually("the confirmation", || async { (to(25) > 0).then_some(()) }).await;
    assert_eq!(to(25), 1);
    // The one who found the pool empty has a code now, and nobody else's.
    let rewarded = eventually("the reward", || async {
        let all: Vec<String> = jawort.inbox(&number(12)).await.into_iter().map(|sms| sms.text).collect();
        all.into_iter().find(|text| text.contains("Code: "))
    })
    .await;
    assert!(rewarded.contains("NEU-"), "{rewarded}");
    eventually("the webhooks", || async { (jawort.webhook_health().await["waiting"] == 0).then_some(()) }).await;
    let told = receiver.received();
    let count = |kind: &str, n: &str| {
        told.iter().map(|it| it.json()).filter(|it| it["type"] == kind && it["data"]["number"] == n).count()
    };
    for n in about.links.keys().filter_map(|name| name.strip_prefix("middle ")?.parse().ok()) {
        let (n, standing) = (number(n), jawort.standing(&number(n), "club").await);
        match standing.as_str() {
            "allowed" => {
                assert!(count("consent.confirmed", &n) <= 1, "told once");
                jawort.chain_of_any_build(&n, "club").await;
            }
            other => assert_eq!(other, "pending"),
        }
    }
    for n in [10, 11] {
        let standing = jawort.standing(&number(n), "club").await;
        assert!(["erased", "allowed"].contains(&standing.as_str()), "{standing}");
    }
}

/// Whoever was asked about is listed, though no earlier build knew of a directory.
async fn are_listed(jawort: &Jawort, about: &About) {
    let asked: Vec<_> = about.people.values().map(|person| person["subject"].clone()).collect();
    eventually("everybody in the directory", || async {
        let list = jawort.owner(Method::GET, "/v1/subjects?limit=500", None).await.expect(200).json();
        let listed: Vec<_> = list["subjects"].as_array()?.iter().map(|line| line["subject"].clone()).collect();
        asked.iter().all(|subject| listed.contains(subject)).then_some(())
    })
    .await;
}

/// The suppression after an erasure and a STOP is kept, and ends.
async fn suppressions_end(jawort: &Jawort, provider: &Provider) {
    let sms_to = |n: u8| provider.taken().iter().filter(|sms| sms.to == number(n)).count();
    for n in [5, 6] {
        jawort.ask("newsletter", &number(n)).await;
    }
    tokio::time::sleep(std::time::Duration::from_millis(700)).await;
    assert_eq!((sms_to(5), sms_to(6)), (0, 0));
    jawort.turn(31 * DAY).await;
    for n in [5, 6] {
        jawort.ask("newsletter", &number(n)).await;
        eventually("the SMS", || async { (sms_to(n) == 1).then_some(()) }).await;
    }
}

#[tokio::test]
async fn a_state_of_each_format_is_opened_and_goes_on() {
    let formats = kept::formats();
    assert!(!formats.is_empty());
    for format in formats {
        let about = About::read(format);
        let jawort = about.open(format);
        let (provider, receiver) = (Provider::start().await, Receiver::start().await);
        says_the_same(&jawort, &about, format).await;
        move_in(&jawort, &provider, &receiver).await;
        requests_go_on(&jawort, &about, format).await;
        outboxes_empty(&jawort, &about, &provider, &receiver).await;
        are_listed(&jawort, &about).await;
        suppressions_end(&jawort, &provider).await;
    }
}
