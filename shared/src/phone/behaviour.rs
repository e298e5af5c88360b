//! What the phone rules promise, over what people type.

use proptest::prelude::*;

use super::*;

fn country(code: &str) -> Country {
    code.parse().unwrap()
}

/// The answer of a form that takes numbers of `countries`, the first one by default, on the device.
fn on_device(text: &str, countries: &str) -> Result<String, NumberError> {
    let countries: Vec<_> = countries.split(' ').map(country).collect();
    let number = parse(text, countries[0], &rules_of(&countries), &RegexLite)?;
    Ok(number.e164().to_owned())
}

/// The answer of the same form's edge.
fn on_edge(text: &str, countries: &str) -> Result<String, NumberError> {
    let countries: Vec<_> = countries.split(' ').map(country).collect();
    let number = parse_for(text, countries[0], &countries, &RegexLite)?;
    Ok(number.e164().to_owned())
}

fn ok(e164: &str) -> Result<String, NumberError> {
    Ok(e164.to_owned())
}

#[test]
fn one_number_is_read_however_people_write_it() {
    for text in [
        "+4917612345678",
        "+49 (0)176 123 45 67 8",
        "+49 (0) 176 12345678",
        "(+49) 176 12345678",
        "+ 49 - 176 - 12345678",
        "+49 0176 12345678",
        "+0049 176 12345678",
        "+0176 12345678",
        "0049 176 12345678",
        "0049 (0)176 12345678",
        "49 176 12345678",
        "0176/12345678",
        "0176.123.456.78",
        "0176\u{a0}1234\u{2011}5678",
        "(0176) 12345678",
        "176 12345678",
        "tel:+49-176-12345678",
        " \"TEL:+49 176 12345678\" ",
        "„0176 12345678“",
        "\u{202a}+49 176 12345678\u{202c}",
        "\u{2068}0176 12345678\u{2069}",
        "０１７６１２３４５６７８",
        "＋４９（０）１７６－１２３４５６７８",
        "٠١٧٦١٢٣٤٥٦٧٨",
        "۰۱۷۶ ۱۲۳۴۵۶۷۸",
        "०१७६ १२३४५६७८",
        "0176 12345678\n",
    ] {
        assert_eq!(on_device(text, "DE AT CH"), ok("+4917612345678"), "{text:?}");
    }
}

#[test]
fn the_default_country_owns_numbers_without_a_calling_code() {
    assert_eq!(on_device("079 123 45 67", "CH DE"), ok("+41791234567"));
    assert_eq!(on_device("0660 1234567", "AT DE"), ok("+436601234567"));
    assert_eq!(on_device("0041 79 123 45 67", "DE CH"), ok("+41791234567"));
    assert_eq!(on_device("011 41 79 123 45 67", "US CH"), ok("+41791234567"));
    assert_eq!(on_device("8 912 345 67 89", "RU"), ok("+79123456789"));
    assert_eq!(on_device("06 20 123 4567", "HU"), ok("+36201234567"));
}

#[test]
fn a_prefix_that_a_country_does_not_have_is_no_obstacle_in_parentheses() {
    assert_eq!(on_device("+34 (0) 612 345 678", "ES"), ok("+34612345678"));
    assert_eq!(on_device("+39 (0)347 123 4567", "IT"), ok("+393471234567"));
}

#[test]
fn a_leading_zero_that_belongs_to_the_number_stays() {
    assert_eq!(on_device("+225 07 12 34 56 78", "CI"), ok("+2250712345678"));
    assert_eq!(on_device("+225 (0)7 12 34 56 78", "CI"), ok("+2250712345678"));
}

#[test]
fn a_number_written_the_domestic_way_is_transformed() {
    // Argentina: 0, area, 15, number at home is 9, area, number from abroad.
    assert_eq!(on_device("011 15 2345 6789", "AR"), ok("+5491123456789"));
    assert_eq!(on_device("+54 9 11 2345 6789", "AR"), ok("+5491123456789"));
    // Brazil: a carrier's code before the number.
    assert_eq!(on_device("0 15 11 96123 4567", "BR"), ok("+5511961234567"));
    // Antigua: the island's seven digits.
    assert_eq!(on_device("464 1234", "AG"), ok("+12684641234"));
}

