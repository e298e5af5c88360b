//! Turns Google's phone metadata (crate `phonenumber`) into the rules of `shared::phone`.
//!
//! Google finds a number's country and type with up to eleven patterns a region. Here one is left:
//! the mobile one. That is the same only while no other pattern takes a number away from it, so
//! each build proves that for all digit strings, with automata, and fails where it isn't so.

use std::{collections::BTreeMap, env, fs, path::Path};

use phonenumber::{
    Metadata,
    metadata::{DATABASE, Descriptor},
};

use automata::Language;

#[path = "build/automata.rs"]
mod automata;

/// How many digits of a number are looked at to tell that no mobile number begins so.
const TELLING_DIGITS: usize = 3;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=build/automata.rs");
    let mut plans: BTreeMap<u16, Vec<Region>> = BTreeMap::new();
    for meta in DATABASE.iter().filter(|meta| meta.id() != "001") {
        plans.entry(meta.country_code()).or_default().push(Region::new(meta));
    }
    let mut rules = Vec::new();
    for plan in plans.values_mut() {
        // The order in which Google asks the regions of one calling code.
        plan.sort_by_key(|region| {
            let meta = region.meta;
            (!meta.is_main_country_for_code(), meta.id().to_owned())
        });
        prove_that_the_mobile_pattern_decides(plan);
        for (at, region) in plan.iter().enumerate() {
            rules.extend(region.rules(at > 0, plan));
        }
    }
    let codes: Vec<_> = plans.into_keys().collect();
    let out = env::var_os("OUT_DIR").expect("cargo sets OUT_DIR");
    let write = |name, text| fs::write(Path::new(&out).join(name), text).expect("OUT_DIR is writable");
    write("calling_codes.rs", format!("{:?}", bits(&codes)));
    write("regions.rs", format!("[{}]", rules.concat()));
}

/// One bit for each calling code that is some country's.
fn bits(codes: &[u16]) -> [u8; 125] {
    let mut bits = [0; 125];
    for code in codes {
        bits[usize::from(code / 8)] |= 1 << (code % 8);
    }
    bits
}

/// A region's metadata, and what its patterns accept.
struct Region {
    meta: &'static Metadata,
    mobile: Language,
    /// Numbers of every other type but fixed line, which may overlap: Google then says
    /// `FIXED_LINE_OR_MOBILE`.
    special: Language,
    fixed: Language,
    general: Language,
    /// Numbers that Google takes for this region's before it looks at their type.
    led: Option<Language>,
}

impl Region {
    fn new(meta: &'static Metadata) -> Self {
        let of = meta.descriptors();
        let language =
            |descriptors: &[Option<&Descriptor>]| Language::new(descriptors.iter().flatten().copied().map(pattern));
        Self {
            meta,
            mobile: language(&[of.mobile()]),
            special: language(&[
                of.premium_rate(),
                of.toll_free(),
                of.shared_cost(),
                of.voip(),
                of.personal_number(),
                of.pager(),
                of.uan(),
                of.voicemail(),
            ]),
            fixed: language(&[of.fixed_line()]),
            general: language(&[Some(of.general())]),
            led: meta.leading_digits().map(|digits| Language::new([format!("(?:{})\\d*", compact(digits.as_str()))])),
        }
    }

    fn lengths(&self) -> Vec<u16> {
        let mobile = self.meta.descriptors().mobile();
        mobile.map_or_else(Vec::new, |mobile| mobile.possible_length().to_vec())
    }

    /// The Rust literal of the region's rules; none for a region without mobile numbers.
    fn rules(&self, secondary: bool, plan: &[Region]) -> Option<String> {
        let meta = self.meta;
        let mobile = pattern(meta.descriptors().mobile()?);
        let lengths = self.lengths().iter().fold(0_u32, |bits, length| bits | 1 << length);
        let parsing = meta.national_prefix_for_parsing().map(|prefix| compact(prefix.as_str()));
        let prefix = parsing.or_else(|| meta.national_prefix().map(str::to_owned)).unwrap_or_default();
        let (prefix, fill) = match meta.national_prefix_transform_rule() {
            Some(rule) => with_one_group(meta.id(), &prefix, rule),
            None => (prefix.replace('(', "(?:").replace("(?:?:", "(?:"), String::new()),
        };
        let international =
            meta.international_prefix().map_or_else(|| "00".to_owned(), |prefix| compact(prefix.as_str()));
        let other = self.other(plan);
        for pattern in [&mobile, &prefix, &international, &other] {
            check_syntax(meta.id(), pattern);
        }
        let id = meta.id();
        let code = meta.country_code();
        Some(format!(
            "CountryRules {{ country: Country(*b{id:?}), calling_code: {code}, secondary: {secondary}, \
             mobile: Cow::Borrowed({mobile:?}), lengths: {lengths}, \
             national_prefix: Cow::Borrowed({prefix:?}), \
             fill: Cow::Borrowed({fill:?}), \
             international_prefix: Cow::Borrowed({international:?}), \
             other: Cow::Borrowed({other:?}) }},\n"
        ))
    }

