//! What people write, folded (`fold`), in the languages of the EU as far as we are sure of them.

/// A yes. `da` is one in four languages and another word in German, and is no yes here.
pub const YES: &[&str] = &[
    "ja",
    "jawohl",
    "einverstanden",
    "jap",
    "jep",
    "jup",
    "jo",
    "jaa",
    "ok",
    "okay",
    "okey", // de, nl, da, sv
    "yes",
    "yep",
    "yup",
    "yeah",
    "confirm",
    "confirmed",
    "agree", // en
    "oui",
    "ouais",
    "si",
    "sim",
    "tak",
    "ano",
    "joo",
    "kylla",
    "jah",
    "taip",
    "igen",
    "ναι",
    "да",
];

/// A yes that is as often a mere "well", and doesn't turn a stop into a riddle.
pub const WEAK_YES: &[&str] = &["ok", "okay", "okey", "jo"];

/// What may stand beside a yes.
pub const WITH_YES: &[&str] = &[
    "gern",
    "gerne",
    "natuerlich",
    "naturlich",
    "klar",
    "ich",
    "bin",
    "will",
    "mochte",
    "moechte",
    "stimme",
    "zu",
    "i",
    "do",
    "want",
    "of",
    "course",
];

pub const NO: &[&str] = &["nein", "nee", "ne", "nope", "no", "non", "nie", "nej", "ei", "nem", "nao", "οχι", "не"];

/// A no that is nothing else: before a STOP it doesn't deny it.
pub const PLAIN_NO: &[&str] = &["nein", "nee", "nope", "nej"];

/// What may stand beside a no.
pub const WITH_NO: &[&str] = &[
    "das",
    "war",
    "ich",
    "nicht",
    "kein",
    "keine",
    "interesse",
    "bedarf",
    "will",
    "mochte",
    "moechte",
    "not",
    "me",
    "it",
    "wasnt",
    "was",
    "interested",
];

/// Several words that say no.
pub const NO_PHRASES: &[&[&str]] = &[
    &["das", "war", "ich", "nicht"],
    &["war", "ich", "nicht"],
    &["not", "me"],
    &["wasnt", "me"],
    &["it", "wasnt", "me"],
    &["that", "wasnt", "me"],
];

/// What turns a sentence round.
pub const NEGATION: &[&str] = &[
    "nicht", "nich", "nie", "niemals", "nix", "ohne", "not", "never", "dont", "cant", "cannot", "wont", "doesnt",
    "didnt", "without", "pas", "ne", "non", "jamais", "niet", "nooit", "nunca", "jamas", "mai", "nigdy", "inte",
    "ikke", "aldrig", "aldri", "nao", "μην", "δεν", "не",
];

/// None of something: turns a sentence round, and may itself end something.
pub const NONE: &[&str] = &[
    "kein",
    "keine",
    "keinen",
    "keinerlei",
    "nichts",
    "no",
    "none",
    "geen",
    "aucun",
    "aucune",
    "nessun",
    "nessuna",
    "ningun",
    "ninguna",
    "zadnych",
    "inga",
    "ingen",
];

/// SMS may come again.
pub const START: &[&str] = &["start", "unstop"];

/// What is stored, and how to stop.
pub const HELP: &[&str] =
    &["info", "hilfe", "help", "aide", "aiuto", "ayuda", "hulp", "pomoc", "ajuda", "hjalp", "apua"];

/// Wrong…
pub const WRONG: &[&str] = &[
    "falsch",
    "falsche",
    "falschen",
    "falscher",
    "wrong",
    "mauvais",
    "faux",
    "equivocado",
    "sbagliato",
    "verkeerd",
    "verkeerde",
    "errado",
    "zly",
];

/// … number.
pub const NUMBER: &[&str] = &[
    "nummer",
    "nr",
    "rufnummer",
    "handynummer",
    "telefonnummer",
    "number",
    "no",
    "num",
    "numero",
    "numer",
    "person",
    "verbunden",
];

/// Several words that say it.
pub const WRONG_PHRASES: &[&[&str]] = &[&["nicht", "meine", "nummer"], &["not", "my", "number"]];

/// What says nothing but that the writer is friendly.
pub const POLITE: &[&str] = &[
    "bitte",
    "danke",
    "vielen",
    "dank",
    "hallo",
    "please",
    "pls",
    "plz",
    "thanks",
    "thank",
    "you",
    "thx",
    "hello",
    "hi",
    "merci",
    "svp",
    "grazie",
    "gracias",
    "por",
    "per",
    "favor",
    "favore",
    "prosze",
    "dziekuje",
    "alstublieft",
    "tack",
    "tak",
    "kiitos",
];

/// Whether one of the lists holds a word.
pub(super) fn is(word: &str, lists: &[&[&str]]) -> bool {
    lists.iter().any(|list| list.contains(&word))
}
