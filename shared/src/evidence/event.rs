use serde::{Deserialize, Serialize};

use super::{
    act::{Act, Said},
    commitment::Named,
    request::{Request, SentSms},
};
use crate::{
    actor::Actor,
    ids::PurposeId,
    message::MessageId,
    settings::{Basis, Controller, Frequency, Purpose},
    subject::{Ending, Way},
    text_hash::TextHash,
    time::Timestamp,
};

/// The version of this record's form.
pub const SCHEMA: &str = "jawort/2";

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Happened {
    /// The person consented.
    Given(Box<GivenRecord>),
    /// The person withdrew.
    Withdrawn {
        /// By which way.
        way: Way,
        #[serde(flatten)]
        said: Said,
    },
    /// The person objected.
    Objected {
        /// By which way.
        way: Way,
        #[serde(flatten)]
        said: Said,
    },
    /// Whoever has the handset says that it is not the person's who consented.
    WrongNumber {
        /// By which way.
        way: Way,
        #[serde(flatten)]
        said: Said,
    },
    /// An SMS was sent.
    Used {
        message: MessageId,
        /// Who ordered it; nobody ordered a welcome.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        actor: Option<Actor>,
        /// The template of a batch, by its hash; its text is kept once.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        template: Option<TextHash>,
        /// Its words, as `text`.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        commitments: Vec<Named>,
    },
    /// The handset can't be reached for good.
    Suspended,
    /// Unused for too long.
    Lapsed,
    /// Erased.
    Erased {
        /// By which way.
        way: Way,
        #[serde(flatten)]
        said: Said,
    },
}

impl Happened {
    /// A consent's end, with what was said for it.
    pub fn ended(ending: Ending, said: Said) -> Self {
        match ending {
            Ending::Withdrawn(way) => Self::Withdrawn { way, said },
            Ending::Objected(way) => Self::Objected { way, said },
            Ending::WrongNumber(way) => Self::WrongNumber { way, said },
            Ending::Suspended => Self::Suspended,
            Ending::Lapsed => Self::Lapsed,
            Ending::Erased(way) => Self::Erased { way, said },
        }
    }
}

/// All that a consent rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GivenRecord {
    /// To whom.
    pub controller: Controller,
    /// In which words.
    pub wording: String,
    /// How often.
    pub frequency: Frequency,
    /// On which basis.
    pub basis: Basis,
    /// Months without use after which it is void.
    pub lapses_after: u32,
    /// The request.
    pub request: Request,
    /// The confirmation SMS.
    pub sms: SentSms,
    /// The yes.
    pub act: Act,
}

impl GivenRecord {
    /// The record of a purpose that was confirmed.
    pub fn new(controller: &Controller, purpose: &Purpose, request: Request, sms: SentSms, act: Act) -> Self {
        Self {
            controller: controller.clone(),
            wording: purpose.wording.or_german(request.lang).to_owned(),
            frequency: purpose.frequency,
            basis: purpose.basis,
            lapses_after: purpose.lapses_after,
            request,
            sms,
            act,
        }
    }
}

/// An event before it is signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Event {
    /// [`SCHEMA`].
    pub schema: String,
    /// Its id.
    pub id: String,
    /// The person.
    pub subject: String,
    /// The purpose whose chain it belongs to.
    pub purpose: PurposeId,
    /// 1, 2, 3, … in its chain.
    pub seq: u32,
    /// The hash of the event before it.
    pub previous: Option<String>,
    /// When.
    pub time: Timestamp,
    /// What.
    #[serde(flatten)]
    pub happened: Happened,
}

/// An event with its hash and the edge's signature over it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignedEvent {
    /// The event.
    #[serde(flatten)]
    pub event: Event,
    /// `sha256-` and base64url of the event's canonical JSON (RFC 8785), without this and what follows.
    pub hash: String,
    /// The signing key, by its thumbprint (RFC 7638).
    #[serde(default)]
    pub kid: String,
    /// Ed25519 over `jawort/2/event` ‖ 0 ‖ the hash's bytes, base64url.
    pub signature: String,
}
