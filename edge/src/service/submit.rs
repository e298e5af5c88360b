//! What a submitted form goes through, with and without JavaScript: limits, then the person's object.

use shared::{
    evidence::{BoxesServed, Channel, Erasable, Request},
    form::FormVersion,
    ids::PurposeId,
    key_ring::Key,
    lang::Lang,
    limits::{self, Counter, Proof, ProofEnd, ProofUse, Shown, Submitted, Verdict},
    phone::MobileNumber,
    reference::Reference,
    settings::Settings,
    shard,
    time::Timestamp,
    wire::Source,
};

use crate::{
    objects::{
        limiter,
        subject::{NewRequest, Tap},
    },
    platform::{context::App, secrets::random},
    problem::Problem,
    request::Caller,
};

/// Answers leave on a grid of this many milliseconds after the request came, so that their time tells
/// nothing about a number: the first sight of one takes longer than the tenth.
const GRID: i64 = 100;

/// What stamps and limits of the number page are for: no form has that name.
pub const NUMBER_PAGE: &str = "/m";

/// Where a call came from, as evidence keeps it.
pub fn tap(caller: &Caller, settings: &Settings) -> Tap {
    Tap {
        network: caller.network.clone(),
        user_agent: caller.user_agent.clone(),
        time_zone: settings.time_zone.clone(),
        advertising: settings.advertising(),
    }
}

/// A form that was filled in without error.
pub struct Submission<'a> {
    pub form: &'a FormVersion,
    pub lang: Lang,
    pub number: MobileNumber,
    pub purposes: Vec<PurposeId>,
    pub source: Source,
    /// The owner's.
    pub reference: Option<Reference>,
    pub channel: Channel,
    pub boxes: Option<BoxesServed>,
    pub proof: Proof,
}

/// Whether a submission came for the first time. It tells nothing about the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Came {
    First,
    /// The same once more, by the same proof.
    Again,
}

/// Takes a submission. A limit that is reached looks like success: only the owner learns of it.
///
/// # Errors
/// The proof was used for another submission.
pub async fn take(
    app: &App,
    settings: &Settings,
    caller: &Caller,
    submission: Submission<'_>,
) -> Result<Came, Problem> {
    let began = app.now();
    let lang = submission.lang;
    let submitted = Submitted {
        place: submission.form.form.as_str(),
        proof: &submission.proof,
        network: Some(&caller.network),
        number: &submission.number,
        purposes: &submission.purposes,
    };
    let (came, passed) = match use_proof(app, &submitted).await? {
        ProofUse::ForAnother => return Err(Problem::ChallengeUsed(lang)),
        ProofUse::Again(end) => (Came::Again, end == ProofEnd::Passed),
        ProofUse::First => {
            let behind = async || Ok(limits::of_form(&settings.limits, submission.channel, &submitted, key(app)?));
            (Came::First, charge(app, settings, &submitted, Shown::ByDay, behind).await?)
        }
    };
    if passed {
        request(app, settings, caller, submission, began).await?;
    }
    level(app, began).await;
    Ok(came)
}

/// Orders a fresh link for whoever has this number, if anybody is known by it. Nothing tells.
///
/// # Errors
/// The proof was used for another number.
pub async fn fresh_link(
    app: &App,
    settings: &Settings,
    caller: &Caller,
    number: &MobileNumber,
    proof: Proof,
    lang: Lang,
) -> Result<(), Problem> {
    let began = app.now();
    let submitted =
        Submitted { place: NUMBER_PAGE, proof: &proof, network: Some(&caller.network), number, purposes: &[] };
    let person = app.person(number).await?;
    let passed = match use_proof(app, &submitted).await? {
        ProofUse::ForAnother => return Err(Problem::ChallengeUsed(lang)),
        ProofUse::Again(end) => end == ProofEnd::Passed,
        // Whoever is known costs no question more than who isn't.
        ProofUse::First => {
            let behind = async || {
                let ordered = quietly(person.would_send_fresh_link().await)?;
                Ok(limits::of_link(&settings.limits, ordered, &submitted, key(app)?))
            };
            charge(app, settings, &submitted, Shown::Nowhere, behind).await?
        }
    };
    if passed {
        quietly(person.send_fresh_link(proof.name.clone()).await)?;
    }
    level(app, began).await;
    Ok(())
}

