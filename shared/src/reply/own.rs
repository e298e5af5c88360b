//! What of a reply is the person's own: without the SMS of ours that it quotes, a phone's reaction, other machines' texts
//! and what a mail program writes below.

use super::{
    class::{Class, Set},
    clause::{Clause, Word, clause},
    fold::{self, Mark, Token},
};

/// What remains.
pub(super) struct Own {
    pub text: String,
    /// Whether a machine wrote some of it.
    pub cut: bool,
}

/// Without what isn't the person's.
pub(super) fn own(text: &str) -> Own {
    if is_placeholder(text) {
        return Own { text: String::new(), cut: true };
    }
    let (text, quoted) = without_quotes(text);
    let (text, cut) = without_machines(&text);
    Own { text, cut: cut || quoted }
}

/// "(no text)": what a phone writes where nothing is.
fn is_placeholder(text: &str) -> bool {
    let text = text.trim();
    let marks = [('(', ')'), ('[', ']'), ('<', '>')];
    let inner = marks.iter().find_map(|(open, close)| text.strip_prefix(*open)?.strip_suffix(*close));
    inner.is_some_and(|inner| !clause(&fold::tokens(inner)).has(Class::Stop))
}

/// The mark that ends a quotation.
fn closing(c: char) -> Option<&'static [char]> {
    match c {
        '„' => Some(&['“', '”']),
        '“' => Some(&['”']),
        '«' => Some(&['»']),
        '»' => Some(&['«']),
        '"' => Some(&['"']),
        _ => None,
    }
}

/// Without the quotations that are of our SMS; of a reaction nothing remains.
fn without_quotes(text: &str) -> (String, bool) {
    let mut outside = String::with_capacity(text.len());
    let mut ours = false;
    let mut most = 0;
    let mut rest = text;
    while let Some((at, open, marks)) = rest.char_indices().find_map(|(at, c)| Some((at, c, closing(c)?))) {
        let (before, quoted) = rest.split_at(at);
        let quoted = quoted.get(open.len_utf8()..).unwrap_or_default();
        let (inner, after) = quoted.split_once(marks).unwrap_or((quoted, ""));
        outside.push_str(before);
        let words = fold::words(inner).len();
        if is_ours(inner, words) {
            ours = true;
            outside.push_str(" , ");
        } else {
            outside.push(' ');
            outside.push_str(inner);
            outside.push(' ');
        }
        most = most.max(words);
        rest = after;
    }
    outside.push_str(rest);
    let around = around(text);
    let reacts = most > 1 && around.as_deref().is_some_and(is_reaction);
    let forwarded = ours && most > SHORT && fold::words(&outside).is_empty() && !outside.contains(['?', '？']);
    if reacts || forwarded { (String::new(), true) } else { (outside, ours) }
}

/// Shorter quotations that are all of a text are the person's own words.
const SHORT: usize = 3;

/// What stands around the quotations, if there is one.
fn around(text: &str) -> Option<String> {
    let mut around = String::new();
    let mut rest = text;
    while let Some((at, open, marks)) = rest.char_indices().find_map(|(at, c)| Some((at, c, closing(c)?))) {
        let (before, quoted) = rest.split_at(at);
        around.push_str(before);
        around.push(' ');
        rest = quoted.get(open.len_utf8()..).and_then(|quoted| quoted.split_once(marks)).map_or("", |(_, after)| after);
    }
    around.push_str(rest);
    (around.len() < text.len()).then_some(around)
}

fn is_reaction(around: &str) -> bool {
    let words = clause(&fold::tokens(&fold::without_signs(around)));
    let emoji = around.chars().any(|c| matches!(c, '\u{2600}'..='\u{27bf}' | '\u{1f000}'..='\u{1ffff}'));
    if words.words.is_empty() { emoji } else { words.all(Set::of(&[Class::Reaction])) }
}

/// Whether a quotation is of an SMS of ours.
fn is_ours(inner: &str, words: usize) -> bool {
    let cut_off = inner.trim_end().ends_with('…') || inner.trim_end().ends_with("...");
    words > 1 && (has_link(inner) || cut_off || is_head(inner) || robot(inner).is_some())
}

fn has_link(text: &str) -> bool {
    text.contains("https://") || text.contains("http://")
}

