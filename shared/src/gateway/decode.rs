//! The bytes of a webhook as text.

use percent_encoding::percent_decode;
use serde::{Deserialize, Serialize};

/// How a webhook writes letters (WHATWG Encoding).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Charset {
    /// UTF-8.
    #[serde(rename = "utf-8")]
    Utf8,
    /// ISO 8859-1, which is read as Windows-1252: they differ in controls that no SMS has.
    #[serde(rename = "iso-8859-1")]
    Latin1,
    /// ISO 8859-15, which has the euro sign.
    #[serde(rename = "iso-8859-15")]
    Latin9,
    /// Windows-1252.
    #[serde(rename = "windows-1252")]
    Windows1252,
}

impl Charset {
    /// The one that a `content-type` names, if it is one of these.
    pub(super) fn of_content_type(content_type: &str) -> Option<Self> {
        let parameters = content_type.split(';').skip(1);
        let named = parameters.filter_map(|parameter| parameter.split_once('='));
        let (_, charset) = named.into_iter().find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))?;
        Some(match charset.trim().trim_matches('"').to_ascii_lowercase().as_str() {
            "utf-8" | "utf8" => Self::Utf8,
            "iso-8859-1" | "iso8859-1" | "latin1" | "us-ascii" => Self::Latin1,
            "iso-8859-15" | "iso8859-15" | "latin9" => Self::Latin9,
            "windows-1252" | "cp1252" => Self::Windows1252,
            _ => return None,
        })
    }
}

/// Bytes as text. What is said to be UTF-8 and isn't is read as Windows-1252, as carriers wrote before: a wrong letter
/// is better than a lost STOP.
pub(super) fn text(bytes: &[u8], charset: Option<Charset>) -> String {
    match charset {
        None | Some(Charset::Utf8) => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => bytes.iter().map(|byte| windows_1252(*byte)).collect(),
        },
        Some(Charset::Latin1 | Charset::Windows1252) => bytes.iter().map(|byte| windows_1252(*byte)).collect(),
        Some(Charset::Latin9) => bytes.iter().map(|byte| latin_9(*byte)).collect(),
    }
}

/// The pairs of a form or a query (`application/x-www-form-urlencoded`).
pub(super) fn pairs(form: &[u8], charset: Option<Charset>) -> Vec<(String, String)> {
    let decode = |part: &[u8]| {
        let spaced: Vec<u8> = part.iter().map(|byte| if *byte == b'+' { b' ' } else { *byte }).collect();
        text(&percent_decode(&spaced).collect::<Vec<u8>>(), charset)
    };
    let pairs = form.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| {
            let mut parts = pair.splitn(2, |byte| *byte == b'=');
            let mut next = || decode(parts.next().unwrap_or_default());
            (next(), next())
        })
        .collect()
}

fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘',
        '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    byte.checked_sub(0x80).and_then(|at| HIGH.get(usize::from(at)).copied()).unwrap_or(char::from(byte))
}

fn latin_9(byte: u8) -> char {
    match byte {
        0xa4 => '€',
        0xa6 => 'Š',
        0xa8 => 'š',
        0xb4 => 'Ž',
        0xb8 => 'ž',
        0xbc => 'Œ',
        0xbd => 'œ',
        0xbe => 'Ÿ',
        other => windows_1252(other),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_old_charset_is_read_said_or_not() {
        let of = |form: &[u8], charset| pairs(form, charset).into_iter().next().unwrap_or_default().1;
        for charset in [None, Some(Charset::Utf8), Some(Charset::Latin1), Some(Charset::Latin9)] {
            assert_eq!(of(b"text=ARR%CAT", charset), "ARRÊT");
            assert_eq!(of(b"text=ARR\xcaT", charset), "ARRÊT");
        }
        assert_eq!(of("text=ARRÊT".as_bytes(), None), "ARRÊT");
        assert_eq!(of(b"text=ARR%C3%8AT+jetzt", None), "ARRÊT jetzt");
        assert_eq!((of(b"t=%80", None), of(b"t=%A4", Some(Charset::Latin9))), ("€".to_owned(), "€".to_owned()));
        for (said, charset) in [
            ("application/x-www-form-urlencoded; charset=ISO-8859-1", Some(Charset::Latin1)),
            ("text/plain;Charset=\"cp1252\"", Some(Charset::Windows1252)),
            ("application/json", None),
            ("application/json; charset=klingon", None),
        ] {
            assert_eq!(Charset::of_content_type(said), charset, "{said}");
        }
    }

    proptest! {
        #[test]
        fn a_form_is_read_as_the_standard_reads_it(form in "[a-z%0-9=&+äÊ]{0,40}") {
            let standard: Vec<_> = form_urlencoded::parse(form.as_bytes()).into_owned().collect();
            // Where the standard finds letters that are none, we read an older charset.
            prop_assume!(standard.iter().all(|(key, value)| !key.contains('\u{fffd}') && !value.contains('\u{fffd}')));
            prop_assert_eq!(pairs(form.as_bytes(), None), standard);
        }

        #[test]
        fn no_byte_is_lost(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
            for charset in [Charset::Latin1, Charset::Latin9, Charset::Windows1252] {
                prop_assert_eq!(text(&bytes, Some(charset)).chars().count(), bytes.len());
            }
        }
    }
}
