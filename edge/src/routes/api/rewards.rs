//! The pools of codes that rewards take from.

use axum::Json as Answered;
use shared::{
    ids::PurposeId,
    settings::RewardCode,
    wire::{RewardCodes, RewardCodesAdded, RewardPool},
};

use crate::{
    objects::pool,
    platform::context::App,
    problem::Problem,
    request::{List, Owner, Path},
    service::lookup,
};

/// The purpose of that name, which has a pool, and when to warn.
async fn pool_of(app: &App, purpose: &str) -> Result<(PurposeId, u32), Problem> {
    let settings = app.settings().await?;
    let unknown = || lookup::unknown_purpose(purpose);
    let id: PurposeId = purpose.parse().map_err(|_| unknown())?;
    match settings.purpose(&id).ok_or_else(unknown)?.reward.as_ref().map(|reward| &reward.code) {
        Some(RewardCode::Pool { warn_at }) => Ok((id, *warn_at)),
        _ => {
            let detail = format!(
                "The purpose `{purpose}` has no pool. Give it a reward with `\"code\": {{\"pool\": {{\"warn_at\": 100}}}}` \
                 in the settings first."
            );
            Err(Problem::field("purpose", "no_pool", detail))
        }
    }
}

#[worker::send]
pub async fn add(
    Owner(app, actor): Owner,
    Path(purpose): Path<String>,
    List(asked): List<RewardCodes>,
) -> Result<Answered<RewardCodesAdded>, Problem> {
    let (purpose, _) = pool_of(&app, &purpose).await?;
    if !(1..=RewardCodes::MOST).contains(&asked.codes.len()) {
        let detail = format!("Give 1 to {} codes a call; call again for more.", RewardCodes::MOST);
        return Err(Problem::field("codes", "count", detail));
    }
    if let Some(at) = asked.first_bad() {
        let detail = "A code has 1 to 40 characters: ASCII letters, digits and signs, no spaces.";
        return Err(Problem::field(&format!("codes[{at}]"), "format", detail));
    }
    let pool::Added { added, left } = pool::Client::of(app.env(), &purpose).add(asked.codes, actor).await?;
    Ok(Answered(RewardCodesAdded { left, added }))
}

#[worker::send]
pub async fn state(Owner(app, _): Owner, Path(purpose): Path<String>) -> Result<Answered<RewardPool>, Problem> {
    let (purpose, warn_at) = pool_of(&app, &purpose).await?;
    let pool::Counted { left, taken } = pool::Client::of(app.env(), &purpose).count().await?;
    Ok(Answered(RewardPool { left, taken, warn_at, low: left <= warn_at }))
}
