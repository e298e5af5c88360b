//! What sounds like wanting out, though no clause says so in words that we know to mean it: it ends the advertising.
//!
//! A wish to leave is said in more ways than any list has. What they share is of a few kinds, each of which is a class of
//! words: a wish, a use or a sending that is denied; something of ours, or the person, that is to be taken away; enough,
//! too much, quiet; anger at who writes. A kind counts where it is about us, and never where it is about another thing,
//! under a condition, or beside a yes or praise.

use super::{
    class::{Class, Set},
    clause::{Clause, Word},
    spelling::Spelling,
    wish::{Wish, begins_with, is_bare, is_denied, is_past, is_question, spares, wish},
};

/// Points at what was said or sent: "das".
const POINTS: [&str; 16] =
    ["das", "des", "dit", "es", "it", "this", "that", "ca", "questo", "eso", "esto", "dat", "to", "bu", "det", "dette"];
/// What somebody can, or can't.
const CAN: [&str; 8] = ["cant", "cannot", "can", "kann", "peux", "posso", "puedo", "kan"];
/// What we send.
const OURS: Set = Set::of(&[Class::Channel, Class::Ads, Class::Offer]);
/// Us, and what people are on.
const US: Set = OURS.and(Set::of(&[Class::You, Class::List, Class::Consent]));

/// Whether a reply, of which nothing else is known, sounds like wanting out.
pub(super) fn sounds(said: &[Clause]) -> bool {
    // A machine's words are about it; law is for a human (L34).
    let others = said.iter().any(|clause| clause.any(Set::of(&[Class::Robot, Class::Resume])));
    let law = said.iter().flat_map(|clause| &clause.words).any(is_law);
    // "Werbung nein, Termine ja"
    let other = Set::of(&[Class::Channel, Class::Named]);
    let yes = said.iter().any(|clause| clause.has(Class::Yes) && !clause.any(other));
    let denied = said.iter().any(|clause| wish(clause) == Wish::Denied);
    if others || law || denied {
        return false;
    }
    let elsewhere = said.iter().any(|clause| is_elsewhere(clause) || clause.has(Class::When));
    let plain = !elsewhere && said.iter().all(|clause| clause.is_known());
    said.iter().enumerate().filter(|(_, clause)| !clause.has(Class::Keep)).any(|(at, clause)| {
        let last = at + 1 == said.len() && clause.is_known() && !clause.has(Class::When);
        let other = elsewhere && is_bare(clause);
        loud(clause, plain) || !yes && !other && (softly(clause, plain || last) || is_slip(clause))
    })
}

/// Speaks of law, and not only of spam.
fn is_law(word: &Word) -> bool {
    let plain =
        Set::of(&[Class::Annoy, Class::Insult, Class::Fed, Class::Often, Class::Consent, Class::Send]).and(OURS);
    word.set.has(Class::Sensitive) && !word.set.any(plain)
}

/// Whether a clause is about another thing than us.
pub(super) fn is_elsewhere(clause: &Clause) -> bool {
    // "von eurem Laden"
    let yours = |pair: &[Word]| match pair {
        [your, thing] => your.set.has(Class::You) && !your.set.has(Class::Subject) && thing.set.has(Class::Foreign),
        _ => false,
    };
    let idioms = clause.places(Class::Fed).filter_map(|at| Some(at..=clause.words.get(at)?.until));
    let idioms: Vec<_> = idioms.collect();
    let foreign = clause.places(Class::Foreign).filter(|at| !idioms.iter().any(|idiom| idiom.contains(at)));
    let foreign = foreign.filter(|at| clause.words.get(*at).is_some_and(|word| !word.set.any(OURS))).count();
    let yours = clause.words.windows(2).filter(|pair| yours(pair)).count();
    foreign > yours
}

/// "Den Ficus": a thing that isn't known.
fn names_another(clause: &Clause) -> bool {
    clause.words.iter().skip(1).any(|word| word.capital && !word.is_known())
}

/// Whether it is about us; "these" alone is, and "these flies" aren't.
fn is_about_us(clause: &Clause) -> bool {
    let mut words = clause.words.iter().peekable();
    while let Some(word) = words.next() {
        let points = word.text == "these" && words.peek().is_some_and(|next| !next.is_known());
        if word.set.any(US) && !points {
            return true;
        }
    }
    false
}

/// Anger, enough: said in questions, too.
fn loud(clause: &Clause, plain: bool) -> bool {
    if is_elsewhere(clause) || begins_with(clause, Class::If) {
        return false;
    }
    let us = is_about_us(clause);
    let asked = is_question(clause);
    if clause.has(Class::Insult) || clause.has(Class::Fed) && (!asked || us) {
        return !clause.has(Class::Praise) || clause.has(Class::Fed);
    }
    if names_another(clause) && !us {
        return false;
    }
    let often = clause.has(Class::Often) && clause.any(OURS.and(Set::of(&[Class::Send]))) && !clause.has(Class::Want);
    let points = |word: &Word| POINTS.contains(&word.text.as_str());
    let short = clause.is_known() && clause.words.iter().any(points) && !clause.has(Class::When);
    let annoyed = !asked && (us || plain || short) && clause.places(Class::Annoy).any(|at| !is_denied(clause, at));
    // "Interessiert mich einen Scheiß"
    let worth = clause.has(Class::Annoy) && clause.has(Class::Value) && !asked && !clause.has(Class::Not);
    let quiet = clause.places(Class::Quiet).any(|at| clause.words.get(at).is_some_and(|word| plain || word.until > at));
    !clause.has(Class::Praise) && (often || annoyed || quiet || worth)
}

