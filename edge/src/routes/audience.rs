//! Who reads an answer, by its address.

/// Whom an answer is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Somebody with a browser: they get a page, whatever goes wrong.
    People,
    /// A program: it gets JSON.
    Programs,
}

impl Audience {
    pub fn of(path: &str) -> Self {
        let mut parts = path.split('/').skip(1);
        match (parts.next(), parts.nth(1)) {
            // Pictures, which programs fetch.
            (Some("f"), Some("qr.svg" | "qr.png")) => Self::Programs,
            (Some("c" | "f" | "m"), _) => Self::People,
            _ => Self::Programs,
        }
    }
}
