//! The way out that no message lacks (L8).

use crate::{lang::Lang, settings::Sender, sms, token::LinkToken};

/// A text and the way out that it leaves with.
pub fn joined(text: &str, way_out: &str) -> String {
    format!("{text}\n{way_out}")
}

/// A text as it leaves. `link` stands in it where nobody can reply to the sender.
pub fn with_way_out(text: &str, sender: &Sender, lang: Lang, link: &str) -> String {
    joined(text, &way_out(sender, lang, link))
}

fn way_out(sender: &Sender, lang: Lang, link: &str) -> String {
    lang.texts().way_out(if sender.receives { "" } else { link }, sender.receives)
}

/// A link as long as any; `links_to` has no slash at its end.
pub fn sample_link(links_to: &str) -> String {
    format!("{links_to}/c/{}", "0".repeat(LinkToken::LENGTH))
}

/// The longest way out, in parts and then in units, that a text gets from one of these senders in one of these
/// languages: who the recipient is decides.
pub fn longest(text: &str, senders: &[&Sender], langs: &[Lang], link: &str) -> Option<String> {
    let all = senders.iter().flat_map(|sender| langs.iter().map(move |lang| way_out(sender, *lang, link)));
    all.max_by_key(|way_out| {
        let measure = sms::measure(&joined(text, way_out));
        (measure.segments, measure.units)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sender(receives: bool) -> Sender {
        Sender {
            id: "shop".parse().unwrap(),
            from: "Blattwerk".into(),
            receives,
            gateway: "twilio".parse().unwrap(),
            fallback: None,
            purposes: None,
        }
    }

    proptest! {
        #[test]
        fn nothing_that_leaves_is_longer_than_what_was_said(text in ".{0,200}", receives: bool, other in any::<bool>()) {
            let senders = [sender(receives), sender(other)];
            let link = sample_link("https://ja.example.de");
            let said = longest(&text, &senders.each_ref(), &Lang::ALL, &link).unwrap();
            let said = sms::measure(&format!("{text}\n{said}"));
            for lang in Lang::ALL {
                for sender in &senders {
                    let leaves = with_way_out(&text, sender, lang, &link);
                    prop_assert!(leaves.starts_with(&text));
                    let leaves = sms::measure(&leaves);
                    prop_assert!((leaves.segments, leaves.units) <= (said.segments, said.units));
                }
            }
        }
    }
}
