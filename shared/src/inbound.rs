//! What an SMS from a handset is: whose, for which number of ours, and a keyword's request or a reply.

use serde::{Deserialize, Serialize};

use crate::{
    evidence::ReceivedSms,
    form::{FormVersion, Keyword},
    gateway::{Extent, InboundSms, Meant, SmsId},
    ids::GatewayId,
    inbox::{ForHuman, for_human},
    lang::Localized,
    phone::{Country, MobileNumber, RegexLite, all_rules, parse},
    reply::{self, About, Reply, Stop, Topic, Vocabulary},
    settings::{Purpose, Sender, Use, bare_number, number_digits, same_number},
    time::Timestamp,
};

/// An SMS from a handset, on its way to the person's object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arrived {
    pub sms: ReceivedSms,
    pub text: String,
    /// What the provider takes it for.
    pub meant: Option<Meant>,
    pub extent: Extent,
    pub seen: Seen,
    #[serde(default)]
    pub described: Described,
}

/// By which description of its gateway an SMS was read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Described {
    /// By the one in force.
    #[default]
    Now,
    /// Only by one of before. Its secrets and rules may be given up for a reason: what it reads ends things, and does
    /// nothing else.
    Before,
}

/// By what an SMS that comes once more is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Seen {
    /// By the provider's own id.
    ById,
    /// By a hash of the webhook, which another SMS with the same words has too.
    ByHash,
    /// It was found in the provider's list, by its own id; it was sent then, and changes nothing of what came later.
    InList(Timestamp),
}

impl Seen {
    /// When it was sent, if others may have come after it.
    pub const fn sent_at(self) -> Option<Timestamp> {
        match self {
            Self::InList(at) => Some(at),
            Self::ById | Self::ByHash => None,
        }
    }
}

impl Arrived {
    /// As it goes on from a gateway that brought it now, or has it in its list.
    pub fn new(sms: InboundSms, gateway: GatewayId, listed_at: Option<Timestamp>, now: Timestamp) -> Self {
        let InboundSms { id, to, text, meant, extent, .. } = sms;
        let seen = match (&id, listed_at) {
            (_, Some(at)) => Seen::InList(at),
            (SmsId::Provider(_), None) => Seen::ById,
            (SmsId::Hash(_), None) => Seen::ByHash,
        };
        let sms = ReceivedSms {
            id: id.text().to_owned(),
            gateway,
            to,
            received_at: Some(listed_at.unwrap_or(now)),
            // A list is the provider's word to us alone.
            signature_verified: listed_at.is_none(),
        };
        Self { sms, text, meant, extent, seen, described: Described::Now }
    }

    /// The same, read by that description of its gateway.
    #[must_use]
    pub fn by(self, described: Described) -> Self {
        Self { described, ..self }
    }

    /// What it says to a number that serves these purposes, its keywords aside.
    pub fn reply(&self, served: &[Purpose]) -> Reply {
        let said = self.said(served);
        match self.described {
            Described::Now => said,
            Described::Before => only_ending(said),
        }
    }

    /// Whether the provider lets SMS through to the handset again for it, whatever else it says.
    pub fn is_start(&self) -> bool {
        self.meant == Some(Meant::Start) && self.described == Described::Now
    }

    fn said(&self, served: &[Purpose]) -> Reply {
        match (self.meant, self.extent) {
            (Some(Meant::Stop), _) => Reply::Stop(Stop::Everything),
            // A provider takes "YES" for one too: where the words are a yes of the person's, they are (L6).
            (Some(Meant::Start), Extent::Whole) => {
                let yes = Some(self.words(served)).filter(|said| matches!(said, Reply::Yes { .. }));
                yes.unwrap_or(Reply::Start)
            }
            (Some(Meant::Start), Extent::Part) => Reply::Start,
            (Some(Meant::Help), Extent::Whole) if self.words(served) == Reply::Info => Reply::Info,
            (Some(Meant::Help), _) => Reply::Help,
            (None, Extent::Whole) => self.words(served),
            // The other parts may say the contrary: of one alone only what ends something counts.
            (None, Extent::Part) => only_ending(self.words(served)),
        }
    }