#[test]
fn local_digits_after_a_shared_calling_code_are_not_completed() {
    assert_eq!(on_device("+1 464 1234", "AG"), Err(NumberError::TooShort));
}

#[test]
fn bad_input_is_told_apart() {
    use NumberError::*;
    for (text, error) in [
        ("", Empty),
        ("  +()", Empty),
        ("abc", Letters),
        ("0176 CALL ME", Letters),
        ("0176 12345678 ext. 3", Letters),
        ("0176*12345678", Letters),
        ("+49 176 1234+5678", Letters),
        ("1", TooShort),
        ("+4", TooShort),
        ("+49", TooShort),
        ("0176 123456", TooShort),
        ("0176 1234567890", TooLong),
        ("+49 176 123 456 789 012 345", TooLong),
        ("+999 123456", UnknownCountry),
        ("+800 12345678", UnknownCountry),
        ("+33 6 12 34 56 78", UnlistedCountry),
        ("0033 6 12 34 56 78", UnlistedCountry),
        ("030 123456", NotMobile),
        ("+49 89 1234567", NotMobile),
        ("0800 1234567", NotMobile),
        ("0662 123456", NotMobile),
        ("+43 662 123456", NotMobile),
        ("+41 44 123 45 67", NotMobile),
        ("0154 12345678", UnknownRange),
    ] {
        assert_eq!(on_device(text, "DE AT CH"), Err(error), "{text:?}");
        assert_eq!(on_edge(text, "DE AT CH"), Err(error), "{text:?}");
    }
    assert_eq!(on_device(&"9".repeat(100_000), "DE"), Err(TooLong));
    assert_eq!(parse("0176 12345678", country("FR"), &rules_of(&[country("DE")]), &RegexLite), Err(UnlistedCountry));
}

#[test]
fn only_an_unknown_range_is_left_to_the_edge() {
    use NumberError::*;
    let all = [Empty, Letters, TooShort, TooLong, UnknownCountry, UnlistedCountry, NotMobile, UnknownRange];
    let left: Vec<_> = all.into_iter().filter(|error| !error.is_final()).collect();
    assert_eq!(left, [UnknownRange]);
}

#[test]
fn countries_of_one_calling_code_are_told_apart() {
    for (text, listed, others) in [
        ("+7 912 345 67 89", "RU", "KZ"),
        ("+7 701 234 56 78", "KZ", "RU"),
        ("+44 7400 123456", "GB", "GG JE IM"),
        ("+44 7781 123456", "GG", "GB JE IM"),
        ("+44 7797 712345", "JE", "GB GG IM"),
        ("+44 7624 456789", "IM", "GB GG JE"),
        ("+1 201 555 0123", "US", "CA JM DO"),
        ("+1 506 234 5678", "CA", "US JM DO"),
        ("+1 876 210 1234", "JM", "US CA DO"),
        ("+262 692 12 34 56", "RE", "YT"),
        ("+262 639 01 23 45", "YT", "RE"),
        ("+599 9 518 1234", "CW", "BQ"),
        ("+599 318 1234", "BQ", "CW"),
    ] {
        let number = parse_for(text, country(listed), &[country(listed)], &RegexLite).unwrap();
        assert_eq!(number.country(), country(listed), "{text}");
        assert_eq!(on_edge(text, others), Err(NumberError::UnlistedCountry), "{text} for {others}");
        assert!(on_device(text, others).is_err(), "{text} for {others}");
    }
}

#[test]
fn a_territory_that_shares_its_ranges_takes_them() {
    for (text, territory, leader) in [
        ("+358 412 345 678", "AX", "FI"),
        ("+47 412 34 567", "SJ", "NO"),
        ("+61 412 345 678", "CX", "AU"),
        ("+39 347 123 4567", "VA", "IT"),
    ] {
        let number = |countries: &[Country]| parse_for(text, countries[0], countries, &RegexLite).unwrap();
        assert_eq!(number(&[country(territory)]).country(), country(territory));
        let both = [country(territory), country(leader)];
        assert_eq!(number(&both).country(), country(leader), "Google's order");
    }
}

