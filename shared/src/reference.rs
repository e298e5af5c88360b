//! The owner's own name for whoever is asked: a customer number, the id of an order.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{
    evidence::Erasable,
    key_ring::{KeyError, KeyRing, SealedBy},
};

/// What links a consent to the owner's records. It says nothing to anybody else, so it is no phone number and no
/// address: those would be kept twice, and once where nobody looks for them.
///
/// One word of at most 64 characters: letters, digits and a few signs. Without spaces there is no postal address, and
/// whoever's references have some learns it with the first one and not with the thousandth. What may be a phone number
/// is refused in all spellings: seven digits or more without a letter (`0176/12345678`, `2026-11-24`), or after a plus
/// or a word such as `tel`. So `4711`, `K-1234567`, `order-2026-000123` and a UUID are references.
///
/// Any page can send any reference: it is no proof of who somebody is.
// Checked on the way in alone: what is stored stays readable, whatever the rule becomes.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct Reference(String);

/// Why a text is no reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadReference {
    Empty,
    TooLong,
    Characters,
    Number,
    Address,
}

impl BadReference {
    /// A stable word for programs.
    pub const fn reason(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLong => "too_long",
            Self::Characters => "characters",
            Self::Number => "looks_like_number",
            Self::Address => "looks_like_address",
        }
    }

    /// What is wrong, for its owner. It doesn't repeat the text, which may be somebody's number.
    pub const fn detail(self) -> &'static str {
        match self {
            Self::Empty => "Give a reference, or leave it out.",
            Self::TooLong => "A reference has at most 64 characters.",
            Self::Characters => {
                "A reference is one word of letters, digits and signs such as - _ . : / #, without spaces."
            }
            Self::Number => {
                "This may be a phone number, which is no reference. Put a letter in front of seven digits or more, as in \
                 K-1234567."
            }
            Self::Address => {
                "This may be an address, which is no reference. Give the number of a customer or of an order."
            }
        }
    }
}

/// Its name among the values of evidence.
const NAME: &str = "reference";

/// So many digits may be a phone number: shorter ones are dialled nowhere but on small islands.
const DIGITS_OF_A_NUMBER: usize = 7;

/// Words that people write before phone numbers.
const BEFORE_NUMBERS: [&str; 14] = [
    "tel", "telefon", "telnr", "phone", "fon", "fax", "mobil", "mobile", "cell", "handy", "sms", "callto", "whatsapp",
    "wame",
];

impl Reference {
    /// Characters.
    pub const MOST: usize = 64;

    /// # Errors
    /// It is none.
    pub fn parse(text: &str) -> Result<Self, BadReference> {
        let text = text.trim_ascii();
        if text.is_empty() {
            return Err(BadReference::Empty);
        }
        if text.chars().count() > Self::MOST {
            return Err(BadReference::TooLong);
        }
        if text.bytes().any(|sign| sign == b'@') || text.as_bytes().windows(3).any(|signs| signs == b"://") {
            return Err(BadReference::Address);
        }
        if may_be_number(text) {
            return Err(BadReference::Number);
        }
        if !text.chars().all(|sign| is_letter(sign) || sign.is_ascii_digit() || is_mark(sign)) {
            return Err(BadReference::Characters);
        }
        Ok(Self(text.to_owned()))
    }

    /// The same where there may be none: a blank text is nothing.
    ///
    /// # Errors
    /// There is something, and it is no reference.
    pub fn given(text: Option<&str>) -> Result<Option<Self>, BadReference> {
        text.filter(|text| !text.trim_ascii().is_empty()).map(Self::parse).transpose()
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As evidence keeps it: it can be deleted by itself.
    pub fn erasable(&self, salt: [u8; 16]) -> Erasable {
        Erasable::new(NAME, self.as_str(), salt)
    }

    /// The one among the values of a request, which are kept sealed.
    pub fn among(values: &[Erasable]) -> Option<Self> {
        values.iter().find(|value| value.name == NAME).map(|value| Self(value.value.clone()))
    }

    /// Sealed for the way to a webhook.
    ///
    /// # Errors
    /// The key ring can't be used.
    pub fn seal(&self, keys: &KeyRing, nonce: [u8; 12]) -> Result<SealedBy, KeyError> {
        keys.seal(nonce, NAME, self.0.as_bytes())
    }

    /// What [`Self::seal`] made; nothing where its key is gone.
    pub fn open(sealed: &SealedBy, keys: &KeyRing) -> Option<Self> {
        keys.open(NAME, sealed).ok().and_then(|plain| String::from_utf8(plain).ok()).map(Self)
    }
}

/// Neither printed nor logged as a whole by accident.
impl fmt::Debug for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Reference(…)")
    }
}

