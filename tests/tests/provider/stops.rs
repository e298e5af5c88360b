//! A STOP always arrives: at whatever number, by whatever gateway, however often the same.

use reqwest::Method;
use serde_json::{Value, json};
use tests::{
    Answer, DAY, Jawort, Provider, SENDER,
    faults::{Fault, How, Kind, When},
    number,
};

use crate::every_provider::{cases, edge, now, post_signed, provider};

type Change = fn(&mut Value);

/// What an owner may do to the sender that people know, and what they are warned of.
const CHANGES: [(&str, &str, Change); 6] = [
    ("senders[0].from", "number-in-use", |settings| settings["senders"][0]["from"] = json!("+4915228817300")),
    ("senders[0].receives", "number-in-use", |settings| settings["senders"][0]["receives"] = json!(false)),
    ("senders[0].gateway", "gateway-in-use", |settings| settings["senders"][0]["gateway"] = json!("simulator")),
    ("senders", "number-in-use", |settings| {
        settings["senders"] = json!([{ "id": "other", "from": "Blattwerk", "receives": false, "gateway": "twilio" }]);
    }),
    ("gateways", "gateway-in-use", |settings| {
        settings["senders"][0]["gateway"] = json!("simulator");
        settings["gateways"] = json!([]);
    }),
    // Another account: the webhooks of the one before are signed as they were.
    ("", "", |settings| settings["gateways"][0]["account_sid"] = json!("AC0000000000000000000000000000000f")),
];

#[tokio::test]
async fn a_stop_counts_whatever_the_settings_have_taken_away() {
    let provider = Provider::start().await;
    let jawort = provider.edge().await;
    for (n, (field, rule, change)) in (1..).zip(CHANGES) {
        let number = number(n);
        jawort.put_settings(|settings| provider.serve(settings)).await;
        provider.consent(&jawort, &number).await;
        let put = jawort.try_settings(|settings| {
            provider.serve(settings);
            change(settings);
        });
        let put = put.await.expect(200).json();
        let warnings = put["warnings"].as_array().cloned().unwrap_or_default();
        let warned = warnings.iter().any(|it| it["field"] == field && it["rule"] == rule);
        assert_eq!(warned, !rule.is_empty(), "{field}: {put}");
        jawort.bring(&format!("SM{n}"), &number, "Stopp").await.expect(200);
        assert_eq!(jawort.standing(&number, "marketing").await, "withdrawn", "{field} {rule}");
        jawort.message(&number, "marketing", "Neu").await.problem(403, "no-consent");
    }
    // The settings that are answered can be put again.
    let mut settings = jawort.owner(Method::GET, "/v1/settings", None).await.expect(200).json();
    settings["time_zone"] = json!("Europe/Vienna");
    jawort.owner(Method::PUT, "/v1/settings", Some(settings)).await.expect(200);
}

#[tokio::test]
async fn what_else_is_said_to_a_number_of_old_counts_where_the_person_knows_it() {
    let provider = Provider::start().await;
    let jawort = provider.edge().await;
    jawort.put_form("newsletter", |draft| draft["confirm"] = json!("reply")).await;
    for (n, text, becomes) in [
        (1, "Ja", "allowed"),
        (2, "Nein", "unknown"),
        (3, "Falsche Nummer", "unknown"),
        (4, "keine Werbung mehr bitte", "unknown"),
        (5, "Keine Angebote mehr", "unknown"),
    ] {
        jawort.put_settings(|settings| provider.serve(settings)).await;
        jawort.put_form("newsletter", |draft| draft["confirm"] = json!("reply")).await;
        jawort.ask("newsletter", &number(n)).await;
        jawort.waits_for_a_yes(&number(n)).await;
        let put = jawort.try_settings(|settings| {
            provider.serve(settings);
            settings["senders"][0]["from"] = json!("+4915228817300");
        });
        put.await.expect(200);
        jawort.bring(&format!("SM{n}"), &number(n), text).await.expect(200);
        let overview = jawort.overview(&number(n)).await;
        assert_eq!(overview["pending"], json!([]), "{text}: {overview}");
        assert_eq!(jawort.standing(&number(n), "marketing").await == "allowed", becomes == "allowed", "{text}");
    }
}

#[tokio::test]
async fn a_gateway_whose_secret_is_gone_says_so_and_one_that_never_was_is_unknown() {
    let provider = Provider::start().await;
    let jawort = Jawort::start().await;
    jawort.try_settings(|settings| provider.serve(settings)).await.expect(200);
    jawort.try_settings(|_| {}).await.expect(200);
    jawort.bring("SM1", &number(1), "STOP").await.problem(503, "missing-secrets");
    assert!(jawort.log().contains("JAWORT_TWILIO_AUTH_TOKEN"));
    jawort.post_signed("/gateway/nobody/inbound", &[("Body", "STOP")]).await.problem(404, "not-found");
}

