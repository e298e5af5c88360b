//! Whose page posts a form without script, as the browser says it.
//!
//! A page of somebody else's may be made to look like anything, and may post whatever it likes. So what it posts orders
//! nothing, and only leads to a page of ours.

/// The header `Origin` where the browser hides it, for example since the page hides its referrer.
const HIDDEN: &str = "null";

/// Whose page posts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Poster {
    /// A page of ours.
    Ours,
    /// A page of somebody else's.
    Foreign,
    /// The browser doesn't say, as old ones don't, or it is none. The stamp, which only our pages have, must tell.
    Unknown,
}

/// `origin` and `site` are the headers `Origin` and `Sec-Fetch-Site` (Fetch Metadata, W3C), `own` is where we are.
pub fn poster(origin: Option<&str>, site: Option<&str>, own: &str) -> Poster {
    match origin {
        Some(origin) if origin != HIDDEN => {
            if origin.eq_ignore_ascii_case(own) {
                Poster::Ours
            } else {
                Poster::Foreign
            }
        }
        _ => match site {
            // Nobody's page: the person has reloaded, or the like.
            Some("same-origin" | "none") => Poster::Ours,
            Some(_) => Poster::Foreign,
            None => Poster::Unknown,
        },
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const OWN: &str = "https://ja.example";

    #[test]
    fn a_poster_is_who_the_browser_says() {
        use Poster::{Foreign, Ours, Unknown};
        for (origin, site, expected) in [
            (Some(OWN), None, Ours),
            (Some(OWN), Some("same-origin"), Ours),
            (None, Some("same-origin"), Ours),
            (Some("null"), Some("same-origin"), Ours),
            (None, Some("none"), Ours),
            (None, None, Unknown),
            (Some("null"), None, Unknown),
            (Some("null"), Some("cross-site"), Foreign),
            (Some("null"), Some("same-site"), Foreign),
            (None, Some("cross-site"), Foreign),
            (None, Some("same-site"), Foreign),
            (None, Some(""), Foreign),
            (Some("https://shop.example"), Some("cross-site"), Foreign),
            (Some("https://shop.example"), Some("same-origin"), Foreign),
            (Some("https://ja.example:444"), None, Foreign),
            (Some("http://ja.example"), None, Foreign),
            (Some("https://ja.example.evil.example"), None, Foreign),
            (Some(""), Some("same-origin"), Foreign),
        ] {
            assert_eq!(poster(origin, site, OWN), expected, "{origin:?} {site:?}");
        }
    }

    proptest! {
        #[test]
        fn no_other_origin_is_ours(origin in ".{0,40}", site in prop::option::of("[a-z-]{0,12}")) {
            prop_assume!(!origin.eq_ignore_ascii_case(OWN) && origin != HIDDEN);
            prop_assert_eq!(poster(Some(&origin), site.as_deref(), OWN), Poster::Foreign);
        }
    }
}
