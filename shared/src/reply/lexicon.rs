//! The words and phrases of all languages, ready to look up.

use std::{collections::HashMap, sync::LazyLock};

use super::{
    class::{Class, Set},
    lang,
    spelling::{self, Spelling},
    work,
};

/// Words between two that a phrase may leave open.
const GAP: usize = 5;
/// The shortest beginning of a word that stands for it.
const SHORTEST_STEM: usize = 3;
/// Longer ones are no words.
const LONGEST: usize = 40;
/// What words say that are known misspelt: they end something, or say what. None of them confirms.
const MISSPELT: Set = Set::of(&[
    Class::Stop,
    Class::Object,
    Class::Weak,
    Class::Halt,
    Class::Channel,
    Class::Ads,
    Class::Offer,
    Class::List,
    Class::Consent,
    Class::Annoy,
    Class::Send,
]);

/// What ends something: known with one slip of a thumb, …
const ENDS: Set = Set::of(&[Class::Stop, Class::Halt, Class::Erase]);
/// … where it has as many letters.
const SHORT: std::ops::Range<usize> = 6..spelling::LONG;
/// What words say that are known without their vowels, …
const SHORTENED: Set = Set::of(&[Class::Stop, Class::Halt, Class::Erase, Class::Channel]);
/// … from this length on.
const SHORTEST_WORD: usize = 5;

struct Part {
    /// Whether other words may stand before it.
    gap: bool,
    any: Vec<&'static str>,
}

impl Part {
    fn is(&self, word: &str) -> bool {
        work::done(self.any.len());
        self.any.iter().any(|said| said.strip_suffix('*').map_or(*said == word, |stem| word.starts_with(stem)))
    }
}

pub struct Phrase {
    pub class: Class,
    parts: Vec<Part>,
}

impl Phrase {
    fn new(class: Class, text: &'static str) -> Self {
        let mut parts = Vec::new();
        let mut gap = false;
        for part in text.split_whitespace() {
            if part == ".." {
                gap = true;
            } else {
                parts.push(Part { gap: std::mem::take(&mut gap), any: part.split('|').collect() });
            }
        }
        Self { class, parts }
    }

    /// Where its words stand, if it begins with the first of these; `free` tells whether a word is no other phrase's.
    fn places<T>(&self, words: &[T], text: impl Fn(&T) -> Option<&str>) -> Option<Vec<usize>> {
        let mut places: Vec<usize> = Vec::with_capacity(self.parts.len());
        for part in &self.parts {
            let next = places.last().map_or(0, |last| last + 1);
            let until = if part.gap { next + GAP } else { next };
            let at = (next..=until).find(|at| words.get(*at).and_then(&text).is_some_and(|word| part.is(word)))?;
            places.push(at);
        }
        Some(places)
    }
}

#[derive(Default)]
pub struct Lexicon {
    words: HashMap<&'static str, Set>,
    /// The languages that each word is of, a bit each.
    tongues: HashMap<&'static str, u16>,
    stems: HashMap<&'static str, Set>,
    phrases: HashMap<&'static str, Vec<Phrase>>,
    /// What words say that are written without their vowels: "rmv".
    skeletons: HashMap<String, Set>,
    /// Words that end something and are long enough to be known misspelt.
    endings: Vec<&'static str>,
    /// Shorter ones, that are known with one slip of a thumb.
    short: Vec<&'static str>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::new);

pub fn lexicon() -> &'static Lexicon {
    &LEXICON
}

fn add(sets: &mut HashMap<&'static str, Set>, word: &'static str, class: Class) {
    let set = sets.entry(word).or_default();
    *set = set.and(Set::of(&[class]));
}

impl Lexicon {
    fn new() -> Self {
        let mut lexicon = Self::default();
        for (language, tongue) in lang::ALL.iter().zip(0..) {
            for (class, words) in language.words {
                for word in words.split_whitespace() {
                    match word.strip_suffix('*') {
                        Some(stem) => add(&mut lexicon.stems, stem, *class),
                        None => {
                            add(&mut lexicon.words, word, *class);
                            *lexicon.tongues.entry(word).or_default() |= 1 << tongue;
                        }
                    }
                    if SHORTENED.has(*class) && word.len() >= SHORTEST_WORD && !word.ends_with('*') {
                        let set = lexicon.skeletons.entry(skeleton(word)).or_default();
                        *set = set.and(Set::of(&[*class]));
                    }
                    if ENDS.has(*class) && SHORT.contains(&word.len()) && !word.ends_with('*') {
                        lexicon.short.push(word);
                    }
                    if MISSPELT.has(*class) && word.len() >= spelling::LONG && !word.ends_with('*') {
                        lexicon.endings.push(word);
                    }
                }
            }
            for (class, phrases) in language.phrases {
                for text in phrases.split(',') {
                    let firsts = text.split_whitespace().next().unwrap_or_default().split('|');
                    for first in firsts {
                        let under = lexicon.phrases.entry(first.trim_end_matches('*')).or_default();
                        under.push(Phrase::new(*class, text));
                    }
                }
            }
        }
        lexicon
    }

