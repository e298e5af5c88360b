use serde::Serialize;
use shared::{
    confirm::ConfirmBy,
    evidence::BoxesServed,
    ids::FormId,
    lang::Lang,
    phone::{Country, CountryRules},
    text_hash::TextHash,
    texts::{AgainTexts, ErrorTexts},
    wire::FormView,
};

use super::Options;
use crate::state::{FormState, Stage};

/// What the browser's half can't read off the HTML.
#[derive(Serialize)]
struct Data<'a> {
    edge: &'a str,
    /// The fixed part of a `ConsentRequest`.
    request: Request<'a>,
    confirm: ConfirmBy,
    country: Option<&'a Country>,
    rules: &'a [CountryRules],
    errors: &'a ErrorTexts,
    sending: &'a str,
    offline: &'a str,
    refused: &'a str,
    outdated: &'a str,
    next: &'a str,
    again: &'a AgainTexts,
    stage: &'a Stage,
}

#[derive(Serialize)]
struct Request<'a> {
    form: &'a FormId,
    version: u32,
    disclosure: &'a TextHash,
    lang: Lang,
    /// How the boxes are served here: evidence says so.
    boxes: BoxesServed,
}

/// The data, fit to stand in a `<script>`.
pub(super) fn json(view: &FormView, state: &FormState, options: Options) -> String {
    let labels = &view.labels;
    let data = Data {
        edge: options.edge,
        request: Request {
            form: &view.form,
            version: view.version,
            disclosure: &view.disclosure,
            lang: view.lang,
            boxes: state.answers.boxes(),
        },
        confirm: view.confirm,
        country: view.countries.first(),
        rules: &view.phone_rules,
        errors: &labels.errors,
        sending: &labels.sending,
        offline: &labels.offline,
        refused: &labels.refused,
        outdated: &labels.outdated,
        next: &labels.next,
        again: &labels.asked_again,
        stage: &state.stage,
    };
    // Texts and numbers only: nothing in it can fail. A `<` could end the script.
    serde_json::to_string(&data).unwrap_or_default().replace('<', "\\u003c")
}
