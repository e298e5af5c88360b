//! How providers write what they bring: forms and JSON, old charsets, national numbers, parts, reports without our
//! reference; and what they want to hear.

use serde_json::{Value, json};
use shared::{evidence::Happened, gateway::Delivery};
use tests::{Answer, Jawort, Provider, SENDER, eventually, number};

use crate::every_provider::{Case, cases, edge, now, post_bytes, post_signed, provider};

const FORM: &str = "application/x-www-form-urlencoded";

fn case(kind: &str) -> Case {
    cases().into_iter().find(|case| case.kind == kind).unwrap()
}

/// An edge that uses that provider, and whoever agrees first.
async fn agreed(case: &Case, number: &str) -> Jawort {
    let (url, _) = provider(case.answer.0, case.answer.1.to_owned()).await;
    let jawort = edge(case, &url).await;
    agree(&jawort, case, number).await;
    jawort
}

async fn agree(jawort: &Jawort, case: &Case, number: &str) {
    jawort.put_form("newsletter", |draft| draft["confirm"] = json!("both")).await;
    jawort.ask("newsletter", number).await;
    jawort.waits_for_a_yes(number).await;
    let mut yes = (case.reply)(&number[1..], "Ja");
    // Each person's yes has an id of its own.
    for place in ["/id", "/data/id", "/message_uuid"] {
        if let Some(id) = yes.pointer_mut(place) {
            *id = json!(format!("yes-{number}"));
        }
    }
    post_signed(jawort, case.kind, "inbound", &yes, now()).await.expect(200);
    assert_eq!(jawort.standing(number, "marketing").await, "allowed");
}

async fn withdrawn(jawort: &Jawort, number: &str) {
    assert_eq!(jawort.standing(number, "marketing").await, "withdrawn");
}

#[tokio::test]
async fn seven_brings_forms_and_its_reports_lack_our_reference() {
    let case = case("seven");
    let (url, calls) = provider(case.answer.0, case.answer.1.to_owned()).await;
    let jawort = edge(&case, &url).await;
    jawort.put_form("newsletter", |draft| draft["confirm"] = json!("both")).await;
    jawort.ask("newsletter", &number(1)).await;
    eventually("the call", || async { calls.lock().unwrap().first().cloned() }).await;
    jawort.waits_for_a_yes(&number(1)).await;
    let report = "data%5Bmsg_id%5D=77&data%5Bstatus%5D=DELIVERED&webhook_event=dlr";
    post_bytes(&jawort, "seven", "status", FORM, report.as_bytes(), now()).await.expect(200);
    let report = json!({ "webhook_event": "dlr", "data": { "msg_id": "another", "status": "DELIVERED" } });
    post_signed(&jawort, "seven", "status", &report, now()).await.expect(200);
    let from = &number(1)[1..];
    let say = |id: &str, text: &str| {
        format!(
            "webhook_event=sms_mo&data[id]={id}&data[sender]={from}&data[system]={}&data[text]={text}",
            &SENDER[1..]
        )
    };
    post_bytes(&jawort, "seven", "inbound", FORM, say("1", "Ja+bitte").as_bytes(), now()).await.expect(200);
    let chain = jawort.chain(&number(1), "marketing").await;
    let Happened::Given(given) = &chain[0].event.happened else { panic!("{chain:?}") };
    assert_eq!(given.sms.delivery.as_ref().unwrap().state, Delivery::Delivered);
    post_bytes(&jawort, "seven", "inbound", FORM, say("2", "STOP").as_bytes(), now()).await.expect(200);
    withdrawn(&jawort, &number(1)).await;
}

/// An SMS of which Twilio says what it takes it for.
async fn bring_as(jawort: &Jawort, id: &str, kind: &str, text: &str) -> Answer {
    let number = number(1);
    let fields = [("MessageSid", id), ("From", &*number), ("To", SENDER), ("Body", text), ("OptOutType", kind)];
    jawort.post_signed("/gateway/twilio/inbound", &fields).await.expect(200)
}

