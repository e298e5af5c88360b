//! The token of a link: where it leads, and a secret.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::{base62, key_ring::SubjectId, way_out::WayOutCode};

const BYTES: usize = 21;

/// 168 bits as 29 base62 digits: the subject id (72 bits), so that a tap goes straight to its object,
/// and 96 random bits, of which only a hash is kept.
#[derive(Clone, PartialEq, Eq)]
pub struct LinkToken([u8; BYTES]);

/// What is kept of a token.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TokenHash(pub String);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a token")]
pub struct TokenError;

impl LinkToken {
    /// Characters of a token.
    pub const LENGTH: usize = 29;

    /// A token for a subject, from 12 random bytes.
    pub fn new(subject: SubjectId, random: [u8; 12]) -> Self {
        Self(subject.followed_by(random))
    }

    /// Reads a token out of a link.
    pub fn parse(text: &str) -> Result<Self, TokenError> {
        if text.len() != Self::LENGTH {
            return Err(TokenError);
        }
        base62::read(text).map(Self).ok_or(TokenError)
    }

    /// The token as it stands in a link.
    pub fn text(&self) -> String {
        base62::write(self.0, Self::LENGTH)
    }

    /// The subject that it leads to.
    pub fn subject(&self) -> SubjectId {
        SubjectId::leading(self.0)
    }

    /// What is kept of it.
    pub fn hash(&self) -> TokenHash {
        TokenHash(URL_SAFE_NO_PAD.encode(Sha256::digest(self.0)))
    }
}

/// That link in an SMS: it stands on a line of its own.
pub fn link_in<'t>(sms: &'t str, link: &TokenHash) -> Option<&'t str> {
    sms.lines().map(str::trim).find(|line| {
        let token = line.rsplit_once("/c/").filter(|(host, _)| host.starts_with("http"));
        token.is_some_and(|(_, token)| LinkToken::parse(token).is_ok_and(|token| token.hash() == *link))
    })
}

/// What stands before what only the handset may know, and how long that is at least.
const SECRETS: [(&str, usize); 2] = [("/c/", LinkToken::LENGTH), ("/a/", WayOutCode::LENGTH)];

/// A text as evidence keeps it: whoever reads it there must not be able to confirm or withdraw. Of each link, wherever
/// it stands, the token or the code is left out.
pub fn without_tokens(text: &str) -> String {
    SECRETS.into_iter().fold(text.to_owned(), |text, (before, length)| without(&text, before, length))
}

fn without(text: &str, before: &str, length: usize) -> String {
    let mut parts = text.split(before);
    let mut cut = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        cut.push_str(before);
        let token = part.bytes().take_while(u8::is_ascii_alphanumeric).count();
        match part.get(token..) {
            Some(rest) if token >= length => {
                cut.push('…');
                cut.push_str(rest);
            }
            _ => cut.push_str(part),
        }
    }
    cut
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::key_ring::KeyRing;
    use base64::engine::general_purpose::STANDARD;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_token_reads_back_and_leads_to_its_subject(id: [u8; 9], random: [u8; 12]) {
            let token = LinkToken::new(SubjectId(id), random);
            let text = token.text();
            prop_assert_eq!(text.len(), LinkToken::LENGTH);
            let read = LinkToken::parse(&text).unwrap();
            prop_assert!(read == token);
            prop_assert_eq!(read.subject(), SubjectId(id));
        }

        #[test]
        fn no_token_is_left_wherever_its_link_stands(
            id: [u8; 9], random: [u8; 12], before in ".{0,9}", after in "([^a-zA-Z0-9].{0,9})?",
        ) {
            let token = LinkToken::new(SubjectId(id), random).text();
            let ring = KeyRing::parse(&format!("{}:{}", id[0], STANDARD.encode([1; 32]))).unwrap();
            let code = WayOutCode::of(SubjectId(id), &ring).unwrap().text();
            for (page, secret) in [("c", &token), ("a", &code)] {
                let cut = without_tokens(&format!("{before}https://x.example/{page}/{secret}{after}"));
                prop_assert!(!cut.contains(secret), "{}", cut);
                prop_assert_eq!(without_tokens(&cut), cut);
            }
        }

        #[test]
        fn the_link_of_an_sms_is_found(id: [u8; 9], random: [u8; 12], before in "[^/]{0,30}", after in "[^/]{0,30}") {
            let token = LinkToken::new(SubjectId(id), random);
            let link = format!("https://x.example/c/{}", token.text());
            let sms = format!("{before}\n{link}\n{after}");
            prop_assert_eq!(link_in(&sms, &token.hash()), Some(link.as_str()));
            let without = format!("{before}\nhttps://x.example/privacy\n{after}");
            prop_assert_eq!(link_in(&without, &token.hash()), None);
            prop_assert_eq!(link_in(&sms, &TokenHash("another".into())), None);
        }

        #[test]
        fn no_text_breaks_the_reader(text in ".{0,40}") {
            let _ = LinkToken::parse(&text);
            let _ = link_in(&text, &TokenHash(String::new()));
        }
    }

    #[test]
    fn a_text_past_168_bits_is_no_token() {
        assert!(LinkToken::parse(&"z".repeat(29)).is_err());
        assert!(LinkToken::parse(&"0".repeat(28)).is_err());
    }
}
