use serde::{Deserialize, Serialize};

use crate::{ids::FormId, lang::Lang};

/// `GET /v1/forms/{form}/invite`: what to print and to post.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Invite {
    /// The form.
    pub form: FormId,
    /// Its version, which the texts of the keywords belong to (L16).
    pub version: u32,
    /// The form's hosted page.
    pub hosted: InviteLink,
    /// Each keyword.
    pub keywords: Vec<KeywordInvite>,
}

/// A keyword, with what stands beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeywordInvite {
    /// The word.
    pub word: String,
    /// Where to text it to.
    pub number: String,
    /// The language of the text and of the answer.
    pub lang: Lang,
    /// What to print beside it, word for word (L16).
    pub text: String,
    /// Opens a new SMS with the word in it.
    pub sms: InviteLink,
    /// The way for whoever can't follow that: in-app browsers and desktops drop it. Print and post both.
    pub hosted: InviteLink,
}

/// A link, and the same as QR codes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InviteLink {
    /// The link.
    pub url: String,
    /// Its QR code as SVG: for print.
    pub qr_svg: String,
    /// Its QR code as PNG, in a `data:` URL.
    pub qr_png: String,
}
