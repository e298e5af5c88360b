//! Words without what people vary: case, accents, punctuation, emoji.

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

/// What a sign says instead of a word. A sign of refusal beside a yes must not be lost.
fn sign(c: char) -> Option<&'static str> {
    match c {
        '🛑' => Some("stop"),
        '👎' | '❌' | '🚫' | '⛔' | '✖' => Some("not"),
        _ => None,
    }
}

/// Accents that stand as characters of their own, and what is not to be seen: they part no word.
fn unseen(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}')
}

/// Whether a character that is no ASCII belongs to no word: marks, symbols, emoji.
fn parts_words(c: char) -> bool {
    matches!(c, '\u{80}'..='\u{bf}' | '×' | '÷' | '\u{2000}'..='\u{2bff}' | '\u{3000}'..='\u{303f}' | '\u{e000}'..='\u{f8ff}' | '\u{1f000}'..='\u{1ffff}')
}

fn apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '`' | '´')
}

/// The words of a text, folded. A number is a word of its own: `ja27` is `ja` and `27`. `don't` is `dont`, but
/// `n'est` is `n` and `est`.
pub(crate) fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let end = |word: &mut String, words: &mut Vec<String>| {
        if !word.is_empty() {
            words.push(std::mem::take(word));
        }
    };
    let mut rest = text.chars().filter(|c| !unseen(*c)).map(small).peekable();
    while let Some(c) = rest.next() {
        if apostrophe(c) && rest.peek() == Some(&'t') {
            continue;
        }
        if let Some(said) = sign(c) {
            end(&mut word, &mut words);
            words.push(said.to_owned());
        } else if c.is_ascii() && !c.is_ascii_alphanumeric() || parts_words(c) {
            end(&mut word, &mut words);
        } else {
            if word.ends_with(|last: char| last.is_ascii_digit()) != c.is_ascii_digit() {
                end(&mut word, &mut words);
            }
            match letter(c) {
                "" => word.push(c),
                folded => word.push_str(folded),
            }
        }
    }
    end(&mut word, &mut words);
    words
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
        assert_eq!(words("👍🏽 ja ❤\u{fe0f}👎"), ["ja", "not"]);
        assert!(words(" \u{200b}🙂…!\n").is_empty());
    }
}
