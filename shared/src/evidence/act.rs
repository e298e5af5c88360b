use serde::{Deserialize, Serialize};

use super::{commitment::Named, passed_on::PassedOn, request::ReceivedSms};
use crate::{
    actor::Actor,
    ids::PurposeId,
    inbox::InboxAct,
    links::LinkAct,
    reply::{Reply, Stop},
    subject::Scope,
    text_hash::TextHash,
    time::Timestamp,
    token::TokenHash,
};

/// The confirming act.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Act {
    /// By what.
    #[serde(flatten)]
    pub by: ActBy,
    /// The purposes that it was about.
    pub purposes: Vec<PurposeId>,
    /// Network, user agent and what the page showed of the number, or the words of the reply.
    pub commitments: Vec<Named>,
}

/// By what the person said yes (L6).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "by", rename_all = "lowercase")]
pub enum ActBy {
    /// By a tap on our own page.
    Link {
        page: PageShown,
        /// SHA-256 of the link's token, as in the confirmation SMS.
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        link_sha256: TokenHash,
    },
    /// By a reply to the confirmation SMS.
    Reply(ReceivedSms),
}

/// The page that asked for the yes: a frozen text, and what was filled into it. The purposes are the act's; the last
/// two digits of the number are committed to as `number_ends`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PageShown {
    /// The template with its buttons, by its hash.
    pub template: TextHash,
    /// Until when a yes was asked for.
    pub until: Timestamp,
    /// The zone in which that time was written (IANA).
    pub time_zone: String,
}

impl PageShown {
    /// What the page's form sends back, so that a yes counts for this page alone (L1).
    pub fn hash(&self, purposes: &[PurposeId]) -> TextHash {
        let purposes: Vec<_> = purposes.iter().map(PurposeId::as_str).collect();
        let Self { template, until, time_zone } = self;
        TextHash::of(
            &[&template.0, &purposes.join(","), &until.millis().to_string(), time_zone].map(String::as_str).join("\n"),
        )
    }
}

/// What ended a consent, as far as somebody acted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Said {
    /// How much was to end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<SaidScope>,
    /// The SMS that said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sms: Option<ReceivedSms>,
    /// The word that the owner passed on, where the person has said it to the business.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub passed_on: Option<PassedOn>,
    /// Its words as `reply`, network and user agent of the tap, or the owner's `reference`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub commitments: Vec<Named>,
    /// Who of the owner's ended it for the person, by passing their word on or by answering what they wrote.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<Actor>,
}

/// How much somebody wanted to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SaidScope {
    /// All that there was.
    Everything,
    /// All advertising.
    Advertising,
    /// Certain purposes, this one among them.
    Purposes,
}

impl SaidScope {
    /// What an SMS from the handset ends.
    pub const fn of_reply(reply: &Reply) -> Option<Self> {
        match reply {
            Reply::Stop(Stop::Everything) | Reply::WrongNumber | Reply::Erase => Some(Self::Everything),
            Reply::Stop(Stop::Advertising) | Reply::Object => Some(Self::Advertising),
            Reply::Stop(Stop::Purposes(_)) => Some(Self::Purposes),
            _ => None,
        }
    }

    /// What a human's answer to a reply ends.
    pub const fn of_inbox(act: InboxAct, purpose: Option<&PurposeId>) -> Option<Self> {
        match (act, purpose) {
            (InboxAct::Nothing, _) => None,
            (InboxAct::Withdraw, Some(_)) => Some(Self::Purposes),
            (InboxAct::Object, _) => Some(Self::Advertising),
            (InboxAct::Withdraw | InboxAct::Erase | InboxAct::WrongNumber, _) => Some(Self::Everything),
        }
    }

    /// What a tap ends.
    pub const fn of_tap(act: &LinkAct) -> Option<Self> {
        match act {
            LinkAct::Withdraw(Scope::All) | LinkAct::WrongNumber | LinkAct::Erase => Some(Self::Everything),
            LinkAct::Withdraw(Scope::Purpose(_)) => Some(Self::Purposes),
            LinkAct::Object => Some(Self::Advertising),
            LinkAct::Confirm { .. } | LinkAct::Refuse | LinkAct::FreshLink | LinkAct::Allow => None,
        }
    }
}
