//! What a STOP is about.

use super::{
    class::{Class, Set},
    clause::{Clause, Word},
    fold::words as folded,
    lexicon::lexicon,
    meaning::{Stop, Topic, Vocabulary},
    work,
};

/// What the clause of a STOP names.
pub(super) fn of(clause: &Clause, vocabulary: &Vocabulary, names: &Names) -> Stop {
    let said = |class: Class| clause.has(class);
    let named: Vec<&Topic> = clause.words.iter().flat_map(|word| names.named(word)).collect();
    let advertising = said(Class::Ads) || said(Class::Away);
    let offers = said(Class::Offer);
    if said(Class::All) && !advertising && !offers && named.is_empty() {
        return Stop::Everything;
    }
    // Words of another thing's beside what it names, "stop Termine am Montag": whatever it is, advertising ends too.
    let more =
        named.iter().any(|topic| !topic.advertises) && objects(clause).any(|word| names.named(word).next().is_none());
    if advertising || offers && named.is_empty() || more {
        let others = named.iter().filter(|topic| !topic.advertises).count();
        return if others == 0 {
            Stop::Advertising
        } else {
            purposes(vocabulary, |topic| topic.advertises || named.iter().any(|named| named.id == topic.id))
        };
    }
    if !named.is_empty() {
        // "Bitte alles stoppen, auch die Termin-SMS"
        return purposes(vocabulary, |topic| named.iter().any(|named| named.id == topic.id));
    }
    let unknown =
        clause.places(Class::Call).any(|at| clause.after(at).iter().any(|word| !word.is_known() && !word.is_number()));
    if unknown && at_the_start(clause) { Stop::Advertising } else { Stop::Everything }
}

fn at_the_start(clause: &Clause) -> bool {
    clause.words.first().is_some_and(|word| word.set.has(Class::Call))
}

/// What a STOP may be about: no words of a sentence's frame.
fn objects(clause: &Clause) -> impl Iterator<Item = &Word> {
    const FRAME: Set = Set::of(&[
        Class::Stop,
        Class::Weak,
        Class::Filler,
        Class::Polite,
        Class::All,
        Class::Not,
        Class::Nothing,
        Class::More,
        Class::Channel,
        Class::Send,
        Class::And,
        Class::Want,
        Class::Subject,
        Class::Offer,
        Class::Ads,
        Class::Ok,
        Class::Yes,
        Class::No,
        Class::Kind,
    ]);
    clause.words.iter().filter(|word| (word.set.has(Class::Foreign) || !word.set.any(FRAME)) && !word.is_number())
}

fn purposes(vocabulary: &Vocabulary, ended: impl Fn(&Topic) -> bool) -> Stop {
    Stop::Purposes(vocabulary.topics.iter().filter(|topic| ended(topic)).map(|topic| topic.id.clone()).collect())
}

/// Words that name nothing, in a name or a reply.
const NAMELESS: Set = Set::of(&[Class::Filler, Class::Polite, Class::Send, Class::Stop]);

/// The words that name each purpose.
pub(super) struct Names<'a>(Vec<(&'a Topic<'a>, Vec<String>)>);

impl<'a> Names<'a> {
    pub fn of(vocabulary: &'a Vocabulary<'a>) -> Self {
        /// Shorter ones join sentences: "bei", "für", "and".
        const SHORTEST: usize = 4;
        // "SMS" names no purpose, and "Terminerinnerungen" does.
        let frames = |name: &String| lexicon().look_up(name).any(NAMELESS) || PLAIN_CHANNEL.contains(&name.as_str());
        let names = |topic: &Topic| {
            let called = topic.names.iter().flat_map(|name| folded(name));
            let called = called.filter(|name| name.chars().count() >= SHORTEST && !frames(name));
            folded(topic.id.as_str()).into_iter().chain(called).collect()
        };
        Self(vocabulary.topics.iter().map(|topic| (topic, names(topic))).collect())
    }

    /// The purposes that a word names.
    pub fn named(&self, word: &Word) -> impl Iterator<Item = &'a Topic<'a>> {
        let topics = self.0.iter().filter(|(_, names)| {
            work::done(names.len());
            !word.set.any(NAMELESS) && names.iter().any(|name| akin(name, &word.text))
        });
        topics.map(|(topic, _)| *topic)
    }
}

const PLAIN_CHANNEL: &[&str] = &["sms", "text", "texts", "message", "messages", "nachricht", "nachrichten"];
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
