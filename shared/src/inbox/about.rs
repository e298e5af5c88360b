use serde::{Deserialize, Serialize};

use super::InboxAct;
use crate::reply::{Reply, folded};

/// A reply that a human must read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForHuman {
    pub speaks_of: SpeaksOf,
    /// What it may ask for.
    pub guess: Option<InboxAct>,
}

/// What an unclear reply speaks of (L34).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SpeaksOf {
    /// Advertising, data, rights, lawyers, complaints: advertising waits until a human has answered.
    Rights,
    Other,
}

/// What a human must read of what a handset said; nothing where a program has understood it.
pub fn for_human(reply: &Reply, text: &str) -> Option<ForHuman> {
    match reply {
        Reply::Unclear | Reply::Keyword(_) => Some(ForHuman { speaks_of: speaks_of(text), guess: None }),
        Reply::Yes { .. } | Reply::No { .. } | Reply::Stop(_) | Reply::Start | Reply::Help | Reply::WrongNumber => None,
    }
}

/// How words begin, or what stands in them, that speak of rights, in German and English. Rather a pause too many: a
/// human ends it.
const RIGHTS: [&str; 40] = [
    "werb",
    "daten",
    "dsgvo",
    "gdpr",
    "losch",
    "loesch",
    "anwalt",
    "anwaelt",
    "kanzlei",
    "beschwer",
    "abmahn",
    "anzeige",
    "anzuzeigen",
    "klage",
    "verklag",
    "gericht",
    "polizei",
    "recht",
    "verbraucher",
    "widersp",
    "einwillig",
    "zugestimmt",
    "zustimm",
    "erlaub",
    "belastig",
    "belaestig",
    "nummer",
    "spam",
    "unseri",
    "frech",
    "advert",
    "marketing",
    "privacy",
    "personal",
    "delet",
    "lawyer",
    "attorney",
    "legal",
    "complain",
    "consent",
];

fn speaks_of(text: &str) -> SpeaksOf {
    let words = folded(text);
    let speaks = words.iter().any(|word| RIGHTS.iter().any(|stem| word.contains(stem)));
    if speaks { SpeaksOf::Rights } else { SpeaksOf::Other }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::reply::{Vocabulary, read};

    #[test]
    fn what_speaks_of_rights_is_told_from_the_rest() {
        let of = |text: &str| for_human(&Reply::Unclear, text).map(|it| it.speaks_of);
        for text in [
            "Mein Anwalt wird sich bei Ihnen melden",
            "Woher haben Sie meine DATEN??",
            "Ich habe nie in Werbung eingewilligt",
            "Das wird bei der Verbraucherzentrale gemeldet",
            "I will complain to the regulator",
            "Bitte l\u{f6}schen Sie das",
        ] {
            assert_eq!(of(text), Some(SpeaksOf::Rights), "{text}");
        }
        for text in ["Haben Sie morgen offen?", "Farne sind gr\u{fc}n", "", "\u{200b}", "????"] {
            assert_eq!(of(text), Some(SpeaksOf::Other), "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_understood_needs_no_human(text in prop_oneof![".{0,40}", "(JA|STOP|NEIN|START|INFO|falsche Nummer)"]) {
            let reply = read(&text, &Vocabulary::default());
            prop_assert_eq!(for_human(&reply, &text).is_some(), reply == Reply::Unclear);
        }
    }
}
