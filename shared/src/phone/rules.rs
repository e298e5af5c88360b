use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::{Country, engine::PatternEngine};

/// The codes that are some country's, a bit each.
static CALLING_CODES: [u8; 125] = include!(concat!(env!("OUT_DIR"), "/calling_codes.rs"));

/// Google's order: by calling code; the region that leads a shared code before the others.
#[cfg(feature = "all-regions")]
static REGIONS: &[CountryRules] = &include!(concat!(env!("OUT_DIR"), "/regions.rs"));

/// How the mobile numbers of one country are told.
///
/// In JSON the names are one letter and what is empty is left out, since each form brings the rules
/// of its countries to the browser: the letters are part of the interface and don't change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountryRules {
    /// `c`: whose.
    #[serde(rename = "c")]
    pub country: Country,
    /// `n`: the country calling code (ITU-T E.164), which several countries may share.
    #[serde(rename = "n")]
    pub calling_code: u16,
    /// `s`: another country leads the calling code. What this one's people leave out at home, an
    /// area code say, they can't leave out after the calling code.
    #[serde(rename = "s", default, skip_serializing_if = "is_false")]
    pub secondary: bool,
    /// `m`: the pattern of national significant numbers that are mobile.
    #[serde(rename = "m")]
    pub mobile: Cow<'static, str>,
    /// `l`: how long those are. Bit *n* (value 2ⁿ) stands for *n* digits.
    #[serde(rename = "l")]
    pub lengths: u32,
    /// `p`: the pattern of what is dialled before a national number at home: `0`. Empty: nothing.
    #[serde(rename = "p", default, skip_serializing_if = "str::is_empty")]
    pub national_prefix: Cow<'static, str>,
    /// `f`: if the group in `p` caught digits, the number begins with these and the caught ones.
    #[serde(rename = "f", default, skip_serializing_if = "str::is_empty")]
    pub fill: Cow<'static, str>,
    /// `i`: the pattern of what is dialled before a calling code; left out where it is `00`.
    #[serde(rename = "i", default = "double_zero", skip_serializing_if = "is_double_zero")]
    pub international_prefix: Cow<'static, str>,
    /// `o`: the pattern of beginnings that landlines and services have and mobile numbers have not.
    #[serde(rename = "o", default, skip_serializing_if = "str::is_empty")]
    pub other: Cow<'static, str>,
}

impl CountryRules {
    /// `digits` without the national prefix, if they have one. `local` allows numbers that stand
    /// without what only people in the country leave out.
    pub(super) fn strip<E: PatternEngine>(&self, digits: &str, local: bool, engine: &E) -> Option<String> {
        if self.national_prefix.is_empty() {
            return None;
        }
        let start = engine.match_start(&self.national_prefix, digits)?;
        let rest = digits.get(start.length..)?;
        match start.group {
            Some(_) if !local => None,
            Some(group) => Some([&self.fill, group.as_str(), rest].concat()),
            // Some prefixes are optional in their own pattern.
            None => (start.length > 0).then(|| rest.to_owned()),
        }
    }
}

/// Splits an international number into calling code and national part. Codes are prefix-free.
pub(super) fn split_calling_code(digits: &str) -> Option<(u16, &str)> {
    (1..=3).find_map(|length| {
        let (code, national) = digits.split_at_checked(length)?;
        let code: u16 = code.parse().ok()?;
        let bits = CALLING_CODES.get(usize::from(code / 8))?;
        (bits >> (code % 8) & 1 == 1).then_some((code, national))
    })
}

/// The rules of every country that has mobile numbers, in the order in which Google's library asks
/// the countries of one calling code.
#[cfg(feature = "all-regions")]
pub fn all_rules() -> &'static [CountryRules] {
    REGIONS
}

/// The rules of `country`; none if it is unknown or has no mobile numbers.
#[cfg(feature = "all-regions")]
pub fn rules_for(country: Country) -> Option<&'static CountryRules> {
    REGIONS.iter().find(|rules| rules.country == country)
}

/// The rules of those of `countries` that have any, in the order of [`all_rules`].
#[cfg(feature = "all-regions")]
pub fn rules_of(countries: &[Country]) -> Vec<CountryRules> {
    let listed = |rules: &&CountryRules| countries.contains(&rules.country);
    REGIONS.iter().filter(listed).cloned().collect()
}

fn double_zero() -> Cow<'static, str> {
    Cow::Borrowed("00")
}

fn is_double_zero(prefix: &str) -> bool {
    prefix == "00"
}

fn is_false(value: &bool) -> bool {
    !value
}
