//! What the owner passes on for a person, and hands in (L25, L22).

use serde::{Deserialize, Serialize};

use super::{PendingLine, StateLine};
use crate::{
    evidence::{HandInChannel, ReceivedAt, WordChannel},
    ids::{FormId, PurposeId},
    lang::Lang,
    phone::Country,
    text_hash::TextHash,
};

/// What a person has said to the business: a call's own members, and what each such call says.
macro_rules! heard {
    ($(#[$about:meta])* $name:ident { $($own:tt)* }) => {
        $(#[$about])*
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            $($own)*
            /// How it came.
            pub channel: WordChannel,
            /// When it reached the business: a time (RFC 3339), or a day there. What the person has agreed to or asked
            /// for since stays; on that day itself nothing counts as later.
            #[cfg_attr(feature = "openapi", schema(value_type = String))]
            pub received_at: ReceivedAt,
            /// The owner's own, such as the id of a ticket. Kept in the evidence as a value that can be deleted by
            /// itself.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub reference: Option<String>,
        }
    };
}

heard! {
    /// `POST /v1/subjects/{subject}/object`, `…/correct`, and `DELETE /v1/subjects/{subject}`: what a person has said
    /// to the business.
    WordHeard {}
}

heard! {
    /// `POST /v1/subjects/{subject}/withdraw`.
    WithdrawHeard {
        /// What the person takes back; everything by default.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub purpose: Option<PurposeId>,
    }
}

/// How a person stands after that; the same however often it is passed on.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PersonNow {
    /// The subject.
    pub subject: String,
    /// Whether anything is stored that belongs to a person, their number first of all. Where it isn't, nobody is known,
    /// or everything is erased: what is kept is that web pages don't reach whoever has the number.
    pub known: bool,
    /// Each purpose.
    pub states: Vec<StateLine>,
    /// Requests that wait.
    pub pending: Vec<PendingLine>,
    /// Whether requests from web pages are held back.
    #[serde(rename = "silenced")]
    pub suppressed: bool,
}

/// `POST /v1/requests`: another system of the owner's hands in that somebody asks for SMS. It orders the confirmation
/// SMS and nothing else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct HandInRequest {
    /// The form whose text was shown.
    pub form: FormId,
    /// The hash of that text, which must be the one in force: `disclosure` of `GET /v1/forms/{form}`.
    pub disclosure: TextHash,
    /// Its language, and that of the SMS.
    pub lang: Lang,
    /// The number as it was given.
    pub number: String,
    /// The country of a number without a prefix; the form's first one by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub country: Option<Country>,
    /// The purposes that the person chose, each by a choice of its own.
    pub purposes: Vec<PurposeId>,
    /// Where the number was given: the SMS says it.
    pub channel: HandInChannel,
    /// Whether the person declared the form's age.
    pub age_confirmed: bool,
    /// The owner's own, such as the id of an order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// The campaign, at most 100 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub campaign: Option<String>,
}

impl HandInRequest {
    /// The most characters of a campaign.
    pub const LONGEST_CAMPAIGN: usize = 100;
}
