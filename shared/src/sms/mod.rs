//! The length of an SMS and its parts (3GPP TS 23.038, 23.040 9.2.3.24).

mod normalize;

pub use normalize::normalize;

use serde::{Deserialize, Serialize};

/// A host as long as any that the confirmation text leaves room for.
pub const LONGEST_LINK_HOST: &str = "einwilligung.beispiel-shop.de";

/// Parts that a text of the owner's may take.
pub const MOST_SEGMENTS: usize = 10;

/// Parts that a confirmation SMS may take.
pub const MOST_CONFIRMATION_SEGMENTS: usize = 2;

/// Whether a text takes no more parts than a confirmation SMS may.
pub fn fits_confirmation(text: &str) -> bool {
    measure(text).segments <= MOST_CONFIRMATION_SEGMENTS
}

/// How an SMS is encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Encoding {
    /// The GSM 7-bit default alphabet with its extension table.
    Gsm7,
    /// UTF-16.
    Ucs2,
}

/// What an SMS takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measure {
    /// The encoding that the text forces.
    pub encoding: Encoding,
    /// Septets (GSM-7) or UTF-16 code units (UCS-2).
    pub units: usize,
    /// Parts that are sent, and paid for.
    pub segments: usize,
}

/// Septets of a character: 1, 2 for one of the extension table, none if GSM-7 lacks it.
fn septets(c: char) -> Option<usize> {
    let mut counted = gsm7::Gsm7Writer::new(std::io::sink());
    match c {
        // The table's escape and form feed are control codes that no text means.
        '\u{1b}' | '\u{c}' => None,
        '^' | '{' | '}' | '\\' | '[' | '~' | ']' | '|' | '€' => Some(2),
        _ => counted.write_char(c).ok().map(|()| 1),
    }
}

/// A text in its encoding.
struct Encoded<'a> {
    encoding: Encoding,
    units: usize,
    parts: Vec<&'a str>,
}

/// Cuts `text` into parts, none of which ever splits a character (an escape pair or a surrogate pair).
fn cut(text: &str, width: impl Fn(char) -> usize, single: usize, part: usize) -> (usize, Vec<&str>) {
    let units = text.chars().map(&width).sum();
    if units <= single {
        return (units, vec![text]);
    }
    let mut parts = Vec::new();
    let (mut rest, mut filled, mut bytes) = (text, 0, 0);
    for c in text.chars() {
        if filled + width(c) > part {
            let (full, left) = rest.split_at(bytes);
            parts.push(full);
            (rest, filled, bytes) = (left, 0, 0);
        }
        filled += width(c);
        bytes += c.len_utf8();
    }
    parts.push(rest);
    (units, parts)
}

fn encode(text: &str) -> Encoded<'_> {
    if text.chars().all(|c| septets(c).is_some()) {
        let (units, parts) = cut(text, |c| septets(c).unwrap_or_default(), 160, 153);
        Encoded { encoding: Encoding::Gsm7, units, parts }
    } else {
        let (units, parts) = cut(text, char::len_utf16, 70, 67);
        Encoded { encoding: Encoding::Ucs2, units, parts }
    }
}

/// The length of `text` as an SMS.
pub fn measure(text: &str) -> Measure {
    let Encoded { encoding, units, parts } = encode(text);
    Measure { encoding, units, segments: parts.len() }
}

/// The parts of `text` as a handset gets them; as many as [`measure`] counts.
pub fn split(text: &str) -> Vec<&str> {
    encode(text).parts
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Texts in which every width of a character is common.
    pub(super) fn texts() -> impl Strategy<Value = String> {
        prop_oneof![
            "[a-z ,.äöü€^{}]{0,400}",
            "[a-z „“…–€🙂👍\u{a0}]{0,200}",
            ".{0,80}",
            "(a|\\u{308}|\\u{200b}|ﬃ|\\u{300}){0,12}"
        ]
    }

    proptest! {
        #[test]
        fn parts_are_whole_and_as_many_as_counted(text in texts()) {
            let Measure { encoding, segments, .. } = measure(&text);
            let parts = split(&text);
            prop_assert_eq!(parts.concat(), text.as_str());
            prop_assert_eq!(parts.len(), segments);
            let limit = match (encoding, segments) {
                (Encoding::Gsm7, 1) => 160,
                (Encoding::Gsm7, _) => 153,
                (Encoding::Ucs2, 1) => 70,
                (Encoding::Ucs2, _) => 67,
            };
            for part in &parts {
                let units = match encoding {
                    Encoding::Gsm7 => part.chars().map(|c| septets(c).unwrap()).sum(),
                    Encoding::Ucs2 => part.encode_utf16().count(),
                };
                prop_assert!(units <= limit, "{units} units in {part:?}");
            }
            // Full but for a pair that would not fit.
            for part in parts.iter().rev().skip(1) {
                let units: usize = match encoding {
                    Encoding::Gsm7 => part.chars().map(|c| septets(c).unwrap()).sum(),
                    Encoding::Ucs2 => part.encode_utf16().count(),
                };
                prop_assert!(units + 1 >= limit);
            }
        }
    }

    fn segments(text: &str) -> (Encoding, usize, usize) {
        let Measure { encoding, units, segments } = measure(text);
        (encoding, units, segments)
    }

    #[test]
    fn parts_are_counted_as_the_standard_says() {
        use Encoding::{Gsm7, Ucs2};
        assert_eq!(segments(""), (Gsm7, 0, 1));
        assert_eq!(segments(&"ä".repeat(160)), (Gsm7, 160, 1));
        assert_eq!(segments(&"a".repeat(161)), (Gsm7, 161, 2));
        assert_eq!(segments(&"a".repeat(306)), (Gsm7, 306, 2));
        assert_eq!(segments(&"a".repeat(307)), (Gsm7, 307, 3));
        assert_eq!(segments("„"), (Ucs2, 1, 1));
        assert_eq!(segments(&"ẞ".repeat(71)), (Ucs2, 71, 2));
    }

    #[test]
    fn a_pair_is_never_split_over_two_parts() {
        use Encoding::{Gsm7, Ucs2};
        let euro = format!("{}€{}", "a".repeat(152), "a".repeat(152));
        assert_eq!(segments(&euro), (Gsm7, 306, 3));
        let smile = format!("{}🙂{}", "a".repeat(66), "a".repeat(66));
        assert_eq!(segments(&smile), (Ucs2, 134, 3));
    }

    #[test]
    fn a_backtick_and_control_codes_are_no_gsm7() {
        for text in ["`", "\u{1b}", "\u{c}", "ç"] {
            assert_eq!(measure(text).encoding, Encoding::Ucs2, "{text:?}");
        }
        assert_eq!(measure("\u{20}\n\r@£$¥").encoding, Encoding::Gsm7);
    }
}
