use serde::{Deserialize, Serialize};
use shared::{
    ids::FormId,
    lang::Lang,
    settings::{Controller, Sender},
};

/// How to write to a person: from the form that they last confirmed, or else used.
#[derive(Clone, Serialize, Deserialize)]
pub struct Contact {
    /// Who writes.
    pub controller: Controller,
    /// What SMS come from.
    pub sender: Sender,
    /// The language.
    pub lang: Lang,
    /// Scheme and host of links.
    pub links_to: String,
    /// The form, if one was ever used.
    pub form: Option<FormRef>,
}

/// A version of a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormRef {
    /// The form.
    pub form: FormId,
    /// Its version.
    pub version: u32,
}
