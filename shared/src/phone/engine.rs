/// A regular expression engine: the browser's own in the widget, [`RegexLite`] elsewhere.
///
/// The patterns use only what all engines read alike (`build.rs` refuses others): digits, `\d`,
/// classes, groups, alternatives, counts and `$`. The texts are ASCII digits.
pub trait PatternEngine {
    /// Where `pattern` matches from the first character of `text` on: `^(?:pattern)`, without flags.
    fn match_start(&self, pattern: &str, text: &str) -> Option<Start>;

    /// Whether `pattern` matches the whole of `text`.
    fn matches_fully(&self, pattern: &str, text: &str) -> bool {
        self.match_start(&["(?:", pattern, ")$"].concat(), text).is_some()
    }
}

/// A match at the start of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Start {
    /// Its length, in characters.
    pub length: usize,
    /// What the pattern's only capturing group caught, if there is one and it took part.
    pub group: Option<String>,
}

/// The engine of crate `regex-lite`: 27 KB of wasm where the full `regex` is hundreds.
#[cfg(feature = "regex")]
#[derive(Debug, Clone, Copy, Default)]
pub struct RegexLite;

#[cfg(feature = "regex")]
impl PatternEngine for RegexLite {
    fn match_start(&self, pattern: &str, text: &str) -> Option<Start> {
        // A pattern that can't be read matches nothing: the table's are all compiled by a test.
        let regex = regex_lite::Regex::new(&["^(?:", pattern, ")"].concat()).ok()?;
        let caught = regex.captures(text)?;
        Some(Start { length: caught.get(0)?.len(), group: caught.get(1).map(|group| group.as_str().to_owned()) })
    }
}
