use proptest::{prelude::*, sample::select};

use super::{stop_words::*, words::*, *};
use crate::ids::PurposeId;

const YES_: Reply = Reply::Yes { code: None };
const NO_: Reply = Reply::No { code: None };
const EVERYTHING: Reply = Reply::Stop(Stop::Everything);
const ADVERTISING_: Reply = Reply::Stop(Stop::Advertising);

fn id(text: &str) -> PurposeId {
    text.parse().unwrap()
}

/// Reads a reply to the number of a shop.
fn reading(text: &str) -> Reply {
    let (marketing, booking, events) = (id("marketing"), id("booking"), id("garden-days"));
    let topic = |id, advertises, names: &[&'static str]| Topic { id, advertises, names: names.to_vec() };
    read(
        text,
        &Vocabulary {
            topics: vec![
                topic(&marketing, true, &["Angebote zu Zimmerpflanzen", "offers on house plants"]),
                topic(&booking, false, &["Infos zu Terminen", "Erinnerungen zu gebuchten Terminen"]),
                topic(&events, true, &["Einladungen zum Gartentag bei uns"]),
            ],
            keywords: vec!["RABATT", "Grün10", "OKAY"],
        },
    )
}

fn purposes(ids: &[&str]) -> Reply {
    Reply::Stop(Stop::Purposes(ids.iter().map(|text| id(text)).collect()))
}

fn all(texts: &[&str], reply: &Reply) {
    for text in texts {
        assert_eq!(reading(text), *reply, "{text}");
    }
}

#[test]
fn a_yes_is_understood_in_every_language() {
    all(
        &[
            "JA",
            "Ja!",
            "ja bitte",
            "👍 ja",
            "Ja, gerne.",
            "jawohl",
            "yes please",
            "OK",
            "okay 👍🏽",
            "OUI",
            "Sì",
            "SÍ",
            "TAK",
            "Ano",
            "sim",
            "kyllä",
            "ναι",
            "ДА",
            "j\u{300}a",
            "Ja, ich will",
            "I agree",
            "Ich bin einverstanden",
            "ＪＡ",
            "ja ja",
        ],
        &YES_,
    );
    all(&["JA 27", "ja27", "Ja, 27", "27 ja!", "JA27.", "yes 27 please"], &Reply::Yes { code: Some(27) });
}

#[test]
fn what_is_not_plainly_a_yes_is_none() {
    all(
        &[
            "👍",
            "",
            "   ",
            "bitte",
            "27",
            "ja, nicht stoppen",
            "nein doch ja",
            "ja nein",
            "nicht ja",
            "ja?",
            "¿sí?",
            "JA 27 28",
            "ja 127",
            "ja 2",
            "Jana",
            "ja aber",
            "ja wenn",
            "ja 👎",
            "okay stop nicht",
            "Ja, stop",
            "stop ja",
            "da",
            "ja 1²",
        ],
        &Reply::Unclear,
    );
}

#[test]
fn a_no_is_understood() {
    all(
        &[
            "Nein",
            "NEIN danke",
            "no",
            "Non merci",
            "NEE",
            "nie",
            "nein, das war ich nicht",
            "kein Interesse",
            "Das war ich nicht!",
            "not me",
        ],
        &NO_,
    );
    assert_eq!(reading("nein 27"), Reply::No { code: Some(27) });
    all(&["nicht", "nein aber"], &Reply::Unclear);
}

#[test]
fn a_stop_is_understood_however_it_is_put() {
    all(
        &[
            "STOP",
            "stop.",
            "Bitte stopp!",
            "STOP NOW",
            "stop sms",
            "Stop alle",
            "STOPALL",
            "stop all",
            "STOP STOP",
            "keine sms mehr",
            "Bitte keine weiteren Nachrichten mehr senden",
            "no more texts",
            "opt out",
            "Opt-out",
            "OPTOUT",
            "END",
            "QUIT",
            "cancel",
            "REVOKE",
            "REMOVE",
            "TD",
            "unsubscribe",
            "Unsubscribe me please",
            "Arrêt",
            "ARRÊT",
            "Arre\u{302}t",
            "DÉSABONNER",
            "annulla",
            "BAJA",
            "afmelden",
            "Ende",
            "widerruf",
            "Abmelden bitte",
            "Ich melde mich ab",
            "nein stopp",
            "ok, stop",
            "Hört auf!",
            "Don't text me",
            "don’t text me anymore",
            "nicht mehr schreiben",
            "STOP, keine SMS mehr",
            "stop 27",
            "🛑",
            "ΣΤΟΠ",
            "please stop texting me",
            "löschen",
            "STOP it",
            "Bitte löschen Sie meine Nummer",
            "please remove me from your list",
            "Plus de SMS",
            "Je ne veux plus de SMS",
            "no más mensajes",
            "nie więcej sms",
            "geen sms meer",
            "Lasst mich in Ruhe!",
        ],
        &EVERYTHING,
    );
}

#[test]
fn a_stop_inside_another_word_or_denied_is_none() {
    all(
        &[
            "Stopfen",
            "Nonstop",
            "non stop",
            "nicht stop",
            "nicht stoppen",
            "don't stop",
            "Bitte nicht mehr stoppen",
            "stop nicht",
            "stoppt nicht mehr",
            "keine Ahnung",
            "am Ende der Woche",
            "cancel my appointment",
            "cancel booking",
            "Termin löschen",
            "never stop",
            "nicht schlecht",
            "Endlich",
            "no problem",
        ],
        &Reply::Unclear,
    );
}

#[test]
fn a_stop_ends_what_it_names() {
    all(&["STOP WERBUNG", "stop marketing", "Keine Werbung mehr", "stop ads", "stop all ads"], &ADVERTISING_);
    all(
        &["STOP ANGEBOTE", "stop offers", "Stop Zimmerpflanzen", "stop offers on house plants", "keine Angebote mehr"],
        &purposes(&["marketing"]),
    );
    all(&["STOP TERMINE", "stopp booking", "Stop den Terminen", "stop alle Termine"], &purposes(&["booking"]));
    all(&["end offers"], &purposes(&["marketing"]));
    all(&["stop garden days", "STOP Gartentag"], &purposes(&["garden-days"]));
    all(&["stop Termine und Angebote"], &purposes(&["marketing", "booking"]));
    all(&["stop Werbung und Termine"], &purposes(&["marketing", "booking", "garden-days"]));
    // Offers that no purpose is named after are all advertising.
    all(&["stop promotions", "STOP Newsletter"], &ADVERTISING_);
}

#[test]
fn what_sounds_like_a_stop_ends_the_advertising_and_what_it_names() {
    all(&["Jetzt stoppt das endlich mal", "stop Angeln", "ich bin genervt, abmelden"], &ADVERTISING_);
    all(&["stop das bei mir"], &ADVERTISING_);
    all(&["stop Termine am Montag"], &purposes(&["marketing", "booking", "garden-days"]));
}

#[test]
fn the_other_words_are_understood() {
    all(&["start", "UNSTOP", "Start SMS"], &Reply::Start);
    all(&["Hilfe!", "HELP", "INFO", "aide", "Aiuto", "ayuda", "Info bitte", "help me"], &Reply::Help);
    all(
        &[
            "Falsche Nummer",
            "WRONG NUMBER",
            "falsche nr",
            "Sie haben die falsche Nummer!",
            "falsch verbunden",
            "Stop, wrong number",
            "Das ist nicht meine Nummer",
            "not my number",
        ],
        &Reply::WrongNumber,
    );
    all(&["nicht die falsche Nummer"], &Reply::Unclear);
}

#[test]
fn a_keyword_counts_alone() {
    all(&["RABATT", "rabatt!", "Rabatt bitte", "Hallo, Rabatt", "RÄBATT"], &Reply::Keyword("RABATT".into()));
    all(&["GRÜN10", "grun 10"], &Reply::Keyword("Grün10".into()));
    all(&["Rabatt Rabatt", "mehr Rabatt", "Rabatte"], &Reply::Unclear);
    assert_eq!(reading("OKAY"), YES_);
}

#[test]
fn words_with_a_meaning_are_no_keywords() {
    for word in ["JA", "ja27", "Stopp", "STOP2", "Info", "Ende", "Nein", "START", "bitte", "Werbung", "ALLE", "👎"] {
        assert!(is_reserved(word), "{word}");
    }
    for word in ["RABATT", "GRUEN", "Sommer26", "PFLANZE", "STOPFEN", "Endivie"] {
        assert!(!is_reserved(word), "{word}");
    }
}

/// A word, known or not.
fn word() -> impl Strategy<Value = String> {
    let known: Vec<&str> = [
        YES,
        WITH_YES,
        NO,
        WITH_NO,
        NEGATION,
        NONE,
        MORE,
        MESSAGES,
        STOP,
        WEAK_STOP,
        ALL,
        ADVERTISING,
        OFFERS,
        START,
        HELP,
        WRONG,
        NUMBER,
        POLITE,
        WITH_STOP,
        &["rabatt", "termine", "27", "ok", "ja"],
    ]
    .concat();
    prop_oneof![8 => select(known).prop_map(str::to_owned), 1 => "[a-zäöü]{1,8}"]
}

/// A word that may stand beside a yes.
fn kind() -> impl Strategy<Value = &'static str> {
    select([YES, WITH_YES, POLITE, &["27"]].concat())
}

