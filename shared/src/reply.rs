//! What a reply by SMS means.

use serde::{Deserialize, Serialize};

/// The meaning of a reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reply {
    /// No more SMS (L8).
    Stop,
    /// SMS may come again. Never consent.
    Start,
    /// What is stored, and how to stop.
    Info,
    /// This is not the person.
    WrongNumber,
    /// Anything else.
    Unclear,
}

const STOP: &[&str] = &[
    "stop",
    "stopp",
    "stopall",
    "unsubscribe",
    "end",
    "quit",
    "cancel",
    "revoke",
    "optout",
    "abmelden",
    "abbestellen",
    "ende",
    "widerruf",
    "arret",
    "desabonner",
    "annulla",
    "baja",
    "afmelden",
];
const START: &[&str] = &["start", "unstop"];
const INFO: &[&str] = &["info", "hilfe", "help", "aide", "aiuto", "ayuda"];
/// Words that may stand around a STOP without changing it.
const POLITE: &[&str] = &[
    "bitte", "please", "now", "jetzt", "sofort", "alle", "alles", "all", "sms", "den", "die", "the", "danke", "thanks",
];

/// Without case and accents. By hand: the case tables of all of Unicode are 12 KB of the edge's bundle.
fn fold(c: char) -> char {
    match c {
        'Ä' | 'À' | 'Á' | 'Â' | 'ä' | 'à' | 'á' | 'â' => 'a',
        'È' | 'É' | 'Ê' | 'Ë' | 'è' | 'é' | 'ê' | 'ë' => 'e',
        'Ì' | 'Í' | 'Î' | 'ì' | 'í' | 'î' => 'i',
        'Ö' | 'Ò' | 'Ó' | 'Ô' | 'ö' | 'ò' | 'ó' | 'ô' => 'o',
        'Ü' | 'Ù' | 'Ú' | 'Û' | 'ü' | 'ù' | 'ú' | 'û' => 'u',
        _ => c.to_ascii_lowercase(),
    }
}

/// Reads a reply, forgiving case, accents, punctuation and politeness.
pub fn read(text: &str) -> Reply {
    let folded: String = text.chars().map(fold).collect();
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    if matches!(words.as_slice(), ["falsche", "nummer", ..] | ["wrong", "number", ..]) {
        return Reply::WrongNumber;
    }
    let core: Vec<&str> = words.into_iter().filter(|word| !POLITE.contains(word)).collect();
    match core.as_slice() {
        [] => Reply::Unclear,
        ["keine" | "no", "mehr" | "more"] | ["opt", "out"] => Reply::Stop,
        words if words.iter().all(|word| STOP.contains(word)) => Reply::Stop,
        [word] if START.contains(word) => Reply::Start,
        [word] if INFO.contains(word) => Reply::Info,
        _ => Reply::Unclear,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stop_is_understood_however_it_is_put() {
        for text in [
            "STOP",
            "stop.",
            "Bitte stopp!",
            "STOP NOW",
            "stop sms",
            "keine sms mehr",
            "Arrêt",
            "ARRÊT",
            "Opt-out",
            "STOP STOP",
        ] {
            assert_eq!(read(text), Reply::Stop, "{text}");
        }
    }

    #[test]
    fn a_stop_inside_another_word_or_denied_is_none() {
        for text in ["Stopfen", "Nonstop", "ja, nicht stoppen", "nicht stop", "", "👍", "bitte"] {
            assert_eq!(read(text), Reply::Unclear, "{text}");
        }
    }

    #[test]
    fn the_other_words_are_understood() {
        assert_eq!(read("start"), Reply::Start);
        assert_eq!(read("Hilfe!"), Reply::Info);
        assert_eq!(read("Falsche Nummer"), Reply::WrongNumber);
    }
}
