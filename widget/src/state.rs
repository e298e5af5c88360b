//! What a form shows at a moment.

#[cfg(feature = "ssr")]
use shared::evidence::BoxesServed;
use shared::ids::PurposeId;

/// What the edge renders.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FormState {
    /// What stands in the fields.
    pub answers: Answers,
    /// How far it got.
    pub stage: Stage,
}

/// What the person sent in the very request that is being answered. Nothing else fills a field or
/// ticks a box (L1).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answers {
    /// The number as typed.
    pub number: String,
    /// The boxes ticked.
    pub purposes: Vec<PurposeId>,
    /// Whether the age box was ticked, where there is one.
    pub age_confirmed: bool,
}

#[cfg(feature = "ssr")]
impl Answers {
    /// How the boxes are served with these answers: evidence says so.
    pub fn boxes(&self) -> BoxesServed {
        if self.purposes.is_empty() && !self.age_confirmed { BoxesServed::Unticked } else { BoxesServed::AsSent }
    }
}

/// How far a form got.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "ssr", derive(serde::Serialize), serde(rename_all = "lowercase"))]
pub enum Stage {
    /// It asks; with what was wrong the last time, in the order of the fields.
    Asking(Vec<Problem>),
    /// The confirmation SMS is on its way: the sentence that says where and until when.
    Done(String),
}

impl Default for Stage {
    fn default() -> Self {
        Self::Asking(Vec::new())
    }
}

impl Stage {
    /// [`Self::Done`], by the form's sentence for it (`Labels::next`), the last two digits of the
    /// number, and the time until which it can be confirmed, in words.
    pub fn done(sentence: &str, ends: &str, until: &str) -> Self {
        let mut text = String::new();
        for (at, piece) in sentence.split('{').enumerate() {
            match piece.split_once('}') {
                Some(("ends", rest)) => text.extend([ends, rest]),
                Some(("until", rest)) => text.extend([until, rest]),
                _ if at == 0 => text.push_str(piece),
                _ => text.extend(["{", piece]),
            }
        }
        Self::Done(text)
    }

    /// What is wrong with `field`, if anything is.
    pub(crate) fn problem(&self, field: Field) -> Option<&str> {
        match self {
            Self::Asking(problems) => {
                problems.iter().find(|problem| problem.field == field).map(|problem| problem.text.as_str())
            }
            Self::Done(_) => None,
        }
    }
}

/// Something wrong, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "ssr", derive(serde::Serialize))]
pub struct Problem {
    pub field: Field,
    /// The sentence, in the form's language.
    pub text: String,
}

/// A part of the form that can be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "ssr", derive(serde::Serialize), serde(into = "&'static str"))]
pub enum Field {
    Number,
    Purposes,
    /// The age box.
    Age,
    /// None of its fields.
    Form,
}

impl Field {
    /// The field of that name in `POST /v1/consents`.
    pub fn of_request(name: &str) -> Self {
        match name {
            "number" => Self::Number,
            "purposes" => Self::Purposes,
            "age_confirmed" => Self::Age,
            _ => Self::Form,
        }
    }

    /// That name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Purposes => "purposes",
            Self::Age => "age_confirmed",
            Self::Form => "form",
        }
    }

    /// Where the link in the summary leads: the id of the input, or of its first.
    pub(crate) const fn anchor(self) -> Option<&'static str> {
        match self {
            Self::Number => Some("#jw-number"),
            Self::Purposes => Some("#jw-purpose-0"),
            Self::Age => Some("#jw-age"),
            Self::Form => None,
        }
    }
}

impl From<Field> for &'static str {
    fn from(field: Field) -> Self {
        field.name()
    }
}
