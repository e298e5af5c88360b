//! Languages that Jawort speaks to the person.

use serde::{Deserialize, Serialize};

/// So that a new language is in the list of all, too: what else it needs the compiler names.
macro_rules! languages {
    ($($(#[$meta:meta])* $lang:ident,)*) => {
        /// A language with a full set of texts (`texts`).
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(rename_all = "lowercase")]
        pub enum Lang {
            $($(#[$meta])* $lang,)*
        }

        impl Lang {
            pub const ALL: [Self; [$(stringify!($lang)),*].len()] = [$(Self::$lang),*];
        }
    };
}

languages! {
    /// German, in the polite form.
    #[default]
    De,
    /// Plain English.
    En,
}

impl Lang {
    /// The BCP 47 tag, as in `<html lang>`.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::De => "de",
            Self::En => "en",
        }
    }

    /// The tag by whose customs dates and times are written.
    pub const fn locale(self) -> &'static str {
        match self {
            Self::De => "de-DE",
            Self::En => "en-GB",
        }
    }

    /// The countries, by ISO 3166-1, most of whose people read it better than English.
    const fn countries(self) -> &'static [&'static str] {
        match self {
            Self::De => &["DE", "AT", "CH", "LI", "LU"],
            Self::En => &[],
        }
    }

    /// In which language to answer a handset that nobody knows, by its country's code.
    pub fn of_country(code: &str) -> Self {
        Self::ALL.into_iter().find(|lang| lang.countries().contains(&code)).unwrap_or(Self::En)
    }

    /// The language of a BCP 47 tag (`de-AT` is German), if Jawort speaks it.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.trim().get(..2)?;
        let ends = !tag.trim().get(2..)?.starts_with(|c: char| c.is_ascii_alphanumeric());
        Self::ALL.into_iter().find(|lang| ends && lang.tag().eq_ignore_ascii_case(primary))
    }

    /// The first language of an `Accept-Language` header that is among `offered` (RFC 9110 12.5.4,
    /// without its weights: browsers send the best first).
    pub fn negotiate(header: &str, offered: &[Self]) -> Option<Self> {
        header.split(',').filter_map(Self::from_tag).find(|lang| offered.contains(lang))
    }
}

/// A text in each language of a form. German is the one that is always there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Localized {
    /// German.
    pub de: String,
    /// English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub en: Option<String>,
}

impl Localized {
    /// The text in `lang`, if the owner wrote one.
    pub fn get(&self, lang: Lang) -> Option<&str> {
        match lang {
            Lang::De => Some(&self.de),
            Lang::En => self.en.as_deref(),
        }
    }

    /// The text in `lang`; in German, which is always there, where it has none.
    pub fn or_german(&self, lang: Lang) -> &str {
        self.get(lang).unwrap_or(&self.de)
    }

    /// It in each language.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        Lang::ALL.into_iter().filter_map(|lang| self.get(lang))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_handset_that_nobody_knows_is_answered_in_its_countrys_language() {
        assert_eq!(
            ["DE", "LU", "FR", "GB", "XK"].map(Lang::of_country),
            [Lang::De, Lang::De, Lang::En, Lang::En, Lang::En]
        );
    }

    #[test]
    fn the_first_language_that_the_form_has_wins() {
        let both = &Lang::ALL;
        assert_eq!(Lang::negotiate("fr-FR,en-GB;q=0.8,de;q=0.5", both), Some(Lang::En));
        assert_eq!(Lang::negotiate("de-AT", both), Some(Lang::De));
        assert_eq!(Lang::negotiate("den", both), None);
        assert_eq!(Lang::negotiate("en", &[Lang::De]), None);
        assert_eq!(Lang::negotiate("", both), None);
    }
}
