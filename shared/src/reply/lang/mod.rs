//! What people write, a file a language, folded as in `fold`. Words are parted by spaces, phrases by commas; `*` ends
//! the beginning of a word, `|` parts words of which one stands there, `..` are up to five other words.

mod da;
mod de;
mod en;
mod es;
mod fr;
mod it;
mod nl;
mod others;
mod pl;
mod tr;

use super::class::Class;

/// The words and phrases of a language, by what they say.
pub struct Language {
    pub words: &'static [(Class, &'static str)],
    pub phrases: &'static [(Class, &'static str)],
}

pub const ALL: &[Language] = &[
    de::LANGUAGE,
    en::LANGUAGE,
    fr::LANGUAGE,
    it::LANGUAGE,
    es::LANGUAGE,
    nl::LANGUAGE,
    pl::LANGUAGE,
    tr::LANGUAGE,
    da::LANGUAGE,
    others::LANGUAGE,
];
