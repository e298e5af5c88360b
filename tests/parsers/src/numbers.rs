use shared::{
    inbound::handset,
    phone::{Country, CountryRules, MobileNumber, NumberError, RegexLite, all_rules, parse, parse_for, rules_of},
    quiet::zones,
    settings::same_number,
};

use crate::lines::{line, text};

/// E.164 (ITU-T), with its plus.
pub fn is_e164(number: &str) -> bool {
    let digits = number.strip_prefix('+').unwrap_or_default();
    (5..=15).contains(&digits.len()) && digits.bytes().all(|digit| digit.is_ascii_digit()) && !digits.starts_with('0')
}

/// What holds for every number that the rules accept.
pub fn accepted(number: &MobileNumber) {
    let e164 = number.e164();
    assert!(is_e164(e164), "{e164}");
    let home: Country = "DE".parse().expect("a country");
    // Countries that share their ranges, such as Finland and Åland, are told apart by the form.
    let read = |rules: &[CountryRules]| parse(e164, home, rules, &RegexLite).ok().map(|it| it.e164().to_owned());
    assert_eq!(read(all_rules()).as_deref(), Some(e164), "read as another");
    assert_eq!(read(&rules_of(&[number.country()])).as_deref(), Some(e164), "no number of {}", number.country());
    assert_eq!(handset(e164, None).map(|it| it.e164().to_owned()).as_deref(), Some(e164), "no handset");
    assert!(
        same_number(e164, e164) && same_number(e164, &e164[1..]) && same_number(e164, &format!("00{}", &e164[1..]))
    );
    assert!(e164.ends_with(number.last_two_digits()) && e164.starts_with(number.destination_prefix()));
    zones(e164);
}

/// A number as somebody types it, after a line with a form's countries.
pub fn phone(data: &[u8]) {
    let (countries, rest) = line(data);
    let typed = text(rest);
    let mut countries: Vec<Country> = countries.split(' ').filter_map(|code| code.parse().ok()).take(6).collect();
    if countries.is_empty() {
        countries.push("DE".parse().expect("a country"));
    }
    let home = countries[0];
    let edge = parse_for(&typed, home, &countries, &RegexLite);
    let device = parse(&typed, home, &rules_of(&countries), &RegexLite);
    let anywhere = parse(&typed, home, all_rules(), &RegexLite);
    let from = [handset(&typed, None), handset(&typed, Some(home))];
    [&edge, &device, &anywhere].into_iter().flatten().for_each(accepted);
    from.iter().flatten().for_each(accepted);
    match &edge {
        Ok(number) => {
            assert_eq!(device.as_ref(), Ok(number), "the device refuses what the edge takes");
            assert!(countries.contains(&number.country()), "{number:?} is of none of {countries:?}");
        }
        Err(NumberError::UnlistedCountry) => {}
        Err(why) => assert_eq!(device.as_ref(), Err(why), "the device takes what the edge refuses"),
    }
    zones(&typed);
    same_number("+4915228817386", &typed);
    same_number(&typed, &typed);
}
