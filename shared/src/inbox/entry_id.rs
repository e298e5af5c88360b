use std::{fmt, str::FromStr};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};

use crate::{ids::GatewayId, key_ring::SubjectId, time::Timestamp};

const BYTES: usize = 21;

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an id of the inbox")]
pub struct EntryIdError;

/// The id of a reply: the subject id (72 bits), which leads to its person, and 96 random bits; 28 characters base64url.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ReplyId([u8; BYTES]);

impl ReplyId {
    /// An id for a reply of a subject's, from 12 random bytes.
    pub fn new(subject: SubjectId, random: [u8; 12]) -> Self {
        Self(subject.followed_by(random))
    }

    /// Whose it is.
    pub fn subject(self) -> SubjectId {
        SubjectId::leading(self.0)
    }
}

impl From<ReplyId> for String {
    fn from(id: ReplyId) -> Self {
        URL_SAFE_NO_PAD.encode(id.0)
    }
}

impl TryFrom<String> for ReplyId {
    type Error = EntryIdError;
    fn try_from(text: String) -> Result<Self, EntryIdError> {
        text.parse()
    }
}

impl FromStr for ReplyId {
    type Err = EntryIdError;
    fn from_str(text: &str) -> Result<Self, EntryIdError> {
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| EntryIdError)?;
        bytes.try_into().map(Self).map_err(|_| EntryIdError)
    }
}

impl fmt::Display for ReplyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&String::from(*self))
    }
}

/// The id of an entry, which says where it lies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum EntryId {
    /// A reply, in its person's object.
    Reply(ReplyId),
    /// What could not be read, in the object of its gateway: `twilio.17`.
    Unread(GatewayId, u64),
}

impl fmt::Display for EntryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Reply(id) => id.fmt(f),
            Self::Unread(gateway, number) => write!(f, "{gateway}.{number}"),
        }
    }
}

impl FromStr for EntryId {
    type Err = EntryIdError;
    fn from_str(text: &str) -> Result<Self, EntryIdError> {
        let Some((gateway, number)) = text.split_once('.') else {
            return text.parse().map(Self::Reply);
        };
        let id = Self::Unread(gateway.parse().map_err(|_| EntryIdError)?, number.parse().map_err(|_| EntryIdError)?);
        // One entry has one id: none with zeros before it, or a sign.
        if id.to_string() == text { Ok(id) } else { Err(EntryIdError) }
    }
}

impl TryFrom<String> for EntryId {
    type Error = EntryIdError;
    fn try_from(text: String) -> Result<Self, EntryIdError> {
        text.parse()
    }
}

impl From<EntryId> for String {
    fn from(id: EntryId) -> Self {
        id.to_string()
    }
}

/// The place of an entry among all, the oldest first: a text that sorts as they come in. The list goes on after it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct InboxKey(String);

impl InboxKey {
    /// Digits of a time: enough for 30,000 years.
    const TIME: usize = 15;

    pub fn new(received_at: Timestamp, id: &EntryId) -> Self {
        let millis = received_at.millis().max(0);
        Self(match id {
            EntryId::Reply(id) => format!("{millis:015}.{id}"),
            EntryId::Unread(gateway, number) => format!("{millis:015}.{gateway}.{number:020}"),
        })
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn parts(&self) -> Option<(&str, &str)> {
        self.0
            .split_once('.')
            .filter(|(time, _)| time.len() == Self::TIME && time.bytes().all(|it| it.is_ascii_digit()))
    }

    /// The entry that has this place.
    ///
    /// # Errors
    /// None has: it is no place.
    pub fn entry(&self) -> Result<EntryId, EntryIdError> {
        let (_, id) = self.parts().ok_or(EntryIdError)?;
        match id.split_once('.') {
            None => id.parse().map(EntryId::Reply),
            Some((gateway, number)) => {
                let number = number.parse().map_err(|_| EntryIdError)?;
                Ok(EntryId::Unread(gateway.parse().map_err(|_| EntryIdError)?, number))
            }
        }
    }
}

impl FromStr for InboxKey {
    type Err = EntryIdError;
    fn from_str(text: &str) -> Result<Self, EntryIdError> {
        let key = Self(text.to_owned());
        key.entry().map(|_| key)
    }
}

impl TryFrom<String> for InboxKey {
    type Error = EntryIdError;
    fn try_from(text: String) -> Result<Self, EntryIdError> {
        text.parse()
    }
}

impl From<InboxKey> for String {
    fn from(key: InboxKey) -> Self {
        key.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn id() -> impl Strategy<Value = EntryId> {
        prop_oneof![
            any::<[u8; BYTES]>().prop_map(|bytes| EntryId::Reply(ReplyId(bytes))),
            ("[a-z][a-z0-9-]{0,31}", any::<u64>())
                .prop_map(|(gateway, number)| EntryId::Unread(gateway.parse().unwrap(), number)),
        ]
    }

    proptest! {
        #[test]
        fn an_entry_has_one_id_and_one_place(id in id(), at in 0..4_000_000_000_000_i64) {
            prop_assert_eq!(id.to_string().parse::<EntryId>(), Ok(id.clone()));
            let key = InboxKey::new(Timestamp::from_millis(at), &id);
            prop_assert_eq!(key.entry(), Ok(id));
            prop_assert_eq!(key.as_str().parse::<InboxKey>(), Ok(key.clone()));
        }

        #[test]
        fn places_sort_as_entries_come_in(
            one in (id(), 0..4_000_000_000_000_i64),
            other in (id(), 0..4_000_000_000_000_i64),
            numbers in any::<[u64; 2]>(),
        ) {
            let key = |(id, at): &(EntryId, i64)| InboxKey::new(Timestamp::from_millis(*at), id);
            if one.1 != other.1 {
                prop_assert_eq!(key(&one) < key(&other), one.1 < other.1);
            }
            // What a gateway keeps within a millisecond is in the order of its numbers.
            let unread = numbers.map(|number| key(&(EntryId::Unread("seven".parse().unwrap(), number), one.1)));
            prop_assert_eq!(unread[0].cmp(&unread[1]), numbers[0].cmp(&numbers[1]));
        }

        #[test]
        fn no_text_is_an_entry_by_accident(text in ".{0,40}") {
            if let Ok(id) = text.parse::<EntryId>() {
                prop_assert_eq!(id.to_string(), text);
            }
        }
    }

    #[test]
    fn what_is_no_id_is_none() {
        for text in ["", ".", "twilio", "twilio.", "twilio.01", "twilio.+1", "twilio.-1", "Twilio.1", "a.b.1", "AQEB"] {
            assert_eq!(text.parse::<EntryId>(), Err(EntryIdError), "{text}");
        }
        for text in ["", "1", "000001795000000.x", "0179500000000.twilio.1", "+00001795000000.twilio.1"] {
            assert_eq!(text.parse::<InboxKey>(), Err(EntryIdError), "{text}");
        }
    }
}