    fn words(&self, served: &[Purpose]) -> Reply {
        reply::read(&self.text, &Vocabulary { topics: topics(served), keywords: Vec::new() })
    }

    /// What a human must read of it, where that is what it says. What only a former description reads, whose secrets
    /// may be given up, gets in only where advertising is to wait.
    pub fn for_human(&self, reply: &Reply) -> Option<ForHuman> {
        let of = for_human(reply);
        of.filter(|it| self.described == Described::Now || it.speaks_of == About::Rights)
    }

    /// Whether it may be a keyword: nothing else is known of it.
    pub fn may_be_a_keyword(&self, served: &[Purpose]) -> bool {
        self.extent == Extent::Whole
            && self.described == Described::Now
            && matches!(self.reply(served), Reply::Unclear(_) | Reply::Ignore)
    }
}

fn only_ending(said: Reply) -> Reply {
    match said {
        said if said.only_ends() => said,
        // A human reads it all the same (L34).
        Reply::Unclear(About::Rights) | Reply::Access => Reply::Unclear(About::Rights),
        _ => Reply::Unclear(About::Other),
    }
}

/// The handset that an SMS came from; none where it was no mobile number. `home` is the country of national numbers.
pub fn handset(from: &str, home: Option<Country>) -> Option<MobileNumber> {
    let from = bare_number(from);
    let any = all_rules().first()?.country;
    let abroad = || parse(&format!("+{}", number_digits(&from)), any, all_rules(), &RegexLite).ok();
    let called = from.starts_with('+') || from.starts_with("00");
    let national = home.filter(|_| !called).and_then(|home| parse(&from, home, all_rules(), &RegexLite).ok());
    national.or_else(abroad)
}

/// The sender that people see at that number, if the settings have it still.
pub fn sender_at<'a>(senders: &'a [Sender], gateway: &GatewayId, to: &str) -> Option<&'a Sender> {
    let here = || senders.iter().filter(|sender| same_number(&sender.from, to));
    let receiving = |sender: &&Sender| sender.receives;
    here()
        .filter(receiving)
        .find(|sender| sender.is_by(gateway))
        .or_else(|| here().find(receiving))
        .or_else(|| here().next())
}

/// Who answers an SMS: the sender that it came in at; where that takes none any more, the one that the person knows, if
/// the settings have it still, else the first that takes some. Whoever nothing is known of gets no answer from there.
pub fn answerer<'a>(
    senders: &'a [Sender],
    gateway: &GatewayId,
    to: &str,
    known: Option<&Sender>,
) -> Option<&'a Sender> {
    let at = sender_at(senders, gateway, to).filter(|sender| sender.receives);
    let elsewhere = |known: &Sender| {
        let same = senders.iter().find(|sender| sender.from == known.from);
        same.or_else(|| senders.iter().find(|sender| sender.receives))
    };
    at.or_else(|| known.and_then(elsewhere))
}

fn topics(served: &[Purpose]) -> Vec<Topic<'_>> {
    let topics = served.iter().map(|purpose| Topic {
        id: &purpose.id,
        advertises: purpose.use_ == Use::Advertising,
        names: [&purpose.label, &purpose.wording].into_iter().flat_map(Localized::all).collect(),
    });
    topics.collect()
}

/// A request by a keyword (L16).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked<'a> {
    For(&'a FormVersion, &'a Keyword),
    /// A keyword whose form takes no numbers of that country, as its own page wouldn't.
    NotTaken,
}

