//! The words of the pages behind the links in SMS, and of the simulated phone.
//!
//! Each language is one value of each struct, so a sentence without a translation doesn't compile. What is filled
//! in comes in words: a time is complete (`23. November 2026, 14:05 Uhr`), `ends` are a number's last two digits.

pub(in crate::texts) mod page_texts;

pub use page_texts::*;

use super::{de, en};
use crate::lang::Lang;

impl Lang {
    pub fn pages(self) -> &'static PageTexts {
        match self {
            Self::De => &de::pages::PAGES,
            Self::En => &en::pages::PAGES,
        }
    }

    /// The words of the simulated phone.
    pub fn phone(self) -> &'static PhoneTexts {
        match self {
            Self::De => &de::pages::PHONE,
            Self::En => &en::pages::PHONE,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_a_person_did_is_called_invalid_and_german_says_sie() {
        for lang in Lang::ALL {
            // Functions show as addresses, sentences as they are.
            let words = format!("{:?} {:?} {:?}", lang.pages(), lang.phone(), lang.problems()).to_lowercase();
            for word in ["ungültig", "invalid", "fehlerhaft", " du ", " dein", "•"] {
                assert!(!words.contains(word), "{word}");
            }
        }
    }
}
