//! Names that owners choose, checked once on the way in.

use std::fmt;

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("an id has 1 to 32 characters: small letters a to z, digits and hyphens, and begins with a letter")]
pub struct IdError;

fn check(text: &str) -> Result<(), IdError> {
    let begins = text.starts_with(|c: char| c.is_ascii_lowercase());
    let fits = text.len() <= 32;
    let known = text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    (begins && fits && known).then_some(()).ok_or(IdError)
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        ///
        /// 1 to 32 characters `a-z 0-9 -`, beginning with a letter: it stands in URLs and KV keys.
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(try_from = "String")]
        pub struct $name(String);

        impl $name {
            /// The id as written.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = IdError;
            fn try_from(text: String) -> Result<Self, IdError> {
                check(&text).map(|()| Self(text))
            }
        }

        impl std::str::FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                Self::try_from(text.to_owned())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

id!(
    /// One use of the number, such as `booking` or `marketing` (L3).
    PurposeId
);
id!(
    /// A form, over all its versions.
    FormId
);
id!(
    /// What an SMS comes from.
    SenderId
);
id!(
    /// A gateway of the settings, or [`GatewayId::simulator`].
    GatewayId
);
id!(
    /// A webhook of the settings.
    WebhookId
);

impl GatewayId {
    /// The simulated phone of a development build.
    pub fn simulator() -> Self {
        Self("simulator".to_owned())
    }

    /// A gateway that is called by its kind.
    pub(crate) fn of_kind(kind: &'static str) -> Self {
        Self(kind.to_owned())
    }

    /// Whether it is that.
    pub fn is_simulator(&self) -> bool {
        self.0 == "simulator"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_that_could_break_a_url_or_a_key_is_refused() {
        for text in ["", "Shop", "a/b", "a b", "1a", "-a", "ä", &"a".repeat(33)] {
            assert_eq!(text.parse::<FormId>(), Err(IdError), "{text}");
        }
        assert_eq!("shop-2".parse::<FormId>().unwrap().as_str(), "shop-2");
        assert!(serde_json::from_str::<PurposeId>("\"Marketing\"").is_err());
    }
}
