use serde::{Deserialize, Serialize};

use crate::{
    ids::FormId,
    lang::Lang,
    settings::{Controller, Sender},
};

/// How to write to a person: from the form that they last confirmed, or else used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    pub controller: Controller,
    /// What SMS come from.
    pub sender: Sender,
    pub lang: Lang,
    /// Scheme and host of links.
    pub links_to: String,
    /// The form, if one was ever used.
    pub form: Option<FormRef>,
}

/// A version of a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormRef {
    pub form: FormId,
    pub version: u32,
}
