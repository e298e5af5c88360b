//! Whether a clause wants out.

use super::{
    class::{Class, Set},
    clause::{Clause, Word},
};

/// What a clause says of leaving.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wish {
    None,
    /// It asks about it, or speaks of it under a condition.
    Asked,
    /// Doesn't want it.
    Denied,
    Wanted,
    /// Sounds so: "STOP?"
    Likely,
}

/// What we send, whatever it is called.
const OURS: Set = Set::of(&[Class::Channel, Class::Ads, Class::Offer]);
/// What makes a clause one about us, whatever else it names.
const ABOUT_US: Set = OURS.and(Set::of(&[Class::List, Class::Consent]));
const MINOR: Set = Set::of(&[
    Class::Filler,
    Class::Polite,
    Class::Kind,
    Class::Greet,
    Class::Subject,
    Class::Is,
    Class::And,
    Class::But,
    Class::Want,
    Class::Request,
    Class::Me,
    Class::Close,
    Class::Doubt,
    Class::Ok,
    Class::Yes,
    Class::No,
    Class::Anger,
    Class::Article,
    Class::Short,
]);

/// What a clause says of leaving.
pub(super) fn wish(clause: &Clause) -> Wish {
    let denied = stops(clause).any(|at| is_denied(clause, at));
    let wants = stops(clause).any(|at| !is_denied(clause, at) && !is_foreign(clause, at))
        || !denied && (ends(clause) || wants_no_more(clause) || wants_none(clause));
    let conditional = begins_with(clause, Class::If);
    if denied && !wants {
        // "Wenn ihr nicht aufhört, …", "Warum hört ihr nicht auf zu schreiben?", "Könnt ihr nicht aufhören?"
        let about = clause.any(ABOUT_US.and(Set::of(&[Class::Send])));
        let asks = clause.words.iter().any(|word| matches!(word.text.as_str(), "bitte" | "please" | "pls"));
        let chides = clause.any(Set::of(&[Class::Reproach, Class::Request])) && !asks && !clause.has(Class::Foreign);
        let demands = (conditional || is_question(clause)) && about || chides;
        return if demands { Wish::Likely } else { Wish::Denied };
    }
    match (wants, conditional || is_question(clause)) {
        (false, false) if sends_away(clause) => Wish::Likely,
        (false, _) => Wish::None,
        (true, true) if clause.words.len() == 1 || reproaches(clause) => Wish::Likely,
        (true, true) => Wish::Asked,
        (true, false) => Wish::Wanted,
    }
}

fn stops(clause: &Clause) -> impl Iterator<Item = usize> {
    clause.places(Class::Stop)
}

/// Whether a clause begins with a word of a class, politeness aside.
pub(super) fn begins_with(clause: &Clause, class: Class) -> bool {
    const BEGINNING: usize = 2;
    let polite = Set::of(&[Class::Polite, Class::Greet, Class::But, Class::And]);
    let begins = clause.words.iter().filter(|word| word.set.has(class) || !word.set.any(polite)).take(BEGINNING);
    begins.into_iter().any(|word| word.set.has(class))
}

/// "Warum schreibt ihr mir trotz STOP?"
fn reproaches(clause: &Clause) -> bool {
    let sends = clause.any(Set::of(&[Class::Send, Class::Channel]));
    // "Wann hört das endlich auf?"
    let known = clause.is_known() && !clause.has(Class::Me);
    clause.has(Class::Reproach) && (clause.has(Class::Me) && sends || known) && !clause.has(Class::Foreign)
}

/// A word that asks stands near the beginning, a verb that does is the first.
fn asks_at_once(clause: &Clause) -> bool {
    // "Quiero que …"
    let joins = |at: usize| clause.before(at).next().is_some_and(|word| word.set.has(Class::Want));
    if clause.places(Class::Ask).next().is_some_and(joins) {
        return false;
    }
    let phrase = clause.places(Class::Ask).any(|at| clause.words.get(at).is_some_and(|word| word.until > at));
    let before = clause.places(Class::Ask).next().unwrap_or(0);
    let first = clause.before(before).all(|word| word.set.any(Set::of(&[Class::Polite, Class::Greet, Class::But])));
    begins_with(clause, Class::Ask) && (!phrase || first)
}

