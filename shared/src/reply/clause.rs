//! Clauses: what a negation, a question and a condition are about.

use super::{
    class::{Class, SOUNDS, Set},
    fold::{self, Mark, Token},
    lexicon::{self, lexicon},
};

#[derive(Debug, Clone)]
pub(super) struct Word {
    pub text: String,
    /// With umlauts as people write them who have none on their keyboard: "hoert" is "hort".
    plain: String,
    pub set: Set,
    pub capital: bool,
    /// Whether it is part of a phrase.
    taken: bool,
    /// The place of the last word of the phrase that it begins.
    pub until: usize,
}

impl Word {
    pub fn is_number(&self) -> bool {
        self.text.starts_with(|c: char| c.is_ascii_digit())
    }

    pub fn is_known(&self) -> bool {
        !self.set.is_empty()
    }
}

/// What a phrase says besides what its words say; any other says it in their place.
const ADDS: Set = Set::of(&[
    Class::Yes,
    Class::WithYes,
    Class::No,
    Class::Disown,
    Class::NotMe,
    Class::Robot,
    Class::Footer,
    Class::Reaction,
    Class::Access,
    Class::Oppose,
    Class::Keep,
    Class::Sensitive,
    Class::Filler,
    Class::Offer,
    Class::Request,
    Class::Ask,
]);

/// What a word still says within a phrase: what it is about.
const REMAINS: Set =
    Set::of(&[Class::Ads, Class::Offer, Class::Me, Class::Fed, Class::Insult, Class::Quiet, Class::Often]);

#[derive(Debug, Clone, Default)]
pub(super) struct Clause {
    pub words: Vec<Word>,
    /// Whether a question mark ends it.
    pub asked: bool,
    /// Whether an exclamation mark does, too.
    pub loud: bool,
    /// Whether it limits a yes before it: "ja, aber …".
    pub limits: bool,
}

impl Clause {
    pub fn any(&self, set: Set) -> bool {
        self.words.iter().any(|word| word.set.any(set))
    }

    pub fn has(&self, class: Class) -> bool {
        self.any(Set::of(&[class]))
    }

    pub fn all(&self, set: Set) -> bool {
        self.words.iter().all(|word| word.set.any(set))
    }

    /// Whether each of its words is known.
    pub fn is_known(&self) -> bool {
        self.words.iter().all(Word::is_known)
    }

    /// Where words of a class stand.
    pub fn places(&self, class: Class) -> impl Iterator<Item = usize> {
        self.words.iter().enumerate().filter(move |(_, word)| word.set.has(class)).map(|(at, _)| at)
    }

    /// The words before a place, the nearest first.
    pub fn before(&self, at: usize) -> impl Iterator<Item = &Word> {
        self.words.get(..at).unwrap_or_default().iter().rev()
    }

    pub fn after(&self, at: usize) -> &[Word] {
        self.words.get(at + 1..).unwrap_or_default()
    }

    /// With each phrase as its first word.
    fn with_phrases(mut self) -> Self {
        const NEAR: usize = 4;
        for at in 0..self.words.len() {
            if let Some((class, places)) = self.phrase(at, |class| SOUNDS.has(class)) {
                self.add(class, at, &places);
            }
        }
        for at in 0..self.words.len() {
            let Some((class, places)) = self.phrase(at, |class| !SOUNDS.has(class)) else { continue };
            // "nie wieder schreiben"
            let denied = self.before(at).take(NEAR).any(|word| word.set.any(Set::of(&[Class::Not, Class::Nothing])));
            if class == Class::Resume && denied {
                continue;
            }
            if class == Class::Stop && self.is_preposition(at + places.last().unwrap_or(&0)) {
                continue;
            }
            if ADDS.has(class) {
                self.add(class, at, &places);
                continue;
            }
            // A phrase of erasure says of what.
            let says = if class == Class::Erase { Set::of(&[Class::Erase, Class::Data]) } else { Set::of(&[class]) };
            for place in &places {
                if let Some(word) = self.words.get_mut(at + place) {
                    word.taken = true;
                    word.until = at + places.last().unwrap_or(place);
                    let says = if *place == 0 { says } else { Set::of(&[Class::Filler]) };
                    word.set = says.and(word.set.only(REMAINS));
                }
            }
        }
        self
    }

