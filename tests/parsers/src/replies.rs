use shared::{
    evidence::ReceivedSms,
    form::FormVersion,
    gateway::{Extent, InboundSms, Meant, SmsId},
    ids::PurposeId,
    inbound::{Arrived, Described, keyword},
    reply::{self, Reply, Stop, Topic, Vocabulary, is_reserved},
};

use crate::{
    lines::{line, text},
    shop::{FORM, SETTINGS, noon},
};

fn read(text: &str, vocabulary: &Vocabulary) -> Reply {
    reply::read(text, vocabulary)
}

pub fn is_unclear(reply: &Reply) -> bool {
    matches!(reply, Reply::Unclear(_))
}

/// Something that says no more than the word, whatever marks stand around it.
fn is_alone(said: &str, word: &str) -> bool {
    said.trim_matches(|c: char| c.is_ascii() && !c.is_ascii_alphanumeric()).eq_ignore_ascii_case(word)
}

/// A reply, after a line with keywords and one with the name of a purpose.
pub fn reply(data: &[u8]) {
    let (keywords, rest) = line(data);
    let (name, rest) = line(rest);
    let said = text(rest);
    let own: PurposeId = "own".parse().expect("an id");
    let mut topics: Vec<_> =
        SETTINGS.purposes.iter().map(|purpose| topic(&purpose.id, true, &purpose.label.de)).collect();
    if !name.is_empty() {
        topics.push(topic(&own, false, &name));
    }
    let keywords: Vec<_> = keywords.split(',').filter(|word| !word.is_empty()).take(5).collect();
    let vocabulary = Vocabulary { topics, keywords };
    let meant = read(&said, &vocabulary);
    assert_eq!(read(&said, &vocabulary), meant);
    assert_eq!(read(&said.to_ascii_uppercase(), &vocabulary), meant, "in capitals");
    assert_eq!(read(&said.to_ascii_lowercase(), &vocabulary), meant, "in small letters");
    assert_eq!(read(&format!(" \n{said}\r\n "), &vocabulary), meant, "with space around");
    if is_alone(&said, "stop") {
        assert!(matches!(meant, Reply::Stop(_)), "{said:?} is {meant:?}");
    }
    match &meant {
        Reply::Yes { code } | Reply::No { code } => {
            assert!(code.is_none_or(|code| code < 100));
            let refuses = said.contains(['🛑', '🚫', '⛔', '❌', '👎'])
                || said.split(|c: char| !c.is_alphanumeric()).any(|word| word.eq_ignore_ascii_case("stop"));
            assert!(!refuses || matches!(meant, Reply::No { .. }), "{said:?} is a yes");
        }
        Reply::Stop(Stop::Purposes(ids)) => {
            assert!(ids.iter().all(|id| vocabulary.topics.iter().any(|topic| topic.id == id)), "{ids:?}");
        }
        Reply::Keyword(word) => {
            assert!(vocabulary.keywords.contains(&word.as_str()) && !is_reserved(word), "{word:?}");
        }
        _ => {}
    }
    arrived(&said);
    asked(&said, &FORM);
}

fn topic<'a>(id: &'a PurposeId, advertises: bool, name: &'a str) -> Topic<'a> {
    Topic { id, advertises, names: vec![name] }
}

/// What comes in parts, or is read by a description of before, only ends things.
pub fn arrived(said: &str) {
    let served = &SETTINGS.purposes;
    for (meant, extent) in [(None, Extent::Whole), (None, Extent::Part), (Some(Meant::Stop), Extent::Part)] {
        let id = SmsId::Provider("1".to_owned());
        let sms = InboundSms { meant, extent, ..InboundSms::new(id, String::new(), String::new(), said.to_owned()) };
        let arrived = Arrived::new(sms, "twilio".parse().expect("an id"), None, noon());
        let reply = arrived.reply(served);
        let ends = |reply: &Reply| reply.only_ends() || is_unclear(reply);
        assert!(extent == Extent::Whole || ends(&reply), "a part {said:?} is {reply:?}");
        assert!(meant.is_none() || reply == Reply::Stop(Stop::Everything));
        let before = arrived.clone().by(Described::Before).reply(served);
        assert!(ends(&before), "{said:?} by a description of before is {before:?}");
        let json = serde_json::to_string(&arrived).expect("JSON");
        assert_eq!(serde_json::from_str::<Arrived>(&json).expect("what was written"), arrived);
        let ReceivedSms { received_at, .. } = &arrived.sms;
        assert_eq!(*received_at, Some(noon()));
    }
}

/// What has a meaning is no keyword.
fn asked(said: &str, form: &FormVersion) {
    let forms = std::slice::from_ref(form);
    let asked = keyword(said, forms, "DE".parse().expect("a country"));
    let means = read(said, &Vocabulary::default());
    assert!(asked.is_none() || is_unclear(&means), "{said:?} is {means:?} and a keyword");
}