pub(super) fn is_question(clause: &Clause) -> bool {
    // "STOP, ok?"
    let last = clause.words.last().is_some_and(|word| word.set.any(Set::of(&[Class::Yes, Class::No, Class::Ok])));
    let tag = last && clause.words.first().is_some_and(|word| word.set.has(Class::Call));
    let requests = clause.any(Set::of(&[Class::Request, Class::Anger])) || tag;
    asks_at_once(clause) && !requests || clause.asked && !clause.loud && !requests
}

/// Whether a negation belongs to the word that wants out.
pub(super) fn is_denied(clause: &Clause, at: usize) -> bool {
    /// As many words may stand between a negation and its verb.
    const BETWEEN: usize = 2;
    let not = |word: &Word| word.set.any(Set::of(&[Class::Not, Class::Nothing]));
    let light = Set::of(&[Class::Filler, Class::Polite, Class::More, Class::Want, Class::Kind, Class::WithNo]);
    let before: Vec<&Word> = clause.before(at).take(BETWEEN + 1).collect();
    let gap = before.iter().take_while(|word| !not(word) && word.set.any(light)).count();
    let call = clause.words.get(at).is_some_and(|word| matches!(word.text.as_str(), "stop" | "stopp"));
    if let Some(found) = before.get(gap).filter(|word| not(word)) {
        // "Das will ich nicht stop": the negation is of another verb. "No stop": no negation at all.
        let other = call
            && found.set.has(Class::After)
            && clause.words.iter().take_while(|word| !not(word)).any(|word| word.set.has(Class::Subject));
        let plain_no = found.set.has(Class::No) && !found.set.has(Class::Not);
        if !other && !plain_no {
            return true;
        }
    }
    let until = clause.words.get(at).map_or(at, |word| word.until.max(at));
    let inside = clause.words.get(at + 1..until).unwrap_or_default();
    inside.iter().any(|word| not(word) && !word.set.has(Class::Filler)) || is_denied_behind(clause, until)
}

/// "Stoppt die Werbung nicht"
fn is_denied_behind(clause: &Clause, at: usize) -> bool {
    let after = clause.after(at);
    let Some(not) = after.iter().position(|word| word.set.has(Class::After) || word.text == "pas") else {
        return false;
    };
    let between = after.get(..not).unwrap_or_default();
    let rest = after.get(not + 1..).unwrap_or_default();
    let light = Set::of(&[Class::Filler, Class::Polite, Class::Me]).and(OURS);
    let subject = Set::of(&[Class::Past, Class::Want]);
    // "Stop ich nicht" is no sentence, and "widerspreche ich nicht" is one.
    let call = clause.words.get(at).is_some_and(|word| word.set.has(Class::Call));
    let own = |word: &Word| call && matches!(word.text.as_str(), "ich" | "i");
    between.iter().all(|word| word.set.any(light) && !word.set.any(subject) && !own(word))
        && rest.iter().all(|word| word.set.any(Set::of(&[Class::More, Class::Polite, Class::Filler, Class::Kind])))
        && !rest.iter().any(|word| word.set.any(OURS.and(Set::of(&[Class::Send]))))
}

/// "At a stop light", "I have to stop on the street", "we will stop the trial": a STOP that is of another sort.
fn is_noun(clause: &Clause, at: usize) -> bool {
    /// Before a place, or another thing.
    const BEFORE: [&str; 13] = ["in", "bei", "am", "an", "im", "at", "by", "near", "a", "on", "and", "auf", "vor"];
    const MUST: [&str; 12] =
        ["have", "had", "got", "gotta", "will", "must", "should", "muss", "mussen", "mussten", "maste", "ma"];
    const WE: [&str; 4] = ["we", "wir", "vi", "nous"];
    /// As many words may stand between.
    const NEAR: usize = 3;
    let is = |word: &Word, words: &[&str]| words.contains(&word.text.as_str());
    let call = clause.words.get(at).is_some_and(|word| is(word, &["stop", "stopp", "stoppa", "stoppen"]));
    let last = clause.before(at).next();
    if call && last.is_some_and(|word| is(word, &["one", "last", "next"])) {
        return true;
    }
    if !call || clause.is_known() {
        return false;
    }
    let article = |word: &Word| word.set.has(Class::Article) || is(word, &["a", "the", "un", "el"]);
    let acts = |word: &Word| is(word, &WE) || word.set.has(Class::Me) && word.set.has(Class::Subject);
    let must = clause.before(at).take(NEAR).any(|word| is(word, &MUST)) && clause.words.iter().any(acts);
    let of_us = clause.any(ABOUT_US.and(Set::of(&[Class::Send])));
    let stands = at > 0 && clause.after(at).first().is_some_and(|word| is(word, &BEFORE));
    stands || last.is_some_and(article) || must && !of_us
}

