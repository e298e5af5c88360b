//! What people saw, by its hash, for good.

use shared::{
    form::{FormTexts, FormVersion},
    stored::FrozenText,
    text_hash::TextHash,
};
use worker::{Result, SqlStorage};

use crate::{
    assets, pages,
    platform::{
        sql::{run, value},
        stored,
    },
};

/// The version with its texts, in the words of this build.
pub fn freeze(form: FormVersion) -> FormVersion {
    let css = assets::text("pages.css");
    let texts = form.draft.languages.iter().map(|lang| {
        let page = |disclosure: &_| pages::question_page(&form, *lang, disclosure, css);
        (*lang, FormTexts::new(&form, *lang, page))
    });
    FormVersion { texts: texts.collect(), ..form }
}

/// Keeps all texts of a version that this build has frozen.
pub fn keep_all(sql: &SqlStorage, form: &FormVersion) -> Result<()> {
    keep(sql, assets::text("pages.css"))?;
    form.texts.values().flat_map(FormTexts::all).try_for_each(|text| keep(sql, &text))
}

pub fn keep(sql: &SqlStorage, text: &str) -> Result<()> {
    let values = vec![TextHash::of(text).0.into(), stored::write(&FrozenText(text.to_owned()))?.into()];
    run(sql, "INSERT INTO texts VALUES (?, ?) ON CONFLICT DO NOTHING", values)
}

pub fn read(sql: &SqlStorage, hash: &TextHash) -> Result<Option<String>> {
    let kept = value(sql, "SELECT text FROM texts WHERE hash = ?", vec![hash.0.as_str().into()])?;
    kept.map(|kept| Ok(stored::read::<FrozenText>(&kept)?.0)).transpose()
}
