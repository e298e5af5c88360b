use std::fmt;

#[cfg(feature = "all-regions")]
use super::rules::{all_rules, rules_of};
use super::{Country, CountryRules, engine::PatternEngine, rules::split_calling_code, typed::Typed};

/// Shorter than any number with a calling code is, in national digits.
const FEWEST_DIGITS: usize = 4;

/// ITU-T E.164, 6.1: at most 15 digits, calling code included.
const MOST_DIGITS: usize = 14;

/// A mobile number that the rules accept. Neither printed nor serialised as a whole by accident.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct MobileNumber {
    e164: String,
    country: Country,
}

impl MobileNumber {
    /// As ITU-T E.164 writes it, with the plus: `+4917612345667`.
    pub fn e164(&self) -> &str {
        &self.e164
    }

    /// The first country, in the order of the rules, that has this number.
    pub fn country(&self) -> Country {
        self.country
    }

    /// The last two digits, which may be shown: `67`.
    pub fn last_two_digits(&self) -> &str {
        self.split(2).1
    }

    /// All but the last four digits: what numbers handed out in one run have in common, by which
    /// bursts of them are limited.
    pub fn destination_prefix(&self) -> &str {
        self.split(4).0
    }

    fn split(&self, last: usize) -> (&str, &str) {
        let at = self.e164.len().saturating_sub(last);
        self.e164.split_at_checked(at).unwrap_or_default()
    }
}

impl fmt::Debug for MobileNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MobileNumber(…{})", self.last_two_digits())
    }
}

/// Why a text is no mobile number that can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NumberError {
    /// No digit in it.
    Empty,
    /// Letters, or signs that no number has.
    Letters,
    TooShort,
    TooLong,
    /// A calling code that no country has.
    UnknownCountry,
    /// A country that the form does not list.
    UnlistedCountry,
    /// It begins as landlines or service numbers do and mobile numbers don't.
    NotMobile,
    /// As long as a mobile number, and in no range that the rules know.
    ///
    /// The only answer that newer rules may turn into a yes: see [`Self::is_final`].
    UnknownRange,
}

impl NumberError {
    /// Whether the device may refuse the number by itself. Of an unknown range the edge decides:
    /// a page's rules are as old as its cache, and new ranges are opened all the time.
    pub const fn is_final(self) -> bool {
        !matches!(self, Self::UnknownRange)
    }

    /// A stable word for programs.
    pub const fn reason(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Letters => "letters",
            Self::TooShort => "too_short",
            Self::TooLong => "too_long",
            Self::UnknownCountry => "unknown_country",
            Self::UnlistedCountry => "unlisted_country",
            Self::NotMobile => "not_mobile",
            Self::UnknownRange => "unknown_range",
        }
    }
}

/// Reads a mobile number as people type it, with or without calling code and prefix.
///
/// `default` is the country of a number without a calling code. `rules` are those of the countries
/// that may be, in the order of `all_rules`; the first that fits gives the number its country.
///
/// # Errors
/// What is wrong with it, the most telling first.
pub fn parse<E: PatternEngine>(
    text: &str,
    default: Country,
    rules: &[CountryRules],
    engine: &E,
) -> Result<MobileNumber, NumberError> {
    let typed = Typed::read(text)?;
    let home = rules.iter().find(|rules| rules.country == default);
    let called = match called_number(&typed, home, engine) {
        Some(digits) => Some(split_calling_code(digits).ok_or(match digits.len() {
            // Every calling code is told by its third digit.
            0..3 => NumberError::TooShort,
            _ => NumberError::UnknownCountry,
        })?),
        None => None,
    };
    let (code, national, prefixes) = match called {
        Some((code, national)) => (code, national, rules.iter().find(|rules| rules.calling_code == code)),
        None => (home.map_or(0, |home| home.calling_code), typed.digits.as_str(), home),
    };
    let prefixes = prefixes.ok_or(NumberError::UnlistedCountry)?;
    let local = called.is_none() || !prefixes.secondary;

    let mut readings = Vec::new();
    let mut read = |digits: &str| {
        readings.extend(prefixes.strip(digits, local, engine));
        readings.push(digits.to_owned());
    };
    read(national);
    if called.is_none() {
        // The plus forgotten: `49 176 …`.
        national.strip_prefix(code.to_string().as_str()).map(&mut read);
    } else if typed.lone_zero == Some(typed.digits.len() - national.len()) {
        // A zero in parentheses where the country has none to dial: `+34 (0) 612 …`.
        readings.extend(national.strip_prefix('0').map(str::to_owned));
    }

    let sharing = || rules.iter().filter(|rules| rules.calling_code == code);
    for national in &readings {
        let fits = |rules: &&CountryRules| {
            has_length(rules.lengths, national.len()) && engine.matches_fully(&rules.mobile, national)
        };
        if let Some(rules) = sharing().find(fits) {
            let e164 = ["+", code.to_string().as_str(), national].concat();
            return Ok(MobileNumber { e164, country: rules.country });
        }
    }

    Err(why_none(readings.first().map_or(national, String::as_str), sharing(), engine))
}

/// Why a national number is no mobile number of any of the countries of its calling code.
fn why_none<'a, E: PatternEngine>(
    national: &str,
    sharing: impl Iterator<Item = &'a CountryRules> + Clone,
    engine: &E,
) -> NumberError {
    let lengths = sharing.clone().fold(0, |lengths, rules| lengths | rules.lengths);
    let begins_otherwise =
        |rules: &CountryRules| !rules.other.is_empty() && engine.match_start(&rules.other, national).is_some();
    if national.len() < FEWEST_DIGITS {
        NumberError::TooShort
    } else if national.len() > MOST_DIGITS {
        NumberError::TooLong
    } else if sharing.clone().any(begins_otherwise) {
        NumberError::NotMobile
    } else if has_length(lengths, national.len()) {
        NumberError::UnknownRange
    } else if national.len() < lengths.trailing_zeros() as usize {
        NumberError::TooShort
    } else {
        // Where lengths leave a gap, the shorter one is the usual one everywhere.
        NumberError::TooLong
    }
}

/// As [`parse`], for a form that takes numbers of `countries`, with the rules of all countries at
/// hand: numbers of a country that only shares its calling code with a listed one are told apart.
///
/// # Errors
/// As [`parse`].
#[cfg(feature = "all-regions")]
pub fn parse_for<E: PatternEngine>(
    text: &str,
    default: Country,
    countries: &[Country],
    engine: &E,
) -> Result<MobileNumber, NumberError> {
    parse(text, default, &rules_of(countries), engine).map_err(|error| {
        match parse(text, default, all_rules(), engine) {
            Ok(_) => NumberError::UnlistedCountry,
            Err(_) => error,
        }
    })
}

/// What follows the plus or the international prefix of the country dialled from. No calling code
/// begins with a zero, so `+0176 …` is a national number and `000…` no international one.
fn called_number<'t, E: PatternEngine>(typed: &'t Typed, home: Option<&CountryRules>, engine: &E) -> Option<&'t str> {
    let digits = typed.digits.as_str();
    if typed.plus && !digits.starts_with('0') {
        return Some(digits);
    }
    let prefix = home.map_or("00", |home| &home.international_prefix);
    let start = engine.match_start(prefix, digits)?;
    digits.get(start.length..).filter(|rest| !rest.starts_with('0'))
}

fn has_length(lengths: u32, digits: usize) -> bool {
    digits < 32 && lengths >> digits & 1 == 1
}
