use shared::{
    hex,
    ids::{FormId, GatewayId, PurposeId},
    key_ring::SubjectId,
    lang::Lang,
    message::MessageId,
    phone::{Country, RegexLite, all_rules, parse},
    problem_kind::ProblemKind,
    quiet::TimeOfDay,
    reference::Reference,
    text_hash::TextHash,
    time::{Day, Timestamp},
    token::{LinkToken, without_tokens},
    way_out::WayOutCode,
};

use crate::{
    lines::text,
    shop::{ORIGIN, keys},
};

/// The token of a link, the code of a way out, the id of a person, the id of a message.
pub fn token(data: &[u8]) {
    let given = text(data);
    if let Ok(token) = LinkToken::parse(&given) {
        assert_eq!(token.text(), given);
    }
    if let Some(subject) = WayOutCode::read(&given, &keys()) {
        let made = WayOutCode::of(subject, &keys());
        assert_eq!(made.map(WayOutCode::text), Some(given.clone()));
    }
    if let Ok(id) = SubjectId::try_from(given.clone()) {
        assert_eq!(id.to_string(), given);
    }
    if let Ok(id) = given.parse::<MessageId>() {
        assert_eq!(id.to_string(), given);
        assert_eq!(MessageId::try_from(given.clone()), Ok(id));
    }
    let cut = without_tokens(&given);
    assert_eq!(without_tokens(&cut), cut, "{given:?}");
    let Some((bytes, rest)) = data.split_first_chunk::<21>() else { return };
    let Some((subject, random)) = bytes.split_first_chunk::<9>() else { return };
    let random = random.try_into().expect("12 bytes");
    let subject = SubjectId::try_from(base64(subject)).expect("9 bytes");
    let made = LinkToken::new(subject, random);
    assert_eq!(made.subject(), subject);
    let written = made.text();
    let read = LinkToken::parse(&written).ok();
    assert_eq!(read.map(|read| read.hash()), Some(made.hash()), "{written}");
    if let Some(code) = WayOutCode::of(subject, &keys()) {
        assert_eq!(WayOutCode::read(&code.text(), &keys()), Some(subject));
        let text = code.text();
        let another =
            text.char_indices().map(|(at, digit)| if at == usize::from(random[0]) % 19 { 'x' } else { digit });
        let another: String = another.collect();
        assert!(another == text || WayOutCode::read(&another, &keys()).is_none(), "{another}");
    }
    let id = MessageId::new(subject, random);
    assert_eq!(id.to_string().parse(), Ok(id));
    assert_eq!(id.subject(), subject);
    // Whatever stands around a link, nobody who reads the text gets it.
    let around = text(rest);
    if !around.contains(&written) {
        let sms = format!("{around}{ORIGIN}/c/{written}{around}");
        assert!(!without_tokens(&sms).contains(&written), "{sms}");
    }
}

fn base64(bytes: &[u8]) -> String {
    use base64::Engine as _;
    base64::prelude::BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

/// What stands in an address or a field: ids, hashes, days, times, countries, languages.
pub fn ids(data: &[u8]) {
    let given = text(data);
    if let Ok(id) = given.parse::<FormId>() {
        let known = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        assert!(id.as_str() == given && given.len() <= 32 && given.bytes().all(known));
        assert_eq!(given.parse::<PurposeId>().map(|id| id.to_string()), Ok(given.clone()));
        let gateway: GatewayId = given.parse().expect("an id");
        let name = shared::gateway::secret_name(&gateway, "auth-token");
        assert!(name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_'), "{name}");
    }
    if let Some(hash) = TextHash::parse(&given) {
        assert_eq!((hash.0.as_str(), given.len()), (given.as_str(), 50));
    }
    if let Ok(at) = Timestamp::try_from(given.clone()) {
        let written = String::from(at);
        assert_eq!(Timestamp::try_from(written.clone()), Ok(at), "{given} is written {written}");
        at.plus_months(60);
        at.end_of_third_year();
    }
    if let Ok(day) = Day::try_from(given.clone()) {
        assert!(given.len() == 10 && day.number().abs() < 4_000_000, "{given}");
    }
    if let Ok(time) = TimeOfDay::try_from(given.clone()) {
        assert_eq!(String::from(time), given);
    }
    if let Ok(country) = given.parse::<Country>() {
        assert_eq!(country.as_str(), given.to_ascii_uppercase());
    }
    if let Some(lang) = Lang::from_tag(&given) {
        assert_eq!(Lang::from_tag(lang.tag()), Some(lang));
    }
    if let Some(bytes) = hex::read(&given) {
        assert_eq!(hex::write(&bytes), given.to_ascii_lowercase());
    }
    if let Some(kind) = ProblemKind::named(&given) {
        assert_eq!(kind.name(), given);
    }
}

/// The owner's own name for somebody, which is nobody's number.
pub fn reference(data: &[u8]) {
    let given = text(data);
    let Ok(reference) = Reference::parse(&given) else { return };
    let written = reference.as_str();
    assert_eq!(Reference::parse(written).as_ref(), Ok(&reference));
    assert!(written.chars().count() <= Reference::MOST && !written.contains(char::is_whitespace));
    assert_eq!(format!("{reference:?}"), "Reference(…)", "no log shows it");
    let digits = written.bytes().filter(u8::is_ascii_digit).count();
    for home in ["DE", "AT", "CH", "US", "FR", "RU"] {
        let number = parse(written, home.parse().expect("a country"), all_rules(), &RegexLite);
        assert!(number.is_err() || digits < 7 || written.len() == 36, "{written} is a number of {home}");
    }
}
