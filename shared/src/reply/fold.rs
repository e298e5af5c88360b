//! Words without what people vary: case, accents, emoji, letters that nobody sees.

use super::work;

/// A letter without case and accents. By hand: the tables of all of Unicode are 12 KB of the edge's bundle. It knows
/// the letters of the languages in `words`.
fn letter(c: char) -> &'static str {
    match c {
        'À'..='Å' | 'à'..='å' | 'Ā'..='ą' => "a",
        'Æ' | 'æ' => "ae",
        'Ç' | 'ç' | 'Ć'..='č' => "c",
        'Ď'..='đ' | 'Ð' | 'ð' => "d",
        'È'..='Ë' | 'è'..='ë' | 'Ē'..='ě' => "e",
        'Ĝ'..='ģ' => "g",
        'Ĥ'..='ħ' => "h",
        'Ì'..='Ï' | 'ì'..='ï' | 'Ĩ'..='ı' => "i",
        'Ķ' | 'ķ' => "k",
        'Ĺ'..='ł' => "l",
        'Ñ' | 'ñ' | 'Ń'..='ň' => "n",
        'Ò'..='Ö' | 'Ø' | 'ò'..='ö' | 'ø' | 'Ō'..='ő' => "o",
        'Œ' | 'œ' => "oe",
        'Ŕ'..='ř' => "r",
        'Ś'..='š' | 'Ș' | 'ș' => "s",
        'ß' | 'ẞ' => "ss",
        'Ţ'..='ŧ' | 'Ț' | 'ț' => "t",
        'Ù'..='Ü' | 'ù'..='ü' | 'Ũ'..='ų' => "u",
        'Ý' | 'ý' | 'ÿ' | 'Ŷ'..='Ÿ' => "y",
        'Ź'..='ž' => "z",
        'Ά' | 'ά' => "α",
        'Έ' | 'έ' => "ε",
        'Ή' | 'ή' => "η",
        'Ί' | 'ί' | 'ϊ' | 'ΐ' => "ι",
        'Ό' | 'ό' => "ο",
        'Ύ' | 'ύ' => "υ",
        'Ώ' | 'ώ' => "ω",
        'ς' => "σ",
        _ => "",
    }
}

/// The small letter of scripts whose capitals stand at a fixed distance, and full-width forms as plain ones.
fn small(c: char) -> char {
    let moved = |by: i64| u32::try_from(i64::from(u32::from(c)) + by).ok().and_then(char::from_u32).unwrap_or(c);
    match c {
        'Α'..='Ω' | 'А'..='Я' => moved(32),
        '！'..='～' => moved(-0xfee0).to_ascii_lowercase(),
        _ => c.to_ascii_lowercase(),
    }
}

/// What a sign says instead of a word. A sign of refusal beside a yes must not be lost, nor one of irony.
fn sign(c: char) -> Option<&'static str> {
    match c {
        '🛑' => Some("stop"),
        '🖕' => Some("fuckoff"),
        '👎' | '❌' | '🚫' | '⛔' | '✖' => Some("dislike"),
        '🙄' | '😏' | '🤨' | '🙃' | '🤔' | '😒' | '😂' | '🤣' => Some("hm"),
        _ => None,
    }
}

/// Without the signs that say a word.
pub(super) fn without_signs(text: &str) -> String {
    text.chars().filter(|c| sign(*c).is_none()).collect()
}

/// Accents that stand as characters of their own, and what is not to be seen: they part no word.
fn unseen(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}' | '\u{fff9}'..='\u{fffc}'
        | '\u{e0000}'..='\u{e0fff}')
}

/// Whether a character that is no ASCII belongs to no word: marks, symbols, emoji.
fn parts_words(c: char) -> bool {
    matches!(c, '\u{80}'..='\u{bf}' | '×' | '÷' | '\u{2000}'..='\u{2bff}' | '\u{3000}'..='\u{303f}' | '\u{e000}'..='\u{f8ff}' | '\u{1f000}'..='\u{1ffff}')
}

fn apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '`' | '´')
}

