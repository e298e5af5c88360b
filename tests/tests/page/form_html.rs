//! The edge's half of the widget: the form as HTML.

use serde_json::json;
use shared::{
    confirm::ConfirmBy,
    form::FormVersion,
    lang::Lang,
    settings::Sender,
    subject::{Again, CONFIRMATIONS_A_DAY, PAUSE, SMS_A_REQUEST},
    time::{Span, Timestamp},
    wire::FormView,
};

use widget::{Answers, Done, Field, FormState, Options, Place, Problem, Stage, render};

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
    let html = done(Done::new("An {ends} bis {until}.", "67", "Freitag", 1));
    assert!(tag(&html, "class=\"jw-form\"").contains(" hidden"), "{html}");
    assert!(html.contains("An 67 bis Freitag."));
    let button = tag(&html, "class=\"jw-button jw-again\"");
    assert!(button.contains("form=\"jw-form\"") && button.contains("name=\"again\" value=\"1\""), "{button}");
    assert!(
        !button.contains("aria-disabled") && !button.contains(" hidden"),
        "without script, it can be pressed: {button}"
    );
    assert_eq!(html.matches("autofocus").count(), 1, "without script, the page opens at the heading");
    assert!(tag(&html, "id=\"jw-done-title\"").contains("autofocus"), "{html}");
}

fn done(done: Done) -> String {
    let state = FormState { stage: Stage::Done(done), ..FormState::default() };
    html(&view(&["offers"], "Blattwerk"), &state, Place::Page { stamp: "st" })
}

/// The tag with that attribute.
fn tag<'a>(html: &'a str, attribute: &str) -> &'a str {
    let (before, after) = html.split_once(attribute).unwrap_or_else(|| panic!("no {attribute}: {html}"));
    let start = before.rfind('<').unwrap();
    &html[start..before.len() + attribute.len() + after.find('>').unwrap()]
}

#[test]
fn without_script_the_page_opens_at_what_a_press_came_to() {
    let texts = Lang::De.texts().labels(&[], &sender(), "X", ConfirmBy::Link).asked_again;
    let asked = |times| Done::new("", "67", "", times).without_clock(&texts);
    let early = asked(1).in_vain(&texts, Again::In(Span::millis(41_001)));
    let last_second = asked(2).in_vain(&texts, Again::In(Span::millis(1)));
    let sent = asked(2).sent(&texts.sent, "14:05 Uhr (MEZ)");
    for (case, says, note) in [
        (early, "Noch zu früh: Es wurde nichts gesendet.", "In 42 Sekunden können Sie"),
        (last_second, "Noch zu früh", "In einer Sekunde können Sie"),
        (sent, "Ihre Anfrage wurde um 14:05 Uhr (MEZ) noch einmal gesendet.", "Nach einer Minute können Sie"),
        (asked(2).known(&texts), "Diese Anfrage haben wir schon bekommen.", "Nach einer Minute können Sie"),
        (
            asked(3).sent(&texts.sent, "14:05 Uhr (MEZ)"),
            "um 14:05 Uhr (MEZ) noch einmal gesendet",
            "dreimal angefordert",
        ),
        (asked(3).in_vain(&texts, Again::No), "", "dreimal angefordert"),
    ] {
        let spent = case.asked == 3;
        let html = done(case);
        assert!(html.contains(says) && html.contains(note), "{html}");
        assert_eq!(html.matches("autofocus").count(), 1, "{html}");
        assert!(tag(&html, "class=\"jw-told\"").contains("autofocus"), "{html}");
        assert_eq!(tag(&html, "class=\"jw-button jw-again\"").contains(" hidden"), spent, "{html}");
    }
}

/// The words say numbers that the code has.
#[test]
fn a_minute_and_three_are_what_the_edge_goes_by() {
    assert_eq!(PAUSE, Span::minutes(1));
    assert_eq!((usize::from(SMS_A_REQUEST), CONFIRMATIONS_A_DAY), (3, 3));
    for (lang, minute, thrice, three) in [
        (Lang::De, "einer Minute", "dreimal", "Mehr als drei"),
        (Lang::En, "a minute", "three times", "more than three"),
    ] {
        let texts = lang.texts().labels(&[], &sender(), "X", ConfirmBy::Link).asked_again;
        assert!(texts.pause.contains(minute), "{}", texts.pause);
        assert!(texts.spent.contains(thrice) && texts.spent.contains(three), "{}", texts.spent);
        assert!(texts.seconds.contains("{seconds}") && texts.sent.contains("{at}"));
    }
}

fn sender() -> Sender {
    serde_json::from_value(json!({ "id": "shop", "from": "Shop", "receives": false, "gateway": "simulator" })).unwrap()
}

#[test]
fn the_sentence_after_success_says_which_number_and_until_when() {
    assert_eq!(Done::new("To {ends}, by {until}.", "67", "Friday", 1).next, "To 67, by Friday.");
    assert_eq!(Done::new("{until} {other} {", "67", "Friday", 1).next, "Friday {other} {");
}