/// Waits for the next line of the grid.
pub(super) async fn level(app: &App, began: Timestamp) {
    let spent = app.now().millis() - began.millis();
    let rest = GRID - spent.rem_euclid(GRID);
    worker::Delay::from(std::time::Duration::from_millis(rest.unsigned_abs())).await;
}

pub(super) fn key(app: &App) -> Result<&Key, Problem> {
    app.secrets().index.current().map(|(_, key)| key).map_err(|_| Problem::Fault)
}

pub(super) async fn use_proof(app: &App, submitted: &Submitted<'_>) -> Result<ProofUse, Problem> {
    let fingerprint = limits::fingerprint(submitted, key(app)?);
    let object = limits::form_counter(submitted.place, shard::of(&submitted.proof.name));
    Ok(limiter::Client::of(app.env(), &object).use_proof(submitted.proof.clone(), fingerprint).await?)
}

/// Whether the submission of a proof is within all limits; how it ended is noted with the proof, and as said
/// where another limit than the form's own held it back.
pub(super) async fn charge(
    app: &App,
    settings: &Settings,
    submitted: &Submitted<'_>,
    noted: Shown,
    behind: impl AsyncFnOnce() -> Result<[Counter; 2], Problem>,
) -> Result<bool, Problem> {
    let proof = &submitted.proof.name;
    let object = limits::form_counter(submitted.place, shard::of(proof));
    let take = async |counter: Counter| {
        let decides = (counter.object == object).then(|| proof.clone());
        Ok::<_, Problem>(limiter::Client::of(app.env(), &counter.object).take(counter.take, decides).await?)
    };
    let network = limits::network_hour(&settings.limits, submitted, key(app)?);
    let verdict = limits::charge(network, behind, take).await?;
    if verdict == Verdict::HeldBack {
        limiter::Client::of(app.env(), &object).hold_back(proof.clone(), noted).await?;
    }
    Ok(verdict == Verdict::Passed)
}

async fn request(
    app: &App,
    settings: &Settings,
    caller: &Caller,
    submission: Submission<'_>,
    now: Timestamp,
) -> Result<(), Problem> {
    let Submission { form, lang, number, purposes, source, reference, channel, boxes, proof } = submission;
    let source = source.trimmed();
    let mut erasables = tap(caller, settings).erasables();
    erasables.push(Erasable::new("number", number.e164(), random()));
    let named = [("page", source.page), ("campaign", source.campaign.clone())];
    erasables.extend(named.into_iter().filter_map(|(name, value)| Some(Erasable::new(name, value?, random()))));
    erasables.extend(reference.map(|reference| reference.erasable(random())));
    let request = Request::by_form(form, lang, channel, boxes, purposes, now);
    let new = NewRequest::new(&number, form, app.links_to(settings), request).committed(erasables);
    let new = NewRequest { campaign: source.campaign, submission: Some(proof.name), ..new };
    quietly(app.person(&number).await?.take_request(new).await)
}

/// A collision of ids, one in 2^64, and a person whom this build can't read are answered like everything else: nothing
/// was done, and no stranger learns it.
pub(super) fn quietly<T: Default>(done: Result<T, Problem>) -> Result<T, Problem> {
    match done {
        Err(Problem::Collision) => {
            worker::console_error!("two numbers with one subject id");
            Ok(T::default())
        }
        Err(Problem::Unreadable | Problem::NewerBuild) => Ok(T::default()),
        done => done,
    }
}
