//! What proves a consent, before a court and years later (L9).
//!
//! Each (subject, purpose) has a chain of signed events that begins at the confirmation and embeds its
//! request. A hash covers the canonical JSON (RFC 8785) of an event, and the next event names it. What may
//! have to be deleted one day enters as a salted commitment, with value and salt beside the event.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::{
    disclosure::DisclosureHash,
    form::ConfirmBy,
    ids::{FormId, PurposeId},
    keys::{Key, KeyError, KeyRing},
    lang::Lang,
    settings::{Basis, Controller, Frequency, Gateway, Purpose},
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
    /// The way: with the widget, or posted without JavaScript.
    pub way: RequestWay,
    /// Every box was shown unticked; the form can't do otherwise.
    pub boxes_unticked: bool,
    /// The age declared, in years, with no date of birth (L11).
    pub age_declared: u8,
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
}

/// The confirmation SMS as it was sent (L5).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SentSms {
    /// The text. The link's token is cut to its first characters: the event is no key to the link.
    pub text: String,
    /// The sender.
    pub from: String,
    /// The gateway.
    pub gateway: Gateway,
    /// The provider's id of it.
    pub message_id: Option<String>,
    /// When the provider took it.
    pub sent_at: Option<Timestamp>,
}

/// The confirming act.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Act {
    /// By what.
    pub by: ConfirmBy,
    /// The text that our own page showed at the button, by its hash.
    pub shown: DisclosureHash,
    /// The purposes shown there.
    pub purposes: Vec<PurposeId>,
    /// Network and user agent of the tap.
    pub commitments: Vec<Named>,
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
            wording: purpose.wording.get(request.lang).unwrap_or(&purpose.wording.de).to_owned(),
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

#[cfg(test)]
mod tests {
    use super::*;
    use base64::engine::general_purpose::STANDARD;

    fn keys(n: u8) -> KeyRing {
        let entries: Vec<_> = (1..=n).map(|n| format!("{n}:{}", STANDARD.encode([n; 32]))).collect();
        KeyRing::parse(&entries.join(",")).unwrap()
    }

    fn chain() -> Vec<SignedEvent> {
        let mut chain: Vec<SignedEvent> = Vec::new();
        for (seq, happened) in [
            (1, Happened::Withdrawn { way: Way::Link }),
            (2, Happened::Lapsed),
            (3, Happened::Erased { way: Way::Owner }),
        ] {
            let event = Event {
                schema: SCHEMA.into(),
                id: seq.to_string(),
                subject: "s".into(),
                purpose: "marketing".parse().unwrap(),
                seq,
                previous: chain.last().map(|before| before.hash.clone()),
                time: Timestamp::from_millis(1_795_000_000_000),
                happened,
            };
            // The key is rotated after the first event.
            chain.push(event.sign(&keys(seq.min(2) as u8)).unwrap());
        }
        chain
    }

    fn check(chain: &[SignedEvent]) -> Result<(), EvidenceError> {
        verify(chain, |id| keys(2).get(id).ok().map(public_key))
    }

    #[test]
    fn a_chain_holds_across_a_rotation_and_a_round_trip() {
        let json = serde_json::to_string(&chain()).unwrap();
        assert_eq!(check(&serde_json::from_str::<Vec<_>>(&json).unwrap()), Ok(()));
    }

    #[test]
    fn a_changed_missing_or_foreign_event_is_found() {
        let mut changed = chain();
        changed[1].event.time = Timestamp::from_millis(0);
        assert_eq!(check(&changed), Err(EvidenceError::Changed(2)));

        let mut cut = chain();
        cut.remove(1);
        assert_eq!(check(&cut), Err(EvidenceError::Broken(3)));

        let mut resigned = chain();
        resigned[2] = resigned[2].event.clone().sign(&keys(1)).unwrap();
        resigned[2].key_id = 2;
        assert_eq!(check(&resigned), Err(EvidenceError::Unsigned(3)));
    }

    #[test]
    fn a_commitment_tells_nothing_without_its_salt() {
        let commit = |salt| Erasable::new("number", "+4917612345678", [salt; 16]).commitment();
        assert_eq!(commit(1), commit(1));
        assert_ne!(commit(1), commit(2));
    }
}