#[test]
fn debugging_shows_no_more_than_the_last_two_digits() {
    let number = parse_for("0176 12345667", country("DE"), &[country("DE")], &RegexLite).unwrap();
    assert_eq!(format!("{number:?}"), "MobileNumber(…67)");
    assert_eq!(number.last_two_digits(), "67");
    assert_eq!(number.destination_prefix(), "+491761234");
}

#[test]
fn every_pattern_of_every_country_compiles() {
    for rules in all_rules() {
        for pattern in [&rules.mobile, &rules.national_prefix, &rules.international_prefix, &rules.other] {
            assert!(regex_lite::Regex::new(&format!("^(?:(?:{pattern})$)")).is_ok(), "{rules:?}");
        }
    }
    assert_eq!(all_rules().len(), 244, "all regions but Tristan da Cunha, which has no mobile numbers");
}

#[test]
fn rules_survive_json_in_few_bytes() {
    for rules in all_rules() {
        let json = serde_json::to_string(rules).unwrap();
        assert_eq!(&serde_json::from_str::<CountryRules>(&json).unwrap(), rules, "{json}");
    }
    let swiss = serde_json::to_value(rules_for(country("CH"))).unwrap();
    let expected = serde_json::json!({
        "c": "CH", "n": 41, "m": r"(?:6[89]|7[235-9])\d{7}", "l": 512, "p": "0", "o": "[2-589]|71|6[12]",
    });
    assert_eq!(swiss, expected);
}

#[test]
fn a_country_is_two_letters() {
    assert_eq!("de".parse(), Ok(country("DE")));
    for text in ["", "D", "DEU", "D1", "Ö", "ÄÖ"] {
        assert_eq!(text.parse::<Country>(), Err(CountryError), "{text}");
    }
    assert_eq!(serde_json::to_string(&country("AT")).unwrap(), "\"AT\"");
    assert!(serde_json::from_str::<Country>("\"A\"").is_err());
}

/// A country's rules, and digits: half of them a mobile number's, half of them any.
fn digits() -> impl Strategy<Value = (CountryRules, String)> {
    proptest::sample::select(all_rules()).prop_flat_map(|rules| {
        let mobile = rules.mobile.replace(r"\d", "[0-9]");
        let of = |pattern: &str| proptest::string::string_regex(pattern).unwrap();
        (Just(rules), prop_oneof![of(&mobile), of("[0-9]{1,16}")])
    })
}

/// Some way to write `digits`: with gaps, and in other scripts.
fn spelled(digits: String) -> impl Strategy<Value = String> {
    let gap = proptest::sample::select(vec!["", "", "", " ", "-", "/", ".", "\u{a0}", "\u{2011}", " - "]);
    let zero = proptest::sample::select(vec!['0', '0', '٠', '۰', '０', '०']);
    (proptest::collection::vec(gap, digits.len()), zero).prop_map(move |(gaps, zero)| {
        let write = |digit: char| char::from_u32(zero as u32 + digit as u32 - '0' as u32).unwrap();
        digits.chars().zip(gaps).flat_map(|(digit, gap)| gap.chars().chain([write(digit)])).collect()
    })
}

/// A German mobile number's national digits.
fn german() -> impl Strategy<Value = String> {
    proptest::string::string_regex("1(6[023]|7[0-9])[0-9]{7,8}").unwrap()
}

