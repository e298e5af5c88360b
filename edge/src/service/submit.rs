//! What a submitted form goes through, with and without JavaScript: limits, then the person's object.

use futures_util::future::try_join_all;
use shared::{
    evidence::{Channel, Erasable, Request},
    form::FormVersion,
    ids::PurposeId,
    lang::Lang,
    phone::MobileNumber,
    settings::Settings,
    time::Timestamp,
    wire::Source,
};

use crate::{
    objects::{
        limiter::{self, Take, Taken},
        subject::NewRequest,
    },
    platform::{context::App, secrets::random},
    problem::Problem,
    request::Caller,
};

/// Limiter objects that share a form's day.
pub const SHARDS: u32 = 8;
const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;
/// Answers leave on a grid of this many milliseconds after the request came, so that their time tells
/// nothing about a number: the first sight of one takes longer than the tenth.
const GRID: i64 = 100;

/// A form that was filled in without error.
pub struct Submission<'a> {
    /// The form.
    pub form: &'a FormVersion,
    /// Its language.
    pub lang: Lang,
    /// The number.
    pub number: MobileNumber,
    /// The boxes ticked.
    pub purposes: Vec<PurposeId>,
    /// Where it came from.
    pub source: Source,
    /// How it was made.
    pub channel: Channel,
    /// What makes it cost something, used once: its name, and until when it would count.
    pub proof: (String, Timestamp),
}

/// Takes a submission. A limit that is reached looks like success: only the owner learns of it.
///
/// # Errors
/// The proof was used before.
pub async fn take(app: &App, settings: &Settings, caller: &Caller, submission: Submission<'_>) -> Result<(), Problem> {
    let began = app.now();
    let place = submission.form.form.as_str();
    let taken = limits(app, settings, caller, &submission.number, submission.channel, place, &submission.proof).await?;
    if taken.contains(&Taken::Used) {
        return Err(Problem::ChallengeUsed(submission.lang));
    }
    match taken.as_slice() {
        [Taken::Limited, ..] => {}
        limits if limits.contains(&Taken::Limited) => {
            let shard = shard_name(place, shard_of(&submission.proof.0));
            limiter::Client::of(app.env(), &shard).hold_back().await?;
        }
        _ => request(app, settings, caller, submission, began).await?,
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
    proof: (String, Timestamp),
) -> Result<(), Problem> {
    let began = app.now();
    let taken = limits(app, settings, caller, number, Channel::WithoutScript, "/m", &proof).await?;
    if taken.iter().all(|taken| *taken == Taken::Yes) {
        let who = app.who(number).await?;
        quietly(app.person(&who).await?.send_fresh_link().await)?;
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

/// The proof is random, so that it spreads a form's day evenly; and one proof has one place.
fn shard_of(proof: &str) -> u32 {
    proof.bytes().fold(0_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte))) % SHARDS
}

/// The limiter object of a shard of a form's day.
pub fn shard_name(form: &str, shard: u32) -> String {
    format!("form/{form}/{shard}")
}

async fn limits(
    app: &App,
    settings: &Settings,
    caller: &Caller,
    number: &MobileNumber,
    channel: Channel,
    place: &str,
    (proof, until): &(String, Timestamp),
) -> Result<Vec<Taken>, Problem> {
    let limits = &settings.limits;
    let shard = shard_of(proof);
    let share = |whole: u32| whole.div_ceil(SHARDS);
    let (counter, day) = match channel {
        Channel::Widget => ("script", share(limits.form_per_day)),
        // A keyword comes from the handset, and never here.
        Channel::WithoutScript | Channel::Keyword => {
            ("without-script", share(limits.form_per_day.saturating_mul(limits.without_script_percent) / 100))
        }
    };
    let form = (
        shard_name(place, shard),
        Take {
            counter: counter.to_owned(),
            limit: day,
            window: DAY,
            once: Some((proof.clone(), *until)),
            by_day: true,
        },
    );
    let hourly = |name: String, limit| {
        let counter = "hour".to_owned();
        (name, Take { counter, limit, window: HOUR, once: None, by_day: false })
    };
    // Object names are stored by the platform: no part of a number may stand in them.
    let key = app.secrets().index.current().map_err(|_| Problem::Fault)?.1;
    let hidden = |what: &str, value: &str| {
        let [a, b, c, d, e, f, g, h, ..] = key.mac(&[what.as_bytes(), value.as_bytes()]);
        format!("{what}/{:016x}", u64::from_be_bytes([a, b, c, d, e, f, g, h]))
    };
    let network = hourly(hidden("network", &caller.network), limits.network_per_hour);
    let prefix = hourly(hidden("prefix", number.destination_prefix()), limits.prefix_per_hour);
    let asked = [form, network, prefix];
    let answers =
        asked.into_iter().map(|(name, take)| async move { limiter::Client::of(app.env(), &name).take(take).await });
    Ok(try_join_all(answers).await?)
}

async fn request(
    app: &App,
    settings: &Settings,
    caller: &Caller,
    submission: Submission<'_>,
    now: Timestamp,
) -> Result<(), Problem> {
    let Submission { form, lang, number, purposes, source, channel, proof: _ } = submission;
    let source = source.trimmed();
    let mut erasables = caller.tap().erasables();
    erasables.push(Erasable::new("number", number.e164(), random()));
    erasables.extend(source.page.map(|page| Erasable::new("page", page, random())));
    let request = Request {
        time: now,
        form: form.form.clone(),
        version: form.version,
        lang,
        disclosure: form.disclosure(lang).hash(),
        privacy_url: form.controller.privacy_url.clone(),
        channel,
        boxes_unticked: true,
        age_declared: form.draft.age,
        keyword: None,
        campaign: source.campaign,
        commitments: erasables.iter().map(Erasable::commitment).collect(),
    };
    let who = app.who(&number).await?;
    let new = NewRequest {
        who: who.clone(),
        form: form.clone(),
        purposes,
        links_to: app.links_to(settings),
        request,
        erasables,
    };
    quietly(app.person(&who).await?.take_request(new).await)
}

/// A collision of ids, one in 2^64, is answered like everything else: nothing was done, and nobody learns it.
fn quietly(done: Result<(), Problem>) -> Result<(), Problem> {
    match done {
        Err(Problem::Collision) => {
            worker::console_error!("two numbers with one subject id");
            Ok(())
        }
        done => done,
    }
}
