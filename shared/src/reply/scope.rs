//! What a STOP is about.

use super::{
    fold::words as folded,
    meaning::{Stop, Topic, Vocabulary},
    stop_words::{ADVERTISING, ALL, MESSAGES, OFFERS, WITH_STOP},
    words::{POLITE, is},
};

/// What the words of a STOP name, once all is taken away that names nothing; nothing if one of them is unknown.
pub(super) fn of(rest: &[&str], vocabulary: &Vocabulary) -> Option<Stop> {
    let mut advertising = false;
    let mut everything = rest.is_empty();
    let mut named = Vec::new();
    for word in rest {
        let topics: Vec<&Topic> = vocabulary.topics.iter().filter(|topic| names(topic, word)).collect();
        if is(word, &[ALL]) {
            // "alle Angebote" are the offers.
            everything |= rest.iter().all(|word| is(word, &[ALL]));
        } else if is(word, &[ADVERTISING]) {
            advertising = true;
        } else if !topics.is_empty() {
            named.extend(topics);
        } else if is(word, &[OFFERS]) {
            advertising = true;
        } else {
            return None;
        }
    }
    Some(match (everything, advertising) {
        (true, _) => Stop::Everything,
        (_, true) if named.iter().all(|topic| topic.advertises) => Stop::Advertising,
        (_, advertising) => purposes(vocabulary, |topic| {
            named.iter().any(|named| named.id == topic.id) || advertising && topic.advertises
        }),
    })
}

/// What a text ends that sounds like a STOP: all advertising, and what else it names.
pub(super) fn at_least(rest: &[&str], vocabulary: &Vocabulary) -> Stop {
    let named = |topic: &Topic| rest.iter().any(|word| names(topic, word));
    if vocabulary.topics.iter().any(|topic| named(topic) && !topic.advertises) {
        purposes(vocabulary, |topic| topic.advertises || named(topic))
    } else {
        Stop::Advertising
    }
}

fn purposes(vocabulary: &Vocabulary, ended: impl Fn(&Topic) -> bool) -> Stop {
    Stop::Purposes(vocabulary.topics.iter().filter(|topic| ended(topic)).map(|topic| topic.id.clone()).collect())
}

fn names(topic: &Topic, word: &str) -> bool {
    /// Shorter ones join sentences: "bei", "für", "and".
    const SHORTEST: usize = 4;
    let called = |name: &String| {
        name.chars().count() >= SHORTEST && !is(name, &[POLITE, WITH_STOP, MESSAGES]) && akin(name, word)
    };
    folded(topic.id.as_str()).iter().any(|name| akin(name, word))
        || topic.names.iter().any(|name| folded(name).iter().any(called))
}

/// Whether two words are one but for their endings (`Termine`, `Terminen`), or one is what the other begins with
/// (`Termine`, `Terminerinnerungen`).
fn akin(one: &str, other: &str) -> bool {
    const ENDINGS: &[&str] = &["", "e", "n", "s", "en", "er", "es", "em", "ern", "nen", "i", "a", "o"];
    /// A shorter beginning is shared by words that have nothing else in common (`Haus`, `Haustiere`).
    const COMPOUND: usize = 6;
    if one == other {
        return true;
    }
    let shared: usize = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
    let (Some(stem), Some(a), Some(b)) = (one.get(..shared), one.get(shared..), other.get(shared..)) else {
        return false;
    };
    let ending = |end: &str| ENDINGS.contains(&end);
    let letters = stem.chars().count();
    letters >= 4 && ending(a) && ending(b) || letters >= COMPOUND && (ending(a) || ending(b))
}

#[cfg(test)]
mod tests {
    use super::akin;

    #[test]
    fn endings_part_no_words_and_chance_joins_none() {
        for (one, other) in [
            ("termine", "terminen"),
            ("termin", "termine"),
            ("termine", "terminerinnerungen"),
            ("offer", "offers"),
            ("pflanze", "pflanzen"),
            ("sms", "sms"),
        ] {
            assert!(akin(one, other) && akin(other, one), "{one} {other}");
        }
        for (one, other) in [
            ("angebote", "angeln"),
            ("haus", "haustiere"),
            ("post", "postkarten"),
            ("tag", "tage"),
            ("bestellung", "bestatigung"),
            ("rechnung", "rechte"),
            ("", "a"),
        ] {
            assert!(!akin(one, other) && !akin(other, one), "{one} {other}");
        }
    }
}
