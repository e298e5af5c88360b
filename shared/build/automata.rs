//! Sets of digit strings, given by patterns, and questions about all of their members at once.

use std::collections::{HashSet, VecDeque};

use regex_automata::{
    Anchored,
    dfa::{Automaton, StartKind, dense},
    nfa::thompson,
    util::{primitives::StateID, start, syntax},
};

/// No number is longer than 17 digits in the metadata; one more shows that a pattern is bounded.
const LONGEST: usize = 18;

/// The digit strings that some patterns match in full.
pub struct Language(dense::DFA<Vec<u32>>);

impl Language {
    /// What any of `patterns` matches; nothing, if there is none.
    pub fn new(patterns: impl IntoIterator<Item = String>) -> Self {
        let any: Vec<_> = patterns.into_iter().map(|pattern| format!("(?:{pattern})$")).collect();
        let automaton = dense::Builder::new()
            .configure(dense::Config::new().start_kind(StartKind::Anchored))
            .syntax(syntax::Config::new().unicode(false).utf8(false))
            .thompson(thompson::Config::new().utf8(false))
            .build_many(&any)
            .expect("the metadata's patterns are regular expressions");
        Self(automaton)
    }

    /// Whether a member begins with `start`.
    pub fn begins(&self, start: &str) -> bool {
        let step = |state, byte: u8| self.0.next_state(state, byte);
        !self.0.is_dead_state(start.bytes().fold(self.start(), step))
    }

    /// A member that is not in `other`.
    pub fn word_outside(&self, other: &Self) -> Option<String> {
        find(&[self, other], |_, is| is == [true, false])
    }

    /// A member that is in `other` too, and not in `except`.
    pub fn word_within(&self, other: &Self, except: Option<&Self>) -> Option<String> {
        match except {
            None => find(&[self, other], |_, is| is == [true, true]),
            Some(except) => find(&[self, other, except], |_, is| is == [true, true, false]),
        }
    }

    /// A member whose length is none of `lengths`.
    pub fn word_of_other_length(&self, lengths: &[u16]) -> Option<String> {
        find(&[self], |length, is| is == [true] && !lengths.iter().any(|&known| usize::from(known) == length))
    }

    fn start(&self) -> StateID {
        let start = start::Config::new().anchored(Anchored::Yes);
        self.0.start_state(&start).expect("no look-behind in these patterns")
    }

    fn accepts(&self, state: StateID) -> bool {
        self.0.is_match_state(self.0.next_eoi_state(state))
    }
}

/// The first member of the first language for which `wanted` holds, given its length and which of
/// the languages have it. All languages are walked in step, each combination of states once.
fn find(languages: &[&Language], wanted: impl Fn(usize, &[bool]) -> bool) -> Option<String> {
    let mut seen = HashSet::new();
    let start: Vec<_> = languages.iter().map(|language| language.start()).collect();
    let mut queue = VecDeque::from([(String::new(), start)]);
    while let Some((word, states)) = queue.pop_front() {
        let is: Vec<_> = languages.iter().zip(&states).map(|(language, state)| language.accepts(*state)).collect();
        if wanted(word.len(), &is) {
            return Some(word);
        }
        for digit in '0'..='9' {
            let step = |(language, state): (&&Language, &StateID)| language.0.next_state(*state, digit as u8);
            let next: Vec<_> = languages.iter().zip(&states).map(step).collect();
            let alive =
                languages.first().zip(next.first()).is_some_and(|(first, state)| !first.0.is_dead_state(*state));
            if alive && word.len() < LONGEST && seen.insert((word.len() + 1, next.clone())) {
                queue.push_back((format!("{word}{digit}"), next));
            }
        }
    }
    None
}
