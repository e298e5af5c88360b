use serde::{Deserialize, Serialize};

use super::{Stored, Upgrade};
use crate::{
    limits::{Counts, UsedProof},
    message::Message,
    subject::Refusal,
    wire::MessageAccepted,
};

impl Stored for Message {
    const NAME: &'static str = "message";
    const UPGRADES: &'static [Upgrade] = &[Upgrade::Same];
}

/// Why a text of the owner's was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum SendRefusal {
    /// No consent for that purpose.
    #[serde(rename = "NoConsent")]
    NoConsent,
    /// What was promised is used up.
    #[serde(rename = "FrequencyExceeded")]
    FrequencyExceeded,
    /// A human has not answered yet what the person wrote.
    #[serde(rename = "Paused")]
    Paused,
    /// No such sender serves that purpose.
    #[serde(rename = "Sender")]
    Sender,
    /// The way out makes it too long.
    #[serde(rename = "TooLong")]
    TooLong,
    /// The idempotency key belongs to another message.
    #[serde(rename = "KeyReused")]
    KeyReused,
}

impl From<Refusal> for SendRefusal {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::FrequencyExceeded => Self::FrequencyExceeded,
            Refusal::Paused => Self::Paused,
            Refusal::NoConsent | Refusal::NothingPending | Refusal::NothingOpen => Self::NoConsent,
        }
    }
}

/// The answer to a call with an idempotency key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answered {
    #[serde(rename = "Accepted")]
    Accepted(MessageAccepted),
    #[serde(rename = "Refused")]
    Refused(SendRefusal),
}

/// That answer beside what was called: another call under the same key is refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptAnswer(pub String, pub Answered);

impl Stored for KeptAnswer {
    const NAME: &'static str = "answer under an idempotency key";
    const UPGRADES: &'static [Upgrade] = &[Upgrade::Same];
}

/// An SMS from the handset was taken before: providers repeat what they bring.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct InboundSeen;

impl Stored for InboundSeen {
    const NAME: &'static str = "id of an SMS that came in";
    const UPGRADES: &'static [Upgrade] = &[Upgrade::Same];
}

/// A submission of a form was taken before: browsers and people repeat what they send.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubmissionSeen;

impl Stored for SubmissionSeen {
    const NAME: &'static str = "submission that was taken";
    const UPGRADES: &'static [Upgrade] = &[];
}

impl Stored for Counts {
    const NAME: &'static str = "limiter's counts";
    /// Format 3 has no proofs but those that format 2 noted: they are rows of their own.
    const UPGRADES: &'static [Upgrade] = &[Upgrade::Same, Upgrade::Same];
}

impl Stored for UsedProof {
    const NAME: &'static str = "proof that was used";
    const UPGRADES: &'static [Upgrade] = &[];
}