/// Whether it is another thing that is to end: an order, an appointment.
fn is_foreign(clause: &Clause, at: usize) -> bool {
    if is_noun(clause, at) {
        return true;
    }
    let last = clause.after(at).iter().all(|word| word.set.any(MINOR));
    let call = clause.words.get(at).is_some_and(|word| word.set.has(Class::Call));
    // "STOP Termine", where the number serves them.
    let named = call && clause.has(Class::Named) && clause.before(at).all(|word| word.set.any(MINOR));
    let phrase = clause.words.get(at).is_some_and(|word| word.until > at);
    // "Ich musste mein Auto abmelden"
    let must = clause.has(Class::Past) || clause.words.iter().any(|word| word.text.starts_with("muss"));
    let thing = (!call || must && last && at > 0) && !phrase && names_a_thing(clause);
    // "Die Lieferung abbestellen"
    let ordered = |pair: &[Word]| match pair {
        [article, noun] => article.set.has(Class::Article) && noun.set.has(Class::Foreign),
        _ => false,
    };
    let of_thing = clause.words.windows(2).any(ordered);
    let us = clause.any(ABOUT_US) || named || call && last && at > 0 && !of_thing && !thing;
    (clause.has(Class::Foreign) || thing) && !us
}

/// "Meinen Strauß abbestellen": what isn't known and isn't of ours.
fn names_a_thing(clause: &Clause) -> bool {
    let thing = |pair: &[Word]| match pair {
        [article, noun] => article.set.has(Class::Article) && noun.capital && !noun.is_known(),
        _ => false,
    };
    clause.words.windows(2).any(thing) && !clause.any(Set::of(&[Class::Data, Class::Number, Class::Send]))
}

/// "Ende", "cancel my subscription": a word that ends something, beside nothing but us.
fn ends(clause: &Clause) -> bool {
    let beside = MINOR.and(ABOUT_US).and(Set::of(&[
        Class::Weak,
        Class::Halt,
        Class::Nothing,
        Class::Interest,
        Class::Done,
        Class::More,
        Class::All,
        Class::Number,
        Class::Send,
        Class::Data,
        Class::Away,
        Class::Not,
        Class::Help,
        Class::Told,
    ]));
    if clause.places(Class::Halt).any(|at| !is_denied(clause, at)) && halts_us(clause) {
        return true;
    }
    let weak = clause.places(Class::Weak).chain(clause.places(Class::Halt)).any(|at| !is_denied(clause, at));
    weak && !clause.has(Class::When)
        && clause.all(beside)
        && (!clause.has(Class::Foreign) || clause.any(ABOUT_US))
        && !is_past(clause)
}

/// "Bitte beenden Sie den SMS-Versand": whatever else it says, it is about us.
fn halts_us(clause: &Clause) -> bool {
    /// "Nummer raus" says whose.
    const FEW: usize = 3;
    let mine = clause.has(Class::Number) && (clause.has(Class::Me) || clause.words.len() <= FEW);
    let about = ABOUT_US.and(Set::of(&[Class::Named]));
    (clause.any(about) || mine && !clause.has(Class::Foreign))
        && !clause.any(Set::of(&[Class::Past, Class::Done]))
        && (!clause.has(Class::Foreign) || clause.any(Set::of(&[Class::Ads, Class::List, Class::Consent])))
}

/// Speaks of what was: "ich habe keine SMS mehr bekommen".
pub(super) fn is_past(clause: &Clause) -> bool {
    clause.has(Class::Past) && clause.has(Class::Got) && !clause.has(Class::Want)
}