    /// What a folded word says; nothing if it isn't known.
    fn known(&self, word: &str) -> Set {
        let mut set = self.words.get(word).copied().unwrap_or_default();
        for (end, _) in word.char_indices().skip(SHORTEST_STEM) {
            work::done(1);
            set = set.and(word.get(..end).and_then(|stem| self.stems.get(stem)).copied().unwrap_or_default());
        }
        set.and(self.stems.get(word).copied().unwrap_or_default())
    }

    /// What a folded word says, however its umlauts are written; misspelt, if it ends something or says what; and by
    /// its last part: "Rundnachrichten".
    pub fn look_up(&self, word: &str) -> Set {
        if word.len() > LONGEST {
            return Set::NONE;
        }
        let known = self.known(word);
        if !known.is_empty() {
            return known;
        }
        let plain = plain(word);
        let known = self.known(&plain);
        if !known.is_empty() {
            return known;
        }
        // Dialects leave the last letter out: "Aktione".
        let longer = self.known(&format!("{plain}n")).only(MISSPELT);
        let known = self.known(&without_infix(&plain)).and(longer).only(MISSPELT);
        let known = known.and(self.skeletons.get(plain.as_str()).copied().unwrap_or_default());
        if !known.is_empty() {
            return known;
        }
        if word.len() < spelling::LONG {
            let slips = self.short.iter().filter(|ending| ending.as_bytes().first() == plain.as_bytes().first());
            work::done(self.short.len());
            let slip = slips.into_iter().find(|ending| Spelling::of(&plain).is_slip(ending));
            let slip = slip.and_then(|word| self.words.get(word)).copied().unwrap_or_default().only(ENDS);
            if !slip.is_empty() || word.len() + 1 < spelling::LONG {
                return slip;
            }
        }
        work::done(self.endings.len());
        // `anmelden` is no misspelt `abmelden`.
        let begins = |ending: &str| !(plain.starts_with("an") && ending.starts_with("ab"));
        let near = self.endings.iter().find(|ending| begins(ending) && Spelling::of(&plain).is_near(ending));
        let near = near.and_then(|word| self.words.get(word)).copied().unwrap_or_default().only(MISSPELT);
        if near.is_empty() { self.head(&plain) } else { near }
    }

    /// What the last part of a compound says.
    fn head(&self, word: &str) -> Set {
        /// Shorter ones are chance.
        const SHORTEST: usize = 5;
        const HEADS: Set = Set::of(&[Class::Channel, Class::Ads, Class::Offer, Class::List]);
        let tails = word.char_indices().skip(SHORTEST_STEM).filter_map(|(at, _)| word.get(at..));
        let mut known = tails.filter(|tail| tail.len() >= SHORTEST).map(|tail| self.known(tail).only(HEADS));
        known.find(|set| !set.is_empty()).unwrap_or_default()
    }

    /// The words of one language that somebody wrote as one, if one of them refuses something and none says yes:
    /// "keinesmsmehr".
    pub fn parted<'a>(&self, word: &'a str) -> Option<Vec<&'a str>> {
        /// Shorter ones are chance.
        const SHORTEST: usize = 6;
        const FEWEST: usize = 2;
        const REFUSES: Set = Set::of(&[Class::Stop, Class::Not, Class::Nothing, Class::Ads]);
        const NEVER: Set = Set::of(&[Class::Yes, Class::Ok, Class::Foreign]);
        if !(SHORTEST..=LONGEST).contains(&word.len()) || !word.is_ascii() {
            return None;
        }
        // The fewest words that reach each place, by the last of them.
        let mut best: Vec<Option<(usize, usize)>> = vec![None; word.len() + 1];
        if let Some(first) = best.first_mut() {
            *first = Some((0, 0));
        }
        for end in FEWEST..=word.len() {
            for start in 0..=end - FEWEST {
                work::done(1);
                let Some((count, _)) = best.get(start).copied().flatten() else { continue };
                let set = word.get(start..end).and_then(|part| self.words.get(part)).copied().unwrap_or_default();
                let fewer = best.get(end).copied().flatten().is_none_or(|(least, _)| count + 1 < least);
                if !set.is_empty()
                    && !set.any(NEVER)
                    && fewer
                    && let Some(place) = best.get_mut(end)
                {
                    *place = Some((count + 1, start));
                }
            }
        }
        let mut parts = Vec::new();
        let mut end = word.len();
        while end > 0 {
            let (_, start) = best.get(end).copied().flatten()?;
            parts.push(word.get(start..end)?);
            end = start;
        }
        parts.reverse();
        let refuses = parts.iter().any(|part| self.words.get(part).is_some_and(|set| set.any(REFUSES)));
        let tongues = parts.iter().filter_map(|part| self.tongues.get(part)).fold(u16::MAX, |one, other| one & other);
        // Many short ones are chance.
        let long = parts.len() * SHORTEST_STEM < word.len();
        (parts.len() > 1 && refuses && long && tongues != 0).then_some(parts)
    }

    /// The longest phrase of such a class that begins with the first of these words, and where its words stand.
    pub fn phrase<T>(
        &self,
        words: &[T],
        text: impl Fn(&T) -> Option<&str> + Copy,
        is: impl Fn(Class) -> bool,
    ) -> Option<(Class, Vec<usize>)> {
        let first = words.first().and_then(text).filter(|first| first.len() <= LONGEST)?;
        let stems = first.char_indices().map(|(at, _)| at).skip(SHORTEST_STEM).filter_map(|end| first.get(..end));
        let candidates = stems.chain([first]).filter_map(|begin| self.phrases.get(begin)).flatten();
        let candidates = candidates.filter(|phrase| is(phrase.class));
        let found = candidates.filter_map(|phrase| Some((phrase.class, phrase.places(words, text)?)));
        found.max_by_key(|(_, places)| (places.len(), places.last().copied()))
    }
}

