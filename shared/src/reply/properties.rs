//! What holds for every text.

use proptest::{prelude::*, sample::select};

use super::{
    class::{Class, Set},
    lang,
    lexicon::lexicon,
    *,
};

fn reading(text: &str) -> Reply {
    read(text, &Vocabulary { keywords: vec!["FARN"], ..Vocabulary::default() })
}

/// All single words that the languages know.
fn all_words() -> Vec<&'static str> {
    let words = lang::ALL.iter().flat_map(|language| language.words).flat_map(|(_, words)| words.split_whitespace());
    words.filter(|word| !word.ends_with('*')).collect()
}

/// A word, known or not, that says no yes.
fn no_yes() -> impl Strategy<Value = String> {
    let yes = |word: &&str| lexicon().look_up(word).any(Set::of(&[Class::Yes, Class::Ok]));
    let words: Vec<_> = all_words().into_iter().filter(|word| !yes(word)).collect();
    let unknown = "[a-zäöü]{1,8}".prop_filter("a yes", move |word| !yes(&folded(word).concat().as_str()));
    prop_oneof![8 => select(words).prop_map(str::to_owned), 1 => unknown]
}

/// A wish to leave.
fn leaving() -> impl Strategy<Value = &'static str> {
    select(vec![
        "STOP",
        "Stopp",
        "stop",
        "Bitte abmelden",
        "abmelden",
        "Abbestellen",
        "Keine Werbung mehr",
        "Bitte keine SMS mehr",
        "Hört auf mir zu schreiben",
        "Lasst mich in Ruhe",
        "Widerruf",
        "Unsubscribe",
        "Please stop texting me",
        "no more texts",
        "opt out",
        "Take me off your list",
        "ARRET",
        "Plus de pub",
        "Basta messaggi",
        "BAJA",
        "Afmelden",
        "Ich widerspreche",
        "I object to marketing",
        "Falsche Nummer",
        "Wrong number",
        "Bitte löschen Sie meine Daten",
    ])
}

/// What people add to it.
fn added() -> impl Strategy<Value = &'static str> {
    select(vec![
        // Politeness.
        "bitte",
        "danke",
        "Vielen Dank",
        "please",
        "Thanks!",
        "merci",
        "Danke für alles",
        // A reason, with a negation, a question or a yes of its own.
        "das habe ich nicht bestellt",
        "ich habe nie etwas bestellt",
        "ich bin umgezogen",
        "ich wohne nicht mehr in der Stadt",
        "das ist nicht lustig",
        "I never asked for this",
        "I don't live there anymore",
        "ich brauche das nicht",
        "wer seid ihr überhaupt?",
        "how did you even get this?",
        "ja, ich meine das ernst",
        // A signature.
        "Mit freundlichen Grüßen\nPetra Meier",
        "LG Jens",
        "\n-- \nGartenfreunde e.V., ja zum Grün!",
        "\nGesendet von meinem iPhone",
        "\nSent from my Galaxy",
        // A quote of ours.
        "\n\n> Blattwerk: Antworten Sie JA oder hier:\n> https://sms.blattwerk.example/c/7Hq2\n> Abmelden: STOP",
        "\n\nBlattwerk: 20 % auf alle Farne bis Samstag.\nAbmelden: STOP",
        // Anger.
        "!!!",
        "ihr Idioten!",
        "verdammt nochmal",
        "you morons",
        "🤬",
        "\n",
        "   ",
    ])
}

