//! What an owner prints and posts, so that people sign up.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::{draft::Keyword, version::FormVersion};
use crate::{ids::FormId, reference::Reference};

/// All but the unreserved characters of RFC 3986.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The address of a form's hosted page, for a campaign (`utm_…` with their values) and for whoever has that reference.
/// `origin` has no slash at its end.
pub fn hosted_link(origin: &str, form: &FormId, utm: &[(&str, &str)], reference: Option<&Reference>) -> String {
    let mut link = format!("{origin}/f/{form}");
    let reference = reference.map(|reference| ("reference", reference.as_str()));
    for (name, value) in utm.iter().copied().chain(reference).filter(|(_, value)| !value.is_empty()) {
        link.push(if link.contains('?') { '&' } else { '?' });
        link.extend([name, "="]);
        link.extend(utf8_percent_encode(value, RESERVED));
    }
    link
}

impl FormVersion {
    /// A link that opens a new SMS with a keyword in it. In-app browsers and desktops drop it: the hosted link stands
    /// beside it always.
    pub fn sms_link(&self, keyword: &Keyword) -> String {
        // RFC 5724 writes `?body=`, older iOS wants `&body=`; both take this.
        format!("sms:{}?&body={}", self.sender.from, utf8_percent_encode(&keyword.word, RESERVED))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{actor::Actor, form::FormState, time::Timestamp};

    fn form() -> FormVersion {
        serde_json::from_value(json!({
            "form": "newsletter",
            "version": 1,
            "published_at": "2026-11-24T10:00:00.000Z",
            "draft": { "purposes": [], "sender": "shop", "languages": ["de"], "countries": ["DE"], "age": 16 },
            "controller": {
                "name": "Blattwerk", "address": "x", "email": "x", "imprint_url": "x", "privacy_url": "x",
            },
            "purposes": [],
            "sender": { "id": "shop", "from": "+4915228817386", "receives": true, "gateway": "simulator" },
        }))
        .unwrap()
    }

    #[test]
    fn a_form_is_closed_and_opened_in_turn() {
        let (at, by) = (Timestamp::from_millis(0), Actor::owner());
        let open = form();
        assert_eq!((open.state(), open.turned(FormState::Open, at, by.clone())), (FormState::Open, None));
        let closed = open.turned(FormState::Closed, at, by.clone()).unwrap();
        assert_eq!((closed.state(), closed.turned(FormState::Closed, at, by.clone())), (FormState::Closed, None));
        let again = closed.turned(FormState::Open, at, by).unwrap();
        assert_eq!(again.state(), FormState::Open);
    }

    #[test]
    fn an_sms_link_works_on_both_systems_and_for_every_word() {
        let link =
            |word: &str| form().sms_link(&Keyword { word: word.into(), purpose: None, lang: None, beside: None });
        assert_eq!(link("RABATT"), "sms:+4915228817386?&body=RABATT");
        assert_eq!(link("GRÜN & 10%"), "sms:+4915228817386?&body=GR%C3%9CN%20%26%2010%25");
    }

    #[test]
    fn a_campaign_and_a_reference_stay_one_value_each() {
        let reference = Reference::parse("K#1/Ü+2").unwrap();
        let with = |campaign: Option<_>, reference| {
            let utm: Vec<_> = campaign.map(|campaign| ("utm_campaign", campaign)).into_iter().collect();
            hosted_link("https://ja.example.de", &form().form, &utm, reference)
        };
        let link = |campaign| with(campaign, None);
        assert_eq!(link(None), "https://ja.example.de/f/newsletter");
        assert_eq!(link(Some("")), "https://ja.example.de/f/newsletter");
        assert_eq!(link(Some("a&b=c d#e")), "https://ja.example.de/f/newsletter?utm_campaign=a%26b%3Dc%20d%23e");
        let page = "https://ja.example.de/f/newsletter";
        assert_eq!(with(None, Some(&reference)), format!("{page}?reference=K%231%2F%C3%9C%2B2"));
        assert_eq!(with(Some("a"), Some(&reference)), format!("{page}?utm_campaign=a&reference=K%231%2F%C3%9C%2B2"));
    }
}
