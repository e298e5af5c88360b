//! What another system of the owner's hands in goes through: the limits of the form and of the destination, then the
//! person's object. It learns as little of a number as a page does.

use shared::{
    evidence::{Channel, Erasable, HandedIn, Request},
    form::FormVersion,
    hex,
    ids::PurposeId,
    lang::Lang,
    limits::{self, Proof, ProofEnd, ProofUse, Shown, Submitted},
    phone::MobileNumber,
    reference::Reference,
    settings::Settings,
    subject::CONFIRM_WITHIN,
    time::Timestamp,
};

use super::submit::{charge, key, level, quietly, use_proof};
use crate::{
    objects::subject::NewRequest,
    platform::{
        context::App,
        secrets::{new_id, random},
    },
    problem::Problem,
};

/// A request that was handed in without error.
pub struct HandIn<'a> {
    pub form: &'a FormVersion,
    pub lang: Lang,
    pub number: MobileNumber,
    pub purposes: Vec<PurposeId>,
    pub handed_in: HandedIn,
    pub reference: Option<Reference>,
    pub campaign: Option<String>,
    /// The idempotency key.
    pub key: Option<String>,
}

/// Takes it. Nothing tells what is known of the number, or that a limit was reached.
///
/// # Errors
/// The idempotency key was used for another request.
pub async fn take(app: &App, settings: &Settings, hand_in: HandIn<'_>) -> Result<(), Problem> {
    let began = app.now();
    // As long as its request waits it is known again.
    let proof = Proof { name: name(app, hand_in.key.as_deref())?, until: began + CONFIRM_WITHIN };
    let submitted = Submitted {
        place: hand_in.form.form.as_str(),
        proof: &proof,
        network: None,
        number: &hand_in.number,
        purposes: &hand_in.purposes,
    };
    let passed = match use_proof(app, &submitted).await? {
        ProofUse::ForAnother => return Err(Problem::KeyReused),
        ProofUse::Again(end) => end == ProofEnd::Passed,
        ProofUse::First => {
            let behind = async || Ok(limits::of_form(&settings.limits, Channel::HandedIn, &submitted, key(app)?));
            charge(app, settings, &submitted, Shown::ByDay, behind).await?
        }
    };
    if passed {
        request(app, settings, hand_in, proof.name, began).await?;
    }
    level(app, began).await;
    Ok(())
}

/// What names a hand-in: the same for the same key, which may be anything, a number too, and so is hidden.
fn name(app: &App, chosen: Option<&str>) -> Result<String, Problem> {
    Ok(match chosen {
        Some(text) => format!("key/{}", hex::write(&key(app)?.mac(&[b"hand-in", text.as_bytes()]))),
        None => format!("once/{}", new_id()),
    })
}

async fn request(
    app: &App,
    settings: &Settings,
    hand_in: HandIn<'_>,
    submission: String,
    now: Timestamp,
) -> Result<(), Problem> {
    let HandIn { form, lang, number, purposes, handed_in, reference, campaign, .. } = hand_in;
    let mut erasables = vec![Erasable::new("number", number.e164(), random())];
    erasables.extend(campaign.clone().map(|campaign| Erasable::new("campaign", campaign, random())));
    erasables.extend(reference.map(|reference| reference.erasable(random())));
    let request = Request::by_owner(form, lang, handed_in, purposes, now);
    let new = NewRequest::new(&number, form, app.links_to(settings), request).committed(erasables);
    let new = NewRequest { campaign, submission: Some(submission), ..new };
    quietly(app.person(&number).await?.take_request(new).await)
}