/// Without vowels, if three letters remain.
fn skeleton(word: &str) -> String {
    let rest: String = word.chars().filter(|c| !matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')).collect();
    if rest.len() >= SHORTEST_STEM { rest } else { word.to_owned() }
}

/// Without what German puts between a verb and its beginning: `abzumelden` and `abgemeldet` are `abmelden`, `abmeldet`.
fn without_infix(word: &str) -> String {
    const BEGINNINGS: [&str; 14] =
        ["zuruck", "herunter", "heraus", "runter", "raus", "rein", "weg", "ab", "an", "auf", "aus", "ein", "los", "zu"];
    for begin in BEGINNINGS {
        let rest =
            word.strip_prefix(begin).and_then(|rest| rest.strip_prefix("zu").or_else(|| rest.strip_prefix("ge")));
        if let Some(rest) = rest.filter(|rest| rest.len() >= SHORTEST_STEM) {
            return format!("{begin}{rest}");
        }
    }
    word.to_owned()
}

/// Without what is written for umlauts: `hoert` is `hort`.
pub fn plain(word: &str) -> String {
    word.replace("ae", "a").replace("oe", "o").replace("ue", "u")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reply::folded;

    #[test]
    fn the_languages_are_written_as_replies_are_read() {
        for language in lang::ALL {
            let words = language.words.iter().flat_map(|(_, words)| words.split_whitespace());
            let phrases = language.phrases.iter().flat_map(|(_, phrases)| phrases.split([' ', ',', '|']));
            for word in words.chain(phrases).map(|word| word.trim_end_matches('*')) {
                assert!(word.is_empty() || word == ".." || folded(word) == [word], "{word}");
            }
        }
    }

    #[test]
    fn what_ends_is_known_misspelt_and_what_confirms_is_not() {
        let lexicon = lexicon();
        for word in ["abmelen", "abbestelen", "unsubcribe", "unsubscirbe", "wiederrufe", "aufhoeren"] {
            assert!(lexicon.look_up(word).has(Class::Stop), "{word}");
        }
        for word in ["anmelden", "anmeldung", "bestellen", "subscribe", "stopfen", "vermelden"] {
            assert!(!lexicon.look_up(word).has(Class::Stop), "{word}");
        }
        for word in ["jes", "jaw", "einverstannden", "confrim", "agre", "acept"] {
            assert!(!lexicon.look_up(word).has(Class::Yes), "{word}");
        }
    }

    #[test]
    fn words_are_known_by_their_parts() {
        let lexicon = lexicon();
        for (word, class) in [
            ("rundnachrichten", Class::Channel),
            ("handywerbung", Class::Ads),
            ("kundenverteiler", Class::List),
            ("aktione", Class::Offer),
            ("abzuschalten", Class::Halt),
            ("rmv", Class::Halt),
            ("narichten", Class::Channel),
        ] {
            assert!(lexicon.look_up(word).has(class), "{word}");
        }
        for (word, parts) in [
            ("keinewerbungmehr", ["keine", "werbung", "mehr"].as_slice()),
            ("nomoretexts", &["no", "more", "texts"]),
            ("bitteabmelden", &["bitte", "abmelden"]),
        ] {
            assert_eq!(lexicon.parted(word).as_deref(), Some(parts), "{word}");
        }
        for word in ["jaklar", "niemandem", "endivie", "stopfen", "jawohlbitte", "okstop"] {
            assert_eq!(lexicon.parted(word), None, "{word}");
        }
    }
}
