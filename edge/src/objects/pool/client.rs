use std::collections::BTreeMap;

use shared::{
    actor::Actor,
    ids::PurposeId,
    key_ring::SubjectId,
    lang::Lang,
    settings::{Reward, RewardCode, Settings},
    template,
    time::Timestamp,
    webhook::{Payload, RewardLow},
};
use worker::{Env, Result};

use super::protocol::{AddCodes, Added, Code, CountCodes, Counted, ForgetSubject, TakeCode, Taken};
use crate::{
    objects::webhook::{Event, tell},
    platform::{clock, object::Address},
    problem::Problem,
};

/// The pool of a purpose, whose object has the purpose's name.
#[derive(Clone, Copy)]
pub struct Client<'a>(Address<'a>);

impl<'a> Client<'a> {
    pub fn of(env: &'a Env, purpose: &'a PurposeId) -> Self {
        Self(Address { env, binding: "POOL", name: purpose.as_str() })
    }

    pub async fn add(self, codes: Vec<String>, actor: Actor) -> Result<Added> {
        self.0.ask(AddCodes { codes, actor }).await
    }

    async fn take(self, take: TakeCode) -> Result<Taken> {
        self.0.ask(take).await
    }

    pub async fn forget(self, subject: SubjectId, until: Option<Timestamp>) -> Result<()> {
        self.0.ask(ForgetSubject { subject: subject.to_string(), until }).await
    }

    pub async fn count(self) -> Result<Counted> {
        self.0.ask(CountCodes {}).await
    }
}

/// Takes a code for a subject, and tells the owner where the pool runs low by it. Whoever can't have a code lost
/// repeats this until it succeeds: it is the same code.
///
/// # Errors
/// The pool or a webhook's object did not answer.
pub async fn take_for(env: &Env, settings: &Settings, purpose: &PurposeId, subject: &str) -> Result<Code> {
    let reward = settings.purpose(purpose).and_then(|purpose| purpose.reward.as_ref());
    let warn_at = match reward.map(|reward| &reward.code) {
        Some(RewardCode::Pool { warn_at }) => *warn_at,
        Some(RewardCode::Fixed(code)) => return Ok(Code::Theirs(code.clone())),
        None => return Ok(Code::Empty),
    };
    let take = TakeCode { purpose: purpose.clone(), subject: subject.to_owned(), warn_at };
    let Taken { code, left, warn } = Client::of(env, purpose).take(take).await?;
    if let Some(id) = warn {
        let payload = Payload::RewardLow(RewardLow { purpose: purpose.clone(), left, warn_at });
        let event = Event {
            id,
            kind: payload.kind(),
            time: clock::now(),
            subject: purpose.to_string(),
            data: payload.data()?,
            number: None,
            reference: None,
        };
        tell(env, settings, &event).await?;
    }
    Ok(code)
}

/// The text of a person's reward.
pub enum Text {
    Filled(String),
    /// The pool is empty.
    Empty,
    /// There is none: the person had one, and was erased since.
    HadOne,
}

/// The text of a person's reward with its code.
///
/// # Errors
/// As [`take_for`], and where the settings' text can't be filled in.
pub async fn text(
    env: &Env,
    settings: &Settings,
    purpose: &PurposeId,
    reward: &Reward,
    subject: SubjectId,
    lang: Lang,
) -> Result<Text, Problem> {
    let code = match take_for(env, settings, purpose, &subject.to_string()).await? {
        Code::Theirs(code) => code,
        Code::Empty => return Ok(Text::Empty),
        Code::HadOne => return Ok(Text::HadOne),
    };
    let values = BTreeMap::from([("code".to_owned(), code)]);
    template::fill(reward.text.or_german(lang), &values).map(Text::Filled).map_err(|_| Problem::Fault)
}
