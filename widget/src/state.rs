//! What a form shows at a moment.

#[cfg(feature = "ssr")]
use shared::evidence::BoxesServed;
use shared::{
    ids::PurposeId,
    subject::{Again, SMS_A_REQUEST},
};

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
    /// The form was taken.
    Done(Done),
}

impl Default for Stage {
    fn default() -> Self {
        Self::Asking(Vec::new())
    }
}

impl Stage {
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

/// What is said after success.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "ssr", derive(serde::Serialize))]
pub struct Done {
    /// Where the confirmation SMS goes, and until when it can be confirmed.
    pub next: String,
    /// How often it was asked for with this number.
    pub asked: u8,
    /// Whether this answers the button that asks again: then what it came to is the news.
    pub pressed: bool,
    /// Whether the button would do nothing yet. Only script can tell when that has changed.
    #[cfg_attr(feature = "ssr", serde(skip))]
    pub waits: bool,
    /// When it can be asked for again, or what to do instead of that.
    pub note: String,
    /// That it was asked for again, and when.
    pub sent: String,
}

impl Done {
    /// By the form's sentence for it (`Labels::next`), the last two digits of the number, and the time until which it
    /// can be confirmed, in words.
    pub fn new(sentence: &str, ends: &str, until: &str, asked: u8) -> Self {
        Self { next: filled(sentence, &[("ends", ends), ("until", until)]), asked, ..Self::default() }
    }

    /// Whether asking again would do nothing any more.
    pub(crate) fn is_spent(&self) -> bool {
        self.asked >= SMS_A_REQUEST
    }

    /// Says that it was asked for again, by `AgainTexts::sent`; `at` is a time in words.
    #[must_use]
    pub fn sent(self, sentence: &str, at: &str) -> Self {
        Self { pressed: true, sent: filled(sentence, &[("at", at)]), ..self }
    }
}

/// The texts that say when it can be asked for again: those of `AgainTexts`, which the browser reads as JSON.
#[derive(Clone, Copy)]
pub(crate) enum NoteText {
    Seconds,
    Second,
    Spent,
}

/// What a page says of asking again. Nothing where one can: the button is there.
pub(crate) fn note(again: Again, text: impl Fn(NoteText) -> String) -> String {
    let left = match again {
        Again::In(left) => left,
        Again::Now => return String::new(),
        Again::No => return text(NoteText::Spent),
    };
    match left.begun_seconds() {
        1 => text(NoteText::Second),
        seconds => filled(&text(NoteText::Seconds), &[("seconds", &(seconds as u32).to_string())]),
    }
}

/// A sentence with its values; whatever else stands in braces stays.
fn filled(sentence: &str, values: &[(&str, &str)]) -> String {
    let mut text = String::new();
    for (at, piece) in sentence.split('{').enumerate() {
        let named = piece.split_once('}').and_then(|(name, rest)| {
            let (_, value) = values.iter().find(|(known, _)| *known == name)?;
            Some([*value, rest])
        });
        match named {
            Some(value_and_rest) => text.extend(value_and_rest),
            None if at == 0 => text.push_str(piece),
            None => text.extend(["{", piece]),
        }
    }
    text
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