/// Whether a text from a handset of that country is a keyword of one of these forms, all of one sender.
pub fn keyword<'a>(text: &str, forms: &'a [FormVersion], country: Country) -> Option<Asked<'a>> {
    let keywords = forms.iter().flat_map(|form| &form.draft.keywords).map(|keyword| keyword.word.as_str());
    let vocabulary = Vocabulary { topics: Vec::new(), keywords: keywords.collect() };
    let Reply::Keyword(word) = reply::read(text, &vocabulary) else {
        return None;
    };
    let owner = forms.iter().find_map(|form| Some((form, form.keyword(&word)?)));
    let owner = owner.filter(|(form, _)| form.draft.countries.contains(&country));
    Some(owner.map_or(Asked::NotTaken, |(form, keyword)| Asked::For(form, keyword)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::settings::Settings;

    fn form(countries: &[&str]) -> FormVersion {
        serde_json::from_value(json!({
            "form": "newsletter",
            "version": 1,
            "published_at": "2026-11-24T10:00:00.000Z",
            "draft": {
                "purposes": [], "sender": "shop", "languages": ["de"], "countries": countries, "age": 16,
                "keywords": [{ "word": "RABATT" }],
            },
            "controller": {
                "name": "Blattwerk", "address": "x", "email": "x", "imprint_url": "x", "privacy_url": "x",
            },
            "purposes": [],
            "sender": { "id": "shop", "from": "+4915228817386", "receives": true, "gateway": "twilio" },
        }))
        .unwrap()
    }

    fn country(name: &str) -> Option<Country> {
        Some(name.parse().unwrap())
    }

    #[test]
    fn a_handset_is_one_however_a_provider_writes_it() {
        for from in [
            "+4917612345678",
            "4917612345678",
            "004917612345678",
            " +49 176 / 1234-5678 ",
            "tel:+49-176-12345678",
            "TEL:+4917612345678;ext=1",
            "+49\u{a0}176\u{202f}12345678",
        ] {
            for home in [None, country("DE"), country("US")] {
                assert_eq!(handset(from, home).unwrap().e164(), "+4917612345678", "{from}");
            }
        }
        for from in ["", "+", "Blattwerk", "+493012345678", "017612345678", "80999"] {
            assert_eq!(handset(from, None), None, "{from}");
        }
        let home = |from: &str, home: &str| handset(from, country(home)).map(|number| number.e164().to_owned());
        assert_eq!(home("0176 12345678", "DE").as_deref(), Some("+4917612345678"));
        assert_eq!(home("17612345678", "DE").as_deref(), Some("+4917612345678"));
        assert_eq!(home("2015550123", "US").as_deref(), Some("+12015550123"));
        assert_eq!(home("0612345678", "FR").as_deref(), Some("+33612345678"));
        // A guest from abroad.
        assert_eq!(home("33612345678", "DE").as_deref(), Some("+33612345678"));
        for from in ["03012345678", "80999", "Blattwerk"] {
            assert_eq!(home(from, "DE"), None, "{from}");
        }
    }

    fn senders() -> Vec<Sender> {
        let settings: Settings = serde_json::from_value(json!({
            "controller": { "name": "B", "address": "x", "email": "x", "imprint_url": "x", "privacy_url": "x" },
            "purposes": [],
            "senders": [
                { "id": "mute", "from": "+4915228817386", "receives": false, "gateway": "twilio" },
                { "id": "shop", "from": "+4915228817386", "receives": true, "gateway": "twilio", "fallback": "seven" },
                { "id": "other", "from": "+4915228817300", "receives": true, "gateway": "vonage" },
                { "id": "deaf", "from": "+4915228817301", "receives": false, "gateway": "vonage" },
            ],
        }))
        .unwrap();
        settings.senders
    }

    #[test]
    fn an_sms_is_answered_by_whom_it_came_in_at_else_by_whom_the_person_knows() {
        let senders = senders();
        let by = |gateway: &str, to: &str, known: Option<&Sender>| {
            let answerer = answerer(&senders, &gateway.parse().unwrap(), to, known);
            answerer.map(|sender| sender.id.as_str().to_owned())
        };
        for gateway in ["twilio", "seven", "vonage", "gone"] {
            assert_eq!(by(gateway, "4915228817386", None).as_deref(), Some("shop"), "{gateway}");
        }
        let gone = Sender { from: "+4915228817399".to_owned(), ..senders[0].clone() };
        for to in ["+4915228817301", "+4915228817399"] {
            assert_eq!(by("vonage", to, None), None, "a stranger's, {to}");
            assert_eq!(by("vonage", to, Some(&senders[2])).as_deref(), Some("other"), "{to}");
            assert_eq!(by("vonage", to, Some(&gone)).as_deref(), Some("shop"), "{to}");
        }
    }

    #[test]
    fn a_keyword_asks_only_whom_its_forms_page_could_ask() {
        let forms = [form(&["DE"])];
        let asked = |text, country: &str| keyword(text, &forms, country.parse().unwrap());
        assert_eq!(asked("Rabatt!", "DE"), Some(Asked::For(&forms[0], &forms[0].draft.keywords[0])));
        assert_eq!(asked("rabatt", "FR"), Some(Asked::NotTaken));
        assert_eq!(asked("Stopp", "DE"), None);
        assert_eq!(asked("Stopp Rabatt", "DE"), None);
    }

    fn arrived(text: &str, meant: Option<Meant>, extent: Extent) -> Arrived {
        let sms = ReceivedSms {
            id: "1".to_owned(),
            gateway: "twilio".parse().unwrap(),
            to: "x".to_owned(),
            received_at: None,
            signature_verified: true,
        };
        Arrived { sms, text: text.to_owned(), meant, extent, seen: Seen::ById, described: Described::Now }
    }

    proptest! {
        #[test]
        fn what_the_provider_takes_it_for_counts_whatever_the_words(text in ".{0,40}", part: bool) {
            let extent = if part { Extent::Part } else { Extent::Whole };
            let of = |meant| arrived(&text, Some(meant), extent).reply(&[]);
            prop_assert_eq!(of(Meant::Stop), Reply::Stop(Stop::Everything));
            prop_assert_eq!(of(Meant::Help), Reply::Help);
            let words = arrived(&text, None, extent).reply(&[]);
            let yes = matches!(words, Reply::Yes { .. }) && !part;
            prop_assert_eq!(of(Meant::Start), if yes { words } else { Reply::Start });
        }

        #[test]
        fn a_yes_that_the_provider_takes_for_a_start_is_a_yes(
            text in "(YES|Yes!|JA|ja bitte|oui|Ja 27)",
            part: bool,
        ) {
            let arrived = arrived(&text, Some(Meant::Start), if part { Extent::Part } else { Extent::Whole });
            prop_assert!(arrived.is_start());
            prop_assert_eq!(matches!(arrived.reply(&[]), Reply::Yes { .. }), !part);
            prop_assert!(!arrived.by(Described::Before).is_start());
        }

        #[test]
        fn a_part_ends_what_it_would_end_alone_and_does_nothing_else(
            text in prop_oneof![".{0,40}", "(JA|STOP|NEIN|START|INFO|RABATT|falsche Nummer|bitte stopp|keine SMS mehr)"],
        ) {
            let whole = arrived(&text, None, Extent::Whole).reply(&[]);
            let part = arrived(&text, None, Extent::Part);
            prop_assert!(!part.may_be_a_keyword(&[]));
            if whole.only_ends() {
                prop_assert_eq!(part.reply(&[]), whole);
            } else {
                prop_assert!(matches!(part.reply(&[]), Reply::Unclear(_)));
            }
        }

        #[test]
        fn what_only_a_former_description_reads_ends_things_and_does_nothing_else(
            text in prop_oneof![".{0,40}", "(JA|Ja 27|STOP|NEIN|START|INFO|RABATT|falsche Nummer|keine SMS mehr)"],
            meant in prop::sample::select(vec![None, Some(Meant::Stop), Some(Meant::Start), Some(Meant::Help)]),
            part: bool,
        ) {
            let now = arrived(&text, meant, if part { Extent::Part } else { Extent::Whole });
            let before = now.clone().by(Described::Before);
            prop_assert!(!before.may_be_a_keyword(&[]));
            let said = now.reply(&[]);
            let reply = before.reply(&[]);
            let same = said.only_ends() && reply == said;
            prop_assert!(same || (!said.only_ends() && matches!(reply, Reply::Unclear(_))));
        }

        #[test]
        fn what_may_be_a_keyword_ends_nothing(text in ".{0,40}") {
            let arrived = arrived(&text, None, Extent::Whole);
            prop_assert!(!arrived.may_be_a_keyword(&[]) || !arrived.reply(&[]).only_ends());
        }
    }
}