/// Of the Latin alphabets of Europe. A range, since a table of all letters would be a part of the widget.
fn is_letter(sign: char) -> bool {
    sign.is_ascii_alphabetic() || (matches!(sign, 'À'..='ɏ') && !matches!(sign, '×' | '÷'))
}

const fn is_mark(sign: char) -> bool {
    matches!(sign, '-' | '_' | '.' | ':' | '/' | '#' | '+' | '=' | '~' | '*' | '(' | ')' | '[' | ']')
}

/// Whatever stands between the digits. By hand and byte for byte: the searches of the standard library would be two
/// kilobytes of the widget.
fn may_be_number(text: &str) -> bool {
    // Hardly one has no letter, but who has such a one could not know it beforehand.
    if is_uuid(text) {
        return false;
    }
    let (mut word, mut digits) = (String::new(), 0);
    // Since a plus.
    let mut called = None;
    for sign in text.chars() {
        if sign.is_ascii_digit() {
            digits += 1;
            called = called.map(|count| count + 1);
            if called == Some(DIGITS_OF_A_NUMBER) {
                return true;
            }
        } else if sign == '+' {
            called = Some(0);
        } else if is_letter(sign) {
            called = None;
            word.push(sign.to_ascii_lowercase());
        }
    }
    digits >= DIGITS_OF_A_NUMBER && (word.is_empty() || BEFORE_NUMBERS.contains(&word.as_str()))
}

fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(at, sign)| match at {
            8 | 13 | 18 | 23 => sign == b'-',
            _ => sign.is_ascii_hexdigit(),
        })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        key_ring::KeyRing,
        phone::{CountryRules, RegexLite, all_rules, parse},
    };

    fn refused(text: &str) -> Option<BadReference> {
        Reference::parse(text).err()
    }

    #[test]
    fn what_owners_call_their_customers_and_orders_is_taken() {
        for text in [
            "1",
            "4711",
            "123456",
            "#4711",
            "K-1234567",
            "K1234567890",
            "KD-0000123456",
            "order-2026-000123",
            "2026-000123-a",
            "RE/2026/11/000123",
            "cus_NffrFeUfNV2Hib",
            "550e8400-e29b-41d4-a716-446655440000",
            "00112233-4455-4677-8899-001122334455",
            "01JD8Z6T6Y3B2Q9W5V4N7M1K0H",
            "MTIzNDU2Nzg5MA==",
            "KÜ-1234567",
            &"x".repeat(64),
        ] {
            assert_eq!(refused(text), None, "{text}");
        }
        assert_eq!(Reference::parse(" A1 ").unwrap().as_str(), "A1", "spaces around it are none of it");
    }

    #[test]
    fn what_may_be_somebodys_number_is_refused() {
        for text in [
            "1234567",
            "+4917612345678",
            "0176 12345678",
            "0176/12345678",
            "0176-123.456.78",
            "(0176) 12345678",
            "+49 (0)176 123 45 67 8",
            "0049-176-12345678",
            "tel:+49-176-12345678",
            "TEL:017612345678",
            "Tel.017612345678",
            "wa.me/4917612345678",
            "Ada+4917612345678",
            "K-1+4917612345678",
            "2026-11-24",
            "17612345678,",
        ] {
            assert_eq!(refused(text), Some(BadReference::Number), "{text}");
        }
        assert!(refused("٠١٧٦١٢٣٤٥٦٧٨").is_some() && refused("０１７６１２３４５６７８").is_some());
    }

    #[test]
    fn an_address_is_refused() {
        for text in ["ada@example.com", "@ada", "mailto:ada@example.com", "https://crm.example/ada"] {
            assert_eq!(refused(text), Some(BadReference::Address), "{text}");
        }
        for text in ["Gärtnerweg 7, 12345 Berlin", "221B Baker Street", "Ada Lovelace", "a\tb"] {
            assert_eq!(refused(text), Some(BadReference::Characters), "{text}");
        }
    }

    #[test]
    fn what_is_empty_too_long_or_cannot_be_seen_is_refused() {
        for (text, why) in [
            ("", BadReference::Empty),
            (" \n", BadReference::Empty),
            ("a\0b", BadReference::Characters),
            ("a\u{202e}b", BadReference::Characters),
            ("<b>", BadReference::Characters),
            ("客户", BadReference::Characters),
        ] {
            assert_eq!(refused(text), Some(why), "{text:?}");
        }
        assert_eq!(refused(&"x".repeat(65)), Some(BadReference::TooLong));
        assert_eq!(Reference::given(None), Ok(None));
        assert_eq!(Reference::given(Some(" ")), Ok(None));
        assert_eq!(Reference::given(Some("0176 12345678")), Err(BadReference::Number));
    }

    #[test]
    fn it_is_found_among_erasable_values_and_opened_under_its_key_alone() {
        let reference = Reference::parse("K-1").unwrap();
        let values = [Erasable::new("page", "https://shop.example", [1; 16]), reference.erasable([2; 16])];
        assert_eq!(Reference::among(&values), Some(reference.clone()));
        assert_eq!(Reference::among(&values[..1]), None);
        let keys = |byte: &str| KeyRing::parse(&format!("1:{}A=", byte.repeat(42))).unwrap();
        let sealed = reference.seal(&keys("A"), [3; 12]).unwrap();
        assert_eq!(Reference::open(&sealed, &keys("A")), Some(reference.clone()));
        assert_eq!(Reference::open(&sealed, &keys("B")), None);
        assert!(!format!("{reference:?}").contains("K-1"));
    }

    /// Digits that the phone rules may take as a mobile number of that country.
    fn mobile() -> impl Strategy<Value = (CountryRules, String)> {
        proptest::sample::select(all_rules()).prop_flat_map(|rules| {
            let pattern = rules.mobile.replace(r"\d", "[0-9]");
            (Just(rules), proptest::string::string_regex(&pattern).unwrap())
        })
    }

    fn spelled(digits: String) -> impl Strategy<Value = String> {
        let gap = proptest::sample::select(vec!["", "", " ", "-", "/", ".", "\u{a0}", " (", ") ", "\u{2011}"]);
        proptest::collection::vec(gap, digits.len()).prop_map(move |gaps| {
            digits.chars().zip(gaps).flat_map(|(digit, gap)| gap.chars().chain([digit])).collect()
        })
    }

    proptest! {
        #[test]
        fn no_number_is_a_reference_in_any_spelling(
            ((rules, digits), spelled) in mobile().prop_flat_map(|(rules, digits)| {
                (Just((rules, digits.clone())), spelled(digits))
            }),
            start in proptest::sample::select(vec!["", "0", "(0)", "tel:", "Tel. "]),
        ) {
            let code = rules.calling_code;
            for text in [
                format!("+{code}{digits}"),
                format!("+{code} {spelled}"),
                format!("00{code}{spelled}"),
                format!("+{code} (0) {spelled}"),
                format!("tel:+{code}-{spelled}"),
            ] {
                prop_assert!(refused(&text).is_some(), "{}", text);
            }
            // At home a few islands dial fewer digits, which are everyday numbers of customers.
            if digits.len() >= DIGITS_OF_A_NUMBER {
                let text = format!("{start}{spelled}");
                prop_assert!(refused(&text).is_some(), "{}", text);
            }
        }

        #[test]
        fn whatever_the_phone_rules_read_is_no_reference(
            rules in proptest::sample::select(all_rules()),
            text in "(tel:)?[+]?[0-9 ()./-]{7,30}",
        ) {
            let digits = text.bytes().filter(u8::is_ascii_digit).count();
            if digits >= DIGITS_OF_A_NUMBER && parse(&text, rules.country, all_rules(), &RegexLite).is_ok() {
                prop_assert!(refused(&text).is_some(), "{}", text);
            }
        }

        #[test]
        fn a_letter_in_front_makes_digits_a_reference(letter in "[A-Za-z]", digits in "[0-9]{1,63}") {
            prop_assert_eq!(refused(&format!("{letter}{digits}")), None);
        }

        #[test]
        fn no_text_makes_it_panic_and_what_is_taken_is_taken_again(text in any::<String>()) {
            if let Ok(reference) = Reference::parse(&text) {
                prop_assert_eq!(Reference::parse(reference.as_str()), Ok(reference.clone()));
                prop_assert!(reference.as_str().chars().count() <= Reference::MOST);
                let json = serde_json::to_string(&reference).unwrap();
                prop_assert_eq!(serde_json::from_str::<Reference>(&json).unwrap(), reference);
            }
        }
    }
}