/// What parts sentences and clauses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    Comma,
    /// Parentheses.
    Open,
    Close,
    Period,
    Colon,
    Exclamation,
    Question,
    Line,
}

/// A word or a mark of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    Word {
        /// Folded.
        text: String,
        /// Whether it began with a capital letter.
        capital: bool,
    },
    Mark(Mark),
}

fn mark(before: Option<char>, c: char, after: Option<char>) -> Option<Mark> {
    let space = |c: Option<char>| c.is_none_or(char::is_whitespace);
    match c {
        '(' => Some(Mark::Open),
        ')' => Some(Mark::Close),
        ',' | '–' | '—' | '،' | '、' => Some(Mark::Comma),
        '-' if space(before) || space(after) => Some(Mark::Comma),
        '.' | ';' | '…' | '。' => Some(Mark::Period),
        ':' => Some(Mark::Colon),
        '!' | '！' | '¡' => Some(Mark::Exclamation),
        '?' | '？' | '¿' | '⁉' | '؟' => Some(Mark::Question),
        '\n' | '\r' | '\u{2028}' | '\u{2029}' => Some(Mark::Line),
        _ => None,
    }
}

/// A word under way.
#[derive(Default)]
struct Writing {
    text: String,
    capital: bool,
    tokens: Vec<Token>,
}

impl Writing {
    fn end(&mut self) {
        if !self.text.is_empty() {
            let text = without_runs(&std::mem::take(&mut self.text));
            self.tokens.push(Token::Word { text, capital: self.capital });
        }
    }

    fn letter(&mut self, c: char, written: char) {
        if self.text.is_empty() {
            self.capital = written.is_uppercase();
        }
        match letter(c) {
            "" => self.text.push(c),
            folded => self.text.push_str(folded),
        }
    }
}

/// `stooop` is `stop`: no word has the same letter three times.
fn without_runs(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    let mut letters = word.chars().peekable();
    while let Some(c) = letters.next() {
        let mut times = 1;
        while letters.next_if_eq(&c).is_some() {
            times += 1;
        }
        let kept = if times > 2 && !c.is_ascii_digit() { 1 } else { times };
        out.extend(std::iter::repeat_n(c, kept));
    }
    out
}

/// The words and marks of a text. A number is a word of its own: `ja27` is `ja` and `27`. `don't` is `dont`, but
/// `n'est` is `n` and `est`.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut writing = Writing::default();
    let mut rest = text.chars().filter(|c| !unseen(*c)).peekable();
    let mut before = None;
    while let Some(written) = rest.next() {
        work::done(1);
        let c = small(written);
        let after = rest.peek().copied();
        if apostrophe(c) && after.map(small) == Some('t') {
            continue;
        }
        if let Some(said) = sign(c) {
            writing.end();
            writing.tokens.push(Token::Word { text: said.to_owned(), capital: false });
        } else if let Some(mark) = mark(before, written, after) {
            writing.end();
            writing.tokens.push(Token::Mark(mark));
        } else if c.is_ascii() && !c.is_ascii_alphanumeric() || parts_words(c) {
            writing.end();
        } else {
            if writing.text.ends_with(|last: char| last.is_ascii_digit()) != c.is_ascii_digit() {
                writing.end();
            }
            writing.letter(c, written);
        }
        before = Some(written);
    }
    writing.end();
    writing.tokens
}

/// The words of a text, folded.
pub(crate) fn words(text: &str) -> Vec<String> {
    let tokens = tokens(text).into_iter();
    tokens.filter_map(|token| if let Token::Word { text, .. } = token { Some(text) } else { None }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_alike_however_they_are_written() {
        assert_eq!(words("  ARRÊT!! Arre\u{302}t,arrêt…ＡＲＲＥＴ"), ["arret"; 4]);
        assert_eq!(
            words("ja27 – N'est don’t Straße ЩО ΣΤΌΠ"),
            ["ja", "27", "n", "est", "dont", "strasse", "що", "στοπ"]
        );
        assert_eq!(words("👍🏽 ja ❤\u{fe0f}👎"), ["ja", "dislike"]);
        assert!(words(" \u{200b}🙂…!\n").is_empty());
    }
}
