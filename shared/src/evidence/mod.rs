//! What proves a consent, before a court and years later (L9).
//!
//! Each (subject, purpose) has a chain of signed events that begins at the confirmation and embeds its
//! request. A hash covers the canonical JSON (RFC 8785) of an event, and the next event names it. What may
//! have to be deleted one day enters as a salted commitment, with value and salt beside the event.

#[cfg(test)]
mod tests;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::{
    disclosure::DisclosureHash,
    gateway::Delivery,
    ids::{FormId, GatewayId, PurposeId},
    keys::{Key, KeyError, KeyRing},
    lang::Lang,
    message::MessageId,
    settings::{Basis, Controller, Frequency, Purpose},
    subject::Way,
    time::Timestamp,
};

/// The version of this record's form.
pub const SCHEMA: &str = "jawort/1";

/// Base64url of SHA-256(salt ‖ value): names a value without telling it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct Commitment(String);

/// A value that may have to be deleted, with the salt of its commitment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erasable {
    /// What it is: `number`, `network`, `user_agent`, `page`.
    pub name: String,
    /// Random, base64url.
    pub salt: String,
    /// The value.
    pub value: String,
}

impl Erasable {
    /// A value with 16 random bytes of salt.
    pub fn new(name: &str, value: impl Into<String>, salt: [u8; 16]) -> Self {
        Self { name: name.to_owned(), salt: URL_SAFE_NO_PAD.encode(salt), value: value.into() }
    }

    /// What an event says of it.
    pub fn commitment(&self) -> Named {
        let mut hasher = Sha256::new();
        hasher.update(&self.salt);
        hasher.update(&self.value);
        Named { name: self.name.clone(), commitment: Commitment(URL_SAFE_NO_PAD.encode(hasher.finalize())) }
    }
}

/// A commitment and what it is to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Named {
    /// The value's name.
    pub name: String,
    /// The commitment.
    pub commitment: Commitment,
}

/// A request as it was made; sealed until its confirmation, then part of the chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Request {
    /// When.
    pub time: Timestamp,
    /// The form.
    pub form: FormId,
    /// Its version.
    pub version: u32,
    /// The language.
    pub lang: Lang,
    /// The text shown, by its hash; the text itself is kept under it.
    pub disclosure: DisclosureHash,
    /// The privacy notice linked there.
    pub privacy_url: String,
    /// The way: with the widget, posted without JavaScript, or by a keyword.
    pub way: RequestWay,
    /// Every box was shown unticked; the form can't do otherwise. A keyword has none.
    pub boxes_unticked: bool,
    /// The age declared, in years, with no date of birth (L11); after a keyword it is the yes that declares it.
    pub age_declared: u8,
    /// The keyword that was texted (L16).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keyword: Option<KeywordText>,
    /// Campaign of the page or link.
    pub campaign: Option<String>,
    /// Number, network, user agent and page.
    pub commitments: Vec<Named>,
}

/// How a request was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RequestWay {
    /// By the widget, on the owner's page or the hosted one.
    Widget,
    /// By the hosted page without JavaScript.
    WithoutScript,
    /// By a keyword from the handset.
    Keyword,
}

/// A keyword as it was texted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeywordText {
    /// The word.
    pub word: String,
    /// The text that stood beside it.
    pub beside: String,
    /// The SMS.
    pub sms: ReceivedSms,
}

/// An SMS from the handset, as the gateway brought it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReceivedSms {
    /// The provider's id of it.
    pub id: String,
    /// The gateway.
    pub gateway: GatewayId,
    /// The sender that it came in at.
    pub to: String,
    /// Whether the provider signed it. The simulated phone signs nothing.
    pub signature_verified: bool,
}

/// The confirmation SMS as it was sent (L5).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SentSms {
    /// The text, without the link's token: the event is no key to the link.
    pub text: String,
    /// The sender.
    pub from: String,
    /// The gateway.
    pub gateway: GatewayId,
    /// The provider's id of it.
    pub message_id: Option<String>,
    /// When the provider took it; where nobody knows whether it did, when it was tried.
    pub sent_at: Option<Timestamp>,
    /// Our reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<MessageId>,
    /// The last delivery report before the yes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivery: Option<DeliveryReport>,
}

/// What the provider reported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeliveryReport {
    /// How far the SMS has come.
    pub state: Delivery,
    /// When we learned of it.
    pub at: Timestamp,
}

