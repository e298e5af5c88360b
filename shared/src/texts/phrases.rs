/// What the lint of a confirmation SMS looks for, in the words of one language.
#[derive(Debug, Clone, Copy)]
pub struct LintPhrases {
    /// A tap is free.
    pub free: Phrases,
    /// A reply costs what an SMS costs.
    pub reply: Phrases,
    /// How to leave.
    pub out: Phrases,
}

/// Ways to say one thing.
#[derive(Debug, Clone, Copy)]
pub struct Phrases {
    /// In small letters and without accents or marks, one of which is enough.
    pub known: &'static [&'static str],
    /// What an owner is advised to write.
    pub example: &'static str,
}