proptest! {
    #[test]
    fn no_text_makes_the_parser_panic(text in any::<String>(), rules in proptest::sample::select(all_rules())) {
        let _ = parse(&text, rules.country, all_rules(), &RegexLite);
        let _ = parse(&text, rules.country, std::slice::from_ref(&rules), &RegexLite);
        let _ = parse(&text, rules.country, &[], &RegexLite);
    }

    #[test]
    fn an_accepted_number_is_read_again_as_itself((rules, digits) in digits(), plus in any::<bool>()) {
        let text = if plus { format!("+{}{digits}", rules.calling_code) } else { digits };
        if let Ok(number) = parse(&text, rules.country, all_rules(), &RegexLite) {
            let again = parse(number.e164(), country("DE"), all_rules(), &RegexLite);
            prop_assert_eq!(again.as_ref(), Ok(&number));
            let alone = parse(number.e164(), country("DE"), &rules_of(&[number.country()]), &RegexLite);
            prop_assert_eq!(alone.as_ref(), Ok(&number));
            prop_assert!(number.e164().len() <= 16, "E.164 allows 15 digits");
        }
    }

    #[test]
    fn a_number_is_the_same_in_every_spelling(
        (digits, spelled) in german().prop_flat_map(|digits| (Just(digits.clone()), spelled(digits))),
        start in proptest::sample::select(vec!["", "0", "(0)", "+49", "+49 (0)", "0049", "00 49 (0) ", "tel:+49"]),
    ) {
        // One point before the zeros at the end is a spreadsheet's.
        let fraction = spelled.rsplit_once('.').map_or(0, |(_, rest)| rest.chars().filter(|c| c.is_numeric()).count());
        let zeros = digits.len() - digits.trim_end_matches('0').len();
        prop_assume!(spelled.matches('.').count() != 1 || !(1..=3).contains(&fraction) || zeros < fraction);
        prop_assert_eq!(on_device(&format!("{start}{spelled}"), "DE"), Ok(format!("+49{digits}")));
    }

    #[test]
    fn the_device_refuses_nothing_that_the_edge_takes(
        (rules, digits) in digits(),
        other in proptest::sample::select(all_rules()),
    ) {
        let countries = [other.country, rules.country];
        let text = format!("+{}{digits}", rules.calling_code);
        let device = parse(&text, other.country, &rules_of(&countries), &RegexLite);
        let edge = parse_for(&text, other.country, &countries, &RegexLite);
        prop_assert!(edge.is_err() || device == edge, "{:?} {:?}", device, edge);
    }

    #[test]
    fn a_number_of_a_newer_range_is_never_refused_for_good_on_the_device(
        (rules, digits) in digits(),
    ) {
        // The device's rules are older: they know no range of this country's mobile numbers.
        let mut older = rules.clone();
        older.mobile = "none".into();
        let text = format!("+{}{digits}", rules.calling_code);
        let edge = parse(&text, rules.country, std::slice::from_ref(&rules), &RegexLite);
        let device = parse(&text, rules.country, &[older], &RegexLite);
        prop_assert!(edge.is_err() || device == Err(NumberError::UnknownRange), "{:?} {:?}", device, edge);
    }
}

/// `4917612345678.0`, `4,91761E+12`: what a spreadsheet makes of a number is none, and least of all another one.
#[test]
fn what_a_spreadsheet_has_calculated_is_no_number() {
    for text in [
        "+491711234567.0",
        "+491711234567.00",
        "+491711234567,0",
        "491711234567.0 ",
        "\"01711234567.0\"",
        "+49 171 1234567.0",
        "491,711,234,567.0",
        "491.711.234.567,00",
        "4,91711E+12",
        "4.91711234567E+11",
        "4.91711e11",
    ] {
        assert_eq!(on_edge(text, "DE AT CH"), Err(NumberError::Letters), "{text}");
        assert_eq!(on_device(text, "DE AT CH"), Err(NumberError::Letters), "{text}");
    }
    for (text, e164) in [
        ("0171.1234500", "+491711234500"),
        ("0171.12.34.5.00", "+491711234500"),
        ("0171.0000000", "+491710000000"),
        ("491.711.234.500", "+491711234500"),
        ("0171,1234567", "+491711234567"),
    ] {
        assert_eq!(on_edge(text, "DE AT CH"), ok(e164), "{text}");
    }
}

proptest! {
    /// However many zeros a program appends behind a point: no other number comes of it.
    #[test]
    fn a_fraction_never_makes_another_number(digits in "1[67][0-9]{8,9}", zeros in 1..4_usize, mark in "[.,]") {
        let whole = format!("+49{digits}");
        if on_edge(&whole, "DE").is_ok() {
            prop_assert_eq!(on_edge(&format!("{whole}{mark}{}", "0".repeat(zeros)), "DE"), Err(NumberError::Letters));
        }
    }
}
