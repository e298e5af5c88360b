use super::*;
use crate::ids::PurposeId;

const YES_: Reply = Reply::Yes { code: None };
const NO_: Reply = Reply::No { code: None };
const UNCLEAR: Reply = Reply::Unclear(About::Other);
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
    let others: Vec<_> = texts.iter().map(|text| (*text, reading(text))).filter(|(_, read)| read != reply).collect();
    assert_eq!(others, [], "{reply:?}");
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
        ],
        &YES_,
    );
    all(&["JA 27", "ja27", "Ja, 27", "27 ja!", "JA27.", "yes 27 please"], &Reply::Yes { code: Some(27) });
}

#[test]
fn what_is_not_plainly_a_yes_is_none() {
    all(
        &[
            "27",
            "ja, nicht stoppen",
            "nein doch ja",
            "ja nein",
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
            "da",
            "ja 1²",
        ],
        &UNCLEAR,
    );
}

/// It is thanks in Danish, and dismissive when doubled in German.
#[test]
fn what_is_a_yes_in_one_language_only_is_none() {
    for text in ["TAK", "ja ja", "Jaja", "da"] {
        assert!(!matches!(reading(text), Reply::Yes { .. }), "{text}");
    }
    assert_eq!(reading("Tak, zgadzam się"), YES_);
}

#[test]
fn what_nobody_waits_for_an_answer_to_is_ignored() {
    all(&["👍", "", "   ", "bitte", "Danke!", "no problem", "nicht schlecht", "(no text)", "ok danke"], &Reply::Ignore);
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
            "nicht ja",
        ],
        &NO_,
    );
    assert_eq!(reading("nein 27"), Reply::No { code: Some(27) });
    all(&["nicht", "nein aber"], &UNCLEAR);
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
            "Jetzt stoppt das endlich mal",
            "ich bin genervt, abmelden",
            "Ja, stop",
            "stop ja",
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
            "Endlich",
        ],
        &UNCLEAR,
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
    all(&["stop Angeln", "STOP?", "Verpisst euch"], &ADVERTISING_);
    all(&["stop Termine am Montag"], &purposes(&["marketing", "booking", "garden-days"]));
    all(
        &[
            "Ich hab die Faxen dicke",
            "Das brauche ich alles nicht",
            "Ihr geht mir auf den Sack",
            "Eure SMS nerven",
            "so many texts, every single day",
            "get my number out of your phone",
            "Ras le bol !",
            "Estoy harto de sus mensajes",
            "Mi avete stufato",
            "Laat me nu toch",
            "Bıktım sizden",
            "Nur noch Termine bitte",
        ],
        &ADVERTISING_,
    );
}

#[test]
fn what_sounds_alike_and_is_of_another_thing_ends_nothing() {
    all(
        &[
            "Mist, hab den Termin verpasst",
            "Ich will keine SMS verpassen",
            "Ich will euch nicht stören",
            "Bitte nicht nachts anrufen",
            "these bugs are so annoying",
            "take it off the bill please",
            "I have to stop on the street",
            "SMS nicht angekommen",
        ],
        &UNCLEAR,
    );
}

#[test]
fn the_other_words_are_understood() {
    all(&["start", "UNSTOP", "Start SMS"], &Reply::Start);
    all(&["Hilfe!", "HELP", "aide", "Aiuto", "ayuda", "help me", "Hilfe, Info!"], &Reply::Help);
    all(&["INFO", "Info bitte", "info!"], &Reply::Info);
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
    all(&["nicht die falsche Nummer"], &UNCLEAR);
}

#[test]
fn a_keyword_counts_alone() {
    all(&["RABATT", "rabatt!", "Rabatt bitte", "Hallo, Rabatt", "RÄBATT"], &Reply::Keyword("RABATT".into()));
    all(&["GRÜN10", "grun 10"], &Reply::Keyword("Grün10".into()));
    all(&["Rabatt Rabatt", "mehr Rabatt", "Rabatte"], &UNCLEAR);
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

/// The figures that we hold to: what is said in `../shared/findings/replies.jsonl`, and in files that were written apart.
#[test]
fn the_corpus_is_read_well_and_without_a_fault() {
    for (name, file) in corpus::FILES {
        let score = corpus::Score::of(file);
        let least = if name == "replies" { 970 } else { 920 };
        assert_eq!(score.faults, [""; 0], "{name}");
        assert!(score.permille() >= least, "{name}\n{}\n{}", score.table(), score.misses.join("\n"));
    }
}

/// A human must look, and advertising must wait meanwhile (L34).
#[test]
fn what_speaks_of_rights_is_known_as_such() {
    all(
        &[
            "Ich schalte meinen Anwalt ein",
            "Verstößt das nicht gegen die DSGVO?",
            "Ich beschwere mich bei der Verbraucherzentrale",
            "Die Werbung war irreführend",
            "You will hear from my lawyer",
        ],
        &Reply::Unclear(About::Rights),
    );
    all(&["Wann habt ihr offen?", "Bitte nicht stoppen", "asdfgh"], &UNCLEAR);
}