/// Whether a line begins as our SMS do: a name, a colon, and more.
fn is_head(line: &str) -> bool {
    const LONGEST_NAME: usize = 4;
    let speaks = Set::of(&[
        Class::Stop,
        Class::Weak,
        Class::Yes,
        Class::No,
        Class::Greet,
        Class::Help,
        Class::Not,
        Class::Send,
        Class::Channel,
        Class::Start,
        Class::Ok,
        Class::Auto,
        Class::Wrong,
        Class::Sensitive,
        Class::Subject,
    ]);
    let Some((name, text)) = line.split_once(':') else { return false };
    let said = clause(&fold::tokens(name));
    let any = (1..=LONGEST_NAME).contains(&said.words.len()) && !said.any(speaks);
    any && fold::words(text).len() > SHORT
}

/// What makes a text a machine's.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Robot {
    /// It tells its reader what to answer.
    Tells,
    /// It says how to leave, as somebody might who leaves: "Abmelden: STOP".
    Names,
}

/// Whether a line tells its reader to answer; nobody says `I` there, nor "eure SMS".
fn robot(line: &str) -> Option<Robot> {
    const ANSWERS: Set = Set::of(&[Class::Call, Class::Yes, Class::No, Class::Help, Class::Stop]);
    /// As many words may stand between.
    const NEAR: usize = 4;
    let tokens = fold::tokens(line);
    let said = clause(&tokens);
    let yours = |word: &Word| word.set.has(Class::You) && word.text.starts_with("eur");
    if said.any(Set::of(&[Class::Me])) || said.words.iter().any(yours) {
        return None;
    }
    let answer = |from: usize| {
        let near = said.words.iter().skip(from).take(NEAR);
        near.into_iter().any(|word| word.set.any(ANSWERS) || word.is_number())
    };
    let told = said.words.iter().enumerate().any(|(at, word)| word.set.has(Class::Robot) && answer(at + 1));
    let equations = line.split('=').count() > 2 || line.contains("= ") && answer(0) && said.words.len() > SHORT;
    if told || equations {
        return Some(Robot::Tells);
    }
    let named = tokens.windows(3).any(|three| match three {
        [Token::Word { .. }, Token::Mark(Mark::Colon), Token::Word { text, .. }] => text == "stop",
        _ => false,
    });
    named.then_some(Robot::Names)
}

/// Without quoted lines, footers, and the texts of machines.
fn without_machines(text: &str) -> (String, bool) {
    let mut lines = Vec::new();
    for line in text.lines() {
        let line = line.trim();
        if matches!(line, "--" | "---" | "—") || is_mail_head(line) {
            break;
        }
        if !line.starts_with('>') && !is_footer(line) {
            lines.push(line);
        }
    }
    let mut cut = lines.len() < text.lines().count();
    let head = lines.iter().position(|line| is_head(line));
    let marked = |line: &&str| has_link(line) || robot(line).is_some();
    if let Some(head) = head
        && let Some(last) = lines.iter().rposition(marked).filter(|last| *last >= head)
    {
        lines.drain(head..=last);
        cut = true;
    }
    let before = lines.len();
    lines.retain(|line| {
        let tells = robot(line) == Some(Robot::Tells);
        !tells || fold::words(line).len() <= SHORT + 2 || wants(line)
    });
    cut |= lines.len() < before;
    (lines.join("\n"), cut)
}

/// Whether a line of a machine's words says what somebody wants.
fn wants(line: &str) -> bool {
    let said = clause(&fold::tokens(line));
    let robot = said.words.iter().position(|word| word.set.has(Class::Robot)).unwrap_or(0);
    said.words.iter().take(robot).any(|word| word.set.has(Class::Want))
}

fn is_footer(line: &str) -> bool {
    const LONGEST: usize = 12;
    let said: Clause = clause(&fold::tokens(line));
    let begins = said.words.iter().take(2).any(|word| word.set.has(Class::Footer));
    begins && said.words.len() <= LONGEST && !said.any(Set::of(&[Class::Stop, Class::Call, Class::Yes]))
}

/// "Am 3.5. schrieb Blattwerk:"
fn is_mail_head(line: &str) -> bool {
    line.ends_with(':') && is_footer(line)
}