/// A wish, a use or a sending denied; something taken away.
fn softly(clause: &Clause, plain: bool) -> bool {
    if is_elsewhere(clause) || is_question(clause) || begins_with(clause, Class::If) || clause.limits {
        return false;
    }
    let us = is_about_us(clause) || !names_another(clause);
    takes_away(clause) || leaves(clause) || us && (denies(clause, plain) || has_enough(clause) || turns_off(clause))
}

/// "Eure Nachrichten lese ich nicht"
fn denies(clause: &Clause, plain: bool) -> bool {
    /// "Werbung, nein danke"
    const SHORT: usize = 4;
    const ADS: Set = Set::of(&[Class::Ads, Class::Offer]);
    const WISH: Set = Set::of(&[Class::Want, Class::Interest, Class::Consent]);
    let not = clause.any(Set::of(&[Class::Not, Class::Nothing, Class::No]));
    if !not || is_past(clause) || clause.any(Set::of(&[Class::Miss, Class::When, Class::Wrong])) || spares(clause) {
        return false;
    }
    // "Nicht vor 10"
    if clause.words.iter().any(Word::is_number) {
        return false;
    }
    let all = clause.is_known();
    let about = clause.any(OURS.and(Set::of(&[Class::List, Class::Consent, Class::More])))
        || clause.has(Class::You) && (all || clause.has(Class::Naught))
        || plain && !clause.has(Class::Number);
    let no = clause.words.iter().any(|word| word.set.has(Class::No) && word.until > 0);
    let refused = no && clause.any(ADS) && !clause.has(Class::Past);
    // "Angebote nicht mehr", "keine Anrufe mehr auf dieses Handy"
    let of_us = clause.any(OURS) || clause.has(Class::Nothing) && clause.has(Class::Number);
    let no_more = of_us && clause.has(Class::More) && !clause.any(Set::of(&[Class::Is, Class::Past]));
    let annoys = clause.has(Class::Annoy) && clause.has(Class::Not) && all;
    let none = clause.words.len() <= SHORT && clause.any(ADS) && clause.is_known();
    // "I can't read the message": it fails.
    let fails = clause.words.iter().any(|word| CAN.contains(&word.text.as_str()));
    let values = clause.has(Class::Value) && !fails && (!clause.has(Class::Past) || clause.has(Class::Nothing));
    let wish = clause.any(WISH) || values;
    // "Escribirme" says whom.
    let me = |word: &Word| word.set.has(Class::Send) && ["me", "mi", "moi"].iter().any(|end| word.text.ends_with(end));
    let whom = clause.any(US.and(Set::of(&[Class::Me, Class::Number]))) || clause.words.iter().any(me);
    // "I would never ring this number": it is the writer who won't.
    let acts = clause.words.iter().any(|word| word.set.has(Class::Me) && word.set.has(Class::Subject));
    let gets = clause.any(Set::of(&[Class::Want, Class::Got]));
    let sends = clause.has(Class::Send) && whom && !came(clause) && (!acts || gets);
    wish && about || sends || annoys || no_more || refused || none && !clause.has(Class::Is)
}

/// "Habe nichts erhalten": what came, or didn't.
fn came(clause: &Clause) -> bool {
    clause.has(Class::Got) && !clause.any(Set::of(&[Class::Want, Class::More])) || clause.has(Class::Past)
}

/// "Schmeißt mich da raus"
fn takes_away(clause: &Clause) -> bool {
    const TAKES: Set = Set::of(&[Class::Halt, Class::Drop, Class::Erase]);
    const TAKEN: Set = OURS.and(Set::of(&[Class::Number, Class::List, Class::Consent]));
    let takes = clause.words.iter().enumerate().any(|(at, word)| word.set.any(TAKES) && !is_denied(clause, at));
    let me = |word: &Word| word.set.has(Class::Me) && !word.set.has(Class::Article) && !is_subject(word);
    let me = clause.words.iter().any(me);
    let blocks = clause.has(Class::Drop) && clause.has(Class::You);
    let taken = me || (clause.any(TAKEN) || blocks) && !names_another(clause);
    takes && taken && (!clause.has(Class::Past) || clause.has(Class::Told))
}

/// "Voglio uscire"
fn leaves(clause: &Clause) -> bool {
    let known = clause.is_known();
    let denied = clause.any(Set::of(&[Class::Not, Class::Nothing, Class::When]));
    clause.has(Class::Off) && clause.has(Class::Want) && known && !denied
}

/// Who acts, not whom it is done to.
fn is_subject(word: &Word) -> bool {
    word.set.has(Class::Subject) && word.text != "mir"
}

/// "SMS aus"
fn turns_off(clause: &Clause) -> bool {
    const LONGEST: usize = 5;
    const THING: Set = OURS.and(Set::of(&[Class::List]));
    let off = clause.words.last().is_some_and(|word| word.set.has(Class::Off));
    off && clause.words.len() <= LONGEST && clause.any(THING) && !clause.any(Set::of(&[Class::Is, Class::Past]))
}

/// "Genug von euch"
fn has_enough(clause: &Clause) -> bool {
    let all = clause.is_known();
    let about = clause.any(OURS.and(Set::of(&[Class::Annoy, Class::Send])));
    let enough = |at: usize| {
        let of_us = all && clause.after(at).iter().any(|word| word.set.any(US));
        !is_denied(clause, at) && (about || of_us)
    };
    clause.places(Class::Weak).any(enough) && !is_past(clause)
}

/// A word that is nearly STOP, beside what we do.
fn is_slip(clause: &Clause) -> bool {
    let beside = OURS.and(Set::of(&[Class::Send, Class::Me, Class::Polite]));
    let slip = |word: &Word| !word.is_known() && Spelling::of(&word.text).is_slip("stop");
    clause.words.iter().any(slip) && clause.any(beside) && !is_elsewhere(clause) && !is_question(clause)
}
