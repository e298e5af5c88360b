//! The edge's half of the widget: the form as HTML.

use serde_json::json;
use shared::{form::FormVersion, lang::Lang, time::Timestamp, wire::FormView};

use widget::{Answers, Field, FormState, Options, Place, Problem, Stage, render};

const EDGE: &str = "https://ja.example";

fn view(purposes: &[&str], company: &str) -> FormView {
    let text = |de: &str| json!({ "de": de });
    let purpose = |id: &&str| {
        json!({
            "id": id, "use": "service", "label": text(id), "wording": text(id),
            "frequency": { "max": 4, "period": "month" },
        })
    };
    let settings = json!({
        "controller": {
            "name": company, "address": "Weg 1, 12345 Ort", "email": "a@b.example",
            "imprint_url": "https://b.example/i", "privacy_url": "https://b.example/p",
        },
        "purposes": purposes.iter().map(purpose).collect::<Vec<_>>(),
        "senders": [{ "id": "shop", "from": "Shop", "receives": false, "gateway": "simulator" }],
    });
    let draft = json!({
        "purposes": purposes, "sender": "shop", "languages": ["de"], "countries": ["DE"], "age": 16,
    });
    let form = FormVersion::publish(
        "shop".parse().unwrap(),
        serde_json::from_value(draft).unwrap(),
        &serde_json::from_value(settings).unwrap(),
        EDGE,
        1,
        Timestamp::from_millis(0),
    );
    FormView::new(&form.unwrap(), Lang::De, Vec::new())
}

fn html(view: &FormView, state: &FormState, place: Place) -> String {
    render(view, state, Options { edge: EDGE, place, campaign: "", reference: None })
}

/// The text nodes, in their order. The data's `<script>` is none.
fn text(html: &str) -> String {
    let shown = html.split("<script").next().unwrap();
    let nodes = shown.split('<').filter_map(|tag| tag.split_once('>')).map(|(_, text)| text);
    nodes.collect::<Vec<_>>().join(" ").replace("&amp;", "&")
}

#[test]
fn the_whole_disclosure_is_shown_in_its_order() {
    let view = view(&["booking", "offers"], "Blatt & Werk");
    let shown = text(&html(&view, &FormState::default(), Place::Embed));
    let mut rest = shown.as_str();
    for line in view.text.text().lines().filter(|line| !line.starts_with("https://")) {
        let (_, after) = rest.split_once(line).unwrap_or_else(|| panic!("{line} is missing or too late in {shown}"));
        rest = after;
    }
}

#[test]
fn only_the_request_that_is_answered_ticks_a_box() {
    let view = view(&["booking", "offers"], "Blattwerk");
    let ticks = |answers| {
        let state = FormState { answers, stage: Stage::default() };
        html(&view, &state, Place::Page { stamp: "st" }).matches(" checked").count()
    };
    assert_eq!(ticks(Answers::default()), 0);
    let purposes = vec!["offers".parse().unwrap()];
    assert_eq!(ticks(Answers { purposes, ..Answers::default() }), 1);
    assert_eq!(ticks(Answers { age_confirmed: true, ..Answers::default() }), 1);
}

#[test]
fn one_purpose_has_one_box_that_says_the_age_too() {
    let boxes = |purposes| {
        let html = html(&view(purposes, "Blattwerk"), &FormState::default(), Place::Embed);
        html.matches("type=\"checkbox\"").count()
    };
    assert_eq!(boxes(&["offers"]), 1);
    assert_eq!(boxes(&["offers", "booking"]), 3);
}

#[test]
fn no_name_ends_the_data_or_becomes_markup() {
    let name = "</script><b>\"";
    let html = html(&view(&["offers"], name), &FormState::default(), Place::Embed);
    assert_eq!(html.matches("</script>").count(), 1);
    assert!(!html.contains("<b>"));
    let data = html.split("class=\"jw-data\">").nth(1).unwrap().split("</script>").next().unwrap();
    let data: serde_json::Value = serde_json::from_str(data).unwrap();
    assert_eq!(data["request"]["form"], "shop");
    assert!(html.contains(r#"action="https://ja.example/f/shop""#));
}

#[test]
fn errors_are_in_the_summary_and_at_their_fields_and_keep_the_number() {
    let problem = |field, text: &str| Problem { field, text: text.to_owned() };
    let state = FormState {
        answers: Answers { number: "017 \"6".to_owned(), ..Answers::default() },
        stage: Stage::Asking(vec![problem(Field::Number, "Zu kurz."), problem(Field::Form, "Noch einmal.")]),
    };
    let html = html(&view(&["offers"], "Blattwerk"), &state, Place::Page { stamp: "st" });
    assert!(html.contains(r##"<a href="#jw-number">Zu kurz.</a>"##), "{html}");
    assert!(html.contains("<a>Noch einmal.</a>"));
    assert!(html.contains(r#"id="jw-number-error" class="jw-error">Zu kurz.</p>"#), "{html}");
    assert!(html.contains("value=\"017 &quot;6\""));
    assert!(html.contains("aria-invalid=\"true\""));
    assert_eq!(html.matches("autofocus").count(), 1, "without script, the page opens at the summary");
}

#[test]
fn success_hides_the_form_but_can_send_it_again_without_script() {
    let stage = Stage::done("An {ends} bis {until}.", "67", "Freitag");
    let state = FormState { stage, ..FormState::default() };
    let html = html(&view(&["offers"], "Blattwerk"), &state, Place::Page { stamp: "st" });
    let form = html.split("<form").nth(1).unwrap().split('>').next().unwrap();
    assert!(form.contains(" hidden"), "{form}");
    assert!(html.contains("An 67 bis Freitag."));
    assert!(html.contains("form=\"jw-form\""));
    assert_eq!(html.matches("autofocus").count(), 1, "without script, the page opens at the heading");
}

#[test]
fn the_sentence_after_success_says_which_number_and_until_when() {
    let done = Stage::done("To {ends}, by {until}.", "67", "Friday");
    assert_eq!(done, Stage::Done("To 67, by Friday.".into()));
    let braces = Stage::done("{until} {other} {", "67", "Friday");
    assert_eq!(braces, Stage::Done("Friday {other} {".into()));
}
