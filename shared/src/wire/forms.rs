use serde::{Deserialize, Serialize};

use crate::{
    form::{FormDraft, FormState, FormTurn, FormVersion, hosted_link},
    ids::FormId,
    time::Timestamp,
};

/// `GET /v1/forms`: every form that was ever published, the oldest first.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FormList {
    pub forms: Vec<FormLine>,
}

/// A form. The answer to `POST /v1/forms/{form}/close`, too.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FormLine {
    /// The form.
    pub form: FormId,
    /// Its newest version.
    pub version: u32,
    /// When that was published.
    pub published_at: Timestamp,
    /// Whether it takes requests.
    pub state: FormState,
    /// When it was closed and opened again since then, and by whom; the last counts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub turns: Vec<FormTurn>,
    /// Its keywords.
    pub keywords: Vec<String>,
    /// The address of its hosted page.
    pub hosted: String,
}

/// `GET /v1/forms/{form}/draft`: a version as its owner published it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PublishedDraft {
    /// The form.
    pub form: FormId,
    /// The version.
    pub version: u32,
    /// When it was published.
    pub published_at: Timestamp,
    /// What `PUT /v1/forms/{form}` takes.
    pub draft: FormDraft,
}

impl FormLine {
    /// `origin` is the edge's, without a slash at its end.
    pub fn new(form: FormVersion, origin: &str) -> Self {
        Self {
            hosted: hosted_link(origin, &form.form, &[], None),
            version: form.version,
            published_at: form.published_at,
            state: form.state(),
            turns: form.turns,
            keywords: form.draft.keywords.into_iter().map(|keyword| keyword.word).collect(),
            form: form.form,
        }
    }
}

impl PublishedDraft {
    pub fn new(version: FormVersion) -> Self {
        let FormVersion { form, version, published_at, draft, .. } = version;
        Self { form, version, published_at, draft }
    }
}