#[tokio::test]
async fn the_same_stop_counts_again_and_the_same_yes_does_not() {
    let mut case = cases().pop().unwrap();
    case.gateway["inbound"].as_object_mut().unwrap().remove("id");
    let (url, _) = provider(case.answer.0, case.answer.1.to_owned()).await;
    let jawort = edge(&case, &url).await;
    let say = |text| {
        let mut reply = (case.reply)(&number(1)[1..], text);
        reply.as_object_mut().unwrap().remove("id");
        let jawort = &jawort;
        async move { post_signed(jawort, "own", "inbound", &reply, now()).await.expect(200) }
    };
    jawort.put_form("newsletter", |draft| draft["confirm"] = json!("reply")).await;
    for _ in 0..2 {
        // Allowed again, as by the same bytes some days before.
        say("START").await;
        jawort.ask("newsletter", &number(1)).await;
        jawort.waits_for_a_yes(&number(1)).await;
        say("Ja").await;
        assert_eq!(jawort.standing(&number(1), "marketing").await, "allowed");
        // A provider that repeats it within minutes says it once.
        say("Ja").await;
        let given = jawort.chain(&number(1), "marketing").await.len();
        say("STOP").await;
        assert_eq!(jawort.standing(&number(1), "marketing").await, "withdrawn");
        say("STOP").await;
        assert_eq!(jawort.chain(&number(1), "marketing").await.len(), given + 1);
        jawort.turn(2 * DAY).await;
    }
}

#[tokio::test]
async fn a_repeated_stop_ends_and_is_not_answered_again() {
    let provider = Provider::start().await;
    let jawort = provider.edge().await;
    provider.consent(&jawort, &number(1)).await;
    jawort.bring("SM1", &number(1), "STOP").await.expect(200);
    provider.sms(2).await;
    jawort.bring("SM2", &number(1), "START").await.expect(200);
    provider.sms(3).await;
    jawort.turn(120).await;
    provider.consent(&jawort, &number(1)).await;
    jawort.bring("SM1", &number(1), "STOP").await.expect(200);
    assert_eq!(jawort.standing(&number(1), "marketing").await, "withdrawn");
    provider.no_more_than(4).await;
}

#[tokio::test]
async fn a_stop_asks_the_persons_own_object_and_nobody_else() {
    let provider = Provider::start().await;
    let jawort = provider.edge().await;
    provider.consent(&jawort, &number(1)).await;
    jawort.quiet().await;
    jawort.disarm().await;
    // The second question fails, and all after it.
    jawort.arm(Fault { kind: Kind::Question, nth: 2, how: How::Error, when: When::Before, once: false }).await;
    jawort.bring("SM1", &number(1), "Bitte keine SMS mehr").await.expect(200);
    jawort.disarm().await;
    assert_eq!(jawort.standing(&number(1), "marketing").await, "withdrawn");
}

#[tokio::test]
async fn a_stop_counts_while_kv_does_not_answer() {
    let provider = Provider::start().await;
    let jawort = provider.edge().await;
    provider.consent(&jawort, &number(1)).await;
    jawort.quiet().await;
    // What the isolate knows is old by now.
    jawort.turn(300).await;
    jawort.quiet().await;
    jawort.arm(Fault { kind: Kind::Kv, nth: 1, how: How::Error, when: When::Before, once: false }).await;
    jawort.bring("SM1", &number(1), "STOP").await.expect(200);
    jawort.disarm().await;
    assert_eq!(jawort.standing(&number(1), "marketing").await, "withdrawn");
}

#[tokio::test]
async fn an_sms_that_can_not_be_read_is_kept_sealed_and_counted() {
    let provider = Provider::start().await;
    let mut jawort = provider.edge().await;
    jawort.post_signed("/gateway/twilio/inbound", &[("Body", "Bitte aufhören"), ("From", SENDER)]).await.expect(200);
    jawort.bring("SM1", "+493012345678", "STOP").await.expect(200);
    let health = Answer::of(jawort.get("/healthz")).await.json();
    assert_eq!(health["gateways"][0]["unread"], 2, "{health}");
    assert!(!jawort.log().contains("493012345678"));
    let rows: Vec<String> = jawort.stored("Gateway", "SELECT record FROM unread");
    assert_eq!(rows.len(), 2);
    assert_eq!(jawort.traces("493012345678"), Vec::<String>::new());
    jawort.turn(91 * DAY).await;
    jawort.bring("SM2", "+493012345678", "STOP").await.expect(200);
    let health = Answer::of(jawort.get("/healthz")).await.json();
    assert_eq!(health["gateways"][0]["unread"], 1, "they go by their date: {health}");
}