/// The confirming act.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Act {
    /// By what.
    #[serde(flatten)]
    pub by: ActBy,
    /// The purposes that it was about.
    pub purposes: Vec<PurposeId>,
    /// Network and user agent of the tap, or the words of the reply.
    pub commitments: Vec<Named>,
}

/// By what the person said yes (L6).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "by", rename_all = "lowercase")]
pub enum ActBy {
    /// By a tap on our own page.
    Link {
        /// The text that the page showed at the button, by its hash.
        shown: DisclosureHash,
    },
    /// By a reply to the confirmation SMS.
    Reply(ReceivedSms),
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Happened {
    /// The person consented.
    Given(Box<GivenRecord>),
    /// The person withdrew.
    Withdrawn {
        /// How.
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        way: Way,
    },
    /// The person objected.
    Objected {
        /// How.
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        way: Way,
    },
    /// Whoever has the handset says that it is not the person's who consented.
    WrongNumber {
        /// How.
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        way: Way,
    },
    /// An SMS was sent.
    Used {
        /// Its id.
        message: MessageId,
    },
    /// The handset can't be reached for good.
    Suspended,
    /// Unused for too long.
    Lapsed,
    /// Erased.
    Erased {
        /// How.
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        way: Way,
    },
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
    /// `sha256-` and base64url.
    pub hash: String,
    /// Generation of the signing key.
    pub key_id: u8,
    /// Ed25519 over the hash, base64url.
    pub signature: String,
}

/// Why an event or a chain doesn't hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EvidenceError {
    /// It can't be written as canonical JSON.
    #[error("the event can't be written")]
    Unwritable,
    /// Content and hash differ.
    #[error("event {0} was changed")]
    Changed(u32),
    /// The signature isn't the key's.
    #[error("event {0} is not signed by a known key")]
    Unsigned(u32),
    /// An event is missing or out of place.
    #[error("the chain breaks at event {0}")]
    Broken(u32),
    /// No key to sign with.
    #[error(transparent)]
    Key(#[from] KeyError),
}

impl Event {
    fn hash(&self) -> Result<String, EvidenceError> {
        let canonical = serde_jcs::to_vec(self).map_err(|_| EvidenceError::Unwritable)?;
        Ok(format!("sha256-{}", URL_SAFE_NO_PAD.encode(Sha256::digest(canonical))))
    }

    /// Hashes and signs.
    pub fn sign(self, keys: &KeyRing) -> Result<SignedEvent, EvidenceError> {
        let (key_id, key) = keys.current()?;
        let hash = self.hash()?;
        let signature = signing_key(key).sign(hash.as_bytes());
        Ok(SignedEvent { event: self, hash, key_id, signature: URL_SAFE_NO_PAD.encode(signature.to_bytes()) })
    }
}

fn signing_key(key: &Key) -> SigningKey {
    SigningKey::from_bytes(key.bytes())
}

/// The public key of a signing key, to be published for as long as events name it.
pub fn public_key(key: &Key) -> [u8; 32] {
    signing_key(key).verifying_key().to_bytes()
}

/// Checks a whole chain with the public keys alone.
pub fn verify(chain: &[SignedEvent], public: impl Fn(u8) -> Option<[u8; 32]>) -> Result<(), EvidenceError> {
    let mut previous: Option<&SignedEvent> = None;
    for signed in chain {
        let seq = signed.event.seq;
        let follows = signed.event.previous.as_ref() == previous.map(|before| &before.hash)
            && seq == previous.map_or(1, |before| before.event.seq.saturating_add(1))
            && previous.is_none_or(|before| {
                before.event.subject == signed.event.subject && before.event.purpose == signed.event.purpose
            });
        if !follows {
            return Err(EvidenceError::Broken(seq));
        }
        if signed.event.hash()? != signed.hash {
            return Err(EvidenceError::Changed(seq));
        }
        let key = public(signed.key_id).and_then(|bytes| VerifyingKey::from_bytes(&bytes).ok());
        let signature =
            URL_SAFE_NO_PAD.decode(&signed.signature).ok().and_then(|bytes| Signature::from_slice(&bytes).ok());
        let valid = key
            .zip(signature)
            .is_some_and(|(key, signature)| key.verify_strict(signed.hash.as_bytes(), &signature).is_ok());
        if !valid {
            return Err(EvidenceError::Unsigned(seq));
        }
        previous = Some(signed);
    }
    Ok(())
}
