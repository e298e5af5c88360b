//! What a clause says of the number and of the person's data.

use super::{
    class::{Class, Set},
    clause::Clause,
    meaning::Reply,
    wish::{is_denied, is_question},
};

/// Says that the number is somebody else's.
pub(super) fn is_wrong_number(clause: &Clause) -> bool {
    /// As many words part "Nummer" from "falsch".
    const NEAR: usize = 2;
    if clause.has(Class::Foreign) || is_question(clause) {
        return false;
    }
    let wrong = clause.places(Class::Wrong).any(|wrong| {
        let near = clause.places(Class::Number).any(|number| number.abs_diff(wrong) <= NEAR);
        near && !is_denied(clause, wrong)
    });
    let other = clause.has(Class::Other) && clause.any(Set::of(&[Class::Number, Class::Me, Class::You]));
    let asks = clause.any(Set::of(&[Class::Want, Class::Request, Class::Send, Class::Value]));
    wrong || clause.has(Class::Gone) || other && !asks || is_somebody_else(clause)
}

/// "Ich bin nicht Petra"
fn is_somebody_else(clause: &Clause) -> bool {
    /// A longer text says more than a name.
    const LONGEST: usize = 3;
    clause.places(Class::NotMe).any(|at| {
        let until = clause.words.get(at).map_or(at, |word| word.until.max(at));
        let names = clause.after(until);
        let titled =
            names.first().is_some_and(|word| matches!(word.text.as_str(), "frau" | "herr" | "mr" | "mrs" | "ms"));
        let name = names.first().is_some_and(|word| word.capital && !word.is_known());
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
