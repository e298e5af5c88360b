use super::InboxAct;
use crate::reply::{About, Reply};

/// A reply that a human must read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ForHuman {
    pub speaks_of: About,
    /// What it may ask for.
    pub guess: Option<InboxAct>,
}

/// What a human must read of what a handset said; nothing where a program has understood it.
pub fn for_human(reply: &Reply) -> Option<ForHuman> {
    let (speaks_of, guess) = match reply {
        Reply::Unclear(about) => (*about, None),
        // A word that no form owns.
        Reply::Keyword(_) => (About::Other, None),
        // Whoever asks what is stored gets an answer from a human, and so does whoever wants it deleted.
        Reply::Access => (About::Rights, None),
        Reply::Erase => (About::Rights, Some(InboxAct::Erase)),
        Reply::Yes { .. }
        | Reply::No { .. }
        | Reply::Stop(_)
        | Reply::Object
        | Reply::Start
        | Reply::Help
        | Reply::Info
        | Reply::WrongNumber
        | Reply::Ignore => return None,
    };
    Some(ForHuman { speaks_of, guess })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::reply::{Vocabulary, read};

    #[test]
    fn what_speaks_of_rights_is_told_from_the_rest() {
        let of = |text: &str| for_human(&read(text, &Vocabulary::default())).map(|it| it.speaks_of);
        for text in [
            "Mein Anwalt wird sich bei Ihnen melden",
            "Woher haben Sie meine DATEN??",
            "Das wird bei der Verbraucherzentrale gemeldet",
            "I will complain to the regulator",
            "Bitte l\u{f6}schen Sie meine Daten",
        ] {
            assert_eq!(of(text), Some(About::Rights), "{text}");
        }
        for text in ["Haben Sie morgen offen?", "Farne sind gr\u{fc}n", "Wann kommt mein Paket?"] {
            assert_eq!(of(text), Some(About::Other), "{text}");
        }
        assert_eq!(of("Danke!"), None);
    }

    proptest! {
        #[test]
        fn what_is_understood_needs_no_human(text in prop_oneof![".{0,40}", "(JA|STOP|NEIN|START|INFO|falsche Nummer)"]) {
            let reply = read(&text, &Vocabulary::default());
            let unclear = matches!(reply, Reply::Unclear(_) | Reply::Access | Reply::Erase);
            prop_assert_eq!(for_human(&reply).is_some(), unclear);
        }
    }
}
