//! What counts only where nothing else is said: a yes, a no, a START, a call for help, thanks.

use super::{
    class::{Class, Set},
    clause::{Clause, Word},
    meaning::Reply,
    wish::is_question,
};

fn words(said: &[Clause]) -> impl Iterator<Item = &Word> + Clone {
    said.iter().flat_map(|clause| &clause.words)
}

/// Wants SMS again.
pub(super) fn resumes(clause: &Clause) -> bool {
    let against = Set::of(&[Class::Not, Class::Nothing, Class::Foreign, Class::If]);
    clause.has(Class::Resume) && !clause.any(against) && !is_question(clause)
}

/// START, HELP, and who asks who writes.
pub(super) fn help(said: &[Clause]) -> Option<Reply> {
    let quiet = Set::of(&[Class::Polite, Class::Greet, Class::Channel]);
    let starts = words(said).any(|word| word.set.has(Class::Start))
        && words(said).all(|word| word.set.any(quiet.and(Set::of(&[Class::Start]))));
    if starts {
        return Some(Reply::Start);
    }
    let calls = |clause: &Clause| {
        let beside = quiet.and(Set::of(&[Class::Help, Class::Me, Class::Filler]));
        clause.has(Class::Help) && clause.all(beside) && !clause.has(Class::Foreign)
    };
    let asks_who = |clause: &Clause| clause.has(Class::Who) && !clause.has(Class::Foreign);
    if said.iter().any(asks_who) {
        return Some(Reply::Help);
    }
    let words = said.iter().filter(|clause| calls(clause)).flat_map(|clause| &clause.words);
    let mut called = words.filter(|word| word.set.has(Class::Help)).peekable();
    called.peek()?;
    Some(if called.all(|word| word.set.has(Class::Info)) { Reply::Info } else { Reply::Help })
}

/// A yes or a no, that all its words are of.
pub(super) fn answer(said: &[Clause]) -> Option<Reply> {
    if said.iter().any(|clause| clause.asked || is_question(clause)) {
        return None;
    }
    let code = code(said)?;
    if is_no(said) {
        return Some(Reply::No { code });
    }
    is_yes(said).then_some(Reply::Yes { code })
}

/// The two digits of a request; nothing where the numbers are none of a request.
fn code(said: &[Clause]) -> Option<Option<u8>> {
    let mut numbers = words(said).filter(|word| word.is_number() && !word.is_known());
    match (numbers.next(), numbers.next()) {
        (None, _) => Some(None),
        (Some(number), None) if number.text.len() == 2 => Some(Some(number.text.parse().ok()?)),
        _ => None,
    }
}

fn is_no(said: &[Clause]) -> bool {
    const BESIDE: Set = Set::of(&[
        Class::No,
        Class::WithNo,
        Class::Disown,
        Class::Interest,
        Class::Not,
        Class::Nothing,
        Class::Polite,
        Class::Greet,
        Class::Filler,
    ]);
    let safe = words(said).all(|word| word.is_number() || word.set.any(BESIDE) && !word.set.has(Class::Foreign));
    let says = words(said).any(|word| word.set.any(Set::of(&[Class::No, Class::Disown])));
    let denies = said.iter().any(|clause| {
        let interest = clause.has(Class::Interest);
        (interest || clause.has(Class::Yes)) && clause.any(Set::of(&[Class::Not, Class::Nothing]))
    });
    // "Nein doch ja" is neither.
    let yes = said.iter().any(|clause| {
        clause.places(Class::Yes).any(|at| !clause.before(at).any(|word| word.set.any(Set::of(&[Class::Not]))))
    });
    safe && (says || denies) && !yes
}

fn is_yes(said: &[Clause]) -> bool {
    const BESIDE: Set = Set::of(&[Class::Yes, Class::Ok, Class::WithYes, Class::Polite, Class::Greet]);
    const AGAINST: Set = Set::of(&[
        Class::Not,
        Class::Nothing,
        Class::No,
        Class::Stop,
        Class::Weak,
        Class::Wrong,
        Class::If,
        Class::But,
        Class::Doubt,
        Class::Foreign,
        Class::Robot,
    ]);
    let safe = words(said).all(|word| word.is_number() || word.set.any(BESIDE) && !word.set.any(AGAINST));
    // "Ja, bekommen": what came is no wish.
    let came = words(said).any(|word| word.set.any(Set::of(&[Class::Send, Class::Got])))
        && !words(said).any(|word| word.set.has(Class::Want));
    let yes = words(said).position(|word| word.set.has(Class::Yes));
    // "Ja, ja"
    let mut said_yes = words(said).filter(|word| word.set.has(Class::Yes)).map(|word| &word.text);
    let doubled = said_yes.next().is_some_and(|first| said_yes.any(|other| other == first));
    // "Ja hallo": as one picks up a phone.
    let hello = words(said)
        .skip(yes.unwrap_or(0))
        .any(|word| word.set.has(Class::Greet) && !word.set.any(Set::of(&[Class::Polite, Class::WithYes])));
    let ok = words(said).all(|word| word.set.has(Class::Ok) || word.is_number());
    safe && !came && !doubled && (yes.is_some() && !hello || ok && words(said).any(|word| word.set.has(Class::Ok)))
}

/// Thanks, praise and the like, and nothing else.
pub(super) fn is_kind(said: &[Clause]) -> bool {
    const KIND: Set = Set::of(&[Class::Kind, Class::Polite, Class::Greet]);
    let beside = KIND.and(Set::of(&[Class::Filler, Class::Ok, Class::Doubt]));
    let asked = said.iter().any(is_question);
    let against = Set::of(&[Class::Not, Class::Nothing, Class::No, Class::Yes]);
    let plain = |word: &Word| word.set.any(beside) && (!word.set.any(against) || word.set.has(Class::Kind));
    !asked && words(said).all(plain) && words(said).any(|word| word.set.any(KIND))
}
