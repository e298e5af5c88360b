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
    /// Who says more speaks of somebody.
    const LONGEST: usize = 5;
    let names = clause.words.iter().filter(|word| !word.is_known()).count();
    let short = names == 1 && clause.words.len() <= LONGEST && clause.words.iter().skip(1).any(named);
    let unknown = clause.has(Class::Know) && clause.has(Class::Me) && short;
    denied && (theirs || unknown)
}

/// "Die Nummer meines Bruders", "my brother's number"
fn is_family(clause: &Clause) -> bool {
    /// As many words stand between.
    const NEAR: usize = 5;
    let mine = |at: usize| clause.before(at).next().is_some_and(|word| word.set.any(Set::of(&[Class::Me])));
    let near = |at: usize| {
        let before = clause.before(at).take(NEAR).any(|word| word.set.has(Class::Number));
        before || clause.after(at).iter().take(2).any(|word| word.set.has(Class::Number))
    };
    let family = clause.places(Class::Family).any(|at| mine(at) && near(at));
    let does = Set::of(&[Class::Want, Class::Request, Class::Send, Class::Resume, Class::Halt, Class::Erase]);
    let says = clause.has(Class::Is) || clause.has(Class::Past) && !clause.words.iter().any(is_writer);
    family && says && clause.is_known() && !clause.any(does) && !clause.words.iter().any(Word::is_number)
}

/// "ich", who acts.
fn is_writer(word: &Word) -> bool {
    word.set.has(Class::Me) && word.set.has(Class::Subject) && word.text != "mir"
}

/// Where words of a class stand, or nearly one of these.
fn misspelt(clause: &Clause, class: Class, words: &[&str]) -> Vec<usize> {
    let near = |text: &str| words.iter().any(|word| Spelling::of(text).is_slip(word));
    let found = clause.words.iter().enumerate();
    let found = found.filter(|(_, word)| word.set.has(class) || !word.is_known() && near(&word.text));
    found.map(|(at, _)| at).collect()
}

/// "Ich bin nicht Petra"
fn is_somebody_else(clause: &Clause) -> bool {
    /// A longer text says more than a name.
    const LONGEST: usize = 3;
    let named = |word: &Word| word.capital && !word.is_known();
    let says = |text: &str| clause.words.iter().any(|word| word.text == text);
    // "I bin ned die Resi", and not "ich bin nicht die Chefin"
    let standard = says("bin") && says("nicht");
    clause.places(Class::NotMe).any(|at| {
        let names = clause.after(clause.words.get(at).map_or(at, |word| word.until.max(at)));
        let article = names.split_first().filter(|(first, _)| first.set.has(Class::Article) && !standard);
        let names = article.map_or(names, |(_, rest)| rest);
        let name = names.first().is_some_and(|word| word.set.has(Class::Title) || named(word));
        name && names.len() <= LONGEST
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
