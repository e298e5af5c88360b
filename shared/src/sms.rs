//! The length of an SMS (3GPP TS 23.038, 23.040 9.2.3.24).

use serde::{Deserialize, Serialize};

/// A host as long as any that the confirmation text leaves room for.
pub const LONGEST_LINK_HOST: &str = "einwilligung.beispiel-shop.de";

/// Parts that a text of the owner's may take.
pub const MOST_SEGMENTS: usize = 10;

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

/// Counts the parts, none of which ever splits a character (an escape pair or a surrogate pair).
fn parts(widths: impl Iterator<Item = usize> + Clone, single: usize, part: usize) -> (usize, usize) {
    let units: usize = widths.clone().sum();
    if units <= single {
        return (units, 1);
    }
    let mut segments = 1;
    let mut filled = 0;
    for width in widths {
        if filled + width > part {
            segments += 1;
            filled = 0;
        }
        filled += width;
    }
    (units, segments)
}

/// The length of `text` as an SMS.
pub fn measure(text: &str) -> Measure {
    let gsm: Option<Vec<usize>> = text.chars().map(septets).collect();
    let (encoding, (units, segments)) = match gsm {
        Some(widths) => (Encoding::Gsm7, parts(widths.into_iter(), 160, 153)),
        None => (Encoding::Ucs2, parts(text.chars().map(char::len_utf16), 70, 67)),
    };
    Measure { encoding, units, segments }
}

#[cfg(test)]
mod tests {
    use super::*;

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