/// A wish, a use or a sending that is denied, in words put together.
fn refused() -> impl Strategy<Value = String> {
    let german = (
        select(vec!["Ich brauche", "Ich will", "Ich mag", "Wir möchten", "I mog", "Ich benötige"]),
        select(vec!["eure", "Ihre", "diese", "die ganzen"]),
        select(vec![
            "SMS",
            "Nachrichten",
            "Rundnachrichten",
            "Nachrichte",
            "Werbung",
            "Mitteilungen",
            "Schnäppchentipps",
        ]),
        select(vec!["nicht", "nicht mehr", "wirklich nicht", "nimmer", "ned"]),
    );
    let english = (
        select(vec!["I don't want", "I do not need", "we don't like", "I never want", "we have no use for"]),
        select(vec!["your", "these", "any of your"]),
        select(vec!["texts", "messages", "promos", "text messages", "newsletters"]),
        select(vec!["", "anymore", "at all", "thanks"]),
    );
    let say = |(who, whose, what, not): (&str, &str, &str, &str)| format!("{who} {whose} {what} {not}");
    prop_oneof![german.prop_map(say), english.prop_map(say)]
}

/// Anger, or enough, or the wish to be taken away.
fn fed_up() -> impl Strategy<Value = String> {
    let anger = (
        select(vec!["Eure SMS", "Ihre Nachrichten", "Diese Rundmails", "Your texts", "these messages"]),
        select(vec!["nerven", "sind lästig", "gehen mir auf den Sack", "are annoying", "are useless"]),
    );
    let away = (
        select(vec!["Schmeißt mich", "Werft mich", "Nehmt mich", "Streicht mich"]),
        select(vec!["raus", "aus eurer Datenbank", "da runter", "bitte aus eurem System"]),
    );
    let off = (
        select(vec!["take me", "kick me", "scrub me", "please get me"]),
        select(vec!["off that database", "out of your phone", "out of here"]),
    );
    let say = |(one, other): (&str, &str)| format!("{one} {other}");
    prop_oneof![anger.prop_map(say), away.prop_map(say), off.prop_map(say)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn what_is_added_to_a_wish_to_leave_never_changes_it(
        leaving in leaving(),
        mark in select(vec![". ", ", ", "! ", "\n", " - "]),
        added in prop::collection::vec(added(), 1..4),
    ) {
        let text = format!("{leaving}{mark}{}", added.join(mark));
        prop_assert_eq!(reading(&text), reading(leaving), "{}", text);
    }

    #[test]
    fn nothing_turns_a_text_without_a_yes_into_one(
        said in prop::collection::vec(no_yes(), 0..6),
        mark in select(vec![" ", ", ", ". ", "\n"]),
    ) {
        let text = said.join(mark);
        // Together, too, they must be none: "stimme zu", "S I".
        let yes = super::clause::clauses(&text).iter().any(|clause| clause.any(Set::of(&[Class::Yes, Class::Ok])));
        let is_yes = matches!(reading(&text), Reply::Yes { .. });
        prop_assert!(yes || !is_yes, "{text}");
    }

    #[test]
    fn a_yes_beside_a_word_that_is_not_plainly_for_it_is_none(
        yes in select(vec!["ja", "yes", "oui", "sì", "evet", "ok"]),
        other in no_yes(),
        first: bool,
    ) {
        let set = lexicon().look_up(&folded(&other).concat());
        let beside = Set::of(&[Class::WithYes, Class::Polite, Class::Greet, Class::Close]);
        let text = if first { format!("{other} {yes}") } else { format!("{yes} {other}") };
        let is_yes = matches!(reading(&text), Reply::Yes { .. });
        prop_assert!(set.any(beside) || !is_yes, "{text}");
    }

    #[test]
    fn case_accents_and_what_nobody_sees_change_nothing(
        said in prop::collection::vec(prop_oneof![select(all_words()).prop_map(str::to_owned), no_yes()], 1..6),
        unseen in select(vec!["\u{200b}", "\u{ad}", "\u{feff}", "\u{fffc}", "\u{301}", "\u{2068}"]),
    ) {
        let text = said.join(" ");
        let decorated: String = text.chars().flat_map(|c| std::iter::once(c).chain((c != ' ').then_some(unseen).into_iter().flat_map(str::chars))).collect();
        prop_assert_eq!(reading(&decorated), reading(&text), "{}", text);
        if text.is_ascii() {
            let small = reading(&text.to_ascii_lowercase());
            prop_assert_eq!(small, reading(&text), "{}", text);
        }
    }

    #[test]
    fn a_wish_put_together_of_words_ends_at_least_the_advertising(
        said in prop_oneof![refused(), fed_up()],
        polite in select(vec!["", "Hallo, ", "Bitte, ", "Sorry, ", "Guten Tag. "]),
        name in select(vec!["", ". Danke", "!", ", LG Jens", "\nMit freundlichen Grüßen"]),
    ) {
        let text = format!("{polite}{said}{name}");
        prop_assert!(matches!(reading(&text), Reply::Stop(_)), "{text}");
    }

    #[test]
    fn the_same_of_another_thing_ends_nothing(
        who in select(vec!["Ich brauche", "Ich will", "Wir möchten", "I don't want", "I don't need"]),
        what in select(vec!["die Lieferung", "den Termin", "die Bestellung", "the delivery", "the appointment", "den Ficus"]),
        not in select(vec!["nicht", "am Freitag nicht", "on Friday", "nicht mehr", "anymore"]),
    ) {
        let text = format!("{who} {what} {not}");
        prop_assert!(!reading(&text).only_ends() || matches!(reading(&text), Reply::No { .. }), "{text}");
    }

    #[test]
    fn words_written_as_one_say_no_yes(
        said in prop::collection::vec(select(all_words()), 1..5),
    ) {
        let text = said.concat();
        let words = super::clause::clauses(&text).into_iter().flat_map(|clause| clause.words);
        let words: Vec<_> = words.collect();
        let yes = Set::of(&[Class::Yes, Class::Ok]);
        prop_assert!(words.len() < 2 || !words.iter().any(|word| word.set.any(yes)), "{text}");
    }

    #[test]
    fn any_text_can_be_read(text in any::<String>()) {
        let _ = reading(&text);
        let _ = is_reserved(&text);
    }
}

/// Steps, not time: twice the text takes at most about twice the work.
#[test]
fn reading_takes_linear_time() {
    const HALF: usize = 5_000;
    let units = [
        "stop ",
        "nicht stop ",
        "nicht",
        "a",
        "a.",
        "a. ",
        ". ",
        "\u{200b}",
        "\u{fffc}",
        "日本語",
        "ኣማርኛ ",
        "ja, ",
        "„",
        "„a“ ",
        "\"",
        ">\n",
        "> a\n",
        "Blattwerk: x\n",
        "Blattwerk: Abmelden: STOP\n",
        "a = b ",
        "wieder schicken ",
        "falsche Nummer ",
        "mit freundlichen Grüßen ",
        "antworten Sie ",
        "unsubscirbr ",
        "Termine ",
        "?",
        "\n",
        "LG ",
        "stop bestellung ",
        "daten löschen ",
        "war ein Versehen. ",
        "aaaaaaaab",
        "ich ",
        "und ich ",
        "🛑",
        "\u{301}",
    ];
    for unit in units {
        let text: String = unit.chars().cycle().take(2 * HALF).collect();
        let half: String = text.chars().take(HALF).collect();
        let topics = ["marketing".parse().unwrap()];
        let topics =
            topics.iter().map(|id| Topic { id, advertises: true, names: vec!["Angebote zu Pflanzen"] }).collect();
        let vocabulary = Vocabulary { topics, keywords: vec!["FARN"] };
        let steps = |text: &str| {
            work::of(|| {
                let reply = read(text, &vocabulary);
                assert!(!matches!(reply, Reply::Yes { .. }), "{unit:?}");
            })
        };
        let (one, two) = (steps(&half), steps(&text));
        assert!(two <= 2 * one + one / 4 + 1_000, "{unit:?}: {one} steps, then {two}");
        assert!(two < 2_000 * 2 * HALF, "{unit:?}: {two} steps");
    }
}