    /// A pattern of beginnings that landlines and service numbers of this region have and mobile
    /// ones, of all regions of the calling code, have not. Left out are the types whose ranges are
    /// abandoned or lie among mobile ones (pagers, voicemail): a new mobile range may begin so.
    fn other(&self, plan: &[Region]) -> String {
        let of = self.meta.descriptors();
        let others = [of.fixed_line(), of.toll_free(), of.premium_rate(), of.shared_cost()];
        let others = Language::new(others.into_iter().flatten().map(pattern));
        let mobiles: Vec<_> = plan.iter().map(|region| &region.mobile).collect();
        let pattern = beginnings(&mut String::new(), &others, &mobiles).unwrap_or_default();
        let bare = pattern.strip_prefix("(?:").and_then(|rest| rest.strip_suffix(')'));
        bare.map(str::to_owned).unwrap_or(pattern)
    }
}

/// The pattern of what may follow `start` so that it begins words of `others` and none of `mobiles`.
fn beginnings(start: &mut String, others: &Language, mobiles: &[&Language]) -> Option<String> {
    // What may follow a digit, and the digits that it may follow.
    let mut rests: BTreeMap<String, Vec<char>> = BTreeMap::new();
    for digit in '0'..='9' {
        start.push(digit);
        if others.begins(start) {
            if !mobiles.iter().any(|language| language.begins(start)) {
                rests.entry(String::new()).or_default().push(digit);
            } else if start.len() < TELLING_DIGITS
                && let Some(rest) = beginnings(start, others, mobiles)
            {
                rests.entry(rest).or_default().push(digit);
            }
        }
        start.pop();
    }
    let mut parts = rests.iter().map(|(rest, digits)| class(digits) + rest);
    match rests.len() {
        0 => None,
        1 => parts.next(),
        _ => Some(format!("(?:{})", parts.collect::<Vec<_>>().join("|"))),
    }
}

/// The character class of ascending digits.
fn class(digits: &[char]) -> String {
    let runs = digits.chunk_by(|a, b| u32::from(*a) + 1 == u32::from(*b));
    let runs: String = runs
        .map(|run| match run {
            [first, _, .., last] => format!("{first}-{last}"),
            few => few.iter().collect(),
        })
        .collect();
    if digits.len() == 1 { runs } else { format!("[{runs}]") }
}

/// A number is mobile for Google if the first region that claims it says so. Proves for the regions
/// of one calling code that this is: if the mobile pattern of any matches.
fn prove_that_the_mobile_pattern_decides(plan: &[Region]) {
    for (at, region) in plan.iter().enumerate() {
        let id = region.meta.id();
        let none = |what: &str, word: Option<String>| {
            if let Some(word) = word {
                panic!("phone metadata of {id}: {word} is a mobile number {what}; the rules can't say that yet");
            }
        };
        none("outside the general pattern", region.mobile.word_outside(&region.general));
        none("and of another type", region.mobile.word_within(&region.special, None));
        none("of no possible length", region.mobile.word_of_other_length(&region.lengths()));
        for earlier in plan.iter().take(at) {
            let claims = match &earlier.led {
                Some(led) => vec![led],
                None => vec![&earlier.fixed, &earlier.special],
            };
            for claim in claims {
                let word = region.mobile.word_within(claim, Some(&earlier.mobile));
                none(&format!("that {} claims for something else", earlier.meta.id()), word);
            }
        }
    }
}

fn pattern(descriptor: &Descriptor) -> String {
    compact(descriptor.national_number().as_str())
}

/// The metadata's patterns are laid out over lines.
fn compact(pattern: &str) -> String {
    pattern.split_whitespace().collect()
}

/// Transform rules are all of the shape `9$1`: digits, then what the prefix pattern's last group
/// caught. Gives the pattern with that group alone, and the digits.
fn with_one_group(id: &str, prefix: &str, rule: &str) -> (String, String) {
    let is_group = |at: &usize| !prefix[at + 1..].starts_with("?:");
    let groups: Vec<_> = prefix.match_indices('(').map(|(at, _)| at).filter(is_group).collect();
    let digits = rule
        .strip_suffix(&format!("${}", groups.len()))
        .filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))
        .unwrap_or_else(|| panic!("phone metadata of {id}: the transform rule {rule} has a new shape"));
    let mut single = prefix.to_owned();
    for at in groups.iter().rev().skip(1) {
        single.insert_str(at + 1, "?:");
    }
    (single, digits.to_owned())
}

/// Allows only what `regex-lite` and a browser's `RegExp` read alike.
fn check_syntax(id: &str, pattern: &str) {
    let plain = pattern.replace("\\d", "").replace("(?:", "(");
    let alike = plain.bytes().all(|byte| byte.is_ascii_digit() || b"()[]{}|,-?$".contains(&byte));
    let lazy = ["??", "}?"].iter().any(|part| plain.contains(part));
    assert!(alike && !lazy, "phone metadata of {id}: engines may differ on {pattern}");
}
