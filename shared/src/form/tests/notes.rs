use super::*;

#[test]
fn the_notes_say_how_a_yes_is_said_and_what_it_costs() {
    for (confirm, yes, link) in [
        ("link", "wenn Sie mit JA antworten oder auf der Seite Ja sagen", true),
        ("reply", "wenn Sie mit JA antworten.", false),
        ("both", "wenn Sie mit JA antworten oder auf der Seite Ja sagen", true),
    ] {
        let form = publish(json!({ "confirm": confirm })).unwrap();
        let notes = form.disclosure(Lang::De).notes.join(" ");
        assert!(notes.contains(yes) && notes.contains("Eine Antwort kostet so viel"), "{notes}");
        // The way out is free, and named, however the yes is said (L8).
        assert!(notes.contains("kostenlos über den Link in der SMS") && notes.contains("STOP"), "{notes}");
        let labels = Lang::De.texts().labels(&form.draft.countries, &form.sender, "X", form.confirm());
        assert_eq!(labels.next.contains("mit JA"), confirm != "link", "{}", labels.next);
        assert!(labels.formerly.contains("START an +49"));
        assert_eq!(labels.formerly.contains("Link"), link, "{}", labels.formerly);
        assert!(labels.next.contains("{ends}") && labels.next.contains("{until}"));
    }
}

/// A sender that takes no reply is told none, in any note, and the way out is named all the same (L8).
#[test]
fn the_notes_of_a_sender_without_replies_name_the_link_alone() {
    let form = publish(json!({ "sender": "name", "confirm": null, "keywords": [] })).unwrap();
    for (lang, free) in [(Lang::De, "kostenlos über den Link"), (Lang::En, "free with the link")] {
        let text = form.disclosure(lang).text();
        assert!(text.contains(free) && !text.contains("STOP"), "{text}");
        let labels = lang.texts().labels(&form.draft.countries, &form.sender, "X", form.confirm());
        for no in [lang.texts().yes(), "START", "STOP"] {
            assert!(![&text, &labels.next, &labels.formerly].iter().any(|text| text.contains(no)), "{no}: {labels:?}");
        }
    }
}

/// Only where something is promised for the yes, and then the note says what depends on it (L24).
#[test]
fn the_thank_you_is_all_that_depends_on_the_yes() {
    for (lang, keeps) in [(Lang::De, "behalten Sie ihn auch nach dem Abmelden"), (Lang::En, "you keep it, even if")] {
        let note = |form: &FormVersion| form.disclosure(lang).notes.join(" ").contains(keeps);
        assert!(note(&publish(json!({})).unwrap()));
        assert!(!note(&publish(json!({ "purposes": ["booking"], "keywords": [] })).unwrap()));
    }
}
