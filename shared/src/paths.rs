//! Addresses of the pages that people see: a form's (`/f/{form}`), those of links (`/c/{token}`, `/m/{token}`) and of
//! codes (`/a/{code}`), and the one that sends a fresh link (`/m`).

/// Whether people see what is at an address: whatever goes wrong there, they get a page. Pictures of a form's address
/// are fetched by programs.
pub fn is_for_people(path: &str) -> bool {
    let mut parts = path.split('/').skip(1);
    match (parts.next(), parts.nth(1)) {
        (Some("f"), Some("qr.svg" | "qr.png")) => false,
        (first, _) => matches!(first, Some("a" | "c" | "f" | "m")),
    }
}

/// The page without the slashes at the end of its address, where there is one.
pub fn without_slashes(path: &str) -> Option<&str> {
    let trimmed = path.trim_end_matches('/');
    let page =
        trimmed == "/m" || (trimmed.starts_with('/') && is_for_people(trimmed) && trimmed.split('/').count() == 3);
    (page && trimmed.len() < path.len()).then_some(trimmed)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_slashes_at_the_end_of_a_page_lead_back_to_it() {
        for (path, page) in [
            ("/f/newsletter/", Some("/f/newsletter")),
            ("/f/newsletter//", Some("/f/newsletter")),
            ("/m/", Some("/m")),
            ("/m/token/", Some("/m/token")),
            ("/a/code/", Some("/a/code")),
            ("/m", None),
            ("/c/", None),
            ("/f//", None),
            ("/f/a/b/", None),
            ("//f/newsletter/", None),
            ("/v1/forms/", None),
        ] {
            assert_eq!(without_slashes(path), page, "{path}");
        }
        assert!(["/f", "/c/", "/m/a/b", "/f/x/qr.gif"].into_iter().all(is_for_people));
        assert!(
            !["/f/x/qr.svg", "/", "", "/v1/forms/m", "/messages", "/embed.js", "//m"].into_iter().any(is_for_people)
        );
    }

    proptest! {
        /// Whoever is sent on stays here, and is not sent on again.
        #[test]
        fn it_leads_to_a_page_of_ours(path in "[/a-z.:]{0,20}") {
            if let Some(page) = without_slashes(&path) {
                prop_assert!(is_for_people(page) && page.starts_with('/') && !page.starts_with("//"));
                prop_assert_eq!(without_slashes(page), None);
            }
        }
    }
}