/// "I don't want to bother you", "ihr nervt nicht": nobody is asked to leave it.
pub(super) fn spares(clause: &Clause) -> bool {
    let told = clause.words.first().is_some_and(|word| word.set.has(Class::Subject));
    if told && clause.words.iter().any(|word| word.set.has(Class::Annoy)) && clause.words.len() <= 4 {
        return true;
    }
    let acts = clause.words.iter().any(|word| word.set.has(Class::Me) && word.set.has(Class::Subject));
    let you = clause.has(Class::You) || clause.words.iter().any(|word| word.text == "sie");
    acts && clause.has(Class::Annoy) && you && !clause.has(Class::More)
}

/// "Don't send the samples again": a thing that isn't known.
fn sends_a_thing(clause: &Clause) -> bool {
    let thing = |pair: &[Word]| match pair {
        [article, noun] => matches!(article.text.as_str(), "the" | "a" | "la" | "el" | "il" | "le") && !noun.is_known(),
        _ => false,
    };
    clause.words.windows(2).any(thing) && !clause.any(OURS)
}

/// "Brauche ich nicht mehr": says not what.
pub(super) fn is_bare(clause: &Clause) -> bool {
    let what =
        ABOUT_US.and(Set::of(&[Class::Stop, Class::Weak, Class::Halt, Class::Send, Class::Interest, Class::You]));
    !clause.any(what)
}

/// "keine SMS mehr", "nicht mehr schreiben"
fn wants_no_more(clause: &Clause) -> bool {
    let not = clause.has(Class::Not);
    let nothing = clause.has(Class::Nothing);
    if spares(clause) || sends_a_thing(clause) {
        return false;
    }
    if !(not || nothing) || !clause.has(Class::More) || is_past(clause) || clause.has(Class::Miss) {
        return false;
    }
    let about = clause.any(OURS);
    let sends = clause.has(Class::Send);
    let foreign = clause.has(Class::Foreign) && !about;
    let alone = clause.all(MINOR.and(Set::of(&[Class::Not, Class::Nothing, Class::More, Class::Told])))
        && (nothing || clause.words.len() <= 6)
        && !clause.words.iter().any(|word| word.set.has(Class::Is) && !word.set.has(Class::Filler));
    let interest = clause.has(Class::Interest);
    let naught = clause.has(Class::Naught) && clause.has(Class::Want);
    !foreign
        && (nothing && (about || sends)
            || not && (sends || clause.has(Class::Want) && about)
            || alone
            || interest
            || naught)
}

/// "Keine Werbung", "ich will keine SMS", "bitte nicht anschreiben"
fn wants_none(clause: &Clause) -> bool {
    const NEAR: usize = 3;
    let reverses = clause.has(Class::Miss) || spares(clause);
    let later = clause.has(Class::When) && !clause.any(OURS);
    if clause.limits || reverses || later || is_past(clause) || clause.has(Class::Foreign) && !clause.any(OURS) {
        return false;
    }
    let wants = clause.has(Class::Want);
    let states = clause.words.iter().any(|word| word.set.has(Class::Is) && !word.set.has(Class::Me));
    let none_of_ours = clause.places(Class::Nothing).any(|at| {
        let near = clause.after(at).iter().take(NEAR);
        near.into_iter().any(|word| word.set.any(OURS))
    });
    let known = clause.is_known() && !clause.has(Class::Past);
    let none = none_of_ours && (wants || known && !states && !clause.has(Class::Foreign));
    let refuses = clause.has(Class::Not) && wants && clause.any(OURS) && !states;
    let quiet = MINOR.and(OURS).and(Set::of(&[Class::Not, Class::Send, Class::Number]));
    let sends = clause.has(Class::Not)
        && clause.has(Class::Send)
        && !clause.has(Class::Yes)
        && clause.all(quiet)
        && (wants || !clause.has(Class::Me) || clause.words.iter().any(|word| word.text == "mir"));
    none || refuses || sends
}

fn sends_away(clause: &Clause) -> bool {
    clause.has(Class::Away) && !clause.has(Class::Foreign)
}