    /// The longest phrase of such a class that begins at a place, however its umlauts are written.
    fn phrase(&self, at: usize, is: impl Fn(Class) -> bool + Copy) -> Option<(Class, Vec<usize>)> {
        let rest = self.words.get(at..).unwrap_or_default();
        let found = lexicon().phrase(rest, |word| (!word.taken).then_some(word.plain.as_str()), is);
        found.or_else(|| lexicon().phrase(rest, |word| (!word.taken).then_some(word.text.as_str()), is))
    }

    /// "Meld dich ab 5", "hör auf deine Mutter": what parts a verb in German also stands before a thing.
    fn is_preposition(&self, at: usize) -> bool {
        const PARTS: [&str; 3] = ["ab", "auf", "aus"];
        let what = Set::of(&[Class::Channel, Class::Ads, Class::Offer, Class::Send, Class::List, Class::Annoy]);
        let parts = self.words.get(at).is_some_and(|word| PARTS.contains(&word.text.as_str()));
        let thing = self.words.get(at + 1).is_some_and(|next| {
            let whose = next.set.has(Class::Article) || next.set.has(Class::You) && !next.set.has(Class::Subject);
            next.is_number() || whose || next.capital && !next.is_known()
        });
        let to = self.words.iter().any(|word| word.text == "zu");
        parts && thing && !to && !self.any(what)
    }

    /// Lets a phrase say something besides what its words say.
    fn add(&mut self, class: Class, at: usize, places: &[usize]) {
        if let Some(word) = self.words.get_mut(at) {
            word.set = word.set.and(Set::of(&[class]));
            word.until = word.until.max(at + places.last().unwrap_or(&0));
        }
    }
}

/// The words as one clause.
pub(super) fn clause(tokens: &[Token]) -> Clause {
    let words = joined(tokens).into_iter().filter_map(|token| match token {
        Token::Word { text, capital } => Some(word(text, capital)),
        Token::Mark(_) => None,
    });
    Clause { words: words.collect(), ..Clause::default() }.with_phrases()
}

/// The words that stand in an unknown one.
fn parted(text: &str) -> Option<Vec<String>> {
    let parts = lexicon().look_up(text).is_empty().then(|| lexicon().parted(text))??;
    Some(parts.into_iter().map(str::to_owned).collect())
}

fn word(text: String, capital: bool) -> Word {
    let set = lexicon().look_up(&text);
    let plain = if set.is_empty() { lexicon::plain(&text) } else { text.clone() };
    Word { text, plain, set, capital, taken: false, until: 0 }
}

/// The clauses of a text.
pub(super) fn clauses(text: &str) -> Vec<Clause> {
    let tokens = without_asides(joined(&fold::tokens(text)));
    let mut splitting = Splitting::default();
    let mut rest = tokens.into_iter().peekable();
    while let Some(token) = rest.next() {
        match token {
            Token::Word { text, capital } => {
                if let Some(parts) = parted(&text) {
                    parts.into_iter().for_each(|part| splitting.word(word(part, capital), None));
                    continue;
                }
                let next = rest.peek().and_then(|next| match next {
                    Token::Word { text, .. } => Some(lexicon().look_up(text)),
                    Token::Mark(_) => None,
                });
                splitting.word(word(text, capital), next);
            }
            Token::Mark(Mark::Period) if splitting.abbreviates() && matches!(rest.peek(), Some(Token::Word { .. })) => {
            }
            Token::Mark(mark) => splitting.mark(mark, rest.peek()),
        }
    }
    splitting.end();
    let mut agreed = false;
    let clauses = splitting.clauses.into_iter().map(Clause::with_phrases).map(|mut clause| {
        clause.limits = agreed && clause.words.first().is_some_and(|word| word.set.has(Class::But));
        agreed |= clause.has(Class::Yes);
        clause
    });
    clauses.collect()
}

#[derive(Default)]
struct Splitting {
    clauses: Vec<Clause>,
    current: Clause,
}

impl Splitting {
    fn end(&mut self) {
        if !self.current.words.is_empty() {
            self.clauses.push(std::mem::take(&mut self.current));
        }
    }

