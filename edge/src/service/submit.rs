//! What a submitted form goes through, with and without JavaScript: limits, then the person's object.

use futures_util::future::try_join3;
use shared::{
    evidence::{BoxesServed, Channel, Erasable, Request},
    form::FormVersion,
    ids::PurposeId,
    lang::Lang,
    limits::{self, Counter, Proof, Submitted, Verdict},
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

/// Takes a submission. A limit that is reached looks like success: only the owner learns of it.
///
/// # Errors
/// The proof was used before.
pub async fn take(app: &App, settings: &Settings, caller: &Caller, submission: Submission<'_>) -> Result<(), Problem> {
    let began = app.now();
    let form = submission.form.form.as_str();
    let submitted = Submitted {
        channel: submission.channel,
        place: form,
        proof: &submission.proof,
        network: &caller.network,
        prefix: submission.number.destination_prefix(),
    };
    match limit(app, settings, &submitted).await? {
        Verdict::ProofUsed => return Err(Problem::ChallengeUsed(submission.lang)),
        Verdict::Limited => {}
        Verdict::HeldBack => {
            let counter = limits::form_counter(form, shard::of(&submission.proof.name));
            limiter::Client::of(app.env(), &counter).hold_back().await?;
        }
        Verdict::Passed => request(app, settings, caller, submission, began).await?,
    }
    level(app, began).await;
    Ok(())
}

/// Orders a fresh link for whoever has this number, if anybody is known by it. Nothing tells.
pub async fn fresh_link(
    app: &App,
    settings: &Settings,
    caller: &Caller,
    number: &MobileNumber,
    proof: Proof,
) -> Result<(), Problem> {
    let began = app.now();
    let submitted = Submitted {
        channel: Channel::WithoutScript,
        place: NUMBER_PAGE,
        proof: &proof,
        network: &caller.network,
        prefix: number.destination_prefix(),
    };
    if limit(app, settings, &submitted).await? == Verdict::Passed {
        quietly(app.person(number).await?.send_fresh_link().await)?;
    }
    level(app, began).await;
    Ok(())
}

/// Waits for the next line of the grid.
async fn level(app: &App, began: Timestamp) {
    let spent = app.now().millis() - began.millis();
    let rest = GRID - spent.rem_euclid(GRID);
    worker::Delay::from(std::time::Duration::from_millis(rest.unsigned_abs())).await;
}

async fn limit(app: &App, settings: &Settings, submitted: &Submitted<'_>) -> Result<Verdict, Problem> {
    let (_, key) = app.secrets().index.current().map_err(|_| Problem::Fault)?;
    let [form, network, prefix] = limits::submission(&settings.limits, submitted, key)
        .map(|Counter { object, take }| async move { limiter::Client::of(app.env(), &object).take(take).await });
    let (form, network, prefix) = try_join3(form, network, prefix).await?;
    Ok(limits::verdict([form, network, prefix]))
}

async fn request(
    app: &App,
    settings: &Settings,
    caller: &Caller,
    submission: Submission<'_>,
    now: Timestamp,
) -> Result<(), Problem> {
    let Submission { form, lang, number, purposes, source, reference, channel, boxes, proof: _ } = submission;
    let source = source.trimmed();
    let mut erasables = tap(caller, settings).erasables();
    erasables.push(Erasable::new("number", number.e164(), random()));
    let named = [("page", source.page), ("campaign", source.campaign.clone())];
    erasables.extend(named.into_iter().filter_map(|(name, value)| Some(Erasable::new(name, value?, random()))));
    erasables.extend(reference.map(|reference| reference.erasable(random())));
    let request = Request::by_form(form, lang, channel, boxes, purposes, now);
    let new = NewRequest::new(&number, form, app.links_to(settings), request).committed(erasables);
    let new = NewRequest { campaign: source.campaign, ..new };
    quietly(app.person(&number).await?.take_request(new).await)
}

/// A collision of ids, one in 2^64, and a person whom this build can't read are answered like everything else: nothing
/// was done, and no stranger learns it.
fn quietly(done: Result<(), Problem>) -> Result<(), Problem> {
    match done {
        Err(Problem::Collision) => {
            worker::console_error!("two numbers with one subject id");
            Ok(())
        }
        Err(Problem::Unreadable | Problem::NewerBuild) => Ok(()),
        done => done,
    }
}