#[tokio::test]
async fn what_the_provider_takes_for_a_stop_is_one() {
    let provider = Provider::start().await;
    let jawort = provider.edge().await;
    provider.consent(&jawort, &number(1)).await;
    let bring = |id, kind, text| bring_as(&jawort, id, kind, text);
    bring("SM1", "STOP", "PARAR").await;
    withdrawn(&jawort, &number(1)).await;
    assert_eq!(jawort.overview(&number(1)).await["silenced"], true);
    bring("SM2", "START", "COMENZAR").await;
    assert_eq!(jawort.overview(&number(1)).await["silenced"], false);
    provider.sms(3).await;
    bring("SM3", "HELP", "AYUDA").await;
    let help = provider.sms(4).await.text;
    assert!(help.contains("/c/") && help.contains("für keine SMS"), "{help}");
}

#[tokio::test]
async fn a_yes_that_the_provider_takes_for_a_start_confirms() {
    let provider = Provider::start().await;
    let jawort = provider.edge().await;
    jawort.put_form("newsletter", |draft| draft["confirm"] = json!("both")).await;
    jawort.ask("newsletter", &number(1)).await;
    jawort.waits_for_a_yes(&number(1)).await;
    let bring = |id, kind, text| bring_as(&jawort, id, kind, text);
    bring("SM1", "START", "START").await;
    assert_eq!(jawort.standing(&number(1), "marketing").await, "pending");
    bring("SM2", "START", "YES").await;
    assert_eq!(jawort.standing(&number(1), "marketing").await, "allowed");
    bring("SM3", "STOP", "YES").await;
    withdrawn(&jawort, &number(1)).await;
}

#[tokio::test]
async fn each_provider_hears_what_it_wants_to() {
    let provider = Provider::start().await;
    let jawort = provider.edge().await;
    let answer = jawort.bring("SM1", &number(1), "STOP").await.expect(200);
    assert!(answer.header("content-type").starts_with("text/xml"));
    assert!(answer.text().ends_with("<Response/>"), "{}", answer.text());
    for case in cases() {
        let (url, _) = self::provider(case.answer.0, case.answer.1.to_owned()).await;
        let jawort = edge(&case, &url).await;
        let stop = (case.reply)(&number(1)[1..], "STOP");
        let answer = post_signed(&jawort, case.kind, "inbound", &stop, now()).await.expect(200);
        assert!(answer.header("content-type").starts_with("text/plain"), "{}", case.kind);
    }
}

fn own(inbound: Value) -> Case {
    let mut case = case("own");
    for (name, value) in inbound.as_object().unwrap() {
        case.gateway["inbound"][name] = value.clone();
    }
    case
}

#[tokio::test]
async fn an_sms_in_an_old_charset_and_from_a_national_number_is_read() {
    let form = json!({ "format": "form", "id": "id", "from": "from", "to": "to", "text": "text" });
    for (n, charset, format, text) in [
        (1, Some("iso-8859-1"), FORM, "ARR%CAT"),
        (2, None, FORM, "ARR%CAT"),
        (3, None, "application/x-www-form-urlencoded; charset=ISO-8859-15", "ARR%CAT"),
        (4, Some("utf-8"), FORM, "ARR%C3%8AT"),
    ] {
        let mut case = case("own");
        case.gateway["country"] = json!("DE");
        // The yes comes as JSON, from another gateway of the same provider's.
        let jawort = agreed(&case, &number(n)).await;
        let mut other = own(form.clone());
        other.gateway["country"] = json!("DE");
        if let Some(charset) = charset {
            other.gateway["inbound"]["charset"] = json!(charset);
        }
        other.gateway["send"]["url"] = json!("http://127.0.0.1:9/sms");
        let put = jawort.try_settings(|settings| {
            settings["gateways"] = json!([other.gateway]);
            settings["senders"][0]["gateway"] = json!("own");
            let processor =
                json!({ "name": "SMS", "role": "SMS", "agreement_date": "2026-01-15", "agreement_version": "1" });
            settings["processors"].as_array_mut().unwrap().push(processor);
        });
        put.await.expect(200);
        let national = number(n).replace("+49", "0");
        let body = format!("id=x&from={national}&to=0{}&text={text}", &SENDER[3..]);
        post_bytes(&jawort, "own", "inbound", format, body.as_bytes(), now()).await.expect(200);
        withdrawn(&jawort, &number(n)).await;
    }
}

