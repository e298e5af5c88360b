use super::{
    fold::words as folded,
    meaning::{Reply, Stop, Vocabulary},
    scope,
    stop_words::{ADVERTISING, ALL, MESSAGES, MORE, OFFERS, STOP, STOP_PHRASES, WEAK_STOP, WITH_STOP},
    words::{
        HELP, NEGATION, NO, NO_PHRASES, NONE, NUMBER, PLAIN_NO, POLITE, START, WEAK_YES, WITH_NO, WITH_YES, WRONG,
        WRONG_PHRASES, YES, is,
    },
};
use crate::ids::PurposeId;

/// Folded words, each with what it may mean.
struct Said<'a>(&'a [String]);

impl Said<'_> {
    fn any(&self, lists: &[&[&str]]) -> bool {
        self.0.iter().any(|word| is(word, lists))
    }

    /// Whether all words are of these lists, one at least of the first.
    fn only(&self, first: &[&str], others: &[&[&str]]) -> bool {
        self.any(&[first]) && self.0.iter().all(|word| is(word, &[first]) || is(word, others))
    }
}

fn is_number(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
}

/// With each phrase that says STOP as that word.
fn with_phrases(said: Vec<String>) -> Vec<String> {
    let mut rest = said.as_slice();
    let mut out = Vec::with_capacity(said.len());
    while let Some((first, after)) = rest.split_first() {
        let phrase = STOP_PHRASES.iter().find(|phrase| {
            rest.get(..phrase.len()).is_some_and(|words| words.iter().map(String::as_str).eq(phrase.iter().copied()))
        });
        match phrase.and_then(|phrase| rest.get(phrase.len()..)) {
            Some(after) => {
                out.push("stop".to_owned());
                rest = after;
            }
            None => {
                out.push(first.clone());
                rest = after;
            }
        }
    }
    out
}

/// The two digits of a request, and the other words; nothing where the digits are none of a request.
fn without_code(said: &[String]) -> Option<(Option<u8>, Vec<String>)> {
    let (numbers, words): (Vec<_>, Vec<_>) = said.iter().cloned().partition(|word| is_number(word));
    match numbers.as_slice() {
        [] => Some((None, words)),
        [number] if number.len() == 2 => Some((Some(number.parse().ok()?), words)),
        _ => None,
    }
}

/// Reads a reply to a number, forgiving case, accents, punctuation, emoji and politeness.
pub fn read(text: &str, vocabulary: &Vocabulary) -> Reply {
    let plain = folded(text);
    let said = with_phrases(plain.clone());
    let all = Said(&said);
    let wrong = all.any(&[WRONG]) && all.any(&[NUMBER]) && !all.any(&[NEGATION]);
    if (wrong || WRONG_PHRASES.iter().any(|phrase| said.windows(phrase.len()).any(|window| window == *phrase)))
        && !all.any(&[YES])
    {
        return Reply::WrongNumber;
    }
    if let Some(stop) = stop(&said, vocabulary) {
        return Reply::Stop(stop);
    }
    if let Some((code, rest)) = without_code(&said) {
        let rest = Said(&rest);
        if rest.only(NO, &[WITH_NO, POLITE])
            || is_no_interest(&rest)
            || NO_PHRASES.iter().any(|phrase| rest.0 == *phrase)
        {
            return Reply::No { code };
        }
        // "Ja?" asks back.
        let asks = text.contains(['?', '？', '¿']);
        if rest.only(YES, &[WITH_YES, POLITE]) && !asks {
            return Reply::Yes { code };
        }
    }
    if all.only(START, &[POLITE, MESSAGES]) {
        return Reply::Start;
    }
    if all.only(HELP, &[POLITE, MESSAGES, &["me"]]) {
        return Reply::Help;
    }
    keyword(&plain, vocabulary).map_or(Reply::Unclear, |keyword| Reply::Keyword(keyword.to_owned()))
}

/// "Kein Interesse".
fn is_no_interest(said: &Said) -> bool {
    said.only(&["interesse", "bedarf", "interested"], &[WITH_NO, POLITE]) && said.any(&[NEGATION, NONE])
}

/// What the text ends, if it ends anything.
fn stop(said: &[String], vocabulary: &Vocabulary) -> Option<Stop> {
    let all = Said(said);
    if said.iter().any(|word| is(word, &[YES]) && !is(word, &[WEAK_YES, POLITE])) {
        return None;
    }
    let rest: Vec<&str> = said
        .iter()
        .map(String::as_str)
        .filter(|word| {
            !is(word, &[STOP, WEAK_STOP, PLAIN_NO, NEGATION, NONE, MORE, MESSAGES, POLITE, WITH_STOP, WEAK_YES])
                && !is_number(word)
        })
        .collect();
    let scope = scope::of(&rest, vocabulary);
    let stops = all.any(&[STOP]);
    let denied = said.iter().position(|word| is(word, &[NEGATION, NONE]) && !is(word, &[PLAIN_NO]));
    if let Some(denied) = denied {
        // "Keine SMS mehr", "don't text me", "stop, no more texts"; but not "nicht mehr stoppen".
        let first_stop = said.iter().position(|word| is(word, &[STOP, WEAK_STOP]));
        let last_stop = said.iter().rposition(|word| is(word, &[STOP, WEAK_STOP]));
        let nothing = all.any(&[NONE]) && !all.any(&[NEGATION]);
        let about = all.any(&[MORE, MESSAGES, ADVERTISING, OFFERS]);
        let meant = match last_stop {
            None => true,
            Some(last) => first_stop == Some(0) && last < denied && nothing,
        };
        return scope.filter(|_| about && meant);
    }
    match scope {
        // "Cancel booking" is about the booking.
        Some(Stop::Purposes(ids)) if !stops && !advertise(&ids, vocabulary) => None,
        Some(scope) if stops || all.any(&[WEAK_STOP]) => Some(scope),
        None if stops => Some(scope::at_least(&rest, vocabulary)),
        _ => None,
    }
}

fn advertise(ids: &[PurposeId], vocabulary: &Vocabulary) -> bool {
    vocabulary.topics.iter().all(|topic| topic.advertises || !ids.contains(topic.id))
}

fn keyword<'a>(said: &[String], vocabulary: &Vocabulary<'a>) -> Option<&'a str> {
    let asked: Vec<&String> = said.iter().filter(|word| !is(word, &[POLITE])).collect();
    let is_asked = |keyword: &&str| !asked.is_empty() && folded(keyword).iter().eq(asked.iter().copied());
    vocabulary.keywords.iter().copied().filter(|keyword| !is_reserved(keyword)).find(is_asked)
}

/// Whether a word is taken: by a yes, a no, a STOP or another reading in any language, so that no keyword may be it.
pub fn is_reserved(word: &str) -> bool {
    const TAKEN: &[&[&str]] =
        &[YES, NO, NEGATION, NONE, STOP, WEAK_STOP, ALL, ADVERTISING, START, HELP, WRONG, NUMBER, POLITE];
    let words = folded(word);
    words.iter().any(|word| is(word, TAKEN)) || !matches!(read(word, &Vocabulary::default()), Reply::Unclear)
}
