/// What stands for a mark that GSM-7 lacks and that forces UCS-2 though a plain one says the same.
fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        '‘' | '’' | '‚' | '‛' | '′' | '‹' | '›' | '`' | '´' | 'ʼ' => "'",
        '“' | '”' | '„' | '‟' | '″' | '«' | '»' => "\"",
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '•' | '·' | '‣' | '⁃' | '◦' | '▪' | '●' => {
            "-"
        }
        '…' => "...",
        '⁄' | '∕' => "/",
        '×' => "x",
        '→' => "->",
        '™' => "(TM)",
        '®' => "(R)",
        '©' => "(C)",
        'ẞ' => "SS",
        'ﬀ' => "ff",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        'ﬃ' => "ffi",
        'ﬄ' => "ffl",
        'ﬅ' | 'ﬆ' => "st",
        'ĳ' => "ij",
        'Ĳ' => "IJ",
        '\t' | '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => " ",
        '\u{85}' | '\u{2028}' | '\u{2029}' => "\n",
        // Soft hyphen, zero-width space, word joiner, byte order mark: nothing is to be seen of them.
        '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' => "",
        _ => return None,
    })
}

/// The GSM-7 letter that a letter and a combining accent make; some systems type `ä` as two characters.
fn composed(letter: char, accent: char) -> Option<char> {
    Some(match (letter, accent) {
        ('a', '\u{308}') => 'ä',
        ('o', '\u{308}') => 'ö',
        ('u', '\u{308}') => 'ü',
        ('A', '\u{308}') => 'Ä',
        ('O', '\u{308}') => 'Ö',
        ('U', '\u{308}') => 'Ü',
        ('a', '\u{300}') => 'à',
        ('e', '\u{300}') => 'è',
        ('i', '\u{300}') => 'ì',
        ('o', '\u{300}') => 'ò',
        ('u', '\u{300}') => 'ù',
        ('e', '\u{301}') => 'é',
        ('E', '\u{301}') => 'É',
        ('n', '\u{303}') => 'ñ',
        ('N', '\u{303}') => 'Ñ',
        ('a', '\u{30a}') => 'å',
        ('A', '\u{30a}') => 'Å',
        ('C', '\u{327}') => 'Ç',
        _ => return None,
    })
}

/// With typographic marks as the GSM-7 alphabet has them, which more than doubles what fits a part. Letters that
/// GSM-7 lacks stay: another spelling is the owner's to choose. A text in GSM-7 stays as it is.
pub fn normalize(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match (plain(c), out.chars().next_back().and_then(|last| composed(last, c))) {
            (Some(plain), _) => out.push_str(plain),
            (None, Some(letter)) => {
                out.pop();
                out.push(letter);
            }
            (None, None) => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::sms::{Encoding, measure, tests::texts};

    #[test]
    fn typographic_marks_no_longer_force_ucs2() {
        let text = "„Ja“ – heute… ’s ist • für\u{a0}STRAẞE ﬁx\u{200b} scho\u{308}n";
        assert_eq!(normalize(text), "\"Ja\" - heute... 's ist - für STRASSE fix schön");
        assert_eq!(measure(&normalize(text)).encoding, Encoding::Gsm7);
    }

    #[test]
    fn letters_and_emoji_stay() {
        for text in ["ç ł ő 🙂", "Привет", "ja 👍🏽"] {
            assert_eq!(normalize(text), text);
        }
    }

    proptest! {
        #[test]
        fn twice_is_once_and_gsm7_stays(text in texts()) {
            let once = normalize(&text);
            prop_assert_eq!(normalize(&once), once.clone());
            if measure(&text).encoding == Encoding::Gsm7 {
                prop_assert_eq!(&once, &text);
            }
        }

        #[test]
        fn every_mark_becomes_gsm7(c in any::<char>()) {
            if let Some(plain) = plain(c) {
                prop_assert_eq!(measure(plain).encoding, Encoding::Gsm7);
                prop_assert_eq!(measure(&c.to_string()).encoding, Encoding::Ucs2);
            }
        }
    }
}