#[tokio::test]
async fn a_national_number_without_a_country_is_kept_for_the_owner() {
    let case = case("own");
    let jawort = agreed(&case, &number(1)).await;
    let stop = json!({ "id": "x", "from": number(1).replace("+49", "0"), "to": SENDER, "text": "STOP" });
    post_signed(&jawort, "own", "inbound", &stop, now()).await.expect(200);
    let health = tests::Answer::of(jawort.get("/healthz")).await.json();
    assert_eq!(health["gateways"][0]["unread"], 1, "{health}");
}

#[tokio::test]
async fn a_part_of_a_long_sms_ends_what_it_ends_and_confirms_nothing() {
    let case = case("vonage");
    let (url, _) = provider(case.answer.0, case.answer.1.to_owned()).await;
    let jawort = edge(&case, &url).await;
    jawort.put_form("newsletter", |draft| draft["confirm"] = json!("both")).await;
    jawort.ask("newsletter", &number(1)).await;
    jawort.waits_for_a_yes(&number(1)).await;
    let part = |id: &str, part: &str, text: &str| {
        json!({
            "msisdn": &number(1)[1..], "to": &SENDER[1..], "messageId": id, "text": text, "type": "text",
            "keyword": "X", "concat": "true", "concat-ref": "108", "concat-total": "2", "concat-part": part,
        })
    };
    post_signed(&jawort, "vonage", "inbound", &part("p1", "2", "Ja"), now()).await.expect(200);
    assert_eq!(jawort.standing(&number(1), "marketing").await, "pending");
    let whole = (case.reply)(&number(1)[1..], "Ja");
    post_signed(&jawort, "vonage", "inbound", &whole, now()).await.expect(200);
    assert_eq!(jawort.standing(&number(1), "marketing").await, "allowed");
    post_signed(&jawort, "vonage", "inbound", &part("p2", "1", "Guten Tag, ich war lange dabei."), now())
        .await
        .expect(200);
    assert_eq!(jawort.standing(&number(1), "marketing").await, "allowed");
    post_signed(&jawort, "vonage", "inbound", &part("p3", "2", "STOP"), now()).await.expect(200);
    withdrawn(&jawort, &number(1)).await;
}

#[tokio::test]
async fn what_only_a_former_description_reads_ends_things_and_confirms_nothing() {
    let case = case("own");
    let (url, _) = provider(case.answer.0, case.answer.1.to_owned()).await;
    let jawort = edge(&case, &url).await;
    jawort.put_form("newsletter", |draft| draft["confirm"] = json!("both")).await;
    jawort.ask("newsletter", &number(1)).await;
    jawort.waits_for_a_yes(&number(1)).await;
    // The new description proves by another header, so that what comes with the old one is the former's alone.
    let put = jawort.try_settings(|settings| {
        let mut other = case.gateway.clone();
        other["send"]["url"] = json!(format!("{url}/sms"));
        other["verify"]["header"]["header"] = json!("x-new-token");
        settings["gateways"] = json!([other]);
        settings["senders"][0]["gateway"] = json!("own");
        let processor =
            json!({ "name": "SMS", "role": "SMS", "agreement_date": "2026-01-15", "agreement_version": "1" });
        settings["processors"].as_array_mut().unwrap().push(processor);
    });
    put.await.expect(200);
    let say = |id: &str, text: &str| {
        let mut said = (case.reply)(&number(1)[1..], text);
        said["id"] = json!(id);
        said
    };
    post_signed(&jawort, "own", "inbound", &say("1", "Ja"), now()).await.expect(200);
    assert_eq!(jawort.standing(&number(1), "marketing").await, "pending");
    post_signed(&jawort, "own", "inbound", &say("2", "STOP"), now()).await.expect(200);
    let overview = jawort.overview(&number(1)).await;
    assert_eq!((&overview["pending"], &overview["silenced"]), (&json!([]), &json!(true)), "{overview}");
}
