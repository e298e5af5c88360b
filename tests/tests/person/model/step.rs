//! What somebody does, and what an SMS is for.

/// What somebody does.
#[derive(Clone, Debug)]
pub enum Step {
    Request(&'static str),
    Keyword,
    Yes,
    YesWithWord,
    No,
    Stop,
    StopAdvertising,
    Start,
    Unclear,
    Help,
    WrongNumber,
    TapYes,
    TapOut,
    Send(&'static str),
    /// The provider brings its last SMS once more.
    Repeat,
}

/// What an SMS is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Confirmation,
    Already,
    Acknowledgement,
    /// Says what a yes by reply has agreed to.
    Agreed,
    Help,
    /// To what is not understood, or to a START.
    ShortAnswer,
    Message,
}

impl Kind {
    pub fn of(text: &str) -> Self {
        let has = |part: &str| text.contains(part);
        match () {
            () if has("Neues zu") => Self::Message,
            () if has("Möchten Sie") => Self::Confirmation,
            () if has("schon angemeldet") => Self::Already,
            () if has("ab jetzt") => Self::Agreed,
            () if has("Abgemeldet") || has("abgemeldet") => Self::Acknowledgement,
            () if has("Fragen:") => Self::Help,
            () => Self::ShortAnswer,
        }
    }
}
