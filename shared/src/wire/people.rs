//! What pages post by HTML forms.

use serde::{Deserialize, Serialize};

use crate::{evidence::BoxesServed, ids::PurposeId, lang::Lang, text_hash::TextHash};

/// `POST /f/{form}`: a form posted without JavaScript.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FormPosted {
    /// The number as typed.
    pub number: String,
    /// The boxes ticked.
    pub purpose: Vec<PurposeId>,
    /// The age box, where there is one.
    pub age_confirmed: Option<String>,
    /// The version shown.
    pub version: u32,
    /// The hash of the text shown.
    pub disclosure: Option<TextHash>,
    /// Its language.
    pub lang: Option<Lang>,
    /// The signed time.
    pub stamp: String,
    /// The campaign of the link that led there.
    pub campaign: String,
    /// The owner's reference, as the link or the page gave it.
    pub reference: String,
    /// How the boxes were served.
    pub boxes: Option<BoxesServed>,
    /// The honeypot: no person sees it.
    pub website: String,
    /// How often the same was asked for before, from the button that asks again; 0 from the form's own.
    pub again: u8,
}

/// `POST /c/{token}`, `POST /m/{token}` and `POST /a/{code}`: a tap on a link's page.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Tapped {
    /// What the button does.
    pub action: Option<Action>,
    /// For which purpose; all by default.
    pub purpose: Option<PurposeId>,
    /// The name of the page that asked, from its hidden field. A yes without it, or to another page, does nothing and
    /// shows the page.
    pub shown: Option<TextHash>,
    /// The box before erasing.
    pub understood: Option<String>,
}

/// What a button does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Action {
    /// Yes.
    Confirm,
    /// No, that was not me.
    Refuse,
    /// Takes consent back.
    Withdraw,
    /// Objects.
    Object,
    /// Sends a fresh link to the handset.
    FreshLink,
    /// Lets requests from web pages through again.
    Allow,
    /// The number is not the person's (`/m/{token}` only).
    #[serde(rename = "correct")]
    WrongNumber,
    /// Erases (`/m/{token}` only).
    Erase,
}

/// `POST /m`: a number to send a fresh link to.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NumberPosted {
    /// The number as typed.
    pub number: String,
    /// The signed time.
    pub stamp: String,
    /// The honeypot.
    pub website: String,
}
