//! No answer tells strangers whether a number is known.

use serde_json::json;
use tests::{Jawort, number};

/// All of an answer that may not differ.
async fn shape(jawort: &Jawort, number: &str) -> (u16, Vec<(String, String)>, serde_json::Value) {
    let body = jawort.submission("newsletter", number).await;
    let answer = jawort.submit(&body).await;
    let mut json = answer.json();
    assert_eq!(json["number_ends"].take(), &number[number.len() - 2..]);
    json["until"].take();
    json["clock"].take();
    let until = json["expires_at"].take();
    assert!(until.as_str().is_some_and(|until| until.ends_with('Z')), "{until}");
    let kept = answer.headers.iter().filter(|(name, _)| *name != "date");
    let headers = kept.map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned())).collect();
    (answer.status, headers, json)
}

#[tokio::test]
async fn a_first_request_and_a_tenth_look_alike_and_so_do_all_that_send_nothing() {
    let jawort = Jawort::start().await;
    let first = shape(&jawort, &number(1)).await;
    assert_eq!(first.0, 202);
    assert_eq!(
        first.2,
        json!({
            "status": "accepted", "confirm": "both", "number_ends": null, "expires_at": null, "until": null, "clock": null,
        })
    );
    for _ in 0..9 {
        assert_eq!(shape(&jawort, &number(1)).await, first, "pending");
    }
    jawort.consent("newsletter", &number(2)).await;
    assert_eq!(shape(&jawort, &number(2)).await, first, "signed up");

    let link = jawort.ask_and_get("newsletter", &number(3), 1).await;
    jawort.tap(&link, &[("action", "refuse")]).await.page(200);
    assert_eq!(shape(&jawort, &number(3)).await, first, "refused");

    jawort.consent("newsletter", &number(4)).await;
    jawort.reply(&number(4), "STOP").await;
    assert_eq!(shape(&jawort, &number(4)).await, first, "stopped");
}

#[tokio::test]
async fn limits_are_alike_for_known_numbers() {
    let jawort = Jawort::start().await;
    jawort.try_settings(|settings| settings["limits"]["network_per_hour"] = json!(1)).await.expect(200);
    let first = jawort.submission("newsletter", &number(1)).await;
    let second = jawort.submission("newsletter", &number(1)).await;
    let mut answers = [jawort.submit(&first).await.json(), jawort.submit(&second).await.json()];
    for answer in &mut answers {
        answer["expires_at"].take();
        answer["until"].take();
    }
    assert_eq!(answers[0], answers[1]);
}
