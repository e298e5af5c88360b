//! The codes that people get once they have consented.

use std::collections::BTreeMap;

use shared::{
    ids::PurposeId,
    keys::SubjectId,
    lang::Lang,
    settings::{Reward, Settings},
    template,
};

use crate::{app::App, objects::pool, problem::Problem};

/// The text of a person's reward with its code; the same person gets the same one. None where the pool is empty.
pub async fn text(
    app: &App,
    settings: &Settings,
    purpose: &PurposeId,
    reward: &Reward,
    subject: SubjectId,
    lang: Lang,
) -> Result<Option<String>, Problem> {
    let Some(code) = pool::take(app.env(), settings, purpose, &subject.to_string()).await? else {
        return Ok(None);
    };
    let text = reward.text.or_german(lang);
    let values = BTreeMap::from([("code".to_owned(), code)]);
    template::fill(text, &values).map(Some).map_err(|_| Problem::Fault)
}
