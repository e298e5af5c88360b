//! What an SMS from a handset is: whose, for which sender, and a keyword's request or a reply.

use crate::{
    form::{FormVersion, Keyword},
    ids::GatewayId,
    lang::Localized,
    phone::{Country, MobileNumber, RegexLite, all_rules, parse},
    reply::{self, Reply, Topic, Vocabulary},
    settings::{Purpose, Sender, Settings, Use},
};

/// A number as a provider writes it, down to its digits: E.164 with its plus, with `00`, or bare.
fn digits(number: &str) -> &str {
    let number = number.trim();
    number.strip_prefix('+').or_else(|| number.strip_prefix("00")).unwrap_or(number)
}

/// The handset that an SMS came from; none where it was no mobile number.
pub fn handset(from: &str) -> Option<MobileNumber> {
    let any = all_rules().first()?.country;
    parse(&format!("+{}", digits(from)), any, all_rules(), &RegexLite).ok()
}

/// The sender of ours that an SMS came in at, by that gateway.
pub fn receiver<'a>(settings: &'a Settings, gateway: &GatewayId, to: &str) -> Option<&'a Sender> {
    settings.senders.iter().find(|sender| {
        let ours = sender.gateway == *gateway || sender.fallback.as_ref() == Some(gateway);
        sender.receives && ours && digits(&sender.from) == digits(to)
    })
}

/// What an SMS is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meaning<'a> {
    /// A request by a keyword (L16).
    Request(&'a FormVersion, &'a Keyword),
    /// A keyword whose form takes no numbers of that country, as its own page wouldn't.
    NotTaken,
    Reply(Reply),
}

/// Reads an SMS from a handset of that country to a sender that serves these purposes and owns these forms' keywords.
pub fn read<'a>(text: &str, served: &[Purpose], forms: &'a [FormVersion], country: Country) -> Meaning<'a> {
    let topics = served.iter().map(|purpose| Topic {
        id: &purpose.id,
        advertises: purpose.use_ == Use::Advertising,
        names: [&purpose.label, &purpose.wording].into_iter().flat_map(Localized::all).collect(),
    });
    let keywords = forms.iter().flat_map(|form| &form.draft.keywords).map(|keyword| keyword.word.as_str());
    let vocabulary = Vocabulary { topics: topics.collect(), keywords: keywords.collect() };
    match reply::read(text, &vocabulary) {
        Reply::Keyword(word) => forms
            .iter()
            .find_map(|form| Some((form, form.keyword(&word)?)))
            .filter(|(form, _)| form.draft.countries.contains(&country))
            .map_or(Meaning::NotTaken, |(form, keyword)| Meaning::Request(form, keyword)),
        reply => Meaning::Reply(reply),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

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

    #[test]
    fn a_number_is_one_however_a_provider_writes_it() {
        for from in ["+4917612345678", "4917612345678", "004917612345678", " +4917612345678 "] {
            assert_eq!(handset(from).unwrap().e164(), "+4917612345678", "{from}");
        }
        for from in ["", "+", "Blattwerk", "+493012345678"] {
            assert_eq!(handset(from), None, "{from}");
        }
    }

    #[test]
    fn an_sms_comes_in_at_a_sender_of_its_gateway_that_receives() {
        let settings: Settings = serde_json::from_value(json!({
            "controller": { "name": "B", "address": "x", "email": "x", "imprint_url": "x", "privacy_url": "x" },
            "purposes": [],
            "senders": [
                { "id": "mute", "from": "+4915228817386", "receives": false, "gateway": "twilio" },
                { "id": "shop", "from": "+4915228817386", "receives": true, "gateway": "twilio", "fallback": "seven" },
            ],
        }))
        .unwrap();
        let at = |gateway: &str, to| {
            receiver(&settings, &gateway.parse().unwrap(), to).map(|sender| sender.id.as_str().to_owned())
        };
        assert_eq!(at("twilio", "4915228817386").as_deref(), Some("shop"));
        assert_eq!(at("seven", "004915228817386").as_deref(), Some("shop"));
        assert_eq!(at("vonage", "+4915228817386"), None);
        assert_eq!(at("twilio", "+4915228817387"), None);
    }

    #[test]
    fn a_keyword_asks_only_whom_its_forms_page_could_ask() {
        let forms = [form(&["DE"])];
        let meaning = |text, country: &str| read(text, &[], &forms, country.parse().unwrap());
        assert_eq!(meaning("Rabatt!", "DE"), Meaning::Request(&forms[0], &forms[0].draft.keywords[0]));
        assert_eq!(meaning("rabatt", "FR"), Meaning::NotTaken);
        assert_eq!(meaning("Stopp", "DE"), Meaning::Reply(Reply::Stop(reply::Stop::Everything)));
    }

    proptest! {
        #[test]
        fn what_no_form_owns_is_a_reply(text in ".{0,40}") {
            let meaning = read(&text, &[], &[], "DE".parse().unwrap());
            prop_assert!(matches!(meaning, Meaning::Reply(reply) if !matches!(reply, Reply::Keyword(_))));
        }
    }
}