    /// Whether the last word is an abbreviation.
    fn abbreviates(&self) -> bool {
        self.current.words.last().is_some_and(|last| last.set.has(Class::Short))
    }

    fn word(&mut self, word: Word, next: Option<Set>) {
        /// Nobody says more in one breath; what is done for each pair of a clause's words takes linear time so.
        const LONGEST: usize = 60;
        /// Begins a clause of its own behind "und".
        const BEGINS: Set = Set::of(&[
            Class::Subject,
            Class::Not,
            Class::Nothing,
            Class::Stop,
            Class::Request,
            Class::Polite,
            Class::Past,
            Class::Weak,
        ]);
        let joins = word.set.has(Class::And) && next.is_some_and(|next| next.any(BEGINS));
        // "Stop ich will nicht mehr"
        let called = self.current.words.last().is_some_and(|last| last.set.has(Class::Call));
        let own = called && word.set.has(Class::Subject) && next.is_some_and(|next| !next.is_empty());
        // "Wer ist denn da?"
        let goes_on = word.set.has(Class::Filler) && self.current.has(Class::Ask);
        if word.set.has(Class::But) && !goes_on || joins || own || self.current.words.len() >= LONGEST {
            self.end();
        }
        self.current.words.push(word);
    }

    fn mark(&mut self, mark: Mark, next: Option<&Token>) {
        let target = if self.current.words.is_empty() { self.clauses.last_mut() } else { Some(&mut self.current) };
        match (mark, target) {
            (Mark::Question, Some(clause)) => clause.asked = true,
            (Mark::Exclamation, Some(clause)) => clause.loud = true,
            _ => {}
        }
        let goes_on = mark == Mark::Comma
            && matches!(next, Some(Token::Word { text, .. }) if lexicon().look_up(text).has(Class::That));
        // "Bitte löschen: Termin 3"
        const TOPICS: Set = Set::of(&[Class::Weak, Class::Halt, Class::Erase, Class::Ads, Class::Offer]);
        let names = mark == Mark::Colon && self.current.any(TOPICS);
        if !goes_on && !names {
            self.end();
        }
    }
}

/// Without the parentheses around one word: "nicht (mehr) einverstanden" is one clause.
fn without_asides(tokens: Vec<Token>) -> Vec<Token> {
    let aside = |at: usize| {
        let three = (tokens.get(at), tokens.get(at + 1), tokens.get(at + 2));
        matches!(three, (Some(Token::Mark(Mark::Open)), Some(Token::Word { .. }), Some(Token::Mark(Mark::Close))))
    };
    let part = |at: usize| aside(at) || at.checked_sub(2).is_some_and(aside);
    let kept: Vec<bool> = (0..tokens.len()).map(|at| !part(at)).collect();
    tokens.into_iter().zip(kept).filter(|(_, kept)| *kept).map(|(token, _)| token).collect()
}

/// With letters that stand apart as the word that they make: `S T O P`.
fn joined(tokens: &[Token]) -> Vec<Token> {
    /// As few letters make a word; two do where nothing else stands there.
    const FEWEST: usize = 3;
    fn letter(token: &Token) -> Option<&str> {
        match token {
            Token::Word { text, .. }
                if text.chars().count() == 1 && !text.starts_with(|c: char| c.is_ascii_digit()) =>
            {
                Some(text)
            }
            _ => None,
        }
    }
    let all = tokens.iter().all(|token| letter(token).is_some() || matches!(token, Token::Mark(_)));
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut rest = tokens;
    while let Some(first) = rest.first() {
        let apart = |token: &&Token| letter(token).is_some() || matches!(token, Token::Mark(Mark::Period));
        let length = if letter(first).is_some() { rest.iter().take_while(apart).count() } else { 0 };
        let run = rest.get(..length).unwrap_or_default();
        let word: String = run.iter().filter_map(letter).collect();
        let letters = word.chars().count();
        if letters >= FEWEST || all && letters == 2 {
            out.push(Token::Word { text: word, capital: false });
            rest = rest.get(run.len()..).unwrap_or_default();
        } else {
            out.push(first.clone());
            rest = rest.get(1..).unwrap_or_default();
        }
    }
    out
}
