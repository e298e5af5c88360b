//! What a clause says of the number and of the person's data.

use super::{
    class::{Class, Set},
    clause::{Clause, Word},
    meaning::Reply,
    spelling::Spelling,
    wish::{is_denied, is_question},
};

/// Says that the number is somebody else's.
pub(super) fn is_wrong_number(clause: &Clause) -> bool {
    /// As many words part "Nummer" from "falsch".
    const NEAR: usize = 2;
    if clause.has(Class::Foreign) || is_question(clause) {
        return false;
    }
    let wrong = misspelt(clause, Class::Wrong, &["falsche", "falsch", "wrong"]);
    let numbers = misspelt(clause, Class::Number, &["nummer", "number"]);
    let known = clause.has(Class::Wrong) || clause.has(Class::Number);
    let wrong = wrong.iter().any(|wrong| {
        let near = numbers.iter().any(|number| number.abs_diff(*wrong) <= NEAR);
        near && known && !is_denied(clause, *wrong)
    });
    let other = clause.has(Class::Other) && clause.any(Set::of(&[Class::Number, Class::Me, Class::You]));
    let asks = clause.any(Set::of(&[Class::Want, Class::Request, Class::Send, Class::Value]));
    wrong
        || clause.has(Class::Gone)
        || is_no_longer(clause)
        || is_family(clause)
        || other && !asks
        || is_somebody_else(clause)
}

/// "Das ist nicht mehr das Handy von Frau Busch", "eine Petra kenne ich nicht"
fn is_no_longer(clause: &Clause) -> bool {
    const OF: [&str; 8] = ["von", "van", "of", "de", "di", "do", "til", "fra"];
    let denied = clause.any(Set::of(&[Class::Not, Class::Nothing]));
    let named = |word: &Word| word.capital && !word.is_known();
    let name = |pair: &[Word]| match pair {
        [title, name] => named(name) && (title.set.has(Class::Title) || OF.contains(&title.text.as_str())),
        _ => false,
    };
    let theirs = clause.words.windows(2).any(name) && clause.has(Class::Number) && clause.has(Class::Is);
    let unknown = clause.has(Class::Know) && clause.has(Class::Me) && clause.words.iter().skip(1).any(named);
    denied && (theirs || unknown)
}

/// "Die Nummer meines Bruders", "my brother's number"
fn is_family(clause: &Clause) -> bool {
    /// As many words stand between.
    const NEAR: usize = 5;
    let mine = |at: usize| clause.before(at).next().is_some_and(|word| word.set.any(Set::of(&[Class::Me])));
    let near = |at: usize| {
        let before = clause.before(at).take(NEAR).any(|word| word.set.has(Class::Number));
        let owner = clause.after(at).first().is_some_and(|word| word.text == "s");
        before || owner && clause.after(at).iter().take(2).any(|word| word.set.has(Class::Number))
    };
    let family = clause.places(Class::Family).any(|at| mine(at) && near(at));
    let asks = clause.any(Set::of(&[Class::Want, Class::Request]));
    family && !asks && !clause.words.iter().any(Word::is_number)
}

/// Where words of a class stand, or nearly one of these.
fn misspelt(clause: &Clause, class: Class, words: &[&str]) -> Vec<usize> {
    let near = |text: &str| words.iter().any(|word| Spelling::of(text).is_slip(word));
    let found = clause.words.iter().enumerate();
    let found = found.filter(|(_, word)| word.set.has(class) || !word.is_known() && near(&word.text));
    found.map(|(at, _)| at).collect()
}

/// "Ich bin nicht Petra", "Nicht Petra"
fn is_somebody_else(clause: &Clause) -> bool {
    /// A longer text says more than a name.
    const LONGEST: usize = 3;
    let named = |word: &Word| word.capital && !word.is_known();
    let short = matches!(clause.words.as_slice(), [not, name] if (not.set.has(Class::After) || not.text == "not") && named(name));
    short
        || clause.places(Class::NotMe).any(|at| {
            let until = clause.words.get(at).map_or(at, |word| word.until.max(at));
            let names = clause.after(until);
            // "die Resi"
            let names =
                names.split_first().filter(|(first, _)| first.set.has(Class::Article)).map_or(names, |(_, rest)| rest);
            let titled =
                names.first().is_some_and(|word| matches!(word.text.as_str(), "frau" | "herr" | "mr" | "mrs" | "ms"));
            let name = names.first().is_some_and(named);
            (titled || name) && names.len() <= LONGEST
        })
}

/// Wants the data deleted.
pub(super) fn erases(clause: &Clause) -> bool {
    // "Ich habe Ihre Daten gelöscht" was done.
    let wants = clause.has(Class::Want) || clause.has(Class::Request);
    let denied = clause.places(Class::Erase).all(|at| {
        let done = clause.words.get(at).is_some_and(|word| word.set.has(Class::Done));
        is_denied(clause, at) || done && clause.has(Class::Past) && !wants
    });
    clause.has(Class::Data) && !denied && !is_question(clause) && !clause.has(Class::Foreign)
}

/// Objects to advertising, or to the use of data.
pub(super) fn objects(clause: &Clause) -> bool {
    const TO: Set = Set::of(&[Class::Ads, Class::Data, Class::Number, Class::Channel, Class::Consent]);
    if is_question(clause) || clause.has(Class::Foreign) && !clause.any(TO) {
        return false;
    }
    let object = clause.places(Class::Object).any(|at| !is_denied(clause, at));
    object || clause.has(Class::Oppose) && clause.any(TO)
}

/// Asks for a copy of the data, or where they are from; or who writes.
pub(super) fn asks(said: &[Clause]) -> Option<Reply> {
    let access = said.iter().any(|clause| clause.has(Class::Access) && !clause.has(Class::Foreign));
    access.then_some(Reply::Access)
}