/// The same text as somebody else would write it.
fn decorated(words: &[String], marks: &[usize], up: bool) -> String {
    const MARKS: [&str; 8] = [" ", "  ", ", ", "! ", " 🙂 ", "\n", " … ", "\u{a0}"];
    let accent = |c: char| match c {
        'a' => "ä".to_owned(),
        'e' => "e\u{301}".to_owned(),
        'o' => "Ó".to_owned(),
        'u' => "û".to_owned(),
        'n' => "ñ".to_owned(),
        c if up => c.to_ascii_uppercase().to_string(),
        c => c.to_string(),
    };
    words
        .iter()
        .zip(marks.iter().cycle())
        .map(|(word, mark)| format!("{}{}", word.chars().map(accent).collect::<String>(), MARKS[mark % MARKS.len()]))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn a_yes_holds_no_word_that_speaks_against_it(said in prop::collection::vec(word(), 0..5)) {
        let text = said.join(" ");
        if let Reply::Yes { .. } = reading(&text) {
            for word in folded(&text) {
                prop_assert!(!is(&word, &[STOP, WEAK_STOP, NEGATION, NONE, WRONG]), "{text}");
                prop_assert!(!is(&word, &[NO]), "{text}");
            }
        }
    }

    #[test]
    fn a_yes_beside_a_word_against_it_is_no_consent(
        said in (select(YES), select([STOP, WEAK_STOP, NEGATION, NONE, NO, WRONG].concat()), prop::collection::vec(kind(), 0..3))
            .prop_map(|(yes, against, kind)| [vec![yes, against], kind].concat())
            .prop_shuffle(),
    ) {
        let text = said.join(" ");
        let is_yes = matches!(reading(&text), Reply::Yes { .. });
        prop_assert!(!is_yes, "{text}");
    }

    #[test]
    fn decoration_changes_nothing(
        said in prop::collection::vec(word(), 1..5), marks in prop::collection::vec(0..8_usize, 1..5), up: bool,
    ) {
        prop_assert_eq!(reading(&decorated(&said, &marks, up)), reading(&said.join(" ")));
    }

    #[test]
    fn any_text_can_be_read(text in any::<String>()) {
        let _ = reading(&text);
        let _ = is_reserved(&text);
    }
}
